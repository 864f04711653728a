// Written from the core's own types by tests/bindings.rs: change them there.

export type AcceptQuote = { channel: string, day: string, words: string, signature: Signature, 
/**
 * How the contract came about. It and the destination are absent in journal entries of before they were asked.
 */
concluded: string | null, delivered_to: string | null, country: string, address: string, };

export type Accounts = { sales: string, vat: string, clients: string, };

export type Action = { "do": "set-up-house", 
/**
 * The id of the ready-made house.
 */
profile: string, 
/**
 * Its identity, as edited.
 */
identity: Identity, 
/**
 * The language of the screens.
 */
language: Language, 
/**
 * The name of who works there first.
 */
staff: string, 
/**
 * Whether it is a house to play with.
 */
example: boolean, } | { "do": "edit-house", 
/**
 * The version that was read.
 */
version: number, 
/**
 * Its identity, as edited.
 */
identity: Identity, 
/**
 * The language of the screens.
 */
language: Language, 
/**
 * The deduction for melting and refining, in per cent, as typed.
 */
deduction_pct: string, } | { "do": "add-staff", 
/**
 * Their name.
 */
name: string, } | { "do": "change-staff", 
/**
 * Its id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What they may do.
 */
role: Role, 
/**
 * Whether they still work here.
 */
active: boolean, } | { "do": "keep-photo", 
/**
 * The file's name.
 */
name: string, } | { "do": "add-client", 
/**
 * Their card.
 */
card: Card, } | { "do": "edit-client", 
/**
 * Its id.
 */
id: string, 
/**
 * The version that was read.
 */
version: number, 
/**
 * Their card.
 */
card: Card, } | { "do": "import-clients", 
/**
 * Their cards.
 */
clients: Array<Imported>, } | { "do": "edit-mail", 
/**
 * The kind of paper it goes with.
 */
kind: string, 
/**
 * In which language.
 */
language: Language, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Its text; empty for the usual one.
 */
text: string, } | { "do": "merge-clients", 
/**
 * The card that goes.
 */
gone: string, 
/**
 * The card that stays.
 */
kept: string, } | { "do": "take-in", 
/**
 * The form as typed.
 */
form: IntakeForm, 
/**
 * The draft that is done with.
 */
draft: string, } | { "do": "decide", 
/**
 * The piece's id.
 */
piece: string, 
/**
 * Whether it is accepted.
 */
accepted: boolean, 
/**
 * Why.
 */
reason: string, } | { "do": "correct", } & ({ "correct": "piece", 
/**
 * The piece's id.
 */
piece: string, 
/**
 * The version of its project that the form began from.
 */
version: number, 
/**
 * The form as typed.
 */
form: PieceForm, 
/**
 * The stones of the form by their ids, empty for one that was forgotten.
 */
stones: Array<string>, 
/**
 * Its metal parts alike.
 */
metals: Array<string>, 
/**
 * Why.
 */
reason: string, } | { "correct": "project", 
/**
 * The project's id.
 */
project: string, 
/**
 * Its version that the form began from.
 */
version: number, 
/**
 * What the client wants.
 */
wish: string, 
/**
 * The fee in euro, as typed.
 */
fee: string, 
/**
 * Why.
 */
reason: string, } | { "correct": "client", 
/**
 * The project's id.
 */
project: string, 
/**
 * Whose it is.
 */
client: Who, 
/**
 * Why.
 */
reason: string, } | { "correct": "withdraw", 
/**
 * The project's id.
 */
project: string, 
/**
 * Why.
 */
reason: string, } | { "correct": "take-back", 
/**
 * The project's id.
 */
project: string, 
/**
 * What is taken back, by its id.
 */
happening: string, } | { "correct": "take-back-on-case", 
/**
 * The case's id.
 */
case: string, 
/**
 * What is taken back, by its id.
 */
happening: string, }) | { "do": "weigh-stone", 
/**
 * The stone's id.
 */
stone: string, 
/**
 * Its weight in carats, as typed.
 */
weighed: string, } | { "do": "note-gold-price", 
/**
 * The day it is of, as typed.
 */
day: string, 
/**
 * `ounce` or `gram`.
 */
unit: string, 
/**
 * Euro, as typed.
 */
euro: string, 
/**
 * Where it comes from.
 */
source: string, } | { "do": "import-gold-prices", 
/**
 * The file's text.
 */
csv: string, 
/**
 * `ounce` or `gram`.
 */
unit: string, 
/**
 * Where they come from.
 */
source: string, 
/**
 * Whether lines with a problem are left out; refused where not.
 */
skip: boolean, } | { "do": "value", 
/**
 * The project's id.
 */
project: string, 
/**
 * The form as typed.
 */
form: ValueForm, } | { "do": "open-project", 
/**
 * Its kind.
 */
kind: ProjectKind, 
/**
 * For whom.
 */
client: Who, 
/**
 * What the client wants.
 */
wish: string, } | { "do": "take-step", 
/**
 * The project's id.
 */
project: string, } & ({ "step": "book-fee" } & BookFee | { "step": "correct-entry" } & CorrectEntry | { "step": "give-consents" } & GiveConsents | { "step": "accept-quote" } & AcceptQuote | { "step": "decline-quote" } & DeclineQuote | { "step": "price-error" } & PriceError | { "step": "take-price" } & TakePrice | { "step": "request-payment" } & RequestPayment | { "step": "book-payment" } & BookPayment | { "step": "book-refund" } & BookRefund | { "step": "issue-invoice" } & IssueInvoice | { "step": "credit-invoice" } & CreditInvoice | { "step": "buy-gold" } & BuyGold | { "step": "show-design" } & ShowDesign | { "step": "answer-design" } & AnswerDesign | { "step": "resume" } & Resume | { "step": "suspend" } & Suspend | { "step": "change-date" } & ChangeDate | { "step": "answer-date" } & AnswerDate | { "step": "add-note" } & AddNote | { "step": "note-size" } & NoteSize | { "step": "tick-step" } & TickStep | { "step": "finish" } & Finish | { "step": "deliver" } & Deliver | { "step": "confirm-possession" } & ConfirmPossession | { "step": "remind" } & Remind | { "step": "cancel" } & Cancel | { "step": "print" } & Print | { "step": "order-sheet" } & OrderSheet | { "step": "move-components" } & MoveComponents | { "step": "settle-components" } & SettleComponents | { "step": "weigh-metal" } & WeighMetal) | { "do": "close-days", 
/**
 * The first day, as typed.
 */
first: string, 
/**
 * The last, inclusive.
 */
last: string, 
/**
 * Why.
 */
reason: string, } | { "do": "reopen-days", 
/**
 * Its id.
 */
id: string, } | { "do": "change-terms", 
/**
 * The id of the newest version that was read.
 */
newest: string, 
/**
 * The day they come into force, as typed.
 */
day: string, 
/**
 * The terms as typed.
 */
form: TermsForm, } | { "do": "print-answer", 
/**
 * What was asked, as typed.
 */
form: AskForm, } | { "do": "open-case", 
/**
 * The case as typed.
 */
form: CaseForm, } | { "do": "take-case-step", 
/**
 * The case's id.
 */
case: string, } & ({ "step": "register-notice" } & RegisterNotice | { "step": "send-acknowledgement" } & SendAcknowledgement | { "step": "authorise-return" } & AuthoriseReturn | { "step": "note-dispatch" } & NoteDispatch | { "step": "receive-parcel" } & ReceiveParcel | { "step": "inspect" } & Inspect | { "step": "decide" } & Decide | { "step": "exchange" } & Exchange | { "step": "refund" } & Refund | { "step": "take-payment" } & TakePayment | { "step": "correct-entry" } & CorrectEntry | { "step": "refuse-case" } & RefuseCase | { "step": "hand-back" } & HandBack | { "step": "note-fact" } & NoteFact | { "step": "print-form" } & PrintForm | { "step": "close-case" } & CloseCase) | { "do": "keep-file", 
/**
 * The file's name.
 */
name: string, } | { "do": "print-withdrawal-form", 
/**
 * In which language.
 */
language: Language, } | { "do": "note-client", 
/**
 * The client's id.
 */
client: string, 
/**
 * What is noted.
 */
note: string, 
/**
 * The file's id; empty for none.
 */
file: string, } | { "do": "hand-over-invoice", 
/**
 * The id of its paper.
 */
paper: string, } | { "do": "ask-data", 
/**
 * The client's id.
 */
client: string, 
/**
 * What is asked of their data.
 */
right: string, 
/**
 * The day they asked, as typed.
 */
day: string, } | { "do": "answer-data", 
/**
 * The client's id.
 */
client: string, 
/**
 * What they asked.
 */
right: string, 
/**
 * Why it is not done, or not yet.
 */
reason: string, } | { "do": "give-data", 
/**
 * The client's id.
 */
client: string, } | { "do": "erase-client", 
/**
 * Whom.
 */
client: string, } | { "do": "issue-quote", 
/**
 * The project's id.
 */
project: string, 
/**
 * The form as typed.
 */
form: QuoteForm, };

