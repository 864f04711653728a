//! Who may do what: each role, by the names the closed list of actions and steps has on the wire.

use super::case_steps::CaseStep;
use super::corrections::Correction;
use super::steps::Step;
use super::work::Work;
use crate::form::Reader;
pub use crate::house::Role;
use crate::refusal::Refusal;
use crate::store::house::{self as houses, Staff};
use crate::store::{Done, Tx};
use crate::vocabulary::Vocabulary as _;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use std::collections::BTreeSet;

use Role::{Counter, Designer};

/// What others than a manager may do, beside taking steps: each step names its own. What is not named is a manager's.
const ALLOWED: [(&str, &[Role]); 29] = [
    ("add-client", &[Counter, Designer]),
    ("edit-client", &[Counter, Designer]),
    ("note-client", &[Counter, Designer]),
    ("keep-photo", &[Counter, Designer]),
    ("keep-file", &[Counter, Designer]),
    ("take-in", &[Counter, Designer]),
    ("open-project", &[Counter, Designer]),
    ("decide", &[Designer]),
    ("weigh-stone", &[Designer]),
    ("note-gold-price", &[Counter, Designer]),
    ("import-gold-prices", &[Designer]),
    ("value", &[Designer]),
    ("issue-quote", &[Designer]),
    ("print-answer", &[Counter, Designer]),
    ("print-withdrawal-form", &[Counter, Designer]),
    ("open-case", &[Counter, Designer]),
    ("hand-over-invoice", &[Counter]),
    ("ask-data", &[Counter]),
    ("give-data", &[Counter]),
    ("answer-data", &[]),
    // What is read, or leaves the house as a file.
    ("read-client-data", &[Counter]),
    ("read-report", &[Counter]),
    // What only a manager does stands here too, so that the list is whole.
    ("close-days", &[]),
    ("reopen-days", &[]),
    ("change-terms", &[]),
    ("erase-client", &[]),
    ("merge-clients", &[]),
    ("edit-mail", &[]),
    ("import-clients", &[]),
];

/// The house itself and its people: a manager's.
const MANAGERS: [&str; 4] = ["set-up-house", "edit-house", "add-staff", "change-staff"];

/// Every name a role is asked about, with who does it beside a manager.
fn everything() -> impl Iterator<Item = (&'static str, &'static [Role])> {
    let of_case = CaseStep::WHO
        .iter()
        .map(|&(step, roles)| (name_of_case_step(step), roles));
    let corrections = Correction::WHO.into_iter();
    ALLOWED
        .into_iter()
        .chain(corrections)
        .chain(Step::WHO.iter().copied())
        .chain(of_case)
}

/// Whether a role does what that name says.
#[must_use]
pub fn role_may(role: Role, name: &str) -> bool {
    role == Role::Manager || everything().any(|(known, roles)| known == name && roles.contains(&role))
}

/// Every name a role is asked about.
#[must_use]
pub fn role_names() -> Vec<&'static str> {
    let names: BTreeSet<&str> = everything().map(|(name, _)| name).chain(MANAGERS).collect();
    names.into_iter().collect()
}

/// What is decided on a claim is asked for by a name of its own: what is decided on a piece has that already.
pub(super) fn name_of_case_step(step: &str) -> &str {
    if step == "decide" { "decide-claim" } else { step }
}

/// The name an action is asked for by: a step's own, else the action's.
pub(super) fn name_of_action(action: &serde_json::Value) -> String {
    let text = |key: &str| action.get(key).and_then(serde_json::Value::as_str);
    match (text("do"), text("step")) {
        (Some("take-step"), Some(step)) => step.to_owned(),
        (Some("take-case-step"), Some(step)) => name_of_case_step(step).to_owned(),
        (Some("correct"), _) => format!("correct-{}", text("correct").unwrap_or_default()),
        (name, _) => name.unwrap_or_default().to_owned(),
    }
}

/// The role of who is working. A house with nobody in it yet is anyone's to set up.
pub(super) fn role_of(tx: &Tx<'_>, who: &str) -> Done<Role> {
    let staff = houses::staff(tx)?;
    match staff.iter().find(|staff| staff.id == who) {
        Some(staff) if staff.active => Ok(staff.role),
        Some(_) => Err(Refusal::Locked.into()),
        None if staff.is_empty() => Ok(Role::Manager),
        None => Err(Refusal::Locked.into()),
    }
}

fn permit(role: Role, name: &str) -> Done<()> {
    if role_may(role, name) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed {
            role: role.name().to_owned(),
        }
        .into())
    }
}

/// Refuses an action that the role of who is working does not do.
pub(super) fn allowed(tx: &Tx<'_>, who: &str, action: &serde_json::Value) -> Done<()> {
    permit(role_of(tx, who)?, &name_of_action(action))
}

/// Refuses what the role of who is working does not do, by its name.
pub(super) fn permitted(tx: &Tx<'_>, who: &str, name: &str) -> Done<()> {
    permit(role_of(tx, who)?, name)
}

/// Refuses something to be read to someone whose role does not read it. Where nobody signs in, whoever is not named reads
/// everything.
pub(super) fn may_read(tx: &Tx<'_>, who: &str, name: &str) -> Done<()> {
    let role = houses::staff(tx)?
        .iter()
        .find(|staff| staff.id == who)
        .map_or(Role::Manager, |staff| staff.role);
    permit(role, name)
}

/// The hash of a PIN, salted; four to twelve digits.
///
/// # Errors
/// [`Refusal::BadPin`].
pub fn pin_hash(pin: &str, salt: &[u8; 16]) -> Result<String, Refusal> {
    if !(4..=12).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::BadPin);
    }
    let salt = SaltString::encode_b64(salt).map_err(|_| Refusal::BadPin)?;
    Argon2::default()
        .hash_password(pin.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_| Refusal::BadPin)
}

/// Whether it is their PIN; someone without one has none to get wrong.
pub(super) fn is_pin_of(staff: &Staff, pin: &str) -> bool {
    let Some(kept) = &staff.pin else { return pin.is_empty() };
    PasswordHash::new(kept).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Changes what someone may do, whether they work here, and their PIN, which comes hashed and is empty to be left as it is.
pub(super) fn change(work: &Work<'_>, id: &str, name: &str, role: Role, active: bool, pin: &str) -> Done<()> {
    let mut form = Reader::default();
    let name = form.needed("staff-name", name, 80);
    let name = form.finish(Some(name))?;
    let all = houses::staff(work.tx)?;
    let known = all.iter().find(|staff| staff.id == id).ok_or(Refusal::NotFound)?;
    let pin = if pin.is_empty() {
        known.pin.clone()
    } else {
        Some(pin.to_owned())
    };
    let changed = Staff {
        id: id.to_owned(),
        name,
        role,
        active,
        pin,
    };
    let after = || {
        all.iter()
            .filter(|staff| staff.id != id)
            .chain([&changed])
            .filter(|staff| staff.active)
    };
    if !after().any(|staff| staff.role == Role::Manager) {
        return Err(Refusal::LastManager.into());
    }
    // Once one signs in everyone does: without a PIN of their own no manager could.
    if after().any(|staff| staff.pin.is_some())
        && !after().any(|staff| staff.role == Role::Manager && staff.pin.is_some())
    {
        return Err(Refusal::ManagerPinFirst.into());
    }
    houses::change_staff(work.tx, &changed)
}
