//! Every clause of every house is read: silenced, or saying something else, it changes an answer of the desk, a sentence on a
//! paper, a step, a task, or a paper of the stories told here.

use atelier_core::aftersales;
use atelier_core::aftersales::care::care;
use atelier_core::aftersales::exchange::{ExchangeFacts, exchange};
use atelier_core::desk::{self, Houses};
use atelier_core::grounds::{Article, Ground};
use atelier_core::house::Profile;
use atelier_core::law::collisions;
use atelier_core::money::{Money, VatRate};
use atelier_core::order::delivery::{Address, DeliveryFacts, delivery};
use atelier_core::points::{About, DECIDES, On, POINTS, points};
use atelier_core::quote::{Line, total};
use atelier_core::terms::{Clause, ClientKind, ProjectKind, SizeRange, Terms};
use atelier_core::termsheet::{CLAUSES, ClauseHolds};
use atelier_core::vocabulary::Vocabulary as _;
use atelier_core::words::Language;
use rust_decimal::{Decimal, dec};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Other values that a clause, or a part of one, may have: one of them must make a difference.
fn others(holds: &ClauseHolds, value: &Value) -> Vec<Value> {
    let decimal = || value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    match holds {
        ClauseHolds::YesNo => value.as_bool().map(|yes| json!(!yes)).into_iter().collect(),
        ClauseHolds::Count(_) => {
            let count = value.as_u64().unwrap_or_default();
            vec![json!(count + 3), json!(count / 3)]
        }
        ClauseHolds::Percent => {
            let half = decimal().map(|share| (share / dec!(2)).normalize().to_string());
            half.map(|half| json!(half)).into_iter().collect()
        }
        ClauseHolds::Money => {
            let amount = decimal().unwrap_or_default();
            vec![
                json!(format!("{:.2}", amount + dec!(75))),
                json!(format!("{:.2}", amount / dec!(2))),
            ]
        }
        ClauseHolds::Carats => vec![json!((decimal().unwrap_or_default() + dec!(0.05)).to_string())],
        ClauseHolds::Text => vec![json!("Elsewhere")],
        ClauseHolds::Texts => vec![json!(["Another"])],
        ClauseHolds::Countries => vec![json!(["BE", "IT"])],
        ClauseHolds::Titles => vec![json!([585])],
        ClauseHolds::Choice(words) => {
            let other = words.all.iter().filter(|word| Some(**word) != value.as_str());
            other.map(|word| json!(word)).collect()
        }
        ClauseHolds::Choices(words) => {
            let said = value.as_array().cloned().unwrap_or_default();
            let mut lists: Vec<Value> = Vec::new();
            if said.len() > 1 {
                lists.push(json!(said[1..]));
                lists.push(json!(said[..said.len() - 1]));
            }
            lists.extend(
                words
                    .all
                    .iter()
                    .filter(|word| !said.contains(&json!(word)))
                    .map(|word| json!([word])),
            );
            lists
        }
        ClauseHolds::Either(words, parts) => {
            let now = value
                .as_str()
                .map(str::to_owned)
                .or_else(|| value.as_object()?.keys().next().cloned());
            let alone = words.all.iter().filter(|word| Some((**word).to_owned()) != now);
            let alone = alone.filter(|word| !parts.iter().any(|(part, _)| part == *word));
            alone.map(|word| json!(word)).collect()
        }
        // Each part of a group is changed alone.
        ClauseHolds::Group(_) => Vec::new(),
    }
}

/// The changes a clause is put to: each a name, and values of which one must make a difference.
fn changes(holds: &ClauseHolds, value: &Value) -> Vec<(String, Vec<Value>)> {
    let ClauseHolds::Group(parts) = holds else {
        return vec![("changed".to_owned(), others(holds, value))];
    };
    let part = |(name, holds): &(&str, ClauseHolds)| {
        let tried = others(holds, &value[*name]).into_iter().map(|other| {
            let mut changed = value.clone();
            changed[*name] = other;
            changed
        });
        (format!("{name} changed"), tried.collect())
    };
    parts.iter().map(part).collect()
}

/// A change of one clause of a house: the terms of which one must make a difference.
struct Mutant {
    clause: String,
    how: String,
    terms: Vec<Terms>,
}

