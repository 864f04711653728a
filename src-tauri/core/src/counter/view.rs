//! What the screen shows: every amount, day and weight already written in the screen's language, every verdict with
//! its grounds, every action that is not open with the reason why.

use super::as_typed::PieceNow;
use crate::aftersales::case::{CaseKind, CaseStage};
use crate::client::Card;
use crate::contacts::Column;
use crate::grounds::{Fact, Ground, Message};
use crate::house::Identity;
use crate::intake::{MetalRead, StoneRead};
use crate::number::half_up;
use crate::order::Stage;
use crate::order::TaskGroup;
use crate::quote::{QuoteForm, QuoteLineForm};
use crate::stone::{Counts, Size, Verdict};
use crate::terms::{Consent, ProjectKind};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use serde::Serialize;
use ts_rs::TS;

/// A reason, with the article it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct Why {
    pub article: String,
    pub text: String,
}

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProblemView {
    pub path: String,
    pub text: String,
}

/// Everything the screen needs to begin.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StartView {
    pub house: Option<HouseView>,
    pub profiles: Vec<ProfileView>,
    pub staff: Vec<StaffView>,
    pub drafts: Vec<DraftView>,
}

/// The house.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct HouseView {
    pub profile: String,
    /// Whether it is a house to play with.
    pub example: bool,
    pub version: i64,
    pub identity: Identity,
    pub language: Language,
    pub deduction_pct: String,
    /// The least valuation fee, as it is said beside the field.
    pub fee_hint: String,
}

/// A consent the house asks for.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ConsentView {
    pub consent: Consent,
    pub text: String,
    pub article: String,
}

/// A ready-made house.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProfileView {
    pub id: String,
    pub identity: Identity,
    pub summary: Vec<Why>,
}

/// Someone who works there.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StaffView {
    pub id: String,
    pub name: String,
    pub role: crate::house::Role,
    pub active: bool,
    /// Whether they sign in with a PIN.
    pub has_pin: bool,
}

/// A form half typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct DraftView {
    pub id: String,
    /// The id of who typed it; empty where it is anybody's.
    pub maker: String,
    /// Their name.
    pub by: String,
    pub body: String,
    pub saved: String,
}

/// A client.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ClientView {
    pub id: String,
    pub version: i64,
    pub card: Card,
    pub address: String,
    pub projects: Vec<ProjectLine>,
    pub cases: Vec<CaseLine>,
}

/// A project in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProjectLine {
    pub id: String,
    pub number: String,
    pub client: String,
    pub kind: String,
    pub pieces: String,
    pub stage: Stage,
    pub stage_text: String,
    pub opened: String,
    /// What is due first, and when.
    pub due: String,
    /// What is owed for it; empty where nothing is.
    pub owed: String,
    pub thumb: Option<String>,
}

/// A stage at which there are projects.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StageView {
    pub stage: Stage,
    pub text: String,
}

/// A part of the list of projects.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProjectsView {
    pub lines: Vec<ProjectLine>,
    /// Whether more follow.
    pub more: bool,
    /// How many there are in all, in words; of the first part only.
    pub count: String,
    /// The stages at which there are any; of the first part only.
    pub stages: Vec<StageView>,
}

/// A part of the list of clients.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ClientsView {
    pub lines: Vec<ClientView>,
    /// Whether more follow.
    pub more: bool,
}

/// A part of the list of cases.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CasesView {
    pub lines: Vec<CaseLine>,
    /// Whether more follow.
    pub more: bool,
}

/// Where a number or an envelope that was typed or scanned whole leads.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ExactView {
    #[ts(type = "'project' | 'case' | 'client'")]
    pub place: String,
    pub id: String,
    /// The paper, where it is one's number.
    pub paper: Option<String>,
    /// The piece, where it is its envelope.
    pub piece: Option<String>,
}

/// What one search found.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct FoundView {
    /// What was looked for: an answer is that to this text, and to no other.
    pub text: String,
    /// What bears the whole of it as its number or envelope.
    pub exact: Option<ExactView>,
    pub clients: Vec<ClientView>,
    pub projects: Vec<ProjectLine>,
    pub cases: Vec<CaseLine>,
}

