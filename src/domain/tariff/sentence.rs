//! The words of a price for papers and the screen, in Greek and in English.

use super::check::{Finding, What};
use super::engine::Rule;
use super::price::{NoPrice, Price, Step};
use super::rules::{CapDay, UnitPrice, VehicleClass, Version};
use super::timetable::Hours;
use crate::domain::money::Cents;
use crate::domain::text::{Language, Name};
use crate::domain::time::Stamp;

/// A duration as a sign says it: `2 ώρες`, `1 ώρα 30 λεπτά`, `3 ημέρες`.
pub fn duration(minutes: u32, language: Language) -> String {
    let [day, hour, minute] = match language {
        Language::El => [("ημέρα", "ημέρες"), ("ώρα", "ώρες"), ("λεπτό", "λεπτά")],
        Language::En => [("day", "days"), ("hour", "hours"), ("minute", "minutes")],
    };
    // A day is said in hours until there are two: it is 24 hours, and no date.
    let (days, rest) = if minutes < 2880 { (0, minutes) } else { (minutes / 1440, minutes % 1440) };
    let said = |count: u32, (one, many): (&str, &str)| {
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    };
    let parts: Vec<String> =
        [said(days, day), said(rest / 60, hour), said(rest % 60, minute)].into_iter().flatten().collect();
    if parts.is_empty() { format!("0 {}", minute.1) } else { parts.join(" ") }
}

/// Both languages of something said about a duration.
fn both(minutes: u32, el: impl Fn(&str) -> String, en: impl Fn(&str) -> String) -> Name {
    Name::new(&el(&duration(minutes, Language::El)), &en(&duration(minutes, Language::En)))
}

/// "Per hour": one unit is said without its number.
fn per(unit: &UnitPrice) -> Name {
    let bare = |said: &str| said.strip_prefix("1 ").unwrap_or(said).to_owned();
    both(unit.each, |said| format!("Ανά {}", bare(said)), |said| format!("Per {}", bare(said)))
}

/// Its own name, or else its hours.
pub(super) fn named(own: &Name, hours: &str) -> Name {
    let either = |text: &str| if text.is_empty() { hours.to_owned() } else { text.to_owned() };
    Name::new(&either(own.el.as_str()), &either(own.en.as_str()))
}

/// What hours are called: by their own name, or as they stand.
pub fn hours_named(name: &Name, hours: &Hours, language: Language) -> String {
    named(name, &hours.printed()).get(language).as_str().to_owned()
}

fn with(first: &Name, el: &str, en: &str) -> Name {
    Name::new(&format!("{}{el}", first.el), &format!("{}{en}", first.en))
}

impl Price<'_> {
    /// What a step of this price is called.
    pub fn name(&self, step: &Step) -> Name {
        self.found(step).unwrap_or_default()
    }

    fn found(&self, step: &Step) -> Option<Name> {
        let rules = self.rules;
        let window = |place: usize| {
            let window = rules.windows.get(place)?;
            Some((named(&window.name, &window.hours.printed()), &window.unit))
        };
        Some(match step.rule {
            Rule::Turnaround => free_up_to(rules.turnaround),
            Rule::Flat(place) => {
                let flat = rules.flats.get(place)?;
                with(&named(&flat.name, &flat.hours.printed()), ", ενιαία τιμή", ", flat price")
            }
            Rule::Band(place) => up_to(rules.bands.get(place)?.up_to),
            Rule::Step => self.by_the_minute(per(rules.step.as_ref()?), step),
            Rule::Window(place) => {
                let (name, unit) = window(place)?;
                let unit = per(unit);
                let lower = |text: &str| format!(", {}", text.to_lowercase());
                let name = with(&name, &lower(unit.el.as_str()), &lower(unit.en.as_str()));
                self.by_the_minute(name, step)
            }
            Rule::WindowCap(place) => with(&window(place)?.0, ", ανώτατη χρέωση", ", maximum"),
            Rule::DayCap => most_for(rules.day_cap?.day),
            Rule::Outside => Name::new("Ώρες χωρίς χρέωση", "Hours without charge"),
        })
    }

    /// What the difference is called that is due after a payment.
    pub(super) fn top_up_name(&self) -> Name {
        both(self.minutes, |said| format!("Διαφορά για {said}"), |said| format!("Difference for {said}"))
    }

    /// Where units are charged by the minute, the minutes are said: the price of the unit is in the name.
    fn by_the_minute(&self, name: Name, step: &Step) -> Name {
        if !self.rules.pro_rata {
            return name;
        }
        let unit = step.unit.with_comma();
        with(&name, &format!(" {unit}, {} λεπτά", step.count), &format!(" {unit}, {} minutes", step.count))
    }

    /// A step in one line: `Ανά ώρα: 2 × 1,50 = 3,00`.
    pub fn sentence(&self, step: &Step, language: Language) -> String {
        let name = self.name(step);
        let name = name.get(language);
        let amount = step.amount.with_comma();
        if step.amount == Cents::ZERO && matches!(step.rule, Rule::Turnaround | Rule::Outside) {
            return name.to_string();
        }
        if step.count > 1 && !self.is_by_the_minute(step) {
            return format!("{name}: {} × {} = {amount}", step.count, step.unit.with_comma());
        }
        format!("{name}: {amount}")
    }

    /// The whole price in words, a line a rule and the sum last; for papers and the screen.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let total = self.total.with_comma();
        let stay = duration(self.minutes, language);
        let sum = match language {
            Language::El => format!("Διάρκεια {stay}: {total}"),
            Language::En => format!("Stay of {stay}: {total}"),
        };
        let steps = self.grouped();
        steps.iter().map(|step| self.sentence(step, language)).chain([sum]).collect()
    }

    fn is_by_the_minute(&self, step: &Step) -> bool {
        self.rules.pro_rata && matches!(step.rule, Rule::Step | Rule::Window(_))
    }
}

