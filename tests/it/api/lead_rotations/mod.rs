//! Rotations (contract §5, in the words of the standard dialect), and who gets the leads that come in.

mod given;
mod kept;
mod off;
