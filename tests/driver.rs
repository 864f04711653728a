//! The driver of the real window: WebKitWebDriver, and everything it starts, in a home of its own.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The driver and everything it started: gone when it is dropped, a panicking test included.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

impl Driver {
    /// Starts it, ready to be asked; what it opens finds nothing but `home`, and these variables beside the test's own.
    ///
    /// # Panics
    /// Where it is not installed.
    #[must_use]
    pub fn started<V: AsRef<OsStr>>(home: &Path, variables: &[(&str, V)]) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port")
            .port();
        let process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("GSETTINGS_BACKEND", "memory")
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("LANG", "en_GB.UTF-8")
            .envs(variables.iter().map(|(name, value)| (name, value.as_ref())))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver, from the package webkit2gtk-driver");
        let driver = Self { process, port };
        for _ in 0..250 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        driver
    }

    /// Where it is asked.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The id of its process, which everything it opens is under.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}
