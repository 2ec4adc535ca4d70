//! What an admin sets: the account, its people, its teams, lead sources and rotations, the fields of its leads, its keys, how messages
//! leave and to whom none do, and what calls come from and where they may go.

pub mod account;
pub mod connectors;
pub mod destinations;
pub mod do_not_contact;
pub mod fields;
pub mod keys;
pub mod numbers;
pub mod rotations;
pub mod sources;
pub mod teams;
pub mod users;

use actix_web::HttpResponse;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, places, redirect, render};

/// `GET /settings`
pub async fn index(_: Ctx) -> HttpResponse {
    redirect("/settings/account")
}
