//! Draws the two pages of the quote with krilla, as often as asked: every line shaped, every face cut down to what is used.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let times: usize = arguments.next().expect("a number").parse().expect("a number");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file");
    let quote: Value = serde_json::from_slice(&read("quote.json")).expect("a quote");
    let picture = read("picture.jpg");
    let mut faces: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for mark in quote["pages"]
        .as_array()
        .expect("pages")
        .iter()
        .flat_map(|page| page.as_array().expect("marks"))
    {
        if let Some(face) = mark["face"].as_str() {
            faces
                .entry(face.to_owned())
                .or_insert_with(|| read(&format!("{face}.ttf")));
        }
    }
    let mut last = Vec::new();
    for _ in 0..times {
        last = drawn(&quote, &picture, &faces);
    }
    std::fs::write(folder.join("krilla.pdf"), last).expect("written");
}

fn number(value: &Value) -> f32 {
    value.as_f64().expect("a number") as f32
}

fn filled(colour: &Value) -> Fill {
    let part = |at: usize| (number(&colour[at]) * 255.0).round() as u8;
    Fill {
        paint: rgb::Color::new(part(0), part(1), part(2)).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

fn rule(x: f32, y: f32, width: f32, thickness: f32) -> Path {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, thickness).expect("a rule"));
    path.finish().expect("a rule")
}

fn drawn(quote: &Value, picture: &[u8], faces: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let fonts: BTreeMap<&str, Font> = faces
        .iter()
        .map(|(name, data)| (name.as_str(), Font::new(data.clone().into(), 0).expect("a font")))
        .collect();
    let (width, height) = (number(&quote["size"][0]), number(&quote["size"][1]));
    let mut document = Document::new();
    for marks in quote["pages"].as_array().expect("pages") {
        let mut page = document.start_page_with(PageSettings::from_wh(width, height).expect("a page"));
        let mut surface = page.surface();
        for mark in marks.as_array().expect("marks") {
            // From the bottom of the sheet there, from its top here.
            let (x, y) = (number(&mark["x"]), height - number(&mark["y"]));
            if let Some(text) = mark["text"].as_str() {
                surface.set_fill(Some(filled(&mark["colour"])));
                let font = fonts[mark["face"].as_str().expect("a face")].clone();
                surface.draw_text(
                    Point::from_xy(x, y),
                    font,
                    number(&mark["size"]),
                    text,
                    false,
                    TextDirection::Auto,
                );
            } else if mark["rule"].is_array() {
                surface.set_fill(Some(filled(&mark["colour"])));
                surface.draw_path(&rule(x, y, number(&mark["rule"][0]), number(&mark["rule"][1])));
            } else {
                let (wide, high) = (number(&mark["picture"][0]), number(&mark["picture"][1]));
                let image = Image::from_jpeg(picture.to_vec().into(), false).expect("a picture");
                surface.push_transform(&Transform::from_translate(x, y - high));
                surface.draw_image(image, Size::from_wh(wide, high).expect("a size"));
                surface.pop();
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().expect("a document")
}
