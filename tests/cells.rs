//! The table of the five houses' terms, cell by cell: a value that is changed in a house's file fails the case named after it.

use atelier_core::house::Profile;
use atelier_core::termsheet;
use atelier_core::words::Language;

/// What the house says on each clause of the cell; a clause that is not listed is silent.
fn cell(house: &str, clauses: &[&str], says: &[(&str, &str)]) {
    let terms = &Profile::named(house).expect("a house").terms;
    let rows = termsheet::compare(&[terms], Language::En);
    for clause in clauses {
        let row = rows
            .iter()
            .find(|row| format!("{}.{}", row.group, row.name) == *clause)
            .expect(clause);
        let said = row.says[0].as_deref().map(|text| text.replace('\u{a0}', " "));
        let wanted = says
            .iter()
            .find(|(name, _)| name == clause)
            .map(|(_, text)| (*text).to_owned());
        assert_eq!(said, wanted, "{clause} of {house}");
        assert_eq!(
            row.articles[0].is_empty(),
            wanted.is_none(),
            "{clause} of {house} names its article"
        );
    }
}

#[rstest::rstest]
#[case::laurence_vandenborre(
    "laurence-vandenborre",
    "Laurence Vandenborre BV, Tabakvest 3, 2000 Antwerpen, 0786.549.343"
)]
#[case::uniglo("uniglo", "UNIGLO, Schupstraat 21 box 5, 2018 Antwerpen, ")]
#[case::bigli("bigli", "Spitaels Consulting bv, Mullemstraat 23, 9700 Oudenaarde, 0441.574.880")]
#[case::belgium_flawless("belgium-flawless", "Belgium Flawless, ,  , ")]
#[case::artbeats("artbeats", "Goldshape, , 2600 Berchem, 0783.422.577")]
fn seller(#[case] house: &str, #[case] wanted: &str) {
    let identity = &Profile::named(house).expect("a house").identity;
    assert_eq!(
        format!(
            "{}, {}, {} {}, {}",
            identity.legal_name, identity.street, identity.postcode, identity.city, identity.enterprise_number
        ),
        wanted
    );
}

#[test]
fn the_blank_house_follows_the_statute_in_everything() {
    let terms = &Profile::named("blank").expect("a house").terms;
    assert!(
        termsheet::compare(&[terms], Language::En)
            .iter()
            .all(|row| row.says[0].is_none())
    );
}

#[test]
fn every_clause_stands_in_a_cell() {
    let here = include_str!("cells.rs");
    for (group, clauses) in &termsheet::CLAUSES {
        for (name, _) in *clauses {
            assert!(here.contains(&format!("\"{group}.{name}\"")), "{group}.{name}");
        }
    }
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("orders.sells_to", "all"), ("orders.acceptance_needed", "yes")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("orders.sells_to", "consumer"), ("orders.acceptance_needed", "yes"), ("orders.countries", "BG, CA, HR, CZ, EE, FI, GR, HU, IE, IT, LV, LT, LU, MT, PL, PT, SK, SI, MC, SM, CH, JP, AE, US"), ("orders.home_address_only", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[("orders.sells_to", "all")])]
#[case::artbeats("artbeats", &[("orders.sells_to", "all")])]
fn sells_to(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "orders.sells_to",
            "orders.acceptance_needed",
            "orders.countries",
            "orders.home_address_only",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("orders.size_quality_accepted", "yes"), ("orders.alternative_if_unavailable", "yes"), ("orders.notices_to_address", "yes"), ("redesign.sketches_used_by_house", "yes"), ("redesign.no_reproduction", "yes"), ("redesign.no_transfer", "yes"), ("redesign.no_liability_for_materials", "yes"), ("redesign.no_compensation_for_loss", "yes"), ("production.customs_delay_not_counted", "yes"), ("returns.return_carriers", "FedEx, DHL, UPS"), ("returns.return_risk_on_client", "yes"), ("warranty.known_defects_excluded", "yes"), ("warranty.liability_to_price", "yes"), ("privacy.marketing_objection", "yes"), ("privacy.proof_of_identity", "yes")])]
