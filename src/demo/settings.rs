//! The demo's own settings, under those of `--config` and the environment; and the file that says what is in force.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{
    places::{Options, Places},
    sepne::LABEL,
};
use crate::{
    config::{
        Config, MailSettings, Mode, OutboundSettings, PortalSettings, PortalsByName, Settings, UpstreamSettings,
        UpstreamsByName,
    },
    crypto::Rng,
    domain::Fault,
    policy::{Help, Portals, Preset, RosterAttribute, SchoolWord},
};

/// The port where nobody says otherwise.
const PORT: u16 = 8080;
const NETWORK: &str = "Réseau du Val d’Orne";
/// The ENT's logo, from the house's own.
const LOGO: &str = include_str!("../../templates/assets/logos/phare.svg");
const PARENTS_LOGO: &str = include_str!("../../templates/assets/logos/famille.svg");
const PUPILS_LOGO: &str = include_str!("../../templates/assets/logos/marelle.svg");
/// Where parents sign in, and recover identifier and password in three steps.
pub(super) const PARENTS: &str = "espace-parents";
/// Where parents register, sign in by their address, and answer a secret question.
pub(super) const REGISTERING: &str = "portail-parents";
/// Where pupils sign in, and reset through SEPNE.
pub(super) const PUPILS: &str = "portail-eleves";
/// The provider's name in the settings.
pub(super) const SEPNE: &str = "sepne";
/// What we are called there.
pub(super) const CLIENT: &str = "preau-demo";

/// The settings in force, the command line before the environment before the file before the demo's own.
pub(super) fn in_force(options: &Options, data: &Path) -> Result<Config, Fault> {
    let read = |port: u16| Config::load_over(&own(data, port)?, options.config.as_deref(), Mode::Demo);
    let mut config = read(options.port.unwrap_or(PORT))?;
    if options.port.is_none() && config.settings.listen.port() != PORT {
        // The file names the port: everything beside it moves along.
        config = read(config.settings.listen.port())?;
    }
    let mut settings = config.settings;
    settings.demo = true;
    if let Some(port) = options.port {
        settings.listen.set_port(port);
    }
    if let Some(public_url) = &options.public_url {
        settings.public_url.clone_from(public_url);
    }
    Config::check(settings, Mode::Demo)
}

/// What the demo brings.
fn own(data: &Path, port: u16) -> Result<Settings, Fault> {
    let usual = Settings::default();
    let mut settings = Settings {
        demo: true,
        public_url: format!("http://localhost:{port}"),
        keys: data.join("keys"),
        mail: MailSettings {
            smtp: format!("smtp://{}", Places::after(port)?.smtp),
            from: "ne-pas-repondre@valdorne.example".into(),
            ..usual.mail
        },
        outbound: OutboundSettings { allow: vec!["127.0.0.0/8".into()], ..usual.outbound },
        portals: portals(data)?,
        upstreams: upstreams(data, port)?,
        ..usual
    };
    settings.listen.set_port(port);
    settings.database.url = sqlite_url(&data.join("preau.db"));
    settings.log.filter = "warn".into();
    Ok(settings)
}

fn portals(data: &Path) -> Result<PortalsByName, Fault> {
    let help = |phone: &str| Help {
        phones: vec![phone.to_owned()],
        email: Some("assistance@valdorne.example".into()),
        site: Some("https://www.valdorne.example/".into()),
    };
    let usual = PortalSettings {
        title: "Préau des Tilleuls".into(),
        network: NETWORK.into(),
        help: help("03 53 01 00 10"),
        school_word: SchoolWord::Establishment,
        ..PortalSettings::default()
    };
    let ent = PortalSettings {
        preset: Preset::Ent,
        title: "ENT des collèges".into(),
        network: NETWORK.into(),
        day: "#14578a".into(),
        night: "#97caf3".into(),
        logo: Some(logo(data, "ent.svg", LOGO)?),
        child_passwords_up_to: Some("5e".into()),
        help: help("03 53 01 00 20"),
        ..PortalSettings::default()
    };
    let pupils = PortalSettings {
        preset: Preset::PortailEleves,
        title: "Portail des élèves".into(),
        network: "Conseil scolaire acadien de la Côte-Verte".into(),
        day: "#7a3b12".into(),
        night: "#f2b08a".into(),
        logo: Some(logo(data, "portail-eleves.svg", PUPILS_LOGO)?),
        help: Help {
            phones: vec!["902-555-0100".into()],
            email: Some("aide@conseil-cote-verte.example".into()),
            site: None,
        },
        remember: false,
        school_word: SchoolWord::School,
        country: "CA".into(),
        time_zone: "America/Halifax".into(),
        ..PortalSettings::default()
    };
    let parents = PortalSettings {
        preset: Preset::EspaceParents,
        title: "Espace Parents".into(),
        network: "Collège des Tilleuls".into(),
        day: "#6a2c70".into(),
        night: "#e0b0e6".into(),
        logo: Some(logo(data, "espace-parents.svg", PARENTS_LOGO)?),
        help: help("03 53 01 00 30"),
        ..PortalSettings::default()
    };
    let registering = registering(data, &pupils)?;
    let named =
        [(Portals::DEFAULT, usual), ("ent", ent), (PARENTS, parents), (REGISTERING, registering), (PUPILS, pupils)];
    Ok(named.into_iter().map(|(name, portal)| (name.to_owned(), portal)).collect())
}