fn mutants(terms: &Terms) -> Vec<Mutant> {
    let whole = serde_json::to_value(terms).expect("terms");
    let mut made = Vec::new();
    for (group, clauses) in &CLAUSES {
        for (name, holds) in *clauses {
            let clause = format!("{group}.{name}");
            let said = &whole[*group][*name];
            let Some(value) = said.get("says") else { continue };
            let with = |to: Value| -> Option<Terms> {
                let mut changed = whole.clone();
                changed[*group][*name] = to;
                // What is not plausible together is no value the clause may have.
                serde_json::from_value(changed).ok()
            };
            let mut mutant = |how: String, terms: Vec<Terms>| {
                if !terms.is_empty() {
                    made.push(Mutant {
                        clause: clause.clone(),
                        how,
                        terms,
                    });
                }
            };
            mutant("silenced".to_owned(), with(json!("silent")).into_iter().collect());
            for (how, values) in changes(holds, value) {
                let says = |value| with(json!({ "says": value, "article": said["article"] }));
                mutant(how, values.into_iter().filter_map(says).collect());
            }
        }
    }
    made
}

/// Questions of every kind, put to the house itself.
fn questions() -> Vec<Map<String, Value>> {
    let lines = include_str!("fixtures/ask-examples.jsonl").lines();
    lines
        .filter_map(|line| {
            let example: Value = serde_json::from_str(line).ok()?;
            let mut question = example["question"].as_object()?.clone();
            question.get("house")?;
            question.insert("house".into(), json!(desk::OWN));
            Some(question)
        })
        .chain(grid())
        .flat_map(|question| {
            let sized = ["after-sales", "exchange"]
                .contains(&question["ask"].as_str().unwrap_or_default())
                .then(|| {
                    let mut sized = question.clone();
                    sized.insert("size".into(), json!(46));
                    sized
                });
            [Some(question), sized]
        })
        .flatten()
        .collect()
}

/// The five houses, and the sizes that Bigli's document leaves open filled in: there, and in a house with a window of returns.
fn houses() -> Vec<Profile> {
    let mut houses = Profile::all().to_vec();
    for house in &mut houses {
        if ["bigli", "uniglo"].contains(&house.id.as_str()) {
            house.terms.returns.excluded_sizes =
                Clause::Says(SizeRange { min: 44, max: 48 }, Article::of("BI art. 8.5"));
        }
    }
    houses
}

/// Cases that came back, were looked at, and were cancelled: for every reason, kind of piece, client and way of buying.
fn grid() -> Vec<Map<String, Value>> {
    let mut questions = Vec::new();
    for reason in atelier_core::aftersales::Reason::WORDS.all {
        for made in ["listed", "listed-option", "own-design", "heartbeat"] {
            for client in ClientKind::WORDS.all {
                for concluded in ["distance", "in-person"] {
                    for condition in ["as-delivered", "worn"] {
                        let (on_the_way, back) = if *reason == "cancel" {
                            (Value::Null, Value::Null)
                        } else {
                            (json!("2026-03-05"), json!("2026-03-11"))
                        };
                        let question = json!({
                            "ask": "after-sales", "house": desk::OWN, "today": "2026-03-20", "client": client,
                            "concluded": concluded, "made": made, "price": "1000.00", "vat_pct": "21",
                            "shipping_paid": "30.00", "standard_shipping": "20.00", "informed": "2026-03-01",
                            "ordered": "2026-03-01", "shipped": on_the_way, "possession": on_the_way,
                            "notice": "2026-03-08", "reason": reason, "condition": condition,
                            "loss_in_value": "50.00", "dispatched": back, "received": back, "inspected": back,
                            "label_cost": "12.00", "restockable": true, "restocking_pct": "10", "deposit_paid": "500.00",
                            "found": "2026-03-07",
                        });
                        questions.extend(question.as_object().cloned());
                    }
                }
            }
        }
    }
    questions
}

/// What the desk answers, without the words of its language.
fn answers(terms: &Terms, questions: &[Map<String, Value>]) -> Vec<String> {
    let put = |question: &Map<String, Value>| desk::answer(question, Houses::and_own(terms)).to_string();
    questions.iter().map(put).collect()
}

/// Every paper that tells of the terms.
const ON: [On; 13] = [
    On::Quote,
    On::Confirmation,
    On::Consent,
    On::Design,
    On::DeliveryNote,
    On::Request,
    On::Authorisation,
    On::Inspection,
    On::Refund,
    On::DateChange,
    On::Receipt,
    On::Information,
    On::PersonalData,
];

