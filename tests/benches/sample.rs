//! What the benchmarks work on: a quote of two pages, and photos.

use atelier_core::paper::{Align, Block, Cell, Column, Letterhead, Paper, Picture, Pixels, SignatureBox, Table, Total};
use atelier_core::words::Language;
use std::io::Cursor;

fn jpeg(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb(pixel(x, y)));
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(pixels)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .expect("a picture");
    bytes
}

/// A photo with as much in it as one of a camera.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    jpeg(width, height, |x, y| {
        [(x * y / 97 % 256) as u8, (x / 3 % 256) as u8, (y / 5 % 256) as u8]
    })
}

/// The photo on the quote.
pub fn smooth(width: u32, height: u32) -> Vec<u8> {
    jpeg(width, height, |x, y| {
        [(x * 200 / width) as u8, (y * 200 / height) as u8, 120]
    })
}

/// A quote of two pages with twelve wrapped rows, a photo, totals and signatures.
pub fn two_page_quote() -> Paper {
    let column = |head: &str, share, align| Column {
        head: head.into(),
        share,
        align,
    };
    let rows = (1..=12).map(|number| {
        let text = format!("Position {number}: handmade prong setting in 18k gold, incorporating the client's own stones where they can be incorporated");
        vec![Cell::from(text), Cell::from("1"), Cell::from("€\u{a0}352,92"), Cell::from("€\u{a0}352,92")]
    });
    let total = |label: &str, strong| Total {
        label: label.into(),
        amount: "€\u{a0}4.235,00".into(),
        strong,
    };
    let sign = |label: &str| SignatureBox {
        label: label.into(),
        signed: String::new(),
        strokes: Vec::new(),
    };
    Paper {
        language: Language::En,
        title: "Quote Q2026-0001".into(),
        letterhead: Letterhead {
            name: "Laurence Vandenborre".into(),
            lines: vec!["Tabakvest 3".into(), "2000 Antwerpen".into(), "BE 0786.549.343".into()],
            ..Letterhead::default()
        },
        issued_at: "2026-12-02T10:00:00+01:00".into(),
        sheet: atelier_core::paper::Sheet::A4,
        blocks: vec![
            Block::Title("Quote Q2026-0001".into(), "For your new piece".into()),
            Block::Address {
                to: vec!["Anna Łukaszewska".into(), "Meir 12".into(), "2000 Antwerpen".into()],
                facts: vec![
                    ("Number".into(), "Q2026-0001".into()),
                    ("Date".into(), "2 December 2026".into()),
                ],
            },
            Block::Heading("What we offer".into()),
            Block::Table(Table {
                columns: vec![
                    column("Description", 50, Align::Left),
                    column("Quantity", 10, Align::Right),
                    column("Unit price", 20, Align::Right),
                    column("Amount", 20, Align::Right),
                ],
                rows: rows.collect(),
            }),
            Block::Totals(vec![
                total("Total, VAT included", true),
                total("of which 21 % VAT", false),
                total("To pay", true),
            ]),
            Block::Photos(vec![Picture {
                pixels: Pixels::Jpeg(smooth(690, 520)),
                width: 690,
                height: 520,
                shows: "A ring".into(),
                caption: "Drawing 1".into(),
            }]),
            Block::Text(
                "The production window begins with the later of final design approval and receipt of the deposit. "
                    .repeat(6),
            ),
            Block::Signatures(vec![sign("Accepted by the client"), sign("For the house")]),
        ],
    }
}
