//! What the program sends by itself, where somebody set it up on this machine: structured invoices to an access point over HTTPS, and
//! mails to the house's mail server. It is off until then, and nothing leaves before somebody presses for it.
//!
//! Addresses stand in a file beside the data; the token and the password are kept by the system, and where it keeps none, until the
//! program ends.

use crate::chosen::Chosen;
use crate::counter::{At, Open, Said, unpoisoned};
use crate::desktop::{fault, on_its_way, opened, paper};
use crate::safety::manager;
use crate::shared::kept_by_the_system;
use atelier_core::counter::Export;
use atelier_core::grounds::{Fact, Message};
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{CertificateStore, Tls, TlsParameters};
use lettre::{Address, SmtpTransport, Transport as _};
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tauri::State;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

/// How long a server may take until it is reached.
const REACHED: Duration = Duration::from_secs(10);
/// How long it may take to answer.
const ANSWERED: Duration = Duration::from_secs(60);
/// So much of what a server says is shown.
const SHOWN: usize = 200;

/// What is kept in the file.
#[derive(Default, Clone, Serialize, Deserialize)]
struct Kept {
    /// Where invoices go; empty for nowhere.
    #[serde(default)]
    access_point: String,
    #[serde(default)]
    mail: Option<MailServer>,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    host: String,
    port: u16,
    /// Empty where it asks for no name.
    user: String,
    security: Security,
}

/// The same as it is typed.
#[derive(Deserialize)]
pub struct TypedServer {
    host: String,
    port: String,
    user: String,
    security: Security,
}

impl TypedServer {
    fn read(self) -> Result<MailServer, Message> {
        let host = self.host.trim().to_owned();
        let port = self.port.trim().parse().ok().filter(|port| *port > 0);
        match port.filter(|_| !host.is_empty()) {
            Some(port) => Ok(MailServer {
                host,
                port,
                user: self.user.trim().to_owned(),
                security: self.security,
            }),
            None => Err(Message::new("mail-server-address")),
        }
    }
}

/// How the way to a mail server is kept from others.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Security {
    /// From the first byte, usually on port 465.
    Tls,
    /// From the greeting on, usually on port 587; never without.
    Starttls,
    /// Not at all: to a program on this machine only.
    None,
}

/// A word that nobody else may read.
struct Secret {
    /// What it is called among those of the system.
    name: &'static str,
    folder: PathBuf,
    /// What it is, once somebody asked: the system is asked then, and not at each start.
    now: Mutex<Option<Option<String>>>,
}

impl Secret {
    fn of(folder: &Path, name: &'static str) -> Self {
        Self {
            name,
            folder: folder.to_owned(),
            now: Mutex::default(),
        }
    }

    fn get(&self) -> Option<String> {
        let asked = || kept_by_the_system(&self.folder, self.name).and_then(|entry| entry.get_password().ok());
        unpoisoned(&self.now).get_or_insert_with(asked).clone()
    }

    /// Keeps it, or keeps it no more.
    fn set(&self, secret: Option<&str>) {
        *unpoisoned(&self.now) = Some(secret.map(str::to_owned));
        let Some(entry) = kept_by_the_system(&self.folder, self.name) else {
            return;
        };
        let done = match secret {
            Some(secret) => entry.set_password(secret),
            None => entry.delete_credential(),
        };
        if !matches!(done, Ok(()) | Err(keyring::Error::NoEntry)) {
            tracing::warn!(name = self.name, "the system could not keep a secret");
        }
    }
}

/// What is set up on this machine.
pub struct Sending {
    folder: PathBuf,
    kept: Chosen<Kept>,
    token: Secret,
    password: Secret,
}

/// The same as the screen shows it.
#[derive(Serialize)]
pub struct SendingView {
    access_point: String,
    /// Whether its token is known.
    token: bool,
    mail: Option<MailServer>,
    /// Whether the mail server's password is known.
    password: bool,
    /// Whether the system keeps secrets; else they are asked for at each start.
    keyring: bool,
}

