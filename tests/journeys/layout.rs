//! Nothing overlaps, is cut or shrinks away: every screen is measured in the real window, small and large, in four languages, with
//! the longest names people have; and looked at by axe.

use crate::window::Window;
use atelier_core::intake::Who;
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, card, gold_ring, intake, notice};
use chrono::Local;
use std::path::Path;

/// Eighty letters, as a name and as a thing.
const NAME: &str = "Marie-Antoinette van den Berghe-Vanderstraeten de Schrijver-Vandenbroeckelaere Jr";
const THING: &str = "Engagement ring in yellow and white gold with a cushion-cut sapphire and baguettes";

/// A house with something on every screen.
fn filled(file: &Path) {
    let mut shop = Shop::in_file("laurence-vandenborre", file);
    let today = Local::now().date_naive();
    shop.turn_to(&today.to_string());
    shop.notes_gold("3500");
    for round in 0..12 {
        let mut ring = gold_ring();
        ring.description = THING.into();
        let mut form = intake(vec![ring]);
        form.client = Who::New {
            card: atelier_core::client::Card {
                street: "Sint-Jacobsnieuwstraat 1234 bus 56, achterhuis, tweede verdieping links".into(),
                email: format!("marie.antoinette.van.den.berghe.{round}@a-very-long-domain-name.example.be"),
                ..card(&NAME.chars().take(80).collect::<String>())
            },
        };
        form.wish = THING.repeat(3);
        let project = shop.takes_in_form(form);
        if round > 2 {
            shop.accepts(&project);
        }
        if round > 4 {
            shop.values(&project, "15");
        }
        if round > 6 {
            shop.quotes(&project, "4235");
        }
    }
    let order = shop.order();
    shop.pays(&order, "1649,89");
    let sold = shop.sells_by_mail(ProjectKind::Stock, "1210", &today.to_string());
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(
        &case,
        notice("I changed my mind about the ring, and withdraw from the contract."),
    );
}

/// What is wrong with the screen as it stands, in words.
const MEASURES: &str = r#"
const faults = [];
const say = (node) => `${node.tagName.toLowerCase()}.${String(node.className).split(' ')[0]} “${(node.innerText || node.value || node.getAttribute('aria-label') || '').trim().slice(0, 40)}”`;
const hidden = (node) => {
  for (let up = node; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.visibility === 'hidden' || style.display === 'none' || style.opacity === '0') return true;
    if (style.clipPath !== 'none' || (style.position === 'absolute' && up.clientWidth <= 1)) return true;
    if (up.tagName === 'DETAILS' && !up.open && !up.querySelector(':scope > summary').contains(node)) return true;
  }
  return false;
};
// What lies over the page is looked at alone.
const scope = [...document.querySelectorAll('dialog[open], [role=menu], .month.card')].at(-1) ?? document.body;
const main = document.querySelector('main');
const root = document.documentElement;
if (root.scrollWidth > innerWidth + 1) faults.push(`the page is ${root.scrollWidth} wide, the window ${innerWidth}`);
if (root.scrollHeight > innerHeight + 1) faults.push(`the page is ${root.scrollHeight} high, the window ${innerHeight}`);
if (main && main.scrollWidth > main.clientWidth + 1) {
  const edge = main.getBoundingClientRect().right;
  const wide = [...main.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > edge + 1 && !node.closest('.table, .board, .sheet, .rows')).pop();
  if (wide) faults.push(`main is ${main.scrollWidth} wide in ${main.clientWidth}: ${say(wide)}`);
}
for (const node of scope.querySelectorAll('button, input, select, textarea, summary, a[href]')) {
  if (hidden(node) || node.closest('.skip') || node.classList.contains('skip') || node.type === 'hidden') continue;
  const target = ['checkbox', 'radio'].includes(node.type) ? (node.closest('label') ?? node) : node;
  const box = target.getBoundingClientRect();
  if (box.width === 0) continue;
  if (box.width < 23.5 || box.height < 23.5) faults.push(`${Math.round(box.width)} × ${Math.round(box.height)}: ${say(node)}`);
}
const rects = [];
const walk = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode;
  const node = text.parentElement;
  if (!text.data.trim() || ['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(node.tagName) || hidden(node)) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  let clip = null;
  for (let up = node; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible') { clip = up; break; }
    // What lies over the window is cut by nothing that it hangs in.
    if (style.position === 'fixed') break;
  }
  const bounds = clip?.getBoundingClientRect();
  for (const box of range.getClientRects()) {
    if (box.width < 2 || box.height < 2) continue;
    if (clip && !['auto', 'scroll'].includes(getComputedStyle(clip).overflowX) && box.right > bounds.right + 1.5) {
      const style = getComputedStyle(clip);
      const told = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (!told) faults.push(`cut: ${say(node)}`);
      else if (!node.closest('[title]')) faults.push(`cut without its title: ${say(node)}`);
    }
    // What is scrolled out of sight covers nothing.
    if (bounds && (box.bottom < bounds.top || box.top > bounds.bottom || box.left > bounds.right || box.right < bounds.left)) continue;
    rects.push({ box, node });
  }
}
for (let one = 0; one < rects.length; one += 1) {
  for (let other = one + 1; other < rects.length; other += 1) {
    const a = rects[one].box, b = rects[other].box;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > Math.min(a.height, b.height) * 0.35 && rects[one].node !== rects[other].node)
      faults.push(`${say(rects[one].node)} lies over ${say(rects[other].node)}`);
  }
}
return [...new Set(faults)].slice(0, 12);
"#;

