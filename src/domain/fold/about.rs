//! Which things an event is about.

use crate::domain::customer::TaxNumber;
use crate::domain::document::Document;
use crate::domain::entry::About;
use crate::domain::event::Event;
use crate::domain::ids::{
    DepositId, DocumentId, JobId, MerchantId, MessageId, OrderId, PackId, ShiftId, SubscriptionId, VisitId,
};
use crate::domain::operator::OperatorId;
use crate::domain::ticket::TicketFate;
use crate::domain::validation::ValidatedBy;
use crate::domain::visit::Settlement;

impl Event {
    /// The visits this event changes: one, or two where one replaces the other.
    pub fn visits(&self) -> Vec<VisitId> {
        match self {
            Self::VisitOpened { visit } => vec![visit.id],
            Self::DocumentNumbered { document, .. } | Self::DocumentVoided { document, .. } => {
                document.issued_for.subject().visit().into_iter().collect()
            }
            Self::DocumentNamed { subject, .. } => subject.visit().into_iter().collect(),
            Self::CreditNumbered { credit, .. } => credit.issued_for.subject().visit().into_iter().collect(),
            Self::MessageQueued { message } => message.about().visits(),
            Self::ServiceChosen { visit, .. }
            | Self::ServiceTold { visit, .. }
            | Self::VehicleHandedOver { visit, .. }
            | Self::VehicleReturned { visit, .. }
            | Self::LeaseAgreed { visit, .. }
            | Self::LeaseExtended { visit, .. }
            | Self::SignatureGiven { visit, .. }
            | Self::WorkDescribed { visit, .. }
            | Self::WorkWritten { visit, .. }
            | Self::EstimateMade { visit, .. }
            | Self::EstimateApproved { visit, .. }
            | Self::PartsAwaited { visit, .. }
            | Self::ServiceDue { visit, .. }
            | Self::SupplementChosen { visit, .. }
            | Self::TicketGone { visit, .. }
            | Self::PricedTimeEdited { visit, .. }
            | Self::PriceAgreed { visit, .. }
            | Self::StayValidated { visit, .. }
            | Self::ValidationTaken { visit, .. }
            | Self::ValidationsUsed { visit, .. }
            | Self::ReleasedOwing { visit, .. }
            | Self::ServiceStarted { visit }
            | Self::ServiceFinished { visit }
            | Self::VisitPlaced { visit, .. }
            | Self::VisitPromised { visit, .. }
            | Self::NoDocumentChosen { visit, .. }
            | Self::ContractChosen { visit, .. }
            | Self::PackUsed { visit, .. }
            | Self::PackGivenBack { visit, .. }
            | Self::VisitMoved { visit, .. }
            | Self::VisitClosed { visit, .. }
            | Self::SubscriberCame { visit, .. }
            | Self::SubscriberWent { visit, .. }
            | Self::RightOver { visit, .. }
            | Self::VisitCancelled { visit, .. }
            | Self::PlateEdited { visit, .. }
            | Self::CorrectionAsked { visit, .. }
            | Self::VisitReplaced { visit, .. }
            | Self::EntryAdopted { visit, .. } => vec![*visit],
            Self::MessageAmended { .. }
            | Self::MessageWithdrawn { .. }
            | Self::MessageSent { .. }
            | Self::MessageConfirmed { .. }
            | Self::MessageRejected { .. }
            | Self::MessageReturned { .. }
            | Self::MessageUnknown { .. }
            | Self::LookupFoundNothing { .. }
            | Self::LookupIncomplete { .. } => self.about().map(About::visits).unwrap_or_default(),
            Self::TerminalStarted { .. }
            | Self::ClockStepped { .. }
            | Self::LinkLost { .. }
            | Self::LinkRestored
            | Self::CredentialsRefused
            | Self::ShiftOpened { .. }
            | Self::ShiftClosed { .. }
            | Self::ShiftRelieved { .. }
            | Self::ShiftSealed { .. }
            | Self::VarianceExplained { .. }
            | Self::DrawerMoved { .. }
            | Self::DayClosed { .. }
            | Self::PinSet { .. }
            | Self::PinRefused { .. }
            | Self::PinAccepted { .. }
            | Self::DrawerAsked { .. }
            | Self::DrawerReported { .. }
            | Self::CardAsked { .. }
            | Self::CardReported { .. }
            | Self::DrawerOpenedUnasked
            | Self::DeviceAssigned { .. }
            | Self::TemplateSaved { .. }
            | Self::LogoChosen { .. }
            | Self::TariffChanged { .. }
            | Self::BarrierAsked { .. }
            | Self::BarrierReported { .. }
            | Self::BarrierOpenedUnasked { .. }
            | Self::DocumentMoved { .. }
            | Self::IssuingBegun { .. }
            | Self::IssuingAdvanced { .. }
            | Self::DocumentHandedOver { .. }
            | Self::DepositTaken { .. }
            | Self::DepositReturned { .. }
            | Self::DepositMoved { .. }
            | Self::PackSold { .. }
            | Self::PackVehicleAdded { .. }
            | Self::PackEnded { .. }
            | Self::PaperAsked { .. }
            | Self::PaperRetried { .. }
            | Self::PaperReported { .. }
            | Self::PaperJudged { .. }
            | Self::DifferenceFound { .. }
            | Self::DifferenceSettled { .. }
            | Self::RegistryCompared { .. }
            | Self::PhotoKept { .. }
            | Self::PhotosDeleted { .. }
            | Self::OrderOpened { .. }
            | Self::OrderLineAdded { .. }
            | Self::OrderLineRemoved { .. }
            | Self::OrderDiscounted { .. }
            | Self::OrderTakenIn { .. }
            | Self::OrderFinished { .. }
            | Self::OrderFetched { .. }
            | Self::OrderCancelled { .. }
            | Self::OrderOwesAgain { .. }
            | Self::TicketRefused { .. }
            | Self::CounterpartyAsked { .. }
            | Self::CounterpartyFound { .. }
            | Self::CounterpartyWritten { .. }
            | Self::PlateListed { .. }
            | Self::PlateUnlisted { .. }
            | Self::ListedCame { .. }
            | Self::MerchantOpened { .. }
            | Self::MerchantChanged { .. }
            | Self::VouchersMade { .. }
            | Self::VoucherRefused { .. }
            | Self::SubscriptionOpened { .. }
            | Self::SubscriptionChanged { .. }
            | Self::SubscriptionPaid { .. }
            | Self::SubscriptionClosed { .. }
            | Self::RightRefused { .. } => Vec::new(),
        }
    }