/// A stone, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StoneView {
    pub id: String,
    pub name: String,
    pub note: String,
    pub measure: String,
    pub weight: String,
    /// What was estimated before it was weighed.
    pub estimate: String,
    pub counts: Counts,
    pub counts_text: String,
    pub weighable: bool,
    pub repolish_hint: String,
}

/// A metal part, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct MetalView {
    pub name: String,
    pub title: String,
    pub tested: String,
    pub gross: String,
    pub warning: String,
}

/// A piece, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct PieceView {
    pub id: String,
    pub description: String,
    pub condition: String,
    pub envelope: String,
    pub declared: String,
    pub photos: Vec<String>,
    pub stones: Vec<StoneView>,
    pub metals: Vec<MetalView>,
    pub verdict: Verdict,
    pub verdict_text: String,
    pub why: Vec<Why>,
    pub decision: Option<DecisionView>,
    /// Why it cannot be accepted, where it cannot.
    pub accept_refused: Option<String>,
    /// Why nothing can be decided of it any more, where nothing can.
    pub decide_refused: Option<String>,
    /// As its form would hold it now, to put right.
    pub now: PieceNow,
}

/// A decision, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct DecisionView {
    pub accepted: bool,
    pub text: String,
    pub reason: String,
}

/// A valuation that was issued.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ValuationView {
    pub number: String,
    pub credit: String,
    pub issued: String,
}

/// A quote that was issued.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct QuoteView {
    pub number: String,
    pub version: i64,
    pub total: String,
    pub to_pay: String,
    pub valid_until: String,
    pub lapsed: bool,
    pub issued: String,
    /// The form as it was issued, to revise from.
    pub form: QuoteForm,
}

/// A paper that was issued.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct PaperView {
    pub id: String,
    pub name: String,
    pub number: String,
    pub issued: String,
    /// That it shows what was put right since, and whether another stands in its place; empty where it holds.
    pub outdated: String,
}

/// A project, on one page.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProjectView {
    pub id: String,
    /// How often its facts were put right or weighed: what a correction begins from.
    pub version: i64,
    pub number: String,
    pub kind: ProjectKind,
    pub kind_text: String,
    pub stage: Stage,
    pub stage_text: String,
    pub opened: String,
    pub taken_in: String,
    pub client: ClientView,
    pub wish: String,
    pub fee: String,
    /// As the form would hold it.
    pub fee_typed: String,
    pub fee_text: String,
    /// Why nothing can be put right any more, where nothing can.
    pub correct_refused: Option<String>,
    /// Why it stays this client's, where it does.
    pub client_refused: Option<String>,
    /// Why the intake cannot be withdrawn, where it cannot.
    pub withdraw_refused: Option<String>,
    pub pieces: Vec<PieceView>,
    pub consents: Vec<String>,
    pub valuations: Vec<ValuationView>,
    pub quotes: Vec<QuoteView>,
    pub papers: Vec<PaperView>,
    /// After-sales cases on its pieces.
    pub cases: Vec<CaseLine>,
    /// Why the gold cannot be valued now, where it cannot.
    pub value_refused: Option<String>,
    /// Why no quote can be issued now, where none can.
    pub quote_refused: Option<String>,
    /// What becomes final with a valuation, and with a quote.
    pub value_issues: String,
    pub quote_issues: String,
    /// A form to begin the quote with.
    pub quote_proposal: QuoteForm,
    /// A deduction to begin the valuation with.
    pub deduction_proposal: String,
    pub price_text: String,
    /// A warning where the price of gold is old.
    pub price_warning: Option<String>,
    /// What can be done on the order, and why the rest cannot.
    pub next: Vec<NextView>,
    /// The one step it waits for: one of those, or `decide`, `value`, `quote`; empty where it waits for nothing.
    pub waits: String,
    /// The stages a project of its kind goes through.
    pub path: Vec<StageLine>,
    /// What is due.
    pub tasks: Vec<TaskView>,
    /// The days of the order, in their order.
    pub days: Vec<OptionView>,
    pub days_why: Vec<Why>,
    /// The order's money, line by line.
    pub money: Vec<SumView>,
    pub ledger: Vec<LedgerLine>,
    pub custody: Vec<CustodyLine>,
    pub designs: Vec<DesignView>,
    /// What happened, the last first.
    pub history: Vec<HistoryLine>,
    /// A warning where what was weighed since asks for a new version of the quote.
    pub weighed_warning: Option<String>,
}

