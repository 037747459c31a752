//! Any request against any past: what is found here before sending is what the registry answers.
//!
//! Negative controls. Each of these was planted on one side alone, turned a walk below red, and was taken out again:
//!
//! | here | in the registry of our own |
//! |---|---|
//! | warranty offered at washes too | a recurring rental only barred from own use |
//! | the maker at will for rentals' foreign plates | own use not made to say "no document" |
//! | 151 units of comment, 16 digits of amount | a period of one day refused |
//! | an AFM with its `EL` before it taken | 51 entries of one correlation taken |
//! | a recurring entry invoiced to anybody | |
//! | a lease completed without its amount | |
//! | an arrival within the present second called future | |
//! | `EL` among the countries | |
//! | a document demanded of a vehicle that moved away | |

use super::strategies::{Case, cases};
use super::{World, codes, codes_of, examples};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use tameio::aade::message::{InvoiceKind, Operation, RegisteredPlate, Request, UpdateClient, UseCase};
use tameio::aade::rules::{Fault, Field, Known, Mistake, check};
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::terms::{OffSite, Periodicity, ServiceTerms};
use tameio::domain::text::Text;

/// A difference that is meant: which side has more, when, and why.
struct Exception {
    why: &'static str,
    more: More,
}

enum More {
    /// We find a fault the registry of our own does not.
    Here(fn(&Request, &Fault) -> bool),
    /// That registry adds a code to a refusal we find as well.
    There(u16, fn(&Request) -> bool),
    /// That registry refuses with a code what we let pass.
    Alone(u16, fn(&Request) -> bool),
}

const EXCEPTIONS: [Exception; 5] = [
    Exception {
        why: "Beyond the basic plane a character is two units where the registry's platform counts, one in the schema's \
              words; we keep to the stricter of the two.",
        more: More::Here(is_long_by_units_only),
    },
    Exception {
        why: "Whether a completed entry may be cancelled is not published. A wrong plate is often seen after the car has \
              left, and the law wants it cancelled; so we ask, and let AADE answer.",
        more: More::Alone(209, |request| matches!(request, Request::Cancel(_))),
    },
    Exception {
        why: "A rental tells no kind of service: that is said, and its words are not asked for on top.",
        more: More::There(203, |request| {
            let wordless = |category: &ServiceCategory| matches!(category, ServiceCategory::Other(words) if words.is_empty());
            update(request).is_some_and(|update| {
                update.client_type == ClientType::Rental && update.category.as_ref().is_some_and(wordless)
            })
        }),
    },
    Exception {
        why: "Only garages move vehicles away: that is said, and neither a partner's number nor the completion is asked \
              for on top.",
        more: More::There(203, |request| {
            update(request).is_some_and(|update| {
                let nameless = matches!(&update.off_site, Some(OffSite::Partner { vat }) if vat.is_empty());
                update.client_type != ClientType::Garage
                    && update.off_site.is_some()
                    && (nameless || !update.completes)
            })
        }),
    },
    Exception {
        why: "Without a document there is no invoice: that is said, and its customer is not asked for on top, who would \
              be refused in turn.",
        more: More::There(203, |request| {
            update(request)
                .is_some_and(|update| update.no_document && update.invoice_kind == Some(InvoiceKind::Invoice))
        }),
    },
];

const fn update(request: &Request) -> Option<&UpdateClient> {
    match request {
        Request::Update(update) => Some(update),
        Request::Send(_) | Request::Correlate(_) | Request::Cancel(_) | Request::List(_) => None,
    }
}

/// The words of a field, where the schema limits them.
fn words_of(request: &Request, field: Field) -> Option<Text> {
    match (request, field) {
        (Request::Send(client), Field::Comments) => client.comments.clone().map(Text::from),
        (Request::Update(update), Field::Comments) => update.comments.clone().map(Text::from),
        (Request::Update(update), Field::ReturnedAt) => update.returned_at.clone(),
        (Request::Update(update), Field::CategoryWords) => match &update.category {
            Some(ServiceCategory::Other(words)) => Some(words.clone()),
            _ => None,
        },
        (Request::Send(client), Field::PeriodicityWords) => match &client.terms {
            ServiceTerms::Lease { every: Periodicity::Other(words), .. } => Some(words.clone()),
            _ => None,
        },
        (Request::Send(client), Field::PickedUpAt) => match &client.use_case {
            UseCase::Rental { picked_up_at, .. } => picked_up_at.clone(),
            UseCase::ParkingWash { .. } | UseCase::Garage { .. } => None,
        },
        (Request::Send(client), Field::Plate | Field::ForeignPlate) => {
            let (RegisteredPlate::Domestic(words) | RegisteredPlate::Foreign(words)) =
                &client.use_case.vehicle().plate;
            Some(words.clone())
        }
        (Request::Send(client), Field::VehicleCategory) => client.use_case.vehicle().category.clone(),
        (Request::Send(client), Field::Maker) => client.use_case.vehicle().maker.clone(),
        _ => None,
    }
}

fn is_long_by_units_only(request: &Request, fault: &Fault) -> bool {
    let Mistake::TooLong { max, .. } = fault.mistake else { return false };
    words_of(request, fault.field).is_some_and(|words| words.as_str().chars().count() <= max)
}

