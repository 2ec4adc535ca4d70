//! Every call.

use super::{
    account, audit, calling_numbers, campaigns, destinations, lead_rotations, lead_sources, leads,
    refusal, team, teams, workflows,
};
use crate::routes::routes;

routes! {
    under: "/api/public";
    refuse: refusal::wrong_method;
    "/leads" { GET => leads::index, POST => leads::create }
    "/leads/{id}" { GET => leads::show, PATCH => leads::update, DELETE => leads::destroy }
    "/leads/{id}/archive" { POST => leads::archive, DELETE => leads::restore }
    "/leads/{id}/assign-workflow" { POST => leads::assign_workflow }
    "/leads/{id}/status" { POST => leads::set_status }
    "/leads/{id}/automation/stop" { POST => leads::stop_automation }
    "/leads/{id}/automation/resume" { POST => leads::resume_automation }
    "/leads/{id}/is_paused" { GET => leads::is_paused }
    "/leads/{id}/history" { GET => leads::history }
    "/leads/{id}/audit-log" { GET => leads::audit_log }
    "/campaigns" { GET => campaigns::index, POST => campaigns::create }
    "/campaigns/{id}" {
        GET => campaigns::show,
        PATCH => campaigns::update,
        DELETE => campaigns::destroy,
    }
    "/workflows" { GET => workflows::index, POST => workflows::create }
    "/workflows/{id}" {
        GET => workflows::show,
        PATCH => workflows::update,
        DELETE => workflows::destroy,
    }
    "/workflows/{id}/activate" { POST => workflows::activate }
    "/workflows/{id}/pause" { POST => workflows::pause }
    "/workflows/{id}/resume" { POST => workflows::resume }
    "/workflows/{id}/cancel" { POST => workflows::cancel }
    "/workflows/{id}/duplicate" { POST => workflows::duplicate }
    "/workflows/{id}/statuses" { GET => workflows::statuses, POST => workflows::add_status }
    "/workflows/{id}/statuses/{status_id}" {
        PATCH => workflows::update_status,
        DELETE => workflows::delete_status,
    }
    "/workflows/{id}/nodes" { GET => workflows::nodes, POST => workflows::add_node }
    "/workflows/{id}/nodes/{node_id}" {
        PATCH => workflows::update_node,
        DELETE => workflows::delete_node,
    }
    "/workflows/{id}/edges" { GET => workflows::edges, POST => workflows::add_edge }
    "/workflows/{id}/edges/{edge_id}" { DELETE => workflows::delete_edge }
    "/workflows/{id}/leads" { GET => workflows::runs, POST => workflows::enrol }
    "/workflows/{id}/leads/{run_id}" { DELETE => workflows::remove_run }
    "/workflows/{id}/leads/{run_id}/history" { GET => workflows::run_history }
    "/workflows/{id}/leads/{run_id}/outcomes" { POST => workflows::report_outcome }
    "/account" { GET => account::show, PATCH => account::update }
    "/audit" { GET => audit::index }
    "/calling-numbers" { GET => calling_numbers::index, POST => calling_numbers::create }
    "/calling-numbers/{id}" {
        GET => calling_numbers::show,
        PATCH => calling_numbers::update,
        DELETE => calling_numbers::destroy,
    }
    "/destinations" { GET => destinations::index, POST => destinations::create }
    "/destinations/{id}" {
        GET => destinations::show,
        PATCH => destinations::update,
        DELETE => destinations::destroy,
    }
    "/team" { GET => team::index }
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
    "/lead-rotations/{id}/preview" { GET => lead_rotations::preview }
}
