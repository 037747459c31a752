//! The past is found by a part of the plate, by when, by where it stands and by what was paid, all at once, page by page, and
//! no page reads the past from end to end.

use crate::world::{World, cash, with_chief};
use rusqlite::Connection;
use tameio::app::input::Input;
use tameio::domain::catalogue::Size;
use tameio::domain::money::Cents;
use tameio::domain::visit::{Settlement, Visit, VisitState};
use tameio::store::past::{self, PAGE_ROWS, Page, Standing, Wanted};
use tameio::store::query;

/// Two hundred and forty visits: every third is of the same regular, some are inside, some were cancelled, some paid.
fn shop() -> World {
    let mut world = World::wash();
    for n in 0..240_u32 {
        let plate =
            if n.is_multiple_of(3) { "ΙΗΖ-4821".to_owned() } else { format!("ΥΖΒ-{}", 3_000 + n) };
        let visit = world.comes(&plate, Size::Small);
        match n % 4 {
            0 => {
                let reason = "έφυγε".to_owned();
                world.act(Input::CancelVisit { visit, reason, by: with_chief() });
            }
            1 | 2 => {
                world.takes(visit, if n.is_multiple_of(2) { "FULL" } else { "EXT" });
                world.pays(visit, &[cash("20.00")]);
                world.leaves(visit);
            }
            // The regular is never inside twice.
            _ if n.is_multiple_of(3) => {
                world.takes(visit, "FULL");
                world.pays(visit, &[cash("20.00")]);
                world.leaves(visit);
            }
            _ => {}
        }
        world.pass(600);
    }
    world
}

fn database(world: &mut World) -> &Connection {
    world.site().terminal().store().connection()
}

fn paid(visit: &Visit) -> Option<Cents> {
    match visit.state.settlement() {
        Some(Settlement::Paid { total, .. }) => Some(*total),
        _ => None,
    }
}

/// What is wanted, said once more without any index.
fn holds(wanted: &Wanted, visit: &Visit) -> bool {
    let at = visit.arrived.utc.as_millisecond();
    let stands = match wanted.standing {
        Standing::Any => true,
        Standing::Inside => visit.state.is_inside(),
        Standing::Unpaid => visit.state.is_inside() && visit.state.settlement().is_none(),
        Standing::Cancelled => matches!(visit.state, VisitState::Cancelled { .. }),
    };
    stands
        && visit.plate.key().contains(&wanted.fragment)
        && wanted.from_ms.is_none_or(|from| at >= from)
        && wanted.before_ms.is_none_or(|before| at < before)
        && wanted.paid.is_none_or(|wanted| paid(visit) == Some(wanted))
}

fn pages(conn: &Connection, wanted: &Wanted) -> Vec<u64> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let Page { visits, next } = past::find(conn, wanted, after).expect("it is readable");
        assert!(visits.len() <= PAGE_ROWS);
        found.extend(visits.iter().map(|visit| visit.reference.number));
        match next {
            None => return found,
            next => after = next,
        }
    }
}

#[test]
fn every_search_finds_what_a_look_at_every_visit_finds() {
    let mut world = shop();
    let conn = database(&mut world);
    let mut all = Vec::new();
    query::each_visit(conn, |visit| all.push(visit)).expect("they are readable");
    let half = all[120].arrived.utc.as_millisecond();
    let mut hits = 0;
    for fragment in ["", "IHZ", "482", "YZB31", "9999"] {
        for standing in [Standing::Any, Standing::Inside, Standing::Unpaid, Standing::Cancelled] {
            for (from_ms, before_ms) in [(None, None), (Some(half), None), (None, Some(half))] {
                for paid in [None, Some(Cents(1_300)), Some(Cents(800)), Some(Cents(1))] {
                    let fragment = fragment.to_owned();
                    let wanted = Wanted { fragment, standing, from_ms, before_ms, paid };
                    // Nobody inside has paid here, and what is inside is looked at by its price.
                    if paid.is_some() && matches!(standing, Standing::Inside | Standing::Unpaid) {
                        continue;
                    }
                    let right = all.iter().rev().filter(|visit| holds(&wanted, visit));
                    let right: Vec<u64> = right.map(|visit| visit.reference.number).collect();
                    assert_eq!(pages(conn, &wanted), right, "{wanted:?}");
                    hits += right.len();
                }
            }
        }
    }
    assert!(hits > 1_000, "most of these find something: {hits}");
}

#[test]
fn a_fragment_is_typed_in_greek_or_latin() {
    let mut world = shop();
    let conn = database(&mut world);
    let typed = |fragment: &str| Wanted { fragment: fragment.to_owned(), ..Wanted::default() };
    let greek = pages(conn, &typed("ΙΗΖ"));
    assert_eq!(greek.len(), 80);
    assert_eq!(pages(conn, &typed("ihz")), greek);
    assert_eq!(pages(conn, &typed("ιηζ-48")), greek);
}

/// Each way in is an index: a search that reads all visits takes a third of a second among a million.
#[test]
fn no_page_reads_the_past_from_end_to_end() {
    let mut world = World::wash();
    let conn = database(&mut world);
    for sql in [past::BY_PLATE, past::BY_PERIOD, past::BY_ARRIVAL, past::BY_TOTAL, past::CANCELLED] {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
        let given = vec![rusqlite::types::Value::Null; statement.parameter_count()];
        let steps = statement
            .query_map(rusqlite::params_from_iter(given), |row| row.get::<_, String>(3))
            .expect("its steps");
        let steps: Vec<String> = steps.map(|step| step.expect("a step")).collect();
        let whole = |step: &&String| step.starts_with("SCAN visits") && !step.contains("visits_cancelled");
        assert_eq!(steps.iter().find(whole), None, "{sql}\n{steps:#?}");
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
        assert!(!sorts || sql == past::BY_PLATE, "{sql} is read in the order it is shown: {steps:#?}");
    }
}
