//! What the columns of a file are likely for, by their names; and how it was the last time.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;

use super::super::file::columns::{self, same};
use super::super::file::{Field, Plan, Reading, Target};
use super::import::Import;
use super::rejects;
use crate::caller::Caller;
use crate::db::schema::imports;
use crate::error::Result;
use crate::text;

/// What people call the fields of a lead, in some languages, as [`text::fold`] writes it. The first
/// that a header is wins.
const CALLED: &[(Field, &[&str])] = &[
    (
        Field::Phone,
        &[
            "phone",
            "phone no",
            "telephone",
            "tel",
            "mobile",
            "mobile phone",
            "cell",
            "cell phone",
            "cellphone",
            "whatsapp",
            "work phone",
            "telefono",
            "celular",
            "movil",
            "telefone",
            "telefon",
            "telefonnummer",
            "handy",
            "mobil",
            "telephone portable",
            "portable",
            "number",
        ],
    ),
    (
        Field::Email,
        &[
            "mail",
            "e mail",
            "email address",
            "e mail address",
            "work email",
            "correo",
            "correo electronico",
            "e mail adresse",
            "courriel",
            "adresse e mail",
        ],
    ),
    (
        Field::FirstName,
        &[
            "first",
            "given name",
            "forename",
            "nombre",
            "nombres",
            "vorname",
            "prenom",
            "nome",
        ],
    ),
    (
        Field::LastName,
        &[
            "last",
            "surname",
            "family name",
            "apellido",
            "apellidos",
            "nachname",
            "familienname",
            "nom",
            "nom de famille",
            "sobrenome",
        ],
    ),
    (
        Field::Name,
        &[
            "full name",
            "contact",
            "contact name",
            "lead",
            "lead name",
            "nombre completo",
        ],
    ),
    (
        Field::Company,
        &[
            "company name",
            "organization",
            "organisation",
            "account",
            "account name",
            "business",
            "employer",
            "empresa",
            "compania",
            "firma",
            "unternehmen",
            "societe",
            "entreprise",
        ],
    ),
    (
        Field::Title,
        &[
            "job title",
            "position",
            "role",
            "cargo",
            "puesto",
            "poste",
            "funktion",
        ],
    ),
    (
        Field::ExternalId,
        &["id", "record id", "lead id", "crm id", "reference", "ref"],
    ),
    (
        Field::Owner,
        &[
            "owner email",
            "lead owner",
            "assigned to",
            "sales rep",
            "rep",
            "agent",
        ],
    ),
    (Field::Tags, &["tag", "labels", "label", "etiquetas"]),
    (
        Field::Source,
        &["lead source", "origin", "fuente", "origen", "quelle"],
    ),
];

/// What each column is likely for: a field that its name means, a column that an export or a list
/// of failed rows has for people to read is for nothing, any other is a field of its own.
pub fn suggested(header: &[String]) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::with_capacity(header.len());
    for name in header {
        let target = target(name);
        let is_taken = targets.contains(&target);
        targets.push(match target {
            Target::Field(_) if is_taken && name.starts_with(columns::TOLD) => Target::Ignored,
            Target::Field(_) if is_taken => own(name),
            target => target,
        });
    }
    targets
}

fn target(name: &str) -> Target {
    if name.is_empty() || rejects::COLUMNS.iter().any(|column| same(name, column)) {
        return Target::Ignored;
    }
    if let Some(told) = name.strip_prefix(columns::TOLD) {
        let named = |field: &&Field| field.is_of_people() && told == field.as_str();
        let field = Field::ALL.iter().find(named).copied();
        return field.map_or(Target::Ignored, Target::Field);
    }
    if columns::key(name) != name {
        return own(name);
    }
    let named = |field: &&Field| same(name, field.as_str());
    if let Some(field) = Field::ALL.iter().find(named) {
        return Target::Field(*field);
    }
    let folded = text::fold(&name.replace(['_', '-', '.', ':', '#'], " "));
    let meant = CALLED
        .iter()
        .find(|(_, names)| names.contains(&folded.trim()));
    match meant {
        Some((field, _)) => Target::Field(*field),
        None => own(name),
    }
}

fn own(name: &str) -> Target {
    Target::Key {
        key: columns::key(name).to_owned(),
        reading: Reading::Text,
    }
}

/// What was done with the last file of the account that had this header, but for the columns that a
/// list of failed rows adds.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn remembered(
    conn: &mut PgConnection,
    caller: &Caller,
    import: &Import,
) -> Result<Option<Plan>> {
    let added = rejects::added(&import.header);
    let header = &import.header[..import.header.len() - added];
    let plan: Option<Value> = imports::table
        .filter(imports::account_id.eq(caller.account.id))
        .filter(imports::id.ne(import.id))
        .filter(imports::plan.is_not_null())
        .filter(imports::header.eq(header))
        .order((imports::created_at.desc(), imports::id.desc()))
        .select(imports::plan.assume_not_null())
        .first(conn)
        .optional()?;
    let plan: Option<Plan> = plan.and_then(|plan| serde_json::from_value(plan).ok());
    Ok(plan.map(|mut plan| {
        let ignored = std::iter::repeat_n(Target::Ignored, added);
        plan.columns.extend(ignored);
        plan
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggest(header: &[&str]) -> Vec<Target> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        suggested(&header)
    }

    #[test]
    fn a_name_that_people_use_means_its_field() {
        for (name, field) in [
            ("Phone Number", Field::Phone),
            ("Teléfono", Field::Phone),
            ("E-Mail", Field::Email),
            ("E-mail address", Field::Email),
            ("Vorname", Field::FirstName),
            ("SURNAME", Field::LastName),
            ("Full name", Field::Name),
            ("Organisation", Field::Company),
            ("Lead Owner", Field::Owner),
        ] {
            assert_eq!(suggest(&[name]), [Target::Field(field)], "{name}");
        }
    }

    #[test]
    fn a_file_that_left_comes_back_as_it_was() {
        let header = [
            "phone_number",
            "leadline.id",
            "leadline.owner",
            "metadata.position",
            "Source",
            "leadline.source",
        ];
        assert_eq!(
            suggest(&header)[1..],
            [
                Target::Ignored,
                Target::Field(Field::Owner),
                own("position"),
                Target::Field(Field::Source),
                Target::Ignored,
            ]
        );
    }

    #[test]
    fn one_column_only_is_a_field_and_what_is_unknown_is_kept() {
        let targets = suggest(&["Phone", "Mobile", "City", "", "row", "field", "reason"]);
        assert_eq!(
            targets,
            [
                Target::Field(Field::Phone),
                own("Mobile"),
                own("City"),
                Target::Ignored,
                Target::Ignored,
                Target::Ignored,
                Target::Ignored,
            ]
        );
    }
}