export type AddNote = { note: string, file: string, };

export type Answer = StartView | FoundView | ExactView | null | ClientView | CardCheck | ContactsView | Array<Why> | MailView | Array<MailText> | CorrectionCheck | QuoteLinesView | CalendarView | Array<string> | ProjectView | IntakeCheck | ValueCheck | QuoteCheck | GoldView | PriceFileCheck | TermsView | TermsCheck | ComparedTerms | AskView | ProjectsView | ClientsView | CasesView | SoldView | CaseProposal | DataView | ReportView | BookView | CaseView | TodayView | MonthView | Array<ClosingView> | StatementView | Record<string, unknown>;

export type AnswerDate = { answer: string, day: string, };

export type AnswerDesign = { answer: string, day: string, words: string, };

export type AnswerView = { headline: string, lines: Array<OptionView>, why: Array<Why>, flags: Array<CollisionView>, 
/**
 * The whole of it as text.
 */
text: string, };

export type AskField = { path: string, label: string, 
/**
 * `text`, `figure`, `day`, `yes-no` or `choice`.
 */
kind: string, unit: string, options: Array<OptionView>, typed: string, 
/**
 * What holds where nothing is typed.
 */
hint: string, needed: boolean, };

export type AskFirst = { field: string, values: Array<string>, text: string, };

export type AskForm = { 
/**
 * Its kind.
 */
ask: string, 
/**
 * The house it is put to, `own` for the one the desk stands in.
 */
house: string, 
/**
 * The language of the answer.
 */
language: Language, 
/**
 * What was typed, field by field; a list holds an object an item.
 */
fields: Record<string, unknown>, 
/**
 * Whether other houses are asked too.
 */
compare: boolean, 
/**
 * The project it is about, whose order keeps its terms; empty where there is none.
 */
project: string, };

export type AskSection = { 
/**
 * The list it is an item of, and its place there.
 */
list: string | null, index: number, title: string, fields: Array<AskField>, };

export type AskView = { kinds: Array<OptionView>, houses: Array<OptionView>, sections: Array<AskSection>, lists: Array<ListView>, problems: Array<ProblemView>, answer: AnswerView | null, compared: Array<HouseAnswer>, 
/**
 * An intake that begins with these stones or parts.
 */
intake: IntakeForm | null, 
/**
 * A quote that begins with these lines, and the kind of its project.
 */
quote: [QuoteForm, ProjectKind] | null, 
/**
 * The kinds of case that can be opened on it.
 */
case: Array<OptionView>, };

export type AuthoriseReturn = { label: string, cost: string, };

export type Book = "day-receipts" | "sales" | "gold";

export type BookFee = { method: string, day: string, };

export type BookPayment = { amount: string, method: string, day: string, reference: string, 
/**
 * Why the house takes it by a means its terms do not name.
 */
decided: string, 
/**
 * Where the payment stands in the bank's statement; empty for one booked by hand.
 */
place: string, };

export type BookRefund = { amount: string, method: string, day: string, note: string, };

export type BookView = { table: ReportView, month: string, before: [number, number], after: [number, number], 
/**
 * What is to be known of it.
 */
note: string, };

