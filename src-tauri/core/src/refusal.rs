//! A rule said no, with its facts. Refused is not broken: a refusal is an answer, and leaves the data as it was.

mod not_now;

pub use not_now::NotNow;

use crate::grounds::{Fact, Ground, Message};
use crate::money::Money;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Everything a rule, a form or the store can refuse. Each variant has one message in `refusals.ftl`, and the message
/// says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().key)]
pub enum Refusal {
    /// A field that must be filled in is empty.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// The text is no number.
    NotANumber {
        /// The field.
        field: &'static str,
        /// What was typed.
        typed: String,
    },
    /// The number has more digits after the mark than its unit holds.
    TooManyDecimals {
        /// The field.
        field: &'static str,
        /// What was typed.
        typed: String,
    },
    /// The number is beyond what its unit may hold.
    TooLarge {
        /// The field.
        field: &'static str,
    },
    /// The number must be above zero.
    NotPositive {
        /// The field.
        field: &'static str,
    },
    /// The most is below the least.
    MostBelowLeast {
        /// The field of the most.
        field: &'static str,
    },
    /// What was typed fits its fields, and still makes no sense together.
    Implausible {
        /// The field.
        field: &'static str,
    },
    /// New terms come into force today or later: what was concluded before keeps the terms it had.
    TermsInThePast {
        /// The day that was asked for.
        day: NaiveDate,
    },
    /// New terms come into force no earlier than the newest there are.
    TermsBeforeTheNewest {
        /// The day those come into force.
        day: NaiveDate,
    },
    /// What was typed can be, and looks like a slip: it is asked about before it is done.
    Doubtful {
        /// Each thing to be sure of.
        doubts: Vec<Message>,
    },
    /// The text is no colour.
    NotAColour {
        /// What was typed.
        typed: String,
    },
    /// The colour is too light to be read on white.
    ColourTooPale {
        /// What was typed.
        typed: String,
    },
    /// The logo holds what papers cannot carry.
    LogoCannotBeDrawn {
        /// The word that says what.
        what: &'static str,
    },
    /// The terms say the same as before.
    NothingChanged,
    /// What was to be put right says the same as before.
    NothingCorrected,
    /// An envelope that holds another piece in the house.
    EnvelopeInUse {
        /// What stands on it.
        envelope: String,
        /// The project it belongs to.
        project: String,
    },
    /// The question lacks something, or asks what cannot be.
    QuestionUnfinished,
    /// More cash than the law, or the house, lets a project take.
    CashOverLimit {
        /// The limit, for the whole project.
        limit: Money,
        /// What was taken so far.
        taken: Money,
    },
    /// The facts do not allow it now; the message says what is missing.
    NotNow(NotNow),
    /// The number must not be below zero.
    Negative {
        /// The field.
        field: &'static str,
    },
    /// The text is longer than it can be printed.
    TooLong {
        /// The field.
        field: &'static str,
        /// How many characters it may have.
        most: usize,
    },
    /// A title outside 1 to 999 thousandths.
    TitleOutOfRange {
        /// What was given.
        title: i64,
    },
    /// Stones and other parts weigh as much as the piece, or more.
    NothingLeftToWeigh {
        /// What was on the scale, in grams.
        gross: Decimal,
        /// What is not gold, in grams.
        other: Decimal,
    },
    /// A valuation fee below the house's least.
    FeeTooSmall {
        /// The least, where there is a fee at all.
        least: Money,
    },
    /// A repolish offer below the house's least.
    RepolishTooSmall {
        /// The least for a stone.
        least: Money,
    },
    /// No price of gold is known: nothing can be valued.
    NoGoldPrice,
    /// A gold price dated after today.
    PriceFromTheFuture {
        /// The day it claims.
        day: NaiveDate,
    },
    /// A gold price so old that it must be a slip of the pen.
    PriceTooOld {
        /// The day it claims.
        day: NaiveDate,
    },
    /// The text is no day.
    NotADay {
        /// The field.
        field: &'static str,
        /// What was typed.
        typed: String,
    },
    /// The text is no time of day.
    NotATime {
        /// What was typed.
        typed: String,
    },
    /// A quote without a line.
    NoLines,
    /// A quote that lapses before it is issued.
    LapsesInThePast {
        /// The day given.
        day: NaiveDate,
    },
    /// An IBAN whose check digits do not fit.
    BadIban {
        /// What was typed.
        typed: String,
    },
    /// An enterprise number whose check digits do not fit.
    BadEnterpriseNumber {
        /// What was typed.
        typed: String,
    },
    /// An RMA number that is none, or whose check character does not fit.
    BadRma {
        /// What was typed.
        typed: String,
    },
    /// The paper's bytes are gone: its client asked to be forgotten.
    PaperErased,
    /// The client has open business: nothing is erased before it is done.
    StillOpen {
        /// The numbers of what is open.
        numbers: String,
    },
    /// Another case is about the same piece.
    OtherCase {
        /// Its number.
        number: String,
    },
    /// The file is larger than can be kept.
    FileTooLarge {
        /// The most, in megabytes.
        most: u32,
    },
    /// An e-mail address without an @ and a domain.
    BadEmail {
        /// What was typed.
        typed: String,
    },
    /// What was typed is no country by two letters.
    BadCountry {
        /// As it was typed.
        typed: String,
    },
    /// The file is no picture this program reads.
    NotAPicture,
    /// The picture ends before it is complete.
    TruncatedPicture,
    /// A photo so much longer than broad that nothing can be seen on it.
    PictureTooNarrow,
    /// The picture has more pixels than can be handled safely.
    PictureTooLarge {
        /// The longest side allowed, in pixels.
        most: u32,
    },
    /// HEIC, which cannot be read here.
    HeicUnreadable,
    /// A piece that the rules call ineligible cannot be accepted for redesign.
    Ineligible,
    /// A borderline piece must be weighed or decided with a reason.
    ReasonNeeded,
    /// The house does not take pieces in before these consents are given.
    ConsentMissing {
        /// Which consent, a key of `words`.
        consent: String,
    },
    /// The receipt is not signed yet.
    NotSigned,
    /// Nothing to take in: no piece.
    NoPieces,
    /// The piece has neither a stone nor a metal part.
    EmptyPiece,
    /// Already done, and not done twice.
    AlreadyDone,
    /// The step needs a decision to accept the piece first.
    NotAccepted,
    /// The quote needs a valuation first, because the piece has gold to credit.
    NotValued,
    /// Only a stone of a piece that was taken in, and not yet weighed, is weighed.
    AlreadyWeighed,
    /// What was asked for does not exist (any more).
    NotFound,
    /// Someone else changed it since it was read.
    ChangedByAColleague {
        /// Their name; empty where that is not known.
        by: String,
        /// When, as it is read.
        at: String,
    },
    /// The CSV of prices has a problem.
    BadPriceLine {
        /// The line in the file, counted from 1.
        line: u64,
        /// What is wrong, a key of `words`.
        why: &'static str,
    },
    /// The house is not set up yet.
    NoHouse,
    /// The disk is full: nothing was written.
    DiskFull,
    /// The folder cannot be written to.
    ReadOnly,
    /// The file or its folder is not there (any more): a stick that was pulled out.
    FolderGone,
    /// What was being done was stopped.
    Stopped,
    /// The store lies on a server, which sees to that itself.
    OnlyOfAFile,
    /// An address of a server that is none.
    ServerAddress,
    /// The server does not answer.
    ServerUnreachable,
    /// Nobody this machine knows vouches for the server's certificate.
    ServerUntrusted {
        /// Its SHA-256, as whoever runs the server reads it there.
        fingerprint: String,
    },
    /// The server does not encrypt what is said to it.
    ServerPlain,
    /// The clocks of this machine and of the server differ too much.
    ClockDiffers {
        /// By how many minutes.
        minutes: u32,
    },
    /// The server does not let in: name or password.
    ServerLogin,
    /// The server has no such database.
    ServerNoDatabase,
    /// The line to the server broke.
    ServerGone,
    /// The server does not let that name do it.
    ServerMayNot,
    /// The server asks for a password.
    ServerPassword,
    /// The store that a house is to move into holds something already.
    NotEmpty,
    /// The house moved to another store.
    Moved,
    /// The store is encrypted, and no key was given.
    KeyNeeded,
    /// That key does not open it.
    WrongKey,
    /// A passphrase of fewer than twelve characters.
    PassphraseTooShort,
    /// The passphrase would be read as a key.
    PassphraseIsAKey,
    /// A file of that name is there already.
    FileExists,
    /// The file is no sound backup of this program.
    BadBackup {
        /// What is wrong with it.
        why: String,
    },
    /// A backup holds what changed since a whole one, which is not beside it.
    BackupWithoutWhole {
        /// The name of the whole one.
        whole: String,
    },
    /// Another machine, or another window, has the store open.
    InUse {
        /// The name of who changed it.
        by: String,
    },
    /// A clause of the house's own terms speaks against it.
    ByTerms {
        /// The clause, and what it says.
        why: Box<Ground>,
    },
    /// The role of who is working does not allow it.
    NotAllowed {
        /// The role, a word.
        role: String,
    },
    /// A PIN is four to twelve digits.
    BadPin,
    /// The PIN is wrong.
    WrongPin,
    /// Someone must sign in first.
    Locked,
    /// The last manager stays one.
    LastManager,
    /// Where people sign in, a manager must be able to.
    ManagerPinFirst,
}

