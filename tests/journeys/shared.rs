//! A house that moves to a server, and a second workstation that joins it: both in the real window.

use crate::main_job::a_house;
use crate::window::Window;
use atelier_core::counter::{Action, Context, Counter};
use atelier_core::store::Store;
use atelier_core::words::Language;
use atelier_tests::card;
use atelier_tests::server::{Cluster, Database};
use postgres::{Client, NoTls};

/// What a colleague at another workstation does meanwhile.
fn a_colleague_adds(address: String, who: String, name: &'static str) {
    let work = move || {
        let mut counter = Counter::over(Store::on_server(&address).expect("the house's server"));
        let context = Context {
            who,
            instant: chrono::Local::now().fixed_offset(),
            seed: [9; 16],
            salt: [8; 16],
            language: Language::En,
            sure: true,
        };
        counter
            .act(&Action::AddClient { card: card(name) }, &context)
            .expect("done");
    };
    std::thread::spawn(work).join().expect("a colleague");
}

#[tokio::test]
async fn a_house_moves_to_a_server_and_another_workstation_joins_it() {
    let database = std::thread::spawn(Database::with_store).join().expect("a database");
    let address = database.address();
    let (home, saved, window) = a_house("Laurence Vandenborre").await;
    window.begins("New client").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.submits("Save").await;
    window.says("Anna Łukaszewska").await;
    window.presses("House").await;
    // What cannot be reached is said, and nothing has moved.
    window
        .types("Address of the server", 1, "postgres://127.0.0.1:1/x?connect_timeout=1")
        .await;
    window.submits("Move to the server").await;
    window.says("The house’s server does not answer").await;
    window.types("Address of the server", 1, &address).await;
    window.submits("Move to the server").await;
    window.says("This house lies on a server").await;
    window.picture("shared-light").await;
    window.close().await;
    // Opened again, it is there; the file opens no more.
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    window.close().await;
    let file = Window::data_in(home.path()).join("atelier.db");
    let moved = std::thread::spawn(move || Store::open(&file).err().map(|why| why.to_string()));
    assert!(moved.join().expect("a look").is_some());

    // Another machine, with nothing on it, joins the house.
    let other = tempfile::tempdir().expect("another home");
    let window = Window::open(other.path(), &saved).await;
    window.says("Which house are you?").await;
    window.types("Address of the server", 1, &address).await;
    window.submits("Open the house on the server").await;
    window.chooses_who("Laurence").await;
    window.presses("Clients").await;
    window.says("Anna Łukaszewska").await;
    // What a colleague does shows by itself.
    let who = {
        let address = address.clone();
        std::thread::spawn(move || {
            let mut store = Store::on_server(&address).expect("the house's server");
            let staff = store.read(atelier_core::store::house::staff).expect("its people");
            staff.first().expect("somebody").id.clone()
        })
        .join()
        .expect("who works there")
    };
    a_colleague_adds(address.clone(), who, "Cleo from the bench");
    window.says("Cleo from the bench").await;
    window.picture("joined-light").await;
    window.close().await;

    // It comes home, and the program ends before it took its place: the next start finds it here.
    let coming = Window::data_in(home.path()).join("coming.db");
    let moves = move || {
        let mut here = Store::open(&coming).expect("a file");
        let mut there = Store::on_server(&address).expect("the house's server");
        there.move_into(&mut here, &mut |_| true).expect("moved");
    };
    std::thread::spawn(moves).join().expect("it comes home");
    let window = Window::open(home.path(), &saved).await;
    window.chooses_who("Laurence").await;
    window.presses("Clients").await;
    window.says("Cleo from the bench").await;
    window.presses("House").await;
    // From there it moves to another server, and whoever looks for it on the old one is told, and follows.
    let second = std::thread::spawn(Database::with_store).join().expect("a database");
    window.types("Address of the server", 1, &second.address()).await;
    window.submits("Move to the server").await;
    window.says("This house lies on a server").await;
    window.close().await;
    let window = Window::open(other.path(), &saved).await;
    window.says("This house has moved").await;
    window.picture("moved-light").await;
    window.types("Address of the server", 1, &second.address()).await;
    window.submits("Open the house on the server").await;
    window.chooses_who("Laurence").await;
    window.presses("Clients").await;
    window.says("Cleo from the bench").await;
    window.close().await;
    let gone = move || drop((database, second));
    std::thread::spawn(gone).join().expect("gone");
}

