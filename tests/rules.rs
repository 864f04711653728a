//! The worked examples of the rule book and the test vectors.

use atelier_core::aftersales::rma::Rma;
use atelier_core::calendar::{later, legal_holidays, period_end};
use atelier_core::house::Profile;
use atelier_core::metal::{GoldPrice, Part, Title, value};
use atelier_core::money::{Money, VatRate, rounded_for_cash};
use atelier_core::order::old_gold::kept_until;
use atelier_core::payment::{Iban, Ogm, enterprise_number};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/vectors.json")).expect("the vectors")
}

fn day(text: &Value) -> NaiveDate {
    text.as_str().and_then(|text| text.parse().ok()).expect("a day")
}

fn money(text: &Value) -> Money {
    Money::plain(text.as_str().expect("an amount")).expect("an amount")
}

fn decimal(text: &Value) -> Decimal {
    text.as_str().and_then(|text| text.parse().ok()).expect("a number")
}

#[test]
fn the_legal_holidays_of_every_listed_year() {
    for (year, days) in vectors()["holidays"].as_object().expect("years") {
        let wanted: Vec<NaiveDate> = days.as_array().expect("days").iter().map(day).collect();
        assert_eq!(legal_holidays(year.parse().expect("a year")), wanted);
    }
}

#[test]
fn ascension_on_labour_day_is_one_holiday() {
    assert_eq!(legal_holidays(2008).len(), 9);
}

#[test]
fn every_listed_period() {
    for period in vectors()["periods"].as_array().expect("periods") {
        let days = period["days"].as_u64().expect("a count");
        assert_eq!(later(day(&period["event"]), days), day(&period["raw_end"]));
        assert_eq!(period_end(day(&period["event"]), days), day(&period["end"]), "{period}");
    }
}

#[test]
fn structured_references() {
    for valid in vectors()["ogm_valid"].as_array().expect("references") {
        let ogm = Ogm::of(
            valid["base"]
                .as_str()
                .and_then(|base| base.parse().ok())
                .expect("a base"),
        )
        .expect("a reference");
        assert_eq!(ogm.to_string(), valid["ogm"].as_str().expect("text"));
        assert_eq!(Ogm::parse(&ogm.to_string()), Some(ogm));
        assert_eq!(Ogm::parse(&ogm.digits()), Some(ogm));
    }
    for invalid in vectors()["ogm_invalid"].as_array().expect("references") {
        assert_eq!(Ogm::parse(invalid.as_str().expect("text")), None, "{invalid}");
    }
    assert_eq!(Ogm::of(0), None);
    assert!(Ogm::parse("***090/9337/55493***").is_some());
}

#[test]
fn account_numbers() {
    for valid in vectors()["iban_valid"].as_array().expect("accounts") {
        let iban = Iban::parse(valid.as_str().expect("text")).expect("an account");
        assert_eq!(iban.compact(), valid.as_str().expect("text"));
    }
    for invalid in vectors()["iban_invalid"].as_array().expect("accounts") {
        assert!(Iban::parse(invalid.as_str().expect("text")).is_err(), "{invalid}");
    }
    assert_eq!(
        Iban::parse("be66 3632 2247 9543").expect("an account").to_string(),
        "BE66 3632 2247 9543"
    );
}

#[test]
fn enterprise_numbers() {
    for number in [
        "0441.574.880",
        "0786.549.343",
        "BE0783422577",
        "0783 422 577",
        "be 786.549.343",
        "0786-549-343",
    ] {
        assert!(enterprise_number(number).is_ok(), "{number}");
    }
    for number in ["0786.549.344", "86.549.343", "0786.549.343x", ""] {
        assert!(enterprise_number(number).is_err(), "{number}");
    }
}

#[test]
fn cash_is_rounded_to_five_cents() {
    for pair in vectors()["cash_round"].as_array().expect("pairs") {
        assert_eq!(rounded_for_cash(money(&pair[0])), money(&pair[1]), "{pair}");
    }
}

/// By the standard's own proof (ISO 7064, MOD 37,36): a number and its check character come to one.
#[test]
fn the_check_character_of_an_rma_proves_its_number() {
    let value = |letter: char| letter.to_digit(36).expect("a figure or a letter");
    for (year, number) in [(2026, 1), (2026, 2), (2027, 9999), (2031, 480)] {
        let rma = Rma::of(year, number);
        let text: Vec<char> = rma.to_string().chars().filter(|c| *c != '-').collect();
        let (check, body) = text.split_last().expect("a number");
        let product = body.iter().fold(36, |product, letter| {
            let sum = (product + value(*letter)) % 36;
            if sum == 0 { 36 } else { sum }.wrapping_mul(2) % 37
        });
        assert_eq!((product + value(*check)) % 36, 1, "{rma}");
        assert_eq!(Rma::parse(&rma.to_string()), Ok(rma));
    }
    assert!(
        Rma::parse(&Rma::of(2026, 0).to_string()).is_err(),
        "they begin with one"
    );
}

