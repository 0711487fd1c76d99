//! The one `chromedriver` of this binary, and the few commands of its own that no other driver has.
//!
//! `setpriv --pdeathsig` ends it when this binary ends, however it ends; Chromium listens to it through a pipe and ends
//! with it. So nothing is left behind, and nothing is ended by name.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

const REMEDY: &str = "install Debian's packages `chromium` and `chromium-driver` (`make test` does), or say where they are \
    in PREAU_TEST_CHROMIUM and PREAU_TEST_CHROMEDRIVER";

/// Where the driver listens. Started by the first story that needs it.
pub fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(start)
}

/// The browser's program.
pub fn chromium() -> String {
    program("PREAU_TEST_CHROMIUM", "chromium")
}

fn program(variable: &str, name: &str) -> String {
    if let Ok(named) = std::env::var(variable) {
        return named;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("`{name}` is not on this machine: {REMEDY}")).display().to_string()
}

/// The signal of the parent's death comes when the starting thread ends: so that thread stays as long as the binary.
fn start() -> String {
    let driver = program("PREAU_TEST_CHROMEDRIVER", "chromedriver");
    chromium();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "--", &driver, "--port=0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("`{driver}` does not start: {error}. {REMEDY}"));
        tell.send(port_of(&mut child)).unwrap();
        child.wait().unwrap();
    });
    let port = told.recv_timeout(Duration::from_secs(20)).expect("chromedriver did not say where it listens");
    format!("http://127.0.0.1:{port}")
}

fn port_of(child: &mut Child) -> u16 {
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "chromedriver ended at once. {REMEDY}");
        if let Some((_, port)) = line.split_once("successfully on port ") {
            std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
            return port.trim().trim_end_matches('.').parse().unwrap();
        }
    }
}

/// Ends a session without a runtime: for stories that failed half-way.
pub fn end(session: &str) {
    let Ok(mut stream) = TcpStream::connect(address().trim_start_matches("http://")) else { return };
    let ask = format!("DELETE /session/{session} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    if stream.write_all(ask.as_bytes()).is_ok() {
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok();
        stream.read_to_end(&mut Vec::new()).ok();
    }
}

/// A command of `chromedriver`'s own.
#[derive(Debug)]
pub struct Ask {
    path: &'static str,
    body: Value,
}

impl Ask {
    /// A command of the `DevTools` protocol.
    pub fn devtools(command: &str, params: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": params }) }
    }

    /// An authenticator inside the device, which finds its holder always there (`WebAuthn` Level 3 §11.3).
    pub fn authenticator() -> Self {
        let body = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "isUserConsenting": true,
        });
        Self { path: "webauthn/authenticator", body }
    }

    /// What a log holds since it was last asked for.
    pub fn log(kind: &str) -> Self {
        Self { path: "se/log", body: json!({ "type": kind }) }
    }
}

impl WebDriverCompatibleCommand for Ask {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