/// A server of the test's own, asked over TLS under another name of this machine; and on it a database whose clock is wrong.
fn a_server() -> Cluster {
    let signed = rcgen::generate_simple_self_signed(vec!["atelier.example".to_owned()]).expect("a certificate");
    let cluster = Cluster::made();
    let (certificate, key) = (cluster.folder().join("own.crt"), cluster.folder().join("own.key"));
    std::fs::write(&certificate, signed.cert.pem()).expect("a certificate");
    std::fs::write(&key, signed.signing_key.serialize_pem()).expect("a key");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("its own");
    cluster.gives(cluster.folder());
    let cluster = cluster
        .with("listen_addresses=127.0.0.1,127.0.0.2")
        .with("ssl=on")
        .with(&format!("ssl_cert_file={}", certificate.display()))
        .with(&format!("ssl_key_file={}", key.display()));
    cluster.starts();
    let said = |database: &str, statement: &str| {
        let address = cluster
            .address("127.0.0.1")
            .replace("/postgres", &format!("/{database}"));
        let mut client = Client::connect(&address, NoTls).expect("the server");
        client
            .batch_execute(statement)
            .unwrap_or_else(|why| panic!("{statement}: {why}"));
    };
    said("postgres", "CREATE DATABASE house");
    said("postgres", "CREATE DATABASE late");
    said(
        "late",
        "CREATE FUNCTION public.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE sql AS $$ SELECT now() - INTERVAL '7 minutes' $$;
         ALTER DATABASE late SET search_path = public, pg_catalog",
    );
    cluster
}

async fn takes_a_ring_in(window: &Window) {
    window.begins("New intake").await;
    window.says("Declared value").await;
    window.types("Name", 1, "Anna Łukaszewska").await;
    window.types("Telephone", 1, "0475/12.34.56").await;
    window.types("Street and number", 1, "Meir 12").await;
    window.types("Postal code", 1, "2000").await;
    window.types("Town", 1, "Antwerpen").await;
    window
        .types("Description", 1, "Ring, yellow metal, colourless stone")
        .await;
    window.types("Envelope number", 1, "E-0001").await;
    window.types("Declared value", 1, "2.500,00").await;
    window.types("Length", 1, "4,6").await;
    window.types("Width", 1, "4,6").await;
    window.types("Depth", 1, "2,8").await;
    window.types("Stamp as read", 1, "18k").await;
    window.presses("from the stamp").await;
    window.types("Gross", 1, "12,34").await;
    window.types("Stones in it", 1, "0").await;
    for consent in [
        "The piece is melted completely",
        "own stones and metal are worked",
        "Sketches, drawings and models",
    ] {
        window.ticks(consent).await;
    }
    window.ticks("The client signs the printed receipt").await;
    window.presses("Take in and issue the receipt").await;
    window.wait_for("//dialog//img").await;
    window.puts_away().await;
}

/// An order of a tailor-made ring that waits for its deposit.
async fn sells_a_ring(window: &Window) {
    window.presses("Ask").await;
    window.presses("How much is there to pay?").await;
    window.types("Unit price, VAT included", 1, "3147,80").await;
    window.presses("Make a quote").await;
    window.types("Name", 1, "Berta Weiß").await;
    window.submits("New project").await;
    window.says("P20").await;
    window.types("Description", 1, "Ring in 18k gold with a sapphire").await;
    window.presses("Issue the quote").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Record consents").await;
    window.ticks("Sketches").await;
    window.submits("Record consents").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
    window.picks("Record that the quote is accepted").await;
    window.chooses("How the client accepted", 1, "signed on paper").await;
    window.chooses("How the order is placed", 1, "in the shop").await;
    window.submits("Record that the quote is accepted").await;
    window.says("Save the PDF").await;
    window.presses("Close").await;
}

