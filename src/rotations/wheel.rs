//! Whose turn it is, without a clock or a row.
//!
//! Each member has a pass, which a turn moves on by a lap divided by their weight, and whoever is
//! least far is next: by this every member gets leads in proportion, and evenly spread ("stride
//! scheduling", Waldspurger and Weihl 1995). The clock is the pass of whoever was last. A member who
//! could not be picked for a while comes back at the clock, so that what they missed stays missed.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::rotation::Strategy;
use crate::people::Off;

/// How far a turn of weight 1 moves a member on; every weight divides it.
pub const LAP: i64 = 2_520;

/// The members of a rotation at an instant, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wheel {
    /// How the next is picked.
    pub strategy: Strategy,
    /// The pass of whoever was last.
    pub clock: i64,
    /// The members.
    pub seats: Vec<Seat>,
}

/// A member as the wheel sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The person.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// Their share, 1 to 10, where the strategy is weighted.
    pub weight: i32,
    /// How many leads they get in a day at most.
    pub daily_cap: Option<i32>,
    /// How far they have come.
    pub pass: i64,
    /// How many leads they were given today.
    pub given: i32,
    /// How many of their leads are neither won nor lost.
    pub open_leads: i64,
    /// Why they can't be given any now.
    pub off: Option<Off>,
}

/// Why somebody whose turn it would have been did not get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They can't sign in any more.
    Deactivated,
    /// They are away up to and with this day.
    Away(NaiveDate),
    /// They work again at this instant.
    Hours(DateTime<Utc>),
    /// They have had as many today as they may.
    DailyCap(i32),
}

/// Whom the wheel points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spin {
    /// Which seat; none when nobody can be picked.
    pub seat: Option<u16>,
    /// Those who would have come before, and why they did not.
    pub passed_over: Vec<(usize, Why)>,
}

impl Seat {
    /// Why this member can't be given a lead.
    pub fn barred(&self) -> Option<Why> {
        match (self.off, self.daily_cap) {
            (Some(Off::Deactivated), _) => Some(Why::Deactivated),
            (Some(Off::Away(until)), _) => Some(Why::Away(until)),
            (Some(Off::Hours(opens)), _) => Some(Why::Hours(opens)),
            (None, Some(cap)) if self.given >= cap => Some(Why::DailyCap(cap)),
            (None, _) => None,
        }
    }
}

impl Wheel {
    /// The next turn, which moves whoever gets it on.
    pub fn spin(&mut self) -> Spin {
        let next = self
            .places()
            .filter(|at| self.seat(*at).barred().is_none())
            .min_by_key(|at| self.rank(*at));
        let comes_before = |at: &u16| next.is_none_or(|next| self.rank(*at) < self.rank(next));
        let passed_over = self.places().filter(comes_before);
        let passed_over =
            passed_over.filter_map(|at| Some((usize::from(at), self.seat(at).barred()?)));
        let passed_over = passed_over.collect();
        if let Some(at) = next {
            self.clock = self.standing(at);
            self.charge(at);
        }
        Spin {
            seat: next,
            passed_over,
        }
    }

    /// The seat of somebody who can be given a lead now.
    pub fn free_seat_of(&self, user_id: Uuid) -> Option<u16> {
        self.places()
            .find(|at| self.seat(*at).user_id == user_id)
            .filter(|at| self.seat(*at).barred().is_none())
    }

    /// Moves a member on, in or out of the order.
    pub fn charge(&mut self, at: u16) {
        let pass = self.standing(at) + self.stride(at);
        let seat = &mut self.seats[usize::from(at)];
        seat.pass = pass;
        seat.given += 1;
        seat.open_leads += 1;
    }

    /// How far a turn moves a member on.
    pub fn stride(&self, at: u16) -> i64 {
        match self.strategy {
            Strategy::Weighted => LAP / i64::from(self.seat(at).weight.clamp(1, 10)),
            Strategy::RoundRobin | Strategy::FewestOpen | Strategy::PreviousOwner => LAP,
        }
    }

    fn places(&self) -> impl Iterator<Item = u16> + use<> {
        // A rotation has at most 200 members.
        0..u16::try_from(self.seats.len()).unwrap_or(u16::MAX)
    }

    fn seat(&self, at: u16) -> &Seat {
        &self.seats[usize::from(at)]
    }

    /// Where a member stands who has not been passed by since they were last there.
    fn standing(&self, at: u16) -> i64 {
        self.seat(at).pass.max(self.clock)
    }