#[case::uniglo("uniglo", &[("returns.return_risk_on_client", "yes"), ("returns.reject_unfit", "yes")])]
#[case::bigli("bigli", &[("orders.may_refuse_orders", "yes"), ("orders.unique_stones", "yes"), ("payment.card_countries", "BG, CA, HR, CZ, EE, FI, GR, HU, IE, IT, LV, LT, LU, MT, PL, PT, SK, SI, MC, SM, CH, JP, AE, US"), ("delivery.told_when_shipped", "by e-mail"), ("delivery.tax_number_asked", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[("delivery.told_when_shipped", "by e-mail"), ("returns.return_carriers", "FedEx, UPS, USPS Express")])]
#[case::artbeats("artbeats", &[("orders.indicative_measures", "yes"), ("orders.equal_substitutions", "yes")])]
fn what_the_client_is_told(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "orders.size_quality_accepted",
            "orders.alternative_if_unavailable",
            "orders.may_refuse_orders",
            "orders.unique_stones",
            "orders.indicative_measures",
            "orders.equal_substitutions",
            "orders.notices_to_address",
            "redesign.sketches_used_by_house",
            "redesign.no_reproduction",
            "redesign.no_transfer",
            "redesign.no_liability_for_materials",
            "redesign.no_compensation_for_loss",
            "production.customs_delay_not_counted",
            "payment.card_countries",
            "delivery.told_when_shipped",
            "delivery.tax_number_asked",
            "returns.return_carriers",
            "returns.return_risk_on_client",
            "returns.reject_unfit",
            "warranty.known_defects_excluded",
            "warranty.liability_to_price",
            "privacy.marketing_objection",
            "privacy.proof_of_identity",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("orders.prices_include_vat", "yes"), ("orders.supplier_prices_passed_on", "yes")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("orders.prices_include_vat", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn prices(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &["orders.prices_include_vat", "orders.supplier_prices_passed_on"],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("orders.price_error_answer_days", "8 days")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn price_error(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["orders.price_error_answer_days"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("payment.methods", "bank transfer, PayPal, as agreed")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("payment.methods", "credit card")])]
#[case::belgium_flawless("belgium-flawless", &[("payment.methods", "Bancontact, Visa, Mastercard, Discover, American Express, PayPal, iDEAL, cash"), ("payment.cash_limit", "€4,000.00")])]
#[case::artbeats("artbeats", &[])]
fn payment(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["payment.methods", "payment.cash_limit"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("payment.deposit", "Tailor-made: 50 %; Redesign: 50 %; Made to order: 50 %; From stock: 100 %; Of the full price: no"), ("payment.deposit_kept", "yes"), ("payment.balance_before_delivery", "yes")])]
#[case::uniglo("uniglo", &[("orders.proof_of_payment_binds", "yes")])]
#[case::bigli("bigli", &[("payment.deposit", "Tailor-made: 100 %; Redesign: 100 %; Made to order: 100 %; From stock: 100 %; Of the full price: no"), ("payment.balance_before_delivery", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn deposit(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "payment.deposit",
            "payment.deposit_kept",
            "payment.balance_before_delivery",
            "orders.proof_of_payment_binds",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("redesign.diamond_from_ct", "0.30 ct"), ("redesign.coloured_from_ct", "1.00 ct"), ("redesign.reusable_titles", "750"), ("redesign.valuation_fee_from", "€50.00"), ("redesign.valuation_fee_deducted", "yes"), ("redesign.repolish_from", "€100.00")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn old_is_gold(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "redesign.diamond_from_ct",
            "redesign.coloured_from_ct",
            "redesign.reusable_titles",
            "redesign.valuation_fee_from",
            "redesign.valuation_fee_deducted",
            "redesign.repolish_from",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("production.window", "15–25 business days"), ("production.window_from", "at the later of approval and deposit")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("production.in_stock", "0–14 days"), ("production.out_of_stock_weeks", "4–6 weeks")])]
#[case::belgium_flawless("belgium-flawless", &[("production.in_stock", "1–3 business days")])]
#[case::artbeats("artbeats", &[("production.window", "0–5 business days"), ("production.window_from", "on the day of the order")])]
fn production(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "production.window",
            "production.window_from",
            "production.in_stock",
            "production.out_of_stock_weeks",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("delivery.days_at_most", "30 days"), ("delivery.carriers", "FedEx, bpost")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("delivery.carriers", "FedEx, DHL")])]
#[case::belgium_flawless("belgium-flawless", &[("delivery.carriers", "FedEx, UPS, USPS, Brinks"), ("delivery.free_from", "€1,000.00"), ("delivery.fee", "€25.00")])]
#[case::artbeats("artbeats", &[])]
fn delivery(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "delivery.days_at_most",
            "delivery.carriers",
            "delivery.free_from",
            "delivery.fee",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("production.late", "new date, or termination with refund")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("production.day_guaranteed", "no")])]
