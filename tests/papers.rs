//! Every paper in every language: its text as a snapshot, and what PDF/A-2a and PDF/UA-1 ask of its structure.

use atelier_core::counter::{Action, AskForm, CaseStep, QuoteLineForm, Step, case_steps, steps};
use atelier_core::house::{Envelope, Identity};
use atelier_core::paper::brand;
use atelier_core::paper::layout::{Glyph, Mark, lay_out};
use atelier_core::paper::pdf::render;
use atelier_core::paper::{Block, Letterhead, Paper, Sheet, recovery_sheet};
use atelier_core::store::key::Key;
use atelier_core::terms::{ClientKind, ProjectKind};
use atelier_core::words::Language;
use atelier_tests::{
    Shop, accept, card, cause, collect, decision, gold_ring, hand_back, inspection, intake, measured, metal, notice,
    parcel, pay, quote_form, text_of, value_form,
};
use lopdf::{Dictionary, Document, Object};
use std::io::Cursor;

fn ring_photo() -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(1600, 1200, |x, y| {
        let (dx, dy) = (x as f32 - 800.0, y as f32 - 640.0);
        let away = (dx * dx + dy * dy).sqrt();
        let gold = (away - 360.0).abs() < 46.0;
        let shade = ((x / 9 + y / 13) % 23) as u8;
        if gold {
            image::Rgb([196 + shade, 158 + shade, 72])
        } else {
            image::Rgb([238 - shade / 2, 234 - shade / 2, 226])
        }
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(pixels)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
        .expect("a picture");
    bytes
}

/// An answer of the Ask desk on paper: a worn ring sent back in time.
fn answer(shop: &mut Shop, language: Language) -> String {
    let fields = serde_json::json!({
        "possession": "16/11/2026", "informed": "10/11/2026", "ordered": "10/11/2026", "notice": "25/11/2026", "price": "1210", "condition": "worn",
        "loss_in_value": "35,50", "shipping_paid": "40", "standard_shipping": "25", "received": "1/12/2026",
    });
    let fields = fields.as_object().expect("an object").clone();
    let form = AskForm {
        ask: "after-sales".into(),
        house: "own".into(),
        language,
        fields,
        compare: false,
        project: String::new(),
    };
    shop.does(&Action::PrintAnswer { form }).paper.expect("a paper")
}

/// The papers of one job, in the client's language.
fn job(language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let photo = shop
        .does(&Action::KeepPhoto {
            name: "ring.jpg".into(),
            bytes: ring_photo(),
        })
        .photo
        .expect("a photo");
    let mut ring = gold_ring();
    ring.photos = vec![photo.clone()];
    ring.stones.push(measured("4.3", "2.6"));
    ring.stones[1].note = "chip at the girdle, éŁß€Ж".into();
    ring.metals.push(metal("585", "5,00"));
    let mut form = intake(vec![ring]);
    if let atelier_core::intake::Who::New { card } = &mut form.client {
        card.language = language;
    }
    form.signature = atelier_core::intake::Signature::Screen {
        strokes: vec![
            vec![(100, 200), (200, 80), (300, 210), (420, 90), (500, 200)],
            vec![(540, 150), (700, 140), (820, 160), (900, 90)],
        ],
    };
    let project = shop.takes_in_form(form);
    shop.accepts(&project);
    let mut value = value_form("15");
    let stone = shop.project(&project).pieces[0].stones[1].id.clone();
    value.repolish = vec![atelier_core::counter::RepolishForm {
        stone,
        amount: "120".into(),
    }];
    shop.does(&Action::Value {
        project: project.clone(),
        form: value,
    });
    let mut quote = quote_form("2890", "31/01/2027");
    quote.intro = "A slim ring, made from your grandmother's gold, with her diamond in a raised setting and a pair of small sapphires beside it.".into();
    for number in 1..12 {
        quote.lines.push(QuoteLineForm {
            text: format!(
                "Setting {number}: prong setting of an accent stone, incorporating your own materials where they can be incorporated"
            ),
            delivery: false,
            quantity: "1".into(),
            unit_price: "120,50".into(),
            vat: "21".into(), second_hand: false, });
    }
    quote.drawings = vec![photo];
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote,
    });
    let ids: Vec<String> = shop
        .project(&project)
        .papers
        .into_iter()
        .map(|paper| paper.id)
        .chain([answer(&mut shop, language)])
        .collect();
    ids.iter()
        .map(|id| shop.counter.paper(id).expect("its bytes"))
        .collect()
}

/// The invoices of a business: of what it paid in advance, a credit note, the whole order, and a second-hand piece.
fn invoiced(language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut business = atelier_tests::card("Juwelen Peeters & Zonen BV");
    business.kind = ClientKind::Business;
    business.vat_number = "BE 0441.574.880".into();
    business.language = language;
    let opened = |shop: &mut Shop, kind, mut form: atelier_core::counter::QuoteForm| {
        let client = atelier_core::intake::Who::New { card: business.clone() };
        let project = shop.opens(kind, client);
        form.lines[0].text = "Signet ring, yellow gold 750, engraved by hand".into();
        let quote = project.clone();
        shop.does(&Action::IssueQuote { project: quote, form });
        shop.consents(&project);
        shop.takes(&project, accept());
        project
    };
    let issue = |what: &str, treatment: &str| {
        Step::IssueInvoice(steps::IssueInvoice {
            what: what.into(),
            treatment: treatment.into(),
            proof: String::new(),
        })
    };
    let mut form = quote_form("2890", "31/12/2026");
    form.lines.push(QuoteLineForm {
        text: "Box of oak".into(),
        quantity: "3".into(),
        unit_price: "33,35".into(),
        ..form.lines[0].clone()
    });
    let project = opened(&mut shop, ProjectKind::TailorMade, form);
    shop.pays(&project, "1500");
    let mut papers = vec![shop.takes(&project, issue("deposit", "")).paper];
    let credit = Step::CreditInvoice(steps::CreditInvoice {
        invoice: "FA2026-0001".into(),
        amount: "250".into(),
        reason: "Paid twice".into(),
    });
    papers.push(shop.takes(&project, credit).paper);
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    papers.push(shop.takes(&project, issue("final", "")).paper);
    let mut form = quote_form("980", "31/12/2026");
    form.lines[0].vat = "0".into();
    form.lines[0].second_hand = true;
    let project = opened(&mut shop, ProjectKind::Stock, form);
    shop.pays(&project, "980");
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    papers.push(shop.takes(&project, issue("final", "margin")).paper);
    papers
        .into_iter()
        .map(|id| shop.counter.paper(&id.expect("a paper")).expect("its bytes"))
        .collect()
}

