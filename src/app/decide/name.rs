//! The authority's name of a document: a MARK or a fiscal machine's receipt. With it the entry is correlated.

use super::{Decided, Draft, paper};
use crate::app::effect::{Effect, Notice};
use crate::app::input::TypedName;
use crate::app::refusal::Refusal;
use crate::domain::document::{BadDocumentName, Document, DocumentName, FimQr, mark_in};
use crate::domain::entry::Told;
use crate::domain::event::Event;
use crate::domain::ids::DocumentId;
use crate::domain::money::Cents;
use crate::domain::paper::Paper;
use crate::domain::settings::IssuerKind;
use jiff::civil;

/// A name a person typed or scanned.
pub(super) fn typed(
    draft: &mut Draft,
    id: DocumentId,
    typed: &TypedName,
    even_if_different: bool,
) -> Decided {
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NoSuchDocument)?;
    let (name, total) = read(typed, draft.at.local()).map_err(Refusal::DocumentName)?;
    if let Some(theirs) = total
        && theirs != document.totals.gross
        && !even_if_different
    {
        draft.tell(Notice::TotalDiffers { document: id, ours: document.totals.gross, theirs });
        return Ok(());
    }
    give(draft, document, name, None);
    Ok(())
}

/// A name an issuer answered with; the receipt is printed now.
pub(super) fn reported(
    draft: &mut Draft,
    id: DocumentId,
    name: &DocumentName,
    qr: Option<&String>,
) -> Decided {
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NoSuchDocument)?;
    give(draft, document, name.clone(), qr.cloned());
    paper::ask_for(draft, Paper::Receipt { document: id, copy: 0 });
    Ok(())
}

/// Documents the issuer was asked about when the program died. Asking again is safe: it gives one document one name.
pub(super) fn after_restart(draft: &mut Draft) {
    if draft.settings.issuer == IssuerKind::Simulated {
        for document in draft.state.unnamed.values() {
            draft.effect(Effect::Issue { document: Box::new(document.clone()) });
        }
    }
}

fn give(draft: &mut Draft, document: &Document, name: DocumentName, qr: Option<String>) {
    let (id, visit) = (document.id, document.visit);
    draft.event(Event::DocumentNamed { document: id, visit, name: name.clone(), qr });
    draft.queue_in(visit, document.chain, Told::Correlate { document: id, name });
}

/// What was typed or scanned, with the receipt's total where the code carries it.
fn read(typed: &TypedName, now: civil::DateTime) -> Result<(DocumentName, Option<Cents>), BadDocumentName> {
    match typed {
        TypedName::Mark { mark } => Ok((DocumentName::mark(mark)?, None)),
        TypedName::Fim { machine, number, at } => {
            Ok((DocumentName::fim(machine, number, at.unwrap_or(now))?, None))
        }
        TypedName::Scanned { code } => scanned(code, now),
    }
}

fn scanned(code: &str, now: civil::DateTime) -> Result<(DocumentName, Option<Cents>), BadDocumentName> {
    if let Ok(qr) = FimQr::parse(code) {
        let name = DocumentName::fim(&qr.machine, &qr.number.to_string(), now)?;
        return Ok((name, Some(qr.total)));
    }
    let mark = mark_in(code).ok_or(BadDocumentName::NotAReceipt)?;
    Ok((DocumentName::Mark { mark }, None))
}
