//! What can be done on an order now, whatever a form holds; and why not.

use super::dossier::Dossier;
use crate::ledger::{self, EntryKind};
use crate::money::Money;
use crate::order::{Happened, Happening, Stage};
use crate::refusal::{NotNow, Refusal};
use chrono::NaiveDate;

impl Dossier {
    /// Whether the intake can be withdrawn as a mistake: nothing followed from it.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`], or [`NotNow::SomethingFollowed`].
    pub fn may_withdraw(&self) -> Result<(), Refusal> {
        if self.withdrawn() {
            return Err(Refusal::AlreadyDone);
        }
        let decided = self.pieces.iter().any(|piece| piece.decision.is_some());
        let paid = ledger::counting(&self.entries).next().is_some();
        let corrections_only = self.happenings.iter().all(|happening| {
            matches!(
                happening.what,
                Happened::Corrected { .. } | Happened::ClientChanged { .. } | Happened::Noted { .. }
            )
        });
        if decided || paid || !corrections_only || !self.quotes.is_empty() || !self.valuations.is_empty() {
            return Err(NotNow::SomethingFollowed.into());
        }
        Ok(())
    }

    /// Whether facts of the intake can be put right: as long as there is anything to be done on it.
    ///
    /// # Errors
    /// [`NotNow::Withdrawn`], or [`NotNow::Over`].
    pub fn may_correct(&self) -> Result<(), Refusal> {
        if self.withdrawn() {
            return Err(NotNow::Withdrawn.into());
        }
        if self.stage() == Stage::Closed {
            return Err(NotNow::Over.into());
        }
        Ok(())
    }

    /// Whether a piece can be accepted or refused: while there is no order, and something of it is here.
    ///
    /// # Errors
    /// [`NotNow::AlreadyOrdered`], [`NotNow::AllSettled`], or what [`Self::may_correct`] refuses.
    pub fn may_decide(&self) -> Result<(), Refusal> {
        self.may_correct()?;
        if self.order.is_some() {
            return Err(NotNow::AlreadyOrdered.into());
        }
        let custody = self.custody();
        if !custody.is_empty() && custody.iter().all(|component| component.fate.is_some()) {
            return Err(NotNow::AllSettled.into());
        }
        Ok(())
    }

    /// Whether the project can be another client's: before anything binds the one it is of.
    ///
    /// # Errors
    /// [`NotNow::AlreadyOrdered`], or what [`Self::may_correct`] refuses.
    pub fn may_change_client(&self) -> Result<(), Refusal> {
        self.may_correct()?;
        if self.order.is_some() {
            return Err(NotNow::AlreadyOrdered.into());
        }
        Ok(())
    }

    /// What was written down last, where it was a slip that can be taken back.
    ///
    /// # Errors
    /// [`NotNow::NothingToTakeBack`].
    pub fn may_take_back(&self, id: &str) -> Result<&Happened, Refusal> {
        match self.told.last() {
            Some(last) if last.id == id && last.what.can_be_taken_back() => Ok(&last.what),
            Some(_) | None => Err(NotNow::NothingToTakeBack.into()),
        }
    }

    /// Whether the newest quote can be accepted.
    ///
    /// # Errors
    /// [`NotNow::QuoteOfAnother`], [`NotNow::NotSoldTo`], [`NotNow::ConsentsMissing`] or what [`Self::open_quote`] refuses.
    pub fn may_accept(&self) -> Result<(), Refusal> {
        // Whether the quote still held is a matter of the day the client said yes, which is typed.
        let quote = self.open_quote()?;
        let since = |happening: &&Happening| happening.id > quote.id;
        let another = |happening: &Happening| matches!(happening.what, Happened::ClientChanged { .. });
        if self.happenings.iter().filter(since).any(another) {
            return Err(NotNow::QuoteOfAnother.into());
        }
        if self
            .terms
            .orders
            .sells_to
            .value()
            .is_some_and(|clients| !clients.contains(&self.client.card.kind))
        {
            return Err(NotNow::NotSoldTo.into());
        }
        if !self.consents_missing().is_empty() {
            return Err(NotNow::ConsentsMissing.into());
        }
        Ok(())
    }