/// Every paper of an order that goes through everything: paid in part, late, lost at the setter's, cancelled, uncollected.
fn order(language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut form = intake(vec![gold_ring()]);
    if let atelier_core::intake::Who::New { card } = &mut form.client {
        card.language = language;
    }
    let project = shop.takes_in_form(form);
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.quotes(&project, "4235");
    let screen = || atelier_core::intake::Signature::Screen {
        strokes: vec![vec![(100, 200), (200, 80), (300, 210), (420, 90), (500, 200)]],
    };
    shop.takes(
        &project,
        Step::AcceptQuote(steps::AcceptQuote {
            channel: "screen".into(),
            day: String::new(),
            words: String::new(),
            signature: screen(),
            ..steps::AcceptQuote::default()
        }),
    );
    shop.buys_gold(&project);
    shop.takes(
        &project,
        Step::RequestPayment(steps::RequestPayment {
            kind: "deposit".into(),
            due: "9/12/2026".into(),
        }),
    );
    shop.takes(&project, pay("1649,89", "cash"));
    shop.approves_design(&project);
    shop.takes(&project, Step::NoteSize(steps::NoteSize { finger: "54".into() }));
    shop.takes(&project, atelier_tests::order_sheet());
    for paper in ["job-card", "labels", "label-sheet"] {
        shop.takes(&project, Step::Print(steps::Print { paper: paper.into() }));
    }
    shop.settles(&project, "0.30", "lost");
    shop.turn_to("2027-01-11");
    shop.takes(
        &project,
        Step::ChangeDate(steps::ChangeDate {
            latest: "29/1/2027".into(),
            cause: "late".into(),
        }),
    );
    shop.takes(
        &project,
        Step::AnswerDate(steps::AnswerDate {
            answer: "new-date".into(),
            day: String::new(),
        }),
    );
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, pay("1649,88", "transfer"));
    shop.takes(
        &project,
        Step::Remind(steps::Remind {
            registered: String::new(),
            day: String::new(),
        }),
    );
    shop.takes(
        &project,
        Step::Remind(steps::Remind {
            registered: "RR 123 456 789 BE".into(),
            day: String::new(),
        }),
    );
    shop.takes(&project, collect());
    let ended = shop.order();
    if let Some(client) = Some(shop.project(&ended).client) {
        let mut card = client.card;
        card.language = language;
        shop.does(&Action::EditClient {
            id: client.id,
            version: client.version,
            card,
        });
    }
    shop.pays(&ended, "2000");
    let mut cancelled = atelier_tests::cancel("client", "", ["in-person", "own-design", ""]);
    if let Step::Cancel(steps::Cancel { reason, .. }) = &mut cancelled {
        *reason = "—".into();
    }
    shop.takes(&ended, cancelled);
    shop.takes(
        &ended,
        Step::BookRefund(steps::BookRefund {
            amount: "350,11".into(),
            method: "transfer".into(),
            day: String::new(),
            note: String::new(),
        }),
    );
    let client = atelier_core::intake::Who::Known {
        id: shop.project(&project).client.id,
    };
    let made = shop.opens(atelier_core::terms::ProjectKind::TailorMade, client);
    shop.takes(
        &made,
        Step::GiveConsents(steps::GiveConsents {
            consents: vec!["sketches".into()],
            signature: screen(),
        }),
    );
    let mut papers = shop.project(&project).papers.into_iter().skip(3).collect::<Vec<_>>();
    papers.extend(shop.project(&made).papers);
    papers.extend(shop.project(&ended).papers.into_iter().skip(4));
    papers
        .into_iter()
        .map(|paper| shop.counter.paper(&paper.id).expect("its bytes"))
        .collect()
}

/// The papers of one full return to a house: told of the right, notice, RMA and label, inspection with a loss, refund in parts.
fn full_return(house: &str, language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = Shop::of(house).on("2026-11-02");
    shop.clients_speak = language;
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    shop.takes(
        &project,
        Step::Print(steps::Print {
            paper: "withdrawal-form".into(),
        }),
    );
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(
        &case,
        notice("I withdraw from my order of 2 November. Yours, Anna Łukaszewska"),
    );
    let collected = shop
        .case(&case)
        .next
        .iter()
        .find(|next| next.step == "authorise-return")
        .expect("the step")
        .fields[0]
        .value
        .clone();
    shop.sees_to(
        &case,
        CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
            label: collected,
            cost: String::new(),
        }),
    );
    let rma = shop.case(&case).rma;
    shop.turn_to("2026-11-16");
    shop.sees_to(&case, parcel(&rma));
    let photo = shop
        .does(&Action::KeepPhoto {
            name: "ring.jpg".into(),
            bytes: ring_photo(),
        })
        .photo
        .expect("a photo");
    let looked = match inspection("beyond", "worn", "85,50") {
        CaseStep::Inspect(case_steps::Inspect {
            complete,
            handling,
            condition,
            loss,
            cause,
            day,
            note,
            ..
        }) => CaseStep::Inspect(case_steps::Inspect {
            complete,
            handling,
            condition,
            loss,
            cause,
            day,
            note,
            photos: vec![photo],
        }),
        other => other,
    };
    shop.sees_to(&case, looked);
    shop.refunds(&case, "1000");
    shop.turn_to("2026-11-20");
    shop.refunds(&case, "124,50");
    let told = shop
        .project(&project)
        .papers
        .into_iter()
        .filter(|paper| paper.number.starts_with(['Y', 'Z']))
        .map(|paper| paper.id);
    let ids: Vec<String> = told
        .chain(shop.case(&case).papers.into_iter().map(|paper| paper.id))
        .collect();
    ids.iter()
        .map(|id| shop.counter.paper(id).expect("its bytes"))
        .collect()
}

/// The other papers of after-sales: the blank form, an exchange, a decision, refusals, a parcel not taken, and a client's data.
fn aftersales(language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = Shop::of("belgium-flawless").on("2026-11-02");
    shop.clients_speak = language;
    let mut ids = vec![
        shop.does(&Action::PrintWithdrawalForm { language })
            .paper
            .expect("a paper"),
    ];
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let claim = shop.opens_case(&project, "warranty", &[("notice", "6/11/2026"), ("found", "6/11/2026")]);
    shop.sees_to(&claim, parcel(""));
    ids.extend(shop.sees_to(&claim, cause("making")).paper);
    ids.extend(shop.sees_to(&claim, decision("repair", "no")).paper);
    ids.extend(shop.sees_to(&claim, hand_back()).paper);
    let exchange = shop.opens_case(&project, "exchange", &[]);
    shop.sees_to(&exchange, notice("The sapphire, please."));
    shop.sees_to(&exchange, parcel(""));
    ids.extend(
        shop.sees_to(
            &exchange,
            CaseStep::Exchange(case_steps::Exchange {
                item: "Ring with sapphire".into(),
                price: "1500".into(),
                day: String::new(),
            }),
        )
        .paper,
    );
    shop.turn_to("2026-11-07");
    let second = shop.sells_by_mail(ProjectKind::Stock, "900", "2026-11-09");
    shop.turn_to("2026-12-05");
    let late = shop.opens_case(&second, "return", &[]);
    shop.sees_to(&late, notice("I would like to return it."));
    let refused = CaseStep::ReceiveParcel(case_steps::ReceiveParcel {
        rma: String::new(),
        seal: "intact".into(),
        outcome: "refused".into(),
        day: String::new(),
        note: String::new(),
        photos: Vec::new(),
    });
    ids.extend(shop.sees_to(&late, refused).paper);
    let third = shop.sells_by_mail(ProjectKind::Stock, "700", "2026-12-09");
    shop.turn_to("2027-02-01");
    let too_late = shop.opens_case(&third, "return", &[]);
    shop.sees_to(&too_late, notice("I would like to return it."));
    ids.extend(
        shop.sees_to(
            &too_late,
            CaseStep::RefuseCase(case_steps::RefuseCase {
                day: String::new(),
                note: String::new(),
            }),
        )
        .paper,
    );
    let client = shop.case(&late).client.id;
    ids.extend(shop.does(&Action::GiveData { client }).paper);
    ids.iter()
        .map(|id| shop.counter.paper(id).expect("its bytes"))
        .collect()
}

