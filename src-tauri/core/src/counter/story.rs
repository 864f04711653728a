//! The whole story of a project, as its page tells it: days, money, custody, designs, and what happened.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::lookup::Lookup;
use super::view;
use super::view::{CustodyLine, DesignView, HistoryLine, LedgerLine, OptionView, SumView};
use crate::custody::Place;
use crate::grounds::{Fact, Message};
use crate::ledger::{EntryKind, means_word};
use crate::money::Money;
use crate::order::{Change, DesignAnswer, Dossier, Happened, Happening, IntakeFact, Personal};
use crate::stone::{Cut, Girdle, StoneRole};
use crate::store::clients;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;

impl Lookup<'_> {
    pub(super) fn days(&self, dossier: &Dossier) -> Vec<OptionView> {
        let window = dossier.window().map(|window| window.value);
        let of = |pick: fn(&crate::production::Window) -> Option<chrono::NaiveDate>| window.as_ref().and_then(pick);
        let days = [
            ("order-accepted", dossier.order.as_ref().map(|order| order.accepted.day)),
            (
                "asked-deposit_met",
                (dossier.standing().filter(|_| dossier.asks_deposit())).and_then(|standing| standing.deposit_met),
            ),
            ("asked-approved", dossier.design_approved()),
            ("asked-opens", of(|window| window.opens)),
            ("asked-earliest", of(|window| window.earliest)),
            ("asked-latest", of(|window| window.latest)),
            ("date-latest", dossier.taken()),
            ("stage-finished", dossier.finished()),
            ("asked-possession", dossier.possession()),
        ];
        days.into_iter()
            .filter_map(|(key, day)| {
                Some(OptionView {
                    text: self.language.word(key),
                    value: self.language.day(day?),
                })
            })
            .collect()
    }

    pub(super) fn money(&self, dossier: &Dossier) -> Vec<SumView> {
        let Some((order, standing)) = dossier.order.as_ref().zip(dossier.standing()) else {
            return Vec::new();
        };
        let line = |key: &str, amount: Money, strong| SumView {
            label: self.language.word(key),
            amount: self.language.money(amount),
            strong,
        };
        let mut lines = vec![
            line("quote-total", order.quote.total, false),
            line("quote-to-pay", order.quote.to_pay, true),
        ];
        if dossier.asks_deposit() {
            lines.push(line("money-deposit", order.deposit, false));
        }
        // Nothing paid yet is said by what is open.
        if standing.paid > Money::ZERO {
            lines.push(line("money-paid", standing.paid, false));
        }
        let goes_on = dossier.at_work().is_ok();
        if standing.deposit_open > Money::ZERO && goes_on {
            lines.push(line("money-deposit-open", standing.deposit_open, false));
        }
        match dossier.cancelled() {
            Some((_, kept, back)) => {
                lines.push(line("credit-kept", kept, false));
                lines.push(line("credit-back", back, true));
            }
            None if goes_on => lines.push(line("money-open", standing.open, true)),
            None => {}
        }
        if standing.over > Money::ZERO {
            lines.push(line("money-over", standing.over, true));
        }
        lines
    }

    /// Each entry as it is shown: what went out stands with a minus.
    pub(super) fn ledger_lines(&self, entries: &[crate::ledger::Entry]) -> Vec<LedgerLine> {
        let language = self.language;
        // What changed hands in cash, where it was rounded.
        let handed = |entry: &crate::ledger::Entry| {
            if entry.rounding == Money::ZERO {
                return String::new();
            }
            let over = language.money(entry.amount + entry.rounding);
            format!("{} {over}", language.word("payment-handed"))
        };
        let line = |entry: &crate::ledger::Entry| {
            let key = match entry.kind {
                EntryKind::ValuationFee => "ledger-valuation-fee",
                EntryKind::Payment => "ledger-payment",
                EntryKind::Refund => "ledger-refund",
                EntryKind::Correction => "ledger-correction",
            };
            let of_a_refund = entry.corrects.as_ref().is_some_and(|id| {
                entries
                    .iter()
                    .any(|other| other.id == *id && other.kind == EntryKind::Refund)
            });
            let out = (entry.kind == EntryKind::Refund) || (entry.kind == EntryKind::Correction && !of_a_refund);
            let amount = if out { -entry.amount } else { entry.amount };
            LedgerLine {
                day: language.short_day(entry.day),
                what: format!("{} · {}", language.word(key), language.word(&means_word(&entry.method))),
                amount: language.money(amount),
                note: [entry.reference.clone(), entry.note.clone(), handed(entry)]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · "),
            }
        };
        entries.iter().map(line).collect()
    }

    pub(super) fn custody_lines(&self, dossier: &Dossier) -> Vec<CustodyLine> {
        let language = self.language;
        let names = component_names(dossier, language);
        let line = |component: crate::custody::Component| CustodyLine {
            name: names
                .iter()
                .find(|name| name.value == component.id)
                .map(|name| name.text.clone())
                .unwrap_or_default(),
            text: match (component.fate, component.place) {
                (Some(fate), _) => language.word(&fate.word()),
                (None, Place::House) => language.word("custody-in-house"),
                (None, place) => format!("{} · {}", language.word(&place.word()), component.holder),
            },
            settled: component.fate.is_some(),
        };
        dossier.custody().into_iter().map(line).collect()
    }

    pub(super) fn designs(&self, dossier: &Dossier) -> Vec<DesignView> {
        let mut designs = Vec::new();
        for happening in &dossier.happenings {
            if let Happened::Shown { photo, note } = &happening.what {
                let answer = dossier.happenings.iter().find_map(|other| match &other.what {
                    Happened::Answered { design, approved } if *design == happening.id => Some(if *approved {
                        DesignAnswer::Approved
                    } else {
                        DesignAnswer::SentBack
                    }),
                    _ => None,
                });
                let answer = answer.map_or_else(
                    || self.language.word("design-waits"),
                    |answer| self.language.word(&answer.word()),
                );
                let text = [self.language.short_day(happening.day), answer, note.clone()];
                designs.push(DesignView {
                    photo: photo.clone(),
                    text: text
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .collect::<Vec<_>>()
                        .join(" · "),
                });
            }
        }
        designs
    }

    pub(super) fn history(&self, dossier: &Dossier) -> Vec<HistoryLine> {
        dossier
            .told
            .iter()
            .rev()
            .map(|happening| self.history_line(dossier, happening))
            .collect()
    }

    /// What was put right, withdrawn, taken back or noted.
    fn put_right(&self, dossier: &Dossier, happening: &Happening) -> Message {
        let language = self.language;
        let text = |text: &str| Fact::Text(text.to_owned());
        match &happening.what {
            Happened::Corrected { reason, .. } => Message::new("happened-corrected")
                .with("changes", text(&self.changes(dossier, &happening.personal.changes)))
                .with("reason", text(reason)),
            Happened::ClientChanged { from, reason } => Message::new("happened-client-changed")
                .with("from", text(&self.name_of(from)))
                .with("reason", text(reason)),
            Happened::Withdrawn { reason } => Message::new("happened-withdrawn").with("reason", text(reason)),
            Happened::TakenBack { of } => {
                let slip = dossier.told.iter().find(|told| told.id == *of);
                let slip = slip.map(|slip| self.history_line(dossier, slip).text);
                // A decision on a piece is no happening, and is named so.
                let slip = slip.unwrap_or_else(|| language.word("happened-a-decision"));
                Message::new("happened-taken-back").with("slip", text(&slip))
            }
            Happened::Noted { note, .. } => Message::new("happened-noted").with("note", text(note)),
            _ => Message::new("happened-a-decision"),
        }
    }

    /// A client's name, as long as they are in the book.
    fn name_of(&self, client: &str) -> String {
        clients::get(self.tx, client).map_or_else(|_| String::new(), |client| client.card.name)
    }

    /// What was put right, each fact with what it said and says.
    fn changes<'a>(&self, dossier: &Dossier, changes: &'a [Change]) -> String {
        let language = self.language;
        let names = component_names(dossier, language);
        let mut last = "";
        let mut say = |change: &'a Change| {
            // What several facts are of is named once.
            let again = std::mem::replace(&mut last, change.of.as_str()) == change.of;
            let of = names.iter().find(|name| name.value == change.of && !again);
            let of = of.map_or_else(String::new, |name| format!("{}: ", name.text));
            let fact = language.word(&change.fact.word());
            if change.fact == IntakeFact::Photos {
                return fact;
            }
            let [before, after] = [&change.before, &change.after].map(|said| self.fact_said(change.fact, said));
            format!("{of}{fact} {before} → {after}")
        };
        changes.iter().map(&mut say).collect::<Vec<_>>().join("; ")
    }

    /// A fact as it is read: words in the language, figures in its way of writing them.
    fn fact_said(&self, fact: IntakeFact, said: &str) -> String {
        let language = self.language;
        let word = |family: &str| {
            let key = format!("{family}-{said}");
            if language.knows(&key) {
                language.word(&key)
            } else {
                said.to_owned()
            }
        };
        match fact {
            _ if said.is_empty() => "–".to_owned(),
            IntakeFact::StoneRole => word(StoneRole::WORDS.family),
            IntakeFact::Cut => word(Cut::WORDS.family),
            IntakeFact::Girdle => word(Girdle::WORDS.family),
            IntakeFact::Gem => word("gem"),
            IntakeFact::Fee | IntakeFact::DeclaredValue => said
                .parse()
                .ok()
                .and_then(Money::half_up)
                .map_or_else(|| said.to_owned(), |amount| language.money(amount)),
            IntakeFact::Weighed
            | IntakeFact::Length
            | IntakeFact::Width
            | IntakeFact::Depth
            | IntakeFact::Gross
            | IntakeFact::Mounted
            | IntakeFact::OtherParts => language.typed(said),
            IntakeFact::Wish
            | IntakeFact::Description
            | IntakeFact::Condition
            | IntakeFact::Envelope
            | IntakeFact::Photos
            | IntakeFact::Component
            | IntakeFact::Gravity
            | IntakeFact::StoneNote
            | IntakeFact::Part
            | IntakeFact::Stamp
            | IntakeFact::Title
            | IntakeFact::Tested => said.to_owned(),
        }
    }

    fn history_line(&self, dossier: &Dossier, happening: &Happening) -> HistoryLine {
        let language = self.language;
        let text = |text: &str| Fact::Text(text.to_owned());
        let components = |ids: &[String]| Fact::Text(named(dossier, ids, language));
        let message = match &happening.what {
            Happened::Accepted { channel, deposit, .. } => Message::new("happened-accepted")
                .with("channel", Fact::Word(channel.word()))
                .with("deposit", Fact::Money(*deposit)),
            Happened::Declined { reason, .. } => Message::new("happened-declined").with("reason", text(reason)),
            Happened::Requested { kind, amount, ogm, due } => Message::new("happened-requested")
                .with("kind", Fact::Word(kind.word()))
                .with("amount", Fact::Money(*amount))
                .with("ogm", text(ogm))
                .with("due", Fact::Day(*due)),
            Happened::Shown { .. } => Message::new("happened-shown"),
            Happened::Answered { approved, .. } => Message::new(if *approved {
                "happened-approved"
            } else {
                "happened-sent-back"
            }),
            Happened::Suspended { reason } => {
                Message::new("happened-suspended").with("reason", Fact::Word(reason.word()))
            }
            Happened::Resumed {} => Message::new("happened-resumed"),
            Happened::Redated { latest, cause } => Message::new("happened-redated")
                .with("latest", Fact::Day(*latest))
                .with("cause", Fact::Word(cause.word())),
            Happened::DateTaken {} => Message::new("happened-date-taken"),
            Happened::DateKept {} => Message::new("happened-date-kept"),
            Happened::Sized { finger } => Message::new("happened-sized").with("finger", text(finger)),
            Happened::Ticked { step } => Message::new("happened-ticked").with("step", Fact::Word(step.clone())),
            Happened::Moved {
                components: ids,
                place,
                holder,
            } => Message::new("happened-moved")
                .with("components", components(ids))
                .with("place", Fact::Word(place.word()))
                .with("holder", text(holder)),
            Happened::Settled {
                components: ids,
                fate,
                note,
            } => Message::new("happened-settled")
                .with("components", components(ids))
                .with("fate", Fact::Word(fate.word()))
                .with("note", text(note)),
            Happened::Finished {} => Message::new("happened-finished"),
            Happened::Delivered {
                how, carrier, tracking, ..
            } => Message::new("happened-delivered")
                .with("how", Fact::Word(how.word()))
                .with("carrier", text(carrier))
                .with("tracking", text(tracking)),
            Happened::Possessed { .. } => Message::new("happened-possessed"),
            Happened::Cancelled {
                by, kept, back, reason, ..
            } => Message::new("happened-cancelled")
                .with("by", Fact::Word(by.word()))
                .with("kept", Fact::Money(*kept))
                .with("back", Fact::Money(*back))
                .with("reason", text(reason)),
            Happened::PriceWrong { right } => Message::new("happened-price-wrong").with("right", Fact::Money(*right)),
            Happened::PriceTaken {} => Message::new("happened-price-taken"),
            Happened::Reminded { registered } => Message::new("happened-reminded").with("registered", text(registered)),
            Happened::Corrected { .. }
            | Happened::ClientChanged { .. }
            | Happened::Withdrawn { .. }
            | Happened::TakenBack { .. }
            | Happened::Noted { .. } => self.put_right(dossier, happening),
        };
        HistoryLine {
            day: language.short_day(happening.day),
            text: language.say(&message).trim().to_owned(),
            words: said_in(&happening.personal),
            file: file_with(happening),
            by: happening.by.clone(),
        }
    }
}