impl Sending {
    /// As it was set up on this machine.
    pub fn at(folder: &Path) -> Self {
        Self {
            kept: Chosen::at(folder, "sending.json"),
            token: Secret::of(folder, "access-point"),
            password: Secret::of(folder, "mail-server"),
            folder: folder.to_owned(),
        }
    }

    fn view(&self) -> SendingView {
        let Kept { access_point, mail } = self.kept.now().clone();
        SendingView {
            access_point,
            token: self.token.get().is_some(),
            mail,
            password: self.password.get().is_some(),
            keyring: kept_by_the_system(&self.folder, self.token.name).is_some(),
        }
    }

    /// Whether invoices go to an access point.
    pub fn has_access_point(&self) -> bool {
        !self.kept.now().access_point.is_empty()
    }

    /// Sends an invoice to the access point; answers where it went.
    ///
    /// # Errors
    /// In words, and nothing was taken: no token, no answer, a certificate that is not trusted, a token or an invoice that is refused.
    /// Where the answer did not come it says that nobody knows.
    pub fn invoice(&self, name: &str, bytes: &[u8]) -> Result<String, Message> {
        let address = self.kept.now().access_point.clone();
        let place = place_of(&address).ok_or(Message::new("sending-address"))?;
        let said = |key: &'static str| Message::new(key).with("place", Fact::Text(place.clone()));
        let token = self.token.get().ok_or_else(|| said("sending-no-token"))?;
        let agent = ureq::Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .timeout_connect(Some(REACHED))
            .timeout_global(Some(ANSWERED))
            // A token goes where somebody wrote it, and nowhere else.
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("Atelier/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let sent = agent
            .post(&address)
            .header("Authorization", format!("Bearer {token}"))
            .header("Content-Type", "application/xml; charset=utf-8")
            .header("Content-Disposition", format!("attachment; filename=\"{name}\""))
            // Sent twice by mistake, it is the same invoice.
            .header("Idempotency-Key", name)
            .send(bytes);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "whatever else goes wrong, it is not known whether the invoice arrived"
        )]
        let mut answer = sent.map_err(|why| match why {
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => said("sending-untrusted"),
            ureq::Error::HostNotFound
            | ureq::Error::ConnectionFailed
            | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => said("sending-unreachable"),
            ureq::Error::Io(why) if is_of_the_certificate(&why) => said("sending-untrusted"),
            ureq::Error::Io(why) if why.kind() == std::io::ErrorKind::ConnectionRefused => said("sending-unreachable"),
            _ => said("sending-unknown"),
        })?;
        match answer.status().as_u16() {
            200..=299 => Ok(place),
            401 | 403 => Err(said("sending-token")),
            // Whoever stands before it did not hear of it in time.
            408 | 500..=599 => Err(said("sending-unknown")),
            code => {
                let why = answer.body_mut().read_to_string().unwrap_or_default();
                Err(said("sending-refused")
                    .with("code", Fact::Text(code.to_string()))
                    .with("why", Fact::Text(shown(&why))))
            }
        }
    }

    /// Sends a mail as it is written, to `to` and a copy to `from`, the house itself.
    ///
    /// # Errors
    /// In words: an address that is none, a server that does not answer, is not trusted, or refuses.
    pub fn mail(&self, from: &str, to: &str, written: &[u8]) -> Result<(), Message> {
        let server = self.kept.now().mail.clone();
        let server = server.ok_or_else(|| Message::new("mail-server-none"))?;
        let address = |text: &str| {
            text.trim()
                .parse::<Address>()
                .map_err(|_| Message::new("mail-address").with("address", Fact::Text(text.to_owned())))
        };
        let (from, to) = (address(from)?, address(to)?);
        let envelope = Envelope::new(Some(from.clone()), vec![to, from]).map_err(|why| mail_failed(&server, &why))?;
        let way = way_to(&server, self.password.get())?;
        way.send_raw(&envelope, written)
            .map(drop)
            .map_err(|why| answered(&server, &why))
    }
}