#[test]
fn the_papers_of_after_sales_say_what_they_said() {
    let houses = [
        "laurence-vandenborre",
        "uniglo",
        "bigli",
        "belgium-flawless",
        "artbeats",
    ];
    let mut sets = Vec::new();
    for language in Language::ALL {
        sets.push(("return-uniglo".to_owned(), language, full_return("uniglo", language)));
        sets.push(("aftersales".to_owned(), language, aftersales(language)));
    }
    for house in houses {
        sets.push((
            format!("return-{house}"),
            Language::Nl,
            full_return(house, Language::Nl),
        ));
    }
    for (set, language, papers) in sets {
        for (number, bytes) in papers {
            let name = format!("{set}-{number}-{}", language.code());
            let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(folder.join(format!("{name}.pdf")), &bytes).expect("a file");
            insta::with_settings!({
                snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"), prepend_module_to_snapshot => false, omit_expression => true,
            }, {
                insta::assert_snapshot!(name, text_of(&bytes));
            });
        }
    }
}

#[test]
fn the_withdrawal_form_is_filled_in_on_the_screen_with_every_latin_letter() {
    for language in Language::ALL {
        let (_, bytes) = aftersales(language).remove(0);
        let document = Document::load_mem(&bytes).expect("a PDF");
        let form = dictionary(
            &document,
            document.catalog().expect("a catalog").get(b"AcroForm").expect("a form"),
        );
        assert!(form.get(b"NeedAppearances").is_err(), "its appearances are its own");
        let fields = form.get(b"Fields").and_then(Object::as_array).expect("fields");
        let mut names = Vec::new();
        for field in fields {
            let field = dictionary(&document, field);
            names.push(String::from_utf8_lossy(field.get(b"T").and_then(Object::as_str).expect("a name")).into_owned());
            assert!(field.get(b"TU").is_ok() && field.get(b"AP").is_ok() && field.get(b"StructParent").is_ok());
            assert_eq!(
                field.get(b"F").and_then(Object::as_i64).expect("flags"),
                4,
                "it is printed"
            );
        }
        assert_eq!(
            names,
            ["goods", "ordered", "name", "address", "date"],
            "a signature is for the pen"
        );
        // The face fields are set in holds every letter of the Latin alphabets, and says which is which.
        let fonts = dictionary(
            &document,
            dictionary(&document, form.get(b"DR").expect("resources"))
                .get(b"Font")
                .expect("fonts"),
        );
        let font = dictionary(&document, fonts.get(b"F0").expect("a font"));
        let map = font
            .get(b"ToUnicode")
            .and_then(Object::as_reference)
            .and_then(|id| document.get_object(id))
            .and_then(Object::as_stream)
            .expect("a map");
        let map =
            String::from_utf8_lossy(&map.decompressed_content().unwrap_or_else(|_| map.content.clone())).into_owned();
        for letter in "ŁłŻżĄąŐőŞşĞğÇçÑñÆæØøßÉé€".chars() {
            assert!(
                map.contains(&format!("<{:04X}>\n", u32::from(letter))),
                "{letter} cannot be typed"
            );
        }
    }
}

#[test]
fn the_papers_say_what_they_said() {
    for language in Language::ALL {
        for (number, bytes) in job(language)
            .into_iter()
            .chain(order(language))
            .chain(invoiced(language))
        {
            // Kept to be looked at.
            let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(folder.join(format!("{number}-{}.pdf", language.code())), &bytes).expect("a file");
            insta::with_settings!({
                snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"), prepend_module_to_snapshot => false, omit_expression => true,
            }, {
                insta::assert_snapshot!(format!("{}-{}", number, language.code()), text_of(&bytes));
            });
        }
    }
}

#[test]
fn text_copies_out_exactly() {
    let papers = job(Language::Nl);
    let text = text_of(&papers[0].1).replace(['\n', '\u{ad}'], " ");
    for wanted in ["éŁß€Ж", "Anna Łukaszewska", "2.500,00"] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    assert_eq!(job(Language::Fr), job(Language::Fr));
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    match object {
        Object::Reference(id) => document.get_dictionary(*id).expect("a dictionary"),
        other => other.as_dict().expect("a dictionary"),
    }
}

/// The roles of the structure tree below `element`, and how many pieces of content hang on it.
fn walk(document: &Document, element: &Dictionary, roles: &mut Vec<String>, content: &mut usize) {
    roles.push(String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a role")).into_owned());
    let role = roles.last().cloned().unwrap_or_default();
    if role == "Figure" {
        assert!(element.get(b"Alt").is_ok(), "a picture without words");
        assert!(element.get(b"A").is_ok(), "a picture without a box");
    }
    if role == "TH" {
        assert!(element.get(b"A").is_ok(), "a head that heads nothing");
    }
    let Ok(kids) = element.get(b"K") else { return };
    let kids = kids.as_array().cloned().unwrap_or_else(|_| vec![kids.clone()]);
    for kid in &kids {
        match kid {
            Object::Integer(_) => *content += 1,
            other => {
                let kid = dictionary(document, other);
                match (kid.get(b"MCID"), kid.get(b"Obj")) {
                    (Ok(_), _) => *content += 1,
                    // A field hangs on its element as an object, not as a piece of the page.
                    (Err(_), Ok(_)) => {}
                    (Err(_), Err(_)) => walk(document, kid, roles, content),
                }
            }
        }
    }
}

#[test]
fn they_are_built_as_pdf_a_and_pdf_ua_ask() {
    for (number, bytes) in job(Language::De).into_iter().chain(aftersales(Language::De)) {
        assert!(bytes.starts_with(b"%PDF-1.7"), "{number}");
        let document = Document::load_mem(&bytes).expect("a PDF");
        let catalog = document.catalog().expect("a catalog");
        assert_eq!(
            catalog.get(b"Lang").and_then(Object::as_str).expect("a language"),
            b"de"
        );
        assert!(
            dictionary(&document, catalog.get(b"MarkInfo").expect("marks"))
                .get(b"Marked")
                .and_then(Object::as_bool)
                .expect("marked")
        );
        assert!(
            dictionary(&document, catalog.get(b"ViewerPreferences").expect("preferences"))
                .get(b"DisplayDocTitle")
                .and_then(Object::as_bool)
                .expect("title shown")
        );
        let intents = catalog
            .get(b"OutputIntents")
            .and_then(Object::as_array)
            .expect("an intent");
        assert_eq!(
            dictionary(&document, &intents[0])
                .get(b"S")
                .and_then(Object::as_name)
                .expect("a kind"),
            b"GTS_PDFA1"
        );
        let metadata = catalog
            .get(b"Metadata")
            .and_then(Object::as_reference)
            .expect("metadata");
        let metadata = document
            .get_object(metadata)
            .and_then(Object::as_stream)
            .expect("a stream");
        assert!(metadata.dict.get(b"Filter").is_err(), "metadata is compressed");
        let xmp = String::from_utf8_lossy(&metadata.content);
        for wanted in [
            "<pdfaid:part>2<",
            "<pdfaid:conformance>A<",
            "<pdfuaid:part>1<",
            "<dc:creator>",
        ] {
            assert!(xmp.contains(wanted), "{wanted}");
        }
        assert!(document.trailer.get(b"ID").is_ok());

        let root = dictionary(&document, catalog.get(b"StructTreeRoot").expect("a tree"));
        let (mut roles, mut tagged) = (Vec::new(), 0);
        walk(
            &document,
            dictionary(&document, root.get(b"K").expect("a document")),
            &mut roles,
            &mut tagged,
        );
        assert_eq!(roles.iter().filter(|role| *role == "H1").count(), 1, "one title");
        let mut marked = 0;
        for (_, page) in document.get_pages() {
            let content = String::from_utf8_lossy(&document.get_page_content(page)).into_owned();
            marked += content.matches("/MCID").count();
            assert_eq!(
                content.matches("BDC").count() + content.matches("BMC").count(),
                content.matches("EMC").count(),
                "{number}: marks do not nest"
            );
            let page = document.get_dictionary(page).expect("a page");
            assert_eq!(page.get(b"Tabs").and_then(Object::as_name).expect("an order"), b"S");
            assert!(page.get(b"StructParents").is_ok());
        }
        assert_eq!(
            tagged, marked,
            "{number}: a piece of content hangs on no element, or on two"
        );

        let mut fonts = 0;
        for object in document.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0".as_slice()) {
                fonts += 1;
                let name = String::from_utf8_lossy(font.get(b"BaseFont").and_then(Object::as_name).expect("a name"))
                    .into_owned();
                assert_eq!(name.find('+'), Some(6), "{name} is not a subset");
                assert!(font.get(b"ToUnicode").is_ok(), "{name} cannot be copied");
                let descendant = &font
                    .get(b"DescendantFonts")
                    .and_then(Object::as_array)
                    .expect("a descendant")[0];
                let descriptor = dictionary(&document, descendant)
                    .get(b"FontDescriptor")
                    .expect("a descriptor");
                assert!(
                    dictionary(&document, descriptor).get(b"FontFile2").is_ok(),
                    "{name} is not embedded"
                );
            }
        }
        assert!(fonts >= 3, "{number} has {fonts} faces");
    }
}