/// What both sides say of one request, and which meant differences it took to make them agree.
struct Verdicts {
    /// Our faults, without those only we are meant to find.
    here: Vec<Fault>,
    there: BTreeSet<u16>,
    differences: BTreeSet<&'static str>,
}

/// Takes out the faults only we are meant to find.
fn without_ours(request: &Request, faults: Vec<Fault>, used: &mut BTreeSet<&'static str>) -> Vec<Fault> {
    let meant = |fault: &Fault| {
        EXCEPTIONS.iter().find(|e| matches!(e.more, More::Here(applies) if applies(request, fault)))
    };
    let kept = faults.into_iter().filter(|fault| {
        let exception = meant(fault);
        used.extend(exception.map(|exception| exception.why));
        exception.is_none()
    });
    kept.collect()
}

/// Takes out the codes only the registry of our own is meant to give.
fn without_theirs(
    request: &Request,
    ours: &BTreeSet<u16>,
    theirs: &BTreeSet<u16>,
    used: &mut BTreeSet<&'static str>,
) -> BTreeSet<u16> {
    let mut left = theirs.clone();
    for Exception { why, more } in &EXCEPTIONS {
        let code = match more {
            More::There(code, applies) if applies(request) && !ours.is_empty() => code,
            More::Alone(code, applies) if applies(request) => code,
            More::Here(_) | More::There(..) | More::Alone(..) => continue,
        };
        if !ours.contains(code) && left.remove(code) {
            used.insert(why);
        }
    }
    left
}

/// Both sides' verdicts, which must agree.
fn agree(case: &Case) -> Result<(Request, Verdicts), TestCaseError> {
    let mut world = World::after(&case.pasts, case.entity.clone());
    let request = case.request(&world);
    let faults = check(&request, &world.known);
    let less = check(&request, &Known::at(super::now()));
    prop_assert!(
        less.iter().all(|fault| faults.contains(fault)),
        "knowing less finds less: {:?} of {:?}",
        less,
        faults
    );
    let mut differences = BTreeSet::new();
    let here = without_ours(&request, faults, &mut differences);
    let there = codes(&mut world.simulator, &request);
    let ours = codes_of(&here);
    let theirs = without_theirs(&request, &ours, &there, &mut differences);
    prop_assert_eq!(ours, theirs, "{:?}\n{:?}\n{}", request, here, request.body());
    Ok((request, Verdicts { here, there, differences }))
}

proptest! {
    #![proptest_config(Config { cases: 1_500, ..Config::default() })]

    #[test]
    fn what_is_found_here_is_what_the_registry_answers(case in cases()) {
        agree(&case)?;
    }
}

/// How often a walk came to what.
#[derive(Default)]
struct Tally {
    /// Requests taken and requests in all, by operation.
    taken: BTreeMap<Operation, (u32, u32)>,
    /// Faults met on both sides.
    met: BTreeSet<(Field, u16)>,
    /// Meant differences met.
    differences: BTreeSet<&'static str>,
}

/// The walk above would be worth little if it never came by a rule: the same walk from a fixed beginning meets every
/// fault the examples know and every meant difference, and takes and refuses each operation often.
#[test]
fn the_walk_comes_by_every_rule() {
    let tally = RefCell::new(Tally::default());
    let rng = TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 6_000, failure_persistence: None, ..Config::default() },
        rng,
    );
    let walked = runner.run(&cases(), |case| {
        let (request, verdicts) = agree(&case)?;
        let mut tally = tally.borrow_mut();
        let (taken, all) = tally.taken.entry(request.operation()).or_default();
        *taken += u32::from(verdicts.there.is_empty());
        *all += 1;
        tally.differences.extend(&verdicts.differences);
        // What a stage before it hides was not compared.
        let first = verdicts.here.first().map(Fault::stage);
        let compared = verdicts.here.iter().filter(|fault| Some(fault.stage()) == first);
        tally.met.extend(compared.map(|fault| (fault.field, fault.code)));
        Ok(())
    });
    walked.unwrap();
    let tally = tally.into_inner();
    for (operation, (taken, all)) in &tally.taken {
        let share = 100 * taken / all;
        assert!((10..=98).contains(&share), "{operation:?}: {share} % of {all} taken");
    }
    let missed: Vec<_> = examples::faults().into_iter().filter(|fault| !tally.met.contains(fault)).collect();
    assert!(missed.is_empty(), "never met: {missed:?}");
    for Exception { why, .. } in &EXCEPTIONS {
        assert!(tally.differences.contains(why), "no longer a difference: {why}");
    }
}

/// The list of countries is long and typed twice: every pair of letters is asked on both sides.
#[test]
fn both_sides_know_the_same_countries() {
    let letters = || 'A'..='Z';
    let pairs = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let mut known = 0;
    for country in pairs {
        let past = super::Past::open(ClientType::ParkingWash, super::Terms::OneOff);
        let mut world = World::after(&[past], None);
        let mut client = super::arrival(ClientType::ParkingWash);
        let customer = super::tax_number(&country, "987654324");
        client.terms = ServiceTerms::Recurring { customer };
        let request = Request::Send(client);
        let found = codes_of(&check(&request, &world.known));
        assert_eq!(found, codes(&mut world.simulator, &request), "{country}");
        known += u32::from(found.is_empty());
    }
    assert_eq!(known, 247);
}
