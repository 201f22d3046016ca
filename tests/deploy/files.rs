//! Every file that a page names is there, and both ways of installing install the same.

use std::{fs, path::Path};

use offshift_table::{files, root};

use crate::{
    pages::pages,
    tool::{run, text},
};

const RUNBOOKS: [&str; 10] = [
    "not-working",
    "backup",
    "restore",
    "upgrade",
    "rotate-keys",
    "disk-full",
    "flood",
    "seizure",
    "legal-demand",
    "move",
];

/// What each runbook answers.
const ANSWERS: [&str; 4] =
    ["**When", "**What to do", "**How you know it worked.**", "**What it can't do.**"];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Targets of `[text](target)` that lie in the project.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|to| !to.contains("://"))
}

#[test]
fn every_link_in_the_pages_leads_somewhere() {
    for (path, text) in pages() {
        let folder = root().join(&path);
        let folder = folder.parent().unwrap();
        for link in links(&text) {
            let file = link.split('#').next().unwrap();
            assert!(file.is_empty() || folder.join(file).exists(), "{path} links to {link}");
        }
    }
}

#[test]
fn every_runbook_is_there_is_linked_and_answers_the_same_questions() {
    let readme = read("deploy/README.md");
    for name in RUNBOOKS {
        let text = read(&format!("deploy/runbooks/{name}.md"));
        assert!(
            readme.contains(&format!("(runbooks/{name}.md)")),
            "README.md does not link {name}"
        );
        // A page for an emergency may begin with what to do before it.
        let answers = if name == "seizure" { &ANSWERS[2..] } else { &ANSWERS[..] };
        for answer in answers {
            assert!(text.contains(answer), "{name}.md has no {answer}");
        }
        assert!(text.lines().count() <= 70, "{name}.md is longer than a page");
    }
    assert_eq!(files("deploy/runbooks", ".md").unwrap().len(), RUNBOOKS.len());
}

#[test]
fn every_file_of_ours_that_a_page_names_is_there() {
    for (path, text) in pages() {
        for word in text.split(|c: char| c.is_whitespace() || "`()*,;|'\"".contains(c)) {
            let file = word.trim_end_matches(['.', ':']);
            if file.starts_with("deploy/") && !file.contains("**") {
                assert!(root().join(file).exists(), "{path} names {file}");
            }
        }
    }
}

#[test]
fn the_package_and_the_script_install_the_same_files() {
    let (package, script) = (read("crates/offshift-relay/Cargo.toml"), read("deploy/install.sh"));
    for folder in ["systemd", "journald", "sysusers.d", "tmpfiles.d", "sysctl.d"] {
        for entry in fs::read_dir(root().join("deploy").join(folder)).unwrap() {
            let file = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            let from = format!("[\"../../deploy/{file}\", \"");
            let to =
                package.split(&from).nth(1).unwrap_or_else(|| panic!("the package lacks {file}"));
            let to = Path::new("/").join(to.split('"').next().unwrap());
            let to = to.join(Path::new(&file).file_name().unwrap());
            let line = format!("{file} {}", to.display());
            assert!(script.lines().any(|l| l == line), "install.sh has no line {line:?}");
        }
    }
}

#[test]
fn the_compose_file_is_valid() {
    let file = root().join("deploy/container/compose.yaml");
    let arguments = ["-f", file.to_str().unwrap(), "config", "--quiet"];
    let Some(output) = run("docker-compose", &arguments) else { return };
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn the_shell_scripts_parse() {
    let scripts = [
        "deploy/build-deb.sh",
        "deploy/build-static.sh",
        "deploy/install.sh",
        "deploy/rehearse.sh",
    ];
    let package = ["postinst", "prerm", "postrm"].map(|name| format!("deploy/debian/{name}"));
    let steps = ["after", "package", "binary"].map(|name| format!("deploy/rehearsal/{name}.sh"));
    for script in scripts.map(str::to_owned).iter().chain(&package).chain(&steps) {
        let path = root().join(script);
        let output = run("sh", &["-n", path.to_str().unwrap()]).unwrap();
        assert!(output.status.success(), "{script}: {}", text(&output));
    }
}
