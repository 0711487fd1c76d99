//! What letters and slips have in common: for whom, in which language, and the file that is written whole or not at all.

use std::{
    fs::Permissions,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;

use crate::{
    config::Config,
    domain::{Establishment, Fault, Identifier, Profile},
    letters::{self, Languages, Wanted},
    policy::Portal,
    store::{Db, roster},
};

/// For whom something is printed, and where.
#[derive(Debug, Args)]
pub(super) struct Sheets {
    /// The school, by its code
    #[arg(long, value_name = "CODE")]
    establishment: String,
    /// Only the pupils of this class and their parents
    #[arg(long, value_name = "NAME")]
    pub(super) class: Option<String>,
    /// Only these profiles: `pupil`, `parent`, `national_staff`, `agricultural_staff`, `local_authority_staff`, `guest`
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    profile: Vec<Profile>,
    /// Only these accounts
    #[arg(long, value_name = "IDENTIFIER")]
    pub(super) identifier: Vec<String>,
    /// The portal that they lead to
    #[arg(long, value_name = "NAME")]
    portal: Option<String>,
    /// Their language
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    language: Language,
    /// The PDF; readable by its owner alone
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Even where that file is there already
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    Fr,
    En,
    Both,
}

fn profile(text: &str) -> Result<Profile, String> {
    Profile::named(text).ok_or_else(|| format!("write {}", Profile::ALL.map(Profile::name).join(", ")))
}

impl Sheets {
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            class: self.class.clone(),
            profiles: self.profile.clone(),
            identifiers: self.identifier.iter().map(|text| Identifier::new(text)).collect(),
        }
    }

    pub(super) const fn languages(&self) -> Languages {
        match self.language {
            Language::Fr => Languages::French,
            Language::En => Languages::English,
            Language::Both => Languages::Both,
        }
    }

    pub(super) fn portal<'a>(&self, config: &'a Config) -> Result<&'a Portal, Fault> {
        letters::portal(config, self.portal.as_deref()).ok_or_else(|| no_portal(config))
    }

    pub(super) async fn school(&self, db: &Db) -> Result<Establishment, Fault> {
        let schools = roster::list_establishments(db).await?;
        let codes: Vec<String> = schools.iter().map(|school| school.code.clone()).take(20).collect();
        schools.into_iter().find(|school| school.code == self.establishment).ok_or_else(|| {
            let codes = if codes.is_empty() { "there is none yet".to_owned() } else { codes.join(", ") };
            Fault::new(format!("no school has the code {}", self.establishment))
                .remedy(format!("give the code of a school that is there: {codes}"))
        })
    }

    /// Looks before anything is made whether it can be written.
    pub(super) fn may_write(&self) -> Result<(), Fault> {
        if self.output.exists() && !self.force {
            return Err(Fault::new(format!("{} is there already", self.output.display()))
                .remedy("name another file with -o, or replace it with --force"));
        }
        self.aside().map(drop)
    }

    /// A file of another name beside the one that is wanted.
    fn aside(&self) -> Result<NamedTempFile, Fault> {
        let folder = self.output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        NamedTempFile::new_in(folder).map_err(|error| self.unwritten(&error))
    }

    /// The file is there whole or not at all, and for its owner alone.
    pub(super) fn write(&self, pdf: &[u8]) -> Result<(), Fault> {
        let mut file = self.aside()?;
        let as_file = file.as_file();
        as_file.set_permissions(Permissions::from_mode(0o600)).map_err(|error| self.unwritten(&error))?;
        file.write_all(pdf).and_then(|()| file.as_file().sync_all()).map_err(|error| self.unwritten(&error))?;
        let kept = if self.force { file.persist(&self.output) } else { file.persist_noclobber(&self.output) };
        kept.map(drop).map_err(|error| self.unwritten(&error.error))
    }

    fn unwritten(&self, error: &std::io::Error) -> Fault {
        Fault::new(format!("{} can't be written: {error}", self.output.display()))
            .remedy("check the folder and its rights; everything is made anew when the command runs again")
    }
}

fn no_portal(config: &Config) -> Fault {
    let names: Vec<String> = config.policy.portals.iter().map(|portal| portal.name.to_string()).collect();
    Fault::new("there is no portal of that name")
        .remedy(format!("give one of these with --portal: {}", names.join(", ")))
}
