//! What the owner arranges of papers. A template with a fault is never saved; the version before is one touch away.

use super::{Decided, Draft, LiveChange};
use crate::app::effect::{Effect, Notice};
use crate::app::input::{By, TemplateInput};
use crate::app::refusal::TemplateRefusal;
use crate::domain::event::Event;
use crate::domain::operator::Right;
use crate::domain::template::{Logo, TemplateKind, TemplateText};
use crate::paper::template::{Finding, check, shipped};

pub(super) fn arrange(draft: &mut Draft, input: &TemplateInput) -> Decided {
    match input {
        TemplateInput::Save { kind, text, by } => save(draft, *kind, text.as_ref(), by),
        TemplateInput::TakeBack { kind, by } => take_back(draft, *kind, by),
        TemplateInput::FindLogos => {
            draft.effect(Effect::FindLogos);
            Ok(())
        }
        TemplateInput::LogosFound { files } => {
            draft.decision.live.push(LiveChange::Logos(files.clone()));
            Ok(())
        }
        TemplateInput::ChooseLogo { file, by } => choose_logo(draft, file.as_deref(), by),
        TemplateInput::LogoRead { logo, by } => logo_read(draft, logo, by),
    }
}

fn save(draft: &mut Draft, kind: TemplateKind, text: Option<&TemplateText>, by: &By) -> Decided {
    let operator = draft.require(Right::ArrangePapers, by)?;
    // Who writes the built-in paper again means that one, with whatever it will be in a later version.
    let text = text.filter(|text| **text != TemplateText::new(shipped(kind)));
    if text == draft.state.templates.text(kind) {
        return Err(TemplateRefusal::NoChange.into());
    }
    if let Some(fault) = text.and_then(|text| first_fault(draft, kind, text)) {
        return Err(TemplateRefusal::Fault(fault).into());
    }
    draft.event(Event::TemplateSaved { kind, text: text.cloned(), operator });
    Ok(())
}

/// The version before stands again. Taken back twice, the last one does.
fn take_back(draft: &mut Draft, kind: TemplateKind, by: &By) -> Decided {
    let operator = draft.require(Right::ArrangePapers, by)?;
    if draft.state.templates.last(kind).is_none() {
        return Err(TemplateRefusal::NothingToTakeBack.into());
    }
    let text = draft.state.templates.before(kind).cloned();
    draft.event(Event::TemplateSaved { kind, text, operator });
    Ok(())
}

fn choose_logo(draft: &mut Draft, file: Option<&str>, by: &By) -> Decided {
    let operator = draft.require(Right::ArrangePapers, by)?;
    let Some(file) = file else {
        if draft.state.templates.logo().is_none() {
            return Err(TemplateRefusal::NoChange.into());
        }
        draft.event(Event::LogoChosen { logo: None, operator });
        return Ok(());
    };
    // Only what was found in the folder: a name is no path to somewhere else.
    let known = draft.state.live.logos.iter().flatten().any(|known| known == file);
    if !known {
        return Err(TemplateRefusal::NoSuchLogo.into());
    }
    draft.effect(Effect::ReadLogo { file: file.to_owned(), by: By { operator, approved_by: None } });
    Ok(())
}

/// The right was asked for when the logo was wanted, a moment ago.
fn logo_read(draft: &mut Draft, logo: &Result<Box<Logo>, String>, by: &By) -> Decided {
    match logo {
        Ok(logo) => {
            let (logo, operator) = (Some(logo.clone()), by.operator.clone());
            draft.event(Event::LogoChosen { logo, operator });
            Ok(())
        }
        Err(why) => Err(TemplateRefusal::BadLogo { why: why.clone() }.into()),
    }
}

/// A template that was saved by another version of the program may have a fault in this one: the built-in paper is printed
/// then, and somebody should know.
pub(super) fn after_restart(draft: &mut Draft) {
    for kind in TemplateKind::ALL {
        let text = draft.state.templates.text(kind);
        if let Some(fault) = text.and_then(|text| first_fault(draft, kind, text)) {
            draft.tell(Notice::TemplateBroken { kind, fault });
        }
    }
}

fn first_fault(draft: &Draft, kind: TemplateKind, text: &TemplateText) -> Option<Finding> {
    let findings = check(draft.settings, kind, text.as_str()).findings;
    findings.into_iter().find(|finding| finding.what.is_fault())
}
