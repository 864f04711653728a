//! Why something cannot be done now: the closed list of reasons, each with its message.

/// Declares the reasons, each with the key of its message.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)+) => {
        /// Why something cannot be done now. The message of each says what to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum NotNow { $($(#[$doc])* $name),+ }

        impl NotNow {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The key of its message in `refusals.ftl`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

reasons! {
    /// Something followed from this intake: decline or refuse instead of withdrawing it.
    SomethingFollowed = "refused-something-followed";
    /// This intake was withdrawn as a mistake: nothing more is done on it.
    Withdrawn = "refused-withdrawn";
    /// The project is closed, or its client was forgotten: nothing of its intake is changed any more.
    Over = "refused-over";
    /// The quote names another client: it is issued again for the one the project is of.
    QuoteOfAnother = "refused-quote-of-another";
    /// The card became one with another, or its client was forgotten.
    CardGone = "refused-card-gone";
    /// Something else happened since, or it cannot be undone. Correct it where it stands.
    NothingToTakeBack = "refused-nothing-to-take-back";
    /// Nothing of the piece is in the house any more: there is nothing to decide.
    AllSettled = "refused-all-settled";
    /// There is no gold on any piece, and no stone the house makes an offer for.
    NothingToValue = "refused-nothing-to-value";
    /// The fee was paid already: correct the payment first.
    FeePaid = "refused-fee-paid";
    /// The stone or part has been moved or weighed, or met its fate: it stays on the piece.
    ComponentUsed = "refused-component-used";
    /// The piece is here already.
    AlreadyArrived = "refused-already-arrived";
    /// The last delivery is done. Open an after-sales case if there is something.
    AlreadyDelivered = "refused-already-delivered";
    /// The piece is finished already: go on with payment and delivery.
    AlreadyFinished = "refused-already-finished";
    /// The quote is accepted already: go on with the order.
    AlreadyOrdered = "refused-already-ordered";
    /// A balance is still open: book it first, nothing is delivered unpaid.
    BalanceOpen = "refused-balance-open";
    /// The order has ended: pay back and return the components.
    Cancelled = "refused-cancelled";
    /// The case is closed. Open a new one.
    CaseClosed = "refused-case-closed";
    /// No more goes back in cash than came in cash. Choose other means.
    CashBack = "refused-cash-back";
    /// The question speaks of another kind of client than the card. Correct one of them.
    ClientKind = "refused-client-kind";
    /// Choose only components that are still in custody.
    ComponentGone = "refused-component-gone";
    /// Record the consents the house asks for first.
    ConsentsMissing = "refused-consents-missing";
    /// What was paid with store credit does not go back as money.
    CreditAsMoney = "refused-credit-as-money";
    /// The client still has store credit with the house. Settle it first.
    CreditOpen = "refused-credit-open";
    /// This store credit was spent since and cannot be undone.
    CreditSpent = "refused-credit-spent";
    /// The client has less store credit than that.
    CreditTooSmall = "refused-credit-too-small";
    /// Choose a day later than today and than the day agreed.
    DateNotLater = "refused-date-not-later";
    /// Choose today or a day that has passed: what has not happened is not written down.
    DayAhead = "refused-day-ahead";
    /// Choose a day on or after what came before it: order, design or completion.
    DayBefore = "refused-day-before";
    /// That day is before what it follows. Check the days of the case.
    DayOrder = "refused-day-order";
    /// A claim is answered by “Decide on the claim”.
    DecideInstead = "refused-decide-instead";
    /// The deposit is still open: book it first.
    DepositOpen = "refused-deposit-open";
    /// This design was answered already: show a new one.
    DesignAnswered = "refused-design-answered";
    /// With that the facts no longer make sense together: check the order of the days.
    FactImplausible = "refused-fact-implausible";
    /// Choose a fate that fits: a stone is not melted, metal is not set.
    FateDoesNotFit = "refused-fate-does-not-fit";
    /// The piece has left the house again.
    GoneAgain = "refused-gone-again";
    /// The client pays nothing here: leave the cost empty, or choose a label of the house where the client bears the way back.
    LabelIsFree = "refused-label-is-free";
    /// Only what was handled beyond looking, and is worn, damaged or altered, loses value at the client’s cost.
    LossOfLooking = "refused-loss-of-looking";
    /// The client has not consented to melting yet: record it first.
    MeltingConsent = "refused-melting-consent";
    /// This payment of the bank's statement is booked already.
    PaymentBooked = "refused-payment-booked";
    /// Choose a means of payment that the terms know.
    Method = "refused-method";
    /// The piece never left the house: nothing comes back.
    NeverLeft = "refused-never-left";
    /// The terms know no cancellation by the client of such an order: end it by agreement.
    NoCancellation = "refused-no-cancellation";
    /// There is no claim to decide on.
    NoClaim = "refused-no-claim";
    /// Show a design first.
    NoDesign = "refused-no-design";
    /// The house does not exchange this piece. The answer above says why.
    NoExchange = "refused-no-exchange";
    /// There is no new date to answer: propose one first.
    NoNewDate = "refused-no-new-date";
    /// Register the client’s notice first.
    NoNotice = "refused-no-notice";
    /// Work on a piece needs no notice.
    NoNoticeNeeded = "refused-no-notice-needed";
    /// The price is not known yet: note it under “Learn or correct a fact”.
    NoPrice = "refused-no-price";
    /// There is no quote yet: issue one first.
    NoQuote = "refused-no-quote";
    /// There is no right to send this back. The answer above says why.
    NoRight = "refused-no-right";
    /// This house’s terms offer no store credit.
    NoStoreCredit = "refused-no-store-credit";
    /// Have the client approve the design first.
    NotApproved = "refused-not-approved";
    /// The piece is not here yet.
    NotArrived = "refused-not-arrived";
    /// The piece is not finished yet: mark it finished first.
    NotFinished = "refused-not-finished";
    /// The house is not late yet: choose another cause.
    NotLate = "refused-not-late";
    /// There is no order yet: have the client accept the quote first.
    NotOrdered = "refused-not-ordered";
    /// Production does not stand still: there is nothing to resume.
    NotPaused = "refused-not-paused";
    /// The terms leave out this kind of client: check the card or the terms.
    NotSoldTo = "refused-not-sold-to";
    /// Every component has its fate already.
    NothingInCustody = "refused-nothing-in-custody";
    /// Nothing is open any more: there is nothing to ask for or book.
    NothingOpen = "refused-nothing-open";
    /// There is nothing to hand back now.
    NothingToHandBack = "refused-nothing-to-hand-back";
    /// There is nothing to pay back. End the order first if it does not go through.
    NothingToRefund = "refused-nothing-to-refund";
    /// Money goes back the way it came, unless the client expressly agrees to something else. Tick that they do, or choose the same means.
    OtherMeans = "refused-other-means";
    /// That RMA belongs to another case. Search for it to open that one.
    OtherRma = "refused-other-rma";
    /// An RMA is the house’s own wish: the client’s right does not depend on it. Take the parcel in.
    ParcelMustBeTaken = "refused-parcel-must-be-taken";
    /// Nothing speaks against this parcel: it is sealed and carries its RMA.
    ParcelNoReason = "refused-parcel-no-reason";
    /// Production stands still: resume it first.
    Paused = "refused-paused";
    /// The client cannot have it before it left: check the day.
    PossessionBefore = "refused-possession-before";
    /// This paper says where goods or notices go. Fill in the house's street, postal code and town first.
    NoHouseAddress = "refused-no-house-address";
    /// The house does not work on this piece: it is not taken in. Hand it back, or tell the client no.
    NotOurWork = "refused-not-our-work";
    /// The client was told of no other price.
    NoNewPrice = "refused-no-new-price";
    /// The price of this quote was wrong: issue a new version with the right one.
    PriceCorrected = "refused-price-corrected";
    /// The client was told of another price, and the order waits for it.
    PriceOpen = "refused-price-open";
    /// The right price is not another.
    SamePrice = "refused-same-price";
    /// The client declined this quote: issue a new version.
    QuoteDeclined = "refused-quote-declined";
    /// The quote does not hold on that day: issue a new version, or check the day.
    QuoteLapsed = "refused-quote-lapsed";
    /// Money is still due to the client. Refund it first.
    RefundOpen = "refused-refund-open";
    /// Do not pay back more than is due: lower the amount.
    RefundTooMuch = "refused-refund-too-much";
    /// Choose a day on or after the suspension began.
    ResumeBefore = "refused-resume-before";
    /// This step is ticked already: choose another.
    StepDone = "refused-step-done";
    /// The house still holds the piece. Hand it back or settle it first.
    StillHeld = "refused-still-held";
    /// The client has a right here, and it is not refused. The answer above says which.
    ThereIsARight = "refused-there-is-a-right";
    /// The order is being undone in an after-sales case: look there.
    Undone = "refused-undone";
    /// The house’s warranty covers this work: it costs the client nothing.
    WorkIsFree = "refused-work-is-free";
    /// No guarantee covers this: choose “not covered”, and the reasons are printed.
    ClaimNotCovered = "refused-claim-not-covered";
    /// Repair or replacement comes first. Note that it failed before, if it did.
    RemedyLater = "refused-remedy-later";
    /// The house is no seller yet: its name, address and enterprise number first.
    InvoiceSeller = "refused-invoice-seller";
    /// The client has no address: an invoice names where its buyer is.
    InvoiceBuyer = "refused-invoice-buyer";
    /// Nothing was paid that stands on no invoice yet.
    InvoiceNothingPaid = "refused-invoice-nothing-paid";
    /// Everything is delivered: the invoice for the whole order is due.
    InvoiceFinal = "refused-invoice-final";
    /// The order is invoiced already: credit that invoice first.
    InvoicedAlready = "refused-invoiced-already";
    /// There is no invoice of which anything is left to credit.
    InvoiceNone = "refused-invoice-none";
    /// More than is left of the invoice is not credited.
    CreditAboveInvoice = "refused-credit-above-invoice";
    /// None of the client's gold is in this order.
    NoGoldBought = "refused-no-gold-bought";
    /// The purchase is written down already.
    GoldBought = "refused-gold-bought";
    /// The purchase of the gold comes before its melting.
    GoldNotBought = "refused-gold-not-bought";
    /// Gold that was bought waits before it is melted.
    GoldWaits = "refused-gold-waits";
    /// The official notice of the guarantee is a PDF, as the Commission gives it out.
    NoticeNoPdf = "refused-notice-no-pdf";
    /// An address of the web begins with https://.
    NoWebAddress = "refused-no-web-address";
    /// A second-hand piece comes under the margin scheme, and shows no VAT.
    SecondHandVat = "refused-second-hand-vat";
    /// A rate that no Belgian invoice bears, or none beside the reason.
    InvoiceRate = "refused-invoice-rate";
    /// The margin scheme is for second-hand pieces alone.
    InvoiceMargin = "refused-invoice-margin";
    /// The client has no VAT number of another member state.
    InvoiceNoNumberThere = "refused-invoice-no-number-there";
    /// What stays in the Union is not exported.
    InvoiceStaysInside = "refused-invoice-stays-inside";
    /// Nothing proves that the goods left.
    InvoiceNoProof = "refused-invoice-no-proof";
    /// Goods that leave without VAT are invoiced once they were sent.
    InvoiceNotSent = "refused-invoice-not-sent";
    /// The last invoice bears a later day.
    InvoiceDayBack = "refused-invoice-day-back";
    /// A Belgian business is given the structured file first.
    InvoiceStructuredFirst = "refused-invoice-structured-first";
}