export type BuyGold = { name: string, first_name: string, born: string, document: string, document_number: string, signature: Signature, };

export type CalendarDay = { number: number, 
/**
 * As a form holds it in full.
 */
typed: string, said: string, inside: boolean, today: boolean, chosen: boolean, 
/**
 * A day nobody works.
 */
off: boolean, };

export type CalendarView = { 
/**
 * As a form holds it in full; empty where it is no day.
 */
typed: string, 
/**
 * As it is said, with its weekday.
 */
said: string, title: string, weekdays: Array<string>, weeks: Array<Array<CalendarDay>>, before: [number, number], after: [number, number], };

export type Cancel = { by: string, reason: string, kept: string, day: string, 
/**
 * How the contract came about. It, what was ordered, and whether that can be restocked are absent in journal entries that
 * were written before they were asked.
 */
concluded: string | null, made: string | null, restockable: string | null, };

export type Card = { kind: ClientKind, language: Language, name: string, street: string, postcode: string, city: string, country: string, phone: string, email: string, second_contact: string, vat_number: string, 
/**
 * The sizes of their fingers, wrists and necks.
 */
sizes: string, 
/**
 * What they like, and cannot wear.
 */
preferences: string, 
/**
 * Days that matter to them: a birthday, a wedding.
 */
dates: string, };

export type CardCheck = { problems: Array<ProblemView>, duplicates: Array<ClientView>, };

export type CaseForm = { 
/**
 * What it is about, one of [`AskView`](super::AskView)'s kinds.
 */
kind: string, 
/**
 * Whose it is.
 */
client: Who, 
/**
 * What was sold.
 */
item: string, 
/**
 * The lines of the order it is about, where there is one.
 */
lines: Array<number>, 
/**
 * The facts, as asked at the desk.
 */
asked: AskForm, };

export type CaseKind = "withdrawal" | "return" | "exchange" | "cancellation" | "warranty" | "transport-damage" | "wrong-item" | "repair" | "resizing";

export type CaseLine = { id: string, number: string, kind: CaseKind, kind_text: string, stage: CaseStage, stage_text: string, client: string, item: string, headline: string, opened: string, 
/**
 * What is due first, and when.
 */
due: string, };

export type CaseProposal = { asked: AskForm, client: ClientView | null, item: string, lines: Array<number>, };

export type CaseStage = "open" | "expected" | "received" | "inspected" | "to-refund" | "to-hand-back" | "refused" | "settled" | "closed";

export type CaseView = { line: CaseLine, client: ClientView, project: OptionView | null, opened_by: string, 
/**
 * The terms that decide.
 */
terms: string, rma: string, facts: Array<OptionView>, 
/**
 * The same facts, as scripts ask about them.
 */
question: Record<string, unknown>, answer: AnswerView, next: Array<NextView>, tasks: Array<TaskView>, money: Array<SumView>, ledger: Array<LedgerLine>, papers: Array<PaperView>, evidence: Array<EvidenceView>, history: Array<HistoryLine>, };

export type CasesView = { lines: Array<CaseLine>, 
/**
 * Whether more follow.
 */
more: boolean, };

export type ChangeDate = { latest: string, cause: string, };

export type ChartView = { points: Array<[number, number]>, lowest: string, highest: string, first: string, last: string, };

export type ClauseForm = { 
/**
 * Whether the house says anything on the point.
 */
says: boolean, 
/**
 * The article it stands in.
 */
article: string, 
/**
 * What was typed or chosen, by the path of the field; the field of a simple clause has an empty path.
 */
fields: { [key in string]: Array<string> }, };

export type ClauseView = { key: string, label: string, 
/**
 * What it says; nothing where the house is silent.
 */
text: string | null, article: string, 
/**
 * What it does: what it decides, which papers tell it, and what the law puts in its place.
 */
does: Array<string>, fields: Array<TermsField>, };

export type ClientKind = "consumer" | "business";

export type ClientView = { id: string, version: number, card: Card, address: string, projects: Array<ProjectLine>, cases: Array<CaseLine>, };

export type ClientsView = { lines: Array<ClientView>, 
/**
 * Whether more follow.
 */
more: boolean, };

export type CloseCase = { reason: string, };

export type ClosingView = { id: string, text: string, reason: string, };

export type CodeLine = "structured" | "free";

export type CollisionView = { house: string, law: string, text: string, 
/**
 * Where the point of law is not verified: that a lawyer should look at it.
 */
unverified: string | null, };

export type Column = "nothing" | "name" | "first-name" | "last-name" | "company" | "street" | "house-number" | "postcode" | "city" | "country" | "phone" | "second-contact" | "email" | "vat-number" | "language" | "sizes" | "preferences" | "dates";

export type ComparedRow = { group: string, label: string, says: Array<string>, articles: Array<string>, differs: boolean, };

export type ComparedTerms = { heads: Array<string>, rows: Array<ComparedRow>, differing: string, };

export type ConfirmPossession = { delivery: string, day: string, };

export type Consent = "melting" | "own-risk" | "sketches" | "terms" | "heartbeat" | "no-cancellation";

export type ConsentView = { consent: Consent, text: string, article: string, };

export type ContactColumn = { head: string, column: Column, };

export type ContactRow = { line: number, card: Card, address: string, problems: Array<string>, 
/**
 * The names of clients who may be the same person.
 */
like: Array<string>, };

export type ContactsView = { columns: Array<ContactColumn>, 
/**
 * What a column may be taken for.
 */
kinds: Array<OptionView>, rows: Array<ContactRow>, 
/**
 * Lines that hold no card.
 */
unread: Array<number>, };

export type CorrectEntry = { entry: string, reason: string, };

export type CorrectionCheck = { piece: PieceCheck, problems: Array<ProblemView>, };

export type Counts = "yes" | "maybe" | "no";

export type CreditInvoice = { invoice: string, amount: string, reason: string, };

export type CustodyLine = { name: string, 
/**
 * Where it is, or what became of it.
 */
text: string, settled: boolean, };

