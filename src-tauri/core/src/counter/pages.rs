//! The pages of the screen: each what it shows, looked up and said.

use super::as_typed::PieceNow;
use super::corrections::{self, outdated};
use super::load;
use super::lookup::{Lookup, VALID_DAYS};
use super::papers::moment;
use super::read::{self, QuoteRead, ValueForm, ValueRead};
use super::view::{self, *};
use super::work::house;
use crate::calendar::later;
use crate::client::Card;
use crate::contacts::{self, Column};
use crate::form::{Problem, Reader};
use crate::grounds::{Fact, Ground};
use crate::house::Profile;
use crate::intake::{self, IntakeForm, PieceForm, PieceRead, Who, mounted_carats, title_of_stamp};
use crate::metal::{self, GoldPrice};
use crate::money::Money;
use crate::number::half_up;
use crate::order::booking;
use crate::paper::kind::PaperKind;
use crate::paper::sums;
use crate::quote::{QuoteForm, QuoteLineForm};
use crate::refusal::{NotNow, Refusal};
use crate::stone::{StoneRole, Verdict};
use crate::store::gold::{self, Noted};
use crate::store::projects::{self, Piece};
use crate::store::{Done, Trouble, clients, drafts, house as houses, papers, quotes};
use crate::terms::{Clause, ProjectKind, Terms, WindowFrom};
use crate::vocabulary::Vocabulary as _;
use rust_decimal::Decimal;

/// A gold price older than so many days is warned of.
const FRESH_DAYS: i64 = 7;