/// A stage on the way of a project.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StageLine {
    pub stage: Stage,
    pub text: String,
    /// Whether it was reached.
    pub done: bool,
    /// Whether the project stands there.
    pub now: bool,
}

/// An entry of the ledger, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct LedgerLine {
    pub day: String,
    pub what: String,
    pub amount: String,
    pub note: String,
}

/// A component of the client's, as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CustodyLine {
    pub name: String,
    /// Where it is, or what became of it.
    pub text: String,
    pub settled: bool,
}

/// A design that was shown.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct DesignView {
    pub photo: String,
    pub text: String,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct HistoryLine {
    pub day: String,
    pub text: String,
    pub words: String,
    pub by: String,
    /// A file that goes with it.
    pub file: Option<String>,
}

/// The intake form, looked at while it is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct IntakeCheck {
    pub problems: Vec<ProblemView>,
    pub pieces: Vec<PieceCheck>,
    pub duplicates: Vec<ClientView>,
    /// The consents that a project of its kind is asked for.
    pub consents: Vec<ConsentView>,
    /// The means the fee can be paid by.
    pub means: Vec<OptionView>,
    /// Why the pieces cannot be taken in yet.
    pub refused: Option<String>,
    /// The next of the house's own numbers of envelopes that is free; empty where it numbers none.
    pub next_envelope: String,
    /// What becomes final.
    pub issues: String,
    /// What the client signs, in their language.
    pub signed: Vec<SignedLine>,
}

/// A line of what a client signs on the screen.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct SignedLine {
    /// What it is of; empty where it says all itself.
    pub text: String,
    pub value: String,
}

/// A piece while it is put right.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CorrectionCheck {
    pub piece: PieceCheck,
    pub problems: Vec<ProblemView>,
}

/// What a quote can be made of.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct QuoteLinesView {
    pub usual: Vec<QuoteLineForm>,
    pub earlier: Vec<EarlierQuote>,
}

/// A quote to copy from.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct EarlierQuote {
    pub title: String,
    pub lines: Vec<QuoteLineForm>,
}

/// A piece of the form, looked at while it is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct PieceCheck {
    pub verdict: Option<Verdict>,
    pub verdict_text: String,
    pub why: Vec<Why>,
    /// A weight and its band a stone; empty where it cannot be read yet.
    pub stones: Vec<String>,
    /// Net, fine and value a part; empty where it cannot be read yet.
    pub metals: Vec<String>,
    /// The title each stamp stands for, where it says one.
    pub titles: Vec<Option<String>>,
    /// What the measured stones weigh together, to be typed as mounted.
    pub mounted: String,
}

/// The valuation, looked at while it is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ValueCheck {
    pub problems: Vec<ProblemView>,
    pub rows: Vec<SheetRow>,
    pub deduction: String,
    pub credit: String,
    pub price: String,
    pub warning: Option<String>,
    pub refused: Option<String>,
    pub why: Vec<Why>,
    /// For each offer, what the stone weighs afterwards, and a warning.
    pub repolish: Vec<String>,
}

/// A line of the worksheet.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct SheetRow {
    pub part: String,
    pub title: String,
    pub gross: String,
    pub stones: String,
    pub other: String,
    pub net: String,
    pub fine: String,
    pub estimate: String,
    pub credit: String,
}

/// A label and an amount.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct SumView {
    pub label: String,
    pub amount: String,
    pub strong: bool,
}

