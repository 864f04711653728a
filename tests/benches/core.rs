//! Speed, as figures to compare: nothing here passes or fails.

use atelier_core::counter::Action;
use atelier_core::desk::{Houses, answer_lines};
use atelier_core::paper::layout::lay_out;
use atelier_core::paper::pdf::render;
use atelier_core::paper::{Align, Block, Cell, Column, Letterhead, Paper, Picture, Pixels, SignatureBox, Table, Total};
use atelier_core::words::Language;
use std::fmt::Write as _;
use std::io::Cursor;

fn main() {
    divan::main();
}

fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * y / 97 % 256) as u8, (x / 3 % 256) as u8, (y / 5 % 256) as u8])
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(pixels)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .expect("a picture");
    bytes
}

fn smooth(width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 200 / width) as u8, (y * 200 / height) as u8, 120])
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(pixels)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .expect("a picture");
    bytes
}

/// A quote of two pages with twelve wrapped rows, a photo, totals and signatures.
fn two_page_quote() -> Paper {
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

#[divan::bench]
fn two_page_quote_to_pdf(bencher: divan::Bencher<'_, '_>) {
    let paper = two_page_quote();
    let bytes = render(&paper).expect("a paper");
    println!(
        "  two-page quote: {} bytes, {} pages",
        bytes.len(),
        lay_out(&paper).expect("pages").pages.len()
    );
    bencher.bench(|| render(&paper).expect("a paper"));
}

#[divan::bench]
fn two_page_quote_layout_alone(bencher: divan::Bencher<'_, '_>) {
    let paper = two_page_quote();
    bencher.bench(|| lay_out(&paper).expect("pages"));
}

#[divan::bench]
fn ask_mixed_questions(bencher: divan::Bencher<'_, '_>) {
    let mut questions = String::new();
    for line in include_str!("../fixtures/ask-examples.jsonl").lines() {
        let example: serde_json::Value = serde_json::from_str(line).expect("an example");
        writeln!(questions, "{}", example["question"]).expect("text");
    }
    bencher.counter(divan::counter::ItemsCount::new(400_usize)).bench(|| {
        let mut answers = Vec::with_capacity(1 << 20);
        answer_lines(questions.as_bytes(), &mut answers, Houses::ready_made()).expect("answered");
        answers
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn import_of_a_24_megapixel_jpeg(bencher: divan::Bencher<'_, '_>) {
    let bytes = photo(6000, 4000);
    bencher.bench(|| atelier_core::photo::read(&bytes).expect("a photo"));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn taking_a_piece_in(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(|| atelier_tests::Shop::of("laurence-vandenborre"))
        .bench_values(|mut shop| {
            shop.does(&Action::TakeIn {
                form: atelier_tests::intake(vec![atelier_tests::gold_ring()]),
                draft: String::new(),
            })
        });
}
