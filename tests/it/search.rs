//! A search has four ways of finding its page; whichever it takes, the page is the one that a
//! plain look at every lead gives.

use diesel::RunQueryDsl as _;
use diesel::sql_types::Uuid as SqlUuid;
use leadline::caller::Caller;
use leadline::db::PgConnection;
use leadline::leads::{self, Direction, Query, Sort};
use uuid::Uuid;

use crate::app::TestApp;

/// More leads than a search walks past at most. `few` is on some of them all over, `many` on every
/// third, `middle` on 6,000 that stand together some way down, `last` on the 5,000 oldest.
const LEADS: &str = "
    INSERT INTO leads (account_id, id, first_name, last_name, source, tags, metadata, search_text,
                       sort_name, next_action_at, revision, created_at, updated_at)
    SELECT $1, gen_random_uuid(), 'ann', md5(i::text), 'test', '{}', '{}',
           concat_ws(' ', 'ann', CASE WHEN i % 40 = 7 THEN 'few' END,
                     CASE WHEN i % 3 = 0 THEN 'many' END,
                     CASE WHEN i BETWEEN 10001 AND 16000 THEN 'middle' END,
                     CASE WHEN i > 51000 THEN 'last' END),
           md5(i::text) || ' ann',
           CASE WHEN i % 2 = 0 THEN timestamptz '2026-11-19 12:00Z' + make_interval(mins => i % 1000) END,
           1, timestamptz '2026-11-19 12:00Z' - make_interval(secs => i),
           timestamptz '2026-11-19 12:00Z' - make_interval(secs => i * 7919 % 56000)
    FROM generate_series(1, 56000) AS i";

/// The owner of an account with these leads.
fn filled(app: &TestApp) -> (Caller, PgConnection) {
    let owner = app.firm("Acme").owner();
    let mut conn = app.connect();
    diesel::sql_query(LEADS)
        .bind::<SqlUuid, _>(owner.account.id)
        .execute(&mut conn)
        .unwrap();
    (owner, conn)
}

#[derive(diesel::QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

fn plainly(conn: &mut PgConnection, word: &str, sort: Sort, direction: Direction) -> Vec<Uuid> {
    let by = match sort {
        Sort::CreatedAt => "created_at",
        Sort::UpdatedAt => "updated_at",
        Sort::LastName => "sort_name",
        Sort::NextActionAt => "coalesce(next_action_at, 'infinity')",
    };
    let way = match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    };
    let rows: Vec<Id> = diesel::sql_query(format!(
        "SELECT id FROM leads WHERE search_text LIKE '%{word}%' ORDER BY {by} {way}, id {way}"
    ))
    .load(conn)
    .unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// The first pages of a search, each from the cursor of the one before; then the way back.
fn there_and_back(conn: &mut PgConnection, caller: &Caller, mut query: Query, expected: &[Uuid]) {
    let said = format!("{:?} {} {:?}", query.q, query.sort, query.direction);
    let ids =
        |page: &leads::Page| -> Vec<Uuid> { page.leads.iter().map(|view| view.lead.id).collect() };
    let mut pages = Vec::new();
    for expected in expected.chunks(query.limit as usize).take(4) {
        let page = leads::page(conn, caller, &query).unwrap();
        assert_eq!(ids(&page), expected, "{said}, page {}", pages.len() + 1);
        query.cursor.clone_from(&page.next);
        pages.push(page);
    }
    for at in (1..pages.len()).rev() {
        query.cursor.clone_from(&pages[at].previous);
        let page = leads::page(conn, caller, &query).unwrap();
        assert_eq!(ids(&page), ids(&pages[at - 1]), "{said}, back to page {at}");
    }
}

#[test]
fn whichever_way_a_search_takes_it_finds_the_same_pages() {
    let app = TestApp::start();
    let (owner, mut conn) = filled(&app);
    let conn = &mut conn;
    for word in ["few", "many", "middle", "last", "nobody"] {
        for &sort in Sort::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let expected = plainly(conn, word, sort, direction);
                let query = Query {
                    q: Some(word.to_owned()),
                    sort,
                    direction,
                    limit: 40,
                    ..Query::default()
                };
                there_and_back(conn, &owner, query, &expected);
            }
        }
    }
}

#[test]
fn what_a_search_tells_of_its_total_is_so() {
    let app = TestApp::start();
    let (owner, mut conn) = filled(&app);
    let conn = &mut conn;
    for (word, leads, is_exact) in [
        ("few", 1_400, true),
        ("middle", 6_000, true),
        ("many", 10_000, false),
        ("nobody", 0, true),
    ] {
        let query = Query {
            q: Some(word.to_owned()),
            ..Query::default()
        };
        let page = leads::page(conn, &owner, &query).unwrap();
        let total = leads::total(conn, &owner, &query, &page, leads::COUNT_UP_TO).unwrap();
        assert_eq!((total.leads, total.is_exact), (leads, is_exact), "{word}");
    }
}