    /// Whether a quote can be issued and answered: before there is an order, and for one whose right price the client takes.
    ///
    /// # Errors
    /// [`NotNow::AlreadyOrdered`].
    pub fn may_quote(&self) -> Result<(), Refusal> {
        self.may_correct()?;
        if self.order.is_some() && self.price_taken().is_none() {
            Err(NotNow::AlreadyOrdered.into())
        } else {
            Ok(())
        }
    }

    /// Whether the price of the order stands: nothing is asked for, finished or handed over at one that was told to be wrong.
    ///
    /// # Errors
    /// [`NotNow::PriceOpen`].
    fn price_stands(&self) -> Result<(), Refusal> {
        if self.price_wrong().is_some() || self.price_taken().is_some() {
            Err(NotNow::PriceOpen.into())
        } else {
            Ok(())
        }
    }

    /// Whether the client can take the right price they were told of.
    ///
    /// # Errors
    /// [`NotNow::NoNewPrice`] or what [`Self::at_work`] refuses.
    pub fn may_take_price(&self) -> Result<NaiveDate, Refusal> {
        self.at_work()?;
        let (told, _) = self.price_wrong().ok_or(NotNow::NoNewPrice)?;
        Ok(told)
    }

    /// Whether the client can be told that the price was wrong: while nothing is finished, and not twice.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`], [`NotNow::AlreadyFinished`] or what [`Self::at_work`] refuses.
    pub fn may_correct_price(&self) -> Result<(), Refusal> {
        self.at_work()?;
        if self.price_wrong().is_some() || self.price_taken().is_some() {
            Err(Refusal::AlreadyDone)
        } else if self.finished().is_some() {
            Err(NotNow::AlreadyFinished.into())
        } else {
            Ok(())
        }
    }

    /// Whether a payment can be asked for.
    ///
    /// # Errors
    /// [`NotNow::NothingOpen`], [`NotNow::PriceOpen`] or what [`Self::at_work`] refuses.
    pub fn may_request(&self) -> Result<(), Refusal> {
        self.at_work()?;
        self.price_stands()?;
        match self.standing() {
            Some(standing) if standing.open > Money::ZERO => Ok(()),
            Some(_) | None => Err(NotNow::NothingOpen.into()),
        }
    }

    /// Whether a payment is awaited. What comes in all the same is booked from the statement of the bank.
    ///
    /// # Errors
    /// [`NotNow::NothingOpen`] or what [`Self::ordered`] refuses.
    pub fn may_be_paid(&self) -> Result<(), Refusal> {
        self.ordered()?;
        match self.standing() {
            Some(standing) if standing.open > Money::ZERO => Ok(()),
            Some(_) | None => Err(NotNow::NothingOpen.into()),
        }
    }

    /// Whether the valuation fee can be paid now.
    ///
    /// # Errors
    /// [`NotNow::AlreadyOrdered`], [`NotNow::NothingOpen`] or what [`Self::may_correct`] refuses.
    pub fn may_book_fee(&self) -> Result<(), Refusal> {
        self.may_correct()?;
        if self.order.is_some() {
            return Err(NotNow::AlreadyOrdered.into());
        }
        let booked = ledger::counting(&self.entries).any(|entry| entry.kind == EntryKind::ValuationFee);
        if booked || self.project.fee == Money::ZERO {
            Err(NotNow::NothingOpen.into())
        } else {
            Ok(())
        }
    }

    /// What can go back of an order, where something is owed.
    ///
    /// # Errors
    /// [`NotNow::NothingToRefund`] or what [`Self::ordered`] refuses.
    pub fn may_refund(&self) -> Result<Money, Refusal> {
        self.ordered()?;
        let back = self.owed_back();
        if back > Money::ZERO {
            Ok(back)
        } else {
            Err(NotNow::NothingToRefund.into())
        }
    }

