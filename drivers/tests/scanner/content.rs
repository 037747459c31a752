//! A code is recognised by what it says.

use tameio_drivers::scanner::{Content, Reader, Scan, TaxPaper, TicketCodes};

fn reader() -> Reader {
    Reader { tickets: Some(TicketCodes::new("T", b"sixteen bytes or more").unwrap()), ..Reader::default() }
}

fn content(code: &str) -> Content {
    reader().recognise(&Scan::of(code, 0))
}

#[test]
fn tickets_ours_and_others() {
    let code = reader().tickets.unwrap().code("7K3Q-1").unwrap();
    assert_eq!(content(&code), Content::Ticket { number: "7K3Q-1".to_owned() });
    assert_eq!(content(&format!("]Q1{code}")), Content::Ticket { number: "7K3Q-1".to_owned() });
    assert_eq!(content("T7K3Q-1.00000000"), Content::ForeignTicket);
    assert_eq!(Reader::default().recognise(&Scan::of(&code, 0)), Content::Text);
}

#[test]
fn papers_of_the_tax_office() {
    let signed = format!("CFA1800124300033535{}22.99", "a1B2".repeat(10));
    for (code, paper) in [
        (format!("https://www1.aade.gr/tameiakes/myweb/q1.php?SIG={signed}"), TaxPaper::FiscalReceipt),
        (format!("http://tam.gsis.gr/eafdss/myweb/q1.php?sig={signed}"), TaxPaper::FiscalReceipt),
        ("400001900000001".to_owned(), TaxPaper::Mark),
        ("https://provider.example/view?mark=400001900000001&x=1".to_owned(), TaxPaper::Mark),
        ("https://mydatapi.aade.gr/myDATA/TimologioQR/QRInfo?q=b3BhcXVl".to_owned(), TaxPaper::MydataPage),
    ] {
        assert_eq!(content(&code), Content::TaxPaper(paper), "{code}");
    }
    for code in ["SIG=CFA18001243", "https://www1.aade.gr/tameiakes/", "500001900000001", "4000019000000012"]
    {
        assert!(!matches!(content(code), Content::TaxPaper(_)), "{code}");
    }
}

#[test]
fn articles_and_the_shops_own_labels() {
    assert!(matches!(content("]E04006381333931"), Content::Article(_)));
    assert!(matches!(content("2100123012343"), Content::InStore(item) if item.item == "00123"));
    assert_eq!(content("4006381333932"), Content::Text, "misread");
    assert_eq!(content("ΥΖΒ-3307"), Content::Text);
}

#[test]
fn fields_of_gs1_by_identifier_by_separator_or_by_address() {
    let Content::Gs1(elements) = content("]C10104006381333931310300123410X") else { panic!("GS1-128") };
    assert_eq!(elements.net_weight().unwrap().to_string(), "1.234 kg");
    assert!(matches!(content("10A\u{1d}21B"), Content::Gs1(_)));
    assert!(matches!(content("https://id.gs1.org/01/4006381333931"), Content::Gs1(_)));
    // Fifteen digits in such a code are no MARK.
    assert!(matches!(content("]C121400001900000001"), Content::Gs1(_)));
    assert!(matches!(content("]C0104006381333931"), Content::Text | Content::Article(_)), "plain Code 128");
}
