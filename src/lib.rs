//! Préau: the front door of a school network.
pub mod admin;
pub mod app;
pub mod cas;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod demo;
pub mod domain;
pub mod ephemeral;
pub mod mail;
pub mod pages;
pub mod policy;
pub mod server;
pub mod signin;
pub mod store;
pub mod web;
pub mod words;
