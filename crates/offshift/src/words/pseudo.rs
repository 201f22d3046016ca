//! English in other letters: what a test still reads as English was not said by these words.

use std::borrow::Cow;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const OTHER: &str = "áƀçđéƒĝĥíĵķłḿńóƥɋŕśŧúʋŵẋýžÁƁÇĐÉƑĜĤÍĴĶŁḾŃÓƤɊŔŚŦÚƲŴẊÝŽ";

pub(super) fn transform(text: &str) -> Cow<'_, str> {
    let other = |c: char| {
        let at = PLAIN.find(c)?;
        OTHER.chars().nth(at)
    };
    text.chars().map(|c| other(c).unwrap_or(c)).collect()
}
