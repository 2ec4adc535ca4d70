//! Waits and outcomes in words.

use chrono::TimeDelta;

use super::super::node_config::Delay;

/// A wait: "2 business days", "an hour", "90 minutes".
pub fn wait(delay: Delay) -> String {
    match delay {
        Delay::BusinessDays(1) => "a business day".to_owned(),
        Delay::BusinessDays(days) => format!("{days} business days"),
        Delay::Elapsed(gap) => time(gap),
    }
}

/// A span of time in the largest unit in which it is whole.
pub fn time(gap: TimeDelta) -> String {
    let minutes = gap.num_minutes().max(1);
    match minutes {
        1 => "a minute".to_owned(),
        60 => "an hour".to_owned(),
        1_440 => "a day".to_owned(),
        m if m % 1_440 == 0 => format!("{} days", m / 1_440),
        m if m % 60 == 0 => format!("{} hours", m / 60),
        m => format!("{m} minutes"),
    }
}

/// An outcome: "no answer", "the line was busy".
pub fn outcome(word: &str) -> String {
    match word {
        "NO_ANSWER" => "no answer".to_owned(),
        "BUSY" => "the line was busy".to_owned(),
        "VOICEMAIL" => "a voicemail".to_owned(),
        "FAILED" => "it failed".to_owned(),
        "COMPLETED" => "done".to_owned(),
        other => other.replace('_', " ").to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_whole_unit() {
        for (minutes, said) in [
            (0, "a minute"),
            (60, "an hour"),
            (90, "90 minutes"),
            (240, "4 hours"),
            (1_440, "a day"),
            (2_880, "2 days"),
        ] {
            assert_eq!(time(TimeDelta::minutes(minutes)), said);
        }
    }
}
