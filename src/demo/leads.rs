//! The demo's leads: who they are, where they came from, and what was written on them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::teams::Teams;
use super::workflows::Workflows;
use crate::caller::Caller;
use crate::campaigns::{self, CampaignInput};
use crate::db::PgConnection;
use crate::enrolment::{self, Intake};
use crate::error::Result;
use crate::leads::{self, LeadChanges, NewLead, OwnerRef};
use crate::patch::Patch;

const CAMPAIGNS: [(&str, Option<&str>); 3] = [
    (
        "Otoño 2027",
        Some("Everybody who asked about the intake of March."),
    ),
    (
        "Feria Vocacional",
        Some("Cards from the stand at Estación Mapocho."),
    ),
    ("Exalumnos", None),
];

const FIRST_NAMES: [&str; 32] = [
    "María",
    "Matías",
    "Valentina",
    "Joaquín",
    "Lucía",
    "Benjamín",
    "Isidora",
    "Vicente",
    "Antonia",
    "Tomás",
    "Florencia",
    "Ignacio",
    "Catalina",
    "Sebastián",
    "Fernanda",
    "Cristóbal",
    "Javiera",
    "Felipe",
    "Constanza",
    "Rodrigo",
    "Ananya",
    "Rohan",
    "Kavya",
    "Arjun",
    "Emily",
    "James",
    "Sneha",
    "Nicolás",
    "Paula",
    "Andrés",
    "Josefa",
    "Martín",
];
const LAST_NAMES: [&str; 24] = [
    "García",
    "Contreras",
    "Muñoz",
    "Pérez",
    "Fernández",
    "Rojas",
    "Díaz",
    "Soto",
    "Silva",
    "Sepúlveda",
    "Morales",
    "Rodríguez",
    "López",
    "Fuentes",
    "Hernández",
    "Torres",
    "Araya",
    "Espinoza",
    "Valenzuela",
    "Castillo",
    "Tapia",
    "Reyes",
    "Gutiérrez",
    "Castro",
];
const COMPANIES: [(&str, &str); 10] = [
    ("Clínica Los Aromos", "Jefa de administración"),
    ("Colegio San Esteban", "Profesor"),
    ("Minera Río Blanco", "Ingeniera de procesos"),
    ("Estudio Alameda", "Diseñador"),
    ("Viña Santa Julia", "Encargada de ventas"),
    ("Transportes Ñielol", "Operador"),
    ("Banco del Pacífico", "Analista"),
    ("Municipalidad de Ñuñoa", "Asistente social"),
    ("Ferretería El Roble", "Dueño"),
    ("Laboratorio Quimera", "Química"),
];
const SOURCES: [&str; 5] = [
    "Facebook Ads",
    "Web form",
    "Referral",
    "Feria Vocacional",
    "LinkedIn",
];
const OWNERS: [Option<&str>; 6] = [
    Some("ana@academia-andes.example"),
    Some("diego@academia-andes.example"),
    Some("priya@academia-andes.example"),
    Some("tom@academia-andes.example"),
    Some("diego@academia-andes.example"),
    None,
];
pub(super) const COURSES: [&str; 4] = [
    "Ingeniería en datos",
    "Diseño de servicios",
    "Enfermería",
    "Contador auditor",
];
const COMUNAS: [&str; 6] = [
    "Ñuñoa",
    "Maipú",
    "Providencia",
    "La Florida",
    "Valparaíso",
    "Concepción",
];
const NOTES: [&str; 4] = [
    "Trabaja hasta las 18. Le interesa la modalidad vespertina y preguntó por la beca; llamar con la tabla de aranceles a mano.",
    "Asked for the programme in English. Sent it by e-mail.",
    "Su hermana estudió con nosotros. Decide en pareja, no antes del viernes.",
    "Number belongs to the office; ask for her by name.",
];

const HOW_MANY: usize = 148;

/// Leads of the last weeks, newest minutes old. The team, its owner first, takes turns.
pub(super) fn make(
    conn: &mut PgConnection,
    team: &[Caller],
    workflows: &Workflows,
    teams: &Teams,
) -> Result<()> {
    let campaigns = make_campaigns(conn, &team[0])?;
    for at in (0..HOW_MANY).rev() {
        let of_team = |turn: usize| &team[turn % team.len()];
        let arrival = arrived(at, of_team(0).now);
        let adds = at_instant(of_team(at), arrival);
        let intake = intake(at, &campaigns, workflows, teams);
        for taken in enrolment::take_in(conn, &adds, vec![intake])? {
            let later = arrival + (of_team(0).now - arrival) / 2;
            let works = at_instant(of_team(at / 2 + 1), later);
            live(conn, &works, taken?.lead.id, at)?;
        }
    }
    Ok(())
}

