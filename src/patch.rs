//! Partial changes: what is said of a field that may be empty.

/// What becomes of a field that may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Patch<T> {
    /// The field's new value, when it is to change.
    pub fn change(&self) -> Option<Option<&T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }

    /// What it becomes, when it becomes something.
    pub fn given(&self) -> Option<&T> {
        self.change().flatten()
    }
}
