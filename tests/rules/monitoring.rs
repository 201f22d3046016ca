//! The dashboard and the alerts name only metrics, labels and runbooks that exist.

use std::collections::BTreeMap;

use offshift_relay::metrics::{METRICS, PREFIX};
use offshift_table::root;
use serde_json::Value;
use yaml_rust2::{Yaml, YamlLoader};

use crate::workspace::read;

const ALERTS: &str = "deploy/monitoring/alerts.yaml";
const DASHBOARD: &str = "deploy/monitoring/dashboard.json";

/// Every name with its labels and their values.
fn known() -> BTreeMap<String, BTreeMap<&'static str, Vec<String>>> {
    let labels = |metric: &offshift_relay::metrics::Metric| {
        let mut labels: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for (name, value) in
            metric.series.iter().filter_map(|series| series.label.map(|l| l.text()))
        {
            labels.entry(name).or_default().push(value);
        }
        labels
    };
    METRICS.iter().map(|metric| (metric.full_name(), labels(metric))).collect()
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// What is wrong with an expression of PromQL.
fn faults(expression: &str) -> Vec<String> {
    let known = known();
    let mut faults = Vec::new();
    for (at, _) in expression.match_indices(PREFIX) {
        let rest = &expression[at..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        let Some(labels) = known.get(name) else {
            faults.push(format!("{name} is no metric"));
            continue;
        };
        let Some(inside) = rest[name.len()..].strip_prefix('{').and_then(|r| r.split('}').next())
        else {
            continue;
        };
        for matcher in inside.split(',') {
            let (label, value) = matcher.split_once(['=', '!']).unwrap_or((matcher, ""));
            let values = value.trim_start_matches(['=', '~']).trim_matches('"');
            let Some(allowed) = labels.get(label.trim()) else {
                faults.push(format!("{name} has no label {label}"));
                continue;
            };
            for value in values.split('|').filter(|value| !allowed.contains(&(*value).to_owned())) {
                faults.push(format!("{name} has no {label} {value}"));
            }
        }
    }
    faults
}

/// The labels that an expression sums by.
fn grouped(expression: &str) -> Vec<String> {
    let groups = expression.split(" by (").skip(1).filter_map(|rest| rest.split(')').next());
    groups.flat_map(|group| group.split(',')).map(|label| label.trim().to_owned()).collect()
}

fn check(place: &str, expression: &str) {
    let faults = faults(expression);
    assert!(faults.is_empty(), "{place}: {faults:?}");
    let known = known();
    let labels: Vec<_> = known.values().flat_map(BTreeMap::keys).collect();
    for label in grouped(expression) {
        assert!(labels.iter().any(|known| **known == label), "{place}: no label {label}");
    }
}

fn alerts() -> Vec<Yaml> {
    let mut documents = YamlLoader::load_from_str(&read(ALERTS)).expect("YAML");
    assert_eq!(documents.len(), 1);
    let groups = documents.remove(0)["groups"].clone().into_vec().expect("groups");
    groups.into_iter().flat_map(|group| group["rules"].clone().into_vec().expect("rules")).collect()
}

#[test]
fn every_alert_names_metrics_that_exist_what_to_do_and_a_runbook_that_exists() {
    let alerts = alerts();
    assert!(alerts.len() >= 8);
    for alert in alerts {
        let text = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
        let name = text(&alert["alert"]);
        check(&name, &text(&alert["expr"]));
        let said = &alert["annotations"];
        assert!(
            text(&said["summary"]).ends_with('.') && text(&said["action"]).ends_with('.'),
            "{name}"
        );
        let runbook = root().join("deploy/runbooks").join(text(&said["runbook"]));
        assert!(runbook.is_file(), "{name}: no {}", runbook.display());
        assert!(
            ["page", "ticket"].contains(&text(&alert["labels"]["severity"]).as_str()),
            "{name}"
        );
    }
}

#[test]
fn every_panel_of_the_dashboard_is_explained_and_names_metrics_that_exist() {
    let dashboard: Value = serde_json::from_str(&read(DASHBOARD)).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let mut ids: Vec<_> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), panels.len(), "an id for each panel");
    let mut shown = String::new();
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        let title = panel["title"].as_str().expect("a title");
        assert!(panel["description"].as_str().is_some_and(|text| text.ends_with('.')), "{title}");
        for target in panel["targets"].as_array().expect("targets") {
            let expression = target["expr"].as_str().expect("an expression");
            check(title, expression);
            shown.push_str(expression);
            shown.push('\n');
        }
    }
    for metric in METRICS {
        assert!(shown.contains(&metric.full_name()), "no panel shows {}", metric.full_name());
    }
}

#[test]
fn the_control_what_does_not_exist_is_found() {
    assert_eq!(
        faults("offshift_relay_disk_used_bytes / offshift_relay_disk_max_bytes > 0.8").len(),
        0
    );
    assert_eq!(faults("increase(offshift_relay_deliveries_total[5m])").len(), 1);
    assert_eq!(faults("offshift_relay_pressure{state=\"Tight\"}").len(), 0);
    assert_eq!(faults("offshift_relay_pressure{state=\"tight\"}").len(), 1);
    assert_eq!(faults("offshift_relay_pressure{mailbox=\"x\"}").len(), 1);
    assert_eq!(faults("offshift_relay_refused_total{reason=~\"Full|Peer\"}").len(), 1);
}
