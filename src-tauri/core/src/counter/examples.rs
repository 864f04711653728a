//! A house to play with: a few clients and their pieces, each at another stage, every paper marked as an example.

use super::Counter;
use super::action::Action;
use super::question::{Answer, Question};
use super::read::{Deduction, ValueForm};
use super::steps::{self, Step};
use super::work::{Context, Outcome};
use crate::client::Card;
use crate::house::{Identity, Profile};
use crate::intake::{Given, IntakeForm, MetalForm, PieceForm, Signature, StoneForm, Who};
use crate::quote::{QuoteForm, QuoteLineForm};
use crate::refusal::Refusal;
use crate::store::Done;
use crate::terms::{ClientKind, ProjectKind};
use crate::words::Language;

/// The house whose terms the examples follow: the first that redesigns what clients bring.
fn profile() -> Result<&'static Profile, Refusal> {
    let redesigns = |profile: &&Profile| profile.terms.redesign.diamond_from_ct.value().is_some();
    Profile::all().iter().find(redesigns).ok_or(Refusal::NotFound)
}

/// Who acts, so many days before today.
pub type At<'a> = dyn FnMut(&str, u64) -> Context + 'a;

struct Play<'a, 'b> {
    counter: &'a mut Counter,
    at: &'a mut At<'b>,
    language: Language,
    who: String,
}

impl Counter {
    /// Fills a store that holds no house with examples.
    ///
    /// # Errors
    /// [`Refusal::FileExists`] where it holds one, or that the store cannot be written.
    pub fn fill_with_examples(&mut self, language: Language, at: &mut At<'_>) -> Done<()> {
        let start = self.ask(&Question::Start, &at("", 0))?;
        if let Answer::Start(start) = start
            && start.house.is_some()
        {
            return Err(Refusal::FileExists.into());
        }
        // Nobody's: the address is of no shop, the numbers are the ones that manuals use, the mail goes nowhere (RFC 2606).
        let identity = Identity {
            name: language.word("example-house"),
            legal_name: language.word("example-house"),
            street: "Kerkstraat 1".into(),
            postcode: "2000".into(),
            city: "Antwerpen".into(),
            country: "BE".into(),
            enterprise_number: "0123.456.749".into(),
            email: "shop@example.com".into(),
            phone: "03 000 00 00".into(),
            website: "example.com".into(),
            iban: "BE71 0961 2345 6769".into(),
            languages: profile()?.identity.languages.clone(),
            ..Identity::default()
        };
        let set_up = Action::SetUpHouse {
            profile: profile()?.id.clone(),
            identity,
            language,
            staff: language.word("example-staff"),
            example: true,
        };
        let who = self.act(&set_up, &at("", 40))?.staff.unwrap_or_default();
        Play {
            counter: self,
            at,
            language,
            who,
        }
        .all()
    }
}

impl Play<'_, '_> {
    fn does(&mut self, days: u64, action: &Action) -> Done<Outcome> {
        let context = (self.at)(&self.who, days);
        self.counter.act(action, &context)
    }

    fn takes(&mut self, days: u64, project: &str, step: Step) -> Done<Outcome> {
        let action = Action::TakeStep {
            project: project.into(),
            step,
        };
        self.does(days, &action)
    }

    fn all(mut self) -> Done<()> {
        let gold = Action::NoteGoldPrice {
            day: String::from("-1"),
            unit: "ounce".into(),
            euro: "3500".into(),
            source: self.language.word("example-source"),
        };
        self.does(38, &gold)?;
        // One is being made, one waits for the client's answer, one for the house's decision.
        let made = self.quoted(30, "Anna Peeters", "X-0001", "0.42")?;
        self.ordered(20, &made)?;
        self.quoted(9, "Nguyen Minh", "X-0002", "0.55")?;
        self.taken_in(1, "Marc Dubois", "X-0003", "0.29")?;
        Ok(())
    }

