//! Turns that were drawn ahead of the leads they are for.

use std::collections::{HashMap, VecDeque};

use diesel::pg::PgConnection;
use diesel::sql_types::{Array, BigInt, Date, Uuid as SqlUuid};
use diesel::{RunQueryDsl as _, sql_query};
use uuid::Uuid;

use super::load::Loaded;
use super::rotation::Strategy;
use super::turn::{Because, Given, Passed, Turn};
use super::wheel::Seat;
use crate::caller::Caller;
use crate::error::Result;

/// Turns for some leads, drawn before those are written; what is not taken goes back.
#[derive(Default)]
pub struct Turns {
    /// Which rotation gives out the leads of a team, and of none.
    by_team: HashMap<Option<Uuid>, usize>,
    drawn: Vec<Drawn>,
}

/// What was drawn from one rotation. A file may have a million turns, so one that waits is two
/// numbers.
pub(super) struct Drawn {
    loaded: Loaded,
    /// Seats whose turns are not taken, and which of `passed_over` they have.
    waiting: VecDeque<(Option<u16>, u32)>,
    /// Who was passed over; what is the same for many turns stands here once.
    passed_over: Vec<Vec<Passed>>,
    /// How many turns were drawn for each seat, and how many for none.
    seats: Vec<i64>,
    unserved: i64,
    /// Seats that were taken out of the order, and what goes back for it.
    swapped: Vec<(u16, Option<u16>)>,
}

impl Drawn {
    /// Draws so many turns.
    pub fn draw(loaded: Loaded, many: usize) -> Self {
        let mut drawn = Self {
            waiting: VecDeque::with_capacity(many),
            passed_over: vec![Vec::new()],
            seats: vec![0; loaded.wheel.seats.len()],
            unserved: 0,
            swapped: Vec::new(),
            loaded,
        };
        for _ in 0..many {
            drawn.turn();
        }
        drawn
    }

    fn turn(&mut self) {
        let spin = self.loaded.wheel.spin();
        match spin.seat {
            Some(at) => self.seats[usize::from(at)] += 1,
            None => self.unserved += 1,
        }
        let seats = &self.loaded.wheel.seats;
        let passed_over = spin.passed_over.into_iter().map(|(at, why)| Passed {
            user_id: seats[at].user_id,
            name: seats[at].name.clone(),
            why,
        });
        let passed_over: Vec<Passed> = passed_over.collect();
        let known = match passed_over.as_slice() {
            [] => Some(0),
            some if self.passed_over.last().is_some_and(|last| last == some) => {
                Some(self.passed_over.len() - 1)
            }
            _ => None,
        };
        let which = known.unwrap_or_else(|| {
            self.passed_over.push(passed_over);
            self.passed_over.len() - 1
        });
        // There are no more of them than turns, and no more turns than rows of a sheet.
        self.waiting
            .push_back((spin.seat, u32::try_from(which).unwrap_or(0)));
    }

    /// The wheel as it is after the draw.
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// How many turns found none of the members.
    pub fn unserved(&self) -> i64 {
        self.unserved
    }

    /// The next turn, or that of whoever had the same person before.
    pub fn take(&mut self, previous: Option<Uuid>) -> Option<Turn> {
        let asks_previous = self.loaded.wheel.strategy == Strategy::PreviousOwner;
        let at = previous.filter(|_| asks_previous);
        let at = at.and_then(|previous| self.loaded.wheel.free_seat_of(previous));
        let Some(at) = at else {
            let (seat, which) = self.waiting.pop_front()?;
            return Some(self.told(seat, which));
        };
        let (back, _) = self.waiting.pop_back()?;
        self.loaded.wheel.charge(at);
        self.swapped.push((at, back));
        Some(Turn {
            because: Because::PreviousOwner,
            ..self.told(Some(at), 0)
        })
    }

    fn told(&self, seat: Option<u16>, which: u32) -> Turn {
        let wheel = &self.loaded.wheel;
        let seat = seat.map(|at| &wheel.seats[usize::from(at)]);
        let (owner, because) = match (seat, &self.loaded.fallback) {
            (Some(seat), _) => (Some(given(seat)), Because::by(wheel.strategy)),
            (None, Some(fallback)) => (Some(fallback.clone()), Because::Fallback),
            (None, None) => (None, Because::Nobody),
        };
        Turn {
            rotation: self.loaded.rotation.clone(),
            owner,
            because,
            passed_over: self
                .passed_over
                .get(which as usize)
                .cloned()
                .unwrap_or_default(),
        }
    }

