//! The order detail sheet is printed: what the piece is made of, how it is cared for, and who made it.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders::{self as papers, Described};
use crate::counter::view::{stone_name, stone_weight};
use crate::house::Role;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use crate::vocabulary::{Vocabulary as _, vocabulary};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

vocabulary! {
    /// What is known of the nickel a piece gives off (Reg. (EC) 1907/2006, Annex XVII, entry 27).
    enum Nickel in "nickel" {
        Free = "free",
        Below = "below",
        Unknown = "unknown",
    }
}

/// The order detail sheet is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct OrderSheet {
    pub alloy: String,
    pub stones: String,
    pub nickel: String,
    pub care: String,
}

impl Taken for OrderSheet {
    const NAME: &'static str = "order-sheet";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";
    const ISSUES: &'static [PaperKind] = &[PaperKind::OrderSheet];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let theirs = look.dossier.client.card.language;
        let stones: Vec<String> = look
            .dossier
            .pieces
            .iter()
            .flat_map(|piece| &piece.stones)
            .map(|(_, stone, _)| format!("{}, {}", stone_name(theirs, stone), stone_weight(theirs, stone)))
            .collect();
        let field = |name, kind, value| look.desk.step_field(name, kind, Vec::new(), value);
        let fields = vec![
            look.desk.empty_field("alloy", "text"),
            field("stones", "long", stones.join("; ")),
            // Nobody claims by a press what they do not know.
            look.desk.choice_of("nickel", Nickel::ALL, Some(Nickel::Unknown)),
            field("care", "long", theirs.word("sheet-care-usual")),
        ];
        Some(Offer::of(look.dossier.ordered().map(drop), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.ordered()?;
        let language = at.dossier.client.card.language;
        let nickel: Nickel = at.form.chosen("nickel", &self.nickel)?;
        let facts = [
            ("sheet-alloy", at.form.needed("alloy", &self.alloy)?),
            ("sheet-stones", at.form.text("stones", &self.stones)?),
            (
                "sheet-nickel",
                language.word(&format!("sheet-nickel-{}", nickel.name())),
            ),
        ];
        let described = Described {
            facts: facts
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| (language.word(key), value))
                .collect(),
            care: at.form.text("care", &self.care)?,
        };
        papers::order_sheet(at.work, &at.dossier, Some(described)).map(Some)
    }
}