impl From<NotNow> for Refusal {
    fn from(why: NotNow) -> Self {
        Self::NotNow(why)
    }
}

impl Refusal {
    /// Somebody changed it meanwhile: who, is looked up where the journal is known.
    #[must_use]
    pub const fn changed() -> Self {
        Self::ChangedByAColleague {
            by: String::new(),
            at: String::new(),
        }
    }

    /// The message that says it, with its facts.
    #[must_use]
    pub fn message(&self) -> Message {
        let field = |key, field: &str| Message::new(key).with("field", Fact::Word(format!("field-{field}")));
        let typed = |message: Message, typed: &str| message.with("typed", Fact::Text(typed.to_owned()));
        match self {
            Self::Missing { field: f } => field("refused-missing", f),
            Self::NotANumber { field: f, typed: t } => typed(field("refused-not-a-number", f), t),
            Self::TooManyDecimals { field: f, typed: t } => typed(field("refused-too-many-decimals", f), t),
            Self::TooLarge { field: f } => field("refused-too-large", f),
            Self::NotPositive { field: f } => field("refused-not-positive", f),
            Self::MostBelowLeast { field: f } => field("refused-most-below-least", f),
            Self::Implausible { field: f } => field("refused-implausible", f),
            Self::TermsInThePast { day } => Message::new("refused-terms-in-the-past").with("day", Fact::Day(*day)),
            Self::TermsBeforeTheNewest { day } => {
                Message::new("refused-terms-before-the-newest").with("day", Fact::Day(*day))
            }
            Self::NotAColour { typed: t } => typed(Message::new("refused-not-a-colour"), t),
            Self::ColourTooPale { typed: t } => typed(Message::new("refused-colour-too-pale"), t),
            Self::LogoCannotBeDrawn { what } => {
                Message::new("refused-logo").with("what", Fact::Word((*what).to_owned()))
            }
            Self::NothingChanged => Message::new("refused-nothing-changed"),
            Self::NothingCorrected => Message::new("refused-nothing-corrected"),
            Self::EnvelopeInUse { envelope, project } => Message::new("refused-envelope-in-use")
                .with("envelope", Fact::Text(envelope.clone()))
                .with("project", Fact::Text(project.clone())),
            Self::QuestionUnfinished => Message::new("refused-question-unfinished"),
            Self::CashOverLimit { limit, taken } => Message::new("refused-cash-over-limit")
                .with("limit", Fact::Money(*limit))
                .with("taken", Fact::Money(*taken)),
            Self::NotNow(why) => Message::new(why.key()),
            Self::Negative { field: f } => field("refused-negative", f),
            Self::TooLong { field: f, most } => {
                field("refused-too-long", f).with("most", Fact::Number(Decimal::from(*most)))
            }
            Self::TitleOutOfRange { title } => {
                Message::new("refused-title").with("title", Fact::Text(title.to_string()))
            }
            Self::NothingLeftToWeigh { gross, other } => Message::new("refused-nothing-left-to-weigh")
                .with("gross", Fact::Grams(*gross))
                .with("other", Fact::Grams(*other)),
            Self::FeeTooSmall { least } => Message::new("refused-fee").with("least", Fact::Money(*least)),
            Self::RepolishTooSmall { least } => Message::new("refused-repolish").with("least", Fact::Money(*least)),
            Self::NoGoldPrice => Message::new("refused-no-gold-price"),
            Self::PriceFromTheFuture { day } => {
                Message::new("refused-price-from-the-future").with("day", Fact::Day(*day))
            }
            Self::PriceTooOld { day } => Message::new("refused-price-too-old").with("day", Fact::Day(*day)),
            Self::NotADay { field: f, typed: t } => typed(field("refused-not-a-day", f), t),
            Self::NotATime { typed: t } => typed(Message::new("refused-not-a-time"), t),
            Self::ByTerms { why } => Message::new("refused-by-terms")
                .with("why", Fact::Said(Box::new(why.message.clone())))
                .with("article", Fact::Text(why.article.0.to_string())),
            Self::NoLines => Message::new("refused-no-lines"),
            Self::LapsesInThePast { day } => Message::new("refused-lapses-in-the-past").with("day", Fact::Day(*day)),
            Self::BadIban { typed: t } => typed(Message::new("refused-iban"), t),
            Self::BadEnterpriseNumber { typed: t } => typed(Message::new("refused-enterprise-number"), t),
            Self::BadRma { typed: t } => typed(Message::new("refused-rma"), t),
            Self::PaperErased => Message::new("refused-paper-erased"),
            Self::StillOpen { numbers } => {
                Message::new("refused-still-open").with("numbers", Fact::Text(numbers.clone()))
            }
            Self::OtherCase { number } => Message::new("refused-other-case").with("number", Fact::Text(number.clone())),
            Self::FileTooLarge { most } => {
                Message::new("refused-file-too-large").with("most", Fact::Number(Decimal::from(*most)))
            }
            Self::BadEmail { typed: t } => typed(Message::new("refused-email"), t),
            Self::BadCountry { typed: t } => typed(Message::new("refused-country"), t),
            Self::NotAPicture => Message::new("refused-not-a-picture"),
            Self::TruncatedPicture => Message::new("refused-truncated-picture"),
            Self::PictureTooNarrow => Message::new("refused-picture-too-narrow"),
            Self::PictureTooLarge { most } => {
                Message::new("refused-picture-too-large").with("most", Fact::Number(Decimal::from(*most)))
            }
            Self::HeicUnreadable => Message::new("refused-heic"),
            Self::Ineligible => Message::new("refused-ineligible"),
            Self::ReasonNeeded => Message::new("refused-reason-needed"),
            Self::ConsentMissing { consent } => {
                Message::new("refused-consent-missing").with("consent", Fact::Word(format!("consent-{consent}")))
            }
            Self::NotSigned => Message::new("refused-not-signed"),
            Self::NoPieces => Message::new("refused-no-pieces"),
            Self::EmptyPiece => Message::new("refused-empty-piece"),
            Self::AlreadyDone => Message::new("refused-already-done"),
            Self::NotAccepted => Message::new("refused-not-accepted"),
            Self::NotValued => Message::new("refused-not-valued"),
            Self::AlreadyWeighed => Message::new("refused-already-weighed"),
            Self::NotFound => Message::new("refused-not-found"),
            Self::ChangedByAColleague { by, .. } if by.is_empty() => Message::new("refused-changed-by-a-colleague"),
            Self::ChangedByAColleague { by, at } => Message::new("refused-changed-by")
                .with("by", Fact::Text(by.clone()))
                .with("at", Fact::Text(at.clone())),
            Self::BadPriceLine { line, why } => Message::new("refused-price-line")
                .with("line", Fact::Text(line.to_string()))
                .with("why", Fact::Word((*why).to_owned())),
            Self::Doubtful { doubts } => {
                let first = doubts.first().cloned();
                first.unwrap_or_else(|| Message::new("refused-nothing-changed"))
            }
            Self::NoHouse => Message::new("refused-no-house"),
            Self::DiskFull => Message::new("refused-disk-full"),
            Self::ReadOnly => Message::new("refused-read-only"),
            Self::FolderGone => Message::new("refused-folder-gone"),
            Self::Stopped => Message::new("refused-stopped"),
            Self::OnlyOfAFile => Message::new("refused-only-of-a-file"),
            Self::ServerAddress => Message::new("refused-server-address"),
            Self::ServerUnreachable => Message::new("refused-server-unreachable"),
            Self::ServerUntrusted { fingerprint } => {
                Message::new("refused-server-untrusted").with("fingerprint", Fact::Text(fingerprint.clone()))
            }
            Self::ServerPlain => Message::new("refused-server-plain"),
            Self::ClockDiffers { minutes } => {
                Message::new("refused-clock-differs").with("minutes", Fact::Number(Decimal::from(*minutes)))
            }
            Self::ServerLogin => Message::new("refused-server-login"),
            Self::ServerNoDatabase => Message::new("refused-server-no-database"),
            Self::ServerGone => Message::new("refused-server-gone"),
            Self::ServerMayNot => Message::new("refused-server-may-not"),
            Self::ServerPassword => Message::new("refused-server-password"),
            Self::NotEmpty => Message::new("refused-not-empty"),
            Self::Moved => Message::new("refused-moved"),
            Self::KeyNeeded => Message::new("refused-key-needed"),
            Self::WrongKey => Message::new("refused-wrong-key"),
            Self::PassphraseTooShort => Message::new("refused-passphrase"),
            Self::PassphraseIsAKey => Message::new("refused-passphrase-is-a-key"),
            Self::FileExists => Message::new("refused-file-exists"),
            Self::BadBackup { why } => Message::new("refused-bad-backup").with("why", Fact::Text(why.clone())),
            Self::BackupWithoutWhole { whole } => {
                Message::new("refused-backup-without-whole").with("whole", Fact::Text(whole.clone()))
            }
            Self::InUse { by } => Message::new("refused-in-use").with("by", Fact::Text(by.clone())),
            Self::NotAllowed { role } => {
                Message::new("refused-not-allowed").with("role", Fact::Word(format!("role-{role}")))
            }
            Self::BadPin => Message::new("refused-bad-pin"),
            Self::WrongPin => Message::new("refused-wrong-pin"),
            Self::Locked => Message::new("refused-locked"),
            Self::LastManager => Message::new("refused-last-manager"),
            Self::ManagerPinFirst => Message::new("refused-manager-pin-first"),
        }
    }

