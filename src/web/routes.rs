//! Every page.

use crate::routes::routes;
use crate::web::{
    audit, campaigns, errors, home, imports, invitations, leads, login, opt_out, outbox, profile,
    settings, setup, today, workflows,
};

routes! {
    under: "";
    refuse: errors::refuse;
    "/" { GET => home::index }
    "/setup" { GET => setup::new, POST => setup::create }
    "/invitations/{token}" { GET => invitations::show, POST => invitations::accept }
    "/opt-out/{token}" { GET => opt_out::show, POST => opt_out::create }
    "/login" { GET => login::new, POST => login::create }
    "/login/code" { GET => login::code::new, POST => login::code::create }
    "/logout" { POST => login::destroy }
    "/profile" { GET => profile::show }
    "/profile/password" { POST => profile::change_password }
    "/profile/codes" { GET => profile::codes::show }
    "/profile/codes/secret" { POST => profile::codes::begin }
    "/profile/codes/activation" { POST => profile::codes::turn_on }
    "/profile/codes/recovery" { POST => profile::codes::renew }
    "/profile/codes/deactivation" { POST => profile::codes::turn_off }
    "/profile/sessions/revocation" { POST => profile::revoke_others }
    "/profile/sessions/{id}/revocation" { POST => profile::revoke }
    "/today" { GET => today::show }
    "/today/outcomes" { POST => today::report }
    "/today/outcomes/{id}/reversal" { POST => today::undo }
    "/today/skips" { POST => today::skip }
    "/today/release" { POST => today::release }
    "/leads" { GET => leads::index, POST => leads::create }
    "/leads/new" { GET => leads::new }
    "/leads/assignment" { GET => leads::ask_whose, POST => leads::give }
    "/leads/export" { GET => leads::export }
    "/leads/{id}" { GET => leads::show, POST => leads::update }
    "/leads/{id}/edit" { GET => leads::edit }
    "/leads/{id}/notes" { POST => leads::add_note }
    "/leads/{id}/archival" { POST => leads::archive }
    "/leads/{id}/restoration" { POST => leads::restore }
    "/leads/{id}/deletion" { GET => leads::confirm, POST => leads::destroy }
    "/leads/{id}/do-not-contact" { GET => leads::ask, POST => leads::leave_alone }
    "/leads/{id}/task" { POST => leads::take }
    "/leads/{id}/run/now" { POST => leads::run_now }
    "/leads/{id}/run/skip" { POST => leads::skip }
    "/leads/{id}/run/snooze" { POST => leads::snooze }
    "/leads/{id}/run/pause" { POST => leads::pause }
    "/leads/{id}/run/resumption" { POST => leads::resume }
    "/leads/{id}/run/removal" { POST => leads::remove }
    "/leads/{id}/run/step" { POST => leads::move_to }
    "/leads/{id}/status" { POST => leads::set_status }
    "/leads/{id}/workflow" { POST => leads::assign }
    "/campaigns" { GET => campaigns::index, POST => campaigns::create }
    "/campaigns/new" { GET => campaigns::new }
    "/campaigns/{id}" { GET => campaigns::show, POST => campaigns::update }
    "/campaigns/{id}/edit" { GET => campaigns::edit }
    "/campaigns/{id}/deletion" { GET => campaigns::confirm, POST => campaigns::destroy }
    "/workflows" { GET => workflows::index, POST => workflows::create }
    "/workflows/new" { GET => workflows::new }
    "/workflows/{id}" { GET => workflows::show, POST => workflows::update }
    "/workflows/{id}/edit" { GET => workflows::edit }
    "/workflows/{id}/activation" { POST => workflows::activate }
    "/workflows/{id}/pause" { POST => workflows::pause }
    "/workflows/{id}/resumption" { POST => workflows::resume }
    "/workflows/{id}/publication" { GET => workflows::confirm, POST => workflows::publish }
    "/workflows/{id}/completion" {
        GET => workflows::confirm_completion,
        POST => workflows::complete,
    }
    "/workflows/{id}/cancellation" {
        GET => workflows::confirm_cancellation,
        POST => workflows::cancel,
    }
    "/workflows/{id}/deletion" { GET => workflows::confirm_deletion, POST => workflows::destroy }
    "/workflows/{id}/duplicate" { POST => workflows::duplicate }
    "/workflows/{id}/statuses" {
        GET => workflows::statuses::index,
        POST => workflows::statuses::create,
    }
    "/workflows/{id}/statuses/{status}" { POST => workflows::statuses::update }
    "/workflows/{id}/statuses/{status}/edit" { GET => workflows::statuses::edit }
    "/workflows/{id}/statuses/{status}/move" { POST => workflows::statuses::shift }
    "/workflows/{id}/statuses/{status}/removal" { POST => workflows::statuses::destroy }
    "/workflows/{id}/nodes" { POST => workflows::nodes::create }
    "/workflows/{id}/nodes/new" { GET => workflows::nodes::new }
    "/workflows/{id}/nodes/{node}" { POST => workflows::nodes::update }
    "/workflows/{id}/nodes/{node}/edit" { GET => workflows::nodes::edit }
    "/workflows/{id}/nodes/{node}/move" { POST => workflows::nodes::shift }
    "/workflows/{id}/nodes/{node}/removal" { POST => workflows::nodes::destroy }
    "/workflows/{id}/nodes/{node}/branches" {
        GET => workflows::nodes::branches,
        POST => workflows::nodes::lead,
    }
    "/imports" { GET => imports::index, POST => imports::create }
    "/imports/new" { GET => imports::new }
    "/imports/{id}/file" { GET => imports::file, POST => imports::read_file }
    "/imports/{id}/columns" { GET => imports::columns, POST => imports::choose_columns }
    "/imports/{id}/rules" { GET => imports::rules, POST => imports::choose_rules }
    "/imports/{id}" { GET => imports::show }
    "/imports/{id}/check" { GET => imports::check }
    "/imports/{id}/rows" { GET => imports::rows, POST => imports::fix }
    "/imports/{id}/run" { POST => imports::run }
    "/imports/{id}/cancellation" { POST => imports::cancel }
    "/imports/{id}/resumption" { POST => imports::go_on }
    "/imports/{id}/undo" { POST => imports::undo }
    "/imports/{id}/progress" { GET => imports::progress }
    "/imports/{id}/failed" { GET => imports::rejects }
    "/imports/{id}/discard" { GET => imports::confirm, POST => imports::discard }
    "/audit" { GET => audit::index }
    "/audit/export" { GET => audit::export }
    "/outbox" { GET => outbox::index }
    "/outbox/{id}" { GET => outbox::show }
    "/settings" { GET => settings::index }
    "/settings/account" { GET => settings::account::edit, POST => settings::account::update }
    "/settings/account/codes" { POST => settings::account::require_codes }
    "/settings/account/visibility" { POST => settings::account::set_reps_see }
    "/settings/account/contact-hours" { POST => settings::account::set_hours }
    "/settings/users" { GET => settings::users::index, POST => settings::users::create }
    "/settings/users/new" { GET => settings::users::new }
    "/settings/users/{id}/role" { POST => settings::users::change_role }
    "/settings/users/{id}/deactivation" { POST => settings::users::deactivate }
    "/settings/users/{id}/handover" { GET => settings::users::handover, POST => settings::users::hand_over }
    "/settings/users/{id}/availability" {
        GET => settings::users::availability::show,
        POST => settings::users::availability::set_hours,
    }
    "/settings/users/{id}/absences" { POST => settings::users::availability::add_absence }
    "/settings/users/{id}/absences/{absence}/removal" {
        POST => settings::users::availability::remove_absence,
    }
    "/settings/users/{id}/reactivation" { POST => settings::users::reactivate }
    "/settings/users/{id}/codes/reset" { POST => settings::users::reset_codes }
    "/settings/users/{id}/invitation" { POST => settings::users::invite_again }
    "/settings/teams" { GET => settings::teams::index, POST => settings::teams::create }
    "/settings/teams/{id}" { GET => settings::teams::edit, POST => settings::teams::update }
    "/settings/teams/{id}/members" { POST => settings::teams::add_member }
    "/settings/teams/{id}/members/{user}/removal" { POST => settings::teams::remove_member }
    "/settings/teams/{id}/sources" { POST => settings::teams::create_source }
    "/settings/teams/{id}/activation" { POST => settings::teams::activate }
    "/settings/teams/{id}/deactivation" { POST => settings::teams::deactivate }
    "/settings/teams/{id}/removal" {
        GET => settings::teams::confirm,
        POST => settings::teams::remove,
    }
    "/settings/sources" { GET => settings::sources::index, POST => settings::sources::create }
    "/settings/sources/{id}" { GET => settings::sources::edit, POST => settings::sources::update }
    "/settings/sources/{id}/activation" { POST => settings::sources::activate }
    "/settings/sources/{id}/deactivation" { POST => settings::sources::deactivate }
    "/settings/sources/{id}/removal" {
        GET => settings::sources::confirm,
        POST => settings::sources::remove,
    }
    "/settings/rotations" {
        GET => settings::rotations::index,
        POST => settings::rotations::create,
    }
    "/settings/rotations/{id}" {
        GET => settings::rotations::edit,
        POST => settings::rotations::update,
    }
    "/settings/rotations/{id}/members" { POST => settings::rotations::set_members }
    "/settings/rotations/{id}/status" { POST => settings::rotations::set_status }
    "/settings/rotations/{id}/acknowledgement" { POST => settings::rotations::acknowledge }
    "/settings/fields" { GET => settings::fields::index, POST => settings::fields::create }
    "/settings/fields/promotion" { POST => settings::fields::promote }
    "/settings/fields/preset" { POST => settings::fields::add_preset }
    "/settings/fields/renaming" {
        GET => settings::fields::ask,
        POST => settings::fields::rename,
    }
    "/settings/fields/{id}" { GET => settings::fields::edit, POST => settings::fields::update }
    "/settings/fields/{id}/removal" {
        GET => settings::fields::confirm,
        POST => settings::fields::remove,
    }
    "/settings/connectors" { GET => settings::connectors::index }
    "/settings/connectors/{channel}" {
        GET => settings::connectors::edit,
        POST => settings::connectors::update,
    }
    "/settings/connectors/{channel}/test" { POST => settings::connectors::test }
    "/settings/connectors/{channel}/secret" { POST => settings::connectors::renew }
    "/settings/connectors/{channel}/removal" { POST => settings::connectors::remove }
    "/settings/numbers" {
        GET => settings::numbers::index,
        POST => settings::numbers::create,
    }
    "/settings/numbers/{id}" {
        GET => settings::numbers::edit,
        POST => settings::numbers::update,
    }
    "/settings/numbers/{id}/activation" { POST => settings::numbers::activate }
    "/settings/numbers/{id}/deactivation" { POST => settings::numbers::deactivate }
    "/settings/numbers/{id}/removal" {
        GET => settings::numbers::confirm,
        POST => settings::numbers::remove,
    }
    "/settings/destinations" {
        GET => settings::destinations::index,
        POST => settings::destinations::create,
    }
    "/settings/destinations/{id}" {
        GET => settings::destinations::edit,
        POST => settings::destinations::update,
    }
    "/settings/destinations/{id}/activation" { POST => settings::destinations::activate }
    "/settings/destinations/{id}/deactivation" { POST => settings::destinations::deactivate }
    "/settings/destinations/{id}/removal" {
        GET => settings::destinations::confirm,
        POST => settings::destinations::remove,
    }
    "/settings/do-not-contact" {
        GET => settings::do_not_contact::index,
        POST => settings::do_not_contact::create,
    }
    "/settings/do-not-contact/{id}/removal" {
        GET => settings::do_not_contact::confirm,
        POST => settings::do_not_contact::remove,
    }
    "/settings/keys" { GET => settings::keys::index, POST => settings::keys::create }
    "/settings/keys/new" { GET => settings::keys::new }
    "/settings/keys/{id}/revocation" {
        GET => settings::keys::confirm,
        POST => settings::keys::revoke,
    }
}
