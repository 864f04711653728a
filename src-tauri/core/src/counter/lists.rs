//! Lists of projects, cases and clients, a part at a time, and what a search finds of each.

use super::load;
use super::lookup::Lookup;
use super::view::{
    CaseLine, CasesView, ClientView, ClientsView, ExactView, FoundView, ProjectLine, ProjectsView, StageView,
};
use crate::aftersales::file::CaseFile;
use crate::aftersales::rma::Rma;
use crate::client::Client;
use crate::desk::told;
use crate::order::Stage;
use crate::store::identifiers::{self, Of};
use crate::store::projects::Line;
use crate::store::standing::{self, DossierKind, IN_USE, SortBy, Wanted};
use crate::store::{Done, cases, clients, projects};
use crate::vocabulary::Vocabulary as _;

/// So many lines of a list are shown at once.
const PART: usize = 100;
/// So many of a kind are found by a search.
const FOUND: usize = 50;

impl Lookup<'_> {
    /// Projects, a part of them at a time.
    pub(super) fn projects(
        &self,
        text: &str,
        stages: &[Stage],
        sort_by: SortBy,
        down: bool,
        after: Option<&str>,
    ) -> Done<ProjectsView> {
        let stages: Vec<&'static str> = stages.iter().map(|stage| stage.name()).collect();
        let part = standing::list(
            self.tx,
            &Wanted {
                stages: &stages,
                sort_by,
                down,
                after,
                ..Wanted::newest(DossierKind::Project, text, PART)
            },
        )?;
        let (count, there) = if after.is_none() {
            let all: Vec<&'static str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
            let counted = if stages.is_empty() { &all } else { &stages };
            let count = standing::count(self.tx, DossierKind::Project, counted, text)?;
            (self.counted(count), self.stages_there()?)
        } else {
            Default::default()
        };
        Ok(ProjectsView {
            lines: self.lines(&part.ids)?,
            more: part.more,
            count,
            stages: there,
        })
    }

    /// The stages at which there is a project.
    fn stages_there(&self) -> Done<Vec<StageView>> {
        let all: Vec<String> = Stage::ALL.iter().map(|stage| stage.name().to_owned()).collect();
        let there = standing::stages_there(self.tx, DossierKind::Project, &all)?;
        let view = |stage: &Stage| StageView {
            stage: *stage,
            text: self.language.word(&stage.word()),
        };
        Ok(Stage::ALL
            .iter()
            .filter(|stage| there.iter().any(|name| name == stage.name()))
            .map(view)
            .collect())
    }

    /// After-sales cases, the newest first, a part of them at a time.
    pub(super) fn cases(&self, text: &str, after: Option<&str>) -> Done<CasesView> {
        // The code on a box is its case and nothing else.
        if let (true, Ok(rma)) = (is_rma(text), Rma::parse(text)) {
            return Ok(CasesView {
                lines: self.case_of(&rma)?,
                more: false,
            });
        }
        let wanted = Wanted {
            after,
            ..Wanted::newest(DossierKind::Case, text, PART)
        };
        let part = standing::list(self.tx, &wanted)?;
        Ok(CasesView {
            lines: self.case_lines(&part.ids)?,
            more: part.more,
        })
    }

    /// Clients by name, a part of them at a time.
    pub(super) fn clients(&self, text: &str, after: Option<&str>) -> Done<ClientsView> {
        let part = standing::list(
            self.tx,
            &Wanted {
                stages: &[IN_USE],
                sort_by: SortBy::Client,
                down: false,
                after,
                ..Wanted::newest(DossierKind::Client, text, PART)
            },
        )?;
        Ok(ClientsView {
            lines: self.client_lines(&part.ids)?,
            more: part.more,
        })
    }

    /// What bears the whole text as its number.
    pub(super) fn identified(&self, text: &str) -> Done<Option<ExactView>> {
        let found = identifiers::find(self.tx, text)?;
        Ok(found.map(|found| {
            let (place, id) = match found.of {
                Of::Project(id) => ("project", id),
                Of::Case(id) => ("case", id),
                Of::Client(id) => ("client", id),
            };
            ExactView {
                place: place.to_owned(),
                id,
                paper: found.paper,
                piece: found.piece,
            }
        }))
    }

    /// What a text is found in: to the letter first, then but for one.
    pub(super) fn search(&self, text: &str) -> Done<FoundView> {
        let exact = self.identified(text)?;
        if let (true, Ok(rma)) = (is_rma(text), Rma::parse(text)) {
            return Ok(FoundView {
                text: text.to_owned(),
                exact,
                clients: Vec::new(),
                projects: Vec::new(),
                cases: self.case_of(&rma)?,
            });
        }
        let kinds = [DossierKind::Client, DossierKind::Project, DossierKind::Case];
        let [clients, projects, cases] = standing::find(self.tx, kinds, text, FOUND)?;
        Ok(FoundView {
            text: text.to_owned(),
            exact,
            clients: self.client_lines(&clients)?,
            projects: self.lines(&projects)?,
            cases: self.case_lines(&cases)?,
        })
    }

    /// The case of a code on a box.
    fn case_of(&self, rma: &Rma) -> Done<Vec<CaseLine>> {
        let [found] = standing::find(self.tx, [DossierKind::Case], &rma.to_string(), FOUND)?;
        self.case_lines(&found)
    }

    fn client_lines(&self, ids: &[String]) -> Done<Vec<ClientView>> {
        Ok(clients::of_ids(self.tx, ids)?
            .into_iter()
            .map(|client| self.client_card(client))
            .collect())
    }

    /// A client's card as it is shown, without what they brought.
    pub(super) fn client_card(&self, client: Client) -> ClientView {
        let address = client.card.address();
        ClientView {
            id: client.id,
            version: client.version,
            address: address.get(1..).unwrap_or_default().join(", "),
            card: client.card,
            projects: Vec::new(),
            cases: Vec::new(),
        }
    }

    pub(super) fn case_lines(&self, ids: &[String]) -> Done<Vec<CaseLine>> {
        let files = load::case_files(self.tx, cases::of_ids(self.tx, ids)?, self.today)?;
        Ok(files.iter().map(|file| self.case_line(file)).collect())
    }

    pub(super) fn case_line(&self, file: &CaseFile) -> CaseLine {
        let language = self.language;
        let stage = file.stage();
        CaseLine {
            id: file.case.id.clone(),
            number: file.case.number.clone(),
            kind: file.case.kind,
            kind_text: language.word(&file.case.kind.word()),
            stage,
            stage_text: language.word(&stage.word()),
            client: file.client.card.name.clone(),
            item: file.case.item.clone(),
            headline: told::said(file, language).headline,
            opened: language.short_day(file.case.opened),
            due: file
                .tasks()
                .first()
                .map(|task| format!("{} · {}", language.short_day(task.day), language.say(&task.message())))
                .unwrap_or_default(),
        }
    }

    /// Projects as a list shows them, in the order of their ids.
    pub(super) fn lines(&self, ids: &[String]) -> Done<Vec<ProjectLine>> {
        Ok(projects::lines(self.tx, ids)?
            .into_iter()
            .map(|line| self.line(line))
            .collect())
    }

    fn line(&self, line: Line) -> ProjectLine {
        let language = self.language;
        let due = line
            .first
            .map(|task| format!("{} {}", language.short_day(task.day), language.say(&task.message())));
        ProjectLine {
            id: line.id,
            number: line.number,
            client: line.client,
            kind: language.word(&line.kind.word()),
            pieces: line.pieces,
            stage: line.stage,
            stage_text: language.word(&line.stage.word()),
            opened: language.short_day(line.opened),
            due: due.unwrap_or_default(),
            owed: line.owed.map(|owed| language.money(owed)).unwrap_or_default(),
            thumb: line.photo,
        }
    }
}

fn is_rma(text: &str) -> bool {
    text.trim().to_ascii_uppercase().starts_with("RMA")
}