/// Every sentence that a paper can bear, for all that a sentence depends on.
fn sentences(terms: &Terms) -> Vec<String> {
    let mut said = Vec::new();
    for on in ON {
        for kind in ProjectKind::ALL {
            for (client, country, yes) in [
                (ClientKind::Consumer, "BE", false),
                (ClientKind::Consumer, "US", true),
                (ClientKind::Consumer, "US", false),
                (ClientKind::Business, "CH", true),
            ] {
                let about = About {
                    kind: Some(*kind),
                    own_piece: yes,
                    by_carrier: yes,
                    balance: yes,
                    window: !yes,
                    house_pays: yes,
                    change_of_mind: !yes,
                    house_window: yes,
                    ..About::of(client, country)
                };
                for point in points(on, &about, terms) {
                    said.push(format!("{on:?} {kind:?} {country} {point:?}"));
                }
            }
        }
    }
    // What is asked before an order, and what stands beside the law in the house's settings.
    for kind in ProjectKind::ALL {
        said.push(format!("{:?}", terms.consents(*kind, true)));
    }
    said.extend(collisions(terms).iter().map(|found| found.id.to_owned()));
    said
}

/// Changes that make no difference, each with its reason.
const NO_DIFFERENCE: [(&[&str], &str, &str, &str); 3] = [
    (
        &["artbeats", "belgium-flawless", "laurence-vandenborre"],
        "orders.sells_to",
        "silenced",
        "who says that it sells to everyone says what holds where nothing is said",
    ),
    (
        &["laurence-vandenborre"],
        "production.window_from",
        "silenced",
        "the later of approval and deposit is what a window runs from where nothing is said",
    ),
    (
        &["bigli"],
        "payment.deposit",
        "on_full_price changed",
        "a deposit of the whole is the whole, of whichever sum it is taken",
    ),
];

#[test]
fn a_clause_that_is_silenced_or_changed_changes_what_is_answered_or_printed() {
    let questions = questions();
    let mut survivors = Vec::new();
    let (mut clauses, mut count) = (BTreeSet::new(), 0);
    for profile in houses() {
        let before = (answers(&profile.terms, &questions), sentences(&profile.terms));
        for mutant in mutants(&profile.terms) {
            clauses.insert((profile.id.clone(), mutant.clause.clone()));
            count += 1;
            let changes = |terms: &Terms| (answers(terms, &questions), sentences(terms)) != before;
            let excepted = NO_DIFFERENCE.iter().any(|(houses, clause, how, _)| {
                houses.contains(&profile.id.as_str()) && *clause == mutant.clause && *how == mutant.how
            });
            if !mutant.terms.iter().any(changes) && !excepted {
                survivors.push(format!("{} {} {}", profile.id, mutant.clause, mutant.how));
            }
        }
    }
    println!(
        "{} clauses, {count} mutants, {} survivors",
        clauses.len(),
        survivors.len()
    );
    assert!(survivors.is_empty(), "{} of {count}: {survivors:#?}", survivors.len());
    assert!(POINTS.len() > 40);
}

