//! Every paper the house issues: its name in the store, the series its numbers run in, and whether it proves something that
//! must be kept when its client is erased.

use super::series::Series;

/// Declares the kinds of paper: each with its name in the store, its series, and what becomes of it at an erasure.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $stored:literal, $series:ident, $erased:ident;)+) => {
        /// A kind of paper.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum PaperKind { $($(#[$doc])* $name),+ }

        impl PaperKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the store. It never changes.
            #[must_use]
            pub const fn stored(self) -> &'static str {
                match self { $(Self::$name => $stored),+ }
            }

            /// The series its numbers run in.
            #[must_use]
            pub const fn series(self) -> Series {
                match self { $(Self::$name => Series::$series),+ }
            }

            /// What becomes of it when its client is erased.
            #[must_use]
            pub const fn erased(self) -> Erased {
                match self { $(Self::$name => Erased::$erased),+ }
            }
        }
    };
}

impl PaperKind {
    /// Whether the official notice of the legal guarantee goes with it to a consumer: what is said before the contract and with it (CEL
    /// VI.2, Dir. (EU) 2024/825).
    #[must_use]
    pub const fn goes_with_notice(self) -> bool {
        matches!(
            self,
            Self::Quote | Self::OrderConfirmation | Self::Invoice | Self::DepositInvoice
        )
    }

    /// The sheet it is printed on, by which a printer is remembered: `labels`, `receipts` for those of a till, else `a4`.
    #[must_use]
    pub fn sheet(self) -> &'static str {
        if matches!(self, Self::PaymentReceipt | Self::RefundReceipt) {
            "receipts"
        } else if self.series() == Series::Labels {
            "labels"
        } else {
            "a4"
        }
    }
}

/// What becomes of a paper when its client is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// It proves what accounting holds, or how a withdrawal or a claim was answered: it is kept ten years, whoever asks.
    Stays,
    /// Its bytes go.
    Goes,
}

kinds! {
    /// The receipt for what a client leaves.
    IntakeReceipt = "intake-receipt", Receipt, Goes;
    /// The valuation of a piece's gold.
    Valuation = "valuation", Valuation, Stays;
    /// A version of a quote.
    Quote = "quote", Quote, Goes;
    /// An answer of the Ask desk.
    Answer = "answer", Answer, Goes;
    /// Everything kept of a client.
    PersonalData = "personal-data", PersonalData, Goes;
    /// The answer to what a client asked of their data.
    PersonalAnswer = "personal-answer", PersonalData, Goes;
    /// The model form for withdrawal.
    WithdrawalForm = "withdrawal-form", WithdrawalForm, Goes;
    /// What the law has the client told before the order.
    WithdrawalInformation = "withdrawal-information", WithdrawalInformation, Goes;
    /// That a notice came in.
    Acknowledgement = "acknowledgement", Acknowledgement, Stays;
    /// That a price was wrong, and which is right.
    PriceNotice = "price-notice", PriceNotice, Goes;
    /// Leave to send goods back, under a number.
    RmaAuthorisation = "rma-authorisation", Authorisation, Stays;
    /// The label of a return.
    ReturnLabel = "return-label", Labels, Goes;
    /// The house's own return form.
    ReturnForm = "return-form", ReturnForm, Goes;
    /// What an inspection found.
    InspectionReport = "inspection-report", Inspection, Stays;
    /// What goes back for a case.
    RefundStatement = "refund-statement", CreditNote, Stays;
    /// What a client paid in advance, as an invoice.
    DepositInvoice = "deposit-invoice", Invoice, Stays;
    /// The invoice for an order, or for a valuation.
    Invoice = "invoice", Invoice, Stays;
    /// What of an invoice is taken back.
    InvoiceCredit = "invoice-credit", InvoiceCredit, Stays;
    /// The slip of old gold that was bought.
    PurchaseSlip = "purchase-slip", Purchase, Stays;
    /// A payment that came in.
    PaymentReceipt = "payment-receipt", Payment, Stays;
    /// Money that went back.
    RefundReceipt = "refund-receipt", Payment, Stays;
    /// The sums of an exchange.
    ExchangeStatement = "exchange-statement", Exchange, Stays;
    /// The decision on a warranty claim.
    WarrantyDecision = "warranty-decision", Decision, Stays;
    /// A case that is refused.
    Refusal = "refusal", Refusal, Stays;
    /// A parcel that was not taken.
    ParcelRefused = "parcel-refused", Refusal, Stays;
    /// What went back to the client of a case.
    HandedBack = "handed-back", Delivery, Stays;
    /// The order as it was accepted.
    OrderConfirmation = "order-confirmation", Order, Stays;
    /// The consents a client gave.
    ConsentForm = "consent-form", Consent, Goes;
    /// A payment that is asked for.
    PaymentRequest = "payment-request", Request, Stays;
    /// A design to approve.
    DesignSheet = "design-sheet", Design, Goes;
    /// Another date.
    DateChange = "date-change", DateChange, Goes;
    /// What was collected or shipped.
    DeliveryNote = "delivery-note", Delivery, Stays;
    /// The details that go with a piece.
    OrderSheet = "order-sheet", OrderSheet, Goes;
    /// What of the client's own went back, or was lost.
    Restitution = "restitution", Restitution, Stays;
    /// What is kept of an order that ended, and what goes back.
    CreditNote = "credit-note", CreditNote, Stays;
    /// A reminder to collect.
    Reminder = "reminder", Reminder, Goes;
    /// The same by registered letter.
    RegisteredLetter = "registered-letter", Reminder, Goes;
    /// The workshop's own paper.
    JobCard = "job-card", JobCard, Goes;
    /// Labels for bags and trays.
    Labels = "labels", Labels, Goes;
    /// The file for the justice of the peace.
    JusticeFile = "justice-file", JusticeFile, Goes;
}

impl PaperKind {
    /// The kind of that name.
    #[must_use]
    pub fn named(stored: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.stored() == stored)
    }

    /// The key of its name in the words.
    #[must_use]
    pub fn word(self) -> String {
        format!("paper-kind-{}", self.stored())
    }
}