impl Version {
    /// The sign in short, for a class of vehicle: what stands on a ticket. A row has a price, or says all itself.
    pub fn sign(&self, class: VehicleClass) -> Vec<(Name, Option<Cents>)> {
        let rules = self.rules(class);
        let mut rows = Vec::new();
        if rules.turnaround > 0 {
            rows.push((free_up_to(rules.turnaround), None));
        }
        let flats = rules.flats.iter().map(|flat| {
            (
                with(&named(&flat.name, &flat.hours.printed()), ", ενιαία τιμή", ", flat price"),
                Some(flat.price),
            )
        });
        rows.extend(flats);
        rows.extend(rules.bands.iter().map(|band| (up_to(band.up_to), Some(band.price))));
        rows.extend(rules.step.iter().map(|step| (per(step), Some(step.price))));
        for window in &rules.windows {
            let name = named(&window.name, &window.hours.printed());
            let unit = per(&window.unit);
            let lower = |text: &str| format!(", {}", text.to_lowercase());
            let priced = with(&name, &lower(unit.el.as_str()), &lower(unit.en.as_str()));
            rows.push((priced, Some(window.unit.price)));
            rows.extend(window.cap.map(|cap| (with(&name, ", έως", ", at most"), Some(cap))));
        }
        rows.extend(rules.day_cap.map(|cap| (most_for(cap.day), Some(cap.price))));
        if self.exit_grace > 0 {
            let el = |said: &str| format!("Έξοδος έως {said} μετά την πληρωμή");
            let en = |said: &str| format!("Leave within {said} of paying");
            rows.push((both(self.exit_grace, el, en), None));
        }
        rows.extend(self.lost_ticket.map(|fee| (Name::new("Απώλεια δελτίου", "Lost ticket"), Some(fee))));
        rows
    }
}

fn free_up_to(minutes: u32) -> Name {
    both(minutes, |said| format!("Έως {said}: δωρεάν"), |said| format!("Up to {said}: free"))
}

fn up_to(minutes: u32) -> Name {
    both(minutes, |said| format!("Έως {said}"), |said| format!("Up to {said}"))
}

fn most_for(day: CapDay) -> Name {
    match day {
        CapDay::FromArrival => Name::new("Ανώτατη χρέωση 24 ωρών", "Maximum for 24 hours"),
        CapDay::Calendar => Name::new("Ανώτατη χρέωση ημέρας", "Maximum for a day"),
    }
}

impl NoPrice {
    /// Why not, and what to do, for the person at the counter.
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::En => english(self),
            Language::El => greek(self),
        }
    }
}