impl Lookup<'_> {
    pub(super) fn start(&self) -> Done<StartView> {
        let house = houses::get(self.tx)?;
        let house = house.map(|house| self.house(&house)).transpose()?;
        let profiles = Profile::all().iter().map(|profile| ProfileView {
            id: profile.id.clone(),
            identity: profile.identity.clone(),
            summary: self.summary(&profile.terms),
        });
        let people = houses::staff(self.tx)?;
        let drafts = drafts::all(self.tx)?.into_iter().map(|draft| {
            let by = people.iter().find(|staff| staff.id == draft.maker);
            DraftView {
                by: by.map(|staff| staff.name.clone()).unwrap_or_default(),
                id: draft.id,
                maker: draft.maker,
                body: draft.body,
                saved: moment(self.language, &draft.saved_at),
            }
        });
        let drafts = drafts.collect();
        let staff = people.into_iter().map(|staff| StaffView {
            id: staff.id,
            name: staff.name,
            role: staff.role,
            active: staff.active,
            has_pin: staff.pin.is_some(),
        });
        Ok(StartView {
            house,
            profiles: profiles.collect(),
            staff: staff.collect(),
            drafts,
        })
    }

    pub(super) fn house(&self, house: &houses::House) -> Done<HouseView> {
        let terms = self.terms()?;
        let fee_hint = terms
            .redesign
            .valuation_fee_from
            .value()
            .map(|least| self.say("fee-hint", vec![("least", Fact::Money(*least))]));
        Ok(HouseView {
            profile: house.profile.clone(),
            example: house.is_example(),
            version: house.version,
            identity: house.identity.clone(),
            language: house.language,
            deduction_pct: self.language.number(house.deduction_pct),
            fee_hint: fee_hint.unwrap_or_default(),
        })
    }

    /// What sets a house apart, in a few sentences, for choosing one.
    pub(super) fn summary(&self, terms: &Terms) -> Vec<Why> {
        let mut points = Vec::new();
        let mut point = |article: &crate::grounds::Article, text: String| {
            points.push(Why {
                article: self.language.article(article),
                text,
            })
        };
        if let (Clause::Says(diamond, article), Some(coloured)) =
            (&terms.redesign.diamond_from_ct, terms.redesign.coloured_from_ct.value())
        {
            point(
                article,
                self.say(
                    "summary-redesign",
                    vec![
                        ("diamond", Fact::Carats(*diamond)),
                        ("coloured", Fact::Carats(*coloured)),
                    ],
                ),
            );
        }
        if let Clause::Says(deposit, article) = &terms.payment.deposit {
            point(
                article,
                self.say("summary-deposit", vec![("percent", Fact::Number(deposit.tailor_made))]),
            );
        }
        if let Clause::Says(window, article) = &terms.production.window {
            let days = |days: u32| Fact::Number(Decimal::from(days));
            point(
                article,
                self.say(
                    "summary-window",
                    vec![("min", days(window.min)), ("max", days(window.max))],
                ),
            );
        }
        if let Clause::Says(window, article) = &terms.returns.window {
            point(
                article,
                self.say(
                    "summary-returns",
                    vec![("days", Fact::Number(Decimal::from(window.days)))],
                ),
            );
        }
        if let Some(article) = terms.warranty.lifetime.article() {
            point(article, self.language.word("summary-lifetime"));
        }
        points
    }

    /// A client's page: their card, their projects and their cases.
    pub(super) fn client(&self, client: clients::Client) -> Done<ClientView> {
        let cases: Vec<String> = crate::store::cases::of_client(self.tx, &client.id)?
            .into_iter()
            .map(|case| case.id)
            .collect();
        Ok(ClientView {
            projects: self.lines(&projects::ids_of_client(self.tx, &client.id)?)?,
            cases: self.case_lines(&cases)?,
            ..self.client_card(client)
        })
    }

    pub(super) fn check_card(&self, card: &Card) -> Done<CardCheck> {
        let mut form = Reader::default();
        let card = card.read(&mut form);
        Ok(CardCheck {
            problems: self.problems(&form.problems),
            duplicates: self.duplicates(&card)?,
        })
    }

    /// Clients in a file of another program, each with what is wrong with it and who they may be already.
    pub(super) fn contacts(&self, bytes: &[u8], columns: &[Column]) -> Done<ContactsView> {
        let read = contacts::read(bytes, columns, self.language);
        let mut rows: Vec<ContactRow> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (line, card) in read.rows {
            let mut form = Reader::default();
            let card = card.read(&mut form);
            let known = clients::like_card(self.tx, &card)?
                .into_iter()
                .map(|client| client.card.name);
            // Twice in the file itself is a double too.
            let twice = !seen.insert((card.name.clone(), card.phone.clone()));
            rows.push(ContactRow {
                line,
                address: card.address().get(1..).unwrap_or_default().join(", "),
                problems: self
                    .problems(&form.problems)
                    .into_iter()
                    .map(|problem| problem.text)
                    .collect(),
                like: known.chain(twice.then(|| card.name.clone())).collect(),
                card,
            });
        }
        Ok(ContactsView {
            columns: read
                .columns
                .into_iter()
                .map(|(head, column)| ContactColumn { head, column })
                .collect(),
            kinds: Column::ALL
                .iter()
                .map(|column| OptionView {
                    value: column.name().to_owned(),
                    text: self.language.word(&column.word()),
                })
                .collect(),
            rows,
            unread: read.unread,
        })
    }

    pub(super) fn duplicates(&self, card: &Card) -> Done<Vec<ClientView>> {
        let alike = clients::like_card(self.tx, card)?;
        Ok(alike.into_iter().map(|client| self.client_card(client)).collect())
    }

    fn valuation_view(&self, valuation: &crate::order::Valuation) -> ValuationView {
        ValuationView {
            number: valuation.number.clone(),
            credit: self.language.money(valuation.credit),
            issued: format!(
                "{} · {}",
                moment(self.language, &valuation.issued_at),
                valuation.issued_by
            ),
        }
    }

    fn quote_view(&self, quote: &crate::order::Quote) -> Done<QuoteView> {
        let language = self.language;
        Ok(QuoteView {
            number: quote.number.clone(),
            version: quote.version,
            total: language.money(quote.total),
            to_pay: language.money(quote.to_pay),
            valid_until: language.day(quote.valid_until),
            lapsed: quote.valid_until < self.today,
            issued: format!("{} · {}", moment(language, &quote.issued_at), quote.issued_by),
            form: serde_json::from_value(quote.frozen.clone()).map_err(crate::store::Trouble::broken)?,
        })
    }

    /// Why the gold cannot be valued, and why no quote can be issued; each nothing where it can.
    fn refused(
        &self,
        dossier: &crate::order::Dossier,
        price: Option<&gold::Noted>,
    ) -> Done<(Option<String>, Option<String>)> {
        let say = |refusal: Refusal| self.language.refusal(&refusal);
        if let Err(ordered) = dossier.may_quote() {
            let ordered = Some(say(ordered));
            return Ok((ordered.clone(), ordered));
        }
        let (project, pieces) = (&dossier.project, &dossier.pieces);
        let gold = pieces.iter().any(|piece| !piece.metals.is_empty());
        let stones = pieces.iter().any(|piece| !piece.stones.is_empty());
        let offers = self.terms()?.redesign.repolish_from.value().is_some();
        let value = if gold {
            price.is_none().then(|| say(Refusal::NoGoldPrice))
        } else {
            (!stones || !offers).then(|| say(NotNow::NothingToValue.into()))
        };
        let (valuation, stale) = (dossier.valuations.first(), dossier.value_is_stale());
        let quote = read::quote_refused(project, pieces, valuation, stale, &self.terms()?);
        Ok((value, quote.map(say)))
    }

    pub(super) fn project(&self, id: &str) -> Done<ProjectView> {
        let house = house(self.tx)?;
        let terms = &self.terms()?;
        let language = self.language;
        let dossier = load::dossier(self.tx, id, self.today)?;
        let (project, pieces) = (&dossier.project, &dossier.pieces);
        let (valuations, issued_quotes) = (&dossier.valuations, &dossier.quotes);
        let stage = dossier.stage();
        let price = gold::newest(self.tx)?;
        let (value_refused, quote_refused) = self.refused(&dossier, price.as_ref())?;
        let fee_paid = projects::fee_paid(self.tx, id)?;
        let say = |may: Result<(), Refusal>| may.err().map(|refusal| language.refusal(&refusal));
        let credit = super::personal::store_credit(&crate::store::ledger::of_client(self.tx, &dossier.client.id)?);
        let next = self.next(&dossier, credit)?;
        let waits = self.waits(&dossier, &next);
        let issued = |at: &str, by: &str| format!("{} · {by}", moment(language, at));
        Ok(ProjectView {
            version: projects::version(self.tx, id)?,
            id: project.id.clone(),
            number: project.number.clone(),
            kind: project.kind,
            kind_text: language.word(&project.kind.word()),
            stage,
            stage_text: language.word(&stage.word()),
            opened: language.day(project.opened),
            taken_in: issued(&project.taken_in_at, &project.taken_in_by),
            client: self.client_card(dossier.client.clone()),
            wish: project.wish.clone(),
            fee: language.money(project.fee),
            fee_typed: language.typed(&crate::number::fixed(project.fee.euro(), 2)),
            fee_text: language.word(fee_said(project.fee, fee_paid)),
            correct_refused: say(dossier.may_correct()),
            client_refused: say(dossier.may_change_client()),
            withdraw_refused: say(dossier.may_withdraw()),
            pieces: pieces
                .iter()
                .map(|piece| self.piece(&dossier, piece, terms))
                .collect::<Done<_>>()?,
            consents: self.consents_of(id)?,
            valuations: valuations
                .iter()
                .map(|valuation| self.valuation_view(valuation))
                .collect(),
            quotes: issued_quotes
                .iter()
                .map(|quote| self.quote_view(quote))
                .collect::<Done<_>>()?,
            papers: self.papers_of(&dossier)?,
            cases: self.cases_of(id)?,
            value_refused,
            quote_refused,
            value_issues: self.final_papers(&[PaperKind::Valuation])?,
            quote_issues: self.quote_issues(issued_quotes.first())?,
            quote_proposal: self.quote_proposal(issued_quotes, valuations)?,
            deduction_proposal: language.number(house.deduction_pct),
            price_text: price.as_ref().map(|noted| self.price_text(noted)).unwrap_or_default(),
            price_warning: price.as_ref().and_then(|noted| self.price_warning(noted)),
            next,
            tasks: self.tasks_of(&dossier),
            days: self.days(&dossier),
            days_why: dossier
                .window()
                .map(|window| view::why(language, &window.grounds))
                .unwrap_or_default(),
            waits,
            path: self.path(&dossier),
            money: self.money(&dossier),
            ledger: self.ledger_lines(&dossier.entries),
            custody: self.custody_lines(&dossier),
            designs: self.designs(&dossier),
            history: self.history(&dossier),
            weighed_warning: dossier.needs_new_version().then(|| language.word("ui-weighed-warning")),
        })
    }

    /// The papers of a project, each with whether it still holds.
    fn papers_of(&self, dossier: &crate::order::Dossier) -> Done<Vec<PaperView>> {
        let to = papers::To::Project(&dossier.project.id);
        let mut papers = self.papers(to)?;
        for (old, replaced) in outdated(&papers::of(self.tx, to)?, &dossier.happenings) {
            let said = self
                .language
                .word(if replaced { "paper-replaced" } else { "paper-outdated" });
            for paper in papers.iter_mut().filter(|paper| paper.id == old) {
                paper.outdated.clone_from(&said);
            }
        }
        Ok(papers)
    }

    /// The consents of a project, each with its moment.
    fn consents_of(&self, project: &str) -> Done<Vec<String>> {
        let said = |(consent, at): (crate::terms::Consent, String)| {
            let name = self.language.word(&format!("consent-name-{}", consent.name()));
            format!("{name} · {}", moment(self.language, &at))
        };
        Ok(projects::consents(self.tx, project)?.into_iter().map(said).collect())
    }

    /// What becomes final with a quote: the first, or the version after the last.
    fn quote_issues(&self, last: Option<&quotes::Quote>) -> Done<String> {
        let Some(last) = last else {
            return self.final_papers(&[PaperKind::Quote]);
        };
        let facts = vec![
            ("number", Fact::Text(last.number.clone())),
            ("version", Fact::Number(Decimal::from(last.version + 1))),
        ];
        Ok(self.say("final-quote-version", facts))
    }

    /// The cases on a project.
    fn cases_of(&self, project: &str) -> Done<Vec<CaseLine>> {
        let cases = crate::store::cases::of_project(self.tx, project)?;
        let files = load::case_files(self.tx, cases, self.today)?;
        Ok(files.iter().map(|file| self.case_line(file)).collect())
    }

    /// Lines of the house's quotes, those it writes most often first; and its last quotes, to copy from.
    pub(super) fn quote_lines(&self, text: &str) -> Done<QuoteLinesView> {
        const LOOKED_AT: i64 = 300;
        let wanted = crate::fold::folded(text);
        let mut usual: Vec<(QuoteLineForm, usize)> = Vec::new();
        let mut earlier = Vec::new();
        for (quote, client) in quotes::latest(self.tx, LOOKED_AT)? {
            let form: QuoteForm = serde_json::from_value(quote.frozen).map_err(Trouble::broken)?;
            let said: Vec<String> = form.lines.iter().map(|line| line.text.clone()).collect();
            let about = crate::fold::folded(&format!("{} {client} {}", quote.number, said.join(" ")));
            if earlier.len() < 12 && wanted.split(' ').all(|part| about.contains(part)) {
                earlier.push(EarlierQuote {
                    title: format!("{} · {client} · {}", quote.number, self.language.money(quote.total)),
                    lines: form.lines.clone(),
                });
            }
            for line in form.lines.into_iter().filter(|line| !line.text.trim().is_empty()) {
                match usual.iter_mut().find(|(known, _)| known.text == line.text) {
                    Some((_, count)) => *count += 1,
                    None => usual.push((line, 1)),
                }
            }
        }
        usual.retain(|(line, _)| {
            wanted
                .split(' ')
                .all(|part| crate::fold::folded(&line.text).contains(part))
        });
        usual.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(QuoteLinesView {
            usual: usual.into_iter().take(20).map(|(line, _)| line).collect(),
            earlier,
        })
    }

    /// The one thing the project waits for: `decide`, `value`, `quote`, a step of the order, or nothing.
    fn waits(&self, dossier: &crate::order::Dossier, next: &[NextView]) -> String {
        let offered = dossier.tasks().into_iter().map(|task| task.step());
        let offered = offered
            .into_iter()
            .find(|step| ["decide", "value", "quote"].contains(step));
        let main = || next.iter().find(|step| step.main && step.refused.is_none());
        match offered {
            Some(step) => step.to_owned(),
            None => main().map_or_else(String::new, |step| step.step.clone()),
        }
    }

    /// The stages a project of its kind goes through, each with whether it was.
    fn path(&self, dossier: &crate::order::Dossier) -> Vec<StageLine> {
        let now = dossier.stage();
        dossier
            .path()
            .into_iter()
            .map(|(stage, done)| StageLine {
                text: self.language.word(&stage.word()),
                now: stage == now,
                stage,
                done,
            })
            .collect()
    }

    /// The last version's form to revise; for a first one, a line for the piece and one for each repolish offer.
    pub(super) fn quote_proposal(&self, issued: &[quotes::Quote], valuations: &[quotes::Valuation]) -> Done<QuoteForm> {
        let valid_until = self.language.short_day(later(self.today, VALID_DAYS));
        if let Some(last) = issued.first() {
            let form: QuoteForm = serde_json::from_value(last.frozen.clone()).map_err(crate::store::Trouble::broken)?;
            return Ok(QuoteForm { valid_until, ..form });
        }
        let line = |text: String, unit_price: String| QuoteLineForm {
            text,
            quantity: "1".into(),
            unit_price,
            vat: "21".into(),
            delivery: false,
            second_hand: false,
        };
        let mut lines = vec![line(String::new(), String::new())];
        let offers = valuations
            .first()
            .and_then(|valuation| valuation.worksheet.get("repolish")?.as_array().cloned())
            .unwrap_or_default();
        for offer in offers {
            let amount = offer
                .get("amount")
                .and_then(|amount| amount.as_str())
                .unwrap_or_default();
            lines.push(line(self.language.word("quote-line-repolish"), amount.to_owned()));
        }
        // A house that charges for delivery proposes it; where a price makes it free, the sums say so.
        if let Some(fee) = self.terms()?.delivery.fee.value() {
            lines.push(QuoteLineForm {
                delivery: true,
                ..line(
                    self.language.word("quote-line-delivery"),
                    self.language.typed(&crate::number::fixed(fee.euro(), 2)),
                )
            });
        }
        Ok(QuoteForm {
            intro: String::new(),
            lines,
            valid_until,
            days_min: String::new(),
            days_max: String::new(),
            drawings: Vec::new(),
        })
    }

    pub(super) fn piece(&self, dossier: &crate::order::Dossier, piece: &Piece, terms: &Terms) -> Done<PieceView> {
        let (language, project) = (self.language, &dossier.project);
        let assessed = read::assess(piece, terms)?;
        let repolish = terms.redesign.repolish_from.value();
        let stones = piece
            .stones
            .iter()
            .zip(&assessed.value.stones)
            .map(|((id, read, estimate), found)| StoneView {
                id: id.clone(),
                name: view::stone_name(language, read),
                note: read.note.clone(),
                measure: view::stone_measure(language, read),
                weight: view::stone_weight(language, read),
                estimate: estimate
                    .map(|carat| self.say("stone-was-estimated", vec![("carat", Fact::Carats(half_up(carat, 2)))]))
                    .unwrap_or_default(),
                counts: found.counts,
                counts_text: if read.stone.role == StoneRole::Accent {
                    language.word("counts-accent")
                } else {
                    language.word(&found.counts.word())
                },
                weighable: read::is_estimate(&read.stone.size),
                repolish_hint: repolish
                    .map(|least| self.say("repolish-hint", vec![("least", Fact::Money(*least))]))
                    .unwrap_or_default(),
            });
        let metals = piece.metals.iter().map(|(_, read)| MetalView {
            name: view::metal_name(language, read),
            title: view::title(language, read.part.title.get()),
            tested: view::tested(language, read),
            gross: language.grams(read.part.gross_g),
            warning: if read.part.title.may_be_called_gold() {
                String::new()
            } else {
                language.word("not-called-gold")
            },
        });
        let verdict = assessed.value.verdict;
        let refused = project.kind == ProjectKind::Redesign && verdict == Verdict::Ineligible;
        Ok(PieceView {
            id: piece.id.clone(),
            description: piece.description.clone(),
            condition: piece.condition.clone(),
            envelope: piece.envelope.clone(),
            declared: piece
                .declared_value
                .map_or_else(|| language.word("receipt-no-value"), |value| language.money(value)),
            photos: piece.photos.clone(),
            stones: stones.collect(),
            metals: metals.collect(),
            verdict,
            verdict_text: language.word(&verdict.word()),
            why: view::why(language, &assessed.grounds),
            decision: piece.decision.as_ref().map(|decision| DecisionView {
                accepted: decision.accepted,
                text: format!("{} · {}", moment(language, &decision.decided_at), decision.decided_by),
                reason: decision.reason.clone(),
            }),
            accept_refused: refused.then(|| language.refusal(&Refusal::Ineligible)),
            decide_refused: dossier.may_decide().err().map(|refusal| language.refusal(&refusal)),
            now: PieceNow::of(piece, language),
        })
    }

    pub(super) fn price_text(&self, noted: &Noted) -> String {
        let (key, euro) = match noted.price {
            GoldPrice::PerOunce(euro) => ("price-per-ounce", euro),
            GoldPrice::PerGram(euro) => ("price-per-gram", euro),
        };
        let decimals = euro.normalize().scale().clamp(2, 4);
        let euro = self.language.number_with(euro, decimals);
        self.say(
            key,
            vec![
                ("euro", Fact::Text(euro)),
                ("day", Fact::Day(noted.day)),
                ("source", Fact::Text(noted.source.clone())),
            ],
        )
    }

    pub(super) fn price_warning(&self, noted: &Noted) -> Option<String> {
        let age = (self.today - noted.day).num_days();
        (age > FRESH_DAYS).then(|| self.say("price-old", vec![("days", Fact::Number(Decimal::from(age)))]))
    }

    /// A piece of a form, as far as it can be read.
    fn piece_check(
        &self,
        typed: &PieceForm,
        piece: &PieceRead,
        price: Option<&Noted>,
        deduction: Decimal,
        terms: &Terms,
    ) -> PieceCheck {
        let stones = piece.stones.iter().map(|stone| {
            stone
                .as_ref()
                .map(|stone| view::stone_weight(self.language, stone))
                .unwrap_or_default()
        });
        let metals = piece.metals.iter().map(|metal| {
            metal
                .as_ref()
                .map(|metal| self.worth(&metal.part, price, deduction, terms))
                .unwrap_or_default()
        });
        let titles = typed
            .metals
            .iter()
            .map(|metal| title_of_stamp(&metal.stamp).map(|title| title.to_string()));
        let mounted = mounted_carats(&piece.stones);
        PieceCheck {
            verdict: piece.assessment.as_ref().map(|assessed| assessed.value.verdict),
            verdict_text: piece
                .assessment
                .as_ref()
                .map(|assessed| self.language.word(&assessed.value.verdict.word()))
                .unwrap_or_default(),
            why: piece
                .assessment
                .as_ref()
                .map(|assessed| view::why(self.language, &assessed.grounds))
                .unwrap_or_default(),
            stones: stones.collect(),
            metals: metals.collect(),
            titles: titles.collect(),
            mounted: if mounted > Decimal::ZERO {
                self.language.number(half_up(mounted, 2))
            } else {
                String::new()
            },
        }
    }

    /// A piece while it is put right.
    pub(super) fn check_piece(&self, id: &str, form: &PieceForm) -> Done<CorrectionCheck> {
        let project = projects::of_piece(self.tx, id)?;
        let terms = &self.terms()?;
        let mut reader = Reader::default();
        let read = intake::read_piece(form, &mut reader, terms);
        let pieces = projects::pieces(self.tx, &project)?;
        let others = corrections::siblings(&pieces, id);
        if let Err(Trouble::Refused(refusal)) = corrections::free_envelope(self.tx, &read.envelope, &others, &project) {
            reader.refuse("envelope", refusal);
        }
        let price = gold::newest(self.tx)?;
        let deduction = house(self.tx)?.deduction_pct;
        Ok(CorrectionCheck {
            piece: self.piece_check(form, &read, price.as_ref(), deduction, terms),
            problems: self.problems(&reader.problems),
        })
    }

    /// The next envelope of the house's own numbers that is in nobody's hands: none where it numbers none.
    fn next_envelope(&self, used: &[&str]) -> Done<String> {
        let Some(mut next) = projects::last_envelope(self.tx)? else {
            return Ok(String::new());
        };
        loop {
            next = intake::after(&next);
            let free = corrections::free_envelope(self.tx, &next, used, "");
            match free {
                Ok(()) => return Ok(next),
                Err(Trouble::Refused(_)) => {}
                Err(why) => return Err(why),
            }
        }
    }

    pub(super) fn check_intake(&self, form: &IntakeForm) -> Done<IntakeCheck> {
        let house = house(self.tx)?;
        let terms = &self.terms()?;
        let mut reader = Reader::default();
        let read = intake::read(form, &mut reader, terms);
        let price = gold::newest(self.tx)?;
        let pieces = form
            .pieces
            .iter()
            .zip(&read.pieces)
            .map(|(typed, piece)| self.piece_check(typed, piece, price.as_ref(), house.deduction_pct, terms));
        let pieces = pieces.collect();
        let duplicates = match (&form.client, &read.card) {
            (Who::New { .. }, Some(card)) => self.duplicates(card)?,
            _ => Vec::new(),
        };
        let means = booking::means(terms);
        if !form.fee_method.is_empty() && !means.contains(&form.fee_method) {
            reader.problems.push(Problem {
                path: "fee-method".to_owned(),
                refusal: NotNow::Method.into(),
            });
        }
        let envelopes: Vec<&str> = read.pieces.iter().map(|piece| piece.envelope.as_str()).collect();
        for (index, piece) in read.pieces.iter().enumerate() {
            let taken = corrections::free_envelope(self.tx, &piece.envelope, &envelopes[..index], "");
            if let (Err(Trouble::Refused(refusal)), false) = (taken, piece.envelope.is_empty()) {
                let path = format!("pieces.{index}.envelope");
                reader.problems.push(Problem { path, refusal });
            }
        }
        let problems = self.problems(&reader.problems);
        let article = terms.orders.consents.article();
        let consents = terms.consents(form.kind, !form.pieces.is_empty());
        let consents = consents.into_iter().map(|consent| ConsentView {
            consent,
            text: self.language.word(&format!("consent-text-{}", consent.name())),
            article: article
                .map(|article| self.language.article(article))
                .unwrap_or_default(),
        });
        Ok(IntakeCheck {
            consents: consents.collect(),
            means: self.means(means),
            refused: problems.first().map(|problem| problem.text.clone()),
            problems,
            pieces,
            duplicates,
            next_envelope: self.next_envelope(&envelopes)?,
            issues: self.final_papers(&[PaperKind::IntakeReceipt])?,
            signed: self.signed(form, &read)?,
        })
    }

    /// What a client signs when their pieces are taken in, in their language.
    fn signed(&self, form: &IntakeForm, read: &intake::Read) -> Done<Vec<SignedLine>> {
        let language = match &form.client {
            Who::New { card } => card.language,
            // Whom nobody knows signs nothing yet.
            Who::Known { id } => clients::get(self.tx, id).map_or(self.language, |client| client.card.language),
        };
        let line = |key: &str, value: String| SignedLine {
            text: language.word(key),
            value,
        };
        let worth = |value: Option<Money>| value.map_or_else(|| "–".to_owned(), |value| language.money(value));
        let mut lines = Vec::new();
        for piece in &read.pieces {
            lines.push(line(
                "receipt-envelope",
                format!("{} · {}", piece.envelope, piece.description),
            ));
            lines.push(line("receipt-declared", worth(piece.declared_value)));
            if !piece.condition.is_empty() {
                lines.push(line("receipt-condition", piece.condition.clone()));
            }
        }
        lines.extend(read.fee.map(|fee| line("ui-fee", language.money(fee))));
        lines.extend(form.consents.iter().map(|given| SignedLine {
            text: String::new(),
            value: format!("✓ {}", language.word(&format!("consent-text-{}", given.consent.name()))),
        }));
        Ok(lines)
    }

    /// A metal part in one line: net, fine, and what it would be worth at the newest price.
    pub(super) fn worth(&self, part: &metal::Part, price: Option<&Noted>, deduction: Decimal, terms: &Terms) -> String {
        let Ok(net) = part.net_g() else { return String::new() };
        let fine = part.title.fine_g(net);
        let weights = self.say(
            "worth-weights",
            vec![("net", Fact::Grams(net)), ("fine", Fact::Grams(half_up(fine, 3)))],
        );
        let Some(noted) = price else { return weights };
        let Ok(valued) = metal::value(&[*part], noted.price, deduction, terms) else {
            return weights;
        };
        let worked = valued.value.parts[0];
        let key = if worked.credit > Money::ZERO {
            "worth-credited"
        } else {
            "worth-not-credited"
        };
        format!(
            "{weights} · {}",
            self.say(key, vec![("estimate", Fact::Money(worked.estimate))])
        )
    }

    pub(super) fn check_value(&self, project: &str, form: &ValueForm) -> Done<ValueCheck> {
        let mut reader = Reader::default();
        let read = ValueRead::of(self.tx, project, form, &self.terms()?, &mut reader)?;
        let language = self.language;
        let worked = read
            .sheet
            .as_ref()
            .map(|sheet| sheet.parts.as_slice())
            .unwrap_or_default();
        let rows = read
            .parts
            .iter()
            .zip(worked)
            .map(|(&(piece, metal, part), worked)| SheetRow {
                part: view::metal_name(language, &read.pieces[piece].metals[metal].1),
                title: view::title(language, part.title.get()),
                gross: language.grams(part.gross_g),
                stones: language.grams(intake::grams_of(part.mounted_ct)),
                other: language.grams(part.other_g),
                net: language.grams(worked.net_g),
                fine: language.grams(half_up(worked.fine_g, 3)),
                estimate: language.money(worked.estimate),
                credit: language.money(worked.credit),
            });
        let after = |stone: &str| {
            let offer = read
                .repolish
                .iter()
                .find(|offer| read.pieces[offer.piece].stones[offer.stone].0 == stone);
            offer.map(|offer| {
                let text = self.say("repolish-after", vec![("carat", Fact::Carats(half_up(offer.after, 2)))]);
                if offer.may_fall_short {
                    format!("{text} {}", language.word("valuation-may-fall-short"))
                } else {
                    text
                }
            })
        };
        let refused = read.sheet.as_ref().err().cloned();
        Ok(ValueCheck {
            problems: self.problems(&reader.problems),
            rows: rows.collect(),
            deduction: format!("{} %", language.number(half_up(read.deduction, 4))),
            credit: read
                .sheet
                .as_ref()
                .map(|sheet| language.money(sheet.credit))
                .unwrap_or_default(),
            price: read
                .price
                .as_ref()
                .map(|noted| self.price_text(noted))
                .unwrap_or_default(),
            warning: read.price.as_ref().and_then(|noted| self.price_warning(noted)),
            refused: refused
                .or_else(|| reader.problems.first().map(|problem| problem.refusal.clone()))
                .map(|refusal| language.refusal(&refusal)),
            why: view::why(language, &read.grounds),
            repolish: form
                .repolish
                .iter()
                .map(|offer| after(&offer.stone).unwrap_or_default())
                .collect(),
        })
    }

    /// What the house asks for delivery at that price, with its clause; nothing where it says nothing.
    fn delivery_note(&self, form: &QuoteForm, read: &QuoteRead, terms: &Terms) -> String {
        let Some(article) = terms.delivery.fee.article() else {
            return String::new();
        };
        let lines = form.lines.iter().zip(&read.lines);
        let pieces = lines
            .filter(|(typed, _)| !typed.delivery)
            .filter_map(|(_, read)| read.line.amount());
        let price: Money = pieces.sum();
        let fee = crate::order::delivery::fee(price, terms).unwrap_or_default();
        let ground = Ground::new(article.clone(), "ground-delivery-fee")
            .with("fee", Fact::Money(fee))
            .with("price", Fact::Money(price));
        format!("{} ({})", self.language.ground(&ground), self.language.article(article))
    }

    pub(super) fn check_quote(&self, project: &str, form: &QuoteForm) -> Done<QuoteCheck> {
        let terms = &self.terms()?;
        let language = self.language;
        let mut reader = Reader::on(self.today);
        let is_stale = load::dossier(self.tx, project, self.today)?.value_is_stale();
        let read = QuoteRead::of(self.tx, (project, is_stale), form, terms, self.today, &mut reader)?;
        let problems = self.problems(&reader.problems);
        let mut amounts = Vec::new();
        let mut known = read.lines.iter();
        for index in 0..form.lines.len() {
            let broken = ["quantity", "unit-price", "vat"].iter().any(|field| {
                problems
                    .iter()
                    .any(|problem| problem.path == format!("lines.{index}.{field}"))
            });
            let amount = if broken {
                None
            } else {
                known.next().and_then(|read| read.line.amount())
            };
            amounts.push(amount.map(|amount| language.money(amount)).unwrap_or_default());
        }
        let percent = terms.deposit_percent(read.project.kind).value;
        let sums = read
            .totals
            .as_ref()
            .map(|totals| sums(language, &totals.value, read.gold_credit(), percent))
            .unwrap_or_default();
        let sums = sums
            .into_iter()
            .map(|sum| SumView {
                label: sum.label,
                amount: sum.amount,
                strong: sum.strong,
            })
            .collect();
        // A finished piece is not produced.
        let produced = read.project.kind != ProjectKind::Stock;
        let range = read.agreed.or_else(|| terms.production.window.value().copied());
        let range = range.filter(|_| produced);
        let window = range.map(|range| {
            let days = |days: u32| Fact::Number(Decimal::from(days));
            self.say(
                match terms.window_from() {
                    WindowFrom::ApprovalAndDeposit => "quote-point-window",
                    WindowFrom::Order => "quote-point-window-order",
                },
                vec![("min", days(range.min)), ("max", days(range.max))],
            )
        });
        let first = reader.problems.first().map(|problem| problem.refusal.clone());
        Ok(QuoteCheck {
            problems,
            amounts,
            sums,
            window: window.unwrap_or_default(),
            delivery: self.delivery_note(form, &read, terms),
            refused: read.refused.or(first).map(|refusal| language.refusal(&refusal)),
            why: read
                .totals
                .as_ref()
                .map(|totals| view::why(language, &totals.grounds))
                .unwrap_or_default(),
        })
    }

    pub(super) fn gold(&self) -> Done<GoldView> {
        let all = gold::all(self.tx)?;
        let prices = all.iter().map(|noted| PriceView {
            id: noted.id.clone(),
            day: self.language.short_day(noted.day),
            price: self.price_text(noted),
            per_gram: self.say(
                "price-gram",
                vec![("euro", Fact::Text(self.language.number_with(noted.price.per_gram(), 2)))],
            ),
            source: noted.source.clone(),
            noted: format!("{} · {}", moment(self.language, &noted.noted_at), noted.noted_by),
        });
        Ok(GoldView {
            prices: prices.collect(),
            chart: self.chart(&all),
            warning: all.first().and_then(|noted| self.price_warning(noted)),
            today: self.language.short_day(self.today),
        })
    }

    /// The kept prices, in euro a gram, over the days they are of.
    pub(super) fn chart(&self, all: &[Noted]) -> Option<ChartView> {
        let (newest, oldest) = (all.first()?, all.last()?);
        let days = (newest.day - oldest.day).num_days().max(1);
        let per_gram = || all.iter().map(|noted| noted.price.per_gram());
        let (low, high) = (per_gram().min()?, per_gram().max()?);
        let spread = if high == low { Decimal::ONE } else { high - low };
        let point = |noted: &Noted| {
            let x = (noted.day - oldest.day).num_days() * 1000 / days;
            let y = (noted.price.per_gram() - low) * Decimal::ONE_THOUSAND / spread;
            (x, i64::try_from(half_up(y, 0)).unwrap_or_default())
        };
        let gram = |price: Decimal| {
            self.say(
                "price-gram",
                vec![("euro", Fact::Text(self.language.number_with(price, 2)))],
            )
        };
        Some(ChartView {
            points: all.iter().rev().map(point).collect(),
            lowest: gram(low),
            highest: gram(high),
            first: self.language.short_day(oldest.day),
            last: self.language.short_day(newest.day),
        })
    }

    pub(super) fn check_price_file(&self, csv: &str, unit: &str) -> PriceFileCheck {
        let file = read::price_file(csv, unit, self.today);
        let problems = file
            .problems
            .iter()
            .map(|problem| self.language.refusal(problem))
            .collect();
        PriceFileCheck {
            good: file.prices.len(),
            problems,
        }
    }
}

/// How the valuation fee is told: none, paid, or not yet.
fn fee_said(fee: Money, paid: Money) -> &'static str {
    match (fee == Money::ZERO, paid > Money::ZERO) {
        (true, _) => "fee-none",
        (false, true) => "fee-paid",
        (false, false) => "fee-not-paid",
    }
}
