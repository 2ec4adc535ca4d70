//! Where a new step is put, as addresses and forms say it.

use uuid::Uuid;

use crate::web::Form;
use crate::workflows::arrange::Place;

/// What was asked for, as it was asked: names and values.
#[derive(Clone, Debug, Default)]
pub struct Asked(Vec<(&'static str, String)>);

impl Asked {
    /// Takes what says a place from an address or a form.
    pub fn of(form: &Form) -> Self {
        let given = ["before", "after", "on", "outcome"].map(|name| (name, form.get(name)));
        let given = given.into_iter().filter(|(_, value)| !value.is_empty());
        Self(
            given
                .map(|(name, value)| (name, value.to_owned()))
                .collect(),
        )
    }

    /// What to put into the form.
    pub fn pairs(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// The place; before everything when none is said.
    pub fn place(&self) -> Place {
        match (self.id("before"), self.id("after"), self.id("on")) {
            (Some(id), ..) => Place::Before(id),
            (_, Some(id), _) => Place::After(id),
            (_, _, Some(id)) => Place::Branch(id, self.get("outcome").to_owned()),
            _ => Place::Top,
        }
    }

    /// A node beside the place.
    pub fn near(&self) -> Option<Uuid> {
        ["before", "after", "on"]
            .into_iter()
            .find_map(|name| self.id(name))
    }

    fn get(&self, name: &str) -> &str {
        let known = self.0.iter().find(|(one, _)| *one == name);
        known.map_or("", |(_, value)| value)
    }

    fn id(&self, name: &str) -> Option<Uuid> {
        self.get(name).parse().ok()
    }
}
