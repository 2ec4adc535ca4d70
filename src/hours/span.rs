//! The open hours of one day, in minutes since midnight.

use serde::{Deserialize, Serialize};

const DAY: u16 = 24 * 60;

/// From one minute of the day up to, but not with, another; written `"09:00"` and `"24:00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first open minute of the day.
    #[serde(with = "clock")]
    pub from: u16,
    /// The first closed minute after it; 1440 when open up to midnight, also read from `"00:00"`.
    #[serde(serialize_with = "clock::serialize", deserialize_with = "end")]
    pub to: u16,
}

impl Span {
    /// From midnight to midnight.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// The hours between two texts such as `09:00` and `18:00`; one that ends at `00:00` ends at
    /// midnight. Nothing when a text is no time of day.
    pub fn between(from: &str, to: &str) -> Option<Self> {
        Some(Self {
            from: minute(from)?,
            to: late(minute(to)?),
        })
    }
}

/// The minute of the day that `09:00` says; `24:00` is 1440.
pub fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str, most: u16| -> Option<u16> {
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
        part.parse().ok().filter(|part| plain && *part <= most)
    };
    let minutes = digits(hour, 24)? * 60 + digits(minute, 59)?;
    (minutes <= DAY).then_some(minutes)
}

/// A minute of the day as [`minute`] reads it.
pub fn written(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Nothing can end when its day begins, so an end at 00:00 means the midnight after.
fn late(end: u16) -> u16 {
    if end == 0 { DAY } else { end }
}

fn end<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    clock::deserialize(from).map(late)
}

mod clock {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde gives the field by reference"
    )]
    pub fn serialize<S: Serializer>(minute: &u16, into: S) -> Result<S::Ok, S::Error> {
        into.collect_str(&super::written(*minute))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
        let text = String::deserialize(from)?;
        super::minute(&text).ok_or_else(|| D::Error::custom("must be a time such as 09:00"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_as_they_are_written() {
        for at in 0..=DAY {
            assert_eq!(minute(&written(at)), Some(at));
        }
        assert_eq!(minute("9:05"), Some(545));
        for wrong in [
            "", "9", "24:01", "25:00", "09:60", "+9:00", "09:-1", "009:00", "a:b",
        ] {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_end_at_midnight_is_the_end_of_the_day() {
        assert_eq!(Span::between("00:00", "00:00"), Some(Span::WHOLE_DAY));
        let read: Span = serde_json::from_str(r#"{"from": "22:00", "to": "00:00"}"#).unwrap();
        assert_eq!(
            read,
            Span {
                from: 1320,
                to: DAY
            }
        );
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(written, r#"{"from":"22:00","to":"24:00"}"#);
    }
}
