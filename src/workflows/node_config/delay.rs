//! Waits.

use chrono::TimeDelta;
use serde_json::Value;

use super::given::{Given, whole};

/// As long as a wait may be: a year.
pub const LONGEST_DELAY: TimeDelta = TimeDelta::days(366);

/// How long a TIME node waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// So much time, whatever the hour.
    Elapsed(TimeDelta),
    /// So many business days later, at the same time of day.
    BusinessDays(u32),
}

const UNITS: &str = "minutes, hours, days or business_days";

impl Delay {
    /// `delay_hours`, or `value` and `unit`; a config without any of them waits to be filled.
    pub(super) fn read(given: &mut Given) -> Option<Self> {
        if given.has("delay_hours") && (given.has("value") || given.has("unit")) {
            given.must_be("delay_hours", "left out where value and unit are given");
            for name in ["delay_hours", "value", "unit"] {
                given.take(name);
            }
            return None;
        }
        if let Some(hours) = given.take("delay_hours") {
            let delay = elapsed(&hours, 3_600.0);
            if delay.is_none() {
                given.must_be("delay_hours", "a number of hours above 0, at most a year");
            }
            return delay;
        }
        let (value, unit) = (given.take("value"), given.take("unit"));
        if value.is_none() && unit.is_none() {
            return None;
        }
        let unit = unit.unwrap_or_default();
        let unit = unit.as_str().unwrap_or_default();
        let value = value.unwrap_or_default();
        let delay = match unit {
            "minutes" => elapsed(&value, 60.0),
            "hours" => elapsed(&value, 3_600.0),
            "days" => elapsed(&value, 86_400.0),
            "business_days" => whole(&value)
                .filter(|days| (1..=366).contains(days))
                .and_then(|days| u32::try_from(days).ok())
                .map(Self::BusinessDays),
            _ => {
                given.must_be("unit", UNITS);
                return None;
            }
        };
        if delay.is_none() {
            given.must_be(
                "value",
                match unit {
                    "business_days" => "a whole number of days from 1 to 366",
                    _ => "a number above 0, at most a year",
                },
            );
        }
        delay
    }
}

/// So many units of so many seconds: more than nothing, at most the longest.
fn elapsed(value: &Value, seconds: f64) -> Option<Delay> {
    let seconds = value.as_f64()? * seconds;
    let most = LONGEST_DELAY.as_seconds_f64();
    if !(seconds > 0.0 && seconds <= most) {
        return None;
    }
    // What is above nothing takes a second at least.
    Some(Delay::Elapsed(TimeDelta::seconds(seconds.ceil() as i64)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::words::NodeType;
    use super::super::{Config, read};
    use super::*;

    fn delay(config: &Value) -> Result<Option<Delay>, String> {
        match read(NodeType::Time, config) {
            Ok(Config::Time(delay)) => Ok(delay),
            Ok(other) => panic!("{other:?}"),
            Err(errors) => Err(errors.0[0].sentence(&errors.0[0].field)),
        }
    }

    #[test]
    fn waits_are_read_in_either_form() {
        let elapsed = |seconds| Ok(Some(Delay::Elapsed(TimeDelta::seconds(seconds))));
        for (config, wait) in [
            (json!({}), Ok(None)),
            (json!({"delay_hours": 24}), elapsed(86_400)),
            (json!({"delay_hours": 0.5}), elapsed(1_800)),
            (json!({"delay_hours": 0.000_01}), elapsed(1)),
            (json!({"value": 5, "unit": "minutes"}), elapsed(300)),
            (json!({"value": 1.5, "unit": "days"}), elapsed(129_600)),
            (
                json!({"value": 2, "unit": "business_days"}),
                Ok(Some(Delay::BusinessDays(2))),
            ),
        ] {
            assert_eq!(delay(&config), wait, "{config}");
        }
    }

    #[test]
    fn what_is_no_wait_is_refused() {
        for (config, field) in [
            (json!({"delay_hours": 0}), "delay_hours"),
            (json!({"delay_hours": -1}), "delay_hours"),
            (json!({"delay_hours": "24"}), "delay_hours"),
            (json!({"delay_hours": 9_000}), "delay_hours"),
            (json!({"delay_hours": 1, "value": 1}), "delay_hours"),
            (json!({"value": 1}), "unit"),
            (json!({"value": 1, "unit": "weeks"}), "unit"),
            (json!({"value": 0, "unit": "days"}), "value"),
            (json!({"unit": "days"}), "value"),
            (json!({"value": 1.5, "unit": "business_days"}), "value"),
            (json!({"value": 1e308, "unit": "days"}), "value"),
        ] {
            let sentence = delay(&config).unwrap_err();
            let named = format!("config.{field} must be ");
            assert!(sentence.starts_with(&named), "{config}: {sentence}");
        }
    }
}
