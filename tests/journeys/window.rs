//! The program's own window, in a home of its own, driven by WebKitWebDriver.

use atelier_tests::driver::Driver;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A window of Atelier.
pub struct Window {
    client: Client,
    driver: Driver,
    /// Nothing for one that is open beside another of the same test.
    _only: Option<MutexGuard<'static, ()>>,
}

/// One window at a time: they share the display, and its keyboard.
static DISPLAY: Mutex<()> = Mutex::new(());

/// A printer of the test's own: what is sent to it lies in `printed.pdf`.
fn printer(home: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let lp = home.join("bin/lp");
    std::fs::create_dir_all(home.join("bin")).expect("a folder");
    let script = format!(
        "#!/bin/sh\nfor last; do :; done\ncp \"$last\" '{}'\n",
        home.join("printed.pdf").display()
    );
    std::fs::write(&lp, script).expect("a printer");
    std::fs::set_permissions(&lp, std::fs::Permissions::from_mode(0o755)).expect("a printer that runs");
}

/// How long anything on the screen may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Gives an element the focus, what it is folded away in opened first, and from then on notes what the page is given.
const FOCUSES: &str = "
    for (let fold = arguments[0].closest('details:not([open])'); fold; fold = fold.parentElement.closest('details:not([open])')) fold.open = true;
    arguments[0].focus();
    if (!window.heard)
        for (const kind of ['keydown', 'click', 'submit'])
            addEventListener(kind, ({ key, target }) => window.heard.push(`${kind} ${key ?? ''} ${target.outerHTML?.slice(0, 80)}`), true);
    window.heard = [];";

impl Window {
    /// Opens the program with its data in `home`; a saved file goes to `saved`.
    pub async fn open(home: &Path, saved: &Path) -> Self {
        let only = DISPLAY.lock().unwrap_or_else(PoisonError::into_inner);
        Self::opened(home, saved, Some(only)).await
    }

    /// Opens another beside this one, as at a second workstation.
    pub async fn beside(&self, home: &Path, saved: &Path) -> Self {
        Self::opened(home, saved, None).await
    }

