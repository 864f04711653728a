//! Whole lives of orders and cases, written down: after each step that is taken, and each day that comes, what is different on the
//! page. It says where it stands, what is due and when, what can be done with what proposed, and why the rest cannot. Steps are filled
//! in as the window does: what is proposed, but for what is typed. Whoever changes a rule reads in the snapshots all that it changes.

use atelier_core::counter::{Action, CaseView, NextView, OptionView, ProjectView, SumView, TaskView};
use atelier_core::intake::Who;
use atelier_core::terms::{ClientKind, ProjectKind};
use atelier_tests::{Shop, card, gold_ring, intake, measured, metal, quote_form, sketch, weighed, with_delivery};
use serde_json::{Map, json};
use std::fmt::Write as _;

/// What is lived: an order or a case, by its id.
enum Of {
    Order(String),
    Case(String),
}

struct Life {
    shop: Shop,
    of: Of,
    told: String,
    /// The lines of its page when it was looked at last.
    before: Vec<String>,
}

impl Life {
    fn of(shop: Shop, of: Of) -> Self {
        let mut life = Self {
            shop,
            of,
            told: String::new(),
            before: Vec::new(),
        };
        life.looked_at("begins");
        life
    }

    fn of_order(shop: Shop, id: String) -> Self {
        Self::of(shop, Of::Order(id))
    }

    fn of_case(shop: Shop, id: String) -> Self {
        Self::of(shop, Of::Case(id))
    }

    fn id(&self) -> String {
        match &self.of {
            Of::Order(id) | Of::Case(id) => id.clone(),
        }
    }

    fn next(&mut self) -> Vec<NextView> {
        let id = self.id();
        match self.of {
            Of::Order(_) => self.shop.project(&id).next,
            Of::Case(_) => self.shop.case(&id).next,
        }
    }

    /// A step taken in its form: what it proposes, but for what is typed into it, `field=words; other=words`.
    fn takes(&mut self, step: &str, typed: &str) -> &mut Self {
        let offered = self.next().into_iter().find(|next| next.step == step);
        let offered = offered.unwrap_or_else(|| panic!("{step} is not offered:\n{}", self.told));
        let mut words: Vec<(&str, &str)> = typed.split("; ").filter_map(|field| field.split_once('=')).collect();
        let mut form = Map::from_iter([("step".to_owned(), json!(step))]);
        for field in &offered.fields {
            let at = words.iter().position(|(name, _)| *name == field.name);
            let word = at.map(|at| words.remove(at).1);
            let of_many = || match word {
                Some("all") => field.options.iter().map(|option| option.value.clone()).collect(),
                Some(words) => words.split_whitespace().map(str::to_owned).collect(),
                None => Vec::<String>::new(),
            };
            let value = match field.kind.as_str() {
                "signature" => json!({"kind": "paper"}),
                "choices" | "photos" => json!(of_many()),
                _ => json!(word.unwrap_or(&field.value)),
            };
            form.insert(field.name.clone(), value);
        }
        assert!(words.is_empty(), "{step} has no {words:?}:\n{}", self.told);
        let id = self.id();
        let (take, on) = match self.of {
            Of::Order(_) => ("take-step", "project"),
            Of::Case(_) => ("take-case-step", "case"),
        };
        form.extend([("do".to_owned(), json!(take)), (on.to_owned(), json!(id))]);
        let action: Action = serde_json::from_value(form.into()).expect("an action");
        let done = self.shop.tries(&action);
        assert!(done.is_ok(), "{typed}: {done:?}:\n{}", self.told);
        // Ids say nothing to a reader.
        let typed = typed.split("; ").filter(|field| field.len() < 40);
        self.looked_at(&[&[step], &typed.collect::<Vec<_>>()[..]].concat().join(" "));
        self
    }

    /// Something else that is done in the shop.
    fn then(&mut self, what: &str, does: impl FnOnce(&mut Shop, &str)) -> &mut Self {
        let id = self.id();
        does(&mut self.shop, &id);
        self.looked_at(what);
        self
    }

    /// A day comes on which nothing was done yet.
    fn on(&mut self, day: &str) -> &mut Self {
        self.shop.turn_to(day);
        self.looked_at("a day comes");
        self
    }

