//! The first set-up: every business that answers its questions gets a configuration that passes the check, and an
//! interrupted one goes on where it stopped.

use std::os::unix::fs::PermissionsExt;
use tameio::config::Config;
use tameio::domain::settings::{IssuerKind, Trade};
use tameio::domain::text::Language;
use tameio::setup::step::{TARIFFS, TRADES, Way, issuer_id, trade_id};
use tameio::setup::{Answers, Step, words, write};

fn answered(trades: &[Trade]) -> Answers {
    Answers {
        trades: trades.to_vec(),
        name: "ΔΕΙΓΜΑ \"ΜΟΝ.\" ΙΚΕ".to_owned(),
        afm: "999999993".to_owned(),
        address: "Οδός 10, 11111 Αθήνα".to_owned(),
        owner: "Ιδιοκτήτης".to_owned(),
        user: "demo".to_owned(),
        key: "very-secret".to_owned(),
        ..Answers::default()
    }
}

/// Every set of trades, by every issuer.
#[test]
fn every_business_gets_a_configuration_that_passes_the_check() {
    for set in 1..16_usize {
        let trades: Vec<Trade> = TRADES
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| set & (1 << bit) != 0)
            .map(|(_, trade)| trade)
            .collect();
        for issuer in [IssuerKind::TypedFim, IssuerKind::TypedMark, IssuerKind::MyData] {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("terminal.toml");
            let answers =
                Answers { issuer, exemption_confirmed: true, vat: "17".to_owned(), ..answered(&trades) };
            let config = write::write(&answers, &file, "7K3Q")
                .unwrap_or_else(|e| panic!("{trades:?} {issuer:?}: {e:?}"));
            assert_eq!(config.settings.trades().collect::<Vec<_>>(), trades);
            assert_eq!((config.settings.issuer, config.settings.catalogue.vat.0), (issuer, 1_700));
            assert!(!config.settings.practice, "it is real work");
            assert_eq!(config.settings.parking.tariff.is_some(), trades.contains(&Trade::Parking));
            assert_eq!(config.settings.business.name.as_str(), "ΔΕΙΓΜΑ \"ΜΟΝ.\" ΙΚΕ");
            assert!(!config.settings.catalogue.packages.is_empty(), "there is something to sell");
            let again = Config::load(&file).expect("it stands there and passes");
            assert_eq!(again, config);
        }
    }
}

#[test]
fn the_key_of_aade_stands_in_a_file_of_its_own_that_nobody_else_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, draft) = (folder.path().join("terminal.toml"), folder.path().join("setup.json"));
    let answers = answered(&[Trade::Wash]);
    answers.keep(&draft).expect("it is kept");
    write::write(&answers, &file, "7K3Q").expect("it is written");
    let secret = folder.path().join(write::CREDENTIALS);
    let mode = std::fs::metadata(&secret).expect("the file").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    assert!(std::fs::read_to_string(&secret).expect("its text").contains("very-secret"));
    for other in [&file, &draft] {
        assert!(!std::fs::read_to_string(other).expect("its text").contains("very-secret"), "{other:?}");
    }
    let read = tameio::aade::credentials::Credentials::find(&secret, None);
    assert!(read.is_ok(), "{read:?}");
    // What is there is never overwritten.
    assert!(matches!(write::write(&answers, &file, "7K3Q"), Err(write::WriteError::Exists(_))));
}

#[test]
fn an_interrupted_set_up_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = folder.path().join("below").join("setup.json");
    assert_eq!(Answers::resume(&draft), Answers::default(), "nothing was begun");
    let mut answers = Answers { at: Step::Afm.place(), ..answered(&[Trade::Parking, Trade::Wash]) };
    answers.keep(&draft).expect("it is kept");
    answers.key.clear();
    assert_eq!(Answers::resume(&draft), answers, "all but the key");
    std::fs::write(&draft, "{\"at\": 3, \"tra").expect("half a file");
    assert_eq!(Answers::resume(&draft), Answers::default());
}

/// Forwards and backwards through every question a business is asked, and each has its words in both languages.
#[test]
fn every_question_has_a_way_back_and_its_words() {
    for trades in [vec![Trade::Wash], vec![Trade::Parking, Trade::Garage], TRADES.to_vec()] {
        let answers = Answers { issuer: IssuerKind::MyData, ..answered(&trades) };
        let (mut step, mut way) = (Step::at(0), vec![Step::at(0)]);
        while step != Step::Done {
            step = step.next(&answers);
            way.push(step);
        }
        assert_eq!(way.contains(&Step::Bays), trades.contains(&Trade::Wash));
        assert_eq!(way.contains(&Step::Tariff), trades.contains(&Trade::Parking));
        for pair in way.windows(2) {
            assert_eq!(pair[1].before(&answers), Some(pair[0]));
        }
        assert_eq!(way[0].before(&answers), None);
    }
    for step in Step::ALL {
        for language in [Language::El, Language::En] {
            let answers = Answers { language, ..Answers::default() };
            assert!(!words::title(step, language).is_empty() && words::explanation(step, language).len() > 8);
            let keys = words::offers(step, &answers);
            assert_eq!(keys.is_empty(), !matches!(step.way(), Way::One | Way::Several), "{step:?}");
        }
        assert_ne!(words::explanation(step, Language::El), words::explanation(step, Language::En));
    }
}

#[test]
fn a_wrong_answer_is_said_and_a_right_one_will_do() {
    let wrong = Answers { afm: "999999990".to_owned(), ..answered(&[Trade::Wash]) };
    assert!(Step::Afm.check(&wrong).expect_err("its check digit is wrong").contains("ΑΦΜ"));
    assert!(Step::Afm.check(&answered(&[Trade::Wash])).is_ok());
    assert!(Step::Trades.check(&Answers::default()).is_err());
    let mut answers = Answers::default();
    for trade in ["parking", "wash", "parking"] {
        Step::Trades.choose(&mut answers, trade);
    }
    assert_eq!(answers.trades, [Trade::Wash], "touched again it is none");
    for issuer in [IssuerKind::TypedMark, IssuerKind::MyData] {
        Step::Issuer.choose(&mut answers, issuer_id(issuer));
        assert!(Step::Issuer.is_chosen(&answers, issuer_id(issuer)));
    }
    assert!(Step::Exemption.check(&answers).is_err(), "nobody has confirmed it");
    Step::Exemption.choose(&mut answers, "yes");
    assert!(Step::Exemption.check(&answers).is_ok());
    for tariff in TARIFFS {
        let answers = Answers { tariff: tariff.to_owned(), ..answered(&[Trade::Parking]) };
        let folder = tempfile::tempdir().expect("a folder");
        write::write(&answers, &folder.path().join("t.toml"), "7K3Q").expect(tariff);
    }
    assert_eq!(trade_id(Trade::Rental), "rental");
}
