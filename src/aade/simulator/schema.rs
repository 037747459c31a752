//! The registry's schema 1.1 as tables, and validation against them. One violation per fault, as a validator gives
//! them; every violation answers 101.

use super::xml::Node;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an element may hold.
pub(super) enum Kind {
    Long,
    /// An integer from … to, both included.
    Range(i64, i64),
    NonNegative,
    Boolean,
    Date,
    DateTime,
    Time,
    Amount,
    Text,
    /// At most so many characters.
    TextMax(usize),
    Country,
    Group(&'static [Particle]),
}

/// One element of a sequence.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    required: bool,
    repeats: bool,
}

/// One place in a sequence.
pub(super) enum Particle {
    One(Field),
    /// Exactly one of these.
    Choice(&'static [Field]),
}

/// A document: root, namespace, and the one element in it.
pub(super) struct Document {
    root: &'static str,
    pub(super) namespace: &'static str,
    child: &'static str,
    pub(super) particles: &'static [Particle],
}

const fn may(name: &'static str, kind: Kind) -> Particle {
    Particle::One(Field { name, kind, required: false, repeats: false })
}

const fn must(name: &'static str, kind: Kind) -> Particle {
    Particle::One(Field { name, kind, required: true, repeats: false })
}

const fn one_of(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true, repeats: false }
}

const RENTAL: &[Particle] = &[
    may("vehicleRegistrationNumber", Kind::TextMax(50)),
    may("foreignVehicleRegistrationNumber", Kind::TextMax(50)),
    may("vehicleCategory", Kind::TextMax(100)),
    may("vehicleFactory", Kind::TextMax(100)),
    may("vehicleMovementPurpose", Kind::Range(1, 3)),
    may("isDiffVehPickupLocation", Kind::Boolean),
    may("vehiclePickupLocation", Kind::TextMax(250)),
];

const PARKING_OR_GARAGE: &[Particle] = &[
    may("vehicleRegistrationNumber", Kind::TextMax(50)),
    may("foreignVehicleRegistrationNumber", Kind::TextMax(50)),
    may("vehicleCategory", Kind::TextMax(100)),
    may("vehicleFactory", Kind::TextMax(100)),
];

const USE_CASE: &[Particle] = &[Particle::Choice(&[
    one_of("rental", Kind::Group(RENTAL)),
    one_of("parkingcarwash", Kind::Group(PARKING_OR_GARAGE)),
    one_of("garage", Kind::Group(PARKING_OR_GARAGE)),
])];

const NEW_CLIENT: &[Particle] = &[
    may("idDcl", Kind::Long),
    must("clientServiceType", Kind::Range(1, 3)),
    may("creationDateTime", Kind::DateTime),
    may("entityVatNumber", Kind::Text),
    must("branch", Kind::NonNegative),
    may("recurringService", Kind::Boolean),
    may("continuousService", Kind::Boolean),
    may("fromAgreedPeriodDate", Kind::Date),
    may("toAgreedPeriodDate", Kind::Date),
    may("mixedService", Kind::Boolean),
    may("customerVatNumber", Kind::Text),
    may("customerCountry", Kind::Country),
    may("transmissionFailure", Kind::Range(1, 1)),
    may("correlatedDclId", Kind::Long),
    may("comments", Kind::TextMax(150)),
    must("useCase", Kind::Group(USE_CASE)),
    may("periodicity", Kind::Range(1, 12)),
    may("continuousLeaseService", Kind::Boolean),
    may("periodicityOther", Kind::TextMax(100)),
];

const UPDATE_CLIENT: &[Particle] = &[
    may("updateUniqueId", Kind::Long),
    must("initialDclId", Kind::Long),
    must("clientServiceType", Kind::Range(1, 3)),
    may("entryCompletion", Kind::Boolean),
    may("nonIssueInvoice", Kind::Boolean),
    may("amount", Kind::Amount),
    may("completionDateTime", Kind::DateTime),
    may("isDiffVehReturnLocation", Kind::Boolean),
    may("vehicleReturnLocation", Kind::TextMax(250)),
    may("providedServiceCategory", Kind::Range(1, 9)),
    may("providedServiceCategoryOther", Kind::TextMax(100)),
    may("invoiceKind", Kind::Range(1, 3)),
    may("offSiteProvidedService", Kind::Range(1, 2)),
    may("exitDateTime", Kind::DateTime),
    may("entityVatNumber", Kind::Text),
    may("cooperatingVatNumber", Kind::Text),
    may("otherBranch", Kind::NonNegative),
    may("reasonNonIssueType", Kind::Range(1, 3)),
    may("comments", Kind::TextMax(150)),
    may("invoiceCounterparty", Kind::Text),
    may("invoiceCounterpartyCountry", Kind::Country),
];