    fn looked_at(&mut self, what: &str) {
        let id = self.id();
        let now = match self.of {
            Of::Order(_) => of_order(&self.shop.project(&id)),
            Of::Case(_) => of_case(&self.shop.case(&id)),
        };
        let today = self.shop.context().today();
        let _ = writeln!(self.told, "{today}  {what}");
        for gone in self.before.iter().filter(|line| !now.contains(line)) {
            let _ = writeln!(self.told, "  - {gone}");
        }
        for new in now.iter().filter(|line| !self.before.contains(line)) {
            let _ = writeln!(self.told, "  + {new}");
        }
        self.before = now;
        let wrong = self.shop.standings_that_do_not_follow();
        assert!(wrong.is_empty(), "{wrong:?} after:\n{}", self.told);
    }

    fn is_as_written(&self, name: &str) {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/lives"), prepend_module_to_snapshot => false, omit_expression => true,
        }, {
            insta::assert_snapshot!(name, self.told);
        });
    }
}

fn due(tasks: &[TaskView]) -> impl Iterator<Item = String> {
    tasks.iter().map(|task| {
        let why: String = task.why.iter().map(|why| format!(" [{}]", why.article)).collect();
        format!("due {}, {}: {}{why}", task.day, task.when, task.text)
    })
}

fn said(options: &[OptionView]) -> impl Iterator<Item = String> {
    options
        .iter()
        .map(|option| format!("{}: {}", option.text, option.value))
}

fn sums(money: &[SumView]) -> impl Iterator<Item = String> {
    money.iter().map(|sum| format!("{}: {}", sum.label, sum.amount))
}

/// What can be done, with the figures that are proposed; or why it cannot.
fn can(next: &NextView) -> String {
    if let Some(why) = &next.refused {
        return format!("cannot {}: {why}", next.step);
    }
    let proposed: String = next
        .fields
        .iter()
        .filter(|field| field.kind == "figure" && !field.value.is_empty())
        .map(|field| format!(", {} {}", field.name, field.value))
        .collect();
    let warning: String = next.warning.iter().map(|warning| format!(" ! {warning}")).collect();
    format!("can {}{proposed}{warning}", next.step)
}

fn of_order(page: &ProjectView) -> Vec<String> {
    let path = page.path.iter().map(|stage| match (stage.done, stage.now) {
        (_, true) => format!("[{}]", stage.text),
        (true, false) => stage.text.clone(),
        (false, false) => format!("({})", stage.text),
    });
    let refused = [
        ("correct", &page.correct_refused),
        ("change the client", &page.client_refused),
        ("withdraw", &page.withdraw_refused),
        ("value", &page.value_refused),
        ("quote", &page.quote_refused),
    ];
    let mut lines = vec![path.collect::<Vec<_>>().join(" "), format!("waits for {}", page.waits)];
    lines.extend(due(&page.tasks));
    lines.extend(said(&page.days));
    lines.extend(sums(&page.money));
    lines.extend(page.custody.iter().map(|part| format!("{}: {}", part.name, part.text)));
    lines.extend(page.weighed_warning.clone());
    lines.extend(refused.iter().map(|(what, why)| match why {
        Some(why) => format!("cannot {what}: {why}"),
        None => format!("can {what}"),
    }));
    lines.extend(page.next.iter().map(can));
    lines
}

fn of_case(page: &CaseView) -> Vec<String> {
    let mut lines = vec![page.line.stage_text.clone(), page.answer.headline.clone()];
    lines.extend(due(&page.tasks));
    lines.extend(said(&page.facts).map(|fact| format!("fact {fact}")));
    lines.extend(said(&page.answer.lines).map(|line| format!("answer {line}")));
    lines.extend(
        page.answer
            .why
            .iter()
            .map(|why| format!("for {}: {}", why.article, why.text)),
    );
    lines.extend(
        page.answer
            .flags
            .iter()
            .map(|flag| format!("the law, {}: {}", flag.law, flag.text)),
    );
    lines.extend(sums(&page.money));
    lines.extend(page.next.iter().map(can));
    lines
}

fn photo(shop: &mut Shop) -> String {
    let kept = shop.does(&Action::KeepPhoto {
        name: "sketch.png".into(),
        bytes: sketch(),
    });
    kept.photo.expect("a photo")
}

fn decides(shop: &mut Shop, project: &str, at: usize, accepted: bool) {
    let piece = shop.project(project).pieces[at].id.clone();
    shop.does(&Action::Decide {
        piece,
        accepted,
        reason: "looked at together".into(),
    });
}