/// The file's own grammar, looked at by another program.
#[test]
#[cfg(target_os = "linux")]
fn another_program_finds_nothing_to_mend() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, bytes) in job(Language::Fr) {
        let file = folder.path().join(format!("{number}.pdf"));
        std::fs::write(&file, bytes).expect("a file");
        let output = std::process::Command::new("qpdf")
            .arg("--check")
            .arg(&file)
            .output()
            .expect("qpdf, from the package of that name");
        assert!(
            output.status.success(),
            "{number}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}

#[test]
fn a_row_is_never_split_and_heads_are_repeated() {
    let (_, bytes) = job(Language::En).swap_remove(2);
    let document = Document::load_mem(&bytes).expect("a PDF");
    let pages: Vec<String> = document
        .get_pages()
        .keys()
        .map(|&page| document.extract_text(&[page]).expect("text"))
        .collect();
    assert!(pages.len() >= 2, "the quote has {} pages", pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("page {} of {}", index + 1, pages.len())));
        if page.contains("prong setting") {
            assert!(
                page.contains("Unit price"),
                "page {} has rows without their head",
                index + 1
            );
        }
    }
    for number in 1..12 {
        let holding = pages
            .iter()
            .filter(|page| page.contains(&format!("Setting {number}:")))
            .count();
        assert_eq!(holding, 1);
    }
}

/// A paragraph is shaped once, and its lines are cut out of it.
#[test]
fn a_line_is_set_as_it_would_be_if_it_stood_alone() {
    let words =
        "Two offcuts for Avi’s AVATAR: 12.345,67 € (‘T. Y.’) — fifty-five waffles, office/affair, Łódź, 1⁄2 ct To";
    let blocks = (0..120).flat_map(|from| {
        let text: String = words.chars().cycle().skip(from).take(400).collect();
        [
            Block::Text(text.clone()),
            Block::Heading(text.clone()),
            Block::Note(text),
        ]
    });
    let paper = Paper {
        language: Language::En,
        title: "Lines".into(),
        letterhead: Letterhead::default(),
        issued_at: "2026-12-02T10:00:00+01:00".into(),
        sheet: Sheet::A4,
        blocks: blocks.collect(),
    };
    let laid = lay_out(&paper).expect("pages");
    let mut lines = 0;
    for placed in laid.pages.iter().flat_map(|page| &page.placed) {
        let Mark::Run(run) = &placed.item.mark else { continue };
        let drawn = |glyphs: &[Glyph]| -> Vec<(u16, i32, usize, String)> {
            let each = glyphs.iter();
            each.map(|glyph| {
                (
                    glyph.id,
                    (glyph.advance * 10.0).round() as i32,
                    glyph.at,
                    glyph.text.clone(),
                )
            })
            .collect()
        };
        // A blank at its end belongs to no line: it keeps the words of two apart.
        let seen = run.glyphs.split_last().filter(|(last, _)| last.text == " ");
        let seen = seen.map_or(run.glyphs.as_slice(), |(_, before)| before);
        let text = run.text();
        let mut alone = run
            .style
            .face
            .shape(text.trim_end(), run.style.tabular)
            .expect("shaped");
        for glyph in &mut alone {
            glyph.advance += run.style.tracking;
        }
        assert_eq!(drawn(seen), drawn(&alone), "{text}");
        lines += 1;
    }
    assert!(lines > 1000, "{lines}");
}

#[test]
fn what_a_client_writes_in_another_script_stands_on_the_paper() {
    let mut shop = Shop::of("laurence-vandenborre");
    let scripts = [
        "Ring 💍 ✓ ⌀ 18 mm²",
        "טבעת זהב",
        "خاتم ذهب",
        "Ոսկե մատանի",
        "ოქროს ბეჭედი",
        "सोने की अंगूठी",
        "સોનાની વીંટી",
        "แหวนทอง",
    ];
    let mut form = intake(
        scripts
            .iter()
            .map(|text| {
                let mut ring = gold_ring();
                ring.description = (*text).into();
                ring
            })
            .collect(),
    );
    form.wish = scripts.join(" · ");
    let taken = shop.does(&Action::TakeIn {
        form,
        draft: String::new(),
    });
    let (_, bytes) = shop.counter.paper(&taken.paper.expect("a receipt")).expect("its bytes");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("scripts.pdf"), &bytes).expect("a file");
    let text = text_of(&bytes) + &said_of(&bytes);
    assert!(!text.contains('□') && !text.contains("lettertype"), "{text}");
    for word in scripts.iter().flat_map(|text| text.split(' ')) {
        assert!(text.contains(word), "{word} is lost in {text}");
    }
}

/// What a paper says its glyphs stand for, where their map cannot.
fn said_of(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut said = String::new();
    for page in document.get_pages().into_values() {
        let content = document.get_page_content(page);
        for operation in lopdf::content::Content::decode(&content)
            .expect("its operations")
            .operations
        {
            let properties = operation.operands.get(1).and_then(|object| object.as_dict().ok());
            let text = properties.and_then(|properties| properties.get(b"ActualText").ok()?.as_str().ok());
            if let Some(text) = text {
                let units: Vec<u16> = text[2..]
                    .chunks(2)
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                    .collect();
                said.push_str(&String::from_utf16(&units).expect("a text"));
                said.push(' ');
            }
        }
    }
    said
}