/// The quote, looked at while it is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct QuoteCheck {
    pub problems: Vec<ProblemView>,
    /// An amount a line; empty where it cannot be read yet.
    pub amounts: Vec<String>,
    pub sums: Vec<SumView>,
    pub window: String,
    /// What delivery costs at that price, with the clause.
    pub delivery: String,
    pub refused: Option<String>,
    pub why: Vec<Why>,
}

/// The prices of gold that are kept.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct GoldView {
    pub prices: Vec<PriceView>,
    pub chart: Option<ChartView>,
    pub warning: Option<String>,
    pub today: String,
}

/// A price as it was noted.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct PriceView {
    pub id: String,
    pub day: String,
    pub price: String,
    pub per_gram: String,
    pub source: String,
    pub noted: String,
}

/// A chart as the screen draws it: the core has put every point in its place, in thousandths of the field.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ChartView {
    pub points: Vec<(i64, i64)>,
    pub lowest: String,
    pub highest: String,
    pub first: String,
    pub last: String,
}

/// A file of prices, looked at before it is imported.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct PriceFileCheck {
    pub good: usize,
    pub problems: Vec<String>,
}

/// A day as it was typed, and the month around it.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CalendarView {
    /// As a form holds it in full; empty where it is no day.
    pub typed: String,
    /// As it is said, with its weekday.
    pub said: String,
    pub title: String,
    pub weekdays: Vec<String>,
    pub weeks: Vec<Vec<CalendarDay>>,
    pub before: (i32, u32),
    pub after: (i32, u32),
}

/// A day of a month to choose from.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CalendarDay {
    pub number: u32,
    /// As a form holds it in full.
    pub typed: String,
    pub said: String,
    pub inside: bool,
    pub today: bool,
    pub chosen: bool,
    /// A day nobody works.
    pub off: bool,
}

/// Clients as another program wrote them.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ContactsView {
    pub columns: Vec<ContactColumn>,
    /// What a column may be taken for.
    pub kinds: Vec<OptionView>,
    pub rows: Vec<ContactRow>,
    /// Lines that hold no card.
    pub unread: Vec<usize>,
}

/// A column of such a file.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ContactColumn {
    pub head: String,
    pub column: Column,
}

/// A client in such a file.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ContactRow {
    pub line: usize,
    pub card: Card,
    pub address: String,
    pub problems: Vec<String>,
    /// The names of clients who may be the same person.
    pub like: Vec<String>,
}

/// A client's card, looked at while it is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CardCheck {
    pub problems: Vec<ProblemView>,
    pub duplicates: Vec<ClientView>,
}

pub(super) fn why(language: Language, grounds: &[Ground]) -> Vec<Why> {
    let mut said: Vec<Why> = Vec::new();
    for ground in grounds {
        let why = Why {
            article: language.article(&ground.article),
            text: language.ground(ground),
        };
        if !said.contains(&why) {
            said.push(why);
        }
    }
    said
}

/// `Diamond, central stone`. A gem without a word of its own stands as it was typed.
pub(super) fn stone_name(language: Language, read: &StoneRead) -> String {
    let key = format!("gem-{}", read.gem);
    let gem = if language.knows(&key) {
        language.word(&key)
    } else {
        read.gem.clone()
    };
    format!("{gem}, {}", language.word(&read.stone.role.word()))
}

/// `Round 4,30 × 4,30 × 2,60 mm`, or that it was weighed.
pub(super) fn stone_measure(language: Language, read: &StoneRead) -> String {
    match &read.stone.size {
        Size::Weighed(_) => language.word("stone-weighed"),
        Size::Measured(m) => {
            let cut = serde_json::to_value(m.cut)
                .ok()
                .and_then(|cut| cut.as_str().map(|cut| language.word(&format!("cut-{cut}"))));
            let sides = [m.length, m.width, m.depth].map(|side| language.number(half_up(side, 2)));
            format!("{} {} mm", cut.unwrap_or_default(), sides.join("\u{a0}×\u{a0}"))
        }
    }
}

