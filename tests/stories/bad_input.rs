//! Bad input, by name: each leaves the data as it was and says what to do, in four languages.

use atelier_core::counter::{Action, Answer, Question};
use atelier_core::house::Profile;
use atelier_core::intake::{IntakeForm, Signature};
use atelier_core::refusal::Refusal;
use atelier_core::words::Language;
use atelier_tests::{Shop, card, gold_ring, intake, measured, quote_form, value_form, weighed};

/// Refused, with that refusal; the data is as it was, and each language says a sentence of its own.
fn leaves_the_data(shop: &mut Shop, action: &Action, wanted: &Refusal) {
    let before = shop.everything();
    assert_eq!(shop.is_refused(action), *wanted);
    assert_eq!(shop.everything(), before, "the refusal left something behind");
    let said: Vec<String> = Language::ALL.iter().map(|language| language.refusal(wanted)).collect();
    for sentence in &said {
        assert!(!sentence.contains('{') && sentence.contains(' '), "{sentence}");
    }
    assert!(
        said[0] != said[1] && said[1] != said[2] && said[2] != said[3],
        "{said:?}"
    );
}

fn taking_in(change: impl FnOnce(&mut IntakeForm)) -> Action {
    let mut form = intake(vec![gold_ring()]);
    change(&mut form);
    Action::TakeIn {
        form,
        draft: String::new(),
    }
}

#[rstest::rstest]
#[case::negative_weight("-12,34", Refusal::NotPositive { field: "gross" })]
#[case::zero_weight("0", Refusal::NotPositive { field: "gross" })]
#[case::no_weight("", Refusal::Missing { field: "gross" })]
#[case::words("twelve", Refusal::NotANumber { field: "gross", typed: "twelve".into() })]
#[case::four_decimals("12.3456", Refusal::TooManyDecimals { field: "gross", typed: "12.3456".into() })]
#[case::beyond_all_measure("99999999999", Refusal::TooLarge { field: "gross" })]
fn a_weight_in_grams(#[case] typed: &str, #[case] wanted: Refusal) {
    let mut shop = Shop::of("laurence-vandenborre");
    let typed = typed.to_owned();
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.pieces[0].metals[0].gross = typed),
        &wanted,
    );
}

#[test]
fn stones_heavier_than_the_piece() {
    let mut shop = Shop::of("laurence-vandenborre");
    let action = taking_in(|form| {
        form.pieces[0].metals[0].gross = "1".into();
        form.pieces[0].metals[0].mounted = "5".into();
    });
    let wanted = Refusal::NothingLeftToWeigh {
        gross: "1".parse().expect("a weight"),
        other: "1.0".parse().expect("a weight"),
    };
    leaves_the_data(&mut shop, &action, &wanted);
}

#[rstest::rstest]
#[case("1001", 1001)]
#[case("1000", 1000)]
#[case("0", 0)]
#[case("-750", -750)]
fn a_title_that_does_not_exist(#[case] typed: &str, #[case] title: i64) {
    let mut shop = Shop::of("laurence-vandenborre");
    let typed = typed.to_owned();
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.pieces[0].metals[0].title = typed),
        &Refusal::TitleOutOfRange { title },
    );
}

#[rstest::rstest]
#[case("0,295")]
#[case("0.295")]
#[case(" 0,295 ")]
fn both_marks_are_read(#[case] typed: &str) {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut ring = gold_ring();
    ring.stones = vec![weighed(typed)];
    let project = shop.takes_in(ring);
    assert_eq!(shop.project(&project).pieces[0].stones[0].weight, "0.295\u{a0}ct");
}

#[rstest::rstest]
#[case("2500,005")]
#[case("2.500")]
fn an_amount_with_three_decimals(#[case] typed: &str) {
    let mut shop = Shop::of("laurence-vandenborre");
    let text = typed.to_owned();
    let wanted = Refusal::TooManyDecimals {
        field: "declared-value",
        typed: typed.into(),
    };
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.pieces[0].declared_value = text),
        &wanted,
    );
}

#[rstest::rstest]
#[case("1.234,56", "€1,234.56")]
#[case("1,234.56", "€1,234.56")]
#[case("1 234,56", "€1,234.56")]
#[case("1'234.56", "€1,234.56")]
#[case("1.234.567", "€1,234,567.00")]
#[case("€ 12,5", "€12.50")]
fn amounts_as_people_write_them(#[case] typed: &str, #[case] shown: &str) {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut ring = gold_ring();
    ring.declared_value = typed.into();
    let project = shop.takes_in(ring);
    assert_eq!(shop.project(&project).pieces[0].declared, shown);
}

