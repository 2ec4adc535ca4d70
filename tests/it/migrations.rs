//! The migrations go up, down and up again.

use leadline::db;

use crate::app::Database;

#[test]
fn migrations_go_up_down_and_up() {
    let database = Database::copy();
    let mut conn = database.connect();
    assert_eq!(db::pending(&mut conn).unwrap(), 0);
    let all = db::down_all(&mut conn).unwrap();
    assert!(all > 0);
    assert_eq!(db::migrate(&mut conn).unwrap(), all);
}
