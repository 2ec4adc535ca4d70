//! The walls of the house (docs/architecture.md): who may use whom, and which words a layer does
//! not know.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const BASE: &[&str] = &[
    "caller", "clock", "config", "db", "error", "hours", "ids", "outreach", "paging", "patch",
    "phone", "queue", "secrets", "tabular", "text", "uploads", "when",
];
/// Each may use those before it.
const ROOMS: &[&str] = &[
    "audit",
    "visibility",
    "accounts",
    "telephony",
    "people",
    "teams",
    "campaigns",
    "do_not_contact",
    "connectors",
    "fields",
    "leads",
    "rotations",
    "workflows",
    "enrolment",
    "webhooks",
];
/// What the faces that speak HTTP share, and the state they are given.
const SHARED: &[&str] = &[
    "facts", "headers", "observe", "routes", "slow", "state", "upload",
];
const FACES: &[&str] = &["web", "api", "worker", "cli"];
/// On top of everything: they put the faces together.
const TOP: &[&str] = &["demo", "server", "main", "lib"];

/// Words that a module's source does not hold.
fn forbidden(module: &str) -> &'static [&'static str] {
    const HTTP: &[&str] = &["actix_", "askama", "HttpResponse"];
    match module {
        "web" | "api" => &[
            "diesel",
            "sql_query",
            "SELECT ",
            "INSERT ",
            "UPDATE ",
            "Utc::now",
            "SystemTime",
        ],
        "worker" => &["actix_web", "askama", "diesel", "Utc::now", "SystemTime"],
        "clock" | "cli" | "server" => &[],
        module if ROOMS.contains(&module) => &[
            "actix_",
            "askama",
            "HttpResponse",
            "Utc::now",
            "SystemTime",
            "Instant::now",
            "StatusCode",
        ],
        module if BASE.contains(&module) => HTTP,
        _ => &[],
    }
}

/// Whether code of one module may name another.
fn may_use(module: &str, other: &str) -> bool {
    let is = |list: &[&str], name: &str| list.contains(&name);
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    match module {
        same if same == other => true,
        module if is(BASE, module) => is(BASE, other),
        module if is(ROOMS, module) => {
            is(BASE, other) || place(other).is_some_and(|other| Some(other) < place(module))
        }
        module if is(SHARED, module) => is(BASE, other) || is(SHARED, other),
        "web" | "api" => is(BASE, other) || is(ROOMS, other) || is(SHARED, other),
        // Slow threads are shared by all that waits for other systems.
        "worker" => is(BASE, other) || is(ROOMS, other) || other == "slow",
        "demo" => is(BASE, other) || is(ROOMS, other),
        "cli" => !matches!(other, "web" | "api" | "worker"),
        module => is(TOP, module),
    }
}

#[test]
fn every_module_has_its_place() {
    let known: BTreeSet<&str> = [BASE, ROOMS, SHARED, FACES, TOP]
        .concat()
        .into_iter()
        .collect();
    let there: BTreeSet<String> = sources().into_iter().map(|(module, ..)| module).collect();
    let strange: Vec<_> = there
        .iter()
        .filter(|one| !known.contains(one.as_str()))
        .collect();
    assert!(
        strange.is_empty(),
        "say in this test where {strange:?} belong"
    );
}

