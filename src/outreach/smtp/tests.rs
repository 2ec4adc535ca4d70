//! The other side is a small mail server of this process, which answers as it is told and keeps
//! what it was told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use super::*;
use crate::outreach::message::example;
use crate::outreach::{Connector, Security};

const OPEN: Policy = Policy {
    allow_private: true,
};
const USUAL: &[(&str, &str)] = &[
    (
        "EHLO",
        "250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
    ),
    ("AUTH", "235 2.7.0 Welcome"),
    ("MAIL", "250 2.1.0 Ok"),
    ("RCPT", "250 2.1.5 Ok"),
    ("DATA", "354 Go on"),
    (".", "250 2.0.0 Ok: queued"),
    ("QUIT", "221 Bye"),
];
/// An answer that is none: the server hangs up.
const HANG_UP: &str = "";

/// A server that answers as usual but for `unusual`, and hands out the lines it was told.
fn server(unusual: &'static [(&str, &str)]) -> (Smtp, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let smtp = Smtp {
        host: "127.0.0.1".to_owned(),
        port: listener.local_addr().unwrap().port(),
        security: Security::None,
        username: Some("leadline".to_owned()),
        password: Some("s3cret".to_owned()),
        from_address: "sales@example.com".to_owned(),
        from_name: None,
        reply_to: None,
    };
    let other = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut told = Vec::new();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        stream.write_all(b"220 mail.example ESMTP\r\n").unwrap();
        let (mut line, mut content) = (String::new(), false);
        while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
            let heard = std::mem::take(&mut line).trim_end().to_owned();
            told.push(heard.clone());
            if content && heard != "." {
                continue;
            }
            let mut answers = unusual.iter().chain(USUAL);
            let known = answers.find(|(verb, _)| heard.starts_with(verb));
            let answer = known.map_or("500 What?", |(_, answer)| *answer);
            if answer == HANG_UP {
                break;
            }
            content = answer.starts_with("354");
            stream
                .write_all(format!("{answer}\r\n").as_bytes())
                .unwrap();
            if heard == "STARTTLS" {
                reader.fill_buf().unwrap();
                stream.write_all(b"this is not TLS\r\n").unwrap();
                break;
            }
        }
        told
    });
    (smtp, other)
}

fn send_to(smtp: Smtp, message: &Message) -> Result<Sent, Failure> {
    let connector = Connector::Smtp(smtp);
    crate::outreach::send(&connector, message, &OPEN, DateTime::UNIX_EPOCH)
}

/// How sending ends at a server that is unusual in this.
fn sent(unusual: &'static [(&str, &str)]) -> Result<Sent, Failure> {
    let (smtp, other) = server(unusual);
    let sent = send_to(smtp, &example());
    other.join().unwrap();
    sent
}

#[test]
fn an_email_is_handed_over() {
    let (smtp, other) = server(&[]);
    let message = Message {
        text: "Hello Ana\n.\nand you".to_owned(),
        ..example()
    };
    assert_eq!(send_to(smtp, &message), Ok(Sent::default()));
    let told = other.join().unwrap();
    let verbs: Vec<_> = told
        .iter()
        .filter(|line| USUAL.iter().any(|(verb, _)| line.starts_with(verb)))
        .map(String::as_str)
        .collect();
    let expected = [
        "EHLO example.com",
        "AUTH PLAIN AGxlYWRsaW5lAHMzY3JldA==",
        "MAIL FROM:<sales@example.com>",
        "RCPT TO:<ana@example.com>",
        "DATA",
        "..",
        ".",
        "QUIT",
    ];
    assert_eq!(verbs, expected);
    assert!(
        told.iter()
            .any(|line| line.starts_with("Message-ID: <01935c00-"))
    );
    assert!(told.contains(&"Hello Ana".to_owned()) && told.contains(&"and you".to_owned()));
}

#[test]
fn a_test_signs_in_and_writes_to_nobody() {
    let (smtp, other) = server(&[]);
    let connector = Connector::Smtp(smtp);
    crate::outreach::test(&connector, &OPEN, DateTime::UNIX_EPOCH).unwrap();
    let told = other.join().unwrap();
    let verbs: Vec<_> = told.iter().map(|line| &line[..4]).collect();
    assert_eq!(verbs, ["EHLO", "AUTH", "QUIT"]);
}

