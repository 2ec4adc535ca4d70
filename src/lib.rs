//! Leadline: leads, their workflows and the people who work them, as pages and as a JSON API.
//!
//! Base, rooms and faces, each using only what stands before it in this list. The shape and its
//! reasons are in `docs/architecture.md`.

// base
pub mod caller;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod hours;
pub mod ids;
pub mod outreach;
pub mod paging;
pub mod patch;
pub mod phone;
pub mod secrets;
pub mod tabular;
pub mod text;
pub mod uploads;
pub mod when;

// rooms; each may use those before it: audit, visibility, accounts, telephony, people, teams,
// campaigns, do_not_contact, connectors, fields, leads, rotations, workflows, enrolment
pub mod accounts;
pub mod audit;
pub mod campaigns;
pub mod connectors;
pub mod do_not_contact;
pub mod enrolment;
pub mod fields;
pub mod leads;
pub mod people;
pub mod rotations;
pub mod teams;
pub mod telephony;
pub mod visibility;
pub mod workflows;

// what the faces share
pub mod facts;
pub mod headers;
pub mod observe;
pub mod routes;
pub mod slow;
pub mod state;
pub mod upload;

// faces
pub mod api;
pub mod web;
pub mod worker;

pub mod demo;
pub mod server;

pub mod cli;
