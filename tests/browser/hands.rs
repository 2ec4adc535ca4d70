//! What hands do beside clicking: keys, ticks, menus, and dragging.

use std::time::Duration;

use fantoccini::actions::{
    Actions, InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::browser::{Browser, quoted};

impl Browser {
    /// Presses a key wherever the focus is.
    pub fn key(&self, key: &str) {
        let focused = self.wait(self.client().active_element(), key);
        self.wait(focused.send_keys(key), key);
    }

    /// Presses the button with these words with the Enter key.
    pub fn enter(&self, words: &str) {
        let button = self.button(words);
        self.wait(button.send_keys(&char::from(Key::Enter).to_string()), words);
    }

    /// Chooses among round buttons, or ticks a box, by its first words.
    pub fn tick(&self, words: &str) {
        let words = quoted(words);
        let named = format!("//label[starts-with(normalize-space(), {words})]//input");
        self.wait(self.find(&named).click(), words);
    }

    /// Takes from the menu under these words what is called so.
    pub fn pick(&self, menu: &str, item: &str) {
        self.unfold(menu);
        let named = format!(
            "//details[@open]//*[(self::a or self::button) and normalize-space()={}]",
            quoted(item)
        );
        self.wait(self.find(&named).click(), item);
    }

    /// The small print below the field with this label.
    pub fn hint(&self, label: &str) -> String {
        let hint = self.find(&format!("//*[label={}]/p[@class='hint']", quoted(label)));
        self.wait(hint.text(), label)
    }

    /// Waits until a screen reader was told this.
    pub fn heard(&self, sentence: &str) {
        self.find(&format!("//*[@role='status' and .={}]", quoted(sentence)));
    }

    /// Waits until the step cards of a workflow stand in this order, from the top down.
    pub fn steps(&self, names: &[&str]) {
        let cards = names.iter().map(|name| {
            format!(
                "h3[ancestor::article and normalize-space()={}]",
                quoted(name)
            )
        });
        let cards: Vec<String> = cards.collect();
        self.find(&format!("//{}", cards.join("/following::")));
    }

    /// Drags one step card below the middle of another, by its head.
    pub fn drag(&self, step: &str, past: &str) {
        let (from, to) = (self.card(step), self.card(past));
        let middle = |element, y| PointerAction::MoveToElement {
            element,
            duration: Some(Duration::ZERO),
            x: 0.0,
            y,
        };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(middle(from, 0.0))
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(middle(to.clone(), 0.0))
            .then(middle(to, 90.0))
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        self.wait(self.client().perform_actions(Actions::from(mouse)), step);
    }

    fn card(&self, step: &str) -> Element {
        self.find(&format!(
            "//article//h3[normalize-space()={}]",
            quoted(step)
        ))
    }
}