    /// The order this event changes.
    pub fn order(&self) -> Option<OrderId> {
        match self {
            Self::OrderOpened { order } | Self::OrderOwesAgain { order } => Some(order.id),
            Self::OrderLineAdded { order, .. }
            | Self::OrderLineRemoved { order, .. }
            | Self::OrderDiscounted { order, .. }
            | Self::OrderTakenIn { order, .. }
            | Self::OrderFinished { order, .. }
            | Self::OrderFetched { order, .. }
            | Self::OrderCancelled { order, .. } => Some(*order),
            Self::DocumentNumbered { document, .. } => document.issued_for.subject().order(),
            _ => None,
        }
    }

    /// The subscriptions this event changes.
    pub fn subscription(&self) -> Option<SubscriptionId> {
        match self {
            Self::SubscriptionOpened { subscription, .. } => Some(subscription.id),
            Self::SubscriptionChanged { subscription, .. }
            | Self::SubscriptionPaid { subscription, .. }
            | Self::SubscriptionClosed { subscription, .. } => Some(*subscription),
            Self::VisitOpened { visit } => visit.pass().map(|pass| pass.subscription),
            _ => None,
        }
    }

    /// The shops this event changes.
    pub fn merchants(&self) -> Vec<MerchantId> {
        match self {
            Self::MerchantOpened { merchant, .. } => vec![merchant.id],
            Self::MerchantChanged { merchant, .. } | Self::VouchersMade { merchant, .. } => vec![*merchant],
            Self::ValidationsUsed { uses, .. } => uses.iter().map(|used| used.merchant).collect(),
            Self::DocumentVoided { document, .. } => {
                document.sale.discounts.iter().filter_map(|discount| discount.source.merchant()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The message this event changes.
    pub fn message(&self) -> Option<MessageId> {
        match self {
            Self::MessageQueued { message } => Some(message.id),
            _ => self.about().map(|about| about.message),
        }
    }

    /// What it says of a message that was queued before.
    const fn about(&self) -> Option<&About> {
        match self {
            Self::MessageAmended { about, .. }
            | Self::MessageWithdrawn { about, .. }
            | Self::MessageSent { about, .. }
            | Self::MessageConfirmed { about, .. }
            | Self::MessageRejected { about, .. }
            | Self::MessageReturned { about, .. }
            | Self::MessageUnknown { about, .. }
            | Self::LookupFoundNothing { about, .. }
            | Self::LookupIncomplete { about, .. } => Some(about),
            _ => None,
        }
    }

    /// The document this event changes.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::DocumentNumbered { document, .. }
            | Self::CreditNumbered { credit: document, .. }
            | Self::DocumentVoided { document, .. } => Some(document.id),
            Self::DocumentNamed { document, .. }
            | Self::DocumentMoved { document, .. }
            | Self::IssuingBegun { document, .. }
            | Self::IssuingAdvanced { document, .. }
            | Self::DocumentHandedOver { document, .. } => Some(*document),
            _ => None,
        }
    }

    /// The document that came to be with this event, and has its number.
    pub const fn numbered(&self) -> Option<&Document> {
        match self {
            Self::DocumentNumbered { document, .. } | Self::CreditNumbered { credit: document, .. } => {
                Some(document)
            }
            _ => None,
        }
    }
    /// The deposits this event changes.
    pub fn deposits(&self) -> Vec<DepositId> {
        match self {
            Self::DepositTaken { deposit, .. } => vec![deposit.id],
            Self::DepositReturned { deposit, .. } | Self::DepositMoved { deposit, .. } => vec![*deposit],
            Self::DocumentNumbered { document, .. } => document.payment.deposits().collect(),
            _ => Vec::new(),
        }
    }

    /// The pack this event changes, and says so itself. A document's name changes those it was sold with, too.
    pub fn pack(&self) -> Option<PackId> {
        match self {
            Self::PackSold { pack } => Some(pack.id),
            Self::PackVehicleAdded { pack, .. }
            | Self::PackUsed { pack, .. }
            | Self::PackGivenBack { pack, .. }
            | Self::PackEnded { pack, .. } => Some(*pack),
            Self::VisitOpened { visit } if visit.is_carrier() => visit.right.map(|right| right.pack),
            _ => None,
        }
    }

    /// The shift this event changes.
    pub fn shift(&self) -> Option<ShiftId> {
        match self {
            Self::ShiftOpened { shift } => Some(shift.id),
            Self::ShiftClosed { shift, .. }
            | Self::ShiftRelieved { shift, .. }
            | Self::ShiftSealed { shift, .. }
            | Self::VarianceExplained { shift, .. }
            | Self::DrawerMoved { shift, .. }
            | Self::CreditNumbered { shift, .. }
            | Self::DocumentVoided { shift, .. }
            | Self::DepositTaken { shift, .. }
            | Self::DepositReturned { shift, .. } => Some(*shift),
            Self::DocumentNumbered { shift, .. } | Self::NoDocumentChosen { shift, .. } => *shift,
            _ => None,
        }
    }

    /// The drawer is opened without a sale and without cash that moves.
    pub const fn is_no_sale(&self) -> bool {
        matches!(self, Self::DrawerAsked { document: None, moving: false, .. })
    }

    /// Who did something an owner wants to see.
    pub const fn done_by(&self) -> Option<&OperatorId> {
        match self {
            Self::NoDocumentChosen { settlement: Settlement::NoDocument { approved_by, .. }, .. } => {
                Some(approved_by)
            }
            Self::DrawerAsked { document: None, moving: false, operator } => Some(operator),
            Self::CreditNumbered { credit, .. } => Some(&credit.operator),
            Self::PaperAsked { paper, operator: Some(operator), .. } if paper.copy() > 0 => Some(operator),
            Self::DocumentVoided { operator, .. }
            | Self::BarrierAsked { visit: None, operator, .. }
            | Self::LeaseExtended { operator, .. }
            | Self::SubscriptionChanged { operator, .. }
            | Self::SubscriptionClosed { operator, .. }
            | Self::PlateListed { operator, .. }
            | Self::PlateUnlisted { operator, .. }
            | Self::MerchantOpened { operator, .. }
            | Self::MerchantChanged { operator, .. }
            | Self::VouchersMade { operator, .. }
            | Self::ValidationTaken { operator, .. }
            | Self::ListedCame { let_in: true, operator, .. }
            | Self::TicketGone { fate: TicketFate::Lost, operator, .. }
            | Self::PricedTimeEdited { operator, .. }
            | Self::PriceAgreed { operator, .. }
            | Self::ReleasedOwing { operator, .. }
            | Self::VisitCancelled { operator, .. }
            | Self::OrderLineAdded { approved_by: Some(operator), .. }
            | Self::OrderCancelled { operator, .. }
            | Self::PlateEdited { operator, .. }
            | Self::VisitReplaced { operator, .. }
            | Self::PaperJudged { complete: false, operator, .. }
            | Self::PinRefused { operator }
            | Self::TariffChanged { operator, .. }
            | Self::RightRefused { operator, .. } => Some(operator),
            Self::DepositReturned { returned, .. } => Some(&returned.operator),
            Self::StayValidated { validation, .. } => match &validation.how {
                ValidatedBy::Hand { operator, .. } => Some(operator),
                ValidatedBy::Voucher { .. } => None,
            },
            _ => None,
        }
    }

    /// The tax number this event says something of.
    pub const fn counterparty(&self) -> Option<&TaxNumber> {
        match self {
            Self::CounterpartyFound { number, .. } | Self::CounterpartyWritten { number, .. } => Some(number),
            _ => None,
        }
    }

    /// The paper job this event changes.
    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::PaperAsked { job, .. }
            | Self::PaperRetried { job }
            | Self::PaperReported { job, .. }
            | Self::PaperJudged { job, .. } => Some(*job),
            _ => None,
        }
    }
}