/// `0,295 ct`, or `≈ 0,29 ct (0,26–0,32 ct)`.
pub(super) fn stone_weight(language: Language, read: &StoneRead) -> String {
    match (&read.stone.size, read.stone.size.weight(&read.stone.gem)) {
        (Size::Weighed(carat), _) => language.carats(*carat),
        (Size::Measured(_), Some(weight)) => {
            let [carat, low, high] =
                [weight.carat, weight.low, weight.high].map(|carat| language.carats(half_up(carat, 2)));
            let low = low.trim_end_matches("\u{a0}ct").to_owned();
            format!("≈\u{a0}{carat} ({low}–{high})")
        }
        (Size::Measured(_), None) => String::new(),
    }
}

/// `Ring shank, gold`, or what stands for a part without a name.
pub(super) fn metal_name(language: Language, read: &MetalRead) -> String {
    if read.name.is_empty() {
        language.word("metal-part")
    } else {
        read.name.clone()
    }
}

/// `750 ‰ (18k)`.
pub(super) fn title(language: Language, title: u16) -> String {
    let karat = crate::metal::KARATS
        .iter()
        .find(|&&(_, known)| known == title)
        .map(|&(karat, _)| karat);
    let key = if title > 500 { "title-of" } else { "title-not-gold" };
    let text = language.say(&Message::new(key).with("title", Fact::Text(title.to_string())));
    karat.map_or_else(|| text.clone(), |karat| format!("{text} ({karat}k)"))
}

/// How the title was tested, or that it is assumed.
pub(super) fn tested(language: Language, read: &MetalRead) -> String {
    if read.tested.is_empty() {
        return language.word("title-assumed");
    }
    language.say(&Message::new("title-tested").with("how", Fact::Text(read.tested.clone())))
}

/// A word to choose, and how it is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct OptionView {
    pub value: String,
    pub text: String,
}

/// Something that is due.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TaskView {
    /// Where it is done, and which.
    #[ts(type = "'project' | 'case' | 'client'")]
    pub place: String,
    pub id: String,
    pub number: String,
    pub client: String,
    pub text: String,
    pub day: String,
    /// `late`, `now` or `ahead`.
    pub when: String,
    pub group: TaskGroup,
    pub group_text: String,
    /// The step that does it, and what that is called; empty where none alone does.
    pub step: String,
    pub step_text: String,
    /// Who began it.
    pub by: String,
    /// Its grounds, where its dossier is at hand.
    pub why: Vec<Why>,
    /// Where it is not, and there are some: the place of the task, to ask for them.
    pub asks_why: Option<usize>,
}

/// A case in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CaseLine {
    pub id: String,
    pub number: String,
    pub kind: CaseKind,
    pub kind_text: String,
    pub stage: CaseStage,
    pub stage_text: String,
    pub client: String,
    pub item: String,
    pub headline: String,
    pub opened: String,
    /// What is due first, and when.
    pub due: String,
}

/// A field of a step.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StepField {
    pub name: String,
    pub label: String,
    /// `text`, `long`, `figure`, `day`, `choice`, `choices`, `photo`, `photos`, `file` or `signature`.
    pub kind: String,
    pub unit: String,
    pub options: Vec<OptionView>,
    pub value: String,
}

/// What can be done next, or why it cannot.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct NextView {
    pub step: String,
    pub label: String,
    pub group: String,
    pub fields: Vec<StepField>,
    pub refused: Option<String>,
    /// What to know before it is done.
    pub warning: Option<String>,
    /// Whether it is what the dossier waits for.
    pub main: bool,
    /// What becomes final with it; empty where nothing does.
    pub issues: String,
    /// What cannot be undone, to be asked first.
    pub asks: Option<AskFirst>,
}

/// Something that cannot be undone, where a field says one of these values.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct AskFirst {
    pub field: String,
    pub values: Vec<String>,
    pub text: String,
}

/// A point where the terms fall below the law.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CollisionView {
    pub house: String,
    pub law: String,
    pub text: String,
    /// Where the point of law is not verified: that a lawyer should look at it.
    pub unverified: Option<String>,
}