/// Chinese, Japanese and Korean are drawn where the machine has a face for them, and said to be missing where it has none.
#[test]
fn large_scripts_are_drawn_by_the_machine_or_said_to_be_missing() {
    for name in ["王秀英", "高橋さくら", "김민준"] {
        let mut shop = Shop::of("laurence-vandenborre");
        let mut form = intake(vec![gold_ring()]);
        form.wish = name.into();
        let taken = shop.does(&Action::TakeIn {
            form,
            draft: String::new(),
        });
        let project = taken.project.expect("a project");
        assert_eq!(shop.project(&project).wish, name);
        let (_, bytes) = shop.counter.paper(&taken.paper.expect("a receipt")).expect("its bytes");
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join("large-scripts.pdf"), &bytes).expect("a file");
        assert!(said_of(&bytes).contains(name), "{name} does not copy out");
        let text = text_of(&bytes);
        assert_eq!(text.contains('□'), text.contains("geen lettertype"), "{text}");
    }
}

/// A script that no face on earth has: the paper says so, and what was written is kept.
#[test]
fn a_sign_without_a_face_is_said_on_the_paper_and_kept() {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut form = intake(vec![gold_ring()]);
    form.wish = "Before \u{10ffd0} behind".into();
    let taken = shop.does(&Action::TakeIn {
        form,
        draft: String::new(),
    });
    let project = taken.project.expect("a project");
    assert_eq!(shop.project(&project).wish, "Before \u{10ffd0} behind");
    let (_, bytes) = shop.counter.paper(&taken.paper.expect("a receipt")).expect("its bytes");
    let text = text_of(&bytes);
    assert!(text.contains('□') || text.contains("\u{10ffd0}"), "{text}");
    assert!(text.contains("geen lettertype"), "{text}");
}

/// A quote of a line: one page, and the place to accept it stands beside the price.
#[rstest::rstest]
fn a_simple_quote_is_one_page(
    #[values("laurence-vandenborre", "belgium-flawless", "bigli", "artbeats", "uniglo")] house: &str,
    #[values(Language::Nl, Language::Fr, Language::En, Language::De)] language: Language,
) {
    let mut shop = Shop::of(house).on("2026-12-02");
    let mut client = card("Anna Peeters");
    client.language = language;
    let project = shop.opens(ProjectKind::TailorMade, atelier_core::intake::Who::New { card: client });
    let quoted = shop.does(&Action::IssueQuote {
        project,
        form: quote_form("4235", "31/01/2027"),
    });
    let (_, bytes) = shop.counter.paper(&quoted.paper.expect("a quote")).expect("its bytes");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join(format!("simple-{house}-{}.pdf", language.code())), &bytes).expect("a file");
    assert_eq!(Document::load_mem(&bytes).expect("a PDF").get_pages().len(), 1);
}

#[test]
fn a_two_page_quote_with_a_photo_stays_small() {
    let (_, bytes) = job(Language::En).swap_remove(2);
    assert!(bytes.len() < 110_000, "{} bytes", bytes.len());
}

#[test]
fn the_recovery_sheet_says_its_key_so_that_it_can_be_typed_again() {
    let key = Key::Random([7; 32]);
    let recovery = key.recovery().expect("a random key is written down");
    for language in Language::ALL {
        let sheet = recovery_sheet(language, "Laurence Vandenborre", &recovery, "2026-11-21T10:00:00+01:00");
        let bytes = render(&sheet).expect("a PDF");
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join(format!("recovery-{}.pdf", language.code())), &bytes).expect("a file");
        let text = text_of(&bytes).replace(['\n', '\u{a0}'], " ");
        let printed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(printed.contains(&recovery), "{printed}");
        assert!(printed.contains("Laurence Vandenborre"), "{printed}");
        assert_eq!(Key::recovered(&recovery), Some(key.clone()));
    }
}

/// What the appearance of a field shows, read back through the map of its face.
fn shown_in(document: &Document, name: &str) -> String {
    let form = dictionary(
        document,
        document.catalog().expect("a catalog").get(b"AcroForm").expect("a form"),
    );
    let stream = |object: &Object| -> String {
        let id = object.as_reference().expect("a reference");
        let stream = document.get_object(id).and_then(Object::as_stream).expect("a stream");
        let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        String::from_utf8_lossy(&content).into_owned()
    };
    let fonts = dictionary(
        document,
        dictionary(document, form.get(b"DR").expect("resources"))
            .get(b"Font")
            .expect("fonts"),
    );
    let text = |hex: &str| -> String {
        let units: Vec<u16> = hex
            .as_bytes()
            .chunks(4)
            .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).expect("figures"), 16).expect("figures"))
            .collect();
        String::from_utf16(&units).expect("a text")
    };
    // For each face of the fields, which text each number stands for.
    let faces: std::collections::HashMap<String, std::collections::HashMap<String, String>> = fonts
        .iter()
        .map(|(name, font)| {
            let map = stream(dictionary(document, font).get(b"ToUnicode").expect("a map"));
            let letters = map
                .lines()
                .filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
            let letters = letters.map(|(id, code)| (id.to_owned(), text(code))).collect();
            (String::from_utf8_lossy(name).into_owned(), letters)
        })
        .collect();
    let fields = form.get(b"Fields").and_then(Object::as_array).expect("fields");
    let field = fields
        .iter()
        .map(|field| dictionary(document, field))
        .find(|field| field.get(b"T").and_then(Object::as_str).expect("a name") == name.as_bytes())
        .expect("the field");
    let look = stream(
        dictionary(document, field.get(b"AP").expect("looks"))
            .get(b"N")
            .expect("a look"),
    );
    let mut shown = String::new();
    for line in look.lines() {
        if line == "T*" {
            shown.push(' ');
        } else if let Some((face, hex)) = line
            .strip_prefix('/')
            .and_then(|line| line.strip_suffix("> Tj")?.split_once(" <"))
        {
            let letters = &faces[face.split(' ').next().expect("a face")];
            let ids = hex
                .as_bytes()
                .chunks(4)
                .map(|id| std::str::from_utf8(id).expect("figures"));
            shown.extend(ids.map(|id| letters[id].as_str()));
        }
    }
    shown.trim().to_owned()
}

/// An order of nine lines for a client of that name, and its withdrawal form.
fn form_for(name: &str) -> Document {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.opens(ProjectKind::Stock, atelier_core::intake::Who::New { card: card(name) });
    let mut quote = quote_form("100", "31/01/2027");
    quote.lines[0].text = "Line 1, a ring with a rather long description of everything that is set in it".into();
    for number in 2..=9 {
        let mut line = quote.lines[0].clone();
        line.text = line.text.replace("Line 1", &format!("Line {number}"));
        quote.lines.push(line);
    }
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote,
    });
    shop.takes(&project, atelier_tests::accept());
    let form = Step::Print(steps::Print {
        paper: "withdrawal-form".into(),
    });
    let paper = shop.takes(&project, form).paper.expect("a paper");
    let (_, bytes) = shop.counter.paper(&paper).expect("its bytes");
    std::fs::write(
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("form.pdf"),
        &bytes,
    )
    .expect("a file");
    Document::load_mem(&bytes).expect("a PDF")
}

