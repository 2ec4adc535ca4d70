//! The rules of "Data" in docs/architecture.md, asked of the database itself.

use std::collections::BTreeMap;
use std::fs;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};
use leadline::db::PgConnection;

use crate::app::Database;

/// Needed before the account is known, so without the account in their key.
const GLOBAL: &[&str] = &[
    "accounts",
    "api_key_hashes",
    "identities",
    "instance",
    "invitations",
    "sessions",
    "sign_in_throttles",
];

#[derive(QueryableByName, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

#[derive(QueryableByName, Debug)]
struct Constraint {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    other_table: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    other_columns: Vec<String>,
}

#[derive(QueryableByName, Debug)]
struct Index {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
}

const COLUMNS: &str = "
    SELECT c.relname::text AS table_name, a.attname::text AS name,
           format_type(a.atttypid, a.atttypmod) AS kind, a.attnotnull AS required
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '__diesel_schema_migrations'
    ORDER BY c.relname, a.attnum";

const CONSTRAINTS: &str = "
    SELECT c.relname::text AS table_name, k.conname::text AS name, k.contype::text AS kind,
           o.relname::text AS other_table,
           ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (n, i)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n
                 ORDER BY u.i) AS columns,
           ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (n, i)
                 JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n
                 ORDER BY u.i) AS other_columns
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    LEFT JOIN pg_class o ON o.oid = k.confrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'f', 'u', 'c')
      AND c.relname <> '__diesel_schema_migrations'
    ORDER BY k.conname";

const INDEXES: &str = "
    SELECT c.relname::text AS table_name, i.relname::text AS name, x.indisunique AS is_unique,
           ARRAY(SELECT pg_get_indexdef(i.oid, n, true)
                 FROM generate_series(1, x.indnkeyatts) AS n) AS columns
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT x.indisprimary
      AND c.relname <> '__diesel_schema_migrations'
    ORDER BY i.relname";

fn ask<T: QueryableByName<diesel::pg::Pg> + 'static>(sql: &str) -> Vec<T> {
    let database = Database::copy();
    let mut conn: PgConnection = database.connect();
    diesel::sql_query(sql).load(&mut conn).unwrap()
}

fn is_global(table: &str) -> bool {
    GLOBAL.contains(&table)
}

#[test]
fn every_table_but_the_global_ones_begins_with_its_account() {
    let constraints: Vec<Constraint> = ask(CONSTRAINTS);
    let keys: Vec<_> = constraints.iter().filter(|one| one.kind == "p").collect();
    let columns: Vec<Column> = ask(COLUMNS);
    let mut tables: Vec<&str> = columns.iter().map(|one| one.table_name.as_str()).collect();
    tables.dedup();
    assert!(
        GLOBAL.iter().all(|global| tables.contains(global)),
        "{tables:?}"
    );
    for table in tables.into_iter().filter(|table| !is_global(table)) {
        let account = columns
            .iter()
            .find(|one| one.table_name == table && one.name == "account_id");
        let account = account.unwrap_or_else(|| panic!("{table} has no account_id"));
        assert!(account.required && account.kind == "uuid", "{account:?}");
        let key = keys.iter().find(|one| one.table_name == table);
        let key = key.unwrap_or_else(|| panic!("{table} has no primary key"));
        // A row of a file is known by its place there.
        let own = match table {
            "import_rows" | "import_fixes" => &["account_id", "import_id", "row_number"][..],
            _ => &["account_id", "id"],
        };
        assert_eq!(key.columns, own, "{table}");
    }
}

#[test]
fn no_row_can_point_into_another_account() {
    let constraints: Vec<Constraint> = ask(CONSTRAINTS);
    for reference in constraints.iter().filter(|one| one.kind == "f") {
        assert_eq!(reference.columns[0], "account_id", "{reference:?}");
        if reference.other_table.as_deref() == Some("accounts") {
            assert_eq!(reference.columns, ["account_id"], "{reference:?}");
        } else {
            assert_eq!(reference.other_columns[0], "account_id", "{reference:?}");
            assert!(reference.columns.len() > 1, "{reference:?}");
        }
    }
}