#[test]
fn a_refusal_for_now_is_tried_again_and_one_for_good_is_not() {
    let later = sent(&[("RCPT", "450 4.2.0 Greylisted, come back")]);
    let Err(Failure::Retry(sentence)) = later else {
        panic!("{later:?}");
    };
    assert!(sentence.contains("Greylisted"), "{sentence}");
    let never = sent(&[("RCPT", "550 5.1.1 No such user")]);
    let words = "127.0.0.1 takes no mail for this address: 550 5.1.1 No such user";
    assert_eq!(never, Err(Failure::Final(words.to_owned())));
    assert!(matches!(
        sent(&[("MAIL", "421 Busy")]),
        Err(Failure::Retry(_))
    ));
    assert!(matches!(
        sent(&[("DATA", "554 No")]),
        Err(Failure::Final(_))
    ));
    assert!(matches!(
        sent(&[(".", "451 Later")]),
        Err(Failure::Retry(_))
    ));
    assert!(matches!(sent(&[(".", "550 Spam")]), Err(Failure::Final(_))));
}

#[test]
fn what_breaks_before_the_email_was_handed_over_is_tried_again() {
    for step in ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"] {
        let unusual = vec![(step, HANG_UP)].leak();
        let broke = sent(unusual);
        assert!(matches!(broke, Err(Failure::Retry(_))), "{step}: {broke:?}");
    }
    assert!(matches!(
        sent(&[("MAIL", "nonsense")]),
        Err(Failure::Retry(_))
    ));
}

#[test]
fn what_breaks_after_may_have_arrived() {
    for answer in [HANG_UP, "nonsense"] {
        let unusual = vec![(".", answer)].leak();
        let broke = sent(unusual);
        assert!(
            matches!(broke, Err(Failure::Unsure(_))),
            "{answer}: {broke:?}"
        );
    }
}

#[test]
fn what_breaks_at_the_good_bye_has_arrived() {
    assert_eq!(sent(&[("QUIT", HANG_UP)]), Ok(Sent::default()));
}

#[test]
fn a_wrong_password_is_said_without_it() {
    let refused = sent(&[("AUTH", "535 5.7.8 s3cret is wrong")]);
    let words = "127.0.0.1 did not accept user name and password.";
    assert_eq!(refused, Err(Failure::Final(words.to_owned())));
    assert!(matches!(
        sent(&[("AUTH", "454 Later")]),
        Err(Failure::Retry(_))
    ));
    let none = sent(&[("EHLO", "250 mail.example")]);
    assert!(matches!(none, Err(Failure::Final(_))), "{none:?}");
}

#[test]
fn without_the_security_asked_for_nothing_is_told() {
    let (mut smtp, other) = server(&[]);
    smtp.security = Security::StartTls;
    let refused = send_to(smtp, &example());
    assert!(matches!(refused, Err(Failure::Final(_))), "{refused:?}");
    assert_eq!(other.join().unwrap(), ["EHLO example.com", "QUIT"]);

    let (mut smtp, other) = server(&[
        ("EHLO", "250-mail.example\r\n250 STARTTLS"),
        ("STARTTLS", "220 Go"),
    ]);
    smtp.security = Security::StartTls;
    let refused = send_to(smtp, &example());
    assert!(
        matches!(&refused, Err(Failure::Retry(why)) if why.contains("secure")),
        "{refused:?}"
    );
    let told = other.join().unwrap();
    assert!(
        !told.iter().any(|line| line.starts_with("AUTH")),
        "{told:?}"
    );
}

#[test]
fn this_machine_is_out_of_reach_unless_allowed() {
    let (mut smtp, other) = server(&[]);
    smtp.host = "localhost".to_owned();
    let refused = test(&smtp, &Policy::default());
    assert!(matches!(refused, Err(Failure::Final(_))), "{refused:?}");
    assert!(!other.is_finished());
    smtp.host = "127.0.0.1".to_owned();
    assert_eq!(test(&smtp, &OPEN), Ok(()));
    other.join().unwrap();
}

#[test]
fn letters_beyond_a_to_z_need_a_server_that_knows_them() {
    let message = Message {
        to: Some("josé@müller.example".to_owned()),
        ..example()
    };
    let (smtp, other) = server(&[]);
    let refused = send_to(smtp, &message);
    assert!(matches!(refused, Err(Failure::Final(_))), "{refused:?}");
    other.join().unwrap();
    let (smtp, other) = server(&[(
        "EHLO",
        "250-mail.example\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8",
    )]);
    assert_eq!(send_to(smtp, &message), Ok(Sent::default()));
    let told = other.join().unwrap();
    let to = "RCPT TO:<josé@xn--mller-kva.example>".to_owned();
    assert!(told.contains(&to), "{told:?}");
}