const FIM: &[Particle] = &[
    must("FIMNumber", Kind::Text),
    must("FIMAA", Kind::Long),
    must("FIMIssueDate", Kind::Date),
    must("FIMIssueTime", Kind::Time),
];

const CORRELATION: &[Particle] = &[
    may("correlateId", Kind::Long),
    may("entityVatNumber", Kind::Text),
    Particle::Choice(&[one_of("mark", Kind::Long), one_of("FIM", Kind::Group(FIM))]),
    Particle::One(Field { name: "correlatedDCLids", kind: Kind::Long, required: true, repeats: true }),
];

pub(super) const SEND: Document = Document {
    root: "NewDigitalClientDoc",
    namespace: "http://www.aade.gr/myDATA/dcrnew/v1.0",
    child: "newDigitalClient",
    particles: NEW_CLIENT,
};

/// The one namespace that begins with `https`.
pub(super) const UPDATE: Document = Document {
    root: "UpdateClientDoc",
    namespace: "https://www.aade.gr/myDATA/dcrudt/v1.0",
    child: "updateClient",
    particles: UPDATE_CLIENT,
};

pub(super) const CORRELATE: Document = Document {
    root: "ClientCorrelationDoc",
    namespace: "http://www.aade.gr/myDATA/dcrudtcor/v1.0",
    child: "clientCorrelation",
    particles: CORRELATION,
};

const COUNTRIES: &str = "AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BR \
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM \
    MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OC OM PA PE PF PG PH PK PL PM PN PR PS \
    PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR ST SV SY SZ TC TD TF TG TH TJ TK TL TM TN \
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The values of a document by element name. Names are unique within each document, so that the nesting can be
/// rebuilt from the tables; a chosen group stands with its own name and no value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// Whether the element was there.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    /// A flag that is there and true.
    pub fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Sets the only value of a name.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.0.insert(name.to_owned(), vec![value.to_string()]);
    }

    /// Takes over every value of `later`, name by name: the last one wins.
    pub fn merge(&mut self, later: &Self) {
        self.0.extend(later.0.iter().map(|(name, values)| (name.clone(), values.clone())));
    }

    fn push(&mut self, name: &str, value: String) {
        self.0.entry(name.to_owned()).or_default().push(value);
    }
}

/// Validates a document and takes its values out.
pub(super) fn validate(root: &Node, document: &Document) -> Result<Fields, Vec<String>> {
    if root.name != document.root || root.namespace != document.namespace {
        let (namespace, name) = (&root.namespace, &root.name);
        return Err(vec![format!("Could not find schema information for the element '{namespace}:{name}'.")]);
    }
    let mut validation =
        Validation { namespace: document.namespace, fields: Fields::default(), violations: vec![] };
    match root.children.as_slice() {
        [child] if child.name == document.child && child.namespace == document.namespace => {
            validation.own(root);
            validation.group(child, document.particles);
        }
        _ => validation
            .violate(format!("The element '{}' must hold exactly one '{}'.", root.name, document.child)),
    }
    if validation.violations.is_empty() { Ok(validation.fields) } else { Err(validation.violations) }
}

/// Where an element stands in a document, for errors in document order.
pub(super) fn position(particles: &[Particle], name: &str) -> Option<usize> {
    let mut order = Vec::new();
    list_names(particles, &mut order);
    order.iter().position(|listed| *listed == name)
}

fn list_names(particles: &[Particle], order: &mut Vec<&'static str>) {
    for field in particles.iter().flat_map(Particle::fields) {
        order.push(field.name);
        if let Kind::Group(inner) = &field.kind {
            list_names(inner, order);
        }
    }
}

impl Particle {
    pub(super) fn fields(&self) -> &[Field] {
        match self {
            Self::One(field) => std::slice::from_ref(field),
            Self::Choice(fields) => fields,
        }
    }

    fn is_required(&self) -> bool {
        self.fields().iter().all(|field| field.required)
    }

    fn names(&self) -> String {
        let names: Vec<_> = self.fields().iter().map(|field| field.name).collect();
        names.join("' or '")
    }
}

struct Validation {
    namespace: &'static str,
    fields: Fields,
    violations: Vec<String>,
}

impl Validation {
    fn violate(&mut self, what: String) {
        self.violations.push(what);
    }

    /// What an element that holds others may not have.
    fn own(&mut self, node: &Node) {
        if !node.text.trim().is_empty() {
            self.violate(format!("The element '{}' cannot contain text.", node.name));
        }
        self.attributes(node);
    }

    fn attributes(&mut self, node: &Node) {
        for attribute in &node.attributes {
            self.violations.push(format!("The '{attribute}' attribute is not declared."));
        }
    }

