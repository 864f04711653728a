//! What the program sends by itself, in the real window: an e-invoice to an access point over HTTPS, and a paper by the house's mail
//! server. Both are servers of the test's own.

use crate::invoices::invoiced;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What a server was sent.
type Sent = Arc<Mutex<Vec<String>>>;

/// Listens, and has every connection answered.
fn listens(serve: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || listener.incoming().flatten().for_each(serve));
    port
}

/// An access point that takes what comes with the token `right`. Its certificate is written into `authority`, where that is named.
fn access_point(authority: Option<&Path>) -> (u16, Sent) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    if let Some(file) = authority {
        std::fs::write(file, made.cert.pem()).expect("a file");
    }
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a server");
    let (config, sent) = (Arc::new(config), Sent::default());
    let taken = sent.clone();
    let port = listens(move |stream| {
        let Ok(connection) = ServerConnection::new(config.clone()) else {
            return;
        };
        // A client that does not trust it breaks off: there is nothing to answer.
        let _ = answers(StreamOwned::new(connection, stream), &taken);
    });
    (port, sent)
}

fn answers(stream: StreamOwned<ServerConnection, TcpStream>, taken: &Sent) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let head = head.to_lowercase();
    let length = head
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body)?;
    let (status, said) = if !head.contains("authorization: bearer right") {
        ("401 Unauthorized", "who are you?")
    } else if taken.lock().expect("what was sent").is_empty() && head.contains("/full") {
        ("422 Unprocessable Content", "the buyer is not known here")
    } else {
        taken
            .lock()
            .expect("what was sent")
            .push(format!("{head}{}", String::from_utf8_lossy(&body)));
        ("202 Accepted", "thank you")
    };
    let stream = stream.get_mut();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        said.len()
    )?;
    stream.flush()?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A mail server that lets the name `shop` in with the password `right`.
fn mail_server() -> (u16, Sent) {
    let sent = Sent::default();
    let taken = sent.clone();
    let port = listens(move |stream| {
        let _ = takes_mail(stream, &taken);
    });
    (port, sent)
}

fn takes_mail(stream: TcpStream, taken: &Sent) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut mail = String::new();
    write!(out, "220 ready\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "EHLO" => write!(out, "250-here\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n")?,
            // The name and the password, as PLAIN puts them.
            "AUTH" if line.ends_with("AHNob3AAcmlnaHQ=") => write!(out, "235 welcome\r\n")?,
            "AUTH" => write!(out, "535 no\r\n")?,
            "MAIL" | "RCPT" => {
                mail.push_str(&format!("{line}\n"));
                write!(out, "250 ok\r\n")?;
            }
            "DATA" => {
                write!(out, "354 go on\r\n")?;
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    mail.push_str(&format!("{line}\n"));
                }
                taken.lock().expect("what was sent").push(std::mem::take(&mut mail));
                write!(out, "250 taken\r\n")?;
            }
            "QUIT" => return write!(out, "221 bye\r\n"),
            _ => write!(out, "250 ok\r\n")?,
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_invoice_goes_to_the_access_point_and_a_paper_by_mail() {
    let (home, _saved, window) = invoiced().await;
    let (port, taken) = access_point(Some(&home.path().join("authority.pem")));
    let (stranger, nothing) = access_point(None);
    window.presses("Close").await;
    let number = format!("FA{}-0001", chrono::Local::now().format("%Y"));
    let sets_up = async |address: &str, token: &str| {
        window.presses("House").await;
        window.types("Address of the access point", 1, address).await;
        window.types("Token", 1, token).await;
        window.submits_with("Token", "Save").await;
    };
    // What would go in the clear is refused.
    sets_up("http://peppol.example/in", "wrong").await;
    window.says("begins with https://").await;
    let hands_over = async || {
        window.says("Saved").await;
        window.scans(&number, 5).await;
        window.presses("Hand over the e-invoice").await;
    };
    sets_up(&format!("https://localhost:{stranger}/in"), "right").await;
    hands_over().await;
    window.says("does not trust the certificate").await;
    window.presses("Close").await;
    sets_up(&format!("https://localhost:{port}/full"), "wrong").await;
    hands_over().await;
    window.says("refuses the token").await;
    window.picture("token-refused-light").await;
    window.presses("Close").await;
    sets_up(&format!("https://localhost:{port}/full"), "right").await;
    hands_over().await;
    window.says("the buyer is not known here").await;
    window.presses("Close").await;
    assert!(taken.lock().expect("what was sent").is_empty(), "nothing was taken yet");
    assert!(nothing.lock().expect("what was sent").is_empty(), "a stranger was told");
    sets_up(&format!("https://localhost:{port}/in"), "").await;
    window.picture("sending-light").await;
    hands_over().await;
    window.says("Handed over: localhost").await;
    let sent = taken.lock().expect("what was sent").join("\n");
    assert!(
        sent.contains("idempotency-key: fa20") && sent.contains("<cbc:EndpointID schemeID=\"0208\">0441574880"),
        "{sent}"
    );

    // The same paper by mail, once the server lets the house in.
    let (port, mails) = mail_server();
    window.presses("Close").await;
    let serves = async |password: &str| {
        window.presses("House").await;
        window.types("Server", 1, "127.0.0.1").await;
        window.types("Port", 1, &port.to_string()).await;
        window.chooses("Encryption", 1, "None (this computer only)").await;
        window.types("User name", 1, "shop").await;
        window.types("Password", 1, password).await;
        window.submits_with("User name", "Try and save").await;
    };
    serves("wrong").await;
    window.says("does not let you in").await;
    serves("right").await;
    window.says("Switch off").await;
    window.scans(&number, 5).await;
    window.presses("E-mail").await;
    window.types("E-mail", 1, "not an address").await;
    window.submits("Send").await;
    window.says("is no mail address").await;
    window.types("E-mail", 1, "books@peeters.example").await;
    window.picture("mail-sent-light").await;
    window.submits("Send").await;
    window.says("Sent, with a copy to the house").await;
    let mail = mails.lock().expect("mails").join("\n");
    for wanted in ["RCPT TO:<books@peeters.example>", "application/pdf", "FA20"] {
        assert!(mail.contains(wanted), "{wanted}: {mail}");
    }
    assert!(!mail.contains("X-Unsent"), "a mail that was sent is no draft");
    window.close().await;
}
