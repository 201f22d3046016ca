//! Congestion control that padding can't choke.
//!
//! We pad every packet, acknowledgements included. A padded acknowledgement counts as in flight (RFC 9000,
//! section 13.2.7), but as it asks for no acknowledgement, nothing takes it out of flight while the other
//! end has nothing to say. Ten of them fill the first congestion window, and an end that only listened
//! could then not even send the window update that the other end waits for: a deadlock, seen in tests (OS-LNK-015).
//!
//! So the window that quinn compares with all bytes in flight is widened by those of the padded
//! acknowledgements. What asks for acknowledgement stays under the inner controller, as RFC 9002 wants.
//!
//! ```text
//! quinn: may I send something that asks for an acknowledgement?  window() = inner + acknowledgements in flight
//! ```

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use quinn::congestion::{Controller, ControllerFactory, CubicConfig};
use quinn_proto::RttEstimator;

use crate::limits::ACKNOWLEDGEMENTS_IN_FLIGHT_MAX;

/// Makes [`PaddedAcknowledgements`] around CUBIC (RFC 9438).
#[derive(Debug, Default)]
pub(crate) struct Factory(Arc<CubicConfig>);

impl ControllerFactory for Factory {
    fn build(self: Arc<Self>, now: Instant, current_mtu: u16) -> Box<dyn Controller> {
        Box::new(PaddedAcknowledgements::around(self.0.clone().build(now, current_mtu)))
    }
}

struct PaddedAcknowledgements {
    inner: Box<dyn Controller>,
    /// Bytes of everything in flight.
    in_flight: u64,
    /// Bytes of what asks for acknowledgement in it.
    asking: u64,
    /// quinn asks for the window before it sends what asks for acknowledgement, and only then.
    asked: AtomicBool,
}

impl PaddedAcknowledgements {
    fn around(inner: Box<dyn Controller>) -> Self {
        Self { inner, in_flight: 0, asking: 0, asked: AtomicBool::new(false) }
    }

    fn acknowledgements(&self) -> u64 {
        self.in_flight.saturating_sub(self.asking).min(ACKNOWLEDGEMENTS_IN_FLIGHT_MAX)
    }
}

impl Controller for PaddedAcknowledgements {
    fn on_sent(&mut self, now: Instant, bytes: u64, last_packet_number: u64) {
        self.in_flight = self.in_flight.saturating_add(bytes);
        if self.asked.swap(false, Ordering::Relaxed) {
            self.asking = self.asking.saturating_add(bytes);
        }
        self.inner.on_sent(now, bytes, last_packet_number);
    }

    fn on_ack(
        &mut self,
        now: Instant,
        sent: Instant,
        bytes: u64,
        app_limited: bool,
        rtt: &RttEstimator,
    ) {
        self.asking = self.asking.saturating_sub(bytes);
        self.inner.on_ack(now, sent, bytes, app_limited, rtt);
    }

    fn on_end_acks(
        &mut self,
        now: Instant,
        in_flight: u64,
        app_limited: bool,
        largest_packet_num_acked: Option<u64>,
    ) {
        // quinn's own count: whatever we took for the wrong kind is set right here.
        self.in_flight = in_flight;
        self.asking = self.asking.min(in_flight);
        self.inner.on_end_acks(now, in_flight, app_limited, largest_packet_num_acked);
    }

    fn on_congestion_event(
        &mut self,
        now: Instant,
        sent: Instant,
        is_persistent_congestion: bool,
        lost_bytes: u64,
    ) {
        self.in_flight = self.in_flight.saturating_sub(lost_bytes);
        self.asking = self.asking.saturating_sub(lost_bytes);
        self.inner.on_congestion_event(now, sent, is_persistent_congestion, lost_bytes);
    }

    fn on_mtu_update(&mut self, new_mtu: u16) {
        self.inner.on_mtu_update(new_mtu);
    }

    fn window(&self) -> u64 {
        self.asked.store(true, Ordering::Relaxed);
        self.inner.window().saturating_add(self.acknowledgements())
    }

    fn clone_box(&self) -> Box<dyn Controller> {
        Box::new(Self {
            inner: self.inner.clone_box(),
            in_flight: self.in_flight,
            asking: self.asking,
            asked: AtomicBool::new(false),
        })
    }

    fn initial_window(&self) -> u64 {
        self.inner.initial_window()
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: u64 = 1_200;

    fn controller() -> Box<dyn Controller> {
        Arc::new(Factory::default()).build(Instant::now(), 1_200)
    }

    #[test]
    fn os_lnk_015_acknowledgements_take_nothing_of_the_window() {
        let mut controller = controller();
        let window = controller.initial_window();
        for number in 0..100 {
            controller.on_sent(Instant::now(), PACKET, number);
        }
        assert_eq!(controller.window(), window + 100 * PACKET);
        controller.on_end_acks(Instant::now(), 0, true, Some(100));
        assert_eq!(controller.window(), window, "all are out of flight");
    }

    #[test]
    fn what_asks_for_acknowledgement_takes_its_part_of_the_window() {
        let mut controller = controller();
        let window = controller.initial_window();
        for number in 0..10 {
            assert_eq!(controller.window(), window);
            controller.on_sent(Instant::now(), PACKET, number);
        }
        let in_flight = 10 * PACKET;
        assert!(in_flight + PACKET >= controller.window(), "quinn's test: it is full");
    }

    #[test]
    fn the_window_never_grows_without_bound() {
        let mut controller = controller();
        for number in 0..1_000_000 {
            controller.on_sent(Instant::now(), PACKET, number);
        }
        let bound = controller.initial_window() + ACKNOWLEDGEMENTS_IN_FLIGHT_MAX;
        assert_eq!(controller.window(), bound);
    }
}
