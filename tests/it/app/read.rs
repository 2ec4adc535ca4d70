//! Finding things in a page, and the words a person reads or hears there.

use scraper::{ElementRef, Selector};

pub fn select<'a>(within: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
    within.select(&selector).collect()
}

/// The element itself or the nearest around it.
pub fn closest<'a>(from: ElementRef<'a>, tag: &str) -> Option<ElementRef<'a>> {
    let around = from.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(from)
        .chain(around)
        .find(|one| one.value().name() == tag)
}

/// What names a field: its label, or a fieldset's legend.
pub fn label_of(field: ElementRef<'_>) -> Option<ElementRef<'_>> {
    if field.value().name() == "fieldset" {
        return select(field, "legend").first().copied();
    }
    let document = field.ancestors().filter_map(ElementRef::wrap).last()?;
    let own = field
        .attr("id")
        .map(|id| select(document, &format!("label[for='{id}']")));
    own.and_then(|labels| labels.first().copied())
        .or_else(|| closest(field, "label"))
}

fn has_class(element: ElementRef<'_>, any: &[&str]) -> bool {
    element.value().classes().any(|class| any.contains(&class))
}

/// What a field is called: its label's words, or those that only readers of the screen hear.
pub fn called(field: ElementRef<'_>) -> Option<String> {
    let heard = field.attr("aria-label").map(str::to_owned);
    heard.or_else(|| label_of(field).map(name_of))
}

/// What a button or a link is called.
pub fn named(element: ElementRef<'_>) -> String {
    let heard = element.attr("aria-label").map(str::to_owned);
    heard.unwrap_or_else(|| name_of(element))
}

/// The text of an element as it is read out.
pub fn text_of(element: ElementRef<'_>) -> String {
    read(element, |one| one.attr("aria-hidden") == Some("true"))
}

/// The words that name a field or a button, without the remarks that stand with them.
pub fn name_of(element: ElementRef<'_>) -> String {
    let remark =
        |one: ElementRef<'_>| has_class(one, &["opt", "sub"]) || one.value().name() == "kbd";
    read(element, |one| {
        one.attr("aria-hidden") == Some("true") || remark(one)
    })
}

fn read(element: ElementRef<'_>, skip: impl Fn(ElementRef<'_>) -> bool) -> String {
    let mut text = String::new();
    walk(element, &skip, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn walk(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool, into: &mut String) {
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            into.push_str(text);
        }
        let Some(child) = ElementRef::wrap(child) else {
            continue;
        };
        let tag = child.value().name();
        if skip(child) || matches!(tag, "script" | "style" | "svg") {
            continue;
        }
        // Blocks stand apart, as on the screen.
        let inline = matches!(tag, "b" | "a" | "span" | "time" | "i" | "em" | "code");
        let apart = if inline && !has_class(child, &["sub"]) {
            ""
        } else {
            " "
        };
        into.push_str(apart);
        walk(child, skip, into);
        into.push_str(apart);
    }
}