/// The file that goes with a note.
fn file_with(happening: &Happening) -> Option<String> {
    match &happening.what {
        Happened::Noted { file, .. } => file.clone(),
        _ => None,
    }
}

/// What people said, in their own words.
fn said_in(personal: &Personal) -> String {
    let said = [&personal.words, &personal.address].into_iter();
    said.filter(|said| !said.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A component as it is named.
pub(super) struct Named {
    pub(super) id: String,
    /// The envelope its piece lies in.
    pub(super) envelope: String,
    /// What it is, and what it weighs.
    pub(super) name: String,
}

/// Every component with its name.
pub(super) fn named_components(dossier: &Dossier, language: Language) -> Vec<Named> {
    let mut named = Vec::new();
    for piece in &dossier.pieces {
        let stones = piece.stones.iter().map(|(id, read, _)| {
            let (stone, weight) = (view::stone_name(language, read), view::stone_weight(language, read));
            (id, format!("{stone}, {weight}"))
        });
        let metals = piece.metals.iter().map(|(id, read)| {
            let (metal, weight) = (view::metal_name(language, read), language.grams(read.part.gross_g));
            (id, format!("{metal}, {weight}"))
        });
        named.extend(stones.chain(metals).map(|(id, name)| Named {
            id: id.clone(),
            envelope: piece.envelope.clone(),
            name,
        }));
    }
    named
}

/// Every component by its id, named with its piece.
pub(super) fn component_names(dossier: &Dossier, language: Language) -> Vec<OptionView> {
    let named = named_components(dossier, language).into_iter();
    named
        .map(|component| OptionView {
            text: format!("{} · {}", component.envelope, component.name),
            value: component.id,
        })
        .collect()
}

/// Those components as they are called, one after the other.
fn named(dossier: &Dossier, ids: &[String], language: Language) -> String {
    let all = component_names(dossier, language).into_iter();
    let named: Vec<String> = all
        .filter(|name| ids.contains(&name.value))
        .map(|name| name.text)
        .collect();
    named.join("; ")
}