/// Waits until a field of the page holds that.
async fn holds(window: &Window, text: &str) {
    let fields = "return [...document.querySelectorAll('main form input')].map((input) => input.value).join('|')";
    for _ in 0..100 {
        if window
            .runs(fields)
            .await
            .as_str()
            .is_some_and(|fields| fields.contains(text))
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    window.picture("failed").await;
    panic!("no field holds {text}: {}", window.runs(fields).await);
}

#[tokio::test]
async fn two_workstations_work_together_and_the_server_may_go_away_meanwhile() {
    let cluster = std::thread::spawn(a_server).join().expect("a server");
    let address = |host: &str, name: &str| cluster.address(host).replace("/postgres", &format!("/{name}"));
    let (_home, saved, counter) = a_house("Laurence Vandenborre").await;
    counter.presses("House").await;
    counter.types("Name", 1, "Bea").await;
    counter.submits_with("Name", "Add").await;
    counter.says("Bea").await;
    counter
        .types("Address of the server", 1, &address("127.0.0.1", "house"))
        .await;
    counter.submits("Move to the server").await;
    counter.says("This house lies on a server").await;
    counter.chooses_who("Laurence").await;

    // The bench joins, over the net: a server whose clock is wrong is refused, and one that nobody vouches for is believed by its
    // fingerprint alone.
    let home = tempfile::tempdir().expect("another home");
    let bench = counter.beside(home.path(), &saved).await;
    bench.says("Which house are you?").await;
    bench
        .types("Address of the server", 1, &address("127.0.0.1", "late"))
        .await;
    bench.submits("Open the house on the server").await;
    bench.says("minutes apart").await;
    bench
        .types("Address of the server", 1, &address("127.0.0.2", "house"))
        .await;
    bench.submits("Open the house on the server").await;
    bench.says("Compare this fingerprint").await;
    bench.picture("fingerprint-light").await;
    bench.presses("The fingerprint is the same").await;
    bench.chooses_who("Bea").await;
    bench.presses("Today").await;

    // One takes a piece in and sells a ring; the other sees both on Today, and books the deposit.
    takes_a_ring_in(&counter).await;
    bench.says("Anna Łukaszewska").await;
    sells_a_ring(&counter).await;
    bench.says("Berta Weiß").await;
    bench.picture("seen-from-the-bench-light").await;
    bench
        .press("//main//button[starts-with(normalize-space(.), 'Book')]")
        .await;
    counter.says("Also at this dossier: Bea").await;
    bench.says("Also at this dossier: Laurence").await;
    counter.picture("also-here-light").await;
    bench.picks("Book a payment").await;
    bench.submits("Book a payment").await;
    bench.says("Save the PDF").await;
    bench.puts_away().await;
    counter.says("Payment · bank transfer").await;

    // Both change one card: who comes second is told who was first, and what was typed stays.
    for window in [&counter, &bench] {
        window.presses("Clients").await;
        window.presses("Anna Łukaszewska").await;
        holds(window, "Meir 12").await;
    }
    counter.types("Telephone", 1, "03 231 11 11").await;
    counter.says("What you type is saved").await;
    bench.types("Telephone", 1, "03 999 99 99").await;
    bench.types("Street and number", 1, "Hoveniersstraat 2").await;
    bench.submits("Save").await;
    bench.says("Saved").await;
    counter.submits("Save").await;
    counter.says("Bea changed this meanwhile").await;
    counter.says("Telephone: your colleague wrote “03 999 99 99”").await;
    counter.picture("clash-light").await;
    counter.submits("Save").await;
    counter.says("Saved").await;
    holds(&counter, "03 231 11 11").await;
    holds(&counter, "Hoveniersstraat 2").await;

    // What one half typed is theirs until the other takes it over.
    bench.begins("New intake").await;
    bench.says("Declared value").await;
    bench.types("Name", 1, "Cleo Half").await;
    bench.says("What you type is saved").await;
    counter.presses("Today").await;
    counter.says("Cleo Half").await;
    counter.says("Bea ·").await;
    counter.presses("Take over").await;
    counter.wait_for("//main//form").await;
    holds(&counter, "Cleo Half").await;

    // The server goes away while somebody types, and comes back.
    cluster.breaks();
    counter.says("The house’s server does not answer").await;
    counter.types("Name", 1, "Cleo Whole").await;
    counter.says("is kept on this computer until the server answers").await;
    counter.picture("server-away-light").await;
    cluster.starts();
    counter.says("What you type is saved").await;
    counter
        .is_gone("//*[contains(text(), 'Atelier keeps trying; what you type')]")
        .await;
    let kept = {
        let address = address("127.0.0.1", "house");
        std::thread::spawn(move || {
            let mut store = Store::on_server(&address).expect("the house's server");
            let drafts = store.read(atelier_core::store::drafts::all).expect("the drafts");
            drafts.into_iter().any(|draft| draft.body.contains("Cleo Whole"))
        })
    };
    assert!(kept.join().expect("a look"), "what was typed meanwhile is not there");

    // The house comes home to the counter's machine; the bench is told.
    bench.close().await;
    counter.presses("House").await;
    counter.presses("Bring back to this computer").await;
    counter.presses_in_dialog("Bring back to this computer").await;
    counter.says("Move with everything to a PostgreSQL server").await;
    counter.chooses_who("Laurence").await;
    counter.presses("Clients").await;
    counter.says("Berta Weiß").await;
    counter.close().await;
    std::thread::spawn(move || drop(cluster)).join().expect("gone");
}
