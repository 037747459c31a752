//! Money given back. A sale whose document is known at the authority is taken back by a document of its own, linked to it;
//! money goes back the way it came, and in another way only if somebody with the right to it says so. Who comes without a
//! document that is known here is given cash by a manager, who writes down to whom and why.

use super::{Decided, Draft, pay};
use crate::app::effect::{Effect, Notice, Question};
use crate::app::input::{By, DocumentInput, Input};
use crate::app::refusal::Refusal;
use crate::domain::credit::{Credit, Credited};
use crate::domain::document::{Document, DocumentKind, IssuedFor};
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, Reference, ShiftId};
use crate::domain::issuing::AtIssuer;
use crate::domain::money::{AMOUNT_MAX, Cents, Quantity};
use crate::domain::operator::Right;
use crate::domain::payment::{Means, Payment, Tender};
use crate::domain::sale::{Line, Sale, Totals};
use crate::domain::shift::Shift;
use crate::domain::text::{Name, Text};
use crate::issuer::channel;

/// The code of the line on a credit of no document.
const REFUND: &str = "REFUND";

/// What a refund is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// How much; all that is left where nothing is said.
    pub amount: Option<Cents>,
    /// How it goes back.
    pub tenders: &'a [Tender],
    /// Why.
    pub reason: &'a str,
    /// Who asked, and who stepped in.
    pub by: &'a By,
}

/// Gives back what a document was paid with; one that has its name is read from the archive first.
pub(super) fn wanted(draft: &mut Draft, id: DocumentId, input: &DocumentInput) -> Decided {
    draft.require_disk()?;
    open_shift(draft)?;
    draft.ask(Question::Document { document: id, wanted: Box::new(Input::Document(input.clone())) });
    Ok(())
}

/// The document was read.
pub(super) fn refund(draft: &mut Draft, original: &Document, wanted: Wanted<'_>) -> Decided {
    may_be_taken_back(original)?;
    let left = original.left();
    let (sale, totals) =
        original.part(wanted.amount.unwrap_or(left)).ok_or(Refusal::NotSoMuchLeft { left })?;
    let payment = pays_back(draft, original, totals.gross, wanted.tenders)?;
    let in_cash = payment.cash > original.left_by(Means::Cash);
    let right = if in_cash { Right::RefundInCash } else { Right::Refund };
    let credit = Credit {
        of: original.as_original(),
        reason: reason(wanted.reason)?,
        approved_by: draft.require(right, wanted.by)?,
        given_to: Text::default(),
    };
    let document = numbered(draft, wanted.by, credit, totals, payment);
    let document = Document {
        issued_for: original.issued_for.clone(),
        reference: original.reference.clone(),
        kind: original.kind.clone(),
        counterparty: original.counterparty.clone(),
        sale,
        branch: original.branch,
        span: original.span,
        ..document
    };
    book(draft, document)
}

/// Gives cash to somebody whose document nobody knows here.
pub(super) fn without_original(
    draft: &mut Draft,
    amount: Cents,
    given_to: &str,
    why: &str,
    by: &By,
) -> Decided {
    draft.require_disk()?;
    if amount <= Cents::ZERO || amount > AMOUNT_MAX {
        return Err(Refusal::Amount.into());
    }
    let (given_to, why) = (Text::new(given_to), reason(why)?);
    if given_to.is_empty() {
        return Err(Refusal::NobodyNamed.into());
    }
    let approved_by = draft.require(Right::RefundInCash, by)?;
    let payment = Payment::settle(amount, vec![Tender::Cash { given: amount }]).map_err(Refusal::Payment)?;
    let sale = refunded(draft, amount);
    let totals = sale.totals();
    let credit = Credit { of: None, reason: why, approved_by, given_to };
    let document = numbered(draft, by, credit, totals, payment);
    book(draft, Document { sale, ..document })
}

/// A document that is not known at the authority is not taken back by another: it is void before, or gets its name first.
fn may_be_taken_back(original: &Document) -> Result<(), Refusal> {
    if original.is_credit() {
        return Err(Refusal::IsACredit);
    }
    if original.void.is_some() {
        return Err(Refusal::NotSoMuchLeft { left: Cents::ZERO });
    }
    let under_way = original.at_issuer.as_ref().is_some_and(AtIssuer::is_under_way);
    match &original.name {
        Some(_) => Ok(()),
        None if under_way => Err(Refusal::StillBeingIssued),
        None => Err(Refusal::NotNamedYet),
    }
}

