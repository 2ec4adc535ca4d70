//! One list for each face drives both what is served and what is listed, so that a route can't
//! exist without appearing in `leadline routes` and in the tests that are made from the list.

/// A method and a path that are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method; a `GET` answers `HEAD` too.
    pub method: &'static str,
    /// The path, with `{name}` where a value stands.
    pub path: &'static str,
}

/// What `Allow` says for a path's methods.
pub fn allow(methods: &[&str]) -> String {
    let mut allowed = Vec::with_capacity(methods.len() + 1);
    for &method in methods {
        allowed.push(method);
        if method == "GET" {
            allowed.push("HEAD");
        }
    }
    allowed.join(", ")
}

/// Declares a face's routes: `ROUTES`, and `configure`, which serves each path as one resource.
///
/// The first line says what stands before every path; the second names the function that answers
/// a wrong method: it is given the value for `Allow` and makes the face's own 405.
macro_rules! routes {
    (
        under: $base:literal;
        refuse: $refuse:path;
        $($path:literal { $($method:ident => $handler:path),+ $(,)? })+
    ) => {
        /// The methods and paths this face answers.
        pub const ROUTES: &[$crate::routes::Route] = &[$($(
            $crate::routes::Route { method: stringify!($method), path: concat!($base, $path) },
        )+)+];

        /// Serves them, in a scope that stands for what is before every path.
        pub fn configure(config: &mut actix_web::web::ServiceConfig) {
            $({
                let allow = $crate::routes::allow(&[$(stringify!($method)),+]);
                let resource = actix_web::web::resource($path)
                    $(.route($crate::routes::routes!(@guard $method).to($handler)))+
                    .default_service(actix_web::web::to(move || {
                        let allow = allow.clone();
                        async move { $refuse(allow) }
                    }));
                config.service(resource);
            })+
        }
    };
    (@guard GET) => {
        actix_web::web::route().guard(
            actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()),
        )
    };
    (@guard POST) => { actix_web::web::post() };
    (@guard PUT) => { actix_web::web::put() };
    (@guard PATCH) => { actix_web::web::patch() };
    (@guard DELETE) => { actix_web::web::delete() };
}

pub(crate) use routes;

#[cfg(test)]
mod tests {
    use super::allow;

    #[test]
    fn a_path_that_can_be_read_allows_head() {
        assert_eq!(allow(&["GET", "POST"]), "GET, HEAD, POST");
        assert_eq!(allow(&["POST"]), "POST");
    }
}
