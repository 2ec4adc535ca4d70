//! The account itself: its name, and the country and zone that its numbers and dates are read in.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, select};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::contact_hours::{Hold, replan};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Account, Caller, DuplicateRules, Duplicates, Permission, RepsSee};
use crate::db::schema::accounts;
use crate::error::{Error, FieldErrors, Noun, Result};
use crate::phone::Country;
use crate::{ids, text};

/// What an account is made of; also what can be changed of it.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct NewAccount {
    /// Its name, 1 to 200 characters.
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub name: String,
    /// ISO 3166-1 alpha-2, one of [`countries`].
    #[validate(custom(function = "check_country"))]
    pub default_country: String,
    /// A name of the IANA time zone database.
    #[validate(custom(function = "check_time_zone"))]
    pub time_zone: String,
}

impl NewAccount {
    /// Trimmed, the country in capitals, and the rules it breaks.
    pub(crate) fn checked(self) -> (Self, FieldErrors) {
        let cleaned = Self {
            name: self.name.trim().to_owned(),
            default_country: self.default_country.trim().to_uppercase(),
            time_zone: self.time_zone.trim().to_owned(),
        };
        let errors = match cleaned.validate() {
            Ok(()) => FieldErrors::default(),
            Err(errors) => {
                FieldErrors::from_validator(&errors, &["name", "default_country", "time_zone"])
            }
        };
        (cleaned, errors)
    }
}

/// An account as the database holds it.
#[derive(HasQuery)]
#[diesel(table_name = accounts)]
pub(crate) struct AccountRow {
    id: Uuid,
    number: i64,
    name: String,
    default_country: String,
    time_zone: String,
    duplicates_by_form: Duplicates,
    duplicates_by_api: Duplicates,
    duplicates_by_file: Duplicates,
    leads_reps_see: RepsSee,
}

impl AccountRow {
    fn duplicates(&self) -> DuplicateRules {
        DuplicateRules {
            form: self.duplicates_by_form,
            api: self.duplicates_by_api,
            file: self.duplicates_by_file,
        }
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = Error;

    fn try_from(row: AccountRow) -> Result<Self> {
        Ok(Self {
            duplicates: row.duplicates(),
            leads_reps_see: row.leads_reps_see,
            id: row.id,
            number: row.number,
            name: row.name,
            default_country: row.default_country,
            time_zone: row.time_zone.parse().map_err(Error::internal)?,
        })
    }
}

/// The countries whose numbering plans are known, in the order of their codes.
pub fn countries() -> Vec<String> {
    let all = Country::all().into_iter();
    all.map(|country| country.to_string()).collect()
}

/// Whether there is an account at all; without one, the first visit leads to `/setup`.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn any(conn: &mut PgConnection) -> Result<bool> {
    Ok(select(exists(accounts::table.select(accounts::id))).get_result(conn)?)
}

/// How many accounts there are.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn count(conn: &mut PgConnection) -> Result<i64> {
    Ok(accounts::table.count().get_result(conn)?)
}

/// All accounts by name, the oldest first.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn names(conn: &mut PgConnection) -> Result<Vec<(Uuid, String)>> {
    Ok(accounts::table
        .order(accounts::number)
        .select((accounts::id, accounts::name))
        .load(conn)?)
}

/// The account of this id.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(conn: &mut PgConnection, id: Uuid) -> Result<Account> {
    let row = AccountRow::query()
        .filter(accounts::id.eq(id))
        .get_result(conn)
        .optional()?;
    row.ok_or(Error::NotFound(Noun::Account))?.try_into()
}

/// Writes an account that has been checked. The audit entry follows from the founding, which
/// knows who made it.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub(crate) fn create(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    account: &NewAccount,
) -> Result<Account> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(ids::new(now)),
            accounts::name.eq(&account.name),
            accounts::default_country.eq(&account.default_country),
            accounts::time_zone.eq(&account.time_zone),
            accounts::created_at.eq(now),
            accounts::leads_reps_see.eq(RepsSee::Own),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)?
        .try_into()
}

