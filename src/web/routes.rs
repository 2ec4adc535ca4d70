//! Every page.

use crate::routes::routes;
use crate::web::{errors, home, login};

routes! {
    refuse: errors::refuse;
    "/" { GET => home::index }
    "/login" { GET => login::new, POST => login::create }
    "/logout" { POST => login::destroy }
}
