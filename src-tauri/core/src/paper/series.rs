//! The series that numbers run in: `Q2026-0001` is the first quote of 2026.

/// Declares the series: each with its name in the store and the letters its numbers begin with.
macro_rules! series {
    ($($(#[$doc:meta])* $name:ident = $stored:literal, $letter:literal;)+) => {
        /// A series of numbers without gaps, counted anew each year.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Series { $($(#[$doc])* $name),+ }

        impl Series {
            /// Every series.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the store. It never changes: numbers go on where they stood.
            #[must_use]
            pub const fn stored(self) -> &'static str {
                match self { $(Self::$name => $stored),+ }
            }

            /// The letters its numbers begin with; no two series share theirs.
            #[must_use]
            pub const fn letter(self) -> &'static str {
                match self { $(Self::$name => $letter),+ }
            }
        }
    };
}

series! {
    /// Projects.
    Project = "project", "P";
    /// Valuation reports.
    Valuation = "valuation", "V";
    /// Quotes.
    Quote = "quote", "Q";
    /// After-sales cases.
    Case = "case", "C";
    /// Intake receipts.
    Receipt = "receipt", "R";
    /// Answers of the Ask desk.
    Answer = "answer", "A";
    /// The register of withdrawals.
    Register = "register", "W";
    /// Letters about a client's personal data.
    PersonalData = "personal-data", "PD";
    /// Withdrawal forms.
    WithdrawalForm = "withdrawal-form", "Y";
    /// Information sheets on the right of withdrawal.
    WithdrawalInformation = "withdrawal-information", "Z";
    /// Acknowledgements of a withdrawal.
    Acknowledgement = "acknowledgement", "U";
    /// RMA authorisations.
    Authorisation = "authorisation", "X";
    /// The house's own return forms.
    ReturnForm = "return-form", "RT";
    /// Notices of a wrong price.
    PriceNotice = "price-notice", "PN";
    /// Labels.
    Labels = "labels", "G";
    /// Inspection reports.
    Inspection = "inspection", "I";
    /// Credit notes and refund statements.
    CreditNote = "credit-note", "N";
    /// Invoices.
    Invoice = "invoice", "FA";
    /// Old gold that was bought.
    Purchase = "purchase", "GP";
    /// Credit notes on invoices.
    InvoiceCredit = "invoice-credit", "FC";
    /// Receipts for payments and refunds.
    Payment = "payment", "K";
    /// Exchange statements.
    Exchange = "exchange", "M";
    /// Decisions on a warranty claim.
    Decision = "decision", "WD";
    /// Refusals.
    Refusal = "refusal", "RF";
    /// Delivery notes, and receipts for what is handed back.
    Delivery = "delivery", "L";
    /// Order confirmations.
    Order = "order", "B";
    /// Consent forms.
    Consent = "consent", "T";
    /// Payment requests.
    Request = "request", "D";
    /// Design sheets.
    Design = "design", "S";
    /// Notices of another date. Until 2026 they shared the letter of cases, in a series of its own: `date-change`.
    DateChange = "date-change-notice", "DC";
    /// Order detail sheets.
    OrderSheet = "order-sheet", "O";
    /// Restitution receipts.
    Restitution = "restitution", "E";
    /// Reminders to collect.
    Reminder = "reminder", "H";
    /// Job cards.
    JobCard = "job-card", "J";
    /// Files for the justice of the peace.
    JusticeFile = "justice-file", "F";
}
