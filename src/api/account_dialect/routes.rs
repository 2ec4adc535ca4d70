//! The calls that have a form of their own in the account dialect.

use super::super::refusal;
use super::{lead_rotations, lead_sources, leads, teams};
use crate::routes::routes;

routes! {
    under: "/api/public";
    refuse: refusal::wrong_method;
    "/leads" { GET => leads::index, POST => leads::create }
    "/leads/{id}" { GET => leads::show, PATCH => leads::update, DELETE => leads::destroy }
    "/leads/{id}/archive" { POST => leads::archive, DELETE => leads::restore }
    "/leads/{id}/audit-log" { GET => leads::audit_log }
    "/teams" { GET => teams::index, POST => teams::create }
    "/teams/{id}" { GET => teams::show, PATCH => teams::update, DELETE => teams::destroy }
    "/lead-sources" { GET => lead_sources::index, POST => lead_sources::create }
    "/lead-sources/{id}" {
        GET => lead_sources::show,
        PATCH => lead_sources::update,
        DELETE => lead_sources::destroy,
    }
    "/lead-rotations" { GET => lead_rotations::index, POST => lead_rotations::create }
    "/lead-rotations/{id}" { GET => lead_rotations::show, PATCH => lead_rotations::update }
    "/lead-rotations/{id}/status" { PATCH => lead_rotations::set_status }
    "/lead-rotations/{id}/next-user" { GET => lead_rotations::next_user }
}
