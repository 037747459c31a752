//! The accounts of shops as files of an office: as text, as a table, as JSON, as a PDF.

use super::{refuses, said, tameio, text};
use tameio::app::input::{By, Input, MerchantInput, OpenVisit, Stamped, WantedMerchant};
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::merchant::{Gives, Payer};
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::Tender;
use tameio::domain::settings::Trade;
use tameio::domain::time::Stamp;
use tameio::store::Store;

fn person(id: &str) -> OperatorId {
    OperatorId(id.to_owned())
}

/// A shop whose name a table program would take for a formula, and a stay of one of its customers in March.
fn a_month(folder: &std::path::Path) {
    let settings = Config::practice(Trade::Parking).expect("practice is good").settings;
    let store = Store::open(folder, &settings.terminal).expect("a database");
    let mut terminal = Terminal::new(settings, store).expect("a terminal");
    let by = || By { operator: person("A"), approved_by: Some(person("owner")) };
    let mut step = |time: &str, input: &dyn Fn(&Terminal) -> Input| {
        let at: Stamp =
            serde_json::from_value(format!("2026-03-14T{time}:00.000+02:00").into()).expect("an instant");
        let input = input(&terminal);
        terminal.step(&Stamped { at, chance: 7, input }).expect("a step");
    };
    let wanted = WantedMerchant {
        name: "=ΚΑΦΕ \"ΑΛΦΑ\"".to_owned(),
        afm: "094014201".to_owned(),
        gives: Gives::FirstMinutes { minutes: 60 },
        payer: Payer::Merchant,
        per_day: 0,
        per_vehicle: 0,
        hours: Vec::new(),
        from: None,
        to: None,
        adds_up: false,
        active: true,
    };
    step("09:00", &|_| Input::Merchant(MerchantInput::Open { wanted: Box::new(wanted.clone()), by: by() }));
    step("09:03", &|_| Input::OpenVisit(OpenVisit::new("ΙΗΖ-4821", Size::Small, person("A"))));
    step("11:20", &|terminal| {
        let visit = *terminal.state().visits.keys().next().expect("a visit");
        let merchant = *terminal.state().merchants.keys().next().expect("a shop");
        Input::Merchant(MerchantInput::Validate { visit, merchant, by: by() })
    });
    step("11:20", &|terminal| {
        let visit = *terminal.state().visits.keys().next().expect("a visit");
        let tenders = vec![Tender::Cash { given: "3.50".parse().expect("an amount") }];
        Input::Pay { visit, tenders, invoice_to: None, operator: person("A") }
    });
}

#[test]
fn the_account_of_a_shop_leaves_as_text_table_json_and_pdf() {
    let folder = tempfile::tempdir().expect("a folder");
    a_month(folder.path());
    let at = ["--month", "2026-03", "--trade", "parking", "--data", text(folder.path())];
    let run = |command: &[&str]| {
        let output = tameio(&[&["merchant"], command, &at].concat());
        assert!(output.status.success(), "{command:?}: {}", said(&output));
        output.stdout
    };
    let lines = |command: &[&str]| String::from_utf8(run(command)).expect("text");
    assert!(lines(&["list"]).contains("first 60′  1 stays, owes 4.00"), "{}", lines(&["list"]));
    let table = lines(&["list", "--csv"]);
    let row = "1,\"'=ΚΑΦΕ \"\"ΑΛΦΑ\"\"\",094014201,first 60′,merchant,true,2026-03,1,4.00,0.00";
    assert_eq!(table.lines().nth(1), Some(row), "{table}");
    let list: serde_json::Value = serde_json::from_str(&lines(&["list", "--json"])).expect("JSON");
    assert_eq!((list["stays"].as_u64(), list["owed_cents"].as_i64()), (Some(1), Some(400)));
    let table = lines(&["account", "1", "--csv"]);
    let row = table.lines().nth(1).expect("a stay");
    assert!(row.starts_with("2026-03-14 11:20,ΙΗΖ*21,") && row.ends_with(",merchant,hand,,4.00"), "{row}");
    let stay: serde_json::Value = serde_json::from_str(&lines(&["account", "1", "--json"])).expect("JSON");
    assert_eq!(stay["worth_cents"], 400);
    assert!(lines(&["account", "1"]).contains("ΛΟΓΑΡΙΑΣΜΟΣ ΚΑΤΑΣΤΗΜΑΤΟΣ"));
    assert!(run(&["account", "1", "--a4"]).starts_with(b"%PDF-"));
    let nobody = [&["merchant", "account", "9"][..], &at].concat();
    refuses(&nobody, "there is no shop 9: `tameio merchant list` shows their numbers");
    let month = ["merchant", "list", "--month", "2026-13", "--data", text(folder.path())];
    refuses(&month, "is no month: write it as 2026-03");
}