export type DataView = { 
/**
 * What was asked, corrected and erased, the last first.
 */
history: Array<HistoryLine>, 
/**
 * What is kept, how long, and why.
 */
retention: Array<string>, 
/**
 * What is due.
 */
due: Array<TaskView>, 
/**
 * Why nothing can be erased now.
 */
erase_refused: string | null, 
/**
 * What the house owes as store credit; empty for none.
 */
store_credit: string, papers: Array<PaperView>, erased: boolean, };

export type Decide = { remedy: string, amount: string, receipt: string, tried: string, day: string, note: string, 
/**
 * What the client paid to send it back, where the fault is the house's.
 */
return_cost: string, };

export type DecisionView = { accepted: boolean, text: string, reason: string, };

export type DeclineQuote = { day: string, reason: string, };

export type Deduction = { "kind": "all-in", 
/**
 * Per cent.
 */
percent: string, } | { "kind": "itemised", 
/**
 * What an untested or soldered alloy may lack.
 */
under_karat: string, 
/**
 * What is lost in melting.
 */
melt_loss: string, 
/**
 * The share the refiner pays.
 */
payable: string, 
/**
 * The refiner's fee.
 */
fee: string, };

export type Deliver = { how: string, items: string, carrier: string, tracking: string, last: string, day: string, signature: Signature, };

export type DesignView = { photo: string, text: string, };

export type DraftView = { id: string, 
/**
 * The id of who typed it; empty where it is anybody's.
 */
maker: string, 
/**
 * Their name.
 */
by: string, body: string, saved: string, };

export type DueGroup = { group: TaskGroup, 
/**
 * The first of it, by its day.
 */
tasks: Array<TaskView>, 
/**
 * How many there are, in words, and whether that is more than are shown.
 */
count: string, more: boolean, };

export type EarlierQuote = { title: string, lines: Array<QuoteLineForm>, };

export type Envelope = "right" | "left" | "din" | "plain";

export type EvidenceView = { photo: string | null, file: string | null, text: string, };

export type ExactView = { place: 'project' | 'case' | 'client', id: string, 
/**
 * The paper, where it is one's number.
 */
paper: string | null, 
/**
 * The piece, where it is its envelope.
 */
piece: string | null, };

export type Exchange = { item: string, price: string, day: string, };

export type Export = { "what": "report", 
/**
 * The report.
 */
report: Report, 
/**
 * The format of the file.
 */
format: string, } | { "what": "book", 
/**
 * The book.
 */
book: Book, 
/**
 * The year.
 */
year: number, 
/**
 * The month, from 1.
 */
month: number, 
/**
 * The format of the file.
 */
format: string, } | { "what": "invoices", 
/**
 * The year.
 */
year: number, 
/**
 * The month, from 1.
 */
month: number, } | { "what": "projects", 
/**
 * Their ids.
 */
ids: Array<string>, 
/**
 * The format of the file.
 */
format: string, } | { "what": "client-data", 
/**
 * The client's id.
 */
client: string, } | { "what": "attachment", 
/**
 * Its id.
 */
id: string, } | { "what": "invoice", 
/**
 * The id of its paper.
 */
paper: string, };

export type Finish = { day: string, };

export type FoundView = { 
/**
 * What was looked for: an answer is that to this text, and to no other.
 */
text: string, 
/**
 * What bears the whole of it as its number or envelope.
 */
exact: ExactView | null, clients: Array<ClientView>, projects: Array<ProjectLine>, cases: Array<CaseLine>, };

export type GiveConsents = { consents: Array<string>, signature: Signature, };

export type Given = { 
/**
 * What was consented to.
 */
consent: Consent, 
/**
 * The moment, as an instant.
 */
at: string, };

export type GoldView = { prices: Array<PriceView>, chart: ChartView | null, warning: string | null, today: string, };

export type HandBack = { how: string, carrier: string, tracking: string, day: string, signature: Signature, };

export type HistoryLine = { day: string, text: string, words: string, by: string, 
/**
 * A file that goes with it.
 */
file: string | null, };

export type HouseAnswer = { house: string, headline: string, lines: Array<OptionView>, 
/**
 * Whether it is the house the question was put to.
 */
asked: boolean, };

export type HouseView = { profile: string, 
/**
 * Whether it is a house to play with.
 */
example: boolean, version: number, identity: Identity, language: Language, deduction_pct: string, 
/**
 * The least valuation fee, as it is said beside the field.
 */
fee_hint: string, };

export type Identity = { 
/**
 * The name it trades under.
 */
name: string, 
/**
 * The name in the register.
 */
legal_name: string, 
/**
 * Street and number.
 */
street: string, 
/**
 * Postal code.
 */
postcode: string, 
/**
 * Town.
 */
city: string, 
/**
 * Country, two letters.
 */
country: string, 
/**
 * Enterprise number, `0786.549.343`; empty where unknown.
 */
enterprise_number: string, 
/**
 * E-mail.
 */
email: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * Website.
 */
website: string, 
/**
 * Account, in groups of four; empty where unknown.
 */
iban: string, 
/**
 * BIC of the account.
 */
bic: string, 
/**
 * What the client's pieces in the house are insured for, in euro as typed; empty where it is not said.
 */
insured: string, 
/**
 * In which line of a payment's QR code its references stand.
 */
code_line: CodeLine, 
/**
 * Where a letter's address stands.
 */
envelope: Envelope, 
/**
 * The colour of its papers' rules and marks, `#735c13`; empty for the program's gold.
 */
colour: string, 
/**
 * The file of its logo, as it was kept; empty where its name stands instead.
 */
logo: string, 
/**
 * The address of its online withdrawal function (Dir. (EU) 2023/2673); empty where it has none.
 */
withdrawal_function: string, 
/**
 * Whether a repair under the legal guarantee makes it twelve months longer (Dir. (EU) 2024/1799 art. 16): the house decides while
 * no Belgian law is found.
 */
longer_after_repair: boolean, 
/**
 * The official notice of the legal guarantee (Reg. (EU) 2025/1960) by language, as the house loaded it: a file's id. It is never
 * redrawn.
 */
guarantee_notices: { [key in string]: string }, 
/**
 * Whether deposit invoices stand on the final one as paid before, and not as lines taken off: as the house's accountant decides.
 */
deposits_as_paid: boolean, 
/**
 * The accounts of its sales, of the VAT on them and of its clients; the usual ones of the Belgian chart where they are empty.
 */
accounts: Accounts, 
/**
 * How many days old gold that was bought waits before it is melted, as typed; empty for none.
 */
gold_waits: string, 
/**
 * The languages it writes in, the first is the shop's own.
 */
languages: Array<string>, };

