//! A form as it stands on a page, filled in by what people read beside its fields.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::ElementRef;

use super::read::{called, closest, select, text_of};

/// A form and the button that sends it.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub method: String,
    button: Option<(String, String)>,
    controls: Vec<Control>,
}

/// One thing to fill in or to tick.
#[derive(Clone, Debug)]
pub struct Control {
    pub label: String,
    pub name: String,
    pub value: String,
    pub kind: String,
    pub on: bool,
    /// What can be chosen: value and words.
    pub options: Vec<(String, String)>,
}

impl Form {
    /// The form around a button.
    pub fn of(button: ElementRef<'_>) -> Self {
        let form = closest(button, "form").expect("a button in a form");
        let action = button.attr("formaction").or(form.attr("action"));
        let method = form.attr("method").unwrap_or("get").to_lowercase();
        let button = button.attr("name").map(|name| {
            let value = button.attr("value").unwrap_or_default();
            (name.to_owned(), value.to_owned())
        });
        let action = action.unwrap_or_default().to_owned();
        let controls = select(form, "input, textarea, select");
        Self {
            action,
            method,
            button,
            controls: controls.into_iter().filter_map(control).collect(),
        }
    }

    /// Types into a field or chooses in a list, by its label; a choice may be given by its words.
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let control = self.find(label, |one| {
            !matches!(one.kind.as_str(), "checkbox" | "radio")
        });
        let by_words = control.options.iter().find(|(_, words)| words == value);
        control.value = by_words.map_or(value, |(value, _)| value).to_owned();
        self
    }

    /// Ticks a box, or chooses one of several.
    pub fn tick(mut self, label: &str) -> Self {
        let control = self.find(label, |one| {
            matches!(one.kind.as_str(), "checkbox" | "radio")
        });
        control.on = true;
        let chosen = control.clone();
        if chosen.kind == "radio" {
            let others = self.controls.iter_mut();
            others
                .filter(|one| one.name == chosen.name && one.value != chosen.value)
                .for_each(|one| one.on = false);
        }
        self
    }

    /// Takes a tick away.
    pub fn untick(mut self, label: &str) -> Self {
        self.find(label, |one| one.kind == "checkbox").on = false;
        self
    }

    /// Overwrites or adds what the page's own fields can't say: a value nobody could choose.
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.controls.retain(|one| one.name != name);
        self.controls.push(Control {
            label: String::new(),
            name: name.to_owned(),
            value: value.to_owned(),
            kind: "hidden".to_owned(),
            on: true,
            options: Vec::new(),
        });
        self
    }

    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    fn find(&mut self, label: &str, of: impl Fn(&Control) -> bool) -> &mut Control {
        let known = format!("{self:?}");
        let found = self
            .controls
            .iter_mut()
            .find(|one| one.label == label && of(one));
        found.unwrap_or_else(|| panic!("no field {label:?} in {known}"))
    }

    /// What a browser would send.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let sent = self.controls.iter().filter(|one| one.on);
        let pairs = sent.map(|one| (one.name.clone(), one.value.clone()));
        pairs.chain(self.button.clone()).collect()
    }
}

fn control(element: ElementRef<'_>) -> Option<Control> {
    let name = element.attr("name")?.to_owned();
    // What a template holds is not on the page yet.
    if closest(element, "template").is_some() {
        return None;
    }
    let tag = element.value().name();
    let kind = match tag {
        "input" => element.attr("type").unwrap_or("text"),
        tag => tag,
    };
    let options: Vec<_> = select(element, "option");
    let chosen = options
        .iter()
        .find(|one| one.attr("selected").is_some())
        .or(options.first());
    let of_option = |one: &ElementRef<'_>| {
        let words = text_of(*one);
        (
            one.attr("value").map_or(words.clone(), str::to_owned),
            words,
        )
    };
    let value = match tag {
        "textarea" => element.text().collect::<String>(),
        "select" => chosen.map(of_option).unwrap_or_default().0,
        _ if matches!(kind, "checkbox" | "radio") => {
            element.attr("value").unwrap_or("on").to_owned()
        }
        _ => element.attr("value").unwrap_or_default().to_owned(),
    };
    let on = match kind {
        "checkbox" | "radio" => element.attr("checked").is_some(),
        _ => element.attr("disabled").is_none(),
    };
    Some(Control {
        label: called(element).unwrap_or_default(),
        name,
        // A browser leaves out the first line end of a text area.
        value: value
            .strip_prefix('\n')
            .map_or(value.clone(), str::to_owned),
        kind: kind.to_owned(),
        on,
        options: options.iter().map(of_option).collect(),
    })
}

/// Names and values as forms send them.
pub fn encoded(pairs: &[(String, String)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            format!(
                "{}={}",
                escaped(name),
                escaped(&value.replace('\n', "\r\n"))
            )
        })
        .collect();
    pairs.join("&")
}
