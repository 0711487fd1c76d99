//! `preau demo`: the whole world on this machine, until it is told to end.

use std::path::PathBuf;

use clap::Args;

use crate::{
    demo::{Options, World},
    domain::Fault,
};

use super::{Ended, Terminal, logging, serve::told_to_end};

/// Runs the whole world on this machine: two sample services, mail to read, a made-up school network
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The identity provider's port (8080); the next four are the demo's as well
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Where everything is kept: a second start finds it as it was left
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Where addresses and accounts are written for scripts, once everything answers (docs/handles.md)
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The issuer, where a proxy stands before it
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Settings over the demo's own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Adds N accounts ready0001… with one password, ready to sign in
    #[arg(long, value_name = "N", default_value_t = 0)]
    ready: usize,
}

impl Demo {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let Self { port, data, json, public_url, config, ready } = self;
        let told = told_to_end()?;
        let mut world = World::open(Options { port, data, json, public_url, config, ready }).await?;
        logging::start(world.log())?;
        let mut told = std::pin::pin!(told);
        let settled = tokio::select! {
            settled = world.settle() => Some(settled),
            _signal = &mut told => None,
        };
        match settled {
            Some(Ok(table)) => {
                terminal.say(table);
                told.await;
            }
            Some(Err(fault)) => {
                world.close().await?;
                return Err(fault);
            }
            None => {}
        }
        world.close().await?;
        Ok(Ended::Well)
    }
}