#[rstest::rstest]
#[case::a_birthday("4/5/1961", "3500", Refusal::PriceTooOld { day: "1961-05-04".parse().expect("a day") })]
#[case::tomorrow("2026-12-03", "3500", Refusal::PriceFromTheFuture { day: "2026-12-03".parse().expect("a day") })]
#[case::no_day("soon", "3500", Refusal::NotADay { field: "price-day", typed: "soon".into() })]
#[case::thirtieth_of_february("30/02/2026", "3500", Refusal::NotADay { field: "price-day", typed: "30/02/2026".into() })]
#[case::zero("2026-12-02", "0", Refusal::NotPositive { field: "price" })]
#[case::none("2026-12-02", "", Refusal::Missing { field: "price" })]
fn a_gold_price(#[case] day: &str, #[case] euro: &str, #[case] wanted: Refusal) {
    let mut shop = Shop::of("laurence-vandenborre");
    let action = Action::NoteGoldPrice {
        day: day.into(),
        unit: "ounce".into(),
        euro: euro.into(),
        source: "refiner".into(),
    };
    leaves_the_data(&mut shop, &action, &wanted);
}

#[rstest::rstest]
#[case("49.99")]
#[case("0,01")]
fn a_fee_below_the_least(#[case] typed: &str) {
    let mut shop = Shop::of("laurence-vandenborre");
    let text = typed.to_owned();
    let least = atelier_core::money::Money::from_cents(5_000);
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.fee = text),
        &Refusal::FeeTooSmall { least },
    );
}

#[test]
fn a_fee_of_nothing_or_of_fifty_is_taken() {
    for fee in ["", "0", "50", "50,00", "75"] {
        let mut shop = Shop::of("laurence-vandenborre");
        shop.does(&taking_in(|form| form.fee = fee.into()));
    }
}

fn ready_to_quote() -> (Shop, String) {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.valued_project();
    (shop, project)
}

#[test]
fn a_quote_with_no_lines() {
    let (mut shop, project) = ready_to_quote();
    let mut form = quote_form("4235", "31/01/2027");
    form.lines.clear();
    leaves_the_data(&mut shop, &Action::IssueQuote { project, form }, &Refusal::NoLines);
}

#[test]
fn a_quote_that_lapsed_before_it_is_issued() {
    let (mut shop, project) = ready_to_quote();
    let form = quote_form("4235", "1/12/2026");
    leaves_the_data(
        &mut shop,
        &Action::IssueQuote { project, form },
        &Refusal::LapsesInThePast {
            day: "2026-12-01".parse().expect("a day"),
        },
    );
}

