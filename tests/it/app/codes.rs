//! An app for two-factor codes, as people have it on their phones, and people who use one. It is
//! written anew here: what the program works out, another one has to work out as well.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use leadline::caller::Role;
use sha1::Sha1;

use super::{Browser, Firm, PASSWORD, Page};

/// A phone with the app.
pub struct Phone(Vec<u8>);

impl Phone {
    /// One into which the secret of a page was typed.
    pub fn with(page: &Page) -> Self {
        Self::typed(&page.texts("#secret").concat())
    }

    /// One into which this was typed.
    pub fn typed(secret: &str) -> Self {
        let letters = secret.bytes().filter(|letter| *letter != b' ');
        let bits: String = letters
            .map(|letter| match letter {
                b'2'..=b'7' => format!("{:05b}", letter - b'2' + 26),
                letter => format!("{:05b}", letter - b'A'),
            })
            .collect();
        let bytes = bits.as_bytes().chunks_exact(8);
        let byte = |bits: &[u8]| u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2);
        Self(bytes.map(|bits| byte(bits).unwrap()).collect())
    }

    /// What it keeps.
    pub fn secret(&self) -> &[u8] {
        &self.0
    }

    /// What it shows.
    pub fn code(&self, now: DateTime<Utc>) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).unwrap();
        mac.update(&(now.timestamp() / 30).to_be_bytes());
        let mac = mac.finalize().into_bytes();
        let at = usize::from(mac[19] % 16);
        let number = u32::from_be_bytes(mac[at..at + 4].try_into().unwrap());
        format!("{:06}", number % (1 << 31) % 1_000_000)
    }
}

/// Somebody who has turned codes on: where they did it, their phone, their recovery codes.
pub fn with_codes(firm: &Firm<'_>, role: Role) -> (Browser, Phone, Vec<String>) {
    let browser = firm.signed_in(role);
    let page = browser.get("/profile").form("Set up codes");
    let page = browser.follow(browser.send(page));
    let phone = Phone::with(&page);
    let form = page.form("Turn codes on").fill("Password", PASSWORD);
    let page = browser.send(form.fill("Code", &phone.code(firm.app().clock.now())));
    assert_eq!(page.status, 201, "{page:?}");
    (browser, phone, recovery_codes(&page))
}

/// Those that a page shows.
pub fn recovery_codes(page: &Page) -> Vec<String> {
    let all = page.texts("#recovery").concat();
    all.split_whitespace().map(str::to_owned).collect()
}