    /// What has to be put right of each seat, and how many turns found nobody after all.
    fn differences(&mut self, nothing_taken: bool) -> (Vec<i64>, i64) {
        let many = self.seats.len();
        if nothing_taken {
            let back = std::mem::replace(&mut self.seats, vec![0; many]);
            let back = back.into_iter().map(|turns| -turns).collect();
            return (back, std::mem::take(&mut self.unserved));
        }
        let (mut seats, mut unserved) = (vec![0; many], 0);
        let swapped = std::mem::take(&mut self.swapped);
        for (at, _) in &swapped {
            seats[usize::from(*at)] += 1;
        }
        let back = self.waiting.drain(..).map(|(seat, _)| seat);
        for seat in back.chain(swapped.into_iter().map(|(_, back)| back)) {
            match seat {
                Some(at) => seats[usize::from(at)] -= 1,
                None => unserved += 1,
            }
        }
        (seats, unserved)
    }
}

fn given(seat: &Seat) -> Given {
    Given {
        user_id: seat.user_id,
        name: seat.name.clone(),
        email: seat.email.clone(),
    }
}

impl Turns {
    pub(super) fn of(by_team: HashMap<Option<Uuid>, usize>, drawn: Vec<Drawn>) -> Self {
        Self { by_team, drawn }
    }

    /// Whether no rotation gives out any of the leads they were drawn for.
    pub fn is_empty(&self) -> bool {
        self.by_team.is_empty()
    }

    /// Whether a lead of a team, or of none, may go to whoever had the same person before.
    pub fn ask_previous(&self, team_id: Option<Uuid>) -> bool {
        let at = self.by_team.get(&team_id);
        at.is_some_and(|at| self.drawn[*at].loaded.wheel.strategy == Strategy::PreviousOwner)
    }

    /// The turn of a lead of a team, or of none, which `previous` had before; nothing where no
    /// rotation gives such leads out.
    pub fn take(&mut self, team_id: Option<Uuid>, previous: Option<Uuid>) -> Option<Turn> {
        let at = *self.by_team.get(&team_id)?;
        self.drawn[at].take(previous)
    }

    /// Gives back what was not taken; no statement when all was.
    ///
    /// # Errors
    /// [`crate::error::Error::Internal`] when the database refuses.
    pub fn give_back(&mut self, conn: &mut PgConnection, caller: &Caller) -> Result<()> {
        self.put_right(conn, caller, false)
    }

    /// Gives everything back, as when nothing was written after all.
    ///
    /// # Errors
    /// [`crate::error::Error::Internal`] when the database refuses.
    pub fn give_all_back(&mut self, conn: &mut PgConnection, caller: &Caller) -> Result<()> {
        self.put_right(conn, caller, true)
    }

    fn put_right(
        &mut self,
        conn: &mut PgConnection,
        caller: &Caller,
        nothing_taken: bool,
    ) -> Result<()> {
        for drawn in &mut self.drawn {
            let (seats, unserved) = drawn.differences(nothing_taken);
            if unserved == 0 && seats.iter().all(|seat| *seat == 0) {
                continue;
            }
            let wheel = &drawn.loaded.wheel;
            let strides = (0_u16..).zip(&seats);
            let strides = strides.map(|(at, turns)| wheel.stride(at) * turns);
            let strides: Vec<i64> = strides.collect();
            let (ids, days): (Vec<Uuid>, Vec<_>) = drawn.loaded.places.iter().copied().unzip();
            sql_query(PUT_RIGHT)
                .bind::<SqlUuid, _>(caller.account.id)
                .bind::<Array<SqlUuid>, _>(ids)
                .bind::<Array<BigInt>, _>(seats)
                .bind::<Array<BigInt>, _>(strides)
                .bind::<Array<Date>, _>(days)
                .bind::<SqlUuid, _>(drawn.loaded.rotation.id)
                .bind::<BigInt, _>(unserved)
                .execute(conn)?;
        }
        Ok(())
    }
}

/// Others may have drawn meanwhile, so all of it is relative. Whoever gets a turn back is not to be
/// lifted over it by the clock.
const PUT_RIGHT: &str = "
    WITH held AS (
        SELECT id FROM rotations WHERE account_id = $1 AND id = $6 FOR NO KEY UPDATE
    ), moved AS (
        UPDATE rotation_members m
        SET pass = m.pass + t.stride,
            given = CASE WHEN m.given_on = t.day THEN greatest(m.given + t.turns::integer, 0)
                         ELSE m.given END,
            open_leads = greatest(m.open_leads + t.turns, 0)
        FROM unnest($2, $3, $4, $5) AS t (id, turns, stride, day), held
        WHERE m.account_id = $1 AND m.id = t.id AND m.rotation_id = held.id AND t.turns <> 0
        RETURNING m.pass, t.turns
    )
    UPDATE rotations
    SET clock = least(clock, (SELECT min(pass) FROM moved WHERE turns < 0)),
        unserved = greatest(unserved - $7, 0),
        unserved_at = CASE WHEN unserved > $7 THEN unserved_at END
    WHERE account_id = $1 AND id = $6";
