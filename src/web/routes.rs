//! Every page.

use crate::routes::routes;
use crate::web::{errors, home, invitations, login, setup};

routes! {
    refuse: errors::refuse;
    "/" { GET => home::index }
    "/setup" { GET => setup::new, POST => setup::create }
    "/invitations/{token}" { GET => invitations::show, POST => invitations::accept }
    "/login" { GET => login::new, POST => login::create }
    "/logout" { POST => login::destroy }
}
