//! This program's side of the comparison with its peers (`tests/peers/compare.py`): what all of them work on, and the same work done
//! here. Nothing here passes or fails.

mod sample;

use atelier_core::paper::layout::{Face, Mark, lay_out};
use atelier_core::paper::pdf::render;
use serde_json::json;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["inputs", folder] => inputs(Path::new(folder)),
        ["quote", times] => {
            let paper = sample::two_page_quote();
            for _ in 0..number(times) {
                render(&paper).expect("a paper");
            }
        }
        ["photo", file, times] => {
            let bytes = std::fs::read(file).expect("a photo");
            for _ in 0..number(times) {
                atelier_core::photo::read(&bytes).expect("a photo");
            }
        }
        // As `cargo bench` calls it among the others.
        _ => println!("peers: see ./task bench peers"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// Writes what the peers work on: the lines and rules of the quote where this program puts them, its picture, and photos.
fn inputs(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("written");
    put("picture.jpg", &sample::smooth(690, 520));
    put("24.jpg", &sample::photo(6000, 4000));
    put("48.jpg", &sample::photo(8000, 6000));
    for face in Face::ALL {
        put(&format!("{}.ttf", face.name()), face.data());
    }
    put("atelier.pdf", &render(&sample::two_page_quote()).expect("a paper"));
    let laid = lay_out(&sample::two_page_quote()).expect("pages");
    let pages = laid.pages.iter().map(|page| {
        let mut marks = Vec::new();
        for placed in &page.placed {
            let (x, y) = (placed.item.x, placed.item.y);
            marks.push(match &placed.item.mark {
                Mark::Run(run) => json!({
                    "text": run.text(), "x": x, "y": y, "size": run.style.size, "face": run.style.face.name(),
                    "colour": run.style.colour,
                }),
                Mark::Rule(width, thickness, colour) => {
                    json!({ "rule": [width, thickness], "x": x, "y": y, "colour": colour })
                }
                Mark::Picture(_, width, height) => json!({ "picture": [width, height], "x": x, "y": y }),
                Mark::Drawing(..) | Mark::Code(..) | Mark::Strokes(_) | Mark::Field(_) => continue,
            });
        }
        json!(marks)
    });
    let quote = json!({ "size": laid.size, "pages": pages.collect::<Vec<_>>() });
    put("quote.json", quote.to_string().as_bytes());
}