/// Changes the caller's account, and what becomes of leads that it has already. With another zone,
/// what leads wait for by contact hours is asked again: many have no zone of their own.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings, [`Error::Invalid`].
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    input: NewAccount,
    duplicates: DuplicateRules,
) -> Result<Account> {
    caller.require(Permission::WriteSettings)?;
    let (input, errors) = input.checked();
    let input = errors.or(input)?;
    conn.transaction(|conn| {
        let row = AccountRow::query()
            .filter(accounts::id.eq(caller.account.id))
            .for_update()
            .get_result(conn)?;
        let changes = changes(&row, &input, duplicates);
        if changes.is_empty() {
            return row.try_into();
        }
        let row = diesel::update(accounts::table.find(caller.account.id))
            .set((
                accounts::name.eq(&input.name),
                accounts::default_country.eq(&input.default_country),
                accounts::time_zone.eq(&input.time_zone),
                accounts::duplicates_by_form.eq(duplicates.form),
                accounts::duplicates_by_api.eq(duplicates.api),
                accounts::duplicates_by_file.eq(duplicates.file),
            ))
            .returning(AccountRow::as_returning())
            .get_result(conn)?;
        if changes.contains_key("time_zone") {
            replan(conn, caller, Hold::ForAll)?;
        }
        let change = Change {
            event: Event::AccountUpdated,
            subject: Subject::Account,
            subject_id: caller.account.id,
            data: json!({ "changes": changes }),
        };
        audit::write(conn, caller, &[change])?;
        row.try_into()
    })
}

fn changes(row: &AccountRow, input: &NewAccount, rules: DuplicateRules) -> Map<String, Value> {
    let texts = [
        ("name", &row.name, &input.name),
        (
            "default_country",
            &row.default_country,
            &input.default_country,
        ),
        ("time_zone", &row.time_zone, &input.time_zone),
    ];
    let texts = texts.map(|(field, from, to)| (field, json!(from), json!(to)));
    let rules = [
        ("duplicates_by_form", row.duplicates_by_form, rules.form),
        ("duplicates_by_api", row.duplicates_by_api, rules.api),
        ("duplicates_by_file", row.duplicates_by_file, rules.file),
    ];
    let rules = rules.map(|(field, from, to)| (field, json!(from), json!(to)));
    let fields = texts.into_iter().chain(rules);
    fields
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| (field.to_owned(), json!({ "from": from, "to": to })))
        .collect()
}

fn check_country(code: &str) -> Result<(), ValidationError> {
    if Country::of(code).is_some() {
        return Ok(());
    }
    Err(ValidationError::new("country")
        .with_message("Choose a country by its two letters, as US or DE".into()))
}

fn check_time_zone(name: &str) -> Result<(), ValidationError> {
    if name.parse::<chrono_tz::Tz>().is_ok() {
        return Ok(());
    }
    Err(ValidationError::new("time_zone")
        .with_message("Choose a time zone by its name, as Europe/Berlin".into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Problem;

    fn account(name: &str, default_country: &str, time_zone: &str) -> NewAccount {
        NewAccount {
            name: name.into(),
            default_country: default_country.into(),
            time_zone: time_zone.into(),
        }
    }

    #[test]
    fn an_account_is_kept_trimmed_with_its_country_in_capitals() {
        let (checked, errors) = account(" Acme ", "de", " Europe/Berlin").checked();
        assert_eq!(errors, FieldErrors::default());
        assert_eq!(checked, account("Acme", "DE", "Europe/Berlin"));
    }

    #[test]
    fn broken_rules_come_in_the_order_of_the_fields() {
        let (_, errors) = account(" ", "XX", "Mars/Base").checked();
        let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_ref()).collect();
        assert_eq!(fields, ["name", "default_country", "time_zone"]);
        assert_eq!(errors.of("name"), Some(&Problem::Required));
    }

    #[test]
    fn a_name_has_at_most_200_characters_and_no_nul() {
        let of_name = |name: &str| account(name, "US", "UTC").checked().1.of("name").cloned();
        assert_eq!(of_name(&"é".repeat(200)), None);
        assert_eq!(of_name(&"é".repeat(201)), Some(Problem::TooLong(200)));
        assert_eq!(of_name("a\0b"), Some(Problem::Nul));
    }
}
