//! The migrations are embedded at compile time, so a new one must rebuild the binary.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
