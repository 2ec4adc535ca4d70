//! The pages' routes as the server lists them, for the tests that are made from the list.

use leadline::routes::Route;
use leadline::server;

/// Every page; what is for machines is tested on its own.
pub fn pages() -> impl Iterator<Item = &'static Route> {
    server::routes().filter(|route| {
        let path = route.path;
        let machines = ["/healthz", "/readyz", "/metrics", "/static/"];
        !path.starts_with("/api/") && !machines.iter().any(|one| path.starts_with(one))
    })
}

/// Those that anybody may open.
pub fn is_open(path: &str) -> bool {
    matches!(
        path,
        "/setup" | "/login" | "/login/code" | "/invitations/{token}" | "/opt-out/{token}"
    )
}

/// A path with something in every place that wants a value.
pub fn with(path: &str, value: &str) -> String {
    let mut parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { value } else { part });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + "/" + part)
}

#[test]
fn values_take_their_places() {
    assert_eq!(with("/campaigns/{id}/edit", "7"), "/campaigns/7/edit");
    assert_eq!(with("/a/{id}/b/{other_id}", "7"), "/a/7/b/7");
    assert_eq!(with("/", "7"), "/");
}