#[test]
fn the_withdrawal_form_keeps_every_letter_and_every_line() {
    for name in [
        "Nguyễn Thị Ánh Tuyết",
        "Ελένη Παπαδοπούλου",
        "Юлія Ґалаґан",
        "Łukasz Șerban",
        "Նարեկ Սարգսյան",
        "ნინო ბერიძე",
        "חנה לוי",
        "Anna 💍",
    ] {
        let form = form_for(name);
        let mut shown = shown_in(&form, "name");
        if name.starts_with('ח') {
            // In the order it is seen in.
            shown = shown.chars().rev().collect();
        }
        assert_eq!(shown, name);
        let goods = shown_in(&form, "goods");
        for number in 1..=9 {
            assert!(
                goods.contains(&format!("Line {number}, a ring")),
                "line {number} in {goods}"
            );
        }
    }
}

/// Papers with the longest names and descriptions that the counter takes, in a house with a long name of its own.
fn longest(language: Language) -> Vec<(String, Vec<u8>)> {
    let long = |words: &str, length: usize| -> String {
        words.chars().cycle().take(length).collect::<String>().trim().to_owned()
    };
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut identity = atelier_core::house::Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.name = long("Juweliershuis Vandenborre & Dochters ", 80);
    identity.street = long("Tabakvest 3, achter de poort, ", 110);
    identity.website = format!("www.{}.be", "w".repeat(60));
    shop.does(&Action::EditHouse {
        version: 1,
        identity,
        language,
        deduction_pct: "0".into(),
    });
    let mut ring = gold_ring();
    ring.description = long("Gouden ring met een centrale diamant en twee saffieren ", 190);
    ring.condition = long("gekrast aan de binnenkant, een klauw ontbreekt, ", 190);
    ring.envelope = "E-0001-".to_owned() + &"9".repeat(20);
    let mut form = intake(vec![ring]);
    if let atelier_core::intake::Who::New { card } = &mut form.client {
        card.language = language;
        card.name = long("Anna-Margaretha Łukaszewska-Vanderstraeten ", 115);
        card.street = long("Koningin Fabiolalaan ", 115);
        card.city = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".into();
    }
    let project = shop.takes_in_form(form);
    shop.accepts(&project);
    shop.values(&project, "15");
    let mut quote = quote_form("999999,99", "31/01/2027");
    quote.intro = long("Een ring uit het goud van uw grootmoeder, ", 900);
    quote.lines[0].text = long("Zetwerk-van-een-enkele-steen", 190);
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote,
    });
    shop.takes(&project, atelier_tests::accept());
    shop.takes(
        &project,
        Step::RequestPayment(steps::RequestPayment {
            kind: "deposit".into(),
            due: String::new(),
        }),
    );
    shop.takes(&project, pay("600000", "transfer"));
    shop.approves_design(&project);
    shop.takes(&project, atelier_tests::order_sheet());
    for paper in [
        "job-card",
        "labels",
        "label-sheet",
        "withdrawal-information",
        "withdrawal-form",
        "justice-file",
    ] {
        shop.takes(&project, Step::Print(steps::Print { paper: paper.into() }));
    }
    shop.takes(
        &project,
        Step::Suspend(steps::Suspend {
            first: String::new(),
            reason: "force-majeure".into(),
        }),
    );
    let mut ended = atelier_tests::cancel("client", "", ["in-person", "own-design", ""]);
    if let Step::Cancel(steps::Cancel { reason, .. }) = &mut ended {
        *reason = long("De klant heeft zich bedacht, ", 280);
    }
    shop.takes(&project, ended);
    let ids: Vec<String> = shop
        .project(&project)
        .papers
        .into_iter()
        .map(|paper| paper.id)
        .collect();
    ids.iter()
        .map(|id| shop.counter.paper(id).expect("its bytes"))
        .collect()
}

/// A logo of shapes: a ring of two circles, a stone turned by its group, a line, in a frame that cuts nothing off.
const DRAWN_LOGO: &str = r##"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80" fill="none">
  <clipPath id="frame"><rect width="240" height="80" fill="white"/></clipPath>
  <g clip-path="url(#frame)">
    <path fill="#1f3a5f" fill-rule="evenodd" d="M120 10a30 30 0 1 0 0.01 0zM120 18a22 22 0 1 0 0.01 0z"/>
    <g transform="rotate(45 120 10)"><rect x="113" y="3" width="14" height="14" fill="#b08d2e"/></g>
    <path d="M20 40H80M160 40Q190 20 220 40" stroke="#1f3a5f" stroke-width="4" stroke-dasharray="30 6"/>
  </g>
</svg>"##;

/// A logo of pixels that shines through where it is empty.
fn png_logo() -> Vec<u8> {
    let pixels = image::RgbaImage::from_fn(600, 200, |x, y| {
        let inside = (x as i64 - 300).pow(2) + (y as i64 - 100).pow(2) < 90 * 90;
        image::Rgba([31, 58, 95, if inside { 255 } else { 0 }])
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgba8(pixels)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .expect("a picture");
    bytes
}

/// A house with a logo and a colour of its own, that posts its papers in those envelopes.
fn with_logo(logo: &[u8], name: &str, envelope: Envelope) -> Shop {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let file = shop.does(&Action::KeepFile {
        name: name.into(),
        bytes: logo.to_vec(),
    });
    let profile = atelier_core::house::Profile::named("laurence-vandenborre").expect("a house");
    shop.does(&Action::EditHouse {
        version: 1,
        identity: Identity {
            logo: file.file.expect("a file"),
            colour: "1F3A5F".into(),
            envelope,
            ..profile.identity.clone()
        },
        language: Language::Nl,
        deduction_pct: "0".into(),
    });
    shop
}

/// An intake receipt, a quote and a request for a payment of that house, to someone with a long name.
fn branded(logo: &[u8], name: &str, envelope: Envelope, language: Language) -> Vec<(String, Vec<u8>)> {
    let mut shop = with_logo(logo, name, envelope);
    let mut form = intake(vec![gold_ring()]);
    if let atelier_core::intake::Who::New { card } = &mut form.client {
        card.language = language;
        card.name = "Anna-Margaretha Łukaszewska-Vanderstraeten van den Bossche de Borchgrave".into();
        card.street = "Koningin Fabiolalaan 1234 bus 12".into();
        card.country = "DE".into();
    }
    let project = shop.takes_in_form(form);
    shop.notes_gold("3500");
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote_form("4235", "31/01/2027"),
    });
    shop.takes(&project, atelier_tests::accept());
    let request = steps::RequestPayment {
        kind: "deposit".into(),
        due: String::new(),
    };
    shop.takes(&project, Step::RequestPayment(request));
    let papers = shop.project(&project).papers;
    papers
        .iter()
        .map(|paper| shop.counter.paper(&paper.id).expect("its bytes"))
        .collect()
}