fn quotes(shop: &mut Shop, project: &str, price: &str, valid_until: &str) {
    shop.does(&Action::IssueQuote {
        project: project.into(),
        form: quote_form(price, valid_until),
    });
}

fn designs(life: &mut Life, answer: &str) {
    let id = photo(&mut life.shop);
    let words = if answer == "approved" { "" } else { "A slimmer shank" };
    life.takes("show-design", &format!("photo={id}; note=A sketch"))
        .takes("answer-design", &format!("answer={answer}; words={words}"));
}

#[test]
fn a_redesign_of_two_rings() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut small = gold_ring();
    small.stones = vec![measured("1,5", "0,9"), weighed("0,12")];
    small.metals = vec![metal("585", "3,10")];
    let project = shop.takes_in_form(intake(vec![gold_ring(), small]));
    let mut life = Life::of_order(shop, project);
    life.then("the first ring is accepted", |shop, id| decides(shop, id, 0, true))
        .then("the second is refused", |shop, id| decides(shop, id, 1, false))
        .then("its gold is valued", |shop, id| drop(shop.values(id, "15")))
        .then("a quote", |shop, id| quotes(shop, id, "4235", "31/12/2026"))
        .on("2026-12-31")
        .on("2027-01-01")
        .then("another quote", |shop, id| quotes(shop, id, "4235", "31/01/2027"))
        .takes(
            "accept-quote",
            "channel=paper; concluded=in-person; delivered_to=collected",
        )
        .takes("request-payment", "kind=deposit; due=15/1/2027")
        .takes("book-payment", "amount=1000; method=transfer")
        .on("2027-01-04")
        .takes("book-payment", "method=transfer")
        .takes(
            "buy-gold",
            "name=Łukaszewska; first_name=Anna; born=14/2/1971; document=identity-card; document_number=592-1234567-89",
        );
    designs(&mut life, "sent-back");
    life.on("2027-01-05");
    designs(&mut life, "approved");
    life.takes("suspend", "reason=waiting-for-client")
        .on("2027-01-08")
        .takes("resume", "")
        .takes("change-date", "latest=26/2/2027; cause=client-wish")
        .takes("answer-date", "answer=new-date")
        .on("2027-02-26")
        .on("2027-02-27")
        .takes("finish", "")
        .takes("request-payment", "kind=balance; due=15/3/2027")
        .takes("book-payment", "amount=2000; method=transfer")
        .takes("book-refund", "method=transfer")
        .on("2027-03-01")
        .takes("deliver", "how=carrier; carrier=bpost; tracking=3232; last=yes")
        .on("2027-03-03")
        .takes("confirm-possession", "")
        .takes("settle-components", "components=all; fate=returned; note=in the parcel");
    life.is_as_written("a-redesign-of-two-rings");
}

#[test]
fn an_intake_that_nothing_comes_of() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let mut life = Life::of_order(shop, project);
    life.then("it is refused", |shop, id| decides(shop, id, 0, false))
        .on("2026-12-09")
        .takes("settle-components", "components=all; fate=returned; note=collected");
    life.is_as_written("an-intake-that-nothing-comes-of");
}

#[test]
fn an_order_of_a_business() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut business = card("Juwelen Peeters BV");
    business.kind = ClientKind::Business;
    business.vat_number = "BE 0441.574.880".into();
    let opened = shop.does(&Action::OpenProject {
        kind: ProjectKind::MadeToOrder,
        client: Who::New { card: business },
        wish: "A signet ring".into(),
    });
    let mut life = Life::of_order(shop, opened.project.expect("a project"));
    life.then("a quote", |shop, id| quotes(shop, id, "2420", "31/12/2026"));
    life.then("the consents", |shop, id| shop.consents(id));
    life.takes(
        "accept-quote",
        "channel=mail; words=Agreed.; concluded=distance; delivered_to=business",
    )
    .takes("book-payment", "amount=500; method=transfer")
    .on("2027-01-11")
    .takes("book-payment", "amount=300; method=transfer")
    .takes("issue-invoice", "what=deposit")
    .takes("book-payment", "amount=100; method=transfer")
    .on("2027-02-01")
    .takes("issue-invoice", "what=deposit")
    .takes("book-payment", "method=transfer")
    .then("the design", |shop, id| shop.approves_design(id))
    .takes("finish", "")
    .takes("book-payment", "method=transfer")
    .takes(
        "deliver",
        "how=carrier; carrier=bpost; items=The ring without its box; last=no",
    )
    .on("2027-02-02")
    .takes("deliver", "how=carrier; carrier=bpost; items=The box; last=yes")
    .takes("confirm-possession", "")
    .takes("confirm-possession", "")
    .takes("issue-invoice", "what=final")
    .takes("credit-invoice", "amount=100; reason=The box was scratched");
    life.is_as_written("an-order-of-a-business");
}

