//! A house with several workstations, as the window sees it: going over to its server and back, what the others do, and who of
//! them is at the same dossier.

use crate::counter::{At, Open, Said, said, unpoisoned};
use crate::safety::{Doing, keep_key, manager, settle_in};
use crate::shared::Shared;
use atelier_core::refusal::Refusal;
use atelier_core::store::together::Listener;
use atelier_core::store::{Done, Trouble};
use serde::Serialize;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _, State};

/// How long a window waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so long the server is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// So often it is looked whether whoever works here went to another dossier.
const LOOKS: Duration = Duration::from_millis(300);
/// So often it is said again where they are.
const SAYS: Duration = Duration::from_secs(10);

/// What is known of the other workstations.
#[derive(Default)]
pub struct Together {
    news: Mutex<News>,
    told: Condvar,
    /// Who works here, and the dossier they are at.
    here: Mutex<(String, String)>,
    /// The certificate that was shown last to whoever wants to go to a server.
    shown: Mutex<Option<String>>,
}

/// What was heard last.
#[derive(Default, Clone, PartialEq, Eq)]
struct News {
    /// Counts whatever changed in it.
    turn: u64,
    /// Whether the server answers.
    reached: bool,
    /// The number of the last thing anybody did.
    last: i64,
    others: Vec<Other>,
}

/// A colleague at another workstation.
#[derive(Clone, PartialEq, Eq, Serialize)]
struct Other {
    dossier: String,
    name: String,
}

/// Where the house's store lies, and what is known of the others, as the screen shows it.
#[derive(Serialize)]
pub struct SharedView {
    /// The address on its server; nothing for a file of this machine.
    address: Option<String>,
    reached: bool,
    turn: u64,
    last: i64,
    others: Vec<Other>,
}

impl Together {
    fn hears(&self, change: impl FnOnce(&mut News)) {
        let mut news = unpoisoned(&self.news);
        let before = news.clone();
        change(&mut news);
        if *news != before {
            news.turn += 1;
            self.told.notify_all();
        }
    }