#[test]
fn who_sold_old_gold_is_kept_seven_years_also_from_a_day_that_comes_every_fourth() {
    let until = |day: &str| kept_until(day.parse().expect("a day")).to_string();
    assert_eq!(until("2026-12-04"), "2033-12-04");
    assert_eq!(until("2024-02-29"), "2031-03-01");
}

#[test]
fn a_title_is_written_as_its_thousandths() {
    let title = Title::thousandths(750).expect("a title");
    assert_eq!(serde_json::to_string(&title).expect("text"), "750");
    assert_eq!(serde_json::from_str::<Title>("750").expect("a title"), title);
}

#[test]
fn vat_inside_a_price() {
    let rate = VatRate::percent(Decimal::from(21)).expect("a rate");
    for case in vectors()["vat21_incl"].as_array().expect("cases") {
        let total = money(&case["incl"]);
        assert_eq!(rate.inside(total), money(&case["vat"]), "{case}");
        assert_eq!(total - rate.inside(total), money(&case["net"]), "{case}");
    }
}

#[test]
fn gold_is_worth_what_the_vectors_say() {
    let terms = &Profile::named("laurence-vandenborre").expect("a house").terms;
    for case in vectors()["gold"].as_array().expect("cases") {
        let fineness = case["fineness"].as_i64().expect("a title");
        // A title of 1000 tests the formula only: the trade's highest is 999.
        let Ok(title) = Title::thousandths(fineness) else {
            continue;
        };
        let part = Part {
            title,
            gross_g: decimal(&case["grams"]),
            mounted_ct: Decimal::ZERO,
            other_g: Decimal::ZERO,
        };
        let price = GoldPrice::PerOunce(decimal(&case["eur_per_oz"]));
        let worth = |percent: Decimal| value(&[part], price, percent, terms).expect("valued").value.parts[0].estimate;
        assert_eq!(worth(Decimal::ZERO), money(&case["gross"]), "{case}");
        assert_eq!(
            worth(decimal(&case["deduction"]) * Decimal::ONE_HUNDRED),
            money(&case["net"]),
            "{case}"
        );
    }
}

/// Up to 500 thousandths nothing may be called gold (law of 11 August 1987, art. 19).
#[test]
fn what_may_not_be_called_gold_is_said_of_low_titles_alone() {
    let terms = &Profile::named("laurence-vandenborre").expect("a house").terms;
    let is_said = |thousandths: i64| {
        let part = Part {
            title: Title::thousandths(thousandths).expect("a title"),
            gross_g: Decimal::TEN,
            mounted_ct: Decimal::ZERO,
            other_g: Decimal::ZERO,
        };
        let price = GoldPrice::PerOunce(Decimal::from(3500));
        let grounds = value(&[part], price, Decimal::ZERO, terms).expect("valued").grounds;
        grounds
            .iter()
            .any(|ground| ground.message.key == "ground-not-called-gold")
    };
    assert_eq!([333, 500, 501, 750].map(is_said), [true, true, false, false]);
}

/// The trade's own vector: gross 6.42 g with 0.55 ct of stones, 750, 100.00 EUR/g, 1 % melt loss, 98 % paid, 5 % fee.
#[test]
fn an_itemised_deduction_multiplies_what_is_kept() {
    use atelier_core::counter::{Action, Deduction, ValueForm};
    use atelier_tests::{Shop, gold_ring, metal};
    let mut shop = Shop::of("laurence-vandenborre");
    shop.does(&Action::NoteGoldPrice {
        day: "2026-12-02".into(),
        unit: "gram".into(),
        euro: "100".into(),
        source: "refiner".into(),
    });
    let mut ring = gold_ring();
    ring.metals = vec![metal("750", "6,42")];
    ring.metals[0].mounted = "0,55".into();
    let project = shop.takes_in(ring);
    let deduction = Deduction::Itemised {
        under_karat: "0".into(),
        melt_loss: "1".into(),
        payable: "98".into(),
        fee: "5".into(),
    };
    shop.does(&Action::Value {
        project: project.clone(),
        form: ValueForm {
            deduction,
            repolish: Vec::new(),
        },
    });
    assert_eq!(shop.project(&project).valuations[0].credit, "€436.19");
}

mod measured_stones {
    use atelier_core::number::fixed;
    use atelier_core::stone::{Cut, Gem, Girdle, Measured};
    use rust_decimal::Decimal;

