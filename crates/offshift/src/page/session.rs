//! Who may call: a link that is good once, then a cookie and a tab's secret, both needed for every call.
//!
//! ```text
//! offshift open -> link token (2 min, once) -- POST /session --> cookie (the browser keeps it, no script reads it)
//!                                                           \--> tab secret (one window keeps it, no other site sends it)
//! ```
//! Never: a secret on disk, in a log or in an error; a comparison whose time tells how much was right; a session that
//! outlives the process (OS-PAG-024).

use std::{collections::VecDeque, sync::Arc, time::Instant};

use data_encoding::BASE64URL_NOPAD;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::limits::{LINK_LIFE, LINKS_MAX, TABS_MAX};

/// The system gave no randomness.
#[derive(Debug)]
pub(super) struct NoRandomness;

/// 32 random bytes that only the person's browser is told (OS-PAG-020).
#[derive(Zeroize, ZeroizeOnDrop)]
struct Secret([u8; 32]);

impl Secret {
    fn random() -> Result<Self, NoRandomness> {
        let mut secret = Self([0; 32]);
        getrandom::fill(&mut secret.0).map_err(|_| NoRandomness)?;
        Ok(secret)
    }

    fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(&self.0))
    }

    /// In a time that does not tell how much of `text` is right (OS-PAG-022).
    fn is(&self, text: &str) -> Choice {
        self.text().as_bytes().ct_eq(text.as_bytes())
    }
}

struct Link {
    token: Secret,
    until: Instant,
}

struct Tab {
    cookie: Arc<Secret>,
    secret: Secret,
}

/// What a browser is told for its link.
pub(super) struct Opened {
    /// A cookie to set; none where the browser has a good one.
    pub(super) cookie: Option<Zeroizing<String>>,
    /// The secret of the tab that asked.
    pub(super) tab: Zeroizing<String>,
}

/// The links and tabs of one process.
#[derive(Default)]
pub(super) struct Sessions {
    links: VecDeque<Link>,
    tabs: VecDeque<Tab>,
}

impl Sessions {
    /// A new link's token.
    pub(super) fn fresh_link(&mut self, now: Instant) -> Result<Zeroizing<String>, NoRandomness> {
        let token = Secret::random()?;
        let text = token.text();
        if self.links.len() >= LINKS_MAX {
            self.links.pop_front();
        }
        self.links.push_back(Link { token, until: now + LINK_LIFE });
        Ok(text)
    }

    /// Takes a link's token for a tab's secret. The token is gone then, and gone when it is late (OS-PAG-021).
    pub(super) fn launch(&mut self, token: &str, cookies: &[&str], now: Instant) -> Option<Opened> {
        self.links.retain(|link| now < link.until);
        let at = self.links.iter().position(|link| link.token.is(token).into())?;
        let (known, secret) = (self.cookie_among(cookies), Secret::random().ok()?);
        let (cookie, is_new) = match known {
            Some(cookie) => (cookie, false),
            None => (Arc::new(Secret::random().ok()?), true),
        };
        self.links.remove(at);
        let opened = Opened { cookie: is_new.then(|| cookie.text()), tab: secret.text() };
        if self.tabs.len() >= TABS_MAX {
            self.tabs.pop_front();
        }
        self.tabs.push_back(Tab { cookie, secret });
        Some(opened)
    }

    /// A second tab of one browser shares its cookie: a new one would end the first tab.
    fn cookie_among(&self, cookies: &[&str]) -> Option<Arc<Secret>> {
        self.tabs.iter().find(|tab| is_among(&tab.cookie, cookies).into()).map(|t| t.cookie.clone())
    }

    /// Whether a call comes from one of our tabs: its secret, and with it the cookie that belongs to it (OS-PAG-023).
    pub(super) fn knows(&self, cookies: &[&str], tab: &str) -> bool {
        let each =
            self.tabs.iter().map(|known| known.secret.is(tab) & is_among(&known.cookie, cookies));
        each.fold(Choice::from(0), |any, this| any | this).into()
    }
}

/// Another program can put a cookie of the same name beside ours; it must not shut the person out.
fn is_among(secret: &Secret, cookies: &[&str]) -> Choice {
    cookies.iter().fold(Choice::from(0), |any, cookie| any | secret.is(cookie))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn opened(sessions: &mut Sessions, now: Instant) -> Opened {
        let token = sessions.fresh_link(now).unwrap();
        sessions.launch(&token, &[], now).unwrap()
    }

    #[test]
    fn os_pag_021_a_link_is_good_once() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let token = sessions.fresh_link(now).unwrap();
        assert!(sessions.launch("wrong", &[], now).is_none());
        assert!(
            sessions.launch(&token, &[], now).is_some(),
            "a wrong try costs the right one nothing"
        );
        assert!(sessions.launch(&token, &[], now).is_none());
    }

    #[test]
    fn os_pag_021_a_link_is_good_for_two_minutes_and_not_for_longer() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let [late, in_time] = [(); 2].map(|()| sessions.fresh_link(now).unwrap());
        let almost = now + Duration::from_secs(120) - Duration::from_millis(1);
        assert!(sessions.launch(&in_time, &[], almost).is_some());
        assert!(sessions.launch(&late, &[], now + Duration::from_secs(120)).is_none());
    }

    #[test]
    fn os_pag_023_a_tab_needs_its_own_cookie_and_its_own_secret() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let [one, other] = [(); 2].map(|()| opened(&mut sessions, now));
        let [first, second] = [&one, &other].map(|tab| tab.cookie.clone().unwrap());
        assert!(sessions.knows(&[&first], &one.tab) && sessions.knows(&[&second], &other.tab));
        assert!(!sessions.knows(&[&first], &other.tab), "a tab of another browser");
        assert!(!sessions.knows(&[], &one.tab) && !sessions.knows(&[&first], ""));
        assert!(!sessions.knows(&[&first], &one.tab[1..]), "a part of it");
    }

    #[test]
    fn a_second_tab_of_one_browser_ends_no_first_one() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let first = opened(&mut sessions, now);
        let cookie = first.cookie.unwrap();
        let token = sessions.fresh_link(now).unwrap();
        let second = sessions.launch(&token, &[&cookie], now).unwrap();
        assert!(second.cookie.is_none(), "the browser keeps the cookie that it has");
        assert!(sessions.knows(&[&cookie], &first.tab) && sessions.knows(&[&cookie], &second.tab));
    }

    #[test]
    fn a_cookie_that_another_program_put_beside_ours_shuts_nobody_out_and_lets_nobody_in() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let token = sessions.fresh_link(now).unwrap();
        let first = sessions.launch(&token, &["chosen by another"], now).unwrap();
        let cookie = first.cookie.expect("a cookie that we did not make is not taken over");
        assert!(sessions.knows(&["chosen by another", &cookie], &first.tab));
        assert!(!sessions.knows(&["chosen by another"], &first.tab));
    }

    #[test]
    fn links_and_tabs_are_bounded_and_the_oldest_makes_room() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let links: Vec<_> = (0..=LINKS_MAX).map(|_| sessions.fresh_link(now).unwrap()).collect();
        assert!(sessions.launch(&links[0], &[], now).is_none());
        assert!(sessions.launch(&links[1], &[], now).is_some());
        let tabs: Vec<_> = (0..=TABS_MAX).map(|_| opened(&mut sessions, now)).collect();
        let knows = |tab: &Opened| sessions.knows(&[tab.cookie.as_ref().unwrap()], &tab.tab);
        assert!(!knows(&tabs[0]) && knows(&tabs[1]) && knows(&tabs[TABS_MAX]));
    }
}
