//! The authority's name of a document: a MARK or a fiscal machine's receipt. With it the entry is correlated.

use super::{Decided, Draft, pack, paper, subscription};
use crate::aade::message::CORRELATED_MAX;
use crate::app::effect::{Effect, Notice, Question};
use crate::app::input::TypedName;
use crate::app::refusal::Refusal;
use crate::domain::document::{BadDocumentName, Document, DocumentName, FimQr, mark_in};
use crate::domain::entry::Told;
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, VisitId};
use crate::domain::issuing::Named;
use crate::domain::money::Cents;
use crate::domain::paper::Paper;
use crate::domain::settings::IssuerKind;
use crate::domain::visit::{Visit, VisitState};
use jiff::civil;
use std::collections::BTreeSet;

/// A name a person typed or scanned.
pub(super) fn typed(
    draft: &mut Draft,
    id: DocumentId,
    typed: &TypedName,
    even_if_different: bool,
) -> Decided {
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NoSuchDocument)?;
    if !document.is_named_by_hand() {
        return Err(Refusal::StillBeingIssued.into());
    }
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
    let document = draft.state.unnamed.get(&id).filter(|document| document.at_issuer.is_none());
    let document = document.ok_or(Refusal::NoSuchDocument)?;
    give(draft, document, name.clone(), qr.cloned());
    paper::ask_for(draft, Paper::Receipt { document: id, copy: 0 });
    Ok(())
}

/// myDATA gave it, and nothing more will come of it.
pub(super) fn issued(draft: &mut Draft, document: &Document, named: Named) {
    give(draft, document, DocumentName::Mark { mark: named.mark }, named.qr);
}

/// Documents the issuer was asked about when the program died. Asking again is safe: it gives one document one name.
pub(super) fn after_restart(draft: &mut Draft) {
    if draft.settings.issuer == IssuerKind::Simulated {
        for document in draft.state.unnamed.values().filter(|document| document.at_issuer.is_none()) {
            draft.effect(Effect::Issue { document: Box::new(document.clone()) });
        }
    }
}

/// The document is correlated with its visit's entry and with those of earlier visits of the same work, each in the chain
/// of its own messages: none has to wait for another. One of an order is none of the registry's business.
fn give(draft: &mut Draft, document: &Document, name: DocumentName, qr: Option<String>) {
    let (id, subject) = (document.id, document.issued_for.subject());
    draft.event(Event::DocumentNamed { document: id, subject, name: name.clone(), qr });
    for part in document.issued_for.correlated() {
        let told = Told::Correlate { document: Some(id), name: name.clone(), also: Vec::new() };
        draft.queue_in(part.visit, part.chain, told);
    }
    subscription::named_document(draft, id, &name);
    pack::correlate(draft, id, &name);
}

/// A document issued elsewhere is for many visits: they are read first.
pub(super) fn wanted_for(draft: &mut Draft, name: &TypedName, visits: &[VisitId]) -> Decided {
    let distinct: BTreeSet<VisitId> = visits.iter().copied().collect();
    if distinct.is_empty() {
        return Err(Refusal::NoVisits.into());
    }
    read(name, draft.at.local()).map_err(Refusal::DocumentName)?;
    draft.ask(Question::Visits { visits: distinct.into_iter().collect(), name: name.clone() });
    Ok(())
}

/// The visits were read: one message for every fifty of them, which is as many as the registry takes at once. A visit that
/// has no live entry would spoil its whole message, so it is named and nothing is sent.
pub(super) fn correlate(draft: &mut Draft, name: &TypedName, visits: &[Visit]) -> Decided {
    let (name, _) = read(name, draft.at.local()).map_err(Refusal::DocumentName)?;
    let gone =
        |visit: &&Visit| matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Replaced { .. });
    if let Some(visit) = visits.iter().find(|visit| visit.entry.id.is_none() || gone(visit)) {
        return Err(Refusal::NotRegistered { reference: visit.reference.clone() }.into());
    }
    for group in visits.chunks(CORRELATED_MAX) {
        let Some((lead, others)) = group.split_first() else { continue };
        let also = others.iter().map(|visit| visit.id).collect();
        let told = Told::Correlate { document: None, name: name.clone(), also };
        // A chain of its own: it waits for no visit, and none for it.
        let chain = VisitId(draft.ids.uuid());
        draft.queue_in(lead.id, chain, told);
    }
    Ok(())
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
