//! Words that are searched among leads, and the quick way to the page of those that hold them.

use diesel::dsl::sql;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::filter::{Filtered, Query};
use crate::caller::Caller;
use crate::db::schema::leads;
use crate::error::{Error, Result};
use crate::text;

/// How far the order is walked at first: a word that every fortieth lead holds has filled its page
/// by then.
const NEAR: i64 = 2_000;
/// How many leads that hold the words are looked at next, in no order.
pub(super) const SOME: i64 = 2_000;
/// How far the order is walked when there are more.
const FAR: i64 = 50_000;

/// The leads that hold every word of `q`.
pub(super) fn filter(mut query: Filtered, q: &str) -> Filtered {
    for word in words(q) {
        query = if has_trigram(&word) {
            query.filter(leads::search_text.like(text::holding(&word)))
        } else {
            query.filter(
                sql::<Bool>("strpos(leads.search_text, ")
                    .bind::<Text, _>(word)
                    .sql(") > 0"),
            )
        };
    }
    query
}

/// The first `limit` leads of a search. And how many hold the words, when it is known: more than
/// [`SOME`] means that there are at least so many.
///
/// Postgres can either walk the list's order until the page is full, or take every lead that
/// holds the words and sort them. It can't know which is quicker: it guesses how common a word is,
/// and not that all who work at Globex came in with one import, two years ago. So both are tried,
/// the shorter way first, and each is given up when it has gone far enough.
///
/// # Errors
/// [`crate::error::Error::Invalid`] for a cursor of another order.
pub(super) fn first(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    limit: i64,
) -> Result<(Vec<Uuid>, Option<i64>)> {
    let walk = || query.walk(query.unfiltered(caller));
    let found = || Ok::<_, Error>(query.walk(query.filtered(caller))?.select(leads::id));
    let rows: Vec<(Uuid, Option<i64>)> = First {
        near: (walk()?.limit(NEAR), found()?.limit(limit)),
        hits: query.filtered(caller),
        few: walk()?.select(leads::id).limit(limit),
        far: (walk()?.limit(FAR), found()?.limit(limit)),
        all: found()?,
        limit,
    }
    .load(conn)?;
    let counted = rows.first().and_then(|(_, counted)| *counted);
    Ok((rows.into_iter().map(|(id, _)| id).collect(), counted))
}

/// The statement of [`first`]. Where an inner `WITH` names them, `leads` are those that a walk
/// came past, or those that some hold. What nothing reads from, Postgres does not do.
#[derive(QueryId)]
struct First<L, I> {
    near: (L, I),
    hits: L,
    few: I,
    far: (L, I),
    all: I,
    limit: i64,
}

impl<L: QueryFragment<Pg>, I: QueryFragment<Pg>> QueryFragment<Pg> for First<L, I> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let limit = self.limit;
        out.unsafe_to_cache_prepared();
        out.push_sql("WITH near AS MATERIALIZED (WITH leads AS (");
        self.near.0.walk_ast(out.reborrow())?;
        out.push_sql(") ");
        self.near.1.walk_ast(out.reborrow())?;
        out.push_sql("), hits AS MATERIALIZED (");
        self.hits.walk_ast(out.reborrow())?;
        out.push_sql(&format!(
            "), some_hits AS MATERIALIZED (SELECT * FROM hits \
             WHERE (SELECT count(*) FROM near) < {limit} LIMIT {SOME} + 1), \
             few AS MATERIALIZED (WITH leads AS (SELECT * FROM some_hits \
             WHERE (SELECT count(*) FROM some_hits) <= {SOME}) "
        ));
        self.few.walk_ast(out.reborrow())?;
        out.push_sql("), far AS MATERIALIZED (WITH leads AS (");
        self.far.0.walk_ast(out.reborrow())?;
        out.push_sql(") ");
        self.far.1.walk_ast(out.reborrow())?;
        out.push_sql("), found AS MATERIALIZED (");
        self.all.walk_ast(out.reborrow())?;
        let far = |filled| {
            format!(
                "CASE WHEN (SELECT count(*) FROM some_hits) > {SOME} \
                 THEN (SELECT count(*) FROM far) {filled} {limit} END"
            )
        };
        out.push_sql(&format!(
            ") SELECT id, NULL::bigint FROM near WHERE (SELECT count(*) FROM near) = {limit} \
             UNION ALL SELECT id, (SELECT count(*) FROM some_hits) FROM few \
             UNION ALL SELECT id, {SOME} + 1 FROM far WHERE {} \
             UNION ALL (SELECT id, {SOME} + 1 FROM found WHERE {} LIMIT {limit})",
            far("="),
            far("<"),
        ));
        Ok(())
    }
}

impl<L, I> SqlQuery for First<L, I> {
    type SqlType = (SqlUuid, Nullable<BigInt>);
}

impl<L, I> RunQueryDsl<PgConnection> for First<L, I> {}

/// The searched words. What looks like a phone number is one word of digits, however it was
/// grouped.
fn words(q: &str) -> Vec<String> {
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    let phone = q
        .chars()
        .all(|c| c.is_ascii_digit() || " +-().".contains(c));
    if phone && digits.len() >= 4 {
        // A national number starts with a trunk 0 that E.164 leaves out.
        return vec![digits.trim_start_matches('0').to_owned()];
    }
    text::fold(q)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Whether the index of letters can find this word: it holds every three in a row. Asked for
/// less, it would be read from end to end, which takes longer than to read the leads.
fn has_trigram(word: &str) -> bool {
    word.split(|c: char| !c.is_alphanumeric())
        .any(|run| run.chars().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_one_word_of_digits() {
        assert_eq!(words("(0171) 555-0100"), ["1715550100"]);
        assert_eq!(words("+56 9 1234"), ["5691234"]);
        assert_eq!(words("12"), ["12"]);
        assert_eq!(words("José  Pérez"), ["jose", "perez"]);
    }

    #[test]
    fn three_letters_in_a_row_can_be_found_by_their_letters() {
        for word in ["ana", "a.bcd", "123", "名前帳"] {
            assert!(has_trigram(word), "{word}");
        }
        for word in ["an", "a_b", "a@b.cd", "名前", "%%%"] {
            assert!(!has_trigram(word), "{word}");
        }
    }
}
