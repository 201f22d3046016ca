//! What deposits cost, and who pays for them (OS-TOK-030, OS-TOK-034, OS-TOK-035).
//!
//! ```text
//! Spend          -> Account of the connection, as long as it lasts  \
//! Spend, toward  -> Sponsored: the mailbox's, for an hour           / -> Till -> deposit
//! ```
//! All in memory: a relay that starts again owes nobody anything.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use offshift_wire::{Address, code::Refusal, token::Credit};

use crate::limits::{SPONSORED_FOR, SPONSORED_MAX};

/// The credit of one connection.
#[derive(Default)]
pub(crate) struct Account(Mutex<Credit>);

impl Account {
    fn credit(&self) -> MutexGuard<'_, Credit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds to it; what there is now.
    pub(crate) fn add(&self, more: Credit) -> Credit {
        let mut credit = self.credit();
        *credit = credit.plus(more);
        *credit
    }

    fn pay(&self, cost: Credit) -> bool {
        let mut credit = self.credit();
        credit.minus(cost).inspect(|left| *credit = *left).is_some()
    }
}

/// Mailboxes whose deposits somebody has paid for, whoever deposits.
#[derive(Default)]
pub(crate) struct Sponsored(Mutex<HashMap<Address, Sponsorship>>);

struct Sponsorship {
    left: Credit,
    /// On the steady clock.
    until: Duration,
}

impl Sponsored {
    fn all(&self) -> MutexGuard<'_, HashMap<Address, Sponsorship>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether one more mailbox may be sponsored, or this one again. Asked before a token is used up for it; as many
    /// more than [`SPONSORED_MAX`] may come in as connections ask at the same moment.
    pub(crate) fn has_room(&self, address: &Address, now: Duration) -> bool {
        let mut all = self.all();
        if all.len() >= SPONSORED_MAX {
            all.retain(|_, sponsorship| sponsorship.until > now);
        }
        all.len() < SPONSORED_MAX || all.contains_key(address)
    }

    /// Adds to a mailbox's credit, which from now on lasts an hour; what there is now.
    pub(crate) fn add(&self, address: Address, more: Credit, now: Duration) -> Credit {
        let mut all = self.all();
        let nothing = Sponsorship { left: Credit::default(), until: now };
        let sponsorship = all.entry(address).or_insert(nothing);
        if sponsorship.until <= now {
            sponsorship.left = Credit::default();
        }
        sponsorship.left = sponsorship.left.plus(more);
        sponsorship.until = now.saturating_add(SPONSORED_FOR);
        sponsorship.left
    }

    /// Which mailboxes were paid for is nobody's to find when the hour is over (OS-TOK-035).
    pub(crate) fn forget_over(&self, now: Duration) {
        self.all().retain(|_, sponsorship| sponsorship.until > now);
    }

    fn pay(&self, address: &Address, cost: Credit, now: Duration) -> bool {
        let mut all = self.all();
        let Some(sponsorship) = all.get_mut(address) else { return false };
        if sponsorship.until <= now {
            all.remove(address);
            return false;
        }
        let left = sponsorship.left.minus(cost);
        left.inspect(|left| sponsorship.left = *left).is_some()
    }

    fn give_back(&self, address: &Address, cost: Credit) {
        if let Some(sponsorship) = self.all().get_mut(address) {
            sponsorship.left = sponsorship.left.plus(cost);
        }
    }
}

/// Where the depositors of one connection pay.
pub(crate) struct Till<'a> {
    pub(crate) account: &'a Account,
    pub(crate) sponsored: &'a Sponsored,
    /// On the steady clock.
    pub(crate) now: Duration,
}

/// A deposit that is paid for.
pub(crate) struct Paid {
    cost: Credit,
    /// The mailbox whose credit it was; else the connection's.
    sponsored: Option<Address>,
}

