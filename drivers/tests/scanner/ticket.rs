//! Codes of tickets that only the holder of the key can make.

use proptest::prelude::*;
use tameio_drivers::printer::Code128Text;
use tameio_drivers::scanner::ticket::{BadTicket, TicketCheck, TicketCodes};

fn codes() -> TicketCodes {
    TicketCodes::new("T", b"sixteen bytes or more").unwrap()
}

fn ours(number: &str) -> TicketCheck {
    TicketCheck::Ours { number: number.to_owned() }
}

/// Computed elsewhere: HMAC-SHA256 of "T", a zero byte and the number, its first forty bits by Crockford's digits.
#[test]
fn the_code_is_the_one_others_compute() {
    let code = codes().code("7K3Q-000123").unwrap();
    assert_eq!(code, "T7K3Q-000123.QHG7G3DR");
    assert_eq!(codes().read(&code), ours("7K3Q-000123"));
    assert!(code.len() <= 21 && Code128Text::new(&code).is_ok());
}

#[test]
fn every_other_check_is_refused() {
    let code = codes().code("7K3Q-000123").unwrap();
    let (front, check) = code.split_at(code.len() - 8);
    for place in 0..8 {
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
            let mut changed: Vec<char> = check.chars().collect();
            if changed[place] == other {
                continue;
            }
            changed[place] = other;
            let changed: String = changed.into_iter().collect();
            assert_eq!(codes().read(&format!("{front}{changed}")), TicketCheck::NotMadeHere);
        }
    }
    let next = code.replace("000123", "000124");
    assert_eq!(codes().read(&next), TicketCheck::NotMadeHere, "a counter is not continued");
}

#[test]
fn another_key_or_another_prefix_makes_other_tickets() {
    let code = codes().code("1").unwrap();
    assert_eq!(
        TicketCodes::new("T", b"another sixteen bytes").unwrap().read(&code),
        TicketCheck::NotMadeHere
    );
    let vouchers = TicketCodes::new("V", b"sixteen bytes or more").unwrap();
    assert_eq!(vouchers.read(&code), TicketCheck::Other);
    assert_eq!(vouchers.read(&code.replacen('T', "V", 1)), TicketCheck::NotMadeHere);
}

#[test]
fn it_can_be_typed() {
    let code = codes().code("7K3Q-000123").unwrap();
    let (front, check) = code.split_at(code.len() - 8);
    let typed = format!(" {}{} ", front.to_lowercase(), check.replace('0', "o").replace('1', "l"));
    assert_eq!(codes().read(&typed), ours("7K3Q-000123"));
}

#[test]
fn what_is_no_ticket_is_something_else() {
    for code in
        ["", "T", "T.", "T1.", "T1.SHORT", "T1.TOOLONGCHECK", "X1.00000000", "Tα.00000000", "T 1.00000000"]
    {
        assert_eq!(codes().read(code), TicketCheck::Other, "{code}");
    }
    assert_eq!(codes().read("T1.UUUUUUUU"), TicketCheck::NotMadeHere);
    assert_eq!(codes().code("α"), Err(BadTicket::Characters));
    assert_eq!(codes().code(""), Err(BadTicket::Characters));
    assert!(matches!(TicketCodes::new("T", b"short"), Err(BadTicket::Key)));
    assert!(matches!(TicketCodes::new("t", b"sixteen bytes or more"), Err(BadTicket::Characters)));
    assert!(!format!("{:?}", codes()).contains("sixteen"), "the key is not shown");
}

proptest! {
    #[test]
    fn any_text_is_something(code in "\\PC*") {
        let ours = matches!(codes().read(&code), TicketCheck::Ours { .. });
        prop_assert!(!ours);
    }

    #[test]
    fn every_number_comes_back(number in "[A-Z0-9-]{1,20}") {
        prop_assert_eq!(codes().read(&codes().code(&number).unwrap()), ours(&number));
    }
}
