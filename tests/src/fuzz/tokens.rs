//! Tickets and tokens, as a bent relay answers them and a bent client asks for them.
//!
//! Whatever the bytes are: what was changed on its way in any bit is refused, what was not is good, and a token is good on
//! its own connection only. Taken means: everything went through as it was.

use offshift_access::{Binding, Issuer, IssuerSeed, Order, ReceiptKey, Ticket, Unspent};
use offshift_wire::{RelayId, token::Period};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use zeroize::Zeroizing;

use super::{NOW, input::Input};

/// Runs the bytes: for each message on its way, which byte of it is changed into what.
pub(super) fn run(data: &[u8]) -> bool {
    let mut input = Input(data);
    match input.below(4) {
        0 => ticket(input.some(400)),
        1 => kept(input.some(400)),
        _ => bought_and_spent(&mut input),
    }
}

fn ticket(bytes: &[u8]) -> bool {
    let Ok(ticket) = Ticket::decode(bytes) else { return false };
    assert_eq!(ticket.encode().as_slice(), bytes);
    true
}

fn kept(bytes: &[u8]) -> bool {
    Unspent::decode(bytes).is_ok_and(|token| token.encode().as_slice() == bytes)
}

/// Changes one byte of these; whether that changed anything.
fn bend(input: &mut Input<'_>, bytes: &mut [u8]) -> bool {
    let (at, by) = (input.index(bytes.len()), input.byte());
    bytes[at] ^= by;
    by != 0
}

fn bought_and_spent(input: &mut Input<'_>) -> bool {
    let mut rng = ChaCha20Rng::seed_from_u64(24);
    let identity = ReceiptKey::from_seed(&[3; 32]);
    let seed = IssuerSeed::from_bytes(Zeroizing::new([4; 32]));
    let issuer = Issuer::new(&seed, Period::at(NOW), &identity).unwrap();
    let relay = identity.public();
    let here = Binding::new(relay.relay(), [5; 32]);
    let there = Binding::new(RelayId::from_bytes([6; 32]), [5; 32]);
    let ticket = Ticket::generate(&mut rng);
    let share = ticket.share(&mut rng, input.below(2) == 0).unwrap();
    let order = Order::new(&mut rng).unwrap();

    let mut redeem = share.redeem(order.blinded(), &here);
    assert!(ticket.verify(&redeem, &there).is_err(), "on another connection");
    let is_bent = match input.below(3) {
        0 => bend(input, &mut redeem.proof),
        1 => bend(input, redeem.blinded.as_flattened_mut()),
        _ => false,
    };
    assert_eq!(ticket.verify(&redeem, &here).is_err(), is_bent, "a bent request");
    let Ok(mut issued) = issuer.issue(&mut rng, &redeem.blinded) else { return false };
    let is_answer_bent = match input.below(5) {
        0 => bend(input, issued.evaluated.as_flattened_mut()),
        1 => bend(input, &mut issued.proof),
        2 => bend(input, &mut issued.key.key),
        3 => bend(input, &mut issued.key.signature),
        _ => false,
    };
    let tokens = order.finish(&issued, &relay, NOW);
    let is_refused = is_bent || is_answer_bent;
    assert!(tokens.is_err() || !is_answer_bent, "a bent answer");
    assert!(tokens.is_ok() || is_refused, "an honest answer");
    let Some(token) = tokens.ok().and_then(|mut all| all.pop()) else { return false };
    let mut spent = token.spend(&here);
    assert!(issuer.check(&spent, &there).is_err(), "on another connection");
    let is_token_bent = match input.below(4) {
        0 => bend(input, &mut spent.nonce),
        1 => bend(input, &mut spent.tag),
        _ => false,
    };
    assert_eq!(issuer.check(&spent, &here).is_err(), is_token_bent, "a bent token");
    !is_refused && !is_token_bent
}