    async fn opened(home: &Path, saved: &Path, only: Option<MutexGuard<'static, ()>>) -> Self {
        printer(home);
        let path = format!(
            "{}:{}",
            home.join("bin").display(),
            std::env::var("PATH").unwrap_or_default()
        );
        let driver = Driver::started(
            home,
            &[
                ("PATH", PathBuf::from(path)),
                ("ATELIER_TEST_CAMERA", "1".into()),
                ("ATELIER_TEST_PHONE", home.join("phone")),
                ("ATELIER_TEST_PLACE", home.join("stick")),
                ("ATELIER_TEST_INVOICES", home.join("invoices")),
                // Whom the program trusts on the net: the servers of the tests.
                ("SSL_CERT_FILE", home.join("authority.pem")),
                ("ATELIER_TEST_SAVE", saved.to_owned()),
                ("ATELIER_TEST_OPEN", home.join("opened")),
            ],
        );
        let mut capabilities = fantoccini::wd::Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": env!("CARGO_BIN_EXE_atelier-desktop"), "args": [] }),
        );
        let mut client = ClientBuilder::new(HttpConnector::new());
        let (client, address) = (client.capabilities(capabilities), driver.address());
        // The driver waits for ever for a program that ended before it had a window.
        let client = tokio::time::timeout(PATIENCE * 3, client.connect(&address))
            .await
            .expect("a window within a minute")
            .expect("a window");
        client.set_window_size(1320, 880).await.expect("a size");
        Self {
            client,
            driver,
            _only: only,
        }
    }

    /// Where the program keeps its data in a home.
    pub fn data_in(home: &Path) -> PathBuf {
        home.join("data/be.atelier.desktop")
    }

    /// Says who is working.
    pub async fn chooses_who(&self, name: &str) {
        let list = self.wait_for("//select[@id='who']").await;
        list.select_by_label(name).await.expect("someone who works here");
    }

    /// Kills the program as a power cut would.
    pub fn kill(self) {
        drop(self.driver);
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.client.clone().close().await;
    }

    /// The element, once it is there.
    pub async fn wait_for(&self, xpath: &str) -> Element {
        let until = Instant::now() + PATIENCE;
        loop {
            // A page that is loading again answers with errors of many kinds until it is there.
            match self.client.find(Locator::XPath(xpath)).await {
                Ok(element) => return element,
                Err(why) if Instant::now() > until => {
                    self.fails(&format!("{xpath}: {why}")).await;
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(60)).await,
            }
        }
    }

    /// Everything that stands on the screen; nothing while the page is loading again.
    pub async fn text(&self) -> String {
        let text = self
            .client
            .execute("return document.body.innerText", Vec::new())
            .await
            .unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the screen says `text`.
    pub async fn says(&self, text: &str) {
        for _ in 0..200 {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.fails(&format!("the screen does not say {text:?}")).await;
    }

    /// Waits until the screen says `text` no more: its parts are read apart, and the last may still show what was.
    pub async fn says_no_more(&self, text: &str) {
        for _ in 0..200 {
            // A page that is loading says nothing yet.
            let said = self.text().await;
            if !said.is_empty() && !said.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.fails(&format!("the screen still says {text:?}")).await;
    }

    /// Waits until nothing stands at that path any more.
    pub async fn is_gone(&self, xpath: &str) {
        for _ in 0..200 {
            if self.client.find(Locator::XPath(xpath)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.fails(&format!("{xpath} does not go")).await;
    }

    /// Types into the field of that label, the `nth` of them counted from 1, in place of what is there.
    pub async fn types(&self, label: &str, nth: usize, text: &str) {
        let xpath = format!("(//label[normalize-space(translate(., '*\u{a0}', ''))='{label}'])[{nth}]");
        // A form that is shown again meanwhile is another one.
        for _ in 0..20 {
            let label = self.wait_for(&xpath).await;
            let Ok(Some(id)) = label.attr("for").await else {
                continue;
            };
            let field = self.wait_for(&format!("//*[@id='{id}']")).await;
            let element = serde_json::to_value(&field).expect("an element");
            let focus = "arguments[0].focus(); arguments[0].select()";
            if self.client.execute(focus, vec![element]).await.is_err() {
                continue;
            }
            field.send_keys(&(Key::Delete + text)).await.expect("keys");
            return;
        }
        panic!("{xpath} does not stay");
    }

    /// Chooses in the list of that label.
    pub async fn chooses(&self, label: &str, nth: usize, option: &str) {
        let xpath = format!("(//label[normalize-space(.)='{label}'])[{nth}]");
        for _ in 0..20 {
            let label = self.wait_for(&xpath).await;
            let Ok(Some(id)) = label.attr("for").await else {
                continue;
            };
            let list = self.wait_for(&format!("//*[@id='{id}']")).await;
            list.select_by_label(option).await.expect("an option");
            return;
        }
        panic!("{xpath} does not stay");
    }

    /// Presses the button with that text, as the keyboard does: focused, then Enter.
    pub async fn presses(&self, text: &str) {
        self.press(&format!(
            "//button[contains(normalize-space(.), '{text}') and not(@disabled)]"
        ))
        .await;
    }

    /// Begins something new, from the menu.
    pub async fn begins(&self, what: &str) {
        self.press("//nav//button[@aria-haspopup='menu']").await;
        self.press(&format!(
            "//*[@role='menuitem'][contains(normalize-space(.), '{what}')]"
        ))
        .await;
    }

    /// Presses keys where the focus is, or on the page where nothing has it.
    pub async fn keys(&self, keys: &str) {
        let node = match self.client.active_element().await {
            Ok(node) => node,
            Err(_) => self.wait_for("//body").await,
        };
        node.send_keys(keys).await.expect("keys");
    }

    /// Gives a button the focus, or the field of a label.
    pub async fn focuses(&self, xpath: &str) {
        let node = self.wait_for(xpath).await;
        let element = serde_json::to_value(&node).expect("an element");
        self.client
            .execute(
                "const node = arguments[0]; (node.control ?? node).focus(); node.control?.select?.()",
                vec![element],
            )
            .await
            .expect("focus");
    }

    /// Begins an intake, by its keys.
    pub async fn begins_by_keys(&self) {
        let page = self.wait_for("//body").await;
        page.send_keys(&(Key::Control + "n")).await.expect("keys");
        self.wait_for("//main//form").await;
    }

    /// Turns to a step of an order or a case: it stands there already where it is what is waited for, else under "More".
    pub async fn picks(&self, step: &str) {
        let either = format!(
            "//section[contains(@class, 'next')]//h2[normalize-space(.)='{step}'] | \
             //details[contains(@class, 'more')]//button[normalize-space(.)='{step}']"
        );
        for _ in 0..60 {
            let found = self.wait_for(&either).await;
            match found.tag_name().await.as_deref() {
                Ok("h2") => return,
                Ok(_) => {
                    let element = serde_json::to_value(&found).expect("an element");
                    let opens = "arguments[0].closest('details').open = true; arguments[0].focus()";
                    if self.client.execute(opens, vec![element]).await.is_ok() {
                        let _ = found.send_keys(&Key::Enter).await;
                    }
                }
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        panic!("{step} cannot be turned to:\n{}", self.text().await);
    }

    /// Puts away the paper that is looked at.
    pub async fn puts_away(&self) {
        self.press("//dialog//button[normalize-space(.)='Close']").await;
    }

    /// Presses the button with that text in the open dialog.
    pub async fn presses_in_dialog(&self, text: &str) {
        self.press(&format!(
            "//dialog//button[contains(normalize-space(.), '{text}') and not(@disabled)]"
        ))
        .await;
    }

    /// Presses the button of that text that sends off the form in which a field of that label stands.
    pub async fn submits_with(&self, label: &str, text: &str) {
        self.press(&format!("//form[.//label[contains(normalize-space(.), '{label}')]]//button[@type='submit' and contains(normalize-space(.), '{text}')]")).await;
    }

    /// What axe finds on the screen as it stands.
    pub async fn tries_axe(&self) -> Value {
        let there = self.runs("return typeof window.axe === 'object'").await;
        if there != Value::Bool(true) {
            let axe = std::fs::read_to_string(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/ui/node_modules/axe-core/axe.min.js"
            ));
            self.runs(&axe.expect("axe, from the screen's packages")).await;
        }
        let script = "const done = arguments[arguments.length - 1];
            window.axe.run(document).then(
                (found) => done(found.violations.flatMap((fault) => fault.nodes.slice(0, 2).map((node) => `${fault.id}: ${node.html.slice(0, 160)}`))),
                (why) => done([String(why)]));";
        self.client.execute_async(script, Vec::new()).await.expect("an answer")
    }

    /// What the page answers to a promise.
    pub async fn tries(&self, promise: &str) -> String {
        let script = format!(
            "const done = arguments[arguments.length - 1]; ({promise}).then(done, (why) => done(String(why)));"
        );
        let answer = self.client.execute_async(&script, Vec::new()).await.expect("an answer");
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// Presses the button that sends a form off.
    pub async fn submits(&self, text: &str) {
        self.press(&format!(
            "//button[@type='submit' and contains(normalize-space(.), '{text}') and not(@disabled)]"
        ))
        .await;
    }

    /// Opens the group of that name, where it is closed.
    pub async fn opens_group(&self, name: &str) {
        let path = format!("//details[summary[contains(normalize-space(.), '{name}')]]");
        for _ in 0..20 {
            let group = self.wait_for(&path).await;
            let element = serde_json::to_value(&group).expect("an element");
            let opened = self
                .client
                .execute(
                    "for (let fold = arguments[0]; fold; fold = fold.parentElement.closest('details')) fold.open = true",
                    vec![element],
                )
                .await;
            // A screen that is asked again meanwhile shows another group under the same name.
            if opened.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the group {name} did not stay");
    }

    /// Opens the group of that name until it says `text`: what is loaded anew begins closed.
    pub async fn finds_in_group(&self, name: &str, text: &str) {
        for _ in 0..40 {
            self.opens_group(name).await;
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        self.says(text).await;
    }

    /// Waits until a file is there, whole: it holds something, and no more than a moment before.
    pub async fn waits_for_file(&self, file: &Path) {
        let mut before = 0;
        for _ in 0..100 {
            let now = std::fs::metadata(file).map_or(0, |file| file.len());
            if now > 0 && now == before {
                return;
            }
            before = now;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} is not there", file.display());
    }

    /// Presses what stands at that path, as the keyboard does: focused, then Enter. A screen that is asked again meanwhile shows
    /// another button in its place.
    pub async fn press(&self, path: &str) {
        for _ in 0..40 {
            let button = self.wait_for(path).await;
            let element = serde_json::to_value(&button).expect("an element");
            let focused = self.client.execute(FOCUSES, vec![element]).await;
            if focused.is_ok() && button.send_keys(&Key::Enter).await.is_ok() && self.heard_enter().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{path} cannot be pressed");
    }

    /// Whether the page was given the Enter that was sent to it: now and then the webview drops a key on its way to the page. What the
    /// page then makes of it is its own.
    async fn heard_enter(&self) -> bool {
        for _ in 0..120 {
            // Of a page that is loading again nothing is known: the press is what did it.
            let heard = self
                .client
                .execute("return window.heard ?? ['keydown Enter']", Vec::new())
                .await;
            let heard = heard.unwrap_or_else(|_| json!(["keydown Enter"]));
            let events = heard.as_array().into_iter().flatten();
            if events
                .filter_map(Value::as_str)
                .any(|event| event.starts_with("keydown Enter"))
            {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        eprintln!("an Enter did not reach the page: it is sent again");
        false
    }

    /// Ends the journey: says why, what the page was given since the last press, where the focus is, and what stands on the screen.
    async fn fails(&self, why: &str) -> ! {
        self.picture("failed").await;
        let around = "
            const at = document.activeElement;
            const fields = [...(at.closest('form, dialog') ?? at).querySelectorAll('input, select, textarea')];
            const held = fields.map((field) => `${field.labels?.[0]?.innerText ?? field.id}: ${field.value}`);
            const said = [...document.querySelectorAll('[role=alert], [role=status], dialog[open]')].map((node) => node.innerText);
            return [`heard: ${window.heard?.join(' | ')}`, `focus: ${at.outerHTML.slice(0, 160)}`, `around it: ${held.join(' | ')}`, `said: ${said.join(' | ')}`].join('\\n')";
        let around = self.client.execute(around, Vec::new()).await.unwrap_or_default();
        let around = around.as_str().unwrap_or_default();
        panic!("{why}\n{around}\non the screen:\n{}", self.text().await);
    }

    /// Ticks the box whose text begins so, with the space bar.
    pub async fn ticks(&self, text: &str) {
        let box_ = self
            .wait_for(&format!(
                "//label[contains(normalize-space(.), '{text}')]//input[@type='checkbox']"
            ))
            .await;
        box_.send_keys(" ").await.expect("space");
    }

    /// Gives the file input of that label a file.
    pub async fn gives_file(&self, label: &str, file: &Path) {
        let input = self
            .wait_for(&format!(
                "//input[@type='file' and (@aria-label='{label}' or @id=//label[normalize-space(.)='{label}']/@for)]"
            ))
            .await;
        input.send_keys(&file.display().to_string()).await.expect("a file");
    }

    /// Presses the button of that accessible name.
    pub async fn presses_label(&self, label: &str) {
        self.press(&format!("//button[@aria-label='{label}']")).await;
    }

    /// Looks for `text` with the search over everything, reached by its keys.
    pub async fn searches(&self, text: &str) {
        self.client
            .execute(
                "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))",
                Vec::new(),
            )
            .await
            .expect("keys");
        let field = self.client.active_element().await.expect("the search");
        if !text.is_empty() {
            field.send_keys(text).await.expect("keys");
        }
    }

    /// Looks for `text` as a scanner types it: a key every so many milliseconds, then Enter at once.
    pub async fn scans(&self, text: &str, milliseconds: u64) {
        self.searches("").await;
        let field = self.client.active_element().await.expect("the search");
        for key in text.chars() {
            field.send_keys(&key.to_string()).await.expect("a key");
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        }
        field.send_keys(&Key::Enter).await.expect("enter");
    }

    /// Types on where the focus is.
    pub async fn types_on(&self, text: &str) {
        let field = self.client.active_element().await.expect("a field");
        field.send_keys(&text.replace('\n', &Key::Enter)).await.expect("keys");
    }

    /// Sends the form in which the focus is, by Ctrl+Enter.
    pub async fn sends_form(&self) {
        let field = self.client.active_element().await.expect("a field");
        field.send_keys(&(Key::Control + &Key::Enter)).await.expect("keys");
    }

    /// Makes the window so large.
    pub async fn resizes(&self, wide: u32, high: u32) {
        self.client.set_window_size(wide, high).await.expect("a size");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    /// Makes the window so large, and what is in it larger.
    pub async fn sizes(&self, wide: u32, high: u32, zoom: f32) {
        self.client.set_window_size(wide, high).await.expect("a size");
        self.runs(&format!(
            "document.documentElement.style.fontSize = '{}px'",
            15.0 * zoom
        ))
        .await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    /// Drops a photo on the first field for photos, and pastes another: as the page gets them from the desktop.
    pub async fn drops_and_pastes_photos(&self) {
        let script = "
            const field = document.querySelector('[role=group][tabindex]');
            const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
            const brush = canvas.getContext('2d');
            const give = (colour, name, send) => {
                brush.fillStyle = colour;
                brush.fillRect(0, 0, 60, 40);
                const bytes = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), (c) => c.charCodeAt(0));
                const files = new DataTransfer();
                files.items.add(new File([bytes], name, { type: 'image/png' }));
                send(files);
            };
            give('#c0a050', 'dropped.png', (files) => field.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })));
            setTimeout(() => give('#5080c0', 'pasted.png', (files) => {
                const paste = new Event('paste', { bubbles: true, cancelable: true });
                Object.defineProperty(paste, 'clipboardData', { value: files });
                field.dispatchEvent(paste);
            }), 400);";
        self.client.execute(script, Vec::new()).await.expect("photos");
    }

    /// Runs a script in the page.
    pub async fn runs(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("a script")
    }

    /// Loads the page again, and waits until it is the new one.
    pub async fn reloads(&self) {
        // A page that goes away while it is asked answers with an error.
        let _ = self
            .client
            .execute("window.old = true; location.reload()", Vec::new())
            .await;
        for _ in 0..200 {
            let fresh = "return window.old !== true && document.readyState === 'complete'";
            if matches!(self.client.execute(fresh, Vec::new()).await, Ok(Value::Bool(true))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the page does not load again:\n{}", self.text().await);
    }

    /// Keeps a picture of the window, to be looked at.
    pub async fn picture(&self, name: &str) -> PathBuf {
        for _ in 0..50 {
            let drawn =
                "return document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete)";
            if self
                .client
                .execute(drawn, Vec::new())
                .await
                .is_ok_and(|drawn| drawn == Value::Bool(true))
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.tries("Promise.all([...document.images].map((image) => image.decode().catch(() => '')))")
            .await;
        tokio::time::sleep(Duration::from_millis(250)).await;
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        let mut picture = self.client.screenshot().await;
        // The WebDriver takes none, and says no reason, while the window is given another size.
        for _ in 0..10 {
            if picture.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
            picture = self.client.screenshot().await;
        }
        std::fs::write(&file, picture.expect("a picture")).expect("a file");
        file
    }
}