/// What a window shows of a letter in millimetres (left, top, right, bottom): wherever the letter lies in its envelope, and in
/// one position or another. Worked out by hand from the measures of the envelopes.
#[rstest::rstest]
#[case(Envelope::Right, [109, 49, 190, 79], [90, 34, 209, 94])]
#[case(Envelope::Left, [20, 49, 101, 79], [1, 34, 120, 94])]
#[case(Envelope::Din, [20, 50, 100, 90], [10, 45, 110, 95])]
fn the_address_alone_shows_in_the_window_of_the_envelope(
    #[case] envelope: Envelope,
    #[case] always: [u32; 4],
    #[case] ever: [u32; 4],
    #[values(Language::Nl, Language::De)] language: Language,
) {
    const DOTS: f32 = 2.0;
    let dots = |mm: u32| (mm as f32 * 72.0 / 25.4 * DOTS) as u32;
    for (number, bytes) in branded(DRAWN_LOGO.as_bytes(), "logo.svg", envelope, language) {
        let first = drawn(&bytes, DOTS).swap_remove(0);
        let within = |[left, top, right, bottom]: [u32; 4], x: u32, y: u32| {
            x >= dots(left) && x <= dots(right) && y >= dots(top) && y <= dots(bottom)
        };
        let ink = first.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 200);
        let (read, hidden): (Vec<_>, Vec<_>) = ink
            .filter(|&(x, y, _)| within(ever, x, y))
            .partition(|&(x, y, _)| within(always, x, y));
        assert!(read.len() > 300, "{number}: no address in the window");
        assert!(
            hidden.is_empty(),
            "{number}: {} dots that a window may hide or show",
            hidden.len()
        );
    }
}

#[test]
fn a_drawn_logo_stays_a_drawing_and_one_of_pixels_loses_none() {
    for (logo, name, pictures) in [
        (DRAWN_LOGO.as_bytes().to_vec(), "logo.svg", 0),
        (png_logo(), "logo.png", 1),
    ] {
        let (_, bytes) = branded(&logo, name, Envelope::Right, Language::Nl).swap_remove(1);
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(folder.join(format!("{name}.pdf")), &bytes).expect("a file");
        let document = Document::load_mem(&bytes).expect("a PDF");
        let is_picture = |object: &Object| {
            let stream = object.as_stream().ok();
            stream.is_some_and(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
        };
        let held = document.objects.values().filter(|object| is_picture(object)).count();
        assert_eq!(held, pictures, "{name}");
        assert!(bytes.len() < 120_000, "{name}: {} bytes", bytes.len());
        // The ring's blue stands at the head, and the house's name in its alternative text and at the foot.
        let page = colours(&bytes);
        let head = page.enumerate_pixels().filter(|(_, y, _)| *y < 180);
        let blue = head.filter(|(_, _, pixel)| pixel.0[0].abs_diff(31) < 3 && pixel.0[2].abs_diff(95) < 3);
        assert!(blue.count() > 500, "{name}");
        assert!(text_of(&bytes).contains("Laurence Vandenborre"), "{name}");
    }
}

/// The first page in colour, two dots a point.
fn colours(bytes: &[u8]) -> image::RgbImage {
    image::load_from_memory(&pages_as_png(bytes, 2.0).swap_remove(0))
        .expect("a picture")
        .to_rgb8()
}

/// What a logo or a colour is refused for, each with what to do.
#[rstest::rstest]
#[case::letters("<text>LV</text>", "letters")]
#[case::photo("<image href='https://example.be/logo.png' width='9' height='9'/>", "photo")]
#[case::gradient(
    "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient><rect width='9' height='9' fill='url(#g)'/>",
    "gradient"
)]
#[case::shadow(
    "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>",
    "effect"
)]
#[case::clipped(
    "<clipPath id='c'><circle r='3'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>",
    "cut out"
)]
#[case::masked(
    "<mask id='m'><rect width='3' height='3' fill='white'/></mask><rect width='9' height='9' mask='url(#m)'/>",
    "cut out"
)]
#[case::pale("<rect width='9' height='9' opacity='0.5'/>", "see-through")]
#[case::empty("<g/>", "nothing stands in it")]
#[case::open("<g>", "no drawing")]
fn a_logo_that_papers_cannot_carry_is_refused_with_what_to_do(#[case] inside: &str, #[case] said: &str) {
    let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>");
    let refusal = brand::logo(svg.as_bytes()).expect_err(inside);
    let sentence = Language::En.refusal(&refusal);
    assert!(
        sentence.contains(said) && sentence.contains("choose a PNG"),
        "{sentence}"
    );
}

#[test]
fn a_colour_is_read_where_it_can_be_read_on_paper() {
    assert_eq!(brand::colour("#000000"), Ok((0.0, 0.0, 0.0)));
    // 4.54 and 4.48 to 1 on white, as WCAG reckons.
    assert!(brand::colour("767676").is_ok());
    assert_eq!(
        brand::colour("#777777").map_err(|refusal| refusal.field()),
        Err(Some("colour"))
    );
    for typed in ["gold", "#12345", "#1234567", "#12é45", ""] {
        assert!(brand::colour(typed).is_err(), "{typed}");
    }
}

/// A drawing that unfolds without end is read as far as the limits, and refused.
#[test]
fn a_drawing_that_unfolds_without_end_is_refused() {
    let uses = (1..40).map(|at| format!("<g id='a{at}'><use href='#a{0}'/><use href='#a{0}'/></g>", at - 1));
    let uses: String = uses.collect();
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g id='a0'><rect width='1' height='1'/></g>{uses}</svg>"
    );
    assert!(brand::logo(svg.as_bytes()).is_err());
    let deep = "<g>".repeat(100_000);
    assert!(brand::logo(format!("<svg xmlns='http://www.w3.org/2000/svg'>{deep}").as_bytes()).is_err());
}

/// The pages of a paper as pictures, so many dots for a point.
fn drawn(bytes: &[u8], scale: f32) -> Vec<image::GrayImage> {
    let pages = pages_as_png(bytes, scale).into_iter();
    pages
        .map(|png| image::load_from_memory(&png).expect("a picture").to_luma8())
        .collect()
}

fn pages_as_png(bytes: &[u8], scale: f32) -> Vec<Vec<u8>> {
    use hayro::hayro_interpret::InterpreterSettings;
    let pdf = hayro::hayro_syntax::Pdf::new(bytes.to_vec()).expect("a PDF");
    let cache = hayro::RenderCache::new();
    let settings = hayro::PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: hayro::vello_cpu::color::palette::css::WHITE,
    };
    let pages = pdf.pages();
    let pictures = pages.iter().map(|page| {
        let drawn = hayro::render(
            page,
            &cache,
            &InterpreterSettings::default(),
            &hayro::RenderSettings::default(),
            &settings,
        );
        drawn.into_png().expect("a picture")
    });
    pictures.collect()
}

/// Where there is ink on a page, in points: left, top, right, bottom.
fn ink(bytes: &[u8]) -> Vec<([u32; 4], (u32, u32))> {
    drawn(bytes, 1.0)
        .iter()
        .map(|picture| {
            let dark = picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 200);
            let found = dark.fold([u32::MAX, u32::MAX, 0, 0], |[left, top, right, bottom], (x, y, _)| {
                [left.min(x), top.min(y), right.max(x), bottom.max(y)]
            });
            (found, picture.dimensions())
        })
        .collect()
}