    /// Walks the children along the sequence: each must be found at or after the place of the one before.
    fn group(&mut self, node: &Node, particles: &'static [Particle]) {
        self.own(node);
        let mut place = 0;
        let mut taken = false;
        for child in &node.children {
            match self.find(child, particles, place, taken) {
                Some((at, field)) => {
                    self.missing(node, &particles[(place + usize::from(taken)).min(at)..at]);
                    (place, taken) = (at, true);
                    self.value(child, field);
                }
                None => self.violate(format!(
                    "The element '{}' has invalid child element '{}'.",
                    node.name, child.name
                )),
            }
        }
        self.missing(node, particles.get(place + usize::from(taken)..).unwrap_or_default());
    }

    fn find(
        &self,
        child: &Node,
        particles: &'static [Particle],
        place: usize,
        taken: bool,
    ) -> Option<(usize, &'static Field)> {
        if child.namespace != self.namespace {
            return None;
        }
        let named =
            |particle: &'static Particle| particle.fields().iter().find(|field| field.name == child.name);
        let found =
            particles.iter().enumerate().skip(place).find_map(|(at, p)| named(p).map(|field| (at, field)));
        found.filter(|(at, field)| *at > place || !taken || field.repeats)
    }

    fn missing(&mut self, node: &Node, particles: &[Particle]) {
        for particle in particles.iter().filter(|particle| particle.is_required()) {
            let names = particle.names();
            self.violations
                .push(format!("The element '{}' has incomplete content: '{names}' expected.", node.name));
        }
    }

    fn value(&mut self, node: &Node, field: &'static Field) {
        if let Kind::Group(particles) = &field.kind {
            self.fields.push(field.name, String::new());
            return self.group(node, particles);
        }
        self.attributes(node);
        match (node.children.is_empty(), field.kind.read(&node.text)) {
            (true, Some(value)) => self.fields.push(field.name, value),
            _ => self.violate(format!(
                "The '{}' element is invalid: '{}' is not a valid value.",
                node.name, node.text
            )),
        }
    }
}

impl Kind {
    /// The value in one normal form, or nothing when the schema does not allow it.
    fn read(&self, text: &str) -> Option<String> {
        let trimmed = text.trim();
        match self {
            Self::Text => Some(text.to_owned()),
            Self::TextMax(max) => (text.chars().count() <= *max).then(|| text.to_owned()),
            Self::Long => trimmed.parse::<i64>().ok().map(|number| number.to_string()),
            Self::Range(from, to) => {
                trimmed.parse::<i64>().ok().filter(|n| (*from..=*to).contains(n)).map(|n| n.to_string())
            }
            Self::NonNegative => trimmed.parse::<u64>().ok().map(|number| number.to_string()),
            Self::Boolean => boolean(trimmed).map(|flag| flag.to_string()),
            Self::Date => is_date(trimmed).then(|| trimmed.to_owned()),
            Self::DateTime => is_date_time(trimmed).then(|| trimmed.to_owned()),
            Self::Time => is_time(trimmed).then(|| trimmed.to_owned()),
            Self::Amount => is_amount(trimmed).then(|| trimmed.to_owned()),
            Self::Country => COUNTRIES.split(' ').any(|country| country == text).then(|| text.to_owned()),
            Self::Group(_) => None,
        }
    }
}

pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// `yyyy-mm-dd`. There is no year 0 in the schema's calendar.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<civil::Date>().is_ok_and(|date| date.year() > 0)
}

/// `yyyy-mm-ddThh:mm:ss`, perhaps a fraction, perhaps a zone. What the zone must be is a rule, not the schema.
fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(time)) = (text.get(..10), text.get(11..)) else { return false };
    text.as_bytes().get(10) == Some(&b'T')
        && is_date(date)
        && is_time(time)
        && (text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok())
}

pub(crate) fn is_time(text: &str) -> bool {
    let clock = text.find(['Z', '+', '-']).map_or(text, |zone| &text[..zone]);
    let shaped =
        clock.len() >= 8 && clock.as_bytes().get(2) == Some(&b':') && clock.as_bytes().get(5) == Some(&b':');
    let zone = text.get(clock.len()..).unwrap_or_default();
    let zoned = matches!(zone, "" | "Z") || (zone.len() == 6 && zone.as_bytes().get(3) == Some(&b':'));
    shaped && zoned && clock.parse::<civil::Time>().is_ok()
}

/// Not negative, at most two decimals and fifteen digits.
pub(crate) fn is_amount(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit());
    let significant = whole.trim_start_matches('0').len() + decimals.trim_end_matches('0').len();
    all_digits
        && whole.len() + decimals.len() > 0
        && decimals.trim_end_matches('0').len() <= 2
        && significant <= 15
}
