//! What only several keys together can get wrong.

use super::{BadSettings, Loaded, MetricsAt};

type Path = (&'static str, &'static str);

/// One rule: whether it is broken, which of its keys to blame (the first that the file has), and what to do.
struct Rule {
    broken: fn(&Loaded) -> bool,
    keys: &'static [Path],
    sentence: &'static str,
}

const RULES: [Rule; 2] = [
    Rule {
        broken: |loaded| {
            let settings = &loaded.settings;
            settings.limits.mailbox_bytes_max >> 20 > settings.keep.disk_mb
        },
        keys: &[("keep", "mailbox_mb"), ("keep", "disk_mb")],
        sentence: "mailbox_mb is larger than disk_mb, so one mailbox could fill the disk; make mailbox_mb smaller",
    },
    Rule {
        broken: |loaded| {
            let metrics = &loaded.settings.metrics;
            let beyond =
                matches!(&metrics.listen, Some(MetricsAt::Tcp(at)) if !at.ip().is_loopback());
            beyond && !metrics.beyond_this_machine
        },
        keys: &[("metrics", "listen")],
        sentence: "metrics would be readable from other machines, which shows when people organize; listen on \
                   127.0.0.1 or on unix:PATH, or say beyond_this_machine = true",
    },
];

pub(super) fn all(loaded: &Loaded) -> Result<(), BadSettings> {
    let Some(rule) = RULES.iter().find(|rule| (rule.broken)(loaded)) else { return Ok(()) };
    let place = rule.keys.iter().find_map(|key| loaded.place_of(*key));
    Err(BadSettings { place, sentence: rule.sentence.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_beyond_this_machine_need_the_word() {
        let beyond = "[metrics]\nlisten = '0.0.0.0:9433'\n";
        let fault = Loaded::parse(beyond).unwrap_err();
        assert!(fault.to_string().starts_with("line 2, column 10: metrics would be readable"));
        assert!(Loaded::parse(&format!("{beyond}beyond_this_machine = true\n")).is_ok());
        assert!(Loaded::parse("[metrics]\nlisten = '127.0.0.1:9433'\n").is_ok());
        assert!(Loaded::parse("[metrics]\nlisten = 'unix:/run/m.sock'\n").is_ok());
    }

    #[test]
    fn a_mailbox_holds_no_more_than_the_disk() {
        let both = "[keep]\ndisk_mb = 5\nmailbox_mb = 6\n";
        assert!(Loaded::parse(both).unwrap_err().to_string().starts_with("line 3, column 14:"));
        assert!(Loaded::parse("[keep]\ndisk_mb = 6\nmailbox_mb = 6\n").is_ok());
        assert!(Loaded::parse("[keep]\nmailbox_mb = 20480\n").is_err());
    }
}