/// How the money goes back: never more in a way than came in it, except cash, for which somebody answers.
fn pays_back(
    draft: &Draft,
    original: &Document,
    amount: Cents,
    tenders: &[Tender],
) -> Result<Payment, Refusal> {
    let tipped = |tender: &Tender| !tender.parts().2.is_zero();
    // A deposit that was set off is not put back: what it paid is given back in another way.
    let not_so = |tender: &Tender| matches!(tender, Tender::CardLinked { .. } | Tender::Deposit { .. });
    if tenders.iter().any(|tender| not_so(tender) || tipped(tender)) {
        return Err(Refusal::Amount);
    }
    let payment = Payment::settle(amount, tenders.to_vec()).map_err(Refusal::Payment)?;
    if !payment.change.is_zero() {
        return Err(Refusal::Amount);
    }
    for (means, back) in payment.by_means() {
        let left = original.left_by(means);
        if means != Means::Cash && back > left {
            return Err(Refusal::NotPaidSo { means, left: left.max(Cents::ZERO) });
        }
    }
    let held = open_shift(draft)?.expected_cash();
    if payment.cash > held { Err(Refusal::NotInTheDrawer) } else { Ok(payment) }
}

/// The open shift, whose drawer or terminal the money comes from.
pub(super) fn open_shift<'a>(draft: &Draft<'a>) -> Result<&'a Shift, Refusal> {
    draft.state.shift.as_ref().ok_or(Refusal::NoShift)
}

fn reason(why: &str) -> Result<Text, Refusal> {
    let why = Text::new(why);
    if why.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(why) }
}

/// What is given back without a document that says what it was: one line at the usual rate.
fn refunded(draft: &Draft, amount: Cents) -> Sale {
    let name = Name::new("Επιστροφή χρημάτων", "Money given back");
    let line = Line::new(REFUND, name, Quantity::ONE, amount, draft.settings.catalogue.vat);
    Sale { lines: vec![line], discounts: Vec::new(), catalogue: draft.settings.catalogue.version.clone() }
}

/// A retail credit with the next number of its series, for nobody's sale.
fn numbered(draft: &mut Draft, by: &By, credit: Credit, totals: Totals, payment: Payment) -> Document {
    let id = DocumentId(draft.ids.uuid());
    Document {
        id,
        issued_for: IssuedFor::Refund { refund: id },
        reference: Reference { terminal: draft.settings.terminal.clone(), number: 0 },
        series: draft.settings.credit_series.clone(),
        number: draft.state.next_number(&draft.settings.credit_series),
        kind: DocumentKind::Retail,
        counterparty: None,
        sale: Sale::default(),
        span: None,
        totals,
        payment,
        issued: draft.at,
        operator: by.operator.clone(),
        name: None,
        qr: None,
        branch: draft.settings.branch,
        at_issuer: None,
        shift: None,
        void: None,
        credit: Some(Box::new(credit)),
        credited: Credited::default(),
    }
}

/// The credit gets its number in the same commit, and only then the drawer opens.
fn book(draft: &mut Draft, document: Document) -> Decided {
    let shift = open_shift(draft)?;
    let id: ShiftId = shift.id;
    if document.payment.cash > shift.expected_cash() {
        return Err(Refusal::NotInTheDrawer.into());
    }
    let channel = channel::way_of(draft.settings, &document.kind, draft.at.date());
    let at_issuer = channel.map(|channel| AtIssuer::queued(channel, draft.at));
    let document = Document { shift: Some(id), at_issuer, ..document };
    pay::check_issuer(draft, &document)?;
    draft.event(Event::CreditNumbered { credit: Box::new(document.clone()), shift: id });
    if document.payment.cash != Cents::ZERO {
        let operator = document.operator.clone();
        draft.event(Event::DrawerAsked { document: Some(document.id), moving: false, operator });
        draft.effect(Effect::OpenDrawer);
    }
    draft.tell(Notice::Refunded { document: document.id, amount: document.totals.gross });
    pay::hand_over(draft, document);
    Ok(())
}