    fn taken_in(&mut self, days: u64, name: &str, envelope: &str, carat: &str) -> Done<String> {
        let moment = (self.at)(&self.who, days).moment();
        let terms = profile()?.terms.clone();
        let consents = terms.consents(ProjectKind::Redesign, true).into_iter();
        let stone = StoneForm {
            role: "central".into(),
            gem: "diamond".into(),
            loose: true,
            weighed: carat.into(),
            ..StoneForm::default()
        };
        let metal = MetalForm {
            name: self.language.word("example-part"),
            stamp: "18k".into(),
            title: "750".into(),
            gross: "8.40".into(),
            ..MetalForm::default()
        };
        let form = IntakeForm {
            kind: ProjectKind::Redesign,
            client: Who::New {
                card: card(name, self.language),
            },
            wish: self.language.word("example-wish"),
            pieces: vec![PieceForm {
                description: self.language.word("example-piece"),
                envelope: envelope.into(),
                declared_value: "1800".into(),
                stones: vec![stone],
                metals: vec![metal],
                ..PieceForm::default()
            }],
            fee: "50".into(),
            fee_method: "cash".into(),
            consents: consents
                .map(|consent| Given {
                    consent,
                    at: moment.clone(),
                })
                .collect(),
            signature: Signature::Paper,
        };
        let take_in = Action::TakeIn {
            form,
            draft: String::new(),
        };
        Ok(self.does(days, &take_in)?.project.unwrap_or_default())
    }

    fn quoted(&mut self, days: u64, name: &str, envelope: &str, carat: &str) -> Done<String> {
        let project = self.taken_in(days, name, envelope, carat)?;
        let context = (self.at)(&self.who, days);
        let page = self.counter.ask(&Question::Project { id: project.clone() }, &context)?;
        let Answer::Project(page) = page else {
            return Err(Refusal::NotFound.into());
        };
        for piece in &page.pieces {
            let accept = Action::Decide {
                piece: piece.id.clone(),
                accepted: true,
                reason: String::new(),
            };
            self.does(days, &accept)?;
        }
        let value = Action::Value {
            project: project.clone(),
            form: ValueForm {
                deduction: Deduction::AllIn { percent: "12".into() },
                repolish: Vec::new(),
            },
        };
        self.does(days - 1, &value)?;
        let quote = Action::IssueQuote {
            project: project.clone(),
            form: QuoteForm {
                intro: String::new(),
                lines: vec![QuoteLineForm {
                    text: self.language.word("example-line"),
                    quantity: "1".into(),
                    unit_price: "2950".into(),
                    vat: "21".into(),
                    delivery: false,
                    second_hand: false,
                }],
                valid_until: "+30".into(),
                ..page.quote_proposal
            },
        };
        self.does(days - 1, &quote)?;
        Ok(project)
    }

    fn ordered(&mut self, days: u64, project: &str) -> Done<()> {
        let accept = steps::AcceptQuote {
            channel: "paper".into(),
            concluded: Some("in-person".into()),
            delivered_to: Some("collection".into()),
            country: "BE".into(),
            address: String::new(),
            day: String::new(),
            words: String::new(),
            signature: Signature::Paper,
        };
        self.takes(days, project, Step::AcceptQuote(accept))?;
        let context = (self.at)(&self.who, days);
        let page = self.counter.ask(&Question::Project { id: project.into() }, &context)?;
        let Answer::Project(page) = page else {
            return Err(Refusal::NotFound.into());
        };
        let asked = page.next.iter().find(|step| step.step == "book-payment");
        let amount = asked.and_then(|step| step.fields.iter().find(|field| field.name == "amount"));
        let payment = steps::BookPayment {
            amount: amount.map(|field| field.value.clone()).unwrap_or_default(),
            method: "transfer".into(),
            ..steps::BookPayment::default()
        };
        self.takes(days - 2, project, Step::BookPayment(payment))?;
        Ok(())
    }
}

fn card(name: &str, language: Language) -> Card {
    Card {
        kind: ClientKind::Consumer,
        street: "Kerkstraat 1".into(),
        postcode: "2000".into(),
        city: "Antwerpen".into(),
        country: "BE".into(),
        phone: "0470 00 00 00".into(),
        email: "client@example.com".into(),
        name: name.into(),
        language,
        ..Card::nobody()
    }
}
