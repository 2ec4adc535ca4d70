use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::Fault;
use super::parts::Parts;
use super::xml::attribute;

/// Bytes of a part that lists other parts or formats.
pub(super) const LIST: u64 = 16 * 1024 * 1024;

/// What a workbook consists of, as names of parts.
pub(super) struct Workbook {
    pub(super) sheets: Vec<Sheet>,
    pub(super) styles: Option<String>,
    pub(super) strings: Option<String>,
    /// Days are counted from 1904, as on early Macintoshes, not from 1900.
    pub(super) since_1904: bool,
}

pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) part: String,
    hidden: bool,
}

impl Workbook {
    pub(super) fn read(parts: &Parts) -> Result<Self, Fault> {
        if !parts.has("_rels/.rels") {
            return Err(Fault::NotAWorkbook);
        }
        let package = Relations::read(parts, "")?;
        let main = package.first("officeDocument").ok_or(Fault::NotAWorkbook)?;
        // Documents and slides are made alike, and so is Excel's binary kind.
        if !parts.has(&main) || !main.ends_with(".xml") {
            return Err(Fault::NotAWorkbook);
        }
        let related = Relations::read(parts, &main)?;
        let mut workbook = Self {
            sheets: Vec::new(),
            styles: related.first("styles"),
            strings: related.first("sharedStrings"),
            since_1904: false,
        };
        let (mut xml, mut root) = (parts.read(&main, LIST)?, true);
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            match tag.local_name().as_ref() {
                "workbook" => root = false,
                _ if root => return Err(Fault::NotAWorkbook),
                "workbookPr" => {
                    let since = attribute(&tag, "date1904")?;
                    workbook.since_1904 = matches!(since.as_deref(), Some("1" | "true"));
                }
                "sheet" => {
                    let id = attribute(&tag, "id")?.unwrap_or_default();
                    // Charts and macros have a tab too.
                    if let Some(part) = related.get(&id, "worksheet") {
                        workbook.sheets.push(Sheet {
                            name: attribute(&tag, "name")?.unwrap_or_default(),
                            part,
                            hidden: attribute(&tag, "state")?.is_some_and(|it| it != "visible"),
                        });
                    }
                }
                _ => {}
            }
        }
        Ok(workbook)
    }

    /// The sheet with this name, or the first that is shown.
    pub(super) fn choose(&self, name: Option<&str>) -> Result<&Sheet, Fault> {
        match name {
            Some(name) => {
                let sheet = self.sheets.iter().find(|it| it.name == name);
                sheet.ok_or_else(|| Fault::NoSheet(name.to_owned()))
            }
            None => {
                let shown = self.sheets.iter().find(|it| !it.hidden);
                shown.or(self.sheets.first()).ok_or(Fault::Empty)
            }
        }
    }
}

/// What a part is made of: kinds and names of other parts by id.
struct Relations(HashMap<String, (String, String)>);

impl Relations {
    /// Those of a part, or of the whole package.
    fn read(parts: &Parts, of: &str) -> Result<Self, Fault> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = format!("{folder}/_rels/{file}.rels");
        let mut relations = HashMap::new();
        if !parts.has(&name) {
            return Ok(Self(relations));
        }
        let mut xml = parts.read(&name, LIST)?;
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            if tag.local_name().as_ref() != "Relationship" {
                continue;
            }
            let said = |name| attribute(&tag, name).map(Option::unwrap_or_default);
            let target = resolved(folder, &said("Target")?);
            relations.insert(said("Id")?, (said("Type")?, target));
        }
        Ok(Self(relations))
    }

    fn get(&self, id: &str, kind: &str) -> Option<String> {
        let (of, target) = self.0.get(id)?;
        is(of, kind).then(|| target.clone())
    }

    fn first(&self, kind: &str) -> Option<String> {
        let mut all = self.0.values();
        all.find(|(of, _)| is(of, kind))
            .map(|(_, target)| target.clone())
    }
}

/// Whether a relation is of this kind: its address ends with it, whatever edition of the standard
/// it belongs to.
fn is(address: &str, kind: &str) -> bool {
    address.rsplit('/').next() == Some(kind)
}

/// The name of a part that another in `folder` points to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