export type Imported = { 
/**
 * Their card.
 */
card: Card, };

export type Inspect = { complete: Array<string>, handling: string, condition: string, loss: string, cause: string, day: string, note: string, photos: Array<string>, };

export type IntakeCheck = { problems: Array<ProblemView>, pieces: Array<PieceCheck>, duplicates: Array<ClientView>, 
/**
 * The consents that a project of its kind is asked for.
 */
consents: Array<ConsentView>, 
/**
 * The means the fee can be paid by.
 */
means: Array<OptionView>, 
/**
 * Why the pieces cannot be taken in yet.
 */
refused: string | null, 
/**
 * The next of the house's own numbers of envelopes that is free; empty where it numbers none.
 */
next_envelope: string, 
/**
 * What becomes final.
 */
issues: string, 
/**
 * What the client signs, in their language.
 */
signed: Array<SignedLine>, };

export type IntakeForm = { kind: ProjectKind, client: Who, wish: string, pieces: Array<PieceForm>, fee: string, 
/**
 * How the fee was paid; empty where it is not paid yet.
 */
fee_method: string, consents: Array<Given>, signature: Signature, };

export type IssueInvoice = { what: string, 
/**
 * How VAT stands on it; Belgian VAT where it is not asked.
 */
treatment: string, proof: string, };

export type Language = "nl" | "fr" | "en" | "de";

export type LedgerLine = { day: string, what: string, amount: string, note: string, };

export type ListView = { name: string, add: string, };

export type MailText = { kind: string, kind_text: string, language: Language, subject: string, text: string, 
/**
 * Whether the house wrote it.
 */
own: boolean, };

export type MailView = { to: string, to_name: string, from: string, from_name: string, subject: string, text: string, language: Language, 
/**
 * The official notice of the legal guarantee that goes with it: a file's id.
 */
notice: string | null, };

export type MetalForm = { name: string, 
/**
 * The stamp as read; empty where there is none.
 */
stamp: string, title: string, 
/**
 * How the title was tested; empty where it is assumed from the stamp.
 */
tested: string, gross: string, mounted: string, other: string, };

export type MetalView = { name: string, title: string, tested: string, gross: string, warning: string, };

export type MonthDay = { number: number, inside: boolean, today: boolean, 
/**
 * A day nobody works: a weekend, a holiday, or a closing day.
 */
off: boolean, tasks: Array<TaskView>, 
/**
 * How many more there are.
 */
rest: number, };

export type MonthView = { title: string, weekdays: Array<string>, weeks: Array<Array<MonthDay>>, before: [number, number], after: [number, number], };

export type MoveComponents = { components: Array<string>, place: string, holder: string, signature: Signature, };

export type NextView = { step: string, label: string, group: string, fields: Array<StepField>, refused: string | null, 
/**
 * What to know before it is done.
 */
warning: string | null, 
/**
 * Whether it is what the dossier waits for.
 */
main: boolean, 
/**
 * What becomes final with it; empty where nothing does.
 */
issues: string, 
/**
 * What cannot be undone, to be asked first.
 */
asks: AskFirst | null, };

export type NoteDispatch = { day: string, carrier: string, tracking: string, };

export type NoteFact = { fact: string, value: string, reason: string, };

export type NoteSize = { finger: string, };

export type OptionView = { value: string, text: string, };

export type OrderSheet = { alloy: string, stones: string, nickel: string, care: string, };

export type Outcome = { staff: string | null, client: string | null, photo: string | null, file: string | null, project: string | null, case: string | null, paper: string | null, 
/**
 * How many prices were imported.
 */
imported: number | null, 
/**
 * What takes it back, where a slip can be.
 */
undo: Undo | null, };

export type PaperView = { id: string, name: string, number: string, issued: string, 
/**
 * That it shows what was put right since, and whether another stands in its place; empty where it holds.
 */
outdated: string, };

export type PieceCheck = { verdict: Verdict | null, verdict_text: string, why: Array<Why>, 
/**
 * A weight and its band a stone; empty where it cannot be read yet.
 */
stones: Array<string>, 
/**
 * Net, fine and value a part; empty where it cannot be read yet.
 */
metals: Array<string>, 
/**
 * The title each stamp stands for, where it says one.
 */
titles: Array<string | null>, 
/**
 * What the measured stones weigh together, to be typed as mounted.
 */
mounted: string, };

export type PieceForm = { description: string, condition: string, envelope: string, declared_value: string, stones: Array<StoneForm>, metals: Array<MetalForm>, 
/**
 * Ids of photos that are kept already.
 */
photos: Array<string>, };

export type PieceNow = { 
/**
 * The form as it would stand.
 */
form: PieceForm, 
/**
 * Its stones by their ids.
 */
stones: Array<string>, 
/**
 * Its metal parts alike.
 */
metals: Array<string>, };

export type PieceView = { id: string, description: string, condition: string, envelope: string, declared: string, photos: Array<string>, stones: Array<StoneView>, metals: Array<MetalView>, verdict: Verdict, verdict_text: string, why: Array<Why>, decision: DecisionView | null, 
/**
 * Why it cannot be accepted, where it cannot.
 */
accept_refused: string | null, 
/**
 * Why nothing can be decided of it any more, where nothing can.
 */
decide_refused: string | null, 
/**
 * As its form would hold it now, to put right.
 */
now: PieceNow, };

export type PriceError = { right_price: string, day: string, };

export type PriceFileCheck = { good: number, problems: Array<string>, };

export type PriceView = { id: string, day: string, price: string, per_gram: string, source: string, noted: string, };

