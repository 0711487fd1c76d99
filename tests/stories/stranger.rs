//! A client or a provider that nobody here wrote, in a process of its own: orders and answers go as lines of JSON.

use std::{path::PathBuf, process::Stdio};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// A running client. It ends with the story.
pub struct Stranger {
    _child: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Stranger {
    /// `openid-client` of npm.
    pub fn openid_client() -> Self {
        let script = folder().join("openid-client.mjs");
        needs(&folder().join("node_modules/openid-client"));
        Self::runs(node().arg(script))
    }

    /// `oidc-provider` of npm: not a client but a provider.
    pub fn oidc_provider() -> Self {
        needs(&folder().join("node_modules/oidc-provider"));
        Self::runs(node().arg(folder().join("oidc-provider.mjs")))
    }

    /// `python-cas` of `PyPI`.
    pub fn python_cas() -> Self {
        let python = folder().join(".venv/bin/python");
        needs(&python);
        Self::runs(Command::new(python).arg(folder().join("python-cas.py")))
    }

    fn runs(command: &mut Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}. {REMEDY}"));
        let (orders, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { _child: child, orders, answers: BufReader::new(answers).lines() }
    }

    /// Gives an order, `{"order": …, …}`, and waits for the answer.
    pub async fn does(&mut self, order: Value) -> Value {
        self.orders.write_all(format!("{order}\n").as_bytes()).await.unwrap();
        let line = self.answers.next_line().await.unwrap().expect("the client ended; its words stand above");
        serde_json::from_str(&line).unwrap()
    }
}

/// Node as npm brings it: Debian 12's own (18) is too old for both clients. Elsewhere the machine's own.
fn node() -> Command {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return Command::new("node"),
    };
    let own = folder().join(format!("node_modules/node-linux-{arch}/bin/node"));
    needs(&own);
    Command::new(own)
}

const REMEDY: &str = "`scripts/clients` installs the clients, `make test` does so by itself";

fn needs(file: &std::path::Path) {
    assert!(file.exists(), "{} is missing: {REMEDY}", file.display());
}

/// `tests/clients`.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}
