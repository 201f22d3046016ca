//! The files of words, as they are in the binary.

use super::Lang;

/// One line here for a new area, and one file for each language.
macro_rules! areas {
    ($($area:literal),* $(,)?) => {
        /// What each language has a file for.
        #[cfg_attr(not(test), expect(dead_code, reason = "the checks name files by it"))]
        pub(super) const AREAS: &[&str] = &[$($area),*];

        /// All of a language, in the order of the areas.
        pub(super) const fn of(lang: Lang) -> &'static [&'static str] {
            match lang {
                Lang::English | Lang::Pseudo => &[$(include_str!(concat!("../../words/en/", $area, ".ftl"))),*],
                Lang::Spanish => &[$(include_str!(concat!("../../words/es/", $area, ".ftl"))),*],
                Lang::Polish => &[$(include_str!(concat!("../../words/pl/", $area, ".ftl"))),*],
                Lang::French => &[$(include_str!(concat!("../../words/fr/", $area, ".ftl"))),*],
                Lang::German => &[$(include_str!(concat!("../../words/de/", $area, ".ftl"))),*],
                Lang::Arabic => &[$(include_str!(concat!("../../words/ar/", $area, ".ftl"))),*],
            }
        }
    };
}

areas!["terms", "cli", "errors", "room", "talk", "files", "safety", "faces", "page", "demo"];