    /// Whoever has the least is next: first what the strategy counts, then the turns, then the order.
    fn rank(&self, at: u16) -> (i64, i64, u16) {
        let counts = match self.strategy {
            Strategy::FewestOpen => self.seat(at).open_leads,
            Strategy::RoundRobin | Strategy::Weighted | Strategy::PreviousOwner => 0,
        };
        (counts, self.standing(at), at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::*;

    fn wheel(strategy: Strategy, weights: &[i32]) -> Wheel {
        let seat = |(at, weight): (usize, &i32)| Seat {
            user_id: Uuid::from_u128(at as u128),
            name: format!("Person {at}"),
            email: format!("{at}@example.com"),
            weight: *weight,
            daily_cap: None,
            pass: 0,
            given: 0,
            open_leads: 0,
            off: None,
        };
        Wheel {
            strategy,
            clock: 0,
            seats: weights.iter().enumerate().map(seat).collect(),
        }
    }

    fn turns(wheel: &mut Wheel, many: usize) -> Vec<u16> {
        (0..many).filter_map(|_| wheel.spin().seat).collect()
    }

    #[test]
    fn one_after_another_in_their_order() {
        let mut wheel = wheel(Strategy::RoundRobin, &[5, 1, 1]);
        assert_eq!(turns(&mut wheel, 7), [0, 1, 2, 0, 1, 2, 0]);
    }

    #[test]
    fn by_weight_and_evenly_spread() {
        let mut wheel = wheel(Strategy::Weighted, &[2, 1, 1]);
        assert_eq!(turns(&mut wheel, 8), [0, 1, 2, 0, 0, 1, 2, 0]);
    }

    #[test]
    fn who_has_the_fewest_open_leads_comes_first() {
        let mut wheel = wheel(Strategy::FewestOpen, &[1, 1, 1]);
        wheel.seats[0].open_leads = 3;
        wheel.seats[2].open_leads = 1;
        assert_eq!(turns(&mut wheel, 7), [1, 2, 1, 2, 1, 0, 2]);
    }

    #[test]
    fn who_was_away_does_not_catch_up() {
        let mut wheel = wheel(Strategy::RoundRobin, &[1, 1]);
        let until = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        wheel.seats[0].off = Some(Off::Away(until));
        for _ in 0..50 {
            let spin = wheel.spin();
            assert_eq!(
                (spin.seat, spin.passed_over),
                (Some(1), vec![(0, Why::Away(until))])
            );
        }
        wheel.seats[0].off = None;
        // They stand where whoever was last stood, who has had that turn: one more, and all is even.
        assert_eq!(turns(&mut wheel, 7), [0, 0, 1, 0, 1, 0, 1]);
    }

    #[test]
    fn nobody_gets_more_than_their_cap_and_then_nobody_gets_any() {
        let mut wheel = wheel(Strategy::Weighted, &[10, 1]);
        wheel.seats[0].daily_cap = Some(2);
        wheel.seats[1].daily_cap = Some(1);
        assert_eq!(turns(&mut wheel, 9).len(), 3);
        let spin = wheel.spin();
        assert_eq!(spin.seat, None);
        let why = [(0, Why::DailyCap(2)), (1, Why::DailyCap(1))];
        assert_eq!(spin.passed_over, why);
    }

    proptest! {
        #[test]
        fn equal_members_are_never_more_than_one_apart(many in 1_usize..9, spins in 0_usize..400) {
            let mut wheel = wheel(Strategy::RoundRobin, &vec![1; many]);
            turns(&mut wheel, spins);
            let given = wheel.seats.iter().map(|seat| seat.given);
            let (least, most) = (given.clone().min().unwrap(), given.max().unwrap());
            assert!(most - least <= 1, "{least} to {most}");
        }

        #[test]
        fn weighted_members_get_their_share(
            weights in prop::collection::vec(1_i32..=10, 1..7), rounds in 1_i32..20,
        ) {
            let mut wheel = wheel(Strategy::Weighted, &weights);
            let all: i32 = weights.iter().sum();
            turns(&mut wheel, (all * rounds) as usize);
            for (seat, weight) in wheel.seats.iter().zip(&weights) {
                let off = (seat.given - weight * rounds).abs();
                assert!(off <= weights.len() as i32, "{} for {weight}×{rounds}", seat.given);
            }
        }

        #[test]
        fn whoever_is_barred_is_never_picked(
            barred in prop::collection::vec(any::<bool>(), 1..8),
            caps in prop::collection::vec(1_i32..6, 8), spins in 0_usize..60,
        ) {
            let mut wheel = wheel(Strategy::PreviousOwner, &vec![1; barred.len()]);
            for ((seat, barred), cap) in wheel.seats.iter_mut().zip(&barred).zip(caps) {
                seat.off = barred.then_some(Off::Deactivated);
                seat.daily_cap = Some(cap);
            }
            for at in turns(&mut wheel, spins) {
                assert!(!barred[usize::from(at)]);
            }
            assert!(wheel.seats.iter().all(|seat| seat.daily_cap >= Some(seat.given)));
        }
    }
}
