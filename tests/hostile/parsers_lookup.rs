//! What must hold of answers about businesses, whatever bytes come.

use super::{NOW, holds};
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::Delivery;
use tameio::aade::transport::{HttpReply, HttpRequest};
use tameio::domain::counterparty::{Answer, Finding};
use tameio::domain::customer::TaxNumber;
use tameio::domain::text::Language;
use tameio::lookup::registry::{RegistryAnswer, RegistryQuestion};
use tameio::lookup::simulator::Simulator;
use tameio::lookup::vies::ViesAnswer;

/// The number that is asked about.
const AFM: &str = "888888880";

/// An answer of the registry of businesses: a business only by its own number and under status 200. The same bytes as a
/// question to our registry get an answer, and a business only with the codes.
pub fn lookup_registry(bytes: &[u8]) {
    let question = RegistryQuestion::new(AFM);
    for status in [200, 400, 500, 503] {
        let answer = RegistryAnswer::read(&question, &HttpReply { status, body: bytes.to_vec() });
        assert!(status == 200 || matches!(answer, RegistryAnswer::Unknown { .. }), "{status}: {answer:?}");
        match &answer {
            RegistryAnswer::Found(business) => {
                assert!(business.afm == AFM && holds(bytes, &["basic_rec", "Envelope"]));
                assert!(business.activities.is_sorted_by_key(|activity| !activity.main));
            }
            RegistryAnswer::Unknown { why } => assert!(!why.is_empty()),
            _ => assert!(holds(bytes, &["error_code"])),
        }
        // Whatever it is, it comes to something a person can be told.
        match Answer::from(answer) {
            Answer::Said(finding) => assert!(
                matches!(finding, Finding::Business { ended: false, .. })
                    || [Language::El, Language::En]
                        .into_iter()
                        .all(|language| finding.warning(language).is_some())
            ),
            Answer::Hitch(hitch) => {
                assert!(
                    [Language::El, Language::En]
                        .into_iter()
                        .all(|language| !hitch.sentence(language).is_empty())
                );
            }
        }
    }
    let request = HttpRequest { body: bytes.to_vec(), ..question.to_http(&Credentials::demo()) };
    let Delivery::Reply { status, body, .. } = Simulator::default().handle(NOW, &request) else {
        panic!("no answer without a fault")
    };
    assert!(matches!(status, 200 | 500));
    let answer = RegistryAnswer::read(&question, &HttpReply { status, body });
    assert!(!matches!(answer, RegistryAnswer::Found(_)) || holds(bytes, &["demo", "INPUT_REC"]));
}

/// An answer of VIES: yes or no only where it says so.
pub fn lookup_vies(bytes: &[u8]) {
    let number = TaxNumber { country: "GR".to_owned(), number: AFM.to_owned() };
    for status in [200, 400, 503] {
        let answer = ViesAnswer::read(&number, &HttpReply { status, body: bytes.to_vec() });
        assert!(status == 200 || matches!(answer, ViesAnswer::Unknown { .. }), "{status}: {answer:?}");
        match answer {
            ViesAnswer::Valid { .. } => assert!(holds(bytes, &["alid", "true"])),
            ViesAnswer::Invalid => assert!(holds(bytes, &["alid", "false"])),
            ViesAnswer::NoNumber => {}
            ViesAnswer::Unknown { why } => assert!(!why.is_empty()),
        }
    }
}
