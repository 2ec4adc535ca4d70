//! Every call.

use super::{campaigns, leads, refusal, workflows};
use crate::routes::routes;

routes! {
    under: "/api/public";
    refuse: refusal::wrong_method;
    "/leads" { GET => leads::index, POST => leads::create }
    "/leads/{id}" { GET => leads::show, PATCH => leads::update, DELETE => leads::destroy }
    "/leads/{id}/archive" { POST => leads::archive, DELETE => leads::restore }
    "/campaigns" { GET => campaigns::index, POST => campaigns::create }
    "/campaigns/{id}" {
        GET => campaigns::show,
        PATCH => campaigns::update,
        DELETE => campaigns::destroy,
    }
    "/workflows" { GET => workflows::index }
    "/workflows/{id}" { GET => workflows::show }
}