export type Print = { paper: string, };

export type PrintForm = { paper: string, };

export type ProblemView = { path: string, text: string, };

export type ProfileView = { id: string, identity: Identity, summary: Array<Why>, };

export type ProjectKind = "tailor-made" | "redesign" | "made-to-order" | "stock";

export type ProjectLine = { id: string, number: string, client: string, kind: string, pieces: string, stage: Stage, stage_text: string, opened: string, 
/**
 * What is due first, and when.
 */
due: string, 
/**
 * What is owed for it; empty where nothing is.
 */
owed: string, thumb: string | null, };

export type ProjectView = { id: string, 
/**
 * How often its facts were put right or weighed: what a correction begins from.
 */
version: number, number: string, kind: ProjectKind, kind_text: string, stage: Stage, stage_text: string, opened: string, taken_in: string, client: ClientView, wish: string, fee: string, 
/**
 * As the form would hold it.
 */
fee_typed: string, fee_text: string, 
/**
 * Why nothing can be put right any more, where nothing can.
 */
correct_refused: string | null, 
/**
 * Why it stays this client's, where it does.
 */
client_refused: string | null, 
/**
 * Why the intake cannot be withdrawn, where it cannot.
 */
withdraw_refused: string | null, pieces: Array<PieceView>, consents: Array<string>, valuations: Array<ValuationView>, quotes: Array<QuoteView>, papers: Array<PaperView>, 
/**
 * After-sales cases on its pieces.
 */
cases: Array<CaseLine>, 
/**
 * Why the gold cannot be valued now, where it cannot.
 */
value_refused: string | null, 
/**
 * Why no quote can be issued now, where none can.
 */
quote_refused: string | null, 
/**
 * What becomes final with a valuation, and with a quote.
 */
value_issues: string, quote_issues: string, 
/**
 * A form to begin the quote with.
 */
quote_proposal: QuoteForm, 
/**
 * A deduction to begin the valuation with.
 */
deduction_proposal: string, price_text: string, 
/**
 * A warning where the price of gold is old.
 */
price_warning: string | null, 
/**
 * What can be done on the order, and why the rest cannot.
 */
next: Array<NextView>, 
/**
 * The one step it waits for: one of those, or `decide`, `value`, `quote`; empty where it waits for nothing.
 */
waits: string, 
/**
 * The stages a project of its kind goes through.
 */
path: Array<StageLine>, 
/**
 * What is due.
 */
tasks: Array<TaskView>, 
/**
 * The days of the order, in their order.
 */
days: Array<OptionView>, days_why: Array<Why>, 
/**
 * The order's money, line by line.
 */
money: Array<SumView>, ledger: Array<LedgerLine>, custody: Array<CustodyLine>, designs: Array<DesignView>, 
/**
 * What happened, the last first.
 */
history: Array<HistoryLine>, 
/**
 * A warning where what was weighed since asks for a new version of the quote.
 */
weighed_warning: string | null, };

export type ProjectsView = { lines: Array<ProjectLine>, 
/**
 * Whether more follow.
 */
more: boolean, 
/**
 * How many there are in all, in words; of the first part only.
 */
count: string, 
/**
 * The stages at which there are any; of the first part only.
 */
stages: Array<StageView>, };

export type ProposalView = { day: string, amount: string, from: string, reference: string, 
/**
 * The project whose request has that reference.
 */
project: string | null, project_text: string, 
/**
 * The amount and the day as they are typed into the booking.
 */
typed: [string, string], 
/**
 * Where it stands in the statement: what it is booked under.
 */
place: string, 
/**
 * Whether it is booked already, from a statement or by hand.
 */
booked: boolean, };

export type Question = { "about": "start" } | { "about": "search", 
/**
 * What is looked for; the newest where it is empty.
 */
text: string, } | { "about": "identify", 
/**
 * As it was read.
 */
text: string, } | { "about": "client", 
/**
 * Its id.
 */
id: string, } | { "about": "check-card", 
/**
 * As typed.
 */
card: Card, } | { "about": "check-contacts", 
/**
 * The file as it is, CSV or vCard.
 */
bytes: Array<number>, 
/**
 * What each column is taken for; guessed where it is not said.
 */
columns: Array<Column>, } | { "about": "check-piece", 
/**
 * The piece's id.
 */
piece: string, 
/**
 * As typed.
 */
form: PieceForm, } | { "about": "quote-lines", 
/**
 * What is looked for; the usual ones where it is empty.
 */
text: string, } | { "about": "grounds", 
/**
 * `project`, `case` or `client`.
 */
place: string, 
/**
 * The id of the dossier.
 */
id: string, 
/**
 * Which of its tasks, from 0.
 */
position: number, } | { "about": "mail", 
/**
 * The paper's id.
 */
paper: string, } | { "about": "mail-texts", 
/**
 * In which language.
 */
language: Language, } | { "about": "read-day", 
/**
 * As typed.
 */
text: string, 
/**
 * The month a calendar shows: that of the day, or of today, where none is named.
 */
month: [number, number] | null, } | { "about": "towns", 
/**
 * As typed.
 */
postcode: string, } | { "about": "project", 
/**
 * Its id.
 */
id: string, } | { "about": "check-intake", 
/**
 * As typed.
 */
form: IntakeForm, } | { "about": "check-value", 
/**
 * The project's id.
 */
project: string, 
/**
 * As typed.
 */
form: ValueForm, } | { "about": "check-quote", 
/**
 * The project's id.
 */
project: string, 
/**
 * As typed.
 */
form: QuoteForm, } | { "about": "gold" } | { "about": "check-price-file", 
/**
 * Its text.
 */
csv: string, 
/**
 * `ounce` or `gram`.
 */
unit: string, } | { "about": "terms", 
/**
 * The version's id.
 */
version: string | null, } | { "about": "check-terms", 
/**
 * As typed.
 */
form: TermsForm, } | { "about": "compare-terms", 
/**
 * Their ids.
 */
ids: Array<string>, } | { "about": "ask-desk", 
/**
 * As typed.
 */
form: AskForm, } | { "about": "projects", 
/**
 * What is looked for; everything where it is empty.
 */
text: string, 
/**
 * At which stages; at any where none is named.
 */
stages: Array<Stage>, 
/**
 * What they are sorted by.
 */
sort_by: SortBy, 
/**
 * Whether the last stands first.
 */
down: boolean, 
/**
 * The id of the last that was shown before.
 */
after: string | null, } | { "about": "clients", 
/**
 * What is looked for; everyone where it is empty.
 */
text: string, 
/**
 * The id of the last that was shown before.
 */
after: string | null, } | { "about": "cases", 
/**
 * What is looked for; everything where it is empty.
 */
text: string, 
/**
 * The id of the last that was shown before.
 */
after: string | null, } | { "about": "sold", 
/**
 * The project's id.
 */
project: string, } | { "about": "case-proposal", 
/**
 * The project's id.
 */
project: string, 
/**
 * Which lines; all of them where none is named.
 */
lines: Array<number>, 
/**
 * The kind of case.
 */
kind: string, } | { "about": "client-data", 
/**
 * The client's id.
 */
client: string, } | { "about": "report", 
/**
 * The report.
 */
report: Report, 
/**
 * Where it is read on from; its beginning is 0.
 */
from: number, } | { "about": "book", 
/**
 * The book.
 */
book: Book, 
/**
 * The year.
 */
year: number, 
/**
 * The month, from 1.
 */
month: number, } | { "about": "case", 
/**
 * Its id.
 */
id: string, } | { "about": "today", 
/**
 * The name of who began it; anyone where it is empty.
 */
by: string, 
/**
 * The group of which more than the first are shown.
 */
whole: TaskGroup | null, } | { "about": "month", 
/**
 * The year.
 */
year: number, 
/**
 * The month, from 1.
 */
month: number, } | { "about": "statement", 
/**
 * The file as it is, CODA or a table.
 */
bytes: Array<number>, } | { "about": "closings" } | { "about": "desk", 
/**
 * The question.
 */
question: Record<string, unknown>, };

