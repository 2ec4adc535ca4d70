//! Why a message did not leave.

/// Each with a sentence for a salesperson, which holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It did not leave, and may the next time.
    #[error("{0}")]
    Retry(String),
    /// It did not leave, and won't as things are.
    #[error("{0}")]
    Final(String),
    /// It may have left; it must not be said again.
    #[error("{0}")]
    Unsure(String),
}
