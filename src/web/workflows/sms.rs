//! How long a text message is on the way, as phones count it. The script of the page counts by the
//! same alphabets, which the form hands to it.

/// The letters of GSM 03.38 that are not ASCII, and the lines' ends.
const BEYOND_ASCII: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r";
/// Those that take the place of two.
const TWICE: &str = "^{}\\[~]|€";
/// What is said of a text that is still empty.
pub const NOTHING: &str = "160 characters fit into one SMS, 70 with letters like ó or emoji.";

/// The letters that take one place, and those that take two.
pub fn alphabets() -> (String, &'static str) {
    let ascii = (' '..='Z').chain('a'..='z');
    (ascii.chain(BEYOND_ASCII.chars()).collect(), TWICE)
}

/// "42 characters before fields are filled in, 1 SMS." Letters outside the alphabet of GSM 03.38
/// leave less room.
pub fn length(text: &str) -> String {
    let (once, twice) = alphabets();
    let is_plain = |c: char| once.contains(c) || twice.contains(c);
    let (characters, one, several) = match text.chars().all(is_plain) {
        true => (
            text.chars()
                .map(|c| 1 + usize::from(twice.contains(c)))
                .sum(),
            160,
            153,
        ),
        false => (text.encode_utf16().count(), 70, 67),
    };
    let parts = match characters {
        0 => return NOTHING.to_owned(),
        characters if characters <= one => 1,
        characters => characters.div_ceil(several),
    };
    format!("{characters} characters before fields are filled in, {parts} SMS.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_as_phones_count_it() {
        let parts = |text: &str| length(text).split(' ').rev().nth(1).map(str::to_owned);
        for (text, count) in [
            ("Hello".to_owned(), "1"),
            ("x".repeat(160), "1"),
            ("x".repeat(161), "2"),
            ("€".repeat(80), "1"),
            ("€".repeat(81), "2"),
            ("ó".repeat(70), "1"),
            ("ó".repeat(71), "2"),
            ("🙂".repeat(36), "2"),
        ] {
            assert_eq!(parts(&text).as_deref(), Some(count), "{text}");
        }
    }
}