#[test]
fn a_price_that_was_wrong() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.quoted(ProjectKind::Stock, "121");
    let mut life = Life::of_order(shop, project);
    life.takes(
        "accept-quote",
        "channel=mail; words=Yes.; concluded=distance; delivered_to=home",
    )
    .takes("book-payment", "amount=121; method=transfer")
    .takes("price-error", "right_price=1210")
    .on("2026-12-09")
    .on("2026-12-21")
    .takes("take-price", "words=All right.")
    .then("the right quote", |shop, id| quotes(shop, id, "1210", "31/01/2027"))
    .takes(
        "accept-quote",
        "channel=mail; words=Yes.; concluded=distance; delivered_to=home",
    )
    .takes("price-error", "right_price=1300")
    .takes("cancel", "by=client; reason=too dear; concluded=distance; made=listed")
    .takes("book-refund", "amount=100; method=transfer")
    .on("2027-01-05")
    .takes("book-refund", "method=transfer");
    life.is_as_written("a-price-that-was-wrong");
}

#[test]
fn a_redesign_that_the_house_ends_after_melting() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let mut life = Life::of_order(shop, project);
    life.takes("book-payment", "method=bancontact");
    designs(&mut life, "approved");
    life.takes(
        "buy-gold",
        "name=Łukaszewska; first_name=Anna; born=14/2/1971; document=passport; document_number=EP123456",
    )
    .on("2026-12-20");
    let gold = life.shop.components(&life.id(), "Shank").join(" ");
    life.takes("settle-components", &format!("components={gold}; fate=melted"))
        .on("2027-03-20")
        .takes("cancel", "by=house; reason=The stone cannot be set")
        .takes("book-refund", "method=bancontact")
        .takes("settle-components", "components=all; fate=returned; note=");
    life.is_as_written("a-redesign-that-the-house-ends-after-melting");
}

#[test]
fn a_piece_that_nobody_collects() {
    let mut shop = Shop::of("uniglo").on("2026-12-02");
    let project = shop.quoted(ProjectKind::Stock, "1210");
    let mut life = Life::of_order(shop, project);
    life.takes(
        "accept-quote",
        "channel=paper; concluded=in-person; delivered_to=collected",
    );
    let means = life.shop.means(&life.id());
    life.takes("book-payment", &format!("method={means}"))
        .takes("finish", "")
        .on("2026-12-31")
        .on("2027-01-01")
        .takes("remind", "")
        .on("2027-02-01")
        .takes("remind", "registered=RR123456785BE")
        .on("2028-02-01")
        .takes("deliver", "how=collection; last=yes");
    life.is_as_written("a-piece-that-nobody-collects");
}

/// Its days run from the day it is paid whole, and until then the money is asked for.
#[test]
fn a_stock_piece_sent_once_it_is_paid() {
    let mut shop = Shop::of("belgium-flawless").on("2026-12-02");
    let project = shop.quoted(ProjectKind::Stock, "1210");
    let mut life = Life::of_order(shop, project);
    life.takes(
        "accept-quote",
        "channel=mail; words=Yes.; concluded=distance; delivered_to=home",
    );
    let means = life.shop.means(&life.id());
    life.on("2026-12-07")
        .takes("book-payment", &format!("amount=1000; method={means}"))
        .on("2026-12-09")
        .takes("book-payment", &format!("method={means}"))
        .on("2026-12-14")
        .on("2026-12-15")
        .takes("finish", "")
        .takes("deliver", "how=carrier; carrier=bpost; tracking=3232; last=yes")
        .on("2026-12-17")
        .takes("confirm-possession", "");
    life.is_as_written("a-stock-piece-sent-once-it-is-paid");
}