async fn measured(window: &Window, place: &str, found: &mut Vec<String>) {
    tokio::time::sleep(std::time::Duration::from_millis(350)).await;
    let faults = window.runs(MEASURES).await;
    let judged = window.tries_axe().await;
    for fault in faults.as_array().into_iter().chain(judged.as_array()).flatten() {
        found.push(format!("{place}: {}", fault.as_str().unwrap_or_default()));
    }
}

/// What lies over a page: menus, a month, sheets, a paper and its mail, an import, the client's signing, the camera.
async fn over_the_page(window: &Window, how: &str, found: &mut Vec<String>) {
    let presses = |key: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true }}))"
        )
    };
    let closes = "[...document.querySelectorAll('dialog[open]')].at(-1)?.close()";
    // From the page of an intake, one by one; each is closed again.
    for (name, opens) in [
        (
            "signing",
            "document.querySelector('main .pad + div button').click()".to_owned(),
        ),
        (
            "camera",
            "document.querySelectorAll('main .invite button')[1].click()".to_owned(),
        ),
        ("help", presses("F1")),
        ("keys", presses("?")),
        (
            "menu",
            "document.querySelector('nav [aria-haspopup=menu]').click()".to_owned(),
        ),
    ] {
        window.runs(&opens).await;
        measured(window, &format!("{name} {how}"), found).await;
        window
            .picture(&format!("layout-{name}-{}", how.replace(" % ", "-")))
            .await;
        if name == "menu" {
            window
                .runs("document.querySelector('[role=menu] button:nth-child(4)').click()")
                .await;
            measured(window, &format!("new case {how}"), found).await;
        }
        window.runs(closes).await;
    }
    window
        .runs("document.querySelectorAll('nav > button')[2].click()")
        .await;
    window.wait_for("//main//td//button").await;
    window
        .runs("[...document.querySelectorAll('main > .spread button')].at(-1).click()")
        .await;
    measured(window, &format!("import {how}"), found).await;
    window.runs(closes).await;
    window.runs("document.querySelector('main td button').click()").await;
    window
        .wait_for("//main//*[contains(@class, 'field')]//button[@aria-expanded]")
        .await;
    window
        .runs("document.querySelector('main .field button[aria-expanded]').click()")
        .await;
    measured(window, &format!("calendar {how}"), found).await;
    window
        .picture(&format!("layout-calendar-{}", how.replace(" % ", "-")))
        .await;
    window
        .runs("document.querySelectorAll('nav > button')[1].click()")
        .await;
    window
        .runs("document.querySelectorAll('main [aria-pressed]')[0].click()")
        .await;
    window.wait_for("//tbody/tr").await;
    window.runs("document.querySelector('tbody .link').click()").await;
    window.wait_for("//aside//button[contains(@class, 'paper')]").await;
    window.runs("document.querySelector('aside .paper').click()").await;
    window.wait_for("//dialog//img").await;
    measured(window, &format!("paper {how}"), found).await;
    window
        .runs("document.querySelector('dialog header .main').previousElementSibling.click()")
        .await;
    window.wait_for("//dialog//textarea").await;
    measured(window, &format!("mail {how}"), found).await;
    window
        .picture(&format!("layout-mail-{}", how.replace(" % ", "-")))
        .await;
    window.runs(closes).await;
    window.runs(closes).await;
}