    fn estimate(gem: &str, cut: Cut, sides: [&str; 3]) -> String {
        let [length, width, depth] = sides.map(|side| side.parse::<Decimal>().expect("a measure"));
        let measured = Measured {
            cut,
            length,
            width,
            depth,
            girdle: Some(Girdle::Medium),
        };
        fixed(
            measured
                .estimate(&Gem::named(gem, None).expect("a gem"))
                .expect("an estimate"),
            3,
        )
    }

    #[rstest::rstest]
    #[case("diamond", Cut::Round, ["6.48", "6.51", "3.96"], "1.019")]
    #[case("diamond", Cut::Oval, ["7.00", "5.00", "3.10"], "0.692")]
    #[case("diamond", Cut::Princess, ["5.50", "5.50", "4.00"], "1.004")]
    #[case("diamond", Cut::Cushion, ["6.0", "6.0", "4.0"], "1.174")]
    #[case("diamond", Cut::Pear, ["8.40", "5.60", "3.40"], "0.960")]
    #[case("diamond", Cut::Heart, ["6.5", "6.5", "3.9"], "0.972")]
    #[case("diamond", Cut::Emerald, ["7.22", "3.90", "2.50"], "0.704")]
    #[case("sapphire", Cut::Oval, ["8", "6", "4"], "1.568")]
    #[case("emerald", Cut::Emerald, ["8", "6", "4.2"], "1.371")]
    #[case("amethyst", Cut::Pear, ["10", "7", "4.5"], "1.508")]
    #[case("opal", Cut::Cabochon, ["10", "8", "3.5"], "1.625")]
    fn weigh_what_the_trade_says(#[case] gem: &str, #[case] cut: Cut, #[case] sides: [&str; 3], #[case] carat: &str) {
        assert_eq!(estimate(gem, cut, sides), carat);
    }

    #[test]
    fn a_tie_between_two_ratios_takes_the_lower() {
        // 1.375 lies between 1.25 and 1.50.
        assert_eq!(
            estimate("diamond", Cut::Emerald, ["5.50", "4.00", "2.00"]),
            fixed("0.352".parse().expect("a number"), 3)
        );
    }
}

mod profiles {
    use super::Profile;

