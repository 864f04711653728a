//! The shell: the window, files, the printer and the clock. No rule lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod chosen;
mod counter;
mod desktop;
mod invoices;
mod panics;
mod phone;
mod place;
mod reader;
mod safety;
mod said;
mod sending;
mod shared;
mod together;

use std::sync::atomic::{AtomicU32, Ordering};
use tauri::webview::{NewWindowResponse, PermissionKind, PermissionResponse};
use tauri::{AppHandle, Manager as _, RunEvent};

/// Whether an address is one of the program's own pages.
fn is_own(page: &tauri::Url) -> bool {
    // Windows gives them an address of the web; a port makes it somebody else's.
    let on_windows = cfg!(windows) && page.host_str() == Some("tauri.localhost") && page.port().is_none();
    page.scheme() == "tauri" || on_windows
}

/// The window shows the program and nothing else: a link or a file that would take its place is not followed.
fn stays<R: tauri::Runtime>() -> tauri::plugin::TauriPlugin<R> {
    tauri::plugin::Builder::new("stays")
        .on_navigation(|_, to| {
            let own = is_own(to);
            if !own {
                tracing::warn!("the window was to go to another place, and stays");
            }
            own
        })
        .build()
}

/// Which leaving is under way: the window is closed, and the program ends once the day's backup is made. Nought where none is; a
/// second start takes it back.
#[derive(Default)]
struct Leaving {
    now: AtomicU32,
    so_far: AtomicU32,
}

/// Opens the window that the configuration describes; its frame says where one is.
fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.first().cloned() else {
        return Ok(());
    };
    let window = tauri::WebviewWindowBuilder::from_config(app, &config)?
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .on_permission_request(|_, kind| {
            // A piece is photographed at the counter; the system asks whether the program may.
            if kind == PermissionKind::Camera {
                PermissionResponse::Allow
            } else {
                PermissionResponse::Deny
            }
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    desktop::with_camera(&window);
    Ok(())
}

/// The window is gone at once; the backup of what was done since the last one is made behind it.
fn leave(app: &AppHandle) {
    let app = app.clone();
    let leaving = app.state::<Leaving>();
    let this = leaving.so_far.fetch_add(1, Ordering::SeqCst) + 1;
    leaving.now.store(this, Ordering::SeqCst);
    std::thread::spawn(move || {
        let open = app.state::<counter::Open>();
        app.state::<desktop::Saving>().ends();
        open.close();
        safety::into_series(&open, &app.state::<safety::Doing>(), safety::Wanted::IfNew);
        if app.state::<Leaving>().now.load(Ordering::SeqCst) == this {
            app.exit(0);
        }
    });
}

/// So many of the page's questions are worked on at once.
const AT_ONCE: usize = 16;

/// Commands wait: for the disk, the house's server, the system's keyring. Of itself Tauri works on as many as there are processors; on a
/// small machine two that wait would hold up whatever else the page asks. Threads that wait cost next to nothing.
fn many_at_once() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(AT_ONCE)
        .enable_all()
        .build()
}

/// Opens the store behind the window, which does not wait for it: after an update or a crash it may take seconds. What the page asks
/// waits.
fn opens(app: &AppHandle) -> std::thread::JoinHandle<()> {
    let app = app.clone();
    let (holds, held) = std::sync::mpsc::channel();
    let opening = std::thread::spawn(move || {
        let open = app.state::<counter::Open>();
        let told = || {
            let _ = holds.send(());
        };
        open.opens(told, || safety::kept_key(open.folder()));
    });
    // Nothing is asked before the store is held.
    let _ = held.recv();
    opening
}