#[test]
fn nobody_looks_up_or_sideways() {
    let mut broken = Vec::new();
    for (module, path, code) in sources() {
        for other in used(&code) {
            if !may_use(&module, &other) {
                broken.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn each_layer_keeps_to_its_own_words() {
    let mut broken = Vec::new();
    for (module, path, code) in sources() {
        let words = forbidden(&module)
            .iter()
            .filter(|word| code.contains(**word));
        broken.extend(words.map(|word| format!("{} says {word}", path.display())));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn files_are_named_for_what_they_do() {
    let vague = [
        "util", "utils", "helper", "helpers", "manager", "service", "common", "misc",
    ];
    let names = files("src")
        .into_iter()
        .chain(files("tests"))
        .chain(files("templates"));
    let broken: Vec<_> = names
        .filter(|path| {
            path.iter().any(|part| {
                let stem = Path::new(part).file_stem().and_then(|stem| stem.to_str());
                vague.contains(&stem.unwrap_or_default())
            })
        })
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TO", "FIX", "XX"].map(|half| {
        format!(
            "{half}{}",
            if half == "TO" {
                "DO"
            } else if half == "FIX" {
                "ME"
            } else {
                "X"
            }
        )
    });
    let all = files("src")
        .into_iter()
        .chain(files("templates"))
        .chain(files("tests"))
        .chain(files("static"));
    let broken: Vec<_> = all
        .filter(|path| {
            fs::read_to_string(path).is_ok_and(|text| marks.iter().any(|mark| text.contains(mark)))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn nothing_leaves_and_nobody_is_enrolled_but_through_the_gate() {
    let (mut made, mut broken) = (Vec::new(), Vec::new());
    for (module, path, code) in sources() {
        // The field is private, so that only the room can make the proof: once, in the gate.
        let declared = ["struct Cleared {", "impl Cleared {", "-> Cleared {"];
        let declared: usize = declared.iter().map(|it| code.matches(it).count()).sum();
        let times = code.matches("Cleared {").count() - declared;
        made.extend(std::iter::repeat_n(path.clone(), times));
        if let Some((before, _)) = code.split_once("pub struct Cleared {") {
            let derived = before.lines().last().unwrap_or_default();
            assert_eq!(
                derived, "#[derive(Debug, PartialEq, Eq)]",
                "nobody copies it"
            );
        }
        let sends = code.contains("outreach::send") || picks(&code, "outreach::{", "send");
        if module != "outreach" && sends && !code.contains("Cleared") {
            broken.push(format!("{} sends without the proof", path.display()));
        }
    }
    assert_eq!(made, [Path::new("do_not_contact/gate.rs")]);
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whether code names `wanted` in a group in braces after `from`.
fn picks(code: &str, from: &str, wanted: &str) -> bool {
    let mut groups = code.split(from).skip(1);
    groups.any(|group| outermost(group).contains(&wanted))
}

/// Every source file: its module, its path, its code without comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all = files("src")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    all.map(|path| {
        let below = path.strip_prefix(&root).unwrap();
        let module = below.iter().next().unwrap().to_str().unwrap();
        let code = fs::read_to_string(&path).unwrap();
        let code: Vec<&str> = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        (
            module.trim_end_matches(".rs").to_owned(),
            below.to_owned(),
            code.join("\n"),
        )
    })
    .collect()
}

fn files(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else {
                into.push(path);
            }
        }
    }
    let mut all = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        &mut all,
    );
    all
}

/// The modules that code names after `crate::`, also several in braces.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let names = match after.strip_prefix('{') {
            Some(group) => outermost(group),
            None => vec![after],
        };
        for name in names {
            let end = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            used.insert(name[..end].to_owned());
        }
    }
    used.remove("");
    used
}

/// The parts of a group in braces that commas separate, not looking into inner groups.
fn outermost(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                parts.push(group[start..at].trim());
                start = at + 1;
            }
            '}' if depth == 0 => {
                parts.push(group[start..at].trim());
                return parts;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    parts
}

#[test]
fn names_in_braces_are_seen() {
    let code = "use crate::{ids, text};\nuse crate::web::{Ctx, form::{Form}};\ncrate::db::run()";
    let seen: Vec<_> = used(code).into_iter().collect();
    assert_eq!(seen, ["db", "ids", "text", "web"]);
    let code = "use crate::{web as pages, worker::{a, b}, state};";
    assert_eq!(
        used(code).into_iter().collect::<Vec<_>>(),
        ["state", "web", "worker"]
    );
}