#[test]
fn every_reference_of_a_table_is_held_by_the_database() {
    let constraints: Vec<Constraint> = ask(CONSTRAINTS);
    let held = |column: &Column| {
        let of_table = constraints
            .iter()
            .filter(|one| one.table_name == column.table_name);
        of_table
            .filter(|one| one.kind == "f")
            .any(|one| one.columns.contains(&column.name))
    };
    // The audit outlives what it speaks of; so does what became of a file.
    let outlives = |column: &Column| {
        let of_row = ["lead_id", "run_id"].contains(&column.name.as_str());
        let is_row_of_a_file = column.table_name == "import_rows" && of_row;
        column.table_name == "audit_entries" || is_row_of_a_file
    };
    // Another system's, a file on disk, a worker that may be gone.
    let elsewhere =
        |column: &Column| ["external_id", "upload_id", "lease_id"].contains(&column.name.as_str());
    for column in ask::<Column>(COLUMNS) {
        if column.name.ends_with("_id") && !outlives(&column) && !elsewhere(&column) {
            assert!(held(&column), "{column:?}");
        }
    }
}

#[test]
fn constraints_and_indexes_are_named_for_what_they_are() {
    for one in ask::<Constraint>(CONSTRAINTS) {
        let suffix = match one.kind.as_str() {
            "p" => "_pkey",
            "f" => "_fkey",
            "u" => "_key",
            _ => "_check",
        };
        let named = one.name.starts_with(&format!("{}_", one.table_name));
        assert!(named && one.name.ends_with(suffix), "{one:?}");
    }
    for one in ask::<Index>(INDEXES) {
        let suffix = if one.is_unique { "_key" } else { "_idx" };
        let named = one.name.starts_with(&format!("{}_", one.table_name));
        assert!(named && one.name.ends_with(suffix), "{one:?}");
    }
}

#[test]
fn what_is_unique_is_so_within_its_account() {
    let unique = ask::<Index>(INDEXES)
        .into_iter()
        .filter(|one| one.is_unique);
    for one in unique.filter(|one| !is_global(&one.table_name)) {
        assert_eq!(one.columns[0], "account_id", "{one:?}");
    }
}

#[test]
fn every_time_has_its_zone() {
    for one in ask::<Column>(COLUMNS) {
        let is_time = one.kind.contains("time");
        assert!(
            !is_time || one.kind == "timestamp with time zone",
            "{one:?}"
        );
        assert_eq!(
            one.name.ends_with("_at") || one.name == "since",
            is_time,
            "{one:?}"
        );
        // A day is a person's own, wherever they are.
        let is_day = one.kind == "date";
        assert_eq!(one.name.ends_with("_on"), is_day, "{one:?}");
    }
}

#[test]
fn the_program_knows_the_tables_as_they_are() {
    let mut there: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in ask::<Column>(COLUMNS) {
        let kind = diesel_type(&one.kind);
        let kind = if one.required {
            kind
        } else {
            format!("Nullable<{kind}>")
        };
        there
            .entry(one.table_name)
            .or_default()
            .push(format!("{} -> {kind}", one.name));
    }
    let keys = ask::<Constraint>(CONSTRAINTS)
        .into_iter()
        .filter(|one| one.kind == "p");
    let keys: BTreeMap<String, String> = keys
        .map(|one| (one.table_name, one.columns.join(", ")))
        .collect();
    let known = known();
    let names: Vec<_> = known.iter().map(|(name, ..)| name.clone()).collect();
    assert_eq!(names, there.keys().cloned().collect::<Vec<_>>());
    for (name, key, columns) in known {
        assert_eq!(columns, there[&name], "{name}");
        assert_eq!(key, keys[&name], "{name}");
    }
}

/// Name, primary key and columns of each table in `src/db/schema.rs`.
fn known() -> Vec<(String, String, Vec<String>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/db/schema.rs");
    let source = fs::read_to_string(path).unwrap();
    let tables = source.split("diesel::table! {").skip(1);
    let parsed = tables.map(|table| {
        let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
        let head = lines.next().unwrap().trim_end_matches(" {");
        let (name, key) = head.split_once(" (").unwrap();
        let columns = lines.take_while(|line| *line != "}");
        let columns = columns
            .map(|line| line.trim_end_matches(',').to_owned())
            .collect();
        (
            name.to_owned(),
            key.trim_end_matches(')').to_owned(),
            columns,
        )
    });
    let mut parsed: Vec<_> = parsed.collect();
    parsed.sort();
    parsed
}

fn diesel_type(kind: &str) -> String {
    match kind {
        "uuid" => "Uuid",
        "text" => "Text",
        "text[]" => "Array<Text>",
        "uuid[]" => "Array<Uuid>",
        "bytea" => "Bytea",
        "boolean" => "Bool",
        "date" => "Date",
        "jsonb" => "Jsonb",
        "smallint" => "Int2",
        "integer" => "Int4",
        "bigint" => "Int8",
        "double precision" => "Float8",
        "timestamp with time zone" => "Timestamptz",
        other => panic!("a new type: {other}"),
    }
    .to_owned()
}
