//! Work on a piece after the sale: resizing, repair, and what a house does with the work of others.

use crate::grounds::{Article, Ground, Grounded};
use crate::terms::{Clause, Exception, OthersWork, Resizing, Terms};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The work that is asked for.
    pub enum Work in "work" {
        /// A ring made larger or smaller.
        Resizing = "resizing",
        /// Anything else.
        Repair = "repair",
    }
}

/// The facts of a piece that is brought for work.
#[derive(Debug, Clone, Copy)]
pub struct CareFacts {
    /// What is asked for.
    pub work: Work,
    /// Whether the house made the piece.
    pub made_here: bool,
    /// Whether others have worked on it since.
    pub others_worked: bool,
    /// Whether a warranty still covers the piece.
    pub under_warranty: bool,
}

vocabulary! {
    /// How the house takes it.
    pub enum Care in "answer-service" {
        /// It does the work at no charge.
        Free = "free",
        /// It does the work at a price it names first.
        AtAPrice = "at-a-price",
        /// The client sends a picture first, and the house decides.
        AskFirst = "ask-first",
        /// It does not do that work.
        Refused = "refused",
    }
}

/// Whether the house does the work, and who pays.
#[must_use]
pub fn care(facts: &CareFacts, terms: &Terms) -> Grounded<Care> {
    let verdict = |value, article: &Article, key| Grounded {
        value,
        grounds: vec![Ground::new(article.clone(), key)],
    };
    let silent = Article::of("CC 5.69");
    if !facts.made_here {
        match &terms.redesign.others_work {
            Clause::Says(OthersWork::Never, article) => {
                return verdict(Care::Refused, article, "ground-others-work-refused");
            }
            Clause::Says(OthersWork::AskWithAPicture, article) => {
                return verdict(Care::AskFirst, article, "ground-others-work-ask");
            }
            Clause::Silent => {}
        }
    }
    // Work by others ends a house's own warranty where it says so; the legal guarantee asks only who made the defect.
    let voided = facts.others_worked
        && terms
            .warranty
            .lifetime
            .value()
            .is_some_and(|warranty| warranty.excludes.contains(&Exception::RepairedByOthers));
    let covered = facts.under_warranty && facts.made_here && !voided;
    match (facts.work, &terms.warranty.resizing) {
        (Work::Resizing, Clause::Says(Resizing::Never, article)) => {
            verdict(Care::Refused, article, "ground-never-resized")
        }
        (Work::Resizing, Clause::Says(Resizing::FreeUnderWarranty, article)) if covered => {
            verdict(Care::Free, article, "ground-resized-free")
        }
        (Work::Repair, _) if covered => {
            let article = terms
                .warranty
                .lifetime
                .article()
                .cloned()
                .unwrap_or(Article::of("CC 1649quinquies"));
            verdict(Care::Free, &article, "ground-repair-covered")
        }
        (Work::Resizing | Work::Repair, _) if voided => {
            let article = terms.warranty.lifetime.article().cloned().unwrap_or(silent);
            verdict(Care::AtAPrice, &article, "ground-others-worked")
        }
        (Work::Resizing | Work::Repair, _) => verdict(Care::AtAPrice, &silent, "ground-work-at-a-price"),
    }
}
