use proptest::prelude::*;

use super::*;

fn fields() -> Fields {
    let pairs = [
        ("first_name", "Ana"),
        ("company", ""),
        ("metadata.Deal size", "<3 & \"more\""),
        ("title", "{{first_name}}"),
    ];
    pairs
        .map(|(name, value)| (name.into(), value.into()))
        .into()
}

fn rendered(text: &str) -> String {
    render(text, &fields())
}

#[test]
fn fields_are_replaced_by_their_values() {
    assert_eq!(rendered("Hello {{first_name}}!"), "Hello Ana!");
    assert_eq!(rendered("{{  first_name }}{{first_name}}"), "AnaAna");
    assert_eq!(rendered("{{metadata.Deal size}}"), "<3 & \"more\"");
}

#[test]
fn a_fallback_is_said_where_there_is_no_value() {
    assert_eq!(
        rendered(r#"at {{company | "your company"}}."#),
        "at your company."
    );
    assert_eq!(
        rendered(r#"at {{company|“Müller & Co”}}."#),
        "at Müller & Co."
    );
    assert_eq!(rendered(r#"{{first_name | "you"}}"#), "Ana");
    assert_eq!(rendered(r#"a {{company | ""}} b"#), "a  b");
}

#[test]
fn a_field_without_value_leaves_no_hole() {
    for (text, said) in [
        ("Hi {{company}} and welcome", "Hi and welcome"),
        ("Hi {{company}}, welcome", "Hi, welcome"),
        ("Hi {{company}}", "Hi"),
        ("{{company}} Hi", "Hi"),
        ("Hi\n{{company}} there {{company}}\nyou", "Hi\nthere\nyou"),
        ("{{company}} {{nobody}} Hi", "Hi"),
        ("a {{company}} {{nobody}} b", "a b"),
        ("a {{company}}{{nobody}} b", "a b"),
        ("a {{company}}{{first_name}} b", "a Ana b"),
        ("a {{company}} {{first_name}} b", "a Ana b"),
        ("a  b {{company}} c  d", "a  b c  d"),
        ("({{company}})", "()"),
    ] {
        assert_eq!(rendered(text), said, "{text}");
    }
}

#[test]
fn a_value_is_not_rendered_again() {
    assert_eq!(rendered("{{title}}"), "{{first_name}}");
}

#[test]
fn in_html_values_are_no_markup() {
    let html = r#"<p title="{{metadata.Deal size}}">{{company | "<i>you</i>"}}</p>"#;
    let said = "<p title=\"&lt;3 &amp; &quot;more&quot;\"><i>you</i></p>";
    assert_eq!(render_html(html, &fields()), said);
}

#[test]
fn unknown_fields_are_named_once() {
    let text = "{{first_name}} {{nick}} {{metadata.x}} {{ nick | \"you\" }} {{Name}}";
    let known = |name: &str| name == "first_name" || name.starts_with("metadata.");
    assert_eq!(unknown_fields(text, known), ["nick", "Name"]);
}

#[test]
fn broken_braces_are_pointed_out_and_said_as_they_are() {
    for text in [
        "Hi {{first_name",
        "Hi {{first_name}",
        "Hi {first_name}}",
        "Hi first_name}}",
        "Hi {{}}",
        "Hi {{ | \"you\"}}",
        "Hi {{first_name | you}}",
        "Hi {{first_name | \"you}}",
        "Hi {{first_name \"you\"}}",
        "Hi {{{first_name}}}",
        "Hi {{first_name} and {{company}}",
    ] {
        assert!(broken(text).is_some(), "{text}");
        assert_eq!(rendered(text), text);
    }
    let sentence = broken("Hi {{first_name, how are you today, and how is everybody?");
    let expected = "{{first_name, how are you toda has no }} at its end";
    assert_eq!(sentence.as_deref(), Some(expected));
}

#[test]
fn single_braces_are_text() {
    for text in [
        "a { b } c",
        "<style>@media print { p{color:red}}</style>{{first_name}}",
        r#"{"a":{"b":{{first_name}}}}"#,
        ":-} }",
    ] {
        assert_eq!(broken(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in r#"([{}| "“”a.\n]|\{\{|\}\}|\PC)*"#, value in any::<String>()) {
        let fields = Fields::from([("a".to_owned(), value)]);
        render(&text, &fields);
        render_html(&text, &fields);
        unknown_fields(&text, |_| false);
        broken(&text);
    }

    #[test]
    fn text_without_braces_is_unchanged(text in "[^{}]*") {
        prop_assert_eq!(render(&text, &fields()), text.clone());
        prop_assert_eq!(render_html(&text, &fields()), text.clone());
        prop_assert_eq!(broken(&text), None);
    }

    #[test]
    fn a_value_is_said_as_it_is(
        before in "[^{}]*",
        value in r"(\{\{first_name\}\}|[{}a]|\PC)*\S",
        after in "[^{}]*",
    ) {
        let fields = Fields::from([("x".to_owned(), value.clone())]);
        let said = render(&format!("{before}{{{{x}}}}{after}"), &fields);
        prop_assert_eq!(said, format!("{before}{value}{after}"));
    }

    #[test]
    fn escaped_text_holds_no_markup(value in any::<String>()) {
        let escaped = escape(&value);
        prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
        let back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        prop_assert_eq!(back.replace("&#39;", "'").replace("&amp;", "&"), value);
    }
}
