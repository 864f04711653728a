//! The hard questions of the counter: what the law gives where a house's document says otherwise.

use atelier_core::desk::{Houses, answer};
use serde_json::{Value, json};

/// A listed ring bought by mail on 1 November 2026, delivered on the 6th, told of the right with the order.
fn ring(house: &str, change: Value) -> Value {
    let mut question = json!({
        "ask": "after-sales", "house": house, "today": "2026-11-12", "client": "consumer", "concluded": "distance", "made": "listed",
        "price": "1210.00", "vat_pct": "21", "shipping_paid": "40.00", "standard_shipping": "25.00", "informed": "2026-11-01",
        "ordered": "2026-11-01", "shipped": "2026-11-03", "possession": "2026-11-06", "notice": null, "reason": "change-of-mind",
        "condition": "as-delivered", "dispatched": null, "received": null, "inspected": null,
    });
    for (name, value) in change.as_object().expect("an object") {
        question[name] = value.clone();
    }
    let answer = answer(question.as_object().expect("an object"), Houses::ready_made());
    assert!(
        !answer["ok"]["grounds"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .is_empty()
    );
    answer["ok"].clone()
}

fn flags(answer: &Value) -> Vec<&str> {
    answer["flags"]
        .as_array()
        .expect("flags")
        .iter()
        .filter_map(|flag| flag["id"].as_str())
        .collect()
}

#[test]
fn thirty_days_from_shipment_that_end_before_fourteen_from_delivery_give_way_to_the_law() {
    let slow =
        json!({ "today": "2026-12-08", "shipped": "2026-11-02", "possession": "2026-11-25", "notice": "2026-12-08" });
    let answer = ring("belgium-flawless", slow);
    assert_eq!(
        (&answer["house_until"], &answer["statutory_until"]),
        (&json!("2026-12-02"), &json!("2026-12-09"))
    );
    assert_eq!(answer["basis"], "statute");
    assert!(flags(&answer).contains(&"window-from-shipment"));
    assert_eq!(answer["refund_total"], "1235.00");
}

#[test]
fn a_restocking_fee_is_taken_in_the_house_window_and_never_in_the_law_s() {
    let in_time = json!({ "notice": "2026-11-12", "restocking_pct": "15" });
    assert_eq!(ring("belgium-flawless", in_time)["refund_total"], "1235.00");
    let later = json!({ "today": "2026-11-30", "notice": "2026-11-30", "restocking_pct": "15" });
    let answer = ring("belgium-flawless", later);
    assert_eq!(
        (&answer["basis"], &answer["refund_total"]),
        (&json!("house"), &json!("1028.50"))
    );
}

#[test]
fn a_notice_before_delivery_ends_the_contract_at_no_cost() {
    let before =
        json!({ "possession": null, "shipped": null, "notice": "2026-11-03", "reason": "cancel", "restockable": true });
    let answer = ring("uniglo", before);
    assert_eq!(
        (&answer["basis"], &answer["refund_total"], &answer["refund_due"]),
        (&json!("statute"), &json!("1235.00"), &json!("2026-11-17"))
    );
    assert!(flags(&answer).contains(&"withdrawal-only-after-delivery"));
    assert_eq!(answer["statutory_until"], Value::Null);
}

#[test]
fn an_engraved_piece_has_no_withdrawal_but_keeps_its_guarantee() {
    for house in ["laurence-vandenborre", "uniglo", "bigli", "artbeats", "blank"] {
        let answer = ring(house, json!({ "made": "engraved", "notice": "2026-11-12" }));
        assert_eq!(
            (&answer["right"], &answer["basis"]),
            (&json!(false), &json!("none")),
            "{house}"
        );
        let broken = ring(
            house,
            json!({ "made": "engraved", "notice": "2026-11-12", "reason": "defect" }),
        );
        assert_eq!(broken["basis"], "guarantee", "{house}");
    }
}

#[test]
fn a_ring_in_a_listed_size_is_no_personalisation() {
    for house in ["laurence-vandenborre", "uniglo", "bigli", "artbeats"] {
        let answer = ring(house, json!({ "made": "listed-option", "notice": "2026-11-12" }));
        assert_eq!(answer["basis"], "statute", "{house}");
    }
    assert!(
        flags(&ring(
            "bigli",
            json!({ "made": "listed-option", "notice": "2026-11-12" })
        ))
        .contains(&"listed-options-excluded")
    );
}

#[test]
fn a_client_who_was_never_told_has_twelve_months_more_and_owes_nothing() {
    let untold = json!({ "informed": null, "today": "2027-11-01", "notice": "2027-11-01", "condition": "worn", "loss_in_value": "400.00" });
    let answer = ring("laurence-vandenborre", untold);
    assert_eq!(
        (&answer["basis"], &answer["statutory_until"]),
        (&json!("statute"), &json!("2027-11-22"))
    );
    assert_eq!(
        (&answer["refund_total"], &answer["return_paid_by"]),
        (&json!("1235.00"), &json!("house"))
    );
    let told_late = ring("laurence-vandenborre", json!({ "informed": "2027-01-04" }));
    assert_eq!(told_late["statutory_until"], "2027-01-18");
}

/// Christmas 2026 falls on a Friday, Easter Monday 2027 on 29 March.
#[test]
fn a_period_that_would_end_at_christmas_or_easter_ends_on_the_next_working_day() {
    let until = |possession: &str| {
        ring(
            "blank",
            json!({ "possession": possession, "shipped": null, "today": possession }),
        )["statutory_until"]
            .clone()
    };
    assert_eq!(until("2026-12-11"), "2026-12-28");
    assert_eq!(until("2027-03-15"), "2027-03-30");
}

#[test]
fn a_business_buyer_has_the_house_s_terms_alone() {
    let bought = json!({ "client": "business", "notice": "2026-11-12" });
    assert_eq!(ring("uniglo", bought.clone())["basis"], "none");
    assert_eq!(ring("belgium-flawless", bought.clone())["basis"], "house");
    let broken = json!({ "client": "business", "notice": "2026-11-12", "reason": "defect" });
    assert_eq!(ring("laurence-vandenborre", broken)["guarantee_until"], Value::Null);
}

#[test]
fn a_refund_waits_for_goods_or_for_proof_that_they_left_whichever_comes_first() {
    let on_the_way = json!({ "notice": "2026-11-12", "dispatched": "2026-11-30", "today": "2026-12-01" });
    assert_eq!(ring("laurence-vandenborre", on_the_way)["refund_due"], "2026-11-30");
    let sent_at_once = json!({ "notice": "2026-11-12", "dispatched": "2026-11-13" });
    assert_eq!(ring("laurence-vandenborre", sent_at_once)["refund_due"], "2026-11-26");
    assert_eq!(
        ring("laurence-vandenborre", json!({ "notice": "2026-11-12" }))["refund_due"],
        Value::Null
    );
    assert_eq!(
        ring("bigli", json!({ "notice": "2026-11-12" }))["refund_due"],
        "2026-11-26",
        "the house collects and does not wait"
    );
}

/// One order, two parcels: the period runs from the day the last of them came (CEL VI.47 §2, a).
#[test]
fn a_second_delivery_of_the_same_order_moves_the_whole_right() {
    let after_first = ring(
        "blank",
        json!({ "possession": "2026-11-06", "today": "2026-11-24", "notice": "2026-11-24" }),
    );
    assert_eq!(after_first["basis"], "none");
    let after_last = ring(
        "blank",
        json!({ "possession": "2026-11-13", "today": "2026-11-24", "notice": "2026-11-24" }),
    );
    assert_eq!(
        (&after_last["basis"], &after_last["statutory_until"]),
        (&json!("statute"), &json!("2026-11-27"))
    );
}

/// Uniglo gives 30 days from the 6th: until 7 December, the 6th being a Sunday; what was announced may arrive 14 days later.
#[test]
fn a_return_of_the_last_day_came_in_time_and_one_of_the_next_did_not() {
    let noticed = |notice: &str, dispatched: &str, received: &str| {
        let days = json!({ "today": "2027-01-10", "notice": notice, "dispatched": dispatched, "received": received });
        let answer = ring("uniglo", days);
        let grounds = answer["grounds"].as_array().expect("grounds").iter();
        let said = grounds.filter_map(|ground| ground["text"].as_str()).collect::<String>();
        let until = answer["house_until"].as_str().expect("a day").to_owned();
        (
            until,
            answer["basis"] == "house",
            said.contains("It was sent after"),
            said.contains("It arrived after"),
        )
    };
    let late = |dispatched, received| noticed("2026-12-01", dispatched, received);
    let until = "2026-12-07".to_owned();
    assert_eq!(
        noticed("2026-12-07", "2026-12-08", "2026-12-10"),
        (until.clone(), false, true, false)
    );
    assert_eq!(
        noticed("2026-12-08", "2026-12-08", "2026-12-10"),
        (until.clone(), false, false, false)
    );
    assert_eq!(late("2026-12-07", "2026-12-21"), (until.clone(), true, false, false));
    assert_eq!(late("2026-12-07", "2026-12-22"), (until.clone(), false, false, true));
    assert_eq!(late("2026-12-08", "2026-12-21"), (until.clone(), false, true, false));
    assert_eq!(late("2026-12-08", "2026-12-22"), (until, false, true, true));
}

#[test]
fn what_the_law_does_not_set_aside_is_not_flagged() {
    let answer = ring("belgium-flawless", json!({ "notice": "2026-11-12" }));
    assert_eq!(
        (&answer["basis"], &answer["house_until"]),
        (&json!("statute"), &json!("2026-12-03"))
    );
    assert!(
        !flags(&answer).contains(&"window-from-shipment"),
        "the house's window is the longer one"
    );
    let slow = json!({ "notice": "2026-11-12", "received": "2026-11-13", "inspected": "2026-11-20" });
    assert!(
        flags(&ring("uniglo", slow)).contains(&"refund-after-inspection"),
        "the promise comes after the law's day"
    );
    let quick = json!({ "notice": "2026-11-12", "received": "2026-11-13", "inspected": "2026-11-13" });
    assert_eq!(flags(&ring("bigli", quick)), ["request-assessed"]);
}

#[test]
fn a_house_s_own_rule_for_cancelling_is_for_orders_that_are_cancelled_before_delivery() {
    let bought = |change: Value| {
        let mut facts = json!({
            "client": "business", "possession": null, "shipped": null, "notice": "2026-11-12", "reason": "cancel",
            "deposit_paid": "605.00", "paid": "605.00",
        });
        for (name, value) in change.as_object().expect("an object") {
            facts[name] = value.clone();
        }
        let answer = ring("laurence-vandenborre", facts);
        (answer["basis"].clone(), flags(&answer).contains(&"deposit-kept"))
    };
    assert_eq!(bought(json!({})), (json!("house"), true));
    assert_eq!(bought(json!({ "reason": "change-of-mind" })), (json!("none"), false));
    assert_eq!(bought(json!({ "possession": "2026-11-06" })), (json!("none"), false));
}

#[test]
fn a_restocking_fee_is_flagged_and_said_only_where_one_is_asked() {
    let flagged = |percent: &str| {
        let facts = json!({ "notice": "2026-11-12", "restocking_pct": percent });
        flags(&ring("belgium-flawless", facts)).contains(&"restocking-fee")
    };
    assert_eq!((flagged("15"), flagged("0")), (true, false));
    let deducted = |percent: &str| {
        let facts = json!({ "today": "2026-11-30", "notice": "2026-11-30", "restocking_pct": percent });
        let answer = ring("belgium-flawless", facts);
        let mut grounds = answer["grounds"].as_array().expect("grounds").iter();
        grounds.any(|ground| ground["text"].as_str().is_some_and(|text| text.contains("is deducted")))
    };
    assert_eq!((deducted("15"), deducted("0")), (true, false));
}

#[test]
fn two_months_to_report_a_defect_are_not_sixty_days() {
    let found = json!({ "reason": "defect", "found": "2027-07-01", "notice": "2027-09-01", "today": "2027-09-01" });
    let answer = ring("laurence-vandenborre", found);
    assert_eq!(answer["basis"], "guarantee");
    assert!(flags(&answer).contains(&"defect-notice-60-days"));
}

mod beside_the_right {
    use super::{answer, json};
    use atelier_core::desk::Houses;
    use serde_json::Value;

    fn ask(question: Value) -> Value {
        answer(question.as_object().expect("an object"), Houses::ready_made())["ok"].clone()
    }

    fn exchange(house: &str, made: &str, condition: &str, old: &str, new: &str) -> Value {
        ask(
            json!({ "ask": "exchange", "house": house, "made": made, "condition": condition, "old_price": old, "new_price": new, "today": "2026-11-20", "shipped": "2026-11-03", "possession": "2026-11-06" }),
        )
    }

    #[test]
    fn an_exchange_pays_or_credits_the_difference_and_is_final_where_the_house_says_so() {
        let dearer = exchange("bigli", "listed", "as-delivered", "800.00", "950.00");
        assert_eq!(
            (&dearer["to_pay"], &dearer["credited"], &dearer["final_sale"]),
            (&json!("150.00"), &json!("0.00"), &json!(true))
        );
        let cheaper = exchange("bigli", "listed", "as-delivered", "800.00", "650.00");
        assert_eq!(
            (&cheaper["to_pay"], &cheaper["credited"]),
            (&json!("0.00"), &json!("150.00"))
        );
        assert_eq!(
            exchange("belgium-flawless", "listed", "as-delivered", "800.00", "800.00")["final_sale"],
            false
        );
    }

    #[test]
    fn a_worn_or_personalised_piece_is_not_exchanged_and_some_houses_never_do() {
        for made in ["engraved", "listed-option", "own-measure"] {
            assert_eq!(
                exchange("bigli", made, "as-delivered", "800.00", "950.00")["offered"],
                false,
                "{made}"
            );
            assert_eq!(
                exchange("belgium-flawless", made, "as-delivered", "800.00", "950.00")["offered"],
                true,
                "{made}"
            );
        }
        assert_eq!(
            exchange("bigli", "listed", "worn", "800.00", "950.00")["offered"],
            false
        );
        assert_eq!(
            exchange("belgium-flawless", "listed", "handled", "800.00", "950.00")["offered"],
            true,
            "a piece that was looked at shows no wear"
        );
        assert_eq!(
            exchange("belgium-flawless", "listed", "worn", "800.00", "950.00")["offered"],
            false
        );
        for house in ["artbeats", "laurence-vandenborre", "uniglo", "blank"] {
            assert_eq!(
                exchange(house, "listed", "as-delivered", "800.00", "950.00")["offered"],
                false,
                "{house}"
            );
        }
    }

    #[test]
    fn an_exchange_within_a_return_window_ends_with_it() {
        let exchange = |today: &str| {
            ask(json!({ "ask": "exchange", "house": "belgium-flawless", "made": "listed", "condition": "as-delivered", "old_price": "800.00", "new_price": "800.00",
                "today": today, "shipped": "2026-11-03", "possession": "2026-11-06" }))["offered"].clone()
        };
        assert_eq!(
            (exchange("2026-12-03"), exchange("2026-12-04")),
            (json!(true), json!(false))
        );
    }

    fn service(house: &str, work: &str, made_here: bool, others_worked: bool, under_warranty: bool) -> String {
        let question = json!({ "ask": "service", "house": house, "work": work, "made_here": made_here, "others_worked": others_worked, "under_warranty": under_warranty });
        ask(question)["verdict"].as_str().expect("a verdict").to_owned()
    }

    #[test]
    fn resizing_is_free_under_a_warranty_or_never_or_at_a_price() {
        assert_eq!(service("belgium-flawless", "resizing", true, false, true), "free");
        assert_eq!(service("belgium-flawless", "resizing", true, true, true), "at-a-price");
        assert_eq!(
            service("artbeats", "repair", true, true, true),
            "free",
            "only a house's own warranty is voided"
        );
        assert_eq!(service("artbeats", "resizing", true, false, true), "refused");
        assert_eq!(
            service("laurence-vandenborre", "resizing", true, false, true),
            "at-a-price"
        );
    }

    #[test]
    fn work_on_the_pieces_of_others_follows_the_house() {
        assert_eq!(
            service("laurence-vandenborre", "repair", false, false, false),
            "refused"
        );
        assert_eq!(service("belgium-flawless", "repair", false, false, false), "ask-first");
        assert_eq!(service("blank", "repair", false, false, false), "at-a-price");
    }

    fn delivery(house: &str, client: &str, country: &str, address: &str, price: &str) -> Value {
        ask(
            json!({ "ask": "delivery", "house": house, "client": client, "country": country, "address": address, "price": price }),
        )
    }

    #[test]
    fn bigli_delivers_to_homes_in_its_countries_and_nowhere_else() {
        assert_eq!(delivery("bigli", "consumer", "IT", "home", "100.00")["delivers"], true);
        for (client, country, address) in [
            ("consumer", "BE", "home"),
            ("consumer", "IT", "hotel"),
            ("consumer", "IT", "po-box"),
            ("consumer", "IT", "business"),
            ("business", "IT", "home"),
        ] {
            assert_eq!(
                delivery("bigli", client, country, address, "100.00")["delivers"],
                false,
                "{client} {country} {address}"
            );
        }
        assert_eq!(
            delivery("laurence-vandenborre", "consumer", "BR", "hotel", "100.00")["delivers"],
            true
        );
    }

    #[test]
    fn the_way_costs_what_the_house_says_and_is_free_from_its_bound() {
        assert_eq!(
            delivery("belgium-flawless", "consumer", "BE", "home", "999.99")["fee"],
            "25.00"
        );
        assert_eq!(
            delivery("belgium-flawless", "consumer", "BE", "home", "1000.00")["fee"],
            "0.00"
        );
        assert_eq!(
            delivery("uniglo", "consumer", "BE", "home", "999.99")["fee"],
            Value::Null
        );
    }

    #[test]
    fn a_parcel_from_outside_the_union_is_marked_and_its_region_s_rules_are_named() {
        for (country, region, marked) in [
            ("BE", "eu-uk", false),
            ("GB", "eu-uk", false),
            ("US", "us", true),
            ("NZ", "au-nz-ca", true),
        ] {
            let answer = delivery("artbeats", "consumer", country, "home", "100.00");
            assert_eq!(
                (&answer["region"], &answer["return_mark"]),
                (&json!(region), &json!(marked)),
                "{country}"
            );
        }
        assert_eq!(
            delivery("artbeats", "consumer", "JP", "home", "100.00")["region"],
            Value::Null
        );
        assert_eq!(
            delivery("laurence-vandenborre", "consumer", "US", "home", "100.00")["duties_on_client"],
            true
        );
        for inside in ["DE", "MC", "SM"] {
            assert_eq!(
                delivery("laurence-vandenborre", "consumer", inside, "home", "100.00")["duties_on_client"],
                false,
                "{inside}"
            );
        }
    }

    #[test]
    fn transport_damage_is_reported_soon_and_a_late_report_loses_nothing() {
        let damage = super::ring(
            "artbeats",
            json!({ "reason": "transport-damage", "notice": "2026-11-30", "today": "2026-11-30" }),
        );
        assert_eq!(
            (&damage["report_by"], &damage["basis"], &damage["return_paid_by"]),
            (&json!("2026-11-08"), &json!("guarantee"), &json!("house"))
        );
        let opened = super::ring(
            "bigli",
            json!({ "reason": "transport-damage", "notice": "2026-11-30", "today": "2026-11-30" }),
        );
        assert!(
            opened["grounds"]
                .as_array()
                .expect("grounds")
                .iter()
                .any(|ground| ground["article"] == "BI art. 7.6")
        );
    }
}
