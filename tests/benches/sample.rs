//! What the benchmarks work on: a quote of two pages, and photos.

use atelier_core::paper::{Align, Block, Cell, Column, Letterhead, Paper, Picture, Pixels, SignatureBox, Table, Total};
use atelier_core::words::Language;

/// A picture as a camera codes it, its colours at half the sides.
fn jpeg(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| pixel(x, y))
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    let side = |side: u32| u16::try_from(side).expect("a side");
    encoder
        .encode(&pixels, side(width), side(height), jpeg_encoder::ColorType::Rgb)
        .expect("a picture");
    bytes
}

/// A photo with about as much in it as one of a camera: some three bits a pixel.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    jpeg(width, height, |x, y| {
        let grain = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b);
        let grain = (grain ^ (grain >> 15)).wrapping_mul(0x2c1b_3c6d) >> 28;
        let texture = ((x / 24 * 5) ^ (y / 24 * 3)) % 24;
        [x * 180 / width, y * 180 / height, 90].map(|base| (base + texture + grain) as u8)
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
