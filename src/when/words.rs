//! The words for weekdays, months and parts of the day, in English and Spanish, in lower case
//! and without accents.

use chrono::{NaiveTime, Weekday};

/// Phrases that say what one word says.
const PHRASES: [(&str, &str); 10] = [
    (" in the morning", " am"),
    (" in the afternoon", " pm"),
    (" in the evening", " pm"),
    (" de la manana", " am"),
    (" de la tarde", " pm"),
    (" de la noche", " pm"),
    ("dentro de ", "in "),
    ("a.m", "am"),
    ("p.m", "pm"),
    ("@", " at "),
];

/// The text with long phrases made short.
pub(super) fn shortened(text: String) -> String {
    PHRASES
        .into_iter()
        .fold(text, |text, (long, short)| text.replace(long, short))
}

/// The words that say something: "26 de nov." is `26`, `nov`.
pub(super) fn split(text: &str) -> Vec<&str> {
    let words = text.split([' ', ',']);
    let words = words.flat_map(|word| {
        // What a `datetime-local` field sends: a date, `t`, a time.
        let day = |c: char| c.is_ascii_digit() || c == '-';
        match word.split_once('t') {
            Some((date, time)) if date.len() > 8 && date.chars().all(day) => [date, time],
            _ => [word, ""],
        }
    });
    words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !matches!(*word, "" | "the" | "of" | "de" | "del" | "el"))
        .collect()
}

/// A weekday's name or its short form.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" | "lun" | "lunes" => Weekday::Mon,
        "tue" | "tues" | "tuesday" | "mar" | "martes" => Weekday::Tue,
        "wed" | "weds" | "wednesday" | "mie" | "mier" | "miercoles" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" | "jue" | "jueves" => Weekday::Thu,
        "fri" | "friday" | "vie" | "viernes" => Weekday::Fri,
        "sat" | "saturday" | "sab" | "sabado" => Weekday::Sat,
        "sun" | "sunday" | "dom" | "domingo" => Weekday::Sun,
        _ => return None,
    })
}

/// A month's name or its short form, as 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" | "ene" | "enero" => 1,
        "feb" | "february" | "febrero" => 2,
        "mar" | "march" | "marzo" => 3,
        "apr" | "april" | "abr" | "abril" => 4,
        "may" | "mayo" => 5,
        "jun" | "june" | "junio" => 6,
        "jul" | "july" | "julio" => 7,
        "aug" | "august" | "ago" | "agosto" => 8,
        "sep" | "sept" | "september" | "septiembre" | "set" | "setiembre" => 9,
        "oct" | "october" | "octubre" => 10,
        "nov" | "november" | "noviembre" => 11,
        "dec" | "december" | "dic" | "diciembre" => 12,
        _ => return None,
    })
}

/// The time that a part of the day begins with, for work.
pub(super) fn part_of_day(word: &str) -> Option<NaiveTime> {
    let hour = match word {
        "morning" | "manana" | "am" => 9,
        "noon" | "midday" | "mediodia" => 12,
        "afternoon" | "tarde" | "pm" => 15,
        "evening" | "noche" => 19,
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, 0, 0)
}
