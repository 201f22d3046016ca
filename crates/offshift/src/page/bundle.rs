//! The page's scripts as one file: a browser that asks once for all of them shows the page in a third of the time that
//! sixty requests take.
//!
//! ```text
//! rpc.js:  import { ask } from "./ask.js";  export function call() {..}
//!     -->  const $rpc = (() => { const { ask } = $ask;  function call() {..}  return { call }; })();
//! ```
//! A module stands behind those that it imports. What can't be put so (a circle, an import of everything, a default) makes
//! no bundle at all, and a test says so.

use std::{collections::BTreeSet, fmt::Write};

/// A module's name and its text.
type Module = (&'static str, &'static str);

/// `main` and all that it imports, as one module. Nothing where a module is written in another way than the page's are.
pub(super) fn bundle(main: &str, modules: &[Module]) -> Option<String> {
    let mut bundle = Bundle { modules, done: BTreeSet::new(), text: String::new() };
    bundle.add(main, &mut Vec::new())?;
    Some(bundle.text)
}

struct Bundle<'a> {
    modules: &'a [Module],
    done: BTreeSet<&'static str>,
    text: String,
}

impl Bundle<'_> {
    /// Adds a module behind what it imports. `above` are those that are being added: a circle.
    fn add(&mut self, name: &str, above: &mut Vec<&'static str>) -> Option<()> {
        let (name, text) = *self.modules.iter().find(|(known, _)| *known == name)?;
        if self.done.contains(name) {
            return Some(());
        }
        if above.contains(&name) {
            return None;
        }
        above.push(name);
        let (mut body, mut given) = (String::new(), Vec::new());
        for line in text.lines() {
            match Line::of(line)? {
                Line::Import { names, from } => {
                    self.add(from, above)?;
                    let names = names.replace(" as ", ": ");
                    writeln!(body, "const {{{names}}} = {};", variable(from)).ok()?;
                }
                Line::Again { names, from } => {
                    self.add(from, above)?;
                    let from = variable(from);
                    given
                        .extend(names.split(',').map(|one| format!("{0}: {from}.{0}", one.trim())));
                }
                Line::Export { name, rest } => {
                    given.push(name.to_owned());
                    writeln!(body, "{rest}").ok()?;
                }
                Line::Other => writeln!(body, "{line}").ok()?,
            }
        }
        above.pop();
        self.done.insert(name);
        let (variable, given) = (variable(name), given.join(", "));
        writeln!(self.text, "const {variable} = (() => {{\n{body}return {{ {given} }};\n}})();")
            .ok()
    }
}

/// `$screen_talk` of `screen-talk.js`.
fn variable(name: &str) -> String {
    format!("${}", name.trim_end_matches(".js").replace('-', "_"))
}

/// What a line of a module is.
enum Line<'a> {
    Import {
        names: &'a str,
        from: &'a str,
    },
    /// What is given on as it came.
    Again {
        names: &'a str,
        from: &'a str,
    },
    Export {
        name: &'a str,
        rest: &'a str,
    },
    Other,
}

impl<'a> Line<'a> {
    /// Nothing where it is none of the forms above.
    fn of(line: &'a str) -> Option<Self> {
        if let Some(rest) = line.strip_prefix("import ") {
            let (names, from) = names(rest)?;
            return Some(Self::Import { names, from });
        }
        let Some(rest) = line.strip_prefix("export ") else { return Some(Self::Other) };
        if rest.starts_with('{') {
            let (names, from) = names(rest)?;
            return Some(Self::Again { names, from });
        }
        let kinds = ["const ", "function ", "async function ", "class "];
        let named = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
        let end = named.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
        Some(Self::Export { name: &named[..end], rest })
    }
}

/// `{ NAMES } from "./FROM";`
fn names(text: &str) -> Option<(&str, &str)> {
    let (names, from) = text.strip_prefix('{')?.split_once('}')?;
    let from = from.strip_prefix(" from \"./")?.strip_suffix("\";")?;
    Some((names, from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAF: Module = ("leaf-one.js", "export const ONE_1 = 1;\nexport class Two {}\n");

    #[test]
    fn a_module_stands_behind_what_it_imports_and_once() {
        let middle: Module = (
            "middle.js",
            "import { ONE_1 as first } from \"./leaf-one.js\";\nexport async function three() {\n  return first;\n}\nexport { Two } from \"./leaf-one.js\";\n",
        );
        let main: Module = (
            "main.js",
            "import { three } from \"./middle.js\";\nimport { ONE_1 } from \"./leaf-one.js\";\nvoid three(ONE_1);\n",
        );
        let expected = "\
const $leaf_one = (() => {
const ONE_1 = 1;
class Two {}
return { ONE_1, Two };
})();
const $middle = (() => {
const { ONE_1: first } = $leaf_one;
async function three() {
  return first;
}
return { three, Two: $leaf_one.Two };
})();
const $main = (() => {
const { three } = $middle;
const { ONE_1 } = $leaf_one;
void three(ONE_1);
return {  };
})();
";
        assert_eq!(bundle("main.js", &[main, LEAF, middle]).unwrap(), expected);
    }

    #[test]
    fn what_has_another_form_makes_no_bundle() {
        let with = |text| bundle("main.js", &[("main.js", text), LEAF]);
        assert!(with("import { one } from \"./leaf-one.js\";").is_some(), "the twin");
        for text in [
            "import { one } from \"./nowhere.js\";",
            "import * as leaf from \"./leaf-one.js\";",
            "import leaf from \"./leaf-one.js\";",
            "import { one } from \"/leaf-one.js\";",
            "import \"./leaf-one.js\";",
            "import { itself } from \"./main.js\";",
            "export default 1;",
            "export let one = 1;",
            "export { one };",
        ] {
            assert!(with(text).is_none(), "{text}");
        }
    }
}
