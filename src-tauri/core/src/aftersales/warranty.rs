//! A claim on the guarantee: what it covers, and what the house does about it, in the order the law gives.
//!
//! The legal guarantee concerns what was wrong when the piece was handed over; what use, abuse or others did since is none
//! of it. What shows within the two years is presumed to have been there, so a stone that fell out and a fault beside another
//! jeweller's work are covered until the house proves otherwise (CC 1649quater). A house's own warranty leaves out what it
//! says it leaves out, and is the client's choice beside the law's.

use super::{Basis, Reason};
use crate::grounds::{Article, Ground, Grounded};
use crate::terms::{Clause, Exception, Terms};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What the house does about a claim.
    pub enum Remedy in "remedy" {
        /// It repairs the piece.
        Repair = "repair",
        /// It replaces it.
        Replacement = "replacement",
        /// It gives part of the price back.
        Reduction = "reduction",
        /// The sale is undone.
        Termination = "termination",
    }
}

/// The facts of a claim.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// What the after-sales rules answered: the guarantee, the house's own warranty, or nothing.
    pub basis: Basis,
    /// What the client came with.
    pub reason: Reason,
    /// What the house found to be the cause; `None` for a fault of the making.
    pub cause: Option<Exception>,
    /// Whether the client has the receipt.
    pub receipt: bool,
    /// Whether repair or replacement was tried, cannot be done, or was not done in reasonable time.
    pub tried: bool,
    /// Whether the client may still withdraw: the sale is then undone without more.
    pub may_withdraw: bool,
}

/// The remedies open to the client; none where the claim is not covered. They cost the client nothing.
#[must_use]
pub fn remedies(claim: &Claim, terms: &Terms) -> Grounded<Vec<Remedy>> {
    let guarantee = Article::of("CC 1649quater");
    let refused = |article: &Article, key| Grounded {
        value: Vec::new(),
        grounds: vec![Ground::new(article.clone(), key)],
    };
    let made = matches!(claim.reason, Reason::WrongItem | Reason::TransportDamage);
    match claim.basis {
        Basis::Guarantee => {
            let mut grounds = Vec::new();
            match claim.cause.filter(|_| !made) {
                Some(Exception::LossOfStones | Exception::RepairedByOthers) => {
                    grounds.push(Ground::new(guarantee, "ground-claim-house-proves"));
                }
                Some(Exception::HandcraftedMarks | Exception::WrongSize) => {
                    let said = terms.warranty.exceptions.article().unwrap_or(&guarantee);
                    return or_withdrawn(claim, refused(said, "ground-claim-no-fault"));
                }
                Some(_) => {
                    let said = terms.warranty.exceptions.article().unwrap_or(&guarantee);
                    return or_withdrawn(claim, refused(said, "ground-claim-from-use"));
                }
                None => grounds.push(Ground::new(guarantee, "ground-claim-covered")),
            }
            let law = Article::of("CC 1649quinquies");
            grounds.push(Ground::new(law.clone(), "ground-claim-free"));
            let mut value = vec![Remedy::Repair, Remedy::Replacement];
            if claim.tried {
                value.extend([Remedy::Reduction, Remedy::Termination]);
                grounds.push(Ground::new(law, "ground-claim-second"));
            } else {
                grounds.push(Ground::new(law, "ground-claim-first"));
            }
            or_withdrawn(claim, Grounded { value, grounds })
        }
        Basis::House => {
            let Clause::Says(warranty, article) = &terms.warranty.lifetime else {
                return refused(&guarantee, "ground-claim-too-late");
            };
            if claim.cause.is_some_and(|cause| warranty.excludes.contains(&cause)) {
                return refused(article, "ground-claim-excluded");
            }
            if warranty.receipt_needed && !claim.receipt {
                return refused(article, "ground-claim-receipt");
            }
            Grounded {
                value: vec![Remedy::Repair, Remedy::Replacement],
                grounds: vec![Ground::new(article.clone(), "ground-claim-lifetime")],
            }
        }
        Basis::Statute | Basis::None => or_withdrawn(claim, refused(&guarantee, "ground-claim-too-late")),
    }
}

/// Who may still withdraw may undo the sale, whatever the claim is worth.
fn or_withdrawn(claim: &Claim, mut found: Grounded<Vec<Remedy>>) -> Grounded<Vec<Remedy>> {
    if claim.may_withdraw && !found.value.contains(&Remedy::Termination) {
        found.value.push(Remedy::Termination);
        found
            .grounds
            .push(Ground::new(Article::of("CEL VI.47"), "ground-claim-may-withdraw"));
    }
    found
}
