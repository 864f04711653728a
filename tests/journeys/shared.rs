//! A house that moves to a server, and a second workstation that joins it: both in the real window.

use crate::main_job::a_house;
use crate::window::Window;
use atelier_core::counter::{Action, Context, Counter};
use atelier_core::store::Store;
use atelier_core::words::Language;
use atelier_tests::card;
use atelier_tests::server::Database;

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
    a_colleague_adds(address, who, "Cleo from the bench");
    window.says("Cleo from the bench").await;
    window.picture("joined-light").await;
    window.close().await;
    std::thread::spawn(move || drop(database)).join().expect("gone");
}