    /// What is known as soon as it is something else than at that turn, or after a while.
    fn after(&self, turn: u64) -> News {
        let news = unpoisoned(&self.news);
        let waited = self.told.wait_timeout_while(news, PATIENCE, |news| news.turn == turn);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Listens to the others as long as the house lies there and the line holds.
    fn listens(&self, open: &Open, shared: &Shared, station: &str) -> Done<()> {
        let mut listener = Listener::at(&shared.way()?, station)?;
        let (mut at, mut said_at) = (None, Instant::now());
        let mut heard = true;
        while open.shared().is_some_and(|now| now.address == shared.address) {
            let here = unpoisoned(&self.here).clone();
            let again = said_at.elapsed() > SAYS;
            if again || at.as_ref() != Some(&here) {
                listener.says(&here.0, &here.1)?;
                (at, said_at) = (Some(here), Instant::now());
            }
            // Whoever is not heard of for long is gone, which nobody says.
            if heard || again {
                let last = listener.last_entry()?;
                let others = listener.others()?.into_iter().map(|there| Other {
                    dossier: there.dossier,
                    name: there.name,
                });
                let others = others.collect();
                self.hears(|news| {
                    news.reached = true;
                    news.last = last;
                    news.others = others;
                });
            }
            heard = listener.hears(LOOKS)?;
        }
        Ok(())
    }
}

/// Listens to the other workstations whenever the house lies on a server.
pub fn listens(app: AppHandle) {
    std::thread::spawn(move || {
        let (open, together) = (app.state::<Open>(), app.state::<Together>());
        let station = uuid::Uuid::new_v4().to_string();
        loop {
            // Who is not let in asks no more: a password may be wrong.
            if let Some(shared) = open.shared().filter(|_| open.is_open())
                && together.listens(&open, &shared, &station).is_err()
            {
                together.hears(|news| {
                    news.reached = false;
                    news.others.clear();
                });
            }
            std::thread::sleep(AGAIN);
        }
    });
}

/// Where the store lies, and what the others do: answered as soon as that is something else than at that turn.
#[tauri::command]
pub async fn shared_house(app: AppHandle, turn: u64, at: At) -> Result<SharedView, Said> {
    let waits = move || {
        let open = app.state::<Open>();
        let Some(shared) = open.shared() else {
            return Ok(SharedView {
                address: None,
                reached: true,
                turn,
                last: 0,
                others: Vec::new(),
            });
        };
        let news = app.state::<Together>().after(turn);
        if news.reached {
            open.by_itself(&at, |_| Ok(()))?;
        }
        Ok(SharedView {
            address: Some(shared.address),
            reached: news.reached,
            turn: news.turn,
            last: news.last,
            others: news.others,
        })
    };
    // It waits for long: not on a thread that answers others.
    let waited = tauri::async_runtime::spawn_blocking(waits).await;
    waited.unwrap_or_else(|_| Err(Said::refused(atelier_core::words::Language::En, &Refusal::Stopped)))
}

/// Says which dossier whoever works here is at; none where nothing is open, or nobody is signed in.
#[tauri::command(async)]
pub fn at_dossier(open: State<'_, Open>, together: State<'_, Together>, dossier: String, at: At) -> Result<(), Said> {
    if dossier.is_empty() {
        *unpoisoned(&together.here) = (at.who().to_owned(), String::new());
        return Ok(());
    }
    open.by_itself(&at, |_| Ok(()))?;
    *unpoisoned(&together.here) = (at.who().to_owned(), dossier);
    Ok(())
}

/// Goes over to a house that lies on a server: the one that is there, or with `bring` this one, which moves there with everything it
/// has. What this machine had is kept, and opens no more. With `trust` the certificate that was shown last is believed.
#[tauri::command(async)]
pub fn share_house(
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    together: State<'_, Together>,
    way: Typed,
    bring: bool,
    at: At,
) -> Result<(), Said> {
    let told = |trouble: Trouble| said(at.language(), &trouble);
    let has_moved = open.has_moved();
    if bring && has_moved {
        return Err(Said::refused(at.language(), &Refusal::Moved));
    }
    let is_set_up = !has_moved
        && open.with(at.language(), |counter| match counter.house_name() {
            Ok(_) => Ok(true),
            Err(Trouble::Refused(Refusal::NoHouse)) => Ok(false),
            Err(why) => Err(why),
        })?;
    // Before the first start, and where it moved away, anybody may say where the house is.
    if is_set_up {
        manager(&open, &at)?;
    }
    if is_set_up && !bring {
        return Err(Said::refused(at.language(), &Refusal::NotEmpty));
    }
    let mut shared = Shared::typed(&way.address, &way.password).map_err(told)?;
    if let (true, Some(shown)) = (way.trust, unpoisoned(&together.shown).clone()) {
        shared = shared.trusting(shown);
    }
    let there = shared.opened().map_err(|trouble| {
        if let Trouble::Refused(Refusal::ServerUntrusted { fingerprint }) = &trouble {
            *unpoisoned(&together.shown) = Some(fingerprint.clone());
        }
        told(trouble)
    })?;
    let _one = doing.alone(&at)?;
    if bring {
        doing.moves(&at, |how_far| {
            open.goes_over(at.language(), shared, there, Some(how_far))
        })
    } else {
        open.goes_over(at.language(), shared, there, None)
    }
}

/// The way to a server, as it is typed.
#[derive(serde::Deserialize)]
pub struct Typed {
    address: String,
    password: String,
    /// Whether the certificate that was shown is the server's.
    trust: bool,
}

/// Brings the house back from its server to this machine, with everything it has.
#[tauri::command(async)]
pub fn bring_house_home(open: State<'_, Open>, doing: State<'_, Doing>, at: At) -> Result<(), Said> {
    manager(&open, &at)?;
    let _one = doing.alone(&at)?;
    // Whatever happens then, this machine opens what comes here.
    if let Some(key) = open.key() {
        keep_key(open.folder(), &key);
    }
    doing.moves(&at, |how_far| open.comes_home(at.language(), how_far))
}

/// Believes the certificate that the house's server shows, where the program could not open the house for it.
#[tauri::command(async)]
pub fn trust_server(app: AppHandle, open: State<'_, Open>, at: At) -> Result<(), Said> {
    open.trusts(at.language())?;
    std::thread::spawn(move || settle_in(&app));
    Ok(())
}