#[tokio::test]
async fn nothing_overlaps_is_cut_or_shrinks_away() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    filled(&folder.join("atelier.db"));
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    let mut found = Vec::new();
    // Three sizes in four languages, each size and each language in both themes.
    for (zoom, language, dark) in [
        ("100", "nl", false),
        ("150", "fr", true),
        ("200", "de", true),
        ("100", "en", true),
        ("200", "nl", false),
        ("150", "de", false),
        ("200", "fr", false),
        ("150", "en", false),
        ("100", "de", true),
        ("200", "en", true),
        ("100", "fr", false),
        ("150", "nl", true),
    ] {
        window
            .runs(&format!(
                "localStorage.setItem('zoom', '{zoom}'); localStorage.setItem('language', '{language}'); \
                 localStorage.setItem('theme', '{}'); localStorage.setItem('projects', 'list')",
                if dark { "dark" } else { "light" }
            ))
            .await;
        window.reloads().await;
        window.wait_for("//nav//button[@aria-current='page']").await;
        window.resizes(1000, 700).await;
        for (index, screen) in ["today", "projects", "clients", "cases", "ask", "gold", "house"]
            .iter()
            .enumerate()
        {
            window
                .runs(&format!("document.querySelectorAll('nav > button')[{index}].click()"))
                .await;
            let place = format!("{screen} {zoom} % {language}");
            measured(&window, &place, &mut found).await;
            window.picture(&format!("layout-{screen}-{zoom}-{language}")).await;
            match *screen {
                "today" => {
                    window
                        .runs("document.querySelectorAll('main [aria-pressed]')[1]?.click()")
                        .await;
                    measured(&window, &format!("month {zoom} % {language}"), &mut found).await;
                }
                "projects" => {
                    let boards = "[...document.querySelectorAll('main [aria-pressed]')].at(-1).click()";
                    window.runs(boards).await;
                    measured(&window, &format!("board {zoom} % {language}"), &mut found).await;
                    window.runs("document.querySelector('main [draggable]').click()").await;
                    window.wait_for("//section[contains(@class, 'next')]").await;
                    measured(&window, &format!("project {zoom} % {language}"), &mut found).await;
                    window.picture(&format!("layout-project-{zoom}-{language}")).await;
                    window.runs("document.querySelector('details.more').open = true").await;
                    measured(&window, &format!("more {zoom} % {language}"), &mut found).await;
                    window
                        .runs("[...document.querySelectorAll('details.more .group')].at(-1).querySelector('button').click()")
                        .await;
                    measured(&window, &format!("correction {zoom} % {language}"), &mut found).await;
                }
                "clients" => {
                    window.runs("document.querySelector('main td button').click()").await;
                    measured(&window, &format!("client {zoom} % {language}"), &mut found).await;
                }
                "cases" => {
                    window
                        .runs("document.querySelector('main td button, main .card button').click()")
                        .await;
                    measured(&window, &format!("case {zoom} % {language}"), &mut found).await;
                }
                _ => {}
            }
        }
        window.begins_by_keys().await;
        measured(&window, &format!("intake {zoom} % {language}"), &mut found).await;
        window.picture(&format!("layout-intake-{zoom}-{language}")).await;
        if zoom != "100" {
            over_the_page(&window, &format!("{zoom} % {language}"), &mut found).await;
        }
    }
    window.close().await;
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