/// A listed ring of 1,210.00, and 15.00 for its way, sold by mail on 2 November 2026, in the client's hands on the 6th.
fn sold(house: &str, told: bool) -> (Shop, String) {
    let mut shop = Shop::of(house).on("2026-11-02");
    let project = shop.opens(
        ProjectKind::Stock,
        Who::New {
            card: card("Anna Łukaszewska"),
        },
    );
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: with_delivery(quote_form("1210", "30/11/2026"), "15"),
    });
    shop.consents(&project);
    let mut life = Life::of_order(shop, project);
    life.takes(
        "accept-quote",
        if house == "bigli" {
            "channel=mail; words=Yes.; concluded=distance; delivered_to=home; country=IT"
        } else {
            "channel=mail; words=Yes.; concluded=distance; delivered_to=home"
        },
    );
    if told {
        life.takes("print", "paper=withdrawal-information");
    }
    let means = life.shop.means(&life.id());
    life.takes("book-payment", &format!("method={means}"));
    let project = life.id();
    let mut shop = life.shop;
    shop.ships(&project, "2026-11-06");
    (shop, project)
}

fn case(house: &str, told: bool, kind: &str, day: &str) -> Life {
    let (mut shop, project) = sold(house, told);
    shop.turn_to(day);
    let case = shop.opens_case(&project, kind, &[]);
    Life::of_case(shop, case)
}

#[test]
fn a_withdrawal_told_in_full() {
    for house in ["blank", "bigli"] {
        let mut life = case(house, true, "withdrawal", "2026-11-12");
        life.takes("register-notice", "channel=mail; time=09:12; words=I withdraw.")
            .takes("send-acknowledgement", "channel=mail")
            .takes("note-fact", "fact=informed; value=; reason=The sheet was never sent")
            .takes("note-fact", "fact=informed; value=2/11/2026; reason=It was")
            .takes(
                "authorise-return",
                if house == "bigli" {
                    "label=house-collects"
                } else {
                    "label=own-carrier"
                },
            )
            .on("2026-11-16")
            .takes("note-dispatch", "carrier=bpost; tracking=4242")
            .on("2026-11-18")
            .takes("receive-parcel", "seal=intact; outcome=taken")
            .takes(
                "inspect",
                "complete=all; handling=beyond; condition=worn; loss=100; note=Scratches",
            )
            .takes("refund", "amount=1000")
            .on("2026-11-28")
            .takes("refund", "")
            .takes("close-case", "reason=Done");
        life.is_as_written(&format!("a-withdrawal-at-{house}"));
    }
}

#[test]
fn a_withdrawal_paid_back_before_the_goods_are_here() {
    let mut life = case("uniglo", false, "withdrawal", "2027-06-01");
    life.takes("register-notice", "channel=counter; time=10:00; words=I withdraw.")
        .takes("send-acknowledgement", "channel=letter")
        .takes("refund", "")
        .on("2027-06-20")
        .takes("receive-parcel", "seal=tampered; outcome=taken; note=Tape over tape")
        .takes("inspect", "complete=all; handling=needed; condition=handled")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-withdrawal-paid-back-first");
}

#[test]
fn a_return_that_comes_too_late() {
    for house in ["uniglo", "belgium-flawless"] {
        let mut life = case(house, true, "return", "2026-11-30");
        life.takes("register-notice", "channel=mail; time=09:12; words=It does not please.")
            .on("2026-12-30")
            .takes("note-dispatch", "carrier=bpost; tracking=4242; day=29/12/2026")
            .takes("receive-parcel", "seal=intact; outcome=taken")
            .takes("inspect", "complete=; handling=needed; condition=worn")
            .takes("refuse-case", "note=Too late")
            .takes("hand-back", "how=collection")
            .takes("close-case", "reason=Done");
        life.is_as_written(&format!("a-return-too-late-at-{house}"));
    }
}

#[test]
fn a_claim_repaired_then_paid_back() {
    let mut life = case("laurence-vandenborre", true, "warranty", "2027-02-02");
    life.takes("register-notice", "channel=mail; time=09:12; words=The claw broke.")
        .takes("send-acknowledgement", "channel=mail")
        .takes("authorise-return", "label=house-label")
        .on("2027-02-05")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=worn; cause=making")
        .takes("decide", "remedy=repair; tried=no")
        .takes("hand-back", "how=collection")
        .on("2027-03-04")
        .takes("note-dispatch", "carrier=bpost; tracking=4242")
        .on("2027-03-05")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=worn; cause=making")
        .takes("decide", "remedy=termination; tried=yes")
        .on("2027-03-20")
        .takes("refund", "")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-claim-repaired-then-paid-back");
}

