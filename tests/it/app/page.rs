//! A page as people see it: by its heading, its labels, its buttons and its sentences.

use std::fmt;

use scraper::{ElementRef, Html};
use ureq::Body;
use ureq::http::HeaderMap;
use ureq::http::Response;

use super::form::{Control, Form};
use super::read::{called, named, select, text_of};
use super::sound;

/// An answer to a browser.
pub struct Page {
    pub status: u16,
    pub body: String,
    headers: HeaderMap,
    asked: String,
    html: Html,
}

impl Page {
    /// Reads an answer; a page that breaks the rules of every page fails the test at once.
    pub fn read(asked: &str, mut answer: Response<Body>) -> Self {
        let bytes = answer.body_mut().read_to_vec().unwrap();
        let body = String::from_utf8(bytes).expect("pages are UTF-8");
        let page = Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            asked: asked.to_owned(),
            html: Html::parse_document(&body),
            body,
        };
        if page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
        {
            sound::check(&page, &page.html);
        }
        page
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Every value of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap())
            .collect()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        let redirect = matches!(self.status, 301..=303 | 307 | 308);
        redirect.then(|| self.header("location").unwrap_or_default().to_owned())
    }

    /// The one heading that says what the page is.
    pub fn heading(&self) -> String {
        text_of(self.first("h1"))
    }

    /// The text people read, without what only machines do.
    pub fn text(&self) -> String {
        text_of(self.first("body"))
    }

    /// Whether people read this sentence somewhere on the page.
    pub fn says(&self, sentence: &str) -> bool {
        self.text().contains(sentence)
    }

    /// The sentence on top that says what was just done.
    pub fn flash(&self) -> String {
        let said = self.all(".flash p, .note-ok[role=status]");
        said.first().map(|one| text_of(*one)).unwrap_or_default()
    }

    /// The list on top of a form that was not accepted.
    pub fn summary(&self) -> Vec<String> {
        self.all("#errors li").into_iter().map(text_of).collect()
    }

    /// The sentence of a page's alert.
    pub fn alert(&self) -> String {
        let alerts = self.all("[role=alert]");
        alerts.first().map(|one| text_of(*one)).unwrap_or_default()
    }

    /// The field with this label.
    pub fn field(&self, label: &str) -> Control {
        let forms = self.all("form button").into_iter().map(Form::of);
        let found = forms
            .flat_map(|form| form.controls().to_vec())
            .find(|one| one.label == label);
        found.unwrap_or_else(|| panic!("no field {label:?} on {self:?}"))
    }

    /// The sentence beside a field, empty when nothing is wrong with it.
    pub fn problem_of(&self, label: &str) -> String {
        let labelled = self
            .all("input, textarea, select, fieldset")
            .into_iter()
            .find(|one| called(*one).as_deref() == Some(label));
        let field = labelled.unwrap_or_else(|| panic!("no field {label:?} on {self:?}"));
        if field.value().name() == "fieldset" {
            return select(field, ".error")
                .first()
                .map(|one| text_of(*one))
                .unwrap_or_default();
        }
        let described = field.attr("aria-describedby").unwrap_or_default();
        let problem = described.split(' ').filter(|id| !id.is_empty());
        let problem = problem.filter_map(|id| self.all(&format!("#{id}")).first().copied());
        let problem = problem
            .filter(|one| one.attr("class") == Some("error"))
            .map(text_of)
            .next();
        assert_eq!(
            problem.is_some(),
            field.attr("aria-invalid") == Some("true"),
            "a field is marked as wrong where its sentence stands: {self:?}"
        );
        problem.unwrap_or_default()
    }

    /// The form that the button with these words sends.
    pub fn form(&self, button: &str) -> Form {
        let buttons = self.all("button");
        let found = buttons.into_iter().find(|one| named(*one) == button);
        Form::of(found.unwrap_or_else(|| panic!("no button {button:?} on {self:?}")))
    }

    pub fn has_button(&self, words: &str) -> bool {
        self.all("button")
            .into_iter()
            .any(|one| named(one) == words)
    }

    /// Where the link with these words leads.
    pub fn link(&self, words: &str) -> String {
        let found = self
            .all("a[href]")
            .into_iter()
            .find(|one| named(*one) == words);
        let found = found.unwrap_or_else(|| panic!("no link {words:?} on {self:?}"));
        found.attr("href").unwrap_or_default().to_owned()
    }

    pub fn has_link(&self, words: &str) -> bool {
        self.all("a[href]")
            .into_iter()
            .any(|one| named(one) == words)
    }

    /// The cells of the table row in which these words stand.
    pub fn row(&self, words: &str) -> Vec<String> {
        let found = self
            .rows()
            .into_iter()
            .find(|row| row.iter().any(|cell| cell.contains(words)));
        found.unwrap_or_else(|| panic!("no row of {words:?} on {self:?}"))
    }

    /// Every row of the page's tables, cell by cell.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let rows = self.all("tbody tr").into_iter();
        rows.map(|row| select(row, "th, td").into_iter().map(text_of).collect())
            .collect()
    }

    /// The text of everything a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    /// An attribute of the first thing a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.all(selector).first()?.attr(name).map(str::to_owned)
    }

    /// The same of everything it finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.all(selector).into_iter();
        found
            .filter_map(|one| one.attr(name))
            .map(str::to_owned)
            .collect()
    }

    /// The token of the page's forms.
    pub fn token(&self) -> String {
        self.attribute("input[name=csrf]", "value")
            .unwrap_or_else(|| panic!("no form on {self:?}"))
    }

    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        select(self.html.root_element(), selector)
    }

    fn first(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector).first().copied();
        found.unwrap_or_else(|| panic!("no {selector} on {self:?}"))
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self
            .all("main")
            .first()
            .map_or_else(|| self.body.clone(), ElementRef::html);
        let body: String = body.chars().take(3000).collect();
        write!(
            f,
            "{} → {} {:?}\n{body}",
            self.asked, self.status, self.headers
        )
    }
}
