//! Names, numbers and icons.

use std::fmt::Display;

use askama::Values;
use askama::filters::Safe;

use crate::caller::{Role, Scope};
use crate::leads::Total;
use crate::web::assets;

/// What the reason of a step begins with that waits.
const WAITING: &str = "waiting ";

/// The address of a file in `static/`, with its hash.
#[askama::filter_fn]
pub fn asset(name: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(assets::asset(name))
}

/// An icon of the sprite, 16 px; always next to a word, so hidden from screen readers.
#[askama::filter_fn]
pub fn icon(name: &str, _: &dyn Values) -> askama::Result<Safe<String>> {
    Ok(Safe(drawn(name, "icon")))
}

/// The same, 20 px.
#[askama::filter_fn]
pub fn icon_20(name: &str, _: &dyn Values) -> askama::Result<Safe<String>> {
    Ok(Safe(drawn(name, "icon icon-20")))
}

fn drawn(name: &str, class: &str) -> String {
    let sprite = assets::asset("icons.svg");
    format!(r#"<svg class="{class}" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"#)
}

/// "AR" for Ana Rojas.
#[askama::filter_fn]
pub fn initials(name: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(first_letters(name))
}

/// A clause as a sentence of its own: "Waiting until Mon 09:00: contact hours in Santiago."
#[askama::filter_fn]
pub fn sentence(clause: impl AsRef<str>, _: &dyn Values) -> askama::Result<String> {
    Ok(as_sentence(clause.as_ref()))
}

/// A clause as a sentence of its own.
pub fn as_sentence(clause: &str) -> String {
    let mut letters = clause.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut sentence: String = first.chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?', '…']) && !sentence.is_empty() {
        sentence.push('.');
    }
    sentence
}

/// "contact hours in Santiago" for "waiting until Mon 09:00: contact hours in Santiago", where the
/// time stands beside it already.
#[askama::filter_fn]
pub fn reason(why: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(reason_of(why).to_owned())
}

fn reason_of(why: &str) -> &str {
    let waits = why
        .strip_prefix(WAITING)
        .filter(|rest| rest.starts_with("until "));
    let reason = waits.and_then(|rest| rest.split_once(": "));
    reason.map_or(why, |(_, reason)| reason)
}

/// "it waited until Mon 09:00: contact hours in Santiago" of a wait that is over.
#[askama::filter_fn]
pub fn waited(why: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(why
        .strip_prefix(WAITING)
        .map_or_else(|| why.to_owned(), |rest| format!("it waited {rest}")))
}

/// "11,522".
#[askama::filter_fn]
pub fn thousands(number: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(grouped(&number.to_string()))
}

/// "412", or "10,000+" where counting stopped.
#[askama::filter_fn]
pub fn counted(total: &Total, _: &dyn Values) -> askama::Result<String> {
    Ok(counted_words(*total))
}

/// "412", or "10,000+" where counting stopped.
pub fn counted_words(total: Total) -> String {
    let more = if total.is_exact { "" } else { "+" };
    format!("{}{more}", grouped(&total.leads.to_string()))
}

/// "Admin".
#[askama::filter_fn]
pub fn role(role: &Role, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match role {
        Role::Owner => "Owner",
        Role::Admin => "Admin",
        Role::Manager => "Manager",
        Role::Rep => "Rep",
        Role::Viewer => "Viewer",
    })
}

/// What a role may do, in a few words.
#[askama::filter_fn]
pub fn role_says(role: &Role, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(match role {
        Role::Owner => "Everything, and makes other owners",
        Role::Admin => "Everything, with people and keys",
        Role::Manager => "Leads, campaigns and workflows",
        Role::Rep => "Adds leads and works them",
        Role::Viewer => "Looks, changes nothing",
    })
}

/// "an admin".
#[askama::filter_fn]
pub fn a_role_of(role: &Role, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(a_role(*role))
}

/// "an admin".
pub fn a_role(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Admin => "an admin",
        Role::Manager => "a manager",
        Role::Rep => "a rep",
        Role::Viewer => "a viewer",
    }
}

/// What a key may do, in a few words.
#[askama::filter_fn]
pub fn scopes(scopes: &[Scope], _: &dyn Values) -> askama::Result<String> {
    if scopes.len() == Scope::ALL.len() {
        return Ok("everything".to_owned());
    }
    Ok(scopes
        .iter()
        .map(|scope| scope.as_str())
        .collect::<Vec<_>>()
        .join(", "))
}

/// "Firefox on Linux".
#[askama::filter_fn]
pub fn browser(user_agent: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(browser_of(user_agent))
}

/// The first word that fits names the browser: most claim to be several.
fn browser_of(user_agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "A browser".to_owned(),
    }
}

fn first_letters(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Digits in groups of three: "11,522".
pub(in crate::web) fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("−", rest));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_its_own_mark() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
            Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(browser_of(chrome), "Chrome on Linux");
        let edge = format!("{chrome} Edg/142.0").replace("X11; Linux x86_64", "Windows NT 10.0");
        assert_eq!(browser_of(&edge), "Edge on Windows");
        assert_eq!(browser_of("curl/8.5"), "curl");
        assert_eq!(browser_of(""), "A browser");
    }

    #[test]
    fn names_and_numbers() {
        assert_eq!(first_letters("Ana María Rojas"), "AR");
        assert_eq!(first_letters("  élodie "), "É");
        assert_eq!(first_letters(""), "");
        assert_eq!(as_sentence("waiting: closed"), "Waiting: closed.");
        assert_eq!(as_sentence("Really?"), "Really?");
        assert_eq!(
            reason_of("waiting until Mon 09:00: holiday (18 Sep)"),
            "holiday (18 Sep)"
        );
        assert_eq!(
            reason_of("call 2 of 3: nobody answered"),
            "call 2 of 3: nobody answered"
        );
        assert_eq!(grouped("11522"), "11,522");
        assert_eq!(grouped("-1000"), "−1,000");
        assert_eq!(grouped("999"), "999");
    }
}
