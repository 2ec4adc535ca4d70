//! Merge fields in what is said to a lead: `{{first_name}}`, or `{{company | "your company"}}`
//! with what to say where the lead has none.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands between the quotes of a fallback. Text programs like to turn them.
const QUOTES: [(char, char); 2] = [('"', '"'), ('“', '”')];

/// The value of each field by its name, as `first_name` or `metadata.city`.
pub type Fields = BTreeMap<String, String>;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    /// To be said as it is.
    Text(&'a str),
    /// A field, and what to say where it is missing.
    Field(&'a str, Option<&'a str>),
    /// Braces that hold no field, said as they are.
    Broken(&'a str),
}

/// The text with values in place of fields. A value is said as it is, braces and all. A field
/// without a value takes the space with it that nobody would have written.
pub fn render(text: &str, fields: &Fields) -> String {
    fill(text, fields, |value| value.into())
}

/// [`render`] for a text that is HTML: values can't be markup. Fallbacks are the template's own
/// words and stay as they are.
pub fn render_html(html: &str, fields: &Fields) -> String {
    fill(html, fields, escape)
}

/// The names of fields that are not known, each once, in the order of the text.
pub fn unknown_fields(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut unknown = Vec::new();
    for part in parts(text) {
        if let Part::Field(name, _) = part
            && !is_known(name)
            && !unknown.iter().any(|known| known == name)
        {
            unknown.push(name.to_owned());
        }
    }
    unknown
}

/// What is wrong with the first braces that hold no field, as a sentence.
pub fn broken(text: &str) -> Option<String> {
    let mut open = 0_usize;
    for part in parts(text) {
        match part {
            Part::Field(..) => {}
            Part::Broken(braces) if braces.ends_with("}}") => {
                return Some(format!(
                    "{braces} is not a field: write {{{{name}}}} or {{{{name | \"fallback\"}}}}"
                ));
            }
            Part::Broken(braces) => {
                let start = crate::text::at_most(braces.lines().next().unwrap_or_default(), 30);
                return Some(format!("{start} has no }}}} at its end"));
            }
            // A style sheet or JSON in a text closes two braces at once that it opened singly.
            Part::Text(text) => {
                let mut before = ' ';
                for c in text.chars() {
                    match c {
                        '{' => open += 1,
                        '}' if before == '}' && open == 0 => {
                            return Some("a field ends with }} but does not begin with {{".into());
                        }
                        '}' => open = open.saturating_sub(1),
                        _ => {}
                    }
                    before = c;
                }
            }
        }
    }
    None
}

/// A value as text of HTML, also between quotes.
pub fn escape(value: &str) -> Cow<'_, str> {
    if !value.contains(['&', '<', '>', '"', '\'']) {
        return value.into();
    }
    let mut escaped = String::with_capacity(value.len() + 16);
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped.into()
}

fn fill(text: &str, fields: &Fields, dress: impl Fn(&str) -> Cow<'_, str>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut gap = false;
    for part in parts(text) {
        let words = match part {
            Part::Text(words) | Part::Broken(words) => Cow::Borrowed(words),
            Part::Field(name, fallback) => {
                let value = fields.get(name).filter(|value| !value.trim().is_empty());
                match value.map(|value| dress(value)).or(fallback.map(Into::into)) {
                    Some(value) => value,
                    None => {
                        gap = true;
                        continue;
                    }
                }
            }
        };
        let words = match gap {
            true => close_gap(&mut said, &words),
            false => &words,
        };
        gap = gap && words.is_empty();
        said.push_str(words);
    }
    if gap {
        close_gap(&mut said, "\n");
    }
    said
}

/// Takes away the space on one side of a field that said nothing; gives what follows.
fn close_gap<'a>(said: &mut String, next: &'a str) -> &'a str {
    let begins = said.is_empty() || said.ends_with(char::is_whitespace);
    if begins && let Some(rest) = next.strip_prefix(' ') {
        return rest;
    }
    if said.ends_with(' ') && next.starts_with(['\r', '\n', ',', '.', ';', ':', '!', '?']) {
        said.pop();
    }
    next
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        let Some(length) = from.find("}}") else {
            parts.push(Part::Broken(from));
            return parts;
        };
        let (braces, after) = from.split_at(length + 2);
        parts.push(field(&braces[2..length]).unwrap_or(Part::Broken(braces)));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// The field that stands between braces.
fn field(inside: &str) -> Option<Part<'_>> {
    let (name, fallback) = match inside.split_once('|') {
        Some((name, fallback)) => (name, Some(unquoted(fallback.trim())?)),
        None => (inside, None),
    };
    let name = name.trim();
    let sound = !name.is_empty() && !name.contains(['{', '}', '\n', '\r', '"']);
    sound.then_some(Part::Field(name, fallback))
}

fn unquoted(text: &str) -> Option<&str> {
    let mut pairs = QUOTES.iter();
    let inside = pairs.find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inside.contains(['{', '}'])).then_some(inside)
}

#[cfg(test)]
mod tests;