fn english(why: &NoPrice) -> String {
    match why {
        NoPrice::LeftBeforeArrival { arrived, .. } => {
            format!("The vehicle came after it left ({}): correct the time of arrival.", arrived.printed())
        }
        NoPrice::ClockSetBack { paid, .. } => {
            format!("It was paid at {}, which is still to come: set the terminal's clock.", paid.printed())
        }
        NoPrice::TooLong { arrived } => {
            format!("Inside since {}, longer than ten years: correct the time of arrival.", arrived.printed())
        }
        NoPrice::NoVersion { arrived, .. } => {
            format!("There was no tariff yet at {}: the manager gives the price.", arrived.printed())
        }
        NoPrice::Gap { at } => {
            format!("The tariff has no price from {} on: the manager gives the price.", at.printed())
        }
    }
}

fn greek(why: &NoPrice) -> String {
    match why {
        NoPrice::LeftBeforeArrival { arrived, .. } => {
            format!("Η άφιξη ({}) είναι μετά την αναχώρηση: διόρθωσε την ώρα άφιξης.", arrived.printed())
        }
        NoPrice::ClockSetBack { paid, .. } => format!(
            "Η πληρωμή έγινε στις {}, που δεν έχει έρθει ακόμη: ρύθμισε το ρολόι του ταμείου.",
            paid.printed()
        ),
        NoPrice::TooLong { arrived } => {
            format!("Μέσα από {}, πάνω από δέκα χρόνια: διόρθωσε την ώρα άφιξης.", arrived.printed())
        }
        NoPrice::NoVersion { arrived, .. } => {
            format!("Στις {} δεν ίσχυε τιμοκατάλογος: την τιμή ορίζει ο διευθυντής.", arrived.printed())
        }
        NoPrice::Gap { at } => {
            format!("Ο τιμοκατάλογος δεν έχει τιμή από {} και μετά: την ορίζει ο διευθυντής.", at.printed())
        }
    }
}

impl Finding {
    /// What is wrong, where, and a stay that shows it.
    pub fn sentence(&self, language: Language) -> String {
        let Self { version, class, part, .. } = self;
        let stay = duration(self.example.minutes, language);
        let arrived = Stamp::new(self.example.arrived).printed();
        let (price, what) = (self.example.price.map(Cents::with_comma), self.what(language));
        match language {
            Language::El => {
                let costs =
                    price.map_or("δεν έχει τιμή".to_owned(), |price| format!("κοστίζει {price}"));
                format!(
                    "{version}, {part}: {what} Παράδειγμα ({}): στάθμευση {stay} από {arrived} {costs}.",
                    class.code()
                )
            }
            Language::En => {
                let costs = price.map_or("has no price".to_owned(), |price| format!("costs {price}"));
                format!(
                    "{version}, {part}: {what} Example ({}): a stay of {stay} from {arrived} {costs}.",
                    class.code()
                )
            }
        }
    }

    fn what(&self, language: Language) -> String {
        let said = |minutes| duration(minutes, language);
        match (self.what, language) {
            (What::Gap, Language::El) => {
                "υπάρχουν ώρες χωρίς τιμή: πρόσθεσε step ή windows, ή outside_windows = \"free\".".to_owned()
            }
            (What::Gap, Language::En) => {
                "there are hours without a price: add a step or windows, or outside_windows = \"free\"."
                    .to_owned()
            }
            (What::Falls { shorter, was }, Language::El) => {
                format!(
                    "περισσότερη ώρα κοστίζει λιγότερο: {} κοστίζουν {}.",
                    said(shorter),
                    was.with_comma()
                )
            }
            (What::Falls { shorter, was }, Language::En) => {
                format!("a longer stay costs less: {} cost {}.", said(shorter), was.with_comma())
            }
            (What::UnderTurnaround, Language::El) => {
                "δεν χρεώνεται ποτέ: τόση ώρα είναι δωρεάν (turnaround).".to_owned()
            }
            (What::UnderTurnaround, Language::En) => {
                "is never charged: so short a stay is free (turnaround).".to_owned()
            }
            (What::NeverBegins, Language::El) => {
                "δεν ισχύει ποτέ: όσα προηγούνται δεν της αφήνουν καμία ώρα.".to_owned()
            }
            (What::NeverBegins, Language::En) => {
                "never acts: what comes before it leaves it no hour.".to_owned()
            }
            (What::NeverReached { dearest }, Language::El) => {
                format!("το ανώτατο δεν φτάνεται ποτέ: το ακριβότερο είναι {}.", dearest.with_comma())
            }
            (What::NeverReached { dearest }, Language::En) => {
                format!("the maximum is never reached: the dearest comes to {}.", dearest.with_comma())
            }
        }
    }
}