    /// The design that waits for an answer.
    ///
    /// # Errors
    /// [`NotNow::DesignAnswered`], [`NotNow::NoDesign`] or what [`Self::at_work`] refuses.
    pub fn may_answer_design(&self) -> Result<String, Refusal> {
        self.at_work()?;
        match self.design() {
            Some((shown, None)) => Ok(shown.id.clone()),
            Some((_, Some(_))) => Err(NotNow::DesignAnswered.into()),
            None => Err(NotNow::NoDesign.into()),
        }
    }

    /// Whether the piece is still being made.
    ///
    /// # Errors
    /// [`NotNow::AlreadyFinished`] or what [`Self::at_work`] refuses.
    pub fn may_work(&self) -> Result<(), Refusal> {
        self.at_work()?;
        if self.finished().is_some() {
            Err(NotNow::AlreadyFinished.into())
        } else {
            Ok(())
        }
    }

    /// Whether it can be finished: approved, the deposit in, not standing still.
    ///
    /// # Errors
    /// [`NotNow::Paused`], [`NotNow::NotApproved`], [`NotNow::DepositOpen`], [`NotNow::PriceOpen`] or what
    /// [`Self::may_work`] refuses.
    pub fn may_finish(&self) -> Result<(), Refusal> {
        self.may_work()?;
        self.price_stands()?;
        if self.paused().is_some() {
            return Err(NotNow::Paused.into());
        }
        if self.approved().is_none() {
            return Err(NotNow::NotApproved.into());
        }
        if self.standing().is_none_or(|standing| standing.deposit_met.is_none()) {
            return Err(NotNow::DepositOpen.into());
        }
        Ok(())
    }

    /// Whether it can leave: finished, and paid.
    ///
    /// # Errors
    /// [`NotNow::NotFinished`], [`NotNow::AlreadyDelivered`], [`NotNow::BalanceOpen`] or what [`Self::at_work`]
    /// refuses.
    pub fn may_deliver(&self) -> Result<(), Refusal> {
        self.at_work()?;
        if self.finished().is_none() {
            return Err(NotNow::NotFinished.into());
        }
        if self.all_delivered() {
            return Err(NotNow::AlreadyDelivered.into());
        }
        // Title and balance: nothing leaves unpaid (LV art. 8, 13).
        if self.standing().is_some_and(|standing| standing.open > Money::ZERO) {
            return Err(NotNow::BalanceOpen.into());
        }
        Ok(())
    }

    /// Whether the client can be reminded to collect it.
    ///
    /// # Errors
    /// [`NotNow::AlreadyDelivered`], [`NotNow::NotFinished`] or what [`Self::at_work`] refuses.
    pub fn may_remind(&self) -> Result<(), Refusal> {
        self.at_work()?;
        match (self.finished(), self.all_delivered()) {
            (Some(_), false) => Ok(()),
            (Some(_), true) => Err(NotNow::AlreadyDelivered.into()),
            (None, _) => Err(NotNow::NotFinished.into()),
        }
    }

    /// Whether the order can be ended.
    ///
    /// # Errors
    /// [`NotNow::AlreadyDelivered`] or what [`Self::at_work`] refuses.
    pub fn may_cancel(&self) -> Result<(), Refusal> {
        self.at_work()?;
        if self.all_delivered() {
            Err(NotNow::AlreadyDelivered.into())
        } else {
            Ok(())
        }
    }

    /// The components without a fate.
    pub fn loose(&self) -> Vec<String> {
        self.custody()
            .into_iter()
            .filter(|component| component.fate.is_none())
            .map(|component| component.id)
            .collect()
    }

    /// Whether any component is still without a fate.
    ///
    /// # Errors
    /// [`NotNow::NothingInCustody`].
    pub fn may_settle(&self) -> Result<(), Refusal> {
        if self.loose().is_empty() {
            Err(NotNow::NothingInCustody.into())
        } else {
            Ok(())
        }
    }
}