#[test]
fn a_credit_above_the_price_leaves_the_rest_unused_and_visible() {
    let (mut shop, project) = ready_to_quote();
    shop.quotes(&project, "500");
    assert_eq!(shop.project(&project).quotes[0].to_pay, "€0.00");
    match shop.asks(&Question::CheckQuote {
        project,
        form: quote_form("500", "31/01/2027"),
    }) {
        Answer::Quote(check) => {
            let unused = check
                .sums
                .iter()
                .find(|sum| sum.label == "Unused credit")
                .expect("a line of its own");
            assert_eq!(unused.amount, "€435.23");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_repolish_offer_below_the_least() {
    let (mut shop, project) = ready_to_quote();
    let stone = shop.project(&project).pieces[0].stones[0].id.clone();
    let mut form = value_form("15");
    form.repolish = vec![atelier_core::counter::RepolishForm {
        stone,
        amount: "99,99".into(),
    }];
    let least = atelier_core::money::Money::from_cents(10_000);
    leaves_the_data(
        &mut shop,
        &Action::Value { project, form },
        &Refusal::RepolishTooSmall { least },
    );
}

#[test]
fn an_iban_with_one_digit_wrong() {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut identity = Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.iban = "BE66 3632 2247 9544".into();
    let action = Action::EditHouse {
        version: 1,
        identity,
        language: Language::Nl,
        deduction_pct: "0".into(),
    };
    leaves_the_data(
        &mut shop,
        &action,
        &Refusal::BadIban {
            typed: "BE66 3632 2247 9544".into(),
        },
    );
}

#[rstest::rstest]
#[case::five_thousand_characters("x".repeat(5000), Refusal::TooLong { field: "name", most: 120 })]
#[case::nothing("   ".to_owned(), Refusal::Missing { field: "name" })]
fn a_name(#[case] name: String, #[case] wanted: Refusal) {
    let mut shop = Shop::of("laurence-vandenborre");
    leaves_the_data(&mut shop, &Action::AddClient { card: card(&name) }, &wanted);
}

#[test]
fn nobody_is_refused_for_a_name() {
    let mut shop = Shop::of("laurence-vandenborre");
    for name in [
        "Éloïse Œuvray",
        "Łukasz Ångström",
        "Жанна Иванова",
        "Nguyễn Thị Hà",
        "İpek Yılmaz",
        "Weiß & Söhne",
        "חנה לוי",
        "ليلى حداد",
        "Նարեկ Սարգսյան",
        "ნინო ბერიძე",
        "પ્રિયા શાહ",
        "अनिल मेहता",
        "王秀英",
        "김민준",
        "Anna 💍",
        "Zoë 👩\u{200d}👩\u{200d}👧",
    ] {
        let client = shop
            .does(&Action::AddClient { card: card(name) })
            .client
            .expect("a client");
        match shop.asks(&Question::Search { text: name.into() }) {
            Answer::Found(found) => {
                let kept = found
                    .clients
                    .iter()
                    .find(|found| found.id == client)
                    .expect("the client");
                assert_eq!(kept.card.name, name, "a name is kept as it is written");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_a_client_wrote_is_kept_as_they_wrote_it_but_for_what_nobody_sees() {
    let mut shop = Shop::of("laurence-vandenborre");
    let words = |words: &str| {
        let mut form = intake(vec![gold_ring()]);
        form.wish = words.into();
        form
    };
    let long: String = "Mijn grootmoeders ring ✓ ⌀ 18² — 💍 טבעת של סבתא. "
        .chars()
        .cycle()
        .take(20_000)
        .collect();
    for (typed, kept) in [
        (long.trim(), long.trim()),
        ("a\u{200b}b\u{feff}c\u{ad}d\u{202e}e", "abcde"),
        ("one\r\ntwo\u{2028}three\tfour", "one\ntwo\nthree four"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
    ] {
        let project = shop.takes_in_form(words(typed));
        assert_eq!(shop.project(&project).wish, kept);
    }
}

#[test]
fn what_is_not_signed_or_not_agreed_is_not_taken_in() {
    let mut shop = Shop::of("laurence-vandenborre");
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.signature = Signature::None),
        &Refusal::NotSigned,
    );
    leaves_the_data(
        &mut shop,
        &taking_in(|form| form.consents.clear()),
        &Refusal::ConsentMissing {
            consent: "melting".into(),
        },
    );
    leaves_the_data(&mut shop, &taking_in(|form| form.pieces.clear()), &Refusal::NoPieces);
}

#[test]
fn a_cut_that_the_gem_does_not_come_in() {
    let mut shop = Shop::of("laurence-vandenborre");
    let action = taking_in(|form| {
        form.pieces[0].stones = vec![measured("6", "4")];
        form.pieces[0].stones[0].cut = "cabochon".into();
    });
    leaves_the_data(&mut shop, &action, &Refusal::Missing { field: "cut" });
}

mod photos {
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};
    use std::io::Cursor;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut bytes = Vec::new();
        DynamicImage::ImageRgb8(pixels)
            .write_to(&mut Cursor::new(&mut bytes), format)
            .expect("a picture");
        bytes
    }

    fn keeping(bytes: Vec<u8>) -> Action {
        Action::KeepPhoto {
            name: "ring.jpg".into(),
            bytes,
        }
    }

    #[rstest::rstest]
    #[case(ImageFormat::Jpeg)]
    #[case(ImageFormat::Png)]
    #[case(ImageFormat::WebP)]
    fn is_kept_in_four_sizes(#[case] format: ImageFormat) {
        use atelier_core::store::photos::Size;
        let mut shop = Shop::of("laurence-vandenborre");
        let photo = shop.does(&keeping(picture(2400, 1800, format))).photo.expect("a photo");
        for (size, wanted) in [
            (Size::Original, 2400),
            (Size::Picture, 1600),
            (Size::Printed, 760),
            (Size::Thumb, 320),
        ] {
            let bytes = shop.counter.photo(&photo, size).expect("its bytes");
            assert_eq!(
                atelier_core::photo::size_of(&bytes).expect("a picture"),
                (wanted, wanted * 3 / 4)
            );
        }
    }

    #[test]
    fn cut_short_is_refused() {
        let mut shop = Shop::of("laurence-vandenborre");
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let mut bytes = picture(400, 300, format);
            bytes.truncate(bytes.len() / 2);
            leaves_the_data(&mut shop, &keeping(bytes), &Refusal::TruncatedPicture);
        }
    }

    #[test]
    fn that_is_none_is_refused() {
        let mut shop = Shop::of("laurence-vandenborre");
        leaves_the_data(
            &mut shop,
            &keeping(b"%PDF-1.7 not a picture at all".to_vec()),
            &Refusal::NotAPicture,
        );
        leaves_the_data(&mut shop, &keeping(Vec::new()), &Refusal::NotAPicture);
    }

    #[test]
    fn that_is_heic_says_what_to_do() {
        let mut shop = Shop::of("laurence-vandenborre");
        let heic = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 64]].concat();
        leaves_the_data(&mut shop, &keeping(heic), &Refusal::HeicUnreadable);
    }

    /// A PNG that says it is 30,000 × 30,000 in 70 bytes: it must not be unpacked to find out.
    #[test]
    fn of_thirty_thousand_pixels_a_side_is_refused_unseen() {
        let mut shop = Shop::of("laurence-vandenborre");
        let mut png = picture(8, 8, ImageFormat::Png);
        png[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let check = crc(&png[12..29]);
        png[29..33].copy_from_slice(&check.to_be_bytes());
        leaves_the_data(&mut shop, &keeping(png), &Refusal::PictureTooLarge { most: 16_384 });
    }

    /// A JPEG of 28 kB that would unpack to 12 GB.
    #[test]
    fn that_would_fill_the_memory_is_refused_unseen() {
        let mut shop = Shop::of("laurence-vandenborre");
        let mut jpeg = picture(64, 64, ImageFormat::Jpeg);
        let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
        jpeg[frame + 5..frame + 7].copy_from_slice(&16_000_u16.to_be_bytes());
        jpeg[frame + 7..frame + 9].copy_from_slice(&16_000_u16.to_be_bytes());
        leaves_the_data(&mut shop, &keeping(jpeg), &Refusal::PictureTooLarge { most: 16_384 });
    }

    /// Taken with the camera on its side, and with the place it was taken in; a maker's file hangs behind it.
    #[test]
    fn is_turned_upright_and_loses_its_metadata() {
        use atelier_core::store::photos::Size;
        let plain = picture(800, 400, ImageFormat::Jpeg);
        let tiff: Vec<u8> = [
            &b"MM\0*\0\0\0\x08\0\x01"[..],
            &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
            &[0, 0, 0, 0],
            b"GPS 51.2194 N 4.4025 E",
        ]
        .concat();
        let segment = |marker: u8, body: &[u8]| {
            [
                &[0xff, marker][..],
                &u16::try_from(body.len() + 2).expect("short").to_be_bytes(),
                body,
            ]
            .concat()
        };
        let exif = segment(0xe1, &[&b"Exif\0\0"[..], &tiff].concat());
        let xmp = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<GPS>51.2194</GPS>");
        let comment = segment(0xfe, b"GPS in a comment");
        let jpeg = [&plain[..2], &exif, &xmp, &comment, &plain[2..], b"GPS behind the end"].concat();
        let mut shop = Shop::of("laurence-vandenborre");
        let photo = shop.does(&keeping(jpeg)).photo.expect("a photo");
        for size in [Size::Picture, Size::Printed, Size::Thumb] {
            let bytes = shop.counter.photo(&photo, size).expect("its bytes");
            let (width, height) = atelier_core::photo::size_of(&bytes).expect("a JPEG");
            assert!(height > width, "{width} × {height} lies on its side");
            assert!(!holds(&bytes, b"Exif") && !holds(&bytes, b"GPS"), "metadata was left");
        }
        // The original keeps its coded pixels to the byte, and which side is up.
        let original = shop.counter.photo(&photo, Size::Original).expect("its bytes");
        assert!(!holds(&original, b"GPS"), "the place was left");
        assert!(original.ends_with(&plain[plain.len() / 2..]), "the pixels were touched");
        let again = atelier_core::photo::read(&original).expect("a photo");
        assert!(
            again.height > again.width,
            "the original no longer knows which side is up"
        );
        assert_eq!(again.original, original, "stripping twice is stripping once");
    }

    #[test]
    fn in_png_and_webp_loses_its_metadata_too() {
        let png = picture(60, 40, ImageFormat::Png);
        let text = b"tEXtGPS\x0051.2194";
        let chunk = [
            &u32::try_from(text.len() - 4).expect("short").to_be_bytes()[..],
            text,
            &crc(text).to_be_bytes(),
        ]
        .concat();
        let tagged = [&png[..33], &chunk, &png[33..]].concat();
        let kept = atelier_core::photo::read(&tagged).expect("a photo");
        assert_eq!(kept.original, png);

        let webp = picture(60, 40, ImageFormat::WebP);
        let exif = [&b"EXIF"[..], &6_u32.to_le_bytes(), b"GPS 51"].concat();
        let mut tagged = [&webp[..], &exif].concat();
        let size = u32::try_from(tagged.len() - 8).expect("small").to_le_bytes();
        tagged[4..8].copy_from_slice(&size);
        let kept = atelier_core::photo::read(&tagged).expect("a photo");
        assert_eq!(kept.original, webp);
    }

    fn holds(bytes: &[u8], trace: &[u8]) -> bool {
        bytes.windows(trace.len()).any(|part| part == trace)
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }
}

mod price_files {
    use super::*;

    #[test]
    fn name_their_problems_by_line() {
        let mut shop = Shop::of("laurence-vandenborre");
        let csv = "day;price\n2026-11-30;3490,50\nyesterday;3500\n2026-12-01;0\n2027-01-01;3600\n1/12/2026;3.512,25\n";
        match shop.asks(&Question::CheckPriceFile {
            csv: csv.into(),
            unit: "ounce".into(),
        }) {
            Answer::PriceFile(check) => {
                assert_eq!(check.good, 2);
                assert_eq!(
                    check.problems,
                    [
                        "Line 3: the first column is not a date.",
                        "Line 4: the second column is not a price above zero.",
                        "Line 5: the day lies ahead."
                    ]
                );
            }
            other => panic!("{other:?}"),
        }
        let strict = Action::ImportGoldPrices {
            csv: csv.into(),
            unit: "ounce".into(),
            source: "file".into(),
            skip: false,
        };
        leaves_the_data(
            &mut shop,
            &strict,
            &Refusal::BadPriceLine {
                line: 3,
                why: "price-line-day",
            },
        );
        let lenient = Action::ImportGoldPrices {
            csv: csv.into(),
            unit: "ounce".into(),
            source: "file".into(),
            skip: true,
        };
        assert_eq!(shop.does(&lenient).imported, Some(2));
        assert_eq!(
            shop.does(&lenient).imported,
            Some(0),
            "the same prices are not kept twice"
        );
    }

    #[test]
    fn of_nothing_are_refused() {
        let mut shop = Shop::of("laurence-vandenborre");
        let action = Action::ImportGoldPrices {
            csv: String::new(),
            unit: "ounce".into(),
            source: "file".into(),
            skip: true,
        };
        leaves_the_data(
            &mut shop,
            &action,
            &Refusal::BadPriceLine {
                line: 1,
                why: "price-line-unreadable",
            },
        );
    }
}

/// A picture of few bytes that would take a gigabyte of memory is refused by what its head says, before anything is unpacked.
#[test]
fn a_small_file_that_unpacks_to_a_gigabyte_is_refused_by_its_head() {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        png.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        png.extend(kind);
        png.extend(data);
        png.extend(crc.sum().to_be_bytes());
    };
    // 16,384 pixels a side, eight bits of grey.
    let side = 16_384_u32.to_be_bytes();
    chunk(b"IHDR", &[&side[..], &side[..], &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
    chunk(b"IEND", &[]);
    let refused = atelier_core::photo::read(&png);
    assert!(matches!(refused, Err(Refusal::PictureTooLarge { .. })), "{refused:?}");
}