fn at_instant(caller: &Caller, now: DateTime<Utc>) -> Caller {
    Caller {
        now,
        ..caller.clone()
    }
}

fn make_campaigns(conn: &mut PgConnection, owner: &Caller) -> Result<Vec<Uuid>> {
    CAMPAIGNS
        .iter()
        .map(|(name, description)| {
            let input = CampaignInput {
                name: (*name).to_owned(),
                description: description.map(str::to_owned),
            };
            Ok(campaigns::create(conn, owner, input)?.id)
        })
        .collect()
}

/// The further down the list, the longer ago, and never at the same minute.
fn arrived(at: usize, now: DateTime<Utc>) -> DateTime<Utc> {
    let at = i64::try_from(at).unwrap_or(0);
    now - TimeDelta::minutes(7 + at * 31 + at * at * 3)
}

fn intake(at: usize, campaigns: &[Uuid], workflows: &Workflows, teams: &Teams) -> Intake {
    let pick = |len: usize, step: usize| (at * step + at / len) % len;
    let first_name = FIRST_NAMES[pick(FIRST_NAMES.len(), 5)];
    let last_name = LAST_NAMES[pick(LAST_NAMES.len(), 7)];
    let employed = at % 3 != 2;
    let (company, title) = COMPANIES[pick(COMPANIES.len(), 3)];
    let source = SOURCES[pick(SOURCES.len(), 2)];
    let workflow_id = match at % 8 {
        0..=4 => Some(workflows.admission),
        5 => Some(workflows.renewal),
        _ => None,
    };
    let team_id = match workflow_id {
        Some(id) if id == workflows.renewal => Some(teams.alumni),
        Some(_) => Some(teams.admission),
        None => None,
    };
    Intake {
        lead: NewLead {
            first_name: first_name.into(),
            last_name: Some(last_name.into()),
            email: (at % 7 != 3).then(|| address(first_name, last_name, at)),
            phone: Some(format!(
                "+56 9 {} {:04}",
                5550 + at % 7,
                1000 + at * 37 % 9000
            )),
            company: employed.then(|| company.into()),
            title: employed.then(|| title.into()),
            source: source.into(),
            campaign_id: match (workflow_id, at % 4) {
                (Some(id), _) if id == workflows.renewal => Some(campaigns[2]),
                (_, 0 | 1) => Some(campaigns[0]),
                (_, 2) if source == "Feria Vocacional" => Some(campaigns[1]),
                _ => None,
            },
            owner: OWNERS[pick(OWNERS.len(), 1)].map(|email| OwnerRef::Email(email.into())),
            team_id,
            lead_source_id: teams.source(source, team_id, at),
            metadata: metadata(at),
            ..NewLead::default()
        },
        workflow_id,
        ..Intake::default()
    }
}

fn address(first_name: &str, last_name: &str, at: usize) -> String {
    let plain = crate::text::fold(&format!("{first_name}.{last_name}"));
    format!(
        "{plain}{}@correo.example",
        if at < 100 {
            String::new()
        } else {
            at.to_string()
        }
    )
}

fn metadata(at: usize) -> Map<String, Value> {
    let facts = json!({
        "carrera_interes": COURSES[at % COURSES.len()],
        "comuna": COMUNAS[at % COMUNAS.len()],
        "edad": 19 + at * 11 % 27,
        "trabaja_hoy": at % 3 != 2,
        "utm_campaign": "otono27_video_b",
    });
    let keep = 2 + at % 4;
    facts
        .as_object()
        .map(|facts| facts.clone().into_iter().take(keep).collect())
        .unwrap_or_default()
}

/// What happened to a lead since: a note here, a new title there, some put away.
fn live(conn: &mut PgConnection, caller: &Caller, lead: Uuid, at: usize) -> Result<()> {
    if at % 3 == 1 {
        leads::add_note(conn, caller, lead, NOTES[at % NOTES.len()])?;
    }
    if at % 6 == 4 {
        let changes = LeadChanges {
            title: Patch::Set("Coordinadora académica".into()),
            owner: Patch::Set(OwnerRef::Email("ana@academia-andes.example".into())),
            ..LeadChanges::default()
        };
        leads::update(conn, caller, lead, changes, None)?;
    }
    if at % 23 == 22 {
        leads::archive(conn, caller, lead)?;
    }
    Ok(())
}