impl Till<'_> {
    /// The connection pays, or else the mailbox; never each a part.
    pub(crate) fn charge(&self, address: &Address, cost: Credit) -> Result<Paid, Refusal> {
        if self.account.pay(cost) {
            return Ok(Paid { cost, sponsored: None });
        }
        if self.sponsored.pay(address, cost, self.now) {
            return Ok(Paid { cost, sponsored: Some(*address) });
        }
        Err(Refusal::NoCredit)
    }

    /// Nothing was stored: a relay whose disk is full uses up nobody's tokens.
    pub(crate) fn give_back(&self, bill: Vec<Paid>) {
        for Paid { cost, sponsored } in bill {
            match sponsored {
                Some(address) => self.sponsored.give_back(&address, cost),
                None => {
                    self.account.add(cost);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Address = Address::from_bytes([1; 32]);
    const THERE: Address = Address::from_bytes([2; 32]);
    const START: Duration = Duration::from_secs(100);

    fn till<'a>(account: &'a Account, sponsored: &'a Sponsored, now: Duration) -> Till<'a> {
        Till { account, sponsored, now }
    }

    #[test]
    fn os_tok_034_a_deposit_is_paid_whole_or_refused() {
        let (account, sponsored) = (Account::default(), Sponsored::default());
        let till = till(&account, &sponsored, START);
        assert_eq!(till.charge(&HERE, Credit(1)).err(), Some(Refusal::NoCredit));
        assert_eq!(account.add(Credit(10)), Credit(10));
        assert!(till.charge(&HERE, Credit(7)).is_ok(), "the twin");
        assert_eq!(till.charge(&HERE, Credit(4)).err(), Some(Refusal::NoCredit));
        assert!(till.charge(&HERE, Credit(3)).is_ok(), "a refusal took nothing");
    }

    #[test]
    fn os_tok_035_a_sponsored_mailbox_pays_where_the_depositor_cant_and_no_other_does() {
        let (account, sponsored) = (Account::default(), Sponsored::default());
        let till = till(&account, &sponsored, START);
        sponsored.add(HERE, Credit(10), START);
        account.add(Credit(5));
        assert_eq!(till.charge(&THERE, Credit(6)).err(), Some(Refusal::NoCredit));
        assert!(till.charge(&HERE, Credit(5)).is_ok());
        assert!(till.charge(&HERE, Credit(10)).is_ok(), "the connection paid the one before");
        assert_eq!(till.charge(&HERE, Credit(1)).err(), Some(Refusal::NoCredit));
    }

    #[test]
    fn os_tok_035_sponsored_credit_ends_after_an_hour() {
        let (account, sponsored) = (Account::default(), Sponsored::default());
        sponsored.add(HERE, Credit(10), START);
        let end = START + SPONSORED_FOR;
        let just = till(&account, &sponsored, end.saturating_sub(Duration::from_millis(1)));
        assert!(just.charge(&HERE, Credit(1)).is_ok(), "the twin");
        assert!(till(&account, &sponsored, end).charge(&HERE, Credit(1)).is_err());
        assert_eq!(sponsored.add(HERE, Credit(2), end), Credit(2), "nothing of the old is left");
        sponsored.forget_over(end + SPONSORED_FOR - Duration::from_millis(1));
        assert_eq!(sponsored.all().len(), 1, "the twin");
        sponsored.forget_over(end + SPONSORED_FOR);
        assert!(sponsored.all().is_empty(), "not even its name");
    }

    #[test]
    fn os_tok_035_the_number_of_sponsored_mailboxes_is_bounded() {
        let sponsored = Sponsored::default();
        let address = |number: usize| {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            Address::from_bytes(bytes)
        };
        for number in 0..SPONSORED_MAX {
            assert!(sponsored.has_room(&address(number), START));
            sponsored.add(address(number), Credit(1), START);
        }
        assert!(!sponsored.has_room(&address(SPONSORED_MAX), START));
        assert!(sponsored.has_room(&address(7), START), "one that is there already");
        assert!(sponsored.has_room(&address(SPONSORED_MAX), START + SPONSORED_FOR));
    }

    #[test]
    fn what_was_not_stored_is_given_back_to_whoever_paid() {
        let (account, sponsored) = (Account::default(), Sponsored::default());
        let till = till(&account, &sponsored, START);
        account.add(Credit(5));
        sponsored.add(HERE, Credit(9), START);
        let bill = [5, 9].map(|cost| till.charge(&HERE, Credit(cost)).ok().unwrap());
        assert!(till.charge(&HERE, Credit(1)).is_err(), "the control");
        till.give_back(bill.into());
        assert!(till.charge(&HERE, Credit(5)).is_ok() && till.charge(&HERE, Credit(9)).is_ok());
    }
}