    #[test]
    fn every_ready_made_house_can_be_read() {
        let ids: Vec<&str> = Profile::all().iter().map(|profile| profile.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "artbeats",
                "belgium-flawless",
                "bigli",
                "laurence-vandenborre",
                "uniglo",
                "blank"
            ]
        );
    }

    /// Each fault: what stands in the file, what instead, what the named line holds, and a word of the reason.
    #[rstest::rstest]
    #[case::unknown_key(
        "acceptance_needed = \"silent\"",
        "acceptance_needed = \"silent\"\nsmile = true",
        "smile",
        "smile"
    )]
    #[case::missing_key("acceptance_needed = \"silent\"\n", "", "[terms.orders]", "acceptance_needed")]
    #[case::neither_said_nor_silent("acceptance_needed = \"silent\"", "acceptance_needed = \"mute\"", "mute", "silent")]
    #[case::no_number("percent = \"5\"", "percent = \"much\"", "much", "much")]
    #[case::share_above_all("percent = \"5\"", "percent = \"120\"", "cancellation", "100 per cent")]
    #[case::too_many_days("says = 14,", "says = 14000,", "14000", "3660")]
    #[case::unknown_word("\"certificates\"]", "\"flowers\"]", "flowers", "flowers")]
    #[case::said_twice("\"certificates\"]", "\"return-form\"]", "needs =", "twice")]
    #[case::no_article(
        "duties_on_client = { says = true, article = \"UN Return Shipping Responsibilities\"",
        "duties_on_client = { says = true, article = \"\"",
        "duties_on_client",
        "article"
    )]
    #[case::negative_days(
        "days_at_most = \"silent\"",
        "days_at_most = { says = -1, article = \"UN\" }",
        "days_at_most",
        "-1"
    )]
    #[case::most_below_least(
        "inspection = \"silent\"",
        "inspection = { says = { min = 5, max = 3 }, article = \"UN\" }",
        "inspection =",
        "least"
    )]
    #[case::negative_amount("fee = \"silent\"", "fee = { says = \"-1.00\", article = \"UN\" }", "fee =", "0.00")]
    #[case::weight_of_nothing(
        "diamond_from_ct = \"silent\"",
        "diamond_from_ct = { says = \"0\", article = \"UN\" }",
        "diamond_from_ct",
        "carats"
    )]
    #[case::a_window_for_nobody("clients = [\"consumer\"]", "clients = []", "clients = []", "open to someone")]
    #[case::a_window_for_no_way_to_order(
        "concluded = [\"distance\", \"off-premises\"]",
        "concluded = []",
        "concluded = []",
        "open to someone"
    )]
    #[case::a_window_for_nothing(
        "made = [\"listed\", \"listed-option\"], conditions",
        "made = [], conditions",
        "made = [], conditions",
        "for something"
    )]
    #[case::a_window_in_no_condition(
        "conditions = [\"as-delivered\", \"handled\", \"worn\", \"damaged\", \"altered\"]",
        "conditions = []",
        "conditions = []",
        "some condition"
    )]
    #[case::title_above_all(
        "reusable_titles = \"silent\"",
        "reusable_titles = { says = [1000], article = \"UN\" }",
        "reusable_titles",
        "999"
    )]
    fn a_fault_in_a_house_is_refused_with_file_line_and_reason(
        #[case] from: &str,
        #[case] to: &str,
        #[case] at: &str,
        #[case] word: &str,
    ) {
        let sound = include_str!("../src-tauri/core/houses/uniglo.toml");
        assert!(sound.contains(from), "{from}");
        let text = sound.replacen(from, to, 1);
        let line = text
            .lines()
            .position(|line| line.starts_with(at))
            .or_else(|| text.lines().position(|line| line.contains(at)))
            .expect(at)
            + 1;
        let error = Profile::read("uniglo.toml", &text).expect_err(to);
        assert_eq!((error.file.as_str(), error.line), ("uniglo.toml", line), "{error}");
        assert!(error.reason.contains(word), "{error}");
    }

    #[rstest::rstest]
    #[case::a_share_of_all("percent = \"5\"", "percent = \"100\"")]
    #[case::a_share_to_the_hundredth("percent = \"5\"", "percent = \"12.55\"")]
    #[case::a_share_of_nothing("percent = \"5\"", "percent = \"0\"")]
    #[case::the_heaviest(
        "diamond_from_ct = \"silent\"",
        "diamond_from_ct = { says = \"1000\", article = \"UN\" }"
    )]
    #[case::the_lightest(
        "diamond_from_ct = \"silent\"",
        "diamond_from_ct = { says = \"0.001\", article = \"UN\" }"
    )]
    #[case::nothing_to_pay("fee = \"silent\"", "fee = { says = \"0.00\", article = \"UN\" }")]
    #[case::the_lowest_and_the_highest_title(
        "reusable_titles = \"silent\"",
        "reusable_titles = { says = [1, 999], article = \"UN\" }"
    )]
    #[case::the_most_days("says = 14,", "says = 3660,")]
    #[case::the_same_least_and_most(
        "inspection = \"silent\"",
        "inspection = { says = { min = 5, max = 5 }, article = \"UN\" }"
    )]
    fn what_lies_just_within_its_bounds_is_read(#[case] from: &str, #[case] to: &str) {
        let sound = include_str!("../src-tauri/core/houses/uniglo.toml");
        assert!(sound.contains(from), "{from}");
        let read = Profile::read("uniglo.toml", &sound.replacen(from, to, 1));
        assert!(read.is_ok(), "{to}: {}", read.expect_err("why"));
    }

    #[test]
    fn a_house_written_as_text_is_the_same_read_back() {
        for profile in Profile::all() {
            let wire = serde_json::to_string(&profile.terms).expect("text");
            let back: atelier_core::terms::Terms = serde_json::from_str(&wire).expect("terms");
            assert_eq!(back, profile.terms, "{}", profile.id);
        }
    }

    #[test]
    fn each_house_has_exactly_its_collisions_with_the_law() {
        let found = |id: &str| -> Vec<&str> {
            atelier_core::law::collisions(&Profile::named(id).expect("a house").terms)
                .iter()
                .map(|found| found.id)
                .collect()
        };
        assert_eq!(
            found("laurence-vandenborre"),
            [
                "altered-diamond-excluded",
                "deposit-kept",
                "used-not-refunded",
                "defect-notice-60-days",
                "privacy-45-days",
                "form-wording",
                "packaging-as-condition",
                "supplier-prices",
                "materials-excluded"
            ]
        );
        assert_eq!(
            found("uniglo"),
            [
                "withdrawal-only-after-delivery",
                "unlisted-excluded",
                "altered-diamond-excluded",
                "refund-after-inspection"
            ]
        );
        assert_eq!(
            found("bigli"),
            [
                "listed-options-excluded",
                "request-assessed",
                "used-sent-back",
                "odr-platform-closed"
            ]
        );
        assert_eq!(
            found("belgium-flawless"),
            [
                "cash-above-limit",
                "window-from-shipment",
                "restocking-fee",
                "shipping-not-refunded",
                "rma-as-condition"
            ]
        );
        assert_eq!(found("artbeats"), Vec::<&str>::new());
        assert_eq!(found("blank"), Vec::<&str>::new());
    }
}