/// A mail server that takes what is sent to it.
fn way_to(server: &MailServer, password: Option<String>) -> Result<SmtpTransport, Message> {
    let tls = || {
        TlsParameters::builder(server.host.clone())
            .certificate_store(CertificateStore::Default)
            .build()
            .map_err(|why| mail_failed(server, &why))
    };
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(tls()?),
        Security::Starttls => Tls::Required(tls()?),
        Security::None if is_here(&server.host) => Tls::None,
        Security::None => return Err(Message::new("mail-server-open")),
    };
    let way = SmtpTransport::builder_dangerous(&server.host)
        .port(server.port)
        .timeout(Some(ANSWERED))
        .tls(tls);
    if server.user.is_empty() {
        return Ok(way.build());
    }
    let password = password
        .ok_or_else(|| Message::new("mail-server-no-password").with("place", Fact::Text(server.host.clone())))?;
    Ok(way.credentials(Credentials::new(server.user.clone(), password)).build())
}

fn mail_failed(server: &MailServer, why: &dyn std::error::Error) -> Message {
    // The innermost says what it is.
    let mut why = why;
    while let Some(inner) = why.source() {
        why = inner;
    }
    Message::new("mail-server-failed")
        .with("place", Fact::Text(server.host.clone()))
        .with("why", Fact::Text(shown(&why.to_string())))
}

/// What a mail server that did not take something is said to have said.
fn answered(server: &MailServer, why: &lettre::transport::smtp::Error) -> Message {
    let said = |key: &'static str| Message::new(key).with("place", Fact::Text(server.host.clone()));
    match why.status().map(u16::from) {
        Some(530 | 534 | 535 | 538) => said("mail-server-login"),
        _ if why.is_tls() => said("sending-untrusted"),
        _ if why.is_timeout() => said("mail-unknown"),
        _ => mail_failed(server, why),
    }
}

fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(SHOWN).collect()
}

/// Whether a connection broke because the other side's certificate was not believed.
fn is_of_the_certificate(why: &std::io::Error) -> bool {
    why.to_string().to_lowercase().contains("certificate")
}

/// Whether a name is this machine's own.
fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
}

/// The host of an address that may be sent to: encrypted, or on this machine.
fn place_of(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let host = uri.host().filter(|host| !host.is_empty())?;
    // What opens the door is no part of where it is.
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return None;
    }
    let may = match uri.scheme_str()? {
        "https" => true,
        "http" => is_here(host),
        _ => false,
    };
    may.then(|| host.to_owned())
}

/// What is set up on this machine.
#[tauri::command(async)]
pub fn sending(open: State<'_, Open>, sending: State<'_, Sending>, at: At) -> Result<SendingView, Said> {
    open.for_one(&at, |_| Ok(()))?;
    Ok(sending.view())
}

/// Sets up where invoices go; an empty address has them go nowhere, an empty token keeps the one that is known.
#[tauri::command(async)]
pub fn set_access_point(
    open: State<'_, Open>,
    sending: State<'_, Sending>,
    address: String,
    token: String,
    at: At,
) -> Result<SendingView, Said> {
    manager(&open, &at)?;
    let (address, token) = (address.trim().to_owned(), token.trim());
    if !address.is_empty() && place_of(&address).is_none() {
        return Err(Said::asked(at.language(), &Message::new("sending-address")));
    }
    // What one was given is no other's to read.
    let whom = |address: &str| {
        address
            .parse::<Uri>()
            .ok()
            .map(|uri| (uri.scheme().cloned(), uri.authority().cloned()))
    };
    let before = whom(&sending.kept.now().access_point);
    if before != whom(&address) || address.is_empty() {
        sending.token.set(None);
    }
    if !token.is_empty() {
        sending.token.set(Some(token));
    }
    sending.kept.change(|kept| kept.access_point = address);
    Ok(sending.view())
}

