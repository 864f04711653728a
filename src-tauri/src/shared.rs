//! Where a house with several workstations has its store: on a server, as somebody chose on this machine. The address stands in a file
//! beside the data; the password is kept by the system, and where it keeps none, it is asked for at each start.

use atelier_core::refusal::Refusal;
use atelier_core::store::files::write_whole;
use atelier_core::store::server::{Way, without_password};
use atelier_core::store::{Done, Store};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// So far two clocks may be apart, in milliseconds.
const A_MINUTE: u64 = 60_000;

/// The folder of the examples, beside the house's own.
pub const EXAMPLES: &str = "examples";

/// What the system keeps for this program under a name, where it keeps anything.
pub fn kept_by_the_system(folder: &Path, name: &str) -> Option<keyring::Entry> {
    // In a test the keys of whoever runs it are left alone.
    if cfg!(debug_assertions) && std::env::var_os("ATELIER_TEST_SAVE").is_some() {
        return None;
    }
    // The examples have secrets of their own: the house's are left alone.
    let house = if folder.ends_with(EXAMPLES) {
        EXAMPLES
    } else {
        "atelier"
    };
    let entry = keyring::Entry::new("be.atelier.desktop", &format!("{house}.{name}")).ok()?;
    // A keyring that answers nothing at all is none.
    match entry.get_password() {
        Ok(_) | Err(keyring::Error::NoEntry) => Some(entry),
        Err(_) => None,
    }
}

/// A store on a server, and how this machine is let in.
#[derive(Clone, Serialize, Deserialize)]
pub struct Shared {
    /// `postgres://name@computer/database`.
    pub address: String,
    /// Whether it asks for a password.
    #[serde(default)]
    pub with_password: bool,
    /// The fingerprint of its own certificate, where somebody confirmed it here.
    #[serde(default)]
    certificate: Option<String>,
    #[serde(skip)]
    password: Option<String>,
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("shared.json")
}

impl Shared {
    /// As it is typed; an empty password is none. One that was typed into the address is taken out of it.
    pub fn typed(address: &str, password: &str) -> Done<Self> {
        let (address, inside) = without_password(address)?;
        let typed = Some(password)
            .filter(|password| !password.is_empty())
            .map(str::to_owned);
        let password = typed.or(inside);
        Ok(Self {
            address,
            with_password: password.is_some(),
            certificate: None,
            password,
        })
    }

    /// As it was chosen on this machine; nothing where its house lies in a file.
    pub fn chosen(folder: &Path) -> Option<Self> {
        let mut kept: Self = serde_json::from_slice(&std::fs::read(file_in(folder)).ok()?).ok()?;
        if kept.with_password {
            kept.password = kept_by_the_system(folder, "server").and_then(|entry| entry.get_password().ok());
        }
        Some(kept)
    }

    /// The same with the password that was asked for.
    pub fn with(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self
    }

    /// The same where somebody confirmed the server's certificate, by its fingerprint.
    pub fn trusting(mut self, fingerprint: String) -> Self {
        self.certificate = Some(fingerprint);
        self
    }

    /// Keeps it for the next start.
    pub fn keep(&self, folder: &Path) -> Done<()> {
        let text = serde_json::to_vec_pretty(self).map_err(atelier_core::store::Trouble::broken)?;
        write_whole(&file_in(folder), &text)?;
        if let (Some(password), Some(entry)) = (&self.password, kept_by_the_system(folder, "server"))
            && entry.set_password(password).is_err()
        {
            tracing::warn!("the system could not keep the server's password");
        }
        Ok(())
    }

    /// Keeps it no more.
    pub fn forget(folder: &Path) -> Done<()> {
        match std::fs::remove_file(file_in(folder)) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                return Err(atelier_core::store::Trouble::broken(why.kind()));
            }
            _ => {}
        }
        if let Some(entry) = kept_by_the_system(folder, "server") {
            let _ = entry.delete_credential();
        }
        Ok(())
    }

    /// How this machine comes there.
    pub fn way(&self) -> Done<Way> {
        if self.with_password && self.password.is_none() {
            return Err(Refusal::ServerPassword.into());
        }
        Ok(Way {
            address: self.address.clone(),
            password: self.password.clone(),
            certificate: self.certificate.clone(),
        })
    }

    /// Opens it. Where this machine's clock and the server's say another time, days and hours would be noted wrong: it stays closed.
    pub fn opened(&self) -> Done<Store> {
        let mut store = Store::on_server_by(&self.way()?)?;
        let servers = store.servers_clock()?;
        let own = chrono::Utc::now().timestamp_millis();
        let apart = servers.map_or(0, |servers| servers.abs_diff(own));
        if apart > A_MINUTE {
            let minutes = u32::try_from(apart.div_ceil(A_MINUTE)).unwrap_or(u32::MAX);
            return Err(Refusal::ClockDiffers { minutes }.into());
        }
        Ok(store)
    }
}
