//! What the demo's company asks of its leads.

use super::leads::COURSES;
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::fields::{self, FieldInput, Kind};

/// Key, label and type of each. One key that leads have is left to be promoted.
const FIELDS: [(&str, &str, Kind); 4] = [
    ("carrera_interes", "Carrera de interés", Kind::Choice),
    ("comuna", "Comuna", Kind::Text),
    ("edad", "Edad", Kind::Number),
    ("trabaja_hoy", "Trabaja hoy", Kind::Boolean),
];

pub(super) fn make(conn: &mut PgConnection, owner: &Caller) -> Result<()> {
    for (key, label, kind) in FIELDS {
        let choices: &[&str] = match kind {
            Kind::Choice => &COURSES,
            _ => &[],
        };
        let input = FieldInput {
            label: label.to_owned(),
            kind,
            choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        };
        fields::create(conn, owner, key, input)?;
    }
    Ok(())
}