/// Every kind of paper looks as it was looked at: 60 dots an inch, in `snapshots/pictures`, with a tolerance. Pictures of a paper that
/// is meant to look otherwise are written anew as the texts are, by `INSTA_UPDATE=always`, and looked at.
#[test]
fn every_paper_looks_as_it_was_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/pictures");
    let anew = std::env::var("INSTA_UPDATE").as_deref() == Ok("always");
    let mut others = Vec::new();
    let language = Language::Nl;
    for (kind, made) in [
        ("job", job(language)),
        ("order", order(language)),
        ("invoice", invoiced(language)),
        ("case", aftersales(language)),
    ] {
        for (name, bytes) in made {
            for (page, picture) in (1..).zip(drawn(&bytes, 60.0 / 72.0)) {
                let file = folder.join(format!("{kind}-{}-{page}.png", name.replace('/', "-")));
                if anew {
                    std::fs::create_dir_all(&folder).expect("a folder");
                    picture.save(&file).expect("a picture");
                    continue;
                }
                let known = image::open(&file)
                    .unwrap_or_else(|why| panic!("{}: {why}", file.display()))
                    .to_luma8();
                // Edges of letters may differ by a shade from one machine to another; nothing may stand elsewhere.
                let same = known.dimensions() == picture.dimensions();
                let far = known
                    .pixels()
                    .zip(picture.pixels())
                    .filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 60)
                    .count();
                if !same || far * 2000 > known.pixels().len() {
                    picture
                        .save(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(file.file_name().expect("a name")))
                        .expect("a picture");
                    others.push(format!("{}: {far} dots differ", file.display()));
                }
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn no_ink_stands_outside_the_margins_however_long_the_words() {
    for language in Language::ALL {
        for (number, bytes) in longest(language) {
            let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(folder.join(format!("longest-{number}-{}.pdf", language.code())), &bytes).expect("a file");
            for (page, ([left, top, right, bottom], (width, height))) in ink(&bytes).into_iter().enumerate() {
                // Labels have an edge of their own; a sheet keeps its margins, with a point for the curve of a letter.
                let (sides, ends) = if number.starts_with('G') { (5, 2) } else { (60, 18) };
                assert!(
                    left >= sides && right <= width - sides && top >= ends && bottom <= height - ends,
                    "{number} in {language:?}, page {}: ink at {left},{top} to {right},{bottom} of {width},{height}",
                    page + 1
                );
            }
        }
    }
}

/// What two judges of others hold against papers: `tests/judges/papers.py`.
fn judged(papers: &[(String, Vec<u8>)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in papers {
        std::fs::write(folder.path().join(format!("{name}.pdf")), bytes).expect("a file");
    }
    let found = std::process::Command::new(atelier_tests::judges().join("python"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/judges/papers.py"))
        .arg(folder.path())
        .output()
        .expect("the judges' Python");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    String::from_utf8_lossy(&found.stdout)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_judges_find_nothing_against_any_paper_in_any_language() {
    let mut papers = Vec::new();
    for language in Language::ALL {
        for (kind, made) in [
            ("job", job(language)),
            ("order", order(language)),
            ("invoice", invoiced(language)),
            ("case", aftersales(language)),
            ("longest", longest(language)),
            (
                "svg",
                branded(DRAWN_LOGO.as_bytes(), "logo.svg", Envelope::Left, language),
            ),
            ("png", branded(&png_logo(), "logo.png", Envelope::Din, language)),
        ] {
            papers.extend(
                made.into_iter()
                    .map(|(name, bytes)| (format!("{kind}-{}-{}", name.replace('/', "-"), language.code()), bytes)),
            );
        }
    }
    assert!(papers.len() > 150, "{} papers", papers.len());
    let found = judged(&papers);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The judges can fail: a paper broken in one way is named for it.
#[test]
fn a_paper_broken_in_one_way_is_held_against_us() {
    let (_, whole) = job(Language::En).swap_remove(2);
    let broken = |breaks: fn(&mut Document)| {
        let mut document = Document::load_mem(&whole).expect("a PDF");
        breaks(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("a file");
        bytes
    };
    let papers: Vec<(String, Vec<u8>)> = [
        (
            "untagged",
            (|document| {
                document.catalog_mut().expect("a catalog").remove(b"StructTreeRoot");
            }) as fn(&mut Document),
        ),
        ("figures-unsaid", |document| {
            for object in document.objects.values_mut() {
                if let Object::Dictionary(dictionary) = object
                    && dictionary.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure".as_slice())
                {
                    dictionary.remove(b"Alt");
                }
            }
        }),
        ("faces-not-embedded", |document| {
            for object in document.objects.values_mut() {
                if let Object::Dictionary(dictionary) = object {
                    dictionary.remove(b"FontFile2");
                }
            }
        }),
        ("without-metadata", |document| {
            document.catalog_mut().expect("a catalog").remove(b"Metadata");
        }),
        ("addresses-that-lead-nowhere", |document| {
            for object in document.objects.values_mut() {
                if let Object::Dictionary(dictionary) = object {
                    dictionary.remove(b"Annots");
                }
            }
        }),
        ("without-language", |document| {
            document.catalog_mut().expect("a catalog").remove(b"Lang");
        }),
        ("heads-of-nothing", |document| {
            for object in document.objects.values_mut() {
                if let Object::Dictionary(dictionary) = object
                    && dictionary.get(b"S").and_then(Object::as_name).ok() == Some(b"TH".as_slice())
                {
                    dictionary.set("S", "H7");
                }
            }
        }),
    ]
    .into_iter()
    .map(|(name, breaks)| (name.to_owned(), broken(breaks)))
    .collect();
    let found = judged(&papers);
    for (name, _) in &papers {
        assert!(
            found.iter().any(|line| line.starts_with(&format!("{name}.pdf"))),
            "{name} passes: {found:?}"
        );
    }
}

/// What the law of 2026 asks, where the house says so: an address to withdraw at, and a longer guarantee after a repair.
#[test]
fn the_house_names_its_online_function_and_a_repair_makes_the_guarantee_longer() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-11-02");
    let mut identity = atelier_core::house::Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.withdrawal_function = "withdraw.example.be".into();
    identity.longer_after_repair = true;
    let edit = |identity: &atelier_core::house::Identity| Action::EditHouse {
        version: 1,
        identity: identity.clone(),
        language: Language::En,
        deduction_pct: "0".into(),
    };
    assert!(shop.tries(&edit(&identity)).is_err());
    identity.withdrawal_function = "https://withdraw.example.be".into();
    shop.does(&edit(&identity));
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let sheet = shop.project(&project).papers;
    let sheet = sheet
        .iter()
        .find(|paper| paper.number.starts_with('Z'))
        .expect("the information");
    let (_, bytes) = shop.counter.paper(&sheet.id).expect("its bytes");
    assert!(text_of(&bytes).contains("https://withdraw.example.be"));
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "warranty", &[("found", "10/11/2026")]);
    shop.sees_to(&case, notice("The claw is loose."));
    let decided = shop.sees_to(&case, decision("repair", ""));
    let (_, bytes) = shop.counter.paper(&decided.paper.expect("a paper")).expect("its bytes");
    // Two years from delivery, and twelve months more.
    assert!(text_of(&bytes).contains("6 november 2029"), "{}", text_of(&bytes));
}