    /// The field to take the user back to, where there is one.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field }
            | Self::NotANumber { field, .. }
            | Self::TooManyDecimals { field, .. }
            | Self::TooLarge { field }
            | Self::NotPositive { field }
            | Self::MostBelowLeast { field }
            | Self::Implausible { field }
            | Self::Negative { field }
            | Self::TooLong { field, .. }
            | Self::NotADay { field, .. } => Some(field),
            Self::TitleOutOfRange { .. } => Some("title"),
            Self::NothingLeftToWeigh { .. } => Some("gross"),
            Self::FeeTooSmall { .. } => Some("fee"),
            Self::RepolishTooSmall { .. } => Some("repolish"),
            Self::PriceFromTheFuture { .. } | Self::PriceTooOld { .. } => Some("price-day"),
            Self::BadIban { .. } => Some("iban"),
            Self::BadEnterpriseNumber { .. } => Some("enterprise-number"),
            Self::BadEmail { .. } => Some("email"),
            Self::BadCountry { .. } => Some("country"),
            Self::BadRma { .. } => Some("rma"),
            Self::NotATime { .. } => Some("time"),
            Self::LapsesInThePast { .. } => Some("valid-until"),
            Self::EnvelopeInUse { .. } => Some("envelope"),
            Self::NotAColour { .. } | Self::ColourTooPale { .. } => Some("colour"),
            Self::LogoCannotBeDrawn { .. } => Some("logo"),
            Self::NoLines
            | Self::ByTerms { .. }
            | Self::NoGoldPrice
            | Self::NotAPicture
            | Self::TruncatedPicture
            | Self::PictureTooNarrow
            | Self::PictureTooLarge { .. }
            | Self::HeicUnreadable
            | Self::TermsInThePast { .. }
            | Self::TermsBeforeTheNewest { .. }
            | Self::Doubtful { .. }
            | Self::NothingChanged
            | Self::NothingCorrected
            | Self::CashOverLimit { .. }
            | Self::NotNow(_)
            | Self::QuestionUnfinished
            | Self::Ineligible
            | Self::ReasonNeeded
            | Self::ConsentMissing { .. }
            | Self::NotSigned
            | Self::NoPieces
            | Self::EmptyPiece
            | Self::AlreadyDone
            | Self::NotAccepted
            | Self::NotValued
            | Self::AlreadyWeighed
            | Self::NotFound
            | Self::ChangedByAColleague { .. }
            | Self::BadPriceLine { .. }
            | Self::NoHouse
            | Self::PaperErased
            | Self::StillOpen { .. }
            | Self::OtherCase { .. }
            | Self::FileTooLarge { .. }
            | Self::DiskFull
            | Self::ReadOnly
            | Self::FolderGone
            | Self::Stopped
            | Self::OnlyOfAFile
            | Self::ServerAddress
            | Self::ServerUnreachable
            | Self::ServerUntrusted { .. }
            | Self::ServerPlain
            | Self::ClockDiffers { .. }
            | Self::ServerLogin
            | Self::ServerNoDatabase
            | Self::ServerGone
            | Self::ServerMayNot
            | Self::ServerPassword
            | Self::NotEmpty
            | Self::Moved
            | Self::KeyNeeded
            | Self::WrongKey
            | Self::PassphraseTooShort
            | Self::PassphraseIsAKey
            | Self::FileExists
            | Self::BadBackup { .. }
            | Self::BackupWithoutWhole { .. }
            | Self::InUse { .. }
            | Self::NotAllowed { .. }
            | Self::BadPin
            | Self::WrongPin
            | Self::Locked
            | Self::LastManager
            | Self::ManagerPinFirst => None,
        }
    }
}
