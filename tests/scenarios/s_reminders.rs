//! Vehicles that should come again: who is called, and what the paper of the arrival says.

use crate::world::{World, person};
use jiff::civil::date;
use tameio::app::input::{Input, PaperInput, WorkInput};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::Dashboard;
use tameio::domain::ids::VisitId;
use tameio::domain::paper::Paper;
use tameio::domain::reminder::{ReminderRules, Standing};
use tameio::domain::settings::{GarageRules, Settings, Trade};
use tameio::domain::text::Text;
use tameio::domain::work::NextService;
use tameio::store::reminders;

fn garage(reminders: ReminderRules) -> Settings {
    let settings = Config::practice(Trade::Garage).expect("practice is good").settings;
    Settings { garage: GarageRules { reminders, ..settings.garage }, ..settings }
}

fn next(on: Option<&str>, km: Option<u32>) -> NextService {
    NextService {
        on: on.and_then(|on| on.parse().ok()),
        km,
        what: Text::new("Λάδια"),
        call_name: Text::new("Μ. Παππά"),
        call_phone: Text::new("6900000000"),
    }
}

/// A vehicle with so many kilometres, and when it should come again.
fn remembers(world: &mut World, plate: &str, km: u32, next: NextService) -> VisitId {
    let visit = world.comes(plate, Size::Small);
    let dashboard = Dashboard { km: Some(km), fuel: None };
    world.act(Input::Work(WorkInput::Describe { visit, complaint: String::new(), dashboard }));
    assert_eq!(world.act(Input::Work(WorkInput::NextService { visit, next: Some(next) })), []);
    visit
}

fn due(world: &mut World, year: i16, month: i8, day: i8, rules: ReminderRules) -> Vec<(String, Standing)> {
    let conn = world.site().terminal().store().connection();
    let due = reminders::due(conn, date(year, month, day), rules).expect("it can be read");
    due.into_iter().map(|vehicle| (vehicle.plate.display(), vehicle.reminder.standing)).collect()
}

#[test]
fn the_most_urgent_is_called_first_and_who_is_not_due_not_at_all() {
    let rules = ReminderRules::default();
    let mut world = World::with(garage(rules));
    remembers(&mut world, "ΝΚΟ-9154", 84_310, next(Some("2026-09-14"), None));
    remembers(&mut world, "ΥΖΒ-3307", 12_000, next(Some("2026-09-01"), Some(27_000)));
    remembers(&mut world, "ΙΗΖ-4821", 50_000, next(None, Some(50_900)));
    remembers(&mut world, "ΚΒΡ-5060", 50_000, next(Some("2028-01-01"), None));
    let (owing, near) = (Standing::Due, Standing::Near);
    let plate = |plate: &str, standing| (plate.to_owned(), standing);
    assert_eq!(due(&mut world, 2026, 4, 1, rules), [plate("ΙΗΖ-4821", near)], "by its kilometres");
    assert_eq!(
        due(&mut world, 2026, 9, 2, rules),
        [plate("ΥΖΒ-3307", owing), plate("ΙΗΖ-4821", near), plate("ΝΚΟ-9154", near)]
    );
    // Where it is known how far vehicles go, nobody has to wait for them to say it.
    let estimated = ReminderRules { km_a_year: Some(12_000), ..rules };
    assert_eq!(due(&mut world, 2026, 5, 1, estimated), [plate("ΙΗΖ-4821", owing)]);
    world.drain();
    world.check();
}

#[test]
fn what_was_due_stands_on_the_work_order_of_the_arrival_and_goes_with_the_answer() {
    let mut world = World::with(garage(ReminderRules::default()));
    let first = remembers(&mut world, "ΝΚΟ-9154", 84_310, next(Some("2026-05-01"), None));
    let by = tameio::app::input::By { operator: person("chief"), approved_by: None };
    world.act(Input::CancelVisit { visit: first, reason: "έφυγε".to_owned(), by });
    world.pass(60 * 86_400);
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let printed = |world: &mut World| {
        world.act(Input::Paper(PaperInput::Print { paper: Paper::WorkOrder { visit } }));
        world.pass(10);
        world.papers().into_iter().rfind(|paper| paper.contains("ΕΝΤΟΛΗ ΕΡΓΑΣΙΑΣ")).expect("a work order")
    };
    let paper = printed(&mut world);
    assert!(paper.contains("ΗΡΘΕ Η ΩΡΑ ΤΟΥ ΣΕΡΒΙΣ") && paper.contains("01/05/2026"), "{paper}");
    let again = next(Some("2027-05-01"), None);
    world.act(Input::Work(WorkInput::NextService { visit, next: Some(again) }));
    let paper = printed(&mut world);
    assert!(!paper.contains("ΗΡΘΕ Η ΩΡΑ") && paper.contains("01/05/2027"), "{paper}");
    let today = world.site().now().date();
    assert_eq!(due(&mut world, today.year(), today.month(), today.day(), ReminderRules::default()), []);
    world.drain();
    world.check();
}

#[test]
fn the_list_is_printed_with_whom_to_call() {
    let mut world = World::with(garage(ReminderRules::default()));
    remembers(&mut world, "ΝΚΟ-9154", 84_310, next(None, Some(84_000)));
    let at = world.site().now();
    world.act(Input::Paper(PaperInput::Print { paper: Paper::DueVehicles { at } }));
    world.pass(10);
    let paper =
        world.papers().into_iter().rfind(|paper| paper.contains("ΟΧΗΜΑΤΑ ΓΙΑ ΣΕΡΒΙΣ")).expect("a list");
    for words in ["ΝΚΟ-9154", "Λάδια", "Μ. Παππά", "6900000000", "310"] {
        assert!(paper.contains(words), "{words} is missing in\n{paper}");
    }
}