/// What its way back cost was promised with the repair, and stays owed after the no.
#[test]
fn a_claim_repaired_then_refused() {
    let mut life = case("artbeats", true, "warranty", "2027-02-02");
    life.takes("register-notice", "channel=mail; time=09:12; words=The claw broke.")
        .takes("note-dispatch", "carrier=bpost; tracking=4242")
        .on("2027-02-05")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=worn; cause=making")
        .takes("decide", "remedy=repair; tried=no; return_cost=12,50")
        .takes("hand-back", "how=collection")
        .on("2027-02-12")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=damaged; cause=abuse")
        .takes("decide", "remedy=none; tried=yes; note=Bent by hand")
        .takes("refund", "")
        .takes("hand-back", "how=collection")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-claim-repaired-then-refused");
}

#[test]
fn a_claim_that_is_none() {
    let mut life = case("belgium-flawless", true, "warranty", "2027-02-02");
    life.takes("register-notice", "channel=phone; time=09:12; words=It is bent.")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes(
            "inspect",
            "complete=all; condition=damaged; cause=abuse; note=Bent in a vice",
        )
        .takes("decide", "remedy=none; receipt=yes; tried=no; note=Bent by hand")
        .takes("hand-back", "how=collection")
        .on("2027-02-20")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("hand-back", "how=collection")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-claim-that-is-none");
}

#[test]
fn a_claim_settled_by_a_reduction_whose_ring_comes_again() {
    let mut life = case("laurence-vandenborre", true, "warranty", "2027-02-02");
    life.takes("register-notice", "channel=counter; time=10:00; words=A scratch.")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=worn; cause=making")
        .takes("decide", "remedy=reduction; tried=yes; amount=100")
        .takes("refund", "")
        .takes("hand-back", "how=carrier; carrier=bpost; tracking=77")
        .on("2027-02-12")
        .takes("receive-parcel", "seal=intact; outcome=taken; note=Nobody was at home")
        .takes("hand-back", "how=collection")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-claim-settled-by-a-reduction");
}

#[test]
fn an_exchange_for_a_dearer_ring() {
    let mut life = case("belgium-flawless", true, "exchange", "2026-11-12");
    life.takes("register-notice", "channel=mail; time=09:12; words=Another, please.")
        .takes("authorise-return", "label=own-carrier")
        .on("2026-11-16")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; handling=needed; condition=as-delivered")
        .takes("exchange", "item=Ring with sapphire; price=1500")
        .on("2026-11-20")
        .takes("take-payment", "amount=100; method=bancontact")
        .takes("take-payment", "method=bancontact")
        .takes("close-case", "reason=Done");
    life.is_as_written("an-exchange-for-a-dearer-ring");
}

#[test]
fn a_ring_made_larger() {
    for house in ["belgium-flawless", "laurence-vandenborre"] {
        let mut life = case(house, true, "resizing", "2026-11-12");
        life.takes("receive-parcel", "seal=intact; outcome=taken")
            .on("2026-11-20")
            .takes("hand-back", "how=carrier; carrier=bpost; tracking=99")
            .takes("close-case", "reason=Done");
        life.is_as_written(&format!("a-ring-made-larger-at-{house}"));
    }
}

#[test]
fn a_defect_within_the_days_of_withdrawal() {
    let mut life = case("blank", true, "warranty", "2026-11-12");
    life.takes("register-notice", "channel=counter; time=10:00; words=The claw broke.")
        .takes("receive-parcel", "seal=intact; outcome=taken")
        .takes("inspect", "complete=all; condition=as-delivered; cause=making")
        .takes("decide", "remedy=termination; tried=no")
        .on("2026-11-26")
        .on("2026-11-27")
        .takes("refund", "")
        .takes("close-case", "reason=Done");
    life.is_as_written("a-defect-within-the-days-of-withdrawal");
}

#[test]
fn a_heartbeat_that_waits_for_consents() {
    let mut shop = Shop::of("artbeats").on("2026-12-02");
    let opened = shop.does(&Action::OpenProject {
        kind: ProjectKind::TailorMade,
        client: Who::New {
            card: card("Anna Łukaszewska"),
        },
        wish: "Our heartbeat".into(),
    });
    let mut life = Life::of_order(shop, opened.project.expect("a project"));
    life.then("a quote", |shop, id| quotes(shop, id, "605", "31/12/2026"))
        .takes("give-consents", "consents=heartbeat")
        .takes("give-consents", "consents=all")
        .takes("decline-quote", "reason=too dear");
    life.is_as_written("a-heartbeat-that-waits-for-consents");
}
