//! The rules of every page; the tests see hundreds of pages, and each is held to them.

use std::collections::HashSet;

use scraper::{ElementRef, Html};

use super::page::Page;
use super::read::{label_of, name_of, select};

/// Fails the test when a page breaks one.
pub fn check(page: &Page, html: &Html) {
    let root = html.root_element();
    let broken: Vec<String> = [
        one_of_each(root),
        ids(root),
        fields(root),
        buttons_and_links(root),
        nothing_inline(root),
        forms(root),
        tables(root),
    ]
    .concat();
    assert!(broken.is_empty(), "{broken:#?} on {page:?}");
}

fn one_of_each(root: ElementRef<'_>) -> Vec<String> {
    let once = ["h1", "main", "head > title", "meta[name=viewport]"];
    let wrong = once
        .into_iter()
        .filter(|what| select(root, what).len() != 1);
    let wrong = wrong.chain(root.attr("lang").is_none().then_some("language"));
    wrong.map(|what| format!("not one {what}")).collect()
}

fn ids(root: ElementRef<'_>) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = select(root, "[id]")
        .into_iter()
        .filter_map(|one| one.attr("id"));
    let twice = all
        .filter(|id| !seen.insert(*id))
        .map(|id| format!("id {id} twice"));
    let mut broken: Vec<String> = twice.collect();
    for name in ["aria-labelledby", "aria-describedby", "for"] {
        for one in select(root, &format!("[{name}]")) {
            let named = one.attr(name).unwrap_or_default().split(' ');
            let missing = named.filter(|id| !seen.contains(id));
            broken.extend(missing.map(|id| format!("{name} names {id}, which is not there")));
        }
    }
    broken
}

fn fields(root: ElementRef<'_>) -> Vec<String> {
    let all = select(root, "input, textarea, select, fieldset").into_iter();
    let seen = all.filter(|one| !matches!(one.attr("type"), Some("hidden" | "submit")));
    let seen = seen.filter(|one| one.attr("aria-hidden") != Some("true"));
    let named = |one: &ElementRef<'_>| {
        let aria = one.attr("aria-label").or(one.attr("aria-labelledby"));
        aria.is_some_and(|label| !label.is_empty())
            || label_of(*one).is_some_and(|label| !name_of(label).is_empty())
    };
    seen.filter(|one| !named(one))
        .map(|one| format!("no label: {}", one.html()))
        .collect()
}

fn buttons_and_links(root: ElementRef<'_>) -> Vec<String> {
    let all = select(root, "button, a[href], summary").into_iter();
    let named =
        |one: &ElementRef<'_>| one.attr("aria-label").is_some() || !name_of(*one).is_empty();
    all.filter(|one| !named(one))
        .map(|one| format!("no words: {}", one.html()))
        .collect()
}

fn nothing_inline(root: ElementRef<'_>) -> Vec<String> {
    let handlers = select(root, "*").into_iter().filter(|one| {
        let mut attributes = one.value().attrs();
        attributes.any(|(name, _)| name.starts_with("on") || name == "style")
    });
    let blocks = select(root, "style, script:not([src])").into_iter();
    handlers
        .chain(blocks)
        .map(|one| format!("the policy forbids {}", one.html()))
        .collect()
}

fn forms(root: ElementRef<'_>) -> Vec<String> {
    let posts = select(root, "form[method=post]").into_iter();
    let bare = posts.filter(|form| select(*form, "input[name=csrf]").len() != 1);
    bare.map(|form| format!("not one token: {}", form.html()))
        .collect()
}

fn tables(root: ElementRef<'_>) -> Vec<String> {
    let tables = select(root, "table").into_iter();
    let bare = tables.filter(|table| select(*table, "caption").len() != 1);
    bare.map(|_| "a table without a caption".to_owned())
        .collect()
}