/// The board's portal for parents, beside its pupils'.
fn registering(data: &Path, pupils: &PortalSettings) -> Result<PortalSettings, Fault> {
    Ok(PortalSettings {
        preset: Preset::PortailParents,
        title: "Portail des parents".into(),
        day: "#0b5c5e".into(),
        night: "#86d3d4".into(),
        logo: Some(logo(data, "portail-parents.svg", PARENTS_LOGO)?),
        remember: true,
        ..pupils.clone()
    })
}

/// Logos are files, as an operator's are.
fn logo(data: &Path, name: &str, svg: &str) -> Result<PathBuf, Fault> {
    let path = data.join(name);
    fs::write(&path, svg)?;
    Ok(path)
}

/// The stand-in for SEPNE, as an operator would describe SEPNE.
fn upstreams(data: &Path, port: u16) -> Result<UpstreamsByName, Fault> {
    let sepne = UpstreamSettings {
        label: LABEL.into(),
        label_of: "du SEPNE".into(),
        issuer: format!("http://{}", Places::after(port)?.sepne),
        client_id: CLIENT.into(),
        client_secret_file: Some(client_secret(data)?),
        claim: "student_number".into(),
        matches: RosterAttribute::PupilNumber,
        ..UpstreamSettings::default()
    };
    Ok(BTreeMap::from([(SEPNE.to_owned(), sepne)]))
}

/// Our secret at the stand-in: made on the first start, in a file for its owner alone.
pub(super) fn client_secret(data: &Path) -> Result<PathBuf, Fault> {
    let path = data.join("sepne.secret");
    if !path.is_file() {
        super::handle::write_whole(&path, Rng::from_os()?.secret().reveal())?;
    }
    Ok(path)
}

/// A path as `sqlite:` takes it: what would end it is percent-encoded.
fn sqlite_url(path: &Path) -> String {
    let path = path.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}")
}

/// Writes the settings in force, so that other commands work on this demo with `--config`.
pub(super) fn write(settings: &Settings, path: &Path) -> Result<(), Fault> {
    let told = "# The settings in force of this demo, written at each start: changes belong in a file of your own (--config).\n";
    let text = toml::to_string(settings)?;
    super::handle::write_whole(path, format!("{told}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        let data = PathBuf::from("unused");
        Options { port: None, data, json: None, public_url: None, config: None, ready: 0 }
    }

    #[test]
    fn the_command_line_goes_before_the_file_and_the_file_before_the_demos_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mine.toml");
        let text =
            "listen = \"127.0.0.1:9000\"\n[limits.account]\nfailures = 3\n[portals.default]\ntitle = \"Mon préau\"\n";
        fs::write(&file, text).expect("written");
        let with_file = Options { config: Some(file), ..options() };
        let config = in_force(&with_file, folder.path()).expect("settings");
        assert_eq!((config.issuer(), config.settings.limits.account.failures), ("http://localhost:9000", 3));
        assert_eq!(config.settings.mail.smtp, "smtp://127.0.0.4:9004");
        let default = config.settings.portals.get("default").expect("the portal");
        assert_eq!((default.title.as_str(), default.network.as_str()), ("Mon préau", NETWORK));
        let with_port = Options { port: Some(9_100), public_url: Some("https://preau.example".into()), ..with_file };
        let config = in_force(&with_port, folder.path()).expect("settings");
        assert_eq!((config.issuer(), config.settings.listen.port()), ("https://preau.example", 9_100));
    }

    #[test]
    fn what_is_written_reads_back_the_same_even_in_a_folder_with_a_strange_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("à côté 100 % #1?");
        fs::create_dir(&data).expect("a folder");
        let config = in_force(&options(), &data).expect("settings");
        let path = data.join("preau.toml");
        write(&config.settings, &path).expect("written");
        let again = Config::load(Some(&path), Mode::Serve).expect("settings");
        assert_eq!(format!("{:?}", again.settings), format!("{:?}", config.settings));
        assert!(config.settings.database.url.ends_with("100 %25 %231%3F/preau.db"), "{}", config.settings.database.url);
    }
}