export type QuoteCheck = { problems: Array<ProblemView>, 
/**
 * An amount a line; empty where it cannot be read yet.
 */
amounts: Array<string>, sums: Array<SumView>, window: string, 
/**
 * What delivery costs at that price, with the clause.
 */
delivery: string, refused: string | null, why: Array<Why>, };

export type QuoteForm = { intro: string, lines: Array<QuoteLineForm>, valid_until: string, 
/**
 * A longer window agreed for the project; both empty where the house's holds.
 */
days_min: string, days_max: string, 
/**
 * Ids of photos that are kept already.
 */
drawings: Array<string>, };

export type QuoteLineForm = { text: string, quantity: string, unit_price: string, vat: string, 
/**
 * Whether it is the delivery: it is paid with the order, and is no piece of it.
 */
delivery?: boolean, 
/**
 * Whether it is a second-hand piece, sold under the margin scheme: no VAT is shown on it.
 */
second_hand?: boolean, };

export type QuoteLinesView = { usual: Array<QuoteLineForm>, earlier: Array<EarlierQuote>, };

export type QuoteView = { number: string, version: number, total: string, to_pay: string, valid_until: string, lapsed: boolean, issued: string, 
/**
 * The form as it was issued, to revise from.
 */
form: QuoteForm, };

export type ReceiveParcel = { rma: string, seal: string, outcome: string, day: string, note: string, photos: Array<string>, };

export type Refund = { amount: string, method: string, agreed: string, day: string, note: string, };

export type RefuseCase = { day: string, note: string, };

export type RegisterNotice = { channel: string, day: string, time: string, words: string, file: string, price: string, };

export type Remind = { registered: string, day: string, };

export type RepolishForm = { 
/**
 * The stone's id.
 */
stone: string, 
/**
 * The offer in euro; empty for none.
 */
amount: string, };

export type Report = "open-cases" | "refunds" | "reasons" | "register" | "custody" | "projects";

export type ReportView = { title: string, heads: Array<string>, rows: Array<Array<string>>, 
/**
 * Columns of figures, by their place.
 */
figures: Array<number>, 
/**
 * Where it is read on from; nothing where this is the end.
 */
next: number | null, };

export type RequestPayment = { kind: string, due: string, };

export type Resume = { last: string, };

export type Role = "counter" | "designer" | "manager";

export type SendAcknowledgement = { channel: string, day: string, };

export type SettleComponents = { components: Array<string>, fate: string, note: string, signature: Signature, };

export type SheetRow = { part: string, title: string, gross: string, stones: string, other: string, net: string, fine: string, estimate: string, credit: string, };

export type ShowDesign = { photo: string, note: string, day: string, };

export type Signature = { "kind": "none" } | { "kind": "paper" } | { "kind": "screen", 
/**
 * The strokes.
 */
strokes: Array<Array<[number, number]>>, };

export type SignedLine = { 
/**
 * What it is of; empty where it says all itself.
 */
text: string, value: string, };

export type SoldView = { kinds: Array<OptionView>, number: string, client: string, lines: Array<OptionView>, };

export type SortBy = "opened" | "client" | "due";

export type StaffView = { id: string, name: string, role: Role, active: boolean, 
/**
 * Whether they sign in with a PIN.
 */
has_pin: boolean, };

export type Stage = "taken-in" | "refused" | "accepted" | "valued" | "quoted" | "lapsed" | "declined" | "ordered" | "in-production" | "paused" | "finished" | "shipped" | "delivered" | "closed" | "cancelled" | "withdrawn";

export type StageLine = { stage: Stage, text: string, 
/**
 * Whether it was reached.
 */
done: boolean, 
/**
 * Whether the project stands there.
 */
now: boolean, };

export type StageView = { stage: Stage, text: string, };

export type StartView = { house: HouseView | null, profiles: Array<ProfileView>, staff: Array<StaffView>, drafts: Array<DraftView>, };

export type StatementView = { payments: Array<ProposalView>, 
/**
 * What was left out, or does not add up, and why.
 */
notes: Array<string>, };

