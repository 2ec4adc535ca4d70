//! The words for what became of a row.

use crate::db::text_enum;

text_enum! {
    /// What became of a row.
    pub enum Verdict {
        /// Its lead came in.
        Created = "created",
        /// Its lead was there already, and went into the workflow.
        Updated = "updated",
        /// It was passed over.
        Skipped = "skipped",
        /// It was refused.
        Failed = "failed",
    }
}

text_enum! {
    /// What one bad row does to the others.
    pub enum Mode {
        /// Nothing is written.
        Strict = "strict",
        /// The good ones are enrolled.
        Lenient = "lenient",
    }
}