fn late(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["production.late", "production.day_guaranteed"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("production.force_majeure", "extends by its length")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("production.force_majeure", "suspends or ends")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn force_majeure(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["production.force_majeure"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("payment.title_until_paid", "yes"), ("delivery.risk_at_possession", "yes")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[("delivery.house_bears_transit_risk", "yes")])]
#[case::artbeats("artbeats", &[])]
fn title_and_risk(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "payment.title_until_paid",
            "delivery.risk_at_possession",
            "delivery.house_bears_transit_risk",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.statutory_days", "14 days"), ("returns.own_form_wording", "yes")])]
#[case::uniglo("uniglo", &[("returns.statutory_days", "14 days")])]
#[case::bigli("bigli", &[("returns.statutory_days", "14 days"), ("returns.request_assessed", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.statutory_days", "14 days")])]
fn statutory_withdrawal(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "returns.statutory_days",
            "returns.request_assessed",
            "returns.own_form_wording",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[])]
#[case::uniglo("uniglo", &[("returns.window", "Days: 30 days; Counted from: possession by the client; For whom: consumer; If bought: at a distance (e-mail, telephone, web), off premises (fair, at home); For pieces: as listed, in a listed size, colour or stone; In which condition: all; Back by: arrived after the window, within (14 days); Is deducted: loss in value")])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[("returns.window", "Days: 30 days; Counted from: shipment; For whom: all; If bought: all; For pieces: all; In which condition: as delivered, handled as needed; Back by: the end of the window; Is deducted: restocking fee")])]
#[case::artbeats("artbeats", &[])]
fn house_return_window(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.window"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.excluded", "with an altered diamond, finished piece outside the catalogue, engraved, made to measure, to the client’s own design")])]
#[case::uniglo("uniglo", &[("returns.excluded", "with an altered diamond, loose stone, finished piece outside the catalogue, engraved, made to measure, to the client’s own design, heartbeat piece"), ("returns.only_listed", "yes")])]
#[case::bigli("bigli", &[("returns.excluded", "in a listed size, colour or stone, engraved, made to measure, to the client’s own design, heartbeat piece")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.excluded", "heartbeat piece")])]
fn excluded(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &["returns.excluded", "returns.excluded_sizes", "returns.only_listed"],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.cancellation", "deposit kept")])]
#[case::uniglo("uniglo", &[("returns.cancellation", "for a fee (Share of the price without VAT: 5 %; For pieces: as listed, in a listed size, colour or stone; Fee carries VAT: no)")])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.cancellation", "never")])]
fn cancel_before_delivery(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.cancellation"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.needs", "original packaging, all papers, order detail sheet")])]
#[case::uniglo("uniglo", &[("returns.needs", "notice first, return form, original packaging, all papers, certificates")])]
#[case::bigli("bigli", &[("returns.needs", "all packaging, all materials")])]
#[case::belgium_flawless("belgium-flawless", &[("returns.needs", "RMA on the box, insured carrier"), ("returns.rma_needed", "yes")])]
#[case::artbeats("artbeats", &[("returns.needs", "notice first, an RMA, issued, all parts and free gifts")])]
fn return_needs(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.needs", "returns.rma_needed"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.client_pays_return", "yes")])]
#[case::uniglo("uniglo", &[("returns.client_pays_return", "yes")])]
#[case::bigli("bigli", &[("returns.carrier_collects", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[("returns.client_pays_return", "yes")])]
#[case::artbeats("artbeats", &[("returns.client_pays_return", "yes"), ("returns.own_carrier_allowed", "yes"), ("returns.house_pays_at_fault", "yes"), ("returns.label_cost_deducted", "yes")])]
fn return_transport(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "returns.client_pays_return",
            "returns.carrier_collects",
            "returns.own_carrier_allowed",
            "returns.house_pays_at_fault",
            "returns.label_cost_deducted",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.send_back_days", "14 days")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.send_back_days", "14 days")])]