export type StepField = { name: string, label: string, 
/**
 * `text`, `long`, `figure`, `day`, `choice`, `choices`, `photo`, `photos`, `file` or `signature`.
 */
kind: string, unit: string, options: Array<OptionView>, value: string, };

export type StoneForm = { role: string, gem: string, gravity: string, 
/**
 * Whether it was weighed loose; measured in its setting where not.
 */
loose: boolean, weighed: string, cut: string, length: string, width: string, depth: string, girdle: string, note: string, };

export type StoneView = { id: string, name: string, note: string, measure: string, weight: string, 
/**
 * What was estimated before it was weighed.
 */
estimate: string, counts: Counts, counts_text: string, weighable: boolean, repolish_hint: string, };

export type SumView = { label: string, amount: string, strong: boolean, };

export type Suspend = { first: string, reason: string, };

export type TakePayment = { amount: string, method: string, day: string, };

export type TakePrice = { day: string, words: string, };

export type TaskGroup = "offer" | "client" | "money" | "bench" | "aftersales";

export type TaskView = { 
/**
 * Where it is done, and which.
 */
place: 'project' | 'case' | 'client', id: string, number: string, client: string, text: string, day: string, 
/**
 * `late`, `now` or `ahead`.
 */
when: string, group: TaskGroup, group_text: string, 
/**
 * The step that does it, and what that is called; empty where none alone does.
 */
step: string, step_text: string, 
/**
 * Who began it.
 */
by: string, 
/**
 * Its grounds, where its dossier is at hand.
 */
why: Array<Why>, 
/**
 * Where it is not, and there are some: the place of the task, to ask for them.
 */
asks_why: number | null, };

export type TermsCheck = { problems: Array<ProblemView>, changes: Array<ComparedRow>, collisions: Array<CollisionView>, };

export type TermsField = { path: string, label: string, kind: string, unit: string, options: Array<OptionView>, 
/**
 * The field and the word that make it needed; always where there is none.
 */
when: [string, string] | null, };

export type TermsForm = { 
/**
 * The letters the house is cited by.
 */
short: string, 
/**
 * The clauses.
 */
clauses: { [key in string]: ClauseForm }, };

export type TermsGroup = { key: string, label: string, clauses: Array<ClauseView>, };

export type TermsView = { id: string, newest: string, title: string, versions: Array<VersionView>, 
/**
 * The ready-made houses, to compare with.
 */
houses: Array<OptionView>, groups: Array<TermsGroup>, collisions: Array<CollisionView>, form: TermsForm, today: string, };

export type TickStep = { done: string, };

export type TodayView = { day: string, groups: Array<DueGroup>, 
/**
 * Who may have begun it.
 */
people: Array<string>, 
/**
 * That dossiers of an older store are still being looked at, and how many.
 */
behind: string | null, 
/**
 * What the client's pieces in the house are declared at.
 */
declared: string, 
/**
 * What is missing of what the law asks to show: the official notice of the guarantee, in which languages.
 */
notice_missing: string | null, 
/**
 * A warning where that is more than they are insured for.
 */
insured_warning: string | null, };

export type Undo = { "do": "correct", 
/**
 * `take-back`.
 */
correct: string, 
/**
 * The project's id.
 */
project: string, 
/**
 * What is taken back, by its id.
 */
happening: string, } | { "do": "correct", 
/**
 * `take-back-on-case`.
 */
correct: string, 
/**
 * The case's id.
 */
case: string, 
/**
 * What is taken back, by its id.
 */
happening: string, } | { "do": "edit-client", 
/**
 * Its id.
 */
id: string, 
/**
 * Its version now.
 */
version: number, 
/**
 * Their card as it was.
 */
card: Card, } | { "do": "reopen-days", 
/**
 * The closing's id.
 */
id: string, } | { "do": "close-days", 
/**
 * The first day.
 */
first: string, 
/**
 * The last, inclusive.
 */
last: string, 
/**
 * Why.
 */
reason: string, };

export type ValuationView = { number: string, credit: string, issued: string, };

export type ValueCheck = { problems: Array<ProblemView>, rows: Array<SheetRow>, deduction: string, credit: string, price: string, warning: string | null, refused: string | null, why: Array<Why>, 
/**
 * For each offer, what the stone weighs afterwards, and a warning.
 */
repolish: Array<string>, };

export type ValueForm = { 
/**
 * For melting and refining.
 */
deduction: Deduction, 
/**
 * Offers, stone by stone.
 */
repolish: Array<RepolishForm>, };

export type Verdict = "eligible" | "borderline" | "ineligible";

export type VersionView = { id: string, text: string, added: string, in_force: boolean, };

export type WeighMetal = { metal: string, gross: string, };

export type Who = { "kind": "known", 
/**
 * Their id.
 */
id: string, } | { "kind": "new", 
/**
 * Their card, as typed.
 */
card: Card, };

export type Why = { article: string, text: string, };

// What answers each question.
export type Answers = {
  'start': StartView;
  'search': FoundView;
  'identify': ExactView | null;
  'client': ClientView;
  'check-card': CardCheck;
  'check-contacts': ContactsView;
  'check-piece': CorrectionCheck;
  'quote-lines': QuoteLinesView;
  'grounds': Array<Why>;
  'mail': MailView;
  'mail-texts': Array<MailText>;
  'read-day': CalendarView;
  'towns': Array<string>;
  'project': ProjectView;
  'check-intake': IntakeCheck;
  'check-value': ValueCheck;
  'check-quote': QuoteCheck;
  'gold': GoldView;
  'check-price-file': PriceFileCheck;
  'terms': TermsView;
  'check-terms': TermsCheck;
  'compare-terms': ComparedTerms;
  'ask-desk': AskView;
  'projects': ProjectsView;
  'clients': ClientsView;
  'cases': CasesView;
  'sold': SoldView;
  'case-proposal': CaseProposal;
  'case': CaseView;
  'client-data': DataView;
  'report': ReportView;
  'book': BookView;
  'today': TodayView;
  'month': MonthView;
  'closings': Array<ClosingView>;
  'statement': StatementView;
  'desk': Record<string, unknown>;
};