fn main() {
    if reader::is_asked() {
        std::process::exit(reader::serve());
    }
    desktop::paint_with_the_processor();
    // Held to the end; where the system gives none, Tauri makes its own.
    let working = many_at_once().ok();
    if let Some(working) = &working {
        tauri::async_runtime::set(working.handle().clone());
    }
    let app = tauri::Builder::default()
        .manage(Leaving::default())
        // The first plugin: a second start brings the first window forward, and ends.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            } else if app.state::<Leaving>().now.swap(0, Ordering::SeqCst) > 0 {
                let app = app.clone();
                std::thread::spawn(move || {
                    if open_window(&app).is_err() {
                        app.exit(1);
                    }
                });
            }
        }))
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            open_window(app.handle())?;
            Ok(())
        })
        .plugin(stays())
        .register_asynchronous_uri_scheme_protocol("atelier", |context, request, responder| {
            let (app, label) = (context.app_handle().clone(), context.webview_label().to_owned());
            tauri::async_runtime::spawn_blocking(move || {
                // Should another page ever stand in the window, a client's photo is not for it.
                let page = app.get_webview_window(&label).and_then(|asking| asking.url().ok());
                responder.respond(if page.is_some_and(|page| is_own(&page)) {
                    desktop::bytes(&app, &request)
                } else {
                    desktop::not_there()
                });
            });
        })
        .invoke_handler(tauri::generate_handler![
            counter::ask,
            counter::act,
            counter::rehearse,
            counter::save_draft,
            counter::drop_draft,
            counter::take_over_draft,
            counter::sign_in,
            counter::lock,
            counter::here,
            counter::change_person,
            safety::unlock,
            safety::safety,
            safety::back_up,
            safety::progress,
            safety::stop,
            safety::look_at_backup,
            safety::restore,
            safety::check,
            safety::new_key,
            safety::encrypt,
            safety::decrypt,
            safety::save_recovery,
            safety::save_log,
            desktop::add_photo,
            desktop::add_file,
            desktop::preview_paper,
            safety::second_place,
            safety::last_backups,
            together::shared_house,
            together::at_dossier,
            together::share_house,
            together::bring_house_home,
            together::trust_server,
            phone::phone_folder,
            phone::phone_photos,
            phone::take_phone_photo,
            invoices::invoice_folder,
            invoices::hand_over_invoice,
            sending::sending,
            sending::set_access_point,
            sending::set_mail_server,
            sending::mail_paper,
            desktop::printers,
            desktop::show_saved,
            desktop::use_examples,
            desktop::print_paper,
            desktop::save_paper,
            desktop::save_export,
            desktop::stop_saving,
        ])
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(why) => {
            eprintln!("Atelier cannot open its window: {why}");
            std::process::exit(1);
        }
    };
    // Local: what roams from one Windows machine to another would be two stores.
    let folder = match app.path().app_local_data_dir() {
        Ok(folder) => folder,
        Err(why) => {
            eprintln!("Atelier finds no folder for its data: {why}");
            std::process::exit(1);
        }
    };
    // What cannot be brought along is worked on where it is.
    let folder = match app.path().app_data_dir() {
        Ok(roaming) if !desktop::moves_in(&roaming, &folder) => roaming,
        _ => folder,
    };
    let log = desktop::log_to(&folder);
    panics::keep_their_words_out_of_the_log();
    // A house to play with lies in a folder of its own.
    let (root, folder) = (folder.clone(), desktop::chosen_folder(&folder));
    if folder != root {
        desktop::clear_half_filled(&folder);
    }
    app.manage(desktop::Root(root));
    app.manage(counter::Open::at(&folder));
    let opening = opens(app.handle());
    desktop::lies_beside(&app.state::<desktop::Root>().0);
    if app.state::<counter::Open>().is_alone() {
        desktop::clear_the_way();
    }
    if folder != app.state::<desktop::Root>().0 {
        // Before anybody sees that there is no house yet.
        let _ = opening.join();
        desktop::fill_examples(&app.state::<counter::Open>(), &app.state::<desktop::Root>().0, &folder);
    }
    app.manage(phone::Phone::at(&app.state::<desktop::Root>().0));
    app.manage(safety::Doing::at(&folder));
    safety::every_day(app.handle().clone());
    app.manage(together::Together::default());
    together::listens(app.handle().clone());
    app.manage(desktop::Pages::default());
    app.manage(desktop::Saved::default());
    app.manage(desktop::Saving::default());
    app.manage(desktop::Printers::at(&folder));
    app.manage(invoices::Invoices::at(&folder));
    app.manage(sending::Sending::at(&folder));
    let code = app.run_return(|app, event| {
        // Nobody asked for a code: the last window was closed.
        if let RunEvent::ExitRequested { api, code: None, .. } = &event {
            api.prevent_exit();
            if app.state::<Leaving>().now.load(Ordering::SeqCst) == 0 {
                leave(app);
            }
        }
        if let RunEvent::Exit = event {
            let open = app.state::<counter::Open>();
            open.close();
            // Where the program ends by another way than its window.
            safety::into_series(&open, &app.state::<safety::Doing>(), safety::Wanted::IfNew);
            if open.is_alone() {
                desktop::clear_the_way();
            }
            open.ends();
        }
    });
    // Dropping it writes the last lines.
    drop(log);
    std::process::exit(code);
}
