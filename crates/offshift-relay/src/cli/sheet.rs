//! A ticket as it is printed or shown.

use offshift_relay::admin::Printed;

use super::link::drawn;

/// Between two sheets: where to cut.
pub(super) const CUT: &str =
    "\n- - - - - - - - - - - - - - - cut here - - - - - - - - - - - - - - -\n\n";

/// One sheet. What it says is for whoever finds it, too: no name, no workplace, no purpose.
pub(super) fn of(ticket: &Printed, qr: bool) -> String {
    let (code, Printed { id, seats, until, .. }) = (ticket.code.expose(), ticket);
    let drawing = if qr { drawn(code).unwrap_or_default() } else { String::new() };
    format!(
        "A TICKET FOR OUR RELAY\n\n\
         The relay passes our messages and cannot read them. With this ticket your device\n\
         may leave messages there, and so may the people that you bring in: up to {seats} devices\n\
         in all. They need no ticket of their own.\n\n\
         On your device:\n\n\
         \x20   offshift relay add '{}'\n\
         {drawing}\n\
         Good until {until}.\n\
         Whoever has this sheet can use the ticket. Keep it like a key, then destroy it.\n\
         Lost it? Tell the host: ticket {id}. The host ends it and gives you a new one.\n\
         (The host: offshift-relay ticket revoke {id})\n",
        grouped(code)
    )
}

/// The parts that people type, in groups of four letters; a device reads them with or without the hyphens.
fn grouped(code: &str) -> String {
    let Some((link, ticket)) = code.split_once('#') else { return code.to_owned() };
    let Some((authority, key)) = link.rsplit_once('/') else { return code.to_owned() };
    format!("{authority}/{}#{}", fours(key), fours(ticket))
}

fn fours(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use offshift_access::{Ticket, TicketCode};
    use offshift_relay::admin::Secret;
    use offshift_wire::{RelayId, link::RelayLink};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn what_is_typed_from_the_sheet_is_the_ticket() {
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let ticket = Ticket::generate(&mut ChaCha20Rng::seed_from_u64(1));
        let kept = ticket.encode();
        let code = TicketCode { link, ticket }.to_string();
        let until = "2027-02-20".parse().unwrap();
        let printed =
            Printed { id: "ab010203".into(), code: Secret::new(code), seats: 50, daily: 16, until };
        let sheet = of(&printed, true);
        let typed = sheet.split('\'').nth(1).unwrap();
        assert!(typed.parse::<TicketCode>().unwrap().ticket.encode() == kept);
        assert!(sheet.contains("until 2027-02-20") && sheet.contains("revoke ab010203"));
        assert!(sheet.contains('█') && !of(&printed, false).contains('█'));
        assert!(
            sheet
                .lines()
                .filter(|line| !line.contains("relay add"))
                .all(|line| line.chars().count() <= 100)
        );
    }
}
