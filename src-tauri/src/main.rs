//! The shell: the window, files, the printer and the clock. No rule lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod counter;
mod desktop;

use tauri::{Manager as _, RunEvent};

fn main() {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol("atelier", |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn_blocking(move || responder.respond(desktop::bytes(&app, &request)));
        })
        .invoke_handler(tauri::generate_handler![
            counter::ask,
            counter::act,
            counter::rehearse,
            counter::save_draft,
            counter::drop_draft,
            desktop::add_photo,
            desktop::add_file,
            desktop::preview_paper,
            desktop::print_paper,
            desktop::save_paper,
            desktop::save_export,
        ])
        .build(tauri::generate_context!());
    let app = match app {
        Ok(app) => app,
        Err(why) => {
            eprintln!("Atelier cannot open its window: {why}");
            std::process::exit(1);
        }
    };
    let folder = match app.path().app_data_dir() {
        Ok(folder) => folder,
        Err(why) => {
            eprintln!("Atelier finds no folder for its data: {why}");
            std::process::exit(1);
        }
    };
    let log = desktop::log_to(&folder);
    app.manage(counter::Open::at(&folder));
    app.manage(desktop::Pages::default());
    let code = app.run_return(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<counter::Open>().close();
        }
    });
    // Dropping it writes the last lines.
    drop(log);
    std::process::exit(code);
}