fn send_back_within(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.send_back_days"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[])]
#[case::uniglo("uniglo", &[("returns.inspected_by", "the product manager"), ("returns.inspection_told", "all")])]
#[case::bigli("bigli", &[("returns.inspection", "5 business days")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.inspection", "3–5 business days"), ("returns.inspection_told", "by e-mail")])]
fn inspection(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &["returns.inspection", "returns.inspected_by", "returns.inspection_told"],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.no_refund_if_used", "yes")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("returns.no_refund_if_used", "yes"), ("returns.used_sent_back", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.customs_recharged", "yes")])]
fn deduction(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "returns.no_refund_if_used",
            "returns.used_sent_back",
            "returns.customs_recharged",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.outbound_shipping_refunded", "all payments")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[("returns.outbound_shipping_refunded", "only if wrong or defective")])]
#[case::artbeats("artbeats", &[("returns.outbound_shipping_refunded", "cheapest standard delivery")])]
fn outbound_shipping(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.outbound_shipping_refunded"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("returns.refund_days", "14 days"), ("returns.same_means", "yes")])]
#[case::uniglo("uniglo", &[("returns.refund_promise", "10 business days"), ("returns.same_means", "yes")])]
#[case::bigli("bigli", &[("returns.refund_promise", "3 days")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("returns.refund_promise", "10 business days"), ("returns.refund_days", "14 days"), ("returns.same_means", "yes")])]
fn refund_within(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &["returns.refund_promise", "returns.refund_days", "returns.same_means"],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("returns.exchange", "Exchange offered: yes; Final sale: yes")])]
#[case::belgium_flawless("belgium-flawless", &[("returns.exchange", "Exchange offered: yes; Final sale: no"), ("returns.store_credit", "yes")])]
#[case::artbeats("artbeats", &[("returns.exchange", "Exchange offered: no; Final sale: no")])]
fn exchange(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["returns.exchange", "returns.store_credit"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("warranty.legal_years", "2 years"), ("warranty.notice_days", "60 days"), ("warranty.exceptions", "wear, patina, chemicals")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("warranty.commercial", "no")])]
#[case::belgium_flawless("belgium-flawless", &[("warranty.commercial", "yes"), ("warranty.lifetime", "Ends if the piece is: altered; Does not cover: wear, abuse, loss of stones, theft, repaired by others; Receipt needed: yes")])]
#[case::artbeats("artbeats", &[("warranty.exceptions", "wear, chemicals, marks of handwork, wrong size chosen"), ("warranty.commercial", "no")])]
fn warranty(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "warranty.legal_years",
            "warranty.notice_days",
            "warranty.exceptions",
            "warranty.commercial",
            "warranty.lifetime",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[("warranty.resizing", "free under warranty")])]
#[case::artbeats("artbeats", &[("warranty.resizing", "never")])]
fn resizing(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["warranty.resizing"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("redesign.others_work", "never")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[("redesign.others_work", "ask with a picture")])]
#[case::artbeats("artbeats", &[])]
fn repair_of_others_work(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["redesign.others_work"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("delivery.open_before_carrier", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("delivery.damage_report_days", "1–2 days")])]
fn transport_damage(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &["delivery.open_before_carrier", "delivery.damage_report_days"],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("orders.consents", "irreversible melting, the client’s materials at the client’s risk, sketches remain the house’s property")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[("orders.consents", "acceptance of the terms")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("orders.consents", "heartbeat piece, cannot be cancelled")])]
fn consents_before_order(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["orders.consents"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("delivery.duties_on_client", "yes")])]
#[case::uniglo("uniglo", &[("delivery.duties_on_client", "yes")])]
#[case::bigli("bigli", &[("delivery.duties_on_client", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[("delivery.duties_on_client", "yes")])]
#[case::artbeats("artbeats", &[("returns.returned_goods_mark", "yes"), ("returns.regions", "all")])]
fn outside_eu(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "delivery.duties_on_client",
            "returns.returned_goods_mark",
            "returns.regions",
        ],
        says,
    );
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("privacy.rights", "all"), ("privacy.answer_days", "45 days")])]
#[case::uniglo("uniglo", &[])]
#[case::bigli("bigli", &[])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[])]
fn privacy(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(house, &["privacy.rights", "privacy.answer_days"], says);
}

#[rstest::rstest]
#[case::laurence_vandenborre("laurence-vandenborre", &[("privacy.law", "BE"), ("privacy.court", "Antwerpen")])]
#[case::uniglo("uniglo", &[("privacy.law", "BE")])]
#[case::bigli("bigli", &[("privacy.law", "BE"), ("privacy.mediation_within_months", "12 months"), ("privacy.odr_platform", "yes")])]
#[case::belgium_flawless("belgium-flawless", &[])]
#[case::artbeats("artbeats", &[("privacy.law", "local-mandatory")])]
fn law_and_court(#[case] house: &str, #[case] says: &[(&str, &str)]) {
    cell(
        house,
        &[
            "privacy.law",
            "privacy.court",
            "privacy.mediation_within_months",
            "privacy.odr_platform",
        ],
        says,
    );
}
