//! Speed, as figures to compare: nothing here passes or fails.

use atelier_core::counter::Action;
use atelier_core::desk::{Houses, answer_lines};
use atelier_core::paper::layout::lay_out;
use atelier_core::paper::pdf::render;
use sample::{photo, two_page_quote};
use std::fmt::Write as _;

mod sample;

fn main() {
    divan::main();
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
    let count = divan::counter::ItemsCount::new(questions.lines().count());
    bencher.counter(count).bench(|| {
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