#[test]
fn what_the_terms_page_says_a_clause_decides_is_what_it_decides() {
    let questions = questions();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for profile in houses() {
        let before = answers(&profile.terms, &questions);
        for mutant in mutants(&profile.terms) {
            for terms in &mutant.terms {
                let after = answers(terms, &questions);
                let changed = questions
                    .iter()
                    .zip(before.iter().zip(&after))
                    .filter(|(_, (one, other))| one != other);
                let kinds = changed.filter_map(|(question, _)| question["ask"].as_str().map(str::to_owned));
                found.entry(mutant.clause.clone()).or_default().extend(kinds);
            }
        }
    }
    found.retain(|_, kinds| !kinds.is_empty());
    let said: BTreeMap<String, BTreeSet<String>> = DECIDES
        .iter()
        .map(|(clause, kinds)| {
            (
                (*clause).to_owned(),
                kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(found, said);
}

/// What reads a clause that is no field of the terms.
const RULES: [&str; 11] = [
    "identity",
    "law",
    "silent",
    "terms versions",
    "step issue-quote",
    "step confirm-possession",
    "step register-notice",
    "step decide",
    "step value",
    "step print-form",
    "step accept-quote",
];

/// What the rule book's table of the five houses says beside the lines of the documents.
const RULE_BOOK: [&str; 14] = [
    "artbeats orders.sells_to",
    "artbeats returns.statutory_days",
    "artbeats returns.client_pays_return",
    "artbeats returns.exchange",
    "artbeats privacy.law",
    "belgium-flawless orders.sells_to",
    "belgium-flawless returns.exchange",
    "belgium-flawless warranty.commercial",
    "bigli delivery.carriers",
    "laurence-vandenborre orders.sells_to",
    "laurence-vandenborre returns.outbound_shipping_refunded",
    "laurence-vandenborre returns.cancellation",
    "uniglo delivery.duties_on_client",
    "uniglo privacy.law",
];

#[test]
fn every_clause_of_the_five_documents_is_read_somewhere_and_has_its_test() {
    let mut code = String::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["", "stories", "journeys"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "rs") {
                code.push_str(&std::fs::read_to_string(path).expect("a file"));
            }
        }
    }
    let table = include_str!("fixtures/clauses.txt");
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 181);
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    for line in &lines {
        let [house, clause, reads, test] = line.split(" | ").collect::<Vec<_>>().try_into().expect("four parts");
        let terms = serde_json::to_value(&Profile::named(house).expect("a house").terms).expect("terms");
        assert!(code.contains(&format!("fn {test}(")), "no test {test} for {clause}");
        if RULES.contains(&reads) {
            continue;
        }
        let silent = reads.starts_with("silent ");
        for key in reads.trim_start_matches("silent ").split(' ') {
            let (group, name) = key.split_once('.').expect("a clause");
            let says = terms[group][name].get("says").is_some();
            assert!(!terms[group][name].is_null(), "{key} is no clause");
            assert_eq!(says, !silent, "{house} {clause}: {key}");
            told.insert((house.to_owned(), key.to_owned()));
        }
    }
    let mut unlisted = Vec::new();
    // And the other way round: nothing stands in a house's terms that its document does not say.
    for profile in Profile::all() {
        let terms = serde_json::to_value(&profile.terms).expect("terms");
        for (group, clauses) in &CLAUSES {
            for (name, _) in *clauses {
                let says = terms[*group][*name].get("says").is_some();
                let key = format!("{group}.{name}");
                let listed = told.contains(&(profile.id.clone(), key.clone()));
                if says && !listed {
                    unlisted.push(format!("{} {key}", profile.id));
                }
            }
        }
    }
    assert_eq!(unlisted, RULE_BOOK, "said by the terms, and not in the table");
}

/// Terms in which every clause cites itself: `@returns.window`.
fn citing_themselves(terms: &Terms) -> Terms {
    let mut whole = serde_json::to_value(terms).expect("terms");
    for (group, clauses) in &CLAUSES {
        for (name, _) in *clauses {
            if let Some(article) = whole[*group][*name].get_mut("article") {
                *article = json!(format!("@{group}.{name}"));
            }
        }
    }
    serde_json::from_value(whole).expect("the same terms")
}

/// What the rules rest on: in answering a question, in delivering, in a quote, and in a window of production.
fn grounds(terms: &Terms, questions: &[Map<String, Value>]) -> Vec<Ground> {
    let mut found = Vec::new();
    for question in questions {
        if let Some(facts) = desk::aftersales_facts(question, terms) {
            found.extend(aftersales::answer(&facts, terms).grounds);
            for price in [50_000, 300_000] {
                let exchanged = ExchangeFacts {
                    today: facts.today,
                    possession: facts.possession,
                    shipped: facts.shipped,
                    made: facts.made,
                    size: facts.size,
                    condition: facts.condition,
                    old_price: facts.price,
                    new_price: Money::from_cents(price),
                };
                found.extend(exchange(&exchanged, terms).grounds);
            }
        }
        if let Some(facts) = desk::care_facts(question, terms) {
            found.extend(care(&facts, terms).grounds);
        }
    }
    for client in ClientKind::ALL {
        for country in ["BE", "IT", "US", "AU", "CH"] {
            for address in Address::ALL {
                for price in [50_000, 200_000] {
                    let facts = DeliveryFacts {
                        client: *client,
                        country: country.into(),
                        address: *address,
                        price: Money::from_cents(price),
                    };
                    found.extend(delivery(&facts, terms).grounds);
                }
            }
        }
    }
    let line = Line {
        quantity: dec!(1),
        unit_price: Money::from_cents(100_000),
        vat: VatRate::STANDARD,
    };
    for kind in ProjectKind::ALL {
        for credit in [0, 200_000] {
            let total = total(
                *kind,
                std::slice::from_ref(&line),
                Money::from_cents(credit),
                Money::ZERO,
                terms,
            );
            found.extend(total.expect("a total").grounds);
        }
    }
    found
}

