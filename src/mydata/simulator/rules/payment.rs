//! How it was paid.

use super::{Case, Found, cents};
use crate::aade::simulator::xml::Node;
use crate::mydata::simulator::state::Channel;

pub(super) fn is_told(case: &Case<'_>, found: &mut Found) {
    let wanted = ["1.", "2.", "5.", "8.", "11."].iter().any(|family| case.is_of(family));
    let missing = wanted && case.payments().next().is_none();
    found.says_if(missing, 204, "Element paymentMethods is mandatory for this invoice type");
}

pub(super) fn judge(case: &Case<'_>, found: &mut Found) {
    case.payments().for_each(|payment| bound(payment, case.channel, case.options.wants_token, found));
    let paid: i64 = case.payments().map(|payment| cents(payment, "amount")).sum();
    let over = paid > cents(case.summary(), "totalGrossValue") && case.options.limits_payments;
    found.says_if(over, 407, "Payment amounts exceed totalGrossValue");
}

/// What ties a payment to its document, by channel.
pub(super) fn bound(payment: &Node, channel: Channel, wants_token: bool, found: &mut Found) {
    let by_card = payment.get("type") == Some("7");
    let signature = payment.child("ProvidersSignature");
    let token = payment.child("ECRToken").is_some();
    match channel {
        Channel::Provider => {
            let missing = by_card && signature.is_none();
            found.says_if(missing, 403, "ProvidersSignature is mandatory for documents of providers");
            found.says_if(token, 405, "ECRToken is forbidden for documents of providers");
        }
        Channel::Erp => {
            found.says_if(
                signature.is_some(),
                404,
                "ProvidersSignature is forbidden for documents of an ERP",
            );
            let missing = by_card && !token && wants_token;
            found.says_if(missing, 406, "ECRToken is mandatory for documents of an ERP");
        }
    }
    let iris = signature.is_some_and(|signature| signature.child("EndToEndReferenceID").is_some());
    found.says_if(iris && by_card, 409, "EndToEndReferenceID is forbidden with a POS payment");
    let told = payment.child("transactionId").is_some();
    found.says_if(told && !by_card, 205, "transactionId is allowed with a POS payment only");
}
