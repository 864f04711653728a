//! What can be done on a case now, whatever a form holds; and why not: also where it would take from a consumer what the law
//! gives.

use super::Basis;
use super::care::Care;
use super::case::{CaseHappened, Handling};
use super::file::CaseFile;
use super::warranty::Remedy;
use crate::aftersales::case::Against;
use crate::money::Money;
use crate::refusal::{NotNow, Refusal};
use crate::terms::Condition;

impl CaseFile {
    /// Whether anything can be done on it.
    ///
    /// # Errors
    /// [`NotNow::CaseClosed`].
    pub fn is_open(&self) -> Result<(), Refusal> {
        if self.closed() {
            Err(NotNow::CaseClosed.into())
        } else {
            Ok(())
        }
    }

    /// The step that wrote down what was written down last, where it was a slip that can be taken back.
    ///
    /// # Errors
    /// [`NotNow::NothingToTakeBack`].
    pub fn may_take_back(&self, id: &str) -> Result<&'static str, Refusal> {
        let last = self.told.last().filter(|last| last.id == id);
        last.and_then(|last| last.what.taken_back_by())
            .ok_or_else(|| NotNow::NothingToTakeBack.into())
    }

    /// Whether a notice can be registered.
    ///
    /// # Errors
    /// [`NotNow::NoNoticeNeeded`] or what [`Self::is_open`] refuses.
    pub fn may_notice(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.undoes() || self.case.kind.is_a_claim() {
            Ok(())
        } else {
            Err(NotNow::NoNoticeNeeded.into())
        }
    }

    /// Whether it can be acknowledged.
    ///
    /// # Errors
    /// [`NotNow::NoNotice`], [`Refusal::AlreadyDone`] or what [`Self::is_open`] refuses.
    pub fn may_acknowledge(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.noticed().is_none() {
            return Err(NotNow::NoNotice.into());
        }
        if self
            .happenings
            .iter()
            .any(|happening| matches!(happening.what, CaseHappened::Acknowledged { .. }))
        {
            Err(Refusal::AlreadyDone)
        } else {
            Ok(())
        }
    }

    /// Whether goods can come.
    ///
    /// # Errors
    /// [`NotNow::AlreadyArrived`], [`NotNow::NotOurWork`], [`NotNow::NeverLeft`] or what [`Self::is_open`] refuses.
    pub fn may_come_back(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.is_here() {
            return Err(NotNow::AlreadyArrived.into());
        }
        // What the house does not work on is not taken in for it (LV art. 17).
        if self.case.kind.is_work() && self.care == Some(Care::Refused) {
            return Err(NotNow::NotOurWork.into());
        }
        if self.undoes() && self.possession().is_none() && self.shipped().is_none() {
            return Err(NotNow::NeverLeft.into());
        }
        Ok(())
    }

    /// Whether they can be authorised to.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`], [`NotNow::NoRight`] or what [`Self::may_come_back`] refuses.
    pub fn may_authorise(&self) -> Result<(), Refusal> {
        self.may_come_back()?;
        if self.rma().is_some() {
            return Err(Refusal::AlreadyDone);
        }
        // A claim is looked at before it is known whether there is a right.
        if self.undoes() && self.basis() == Basis::None && !self.exchange_offered() {
            Err(NotNow::NoRight.into())
        } else {
            Ok(())
        }
    }

    /// Whether the piece can be looked at.
    ///
    /// # Errors
    /// [`NotNow::NotArrived`], [`NotNow::GoneAgain`] or what [`Self::is_open`] refuses.
    pub fn may_inspect(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.arrived().is_none() {
            return Err(NotNow::NotArrived.into());
        }
        if self.is_here() {
            Ok(())
        } else {
            Err(NotNow::GoneAgain.into())
        }
    }

    /// Whether a claim can be decided.
    ///
    /// # Errors
    /// [`NotNow::NoClaim`], [`NotNow::NoNotice`], [`Refusal::AlreadyDone`] or what [`Self::is_open`] refuses.
    pub fn may_decide(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if !self.case.kind.is_a_claim() {
            return Err(NotNow::NoClaim.into());
        }
        if self.notice_day().is_none() {
            return Err(NotNow::NoNotice.into());
        }
        // What was promised is not taken back: a second decision follows a repair or a replacement that did not help.
        match self.decided() {
            Some((_, Some(Remedy::Reduction | Remedy::Termination), _)) => Err(Refusal::AlreadyDone),
            // What was learned since a no may make it a yes.
            Some((_, None, _)) if self.remedies(true, true).value.is_empty() => Err(Refusal::AlreadyDone),
            Some((_, None | Some(Remedy::Repair | Remedy::Replacement), _)) | None => Ok(()),
        }
    }

    /// Whether the piece can be exchanged.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`], [`NotNow::NotArrived`], [`NotNow::NoExchange`] or what [`Self::is_open`] refuses.
    pub fn may_exchange(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.exchanged().is_some() || self.refunded() > Money::ZERO {
            return Err(Refusal::AlreadyDone);
        }
        if self.arrived().is_none() {
            return Err(NotNow::NotArrived.into());
        }
        if self.exchange_offered() {
            Ok(())
        } else {
            Err(NotNow::NoExchange.into())
        }
    }

    /// What can go back, where something is owed.
    ///
    /// # Errors
    /// [`NotNow::NothingToRefund`] or what [`Self::is_open`] refuses.
    pub fn may_refund(&self) -> Result<Money, Refusal> {
        self.is_open()?;
        let owed = self.owed();
        if owed > Money::ZERO {
            Ok(owed)
        } else {
            Err(NotNow::NothingToRefund.into())
        }
    }

    /// Whether the client can pay.
    ///
    /// # Errors
    /// [`NotNow::WorkIsFree`], [`NotNow::NothingOpen`] or what [`Self::is_open`] refuses.
    pub fn may_take_payment(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.care == Some(Care::Free) {
            return Err(NotNow::WorkIsFree.into());
        }
        if self.to_pay() > Money::ZERO || self.case.kind.is_work() {
            Ok(())
        } else {
            Err(NotNow::NothingOpen.into())
        }
    }

    /// The house says no only where there is no right, or where its own window lets it reject what came back unfit.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`], [`NotNow::ThereIsARight`], [`NotNow::DecideInstead`] or what [`Self::is_open`]
    /// refuses.
    pub fn may_refuse(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.refused().is_some() || self.exchanged().is_some() || self.refunded() > Money::ZERO {
            return Err(Refusal::AlreadyDone);
        }
        if self.case.kind.is_work() {
            // What a warranty covers is done.
            return if self.care == Some(Care::Free) {
                Err(NotNow::ThereIsARight.into())
            } else {
                Ok(())
            };
        }
        if self.case.kind.is_a_claim() {
            return Err(NotNow::DecideInstead.into());
        }
        if self.exchange_offered() {
            return Err(NotNow::ThereIsARight.into());
        }
        if self.basis() != Basis::None && !self.is_unfit() {
            Err(NotNow::ThereIsARight.into())
        } else {
            Ok(())
        }
    }

    /// Whether the piece can go to the client.
    ///
    /// # Errors
    /// [`NotNow::NothingToHandBack`] or what [`Self::is_open`] refuses.
    pub fn may_hand_back(&self) -> Result<(), Refusal> {
        self.is_open()?;
        if self.to_hand_back() {
            Ok(())
        } else {
            Err(NotNow::NothingToHandBack.into())
        }
    }

    /// Whether nothing is left to do.
    ///
    /// # Errors
    /// [`NotNow::RefundOpen`], [`NotNow::BalanceOpen`], [`NotNow::StillHeld`] or what [`Self::is_open`] refuses.
    pub fn may_close(&self) -> Result<(), Refusal> {
        self.is_open()?;
        // Who keeps the piece after all is owed nothing yet.
        if self.refund_due().is_some() {
            return Err(NotNow::RefundOpen.into());
        }
        if self.to_pay() > Money::ZERO {
            return Err(NotNow::BalanceOpen.into());
        }
        if self.holds_since().is_some() {
            Err(NotNow::StillHeld.into())
        } else {
            Ok(())
        }
    }

    /// Whether a parcel can be turned away: `tampered`, `no-rma`, or empty for no reason at all.
    ///
    /// # Errors
    /// [`NotNow::ParcelNoReason`] or [`NotNow::ParcelMustBeTaken`].
    pub fn may_turn_away(&self, why: Option<Against>) -> Result<(), Refusal> {
        // A number is the house's own wish: the law asks for none (CEL VI.51 §1), nor does the guarantee.
        let by_law = matches!(self.basis(), Basis::Statute | Basis::Guarantee);
        match why {
            None => Err(NotNow::ParcelNoReason.into()),
            Some(Against::NoRma) if by_law || self.terms.returns.rma_needed.value() != Some(&true) => {
                Err(NotNow::ParcelMustBeTaken.into())
            }
            _ => Ok(()),
        }
    }

    /// Whether a loss in value can come off what goes back. Only handling beyond what is needed to look at a piece costs the
    /// client (CEL VI.51 §2), and never more than was paid.
    ///
    /// # Errors
    /// [`NotNow::LossOfLooking`] or [`Refusal::TooLarge`].
    pub fn may_take_off(&self, loss: Money, handling: Handling, condition: Condition) -> Result<(), Refusal> {
        let used = matches!(condition, Condition::Worn | Condition::Damaged | Condition::Altered);
        if loss == Money::ZERO {
            Ok(())
        } else if handling == Handling::Needed || !used {
            Err(NotNow::LossOfLooking.into())
        } else if loss > self.paid() {
            Err(Refusal::TooLarge { field: "loss" })
        } else {
            Ok(())
        }
    }

    /// Whether it is known what was paid.
    ///
    /// # Errors
    /// That it is not.
    pub fn must_be_priced(&self) -> Result<(), Refusal> {
        if self.paid() > Money::ZERO {
            Ok(())
        } else {
            Err(NotNow::NoPrice.into())
        }
    }
}
