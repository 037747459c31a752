//! The rules of SendClient.

use super::{
    Case, Rule, apart, barred_for_type, blank, greek_vat, joined, mandatory, only, rule, say, strict,
};
use jiff::Timestamp;

const PERIOD_FLAGS: [&str; 2] = ["continuousService", "continuousLeaseService"];

fn has_period(case: &Case<'_>) -> bool {
    PERIOD_FLAGS.iter().any(|flag| case.yes(flag))
}

fn use_case(case: &Case<'_>) -> Option<i64> {
    let children = [("rental", 1), ("parkingcarwash", 2), ("garage", 3)];
    children.into_iter().find(|(name, _)| case.has(name)).map(|(_, code)| code)
}

fn created(case: &Case<'_>) -> Option<Timestamp> {
    case.fields.get("creationDateTime")?.parse().ok()
}

/// SendClient.
pub static SEND: [Rule; 33] = [
    rule("S1", 212, "idDcl", |c| say(c.has("idDcl"), || "idDcl is filled by the service".to_owned())),
    rule("S2", 205, "creationDateTime", |c| {
        only(c, c.has("transmissionFailure"), "creationDateTime", "transmissionFailure has value")
    }),
    rule("S3", 203, "creationDateTime", |c| mandatory(c, c.has("transmissionFailure"), "creationDateTime")),
    rule("S4", 218, "creationDateTime", |c| {
        let local = c.fields.get("creationDateTime").is_some_and(|at| !at.ends_with('Z'));
        say(local, || "creationDateTime is not in UTC format".to_owned())
    }),
    rule("S5", 217, "creationDateTime", |c| {
        let future = created(c).is_some_and(|at| at > c.now);
        say(future, || "creationDateTime cannot be later than the current time".to_owned())
    }),
    rule("S6", 208, "useCase", |c| {
        let differs = use_case(c) != c.fields.number("clientServiceType");
        say(differs, || "useCase differs with clientServiceType".to_owned())
    }),
    rule("S7.none", 203, "vehicleRegistrationNumber", |c| {
        mandatory(c, !c.has("foreignVehicleRegistrationNumber"), "vehicleRegistrationNumber")
    }),
    rule("S7.both", 204, "foreignVehicleRegistrationNumber", |c| {
        let domestic = "vehicleRegistrationNumber";
        apart(c, c.has(domestic), "foreignVehicleRegistrationNumber", domestic)
    }),
    rule("S8", 203, "vehicleCategory", |c| {
        mandatory(c, c.has("foreignVehicleRegistrationNumber"), "vehicleCategory")
    }),
    rule("S9", 203, "vehicleFactory", |c| {
        let needed = c.has("foreignVehicleRegistrationNumber") && c.is_type(&[1, 3]);
        mandatory(c, needed, "vehicleFactory")
    }),
    rule("S10.vat", 203, "customerVatNumber", |c| {
        mandatory(c, c.yes("recurringService"), "customerVatNumber")
    }),
    rule("S10.country", 203, "customerCountry", |c| {
        mandatory(c, c.yes("recurringService"), "customerCountry")
    }),
    rule("S11", 202, "customerVatNumber", |c| greek_vat(c, "customerVatNumber", "customerCountry")),
    rule("S12", 204, "recurringService", |c| {
        let flags = ["recurringService", "continuousService", "continuousLeaseService"];
        let set: Vec<_> = flags.into_iter().filter(|flag| c.yes(flag)).collect();
        say(set.len() > 1, || format!("{} cannot be sent together with {}", set[0], set[1]))
    }),
    rule("S13.from", 203, "fromAgreedPeriodDate", |c| mandatory(c, has_period(c), "fromAgreedPeriodDate")),
    rule("S13.to", 203, "toAgreedPeriodDate", |c| mandatory(c, has_period(c), "toAgreedPeriodDate")),
    rule("S14", 213, "toAgreedPeriodDate", |c| {
        let (from, to) = (c.fields.get("fromAgreedPeriodDate"), c.fields.get("toAgreedPeriodDate"));
        let backwards = from.zip(to).is_some_and(|(from, to)| to < from);
        say(backwards, || "toAgreedPeriodDate cannot be earlier than fromAgreedPeriodDate".to_owned())
    }),
    rule("S15.none", 203, "periodicity", |c| {
        mandatory(c, c.yes("continuousLeaseService") && !c.has("periodicityOther"), "periodicity")
    }),
    rule("S15.both", 204, "periodicityOther", |c| {
        apart(c, c.has("periodicity"), "periodicityOther", "periodicity")
    }),
    rule("S16.period", 205, "fromAgreedPeriodDate", |c| {
        let when = "continuousService or continuousLeaseService is true";
        let dates = ["fromAgreedPeriodDate", "toAgreedPeriodDate"];
        joined(dates.map(|date| only(c, has_period(c), date, when)))
    }),
    rule("S16.periodicity", 205, "periodicity", |c| {
        let lease = c.yes("continuousLeaseService");
        joined(
            ["periodicity", "periodicityOther"].map(|n| only(c, lease, n, "continuousLeaseService is true")),
        )
    }),
    strict("S17", 205, "customerVatNumber", |c| {
        let recurring = c.yes("recurringService");
        joined(
            ["customerVatNumber", "customerCountry"]
                .map(|n| only(c, recurring, n, "recurringService is true")),
        )
    }),
    rule("S18", 214, "mixedService", |c| {
        barred_for_type(c, c.yes("mixedService") && !c.is_type(&[2]), "mixedService")
    }),
    rule("S19", 203, "vehicleMovementPurpose", |c| mandatory(c, c.is_type(&[1]), "vehicleMovementPurpose")),
    rule("S20", 216, "vehicleMovementPurpose", |c| {
        let other = c.yes("recurringService") && c.is("vehicleMovementPurpose", &[2, 3]);
        say(other, || "recurringService cannot be sent with vehicleMovementPurpose 2".to_owned())
    }),
    rule("S21.place", 203, "vehiclePickupLocation", |c| {
        mandatory(c, c.yes("isDiffVehPickupLocation"), "vehiclePickupLocation")
    }),
    rule("S21.flag", 205, "vehiclePickupLocation", |c| {
        only(c, c.yes("isDiffVehPickupLocation"), "vehiclePickupLocation", "isDiffVehPickupLocation is true")
    }),
    rule("S22.unknown", 206, "correlatedDclId", |c| {
        let id = c.fields.number("correlatedDclId").filter(|id| !c.record_exists(*id));
        id.map(|id| format!("correlatedDclId {id} not found")).into_iter().collect()
    }),
    rule("S22.kind", 219, "correlatedDclId", |c| {
        let other = |id: &i64| c.record_exists(*id) && c.entry_of(*id).is_none();
        let id = c.fields.number("correlatedDclId").filter(other);
        id.map(|id| format!("correlatedDclId {id} is not an initial entry id")).into_iter().collect()
    }),
    rule("S23.vehicle", 203, "vehicleRegistrationNumber", |c| {
        blank(
            c,
            &[
                "vehicleRegistrationNumber",
                "foreignVehicleRegistrationNumber",
                "vehicleCategory",
                "vehicleFactory",
            ],
        )
    }),
    rule("S23.customer", 203, "customerVatNumber", |c| blank(c, &["entityVatNumber", "customerVatNumber"])),
    rule("S23.comments", 203, "comments", |c| blank(c, &["comments"])),
    rule("S23.other", 203, "periodicityOther", |c| blank(c, &["vehiclePickupLocation", "periodicityOther"])),
];