#[test]
fn a_ground_cites_the_clause_that_says_what_its_sentence_says() {
    let questions = questions();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for profile in Profile::all() {
        let terms = citing_themselves(&profile.terms);
        for ground in grounds(&terms, &questions) {
            let key = ground.message.key.to_string();
            found.entry(key).or_default().insert(ground.article.0.to_string());
        }
    }
    let told: BTreeMap<String, BTreeSet<String>> = CITES
        .iter()
        .map(|(key, cited)| {
            (
                (*key).to_owned(),
                cited.iter().map(|clause| (*clause).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(found, told);
    // And the sentences of papers, by the table they stand in.
    for profile in Profile::all() {
        let terms = citing_themselves(&profile.terms);
        for on in ON {
            let about = About::of(ClientKind::Consumer, "US");
            for point in points(on, &about, &terms) {
                // The guarantee that the law gives is no house's clause.
                if point.message.key == "point-guarantee-by-law" {
                    assert_eq!(point.article.0, "CC 1649quater");
                    continue;
                }
                let row = POINTS.iter().find(|row| row.key == point.message.key).expect("its row");
                assert_eq!(point.article.0, format!("@{}", row.clause), "{}", row.key);
            }
        }
    }
}

/// What each sentence of the rules may cite: a clause of the house's terms, with `@`, or the law.
const CITES: &[(&str, &[&str])] = &[
    ("ground-arrive-by", &["@returns.window"]),
    ("ground-arrived-late", &["@returns.window"]),
    ("ground-before-possession", &["CEL VI.47"]),
    ("ground-business-has-house-terms", &["CEL I.1 2°"]),
    ("ground-cancellation-fee", &["@returns.cancellation"]),
    ("ground-country-listed", &["@orders.countries"]),
    ("ground-country-not-listed", &["@orders.countries"]),
    ("ground-credit-after-vat", &["VAT Code art. 26"]),
    ("ground-customs-recharged", &["@returns.customs_recharged"]),
    ("ground-damage-report", &["@delivery.damage_report_days"]),
    ("ground-delivery-fee", &["@delivery.fee"]),
    ("ground-delivery-silent", &["CEL VI.43"]),
    ("ground-deposit", &["@payment.deposit"]),
    ("ground-deposit-kept", &["@returns.cancellation"]),
    ("ground-duties-on-client", &["@delivery.duties_on_client"]),
    ("ground-exchange-condition", &["@returns.exchange", "@returns.window"]),
    ("ground-exchange-difference", &["@returns.exchange"]),
    ("ground-exchange-late", &["@returns.window"]),
    ("ground-exchange-personalised", &["@returns.excluded"]),
    ("ground-exchange-silent", &["CC 5.69"]),
    ("ground-final-sale", &["@returns.exchange"]),
    ("ground-guarantee-until", &["CC 1649quater"]),
    ("ground-home-address-only", &["@orders.home_address_only"]),
    ("ground-house-bears-transit", &["@delivery.house_bears_transit_risk"]),
    ("ground-house-collects", &["@returns.carrier_collects"]),
    ("ground-house-pays-return", &["CC 1649quinquies"]),
    ("ground-house-refund", &["@returns.window"]),
    ("ground-house-refund-whole", &["@returns.window"]),
    ("ground-house-window", &["@returns.window"]),
    ("ground-in-person-no-right", &["CEL VI.47"]),
    ("ground-informed-late", &["CEL VI.48"]),
    ("ground-loss-in-value", &["CEL VI.51 §2"]),
    ("ground-never-resized", &["@warranty.resizing"]),
    ("ground-no-deposit", &["CEL VI.88"]),
    ("ground-no-exchange", &["@returns.exchange"]),
    ("ground-no-right", &["CEL VI.47"]),
    ("ground-not-informed", &["CEL VI.48"]),
    ("ground-not-told-who-pays", &["CEL VI.51 §1"]),
    ("ground-open-before-carrier", &["@delivery.open_before_carrier"]),
    ("ground-others-work-ask", &["@redesign.others_work"]),
    ("ground-others-work-refused", &["@redesign.others_work"]),
    ("ground-others-worked", &["@warranty.lifetime"]),
    ("ground-personalised-no-right", &["CEL VI.53 3°"]),
    ("ground-refund-everything", &["CEL VI.50"]),
    ("ground-refund-promised", &["@returns.refund_promise"]),
    ("ground-refund-statutory", &["CEL VI.50 §3"]),
    ("ground-region-au-nz-ca", &["@returns.regions"]),
    ("ground-region-eu-uk", &["@returns.regions"]),
    ("ground-region-us", &["@returns.regions"]),
    ("ground-repair-covered", &["@warranty.lifetime", "CC 1649quinquies"]),
    ("ground-resized-free", &["@warranty.resizing"]),
    ("ground-return-label", &["@returns.label_cost_deducted"]),
    ("ground-returned-goods-mark", &["@returns.returned_goods_mark"]),
    ("ground-right-cancellation", &["@returns.cancellation"]),
    ("ground-right-guarantee", &["CC 1649quater"]),
    ("ground-right-lifetime", &["@warranty.lifetime"]),
    ("ground-right-statute", &["CEL VI.47"]),
    ("ground-right-window", &["@returns.window"]),
    ("ground-sells-to-consumers", &["@orders.sells_to"]),
    ("ground-send-back-by", &["@returns.window", "CEL VI.51 §1"]),
    ("ground-shipped-late", &["@returns.window"]),
    ("ground-shipping-back", &["@returns.outbound_shipping_refunded"]),
    ("ground-unused-credit", &["Law 18-9-2017 art. 67"]),
    ("ground-vat-inside", &["RD 8-7-2025"]),
    ("ground-withdrawal-until", &["CEL VI.47"]),
    ("ground-work-at-a-price", &["CC 5.69"]),
];

/// A paper of each kind that bears sentences whatever happened, as it was printed, and whose terms it was printed under. What a new
/// date and an answer about data tell depends on their cause: stories read those.
const PRINTED: [(On, &str, &str); 11] = [
    (
        On::Quote,
        "laurence-vandenborre",
        include_str!("snapshots/Q2026-0001-nl.snap"),
    ),
    (
        On::Confirmation,
        "laurence-vandenborre",
        include_str!("snapshots/B2026-0001-nl.snap"),
    ),
    (
        On::Consent,
        "laurence-vandenborre",
        include_str!("snapshots/T2027-0001-nl.snap"),
    ),
    (
        On::Design,
        "laurence-vandenborre",
        include_str!("snapshots/S2026-0001-nl.snap"),
    ),
    (
        On::DeliveryNote,
        "laurence-vandenborre",
        include_str!("snapshots/L2027-0001-nl.snap"),
    ),
    (
        On::Request,
        "laurence-vandenborre",
        include_str!("snapshots/D2026-0001-nl.snap"),
    ),
    (
        On::Authorisation,
        "uniglo",
        include_str!("snapshots/return-uniglo-X2026-0001-nl.snap"),
    ),
    (
        On::Inspection,
        "uniglo",
        include_str!("snapshots/return-uniglo-I2026-0001-nl.snap"),
    ),
    (
        On::Refund,
        "uniglo",
        include_str!("snapshots/return-uniglo-N2026-0001-nl.snap"),
    ),
    (
        On::Receipt,
        "laurence-vandenborre",
        include_str!("snapshots/R2026-0001-nl.snap"),
    ),
    (
        On::Information,
        "uniglo",
        include_str!("snapshots/return-uniglo-Z2026-0001-nl.snap"),
    ),
];

#[test]
fn what_the_terms_tell_is_printed_on_each_paper_that_it_is_for() {
    let plain = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect::<String>()
    };
    let left: Vec<On> = ON
        .into_iter()
        .filter(|on| PRINTED.iter().all(|(there, ..)| there != on))
        .collect();
    assert_eq!(left, [On::DateChange, On::PersonalData]);
    let mut unprinted: Vec<String> = Vec::new();
    for (on, house, paper) in PRINTED {
        let terms = &Profile::named(house).expect("a house").terms;
        let about = About {
            kind: Some(ProjectKind::Redesign),
            // The consents were given for a piece of the house's own metal.
            own_piece: on == On::Receipt,
            balance: true,
            window: true,
            change_of_mind: true,
            ..About::of(ClientKind::Consumer, "BE")
        };
        let paper = plain(paper);
        let told = points(on, &about, terms);
        assert!(!told.is_empty(), "{on:?}");
        let missing: Vec<&str> = told
            .iter()
            .filter(|ground| !paper.contains(&plain(&Language::Nl.say(&ground.message))))
            .map(|ground| ground.message.key.as_ref())
            .collect();
        unprinted.extend(missing.iter().map(|key| format!("{on:?} {key}")));
    }
    assert_eq!(unprinted, Vec::<String>::new());
}