/// Sets up the mail server, once it lets the house in; none has mails opened in the mail program. An empty password keeps the one that
/// is known.
#[tauri::command(async)]
pub fn set_mail_server(
    open: State<'_, Open>,
    sending: State<'_, Sending>,
    server: Option<TypedServer>,
    password: String,
    at: At,
) -> Result<SendingView, Said> {
    manager(&open, &at)?;
    let Some(server) = server else {
        sending.password.set(None);
        sending.kept.change(|kept| kept.mail = None);
        return Ok(sending.view());
    };
    let said = |why: &Message| Said::asked(at.language(), why);
    let server = server.read().map_err(|why| said(&why))?;
    let same = sending
        .kept
        .now()
        .mail
        .as_ref()
        .is_some_and(|known| (&known.host, known.port, &known.user) == (&server.host, server.port, &server.user));
    let known = sending.password.get().filter(|_| same);
    let password = Some(password).filter(|typed| !typed.is_empty()).or(known);
    let lets_in = way_to(&server, password.clone())
        .map_err(|why| said(&why))?
        .test_connection()
        .map_err(|why| said(&answered(&server, &why)))?;
    if !lets_in {
        let place = Fact::Text(server.host.clone());
        return Err(said(&Message::new("sending-unreachable").with("place", place)));
    }
    sending.password.set(password.as_deref());
    sending.kept.change(|kept| kept.mail = Some(server));
    Ok(sending.view())
}

/// A mail as it was looked at and changed.
#[derive(Deserialize)]
pub struct Mail {
    to: String,
    subject: String,
    text: String,
    /// Whether it is sent at once, by the house's own server; else it is opened in the mail program.
    send: bool,
}

/// Sends a mail with a paper attached, or opens it in the mail program, to be sent from there.
#[tauri::command(async)]
pub fn mail_paper(
    open: State<'_, Open>,
    sending: State<'_, Sending>,
    id: String,
    mail: Mail,
    at: At,
) -> Result<(), Said> {
    let (number, bytes) = paper(&open, &id, &at)?;
    let known = open.for_one(&at, |counter| counter.mail(&id, &at.context()))?;
    let mut message = MessageBuilder::new()
        .from((known.from_name, known.from.clone()))
        .to((known.to_name, mail.to.clone()))
        .subject(mail.subject)
        .text_body(mail.text)
        .attachment("application/pdf", format!("{}.pdf", number.replace('/', "-")), bytes);
    if let Some(notice) = known.notice {
        let (name, bytes) = open.for_one(&at, |counter| {
            counter.export(&Export::Attachment { id: notice }, &at.context())
        })?;
        message = message.attachment("application/pdf", name, bytes);
    }
    message = message.message_id(format!("{}@atelier", uuid::Uuid::now_v7().simple()));
    if !mail.send {
        message = message.header("X-Unsent", Raw::new("1"));
    }
    let written = message.write_to_vec().map_err(|why| fault(&open, &why.to_string()))?;
    if mail.send {
        let sent = sending.mail(&known.from, &mail.to, &written);
        return sent.map_err(|why| Said::asked(at.language(), &why));
    }
    let (_, file) = on_its_way(&open, &format!("{number}.eml"), &written)?;
    opened(&at, &file)
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn nothing_is_sent_in_the_clear_but_to_this_machine() {
        assert_eq!(
            place_of("https://peppol.example/in?a=1"),
            Some("peppol.example".to_owned())
        );
        assert_eq!(place_of("http://127.0.0.1:8080/in"), Some("127.0.0.1".to_owned()));
        for wrong in [
            "http://peppol.example/in",
            "peppol.example",
            "ftp://peppol.example",
            "https://",
            "",
        ] {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
    }
}
