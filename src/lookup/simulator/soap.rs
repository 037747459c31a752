//! The registry's envelope, read to the letter, and its answers: padded with spaces and with `xsi:nil` where there is
//! nothing, as the real one gives them.

use super::{Card, Options, told};
use crate::aade::simulator::afm::is_afm;
use crate::aade::simulator::delivery::Outcome;
use crate::aade::simulator::xml::{self, Node};
use quick_xml::escape::partial_escape;

pub(super) const PATH: &str = "/wsaade/RgWsPublic2/RgWsPublic2";
const ENVELOPE: &str = "http://www.w3.org/2003/05/soap-envelope";
const SECURITY: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const SERVICE: &str = "http://rgwspublic2/RgWsPublic2Service";
const RECORD: &str = "http://rgwspublic2/RgWsPublic2";

/// The answer to the nth question of the day.
pub(super) fn answer(options: &Options, count: u64, body: &[u8]) -> Outcome {
    let root = match xml::parse(body) {
        Ok(root) => root,
        Err(why) => return fault(&why),
    };
    let Some((user, password)) = token(&root) else { return fault("the security header is not understood") };
    let Some(input) = input(&root) else { return fault("the operation is not understood") };
    let given = |name: &str| input.get(name).unwrap_or_default();
    let (by, about) = (given("afm_called_by"), given("afm_called_for"));
    let code = match options.known.get(about) {
        _ if user != options.user || password != options.password => "TOKEN_USERNAME_NOT_AUTHENTICATED",
        _ if count > options.daily_max => "MAX_DAILY_USERNAME_CALLS_EXCEEDED",
        _ if !by.is_empty() && by != options.afm => "AFM_CALLED_BY_NOT_FOUND",
        _ if about.is_empty() => "NO_INPUT_PARAMETERS",
        _ if !is_afm(about) => "WRONG_AFM",
        None => "TAXPAYER_NF",
        Some(card) if !card.business => "EPIT_NF",
        Some(card) => return told(envelope(&result("", "", &basic(about, card)))),
    };
    told(envelope(&result(&format!("RG_WS_PUBLIC_{code}"), "Η αναζήτηση απέτυχε", "<basic_rec/>")))
}

/// A fault of SOAP, which goes out under 500.
pub(super) fn fault(why: &str) -> Outcome {
    let content = format!(
        "<env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code>\
         <env:Reason><env:Text xml:lang=\"en\">{}</env:Text></env:Reason></env:Fault>",
        partial_escape(why)
    );
    Outcome::new(500, envelope(&content))
}

fn step<'a>(node: &'a Node, name: &str, namespace: &str) -> Option<&'a Node> {
    node.children.iter().find(|child| child.name == name && child.namespace == namespace)
}

fn token(root: &Node) -> Option<(&str, &str)> {
    let security = step(step(root, "Header", ENVELOPE)?, "Security", SECURITY)?;
    let token = step(security, "UsernameToken", SECURITY)?;
    let text = |name| step(token, name, SECURITY).map(|node| node.text.as_str());
    text("Username").zip(text("Password"))
}

/// Both numbers must be there, in this order; the caller's may be empty.
fn input(root: &Node) -> Option<&Node> {
    let is_envelope = root.name == "Envelope" && root.namespace == ENVELOPE;
    let body = step(root, "Body", ENVELOPE).filter(|_| is_envelope)?;
    let input = step(step(body, "rgWsPublic2AfmMethod", SERVICE)?, "INPUT_REC", SERVICE)?;
    let names: Vec<&str> = input.children.iter().map(|child| child.name.as_str()).collect();
    let shaped = matches!(
        names.as_slice(),
        ["afm_called_by", "afm_called_for"] | ["afm_called_by", "afm_called_for", "as_on_date"]
    );
    let placed = input.children.iter().all(|child| child.namespace == RECORD);
    (shaped && placed).then_some(input)
}

fn envelope(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><env:Envelope xmlns:env=\"{ENVELOPE}\"><env:Header/>\
         <env:Body>{content}</env:Body></env:Envelope>"
    )
}

fn result(code: &str, words: &str, basic: &str) -> String {
    let error = format!("{}{}", value("error_code", code), value("error_descr", words));
    format!(
        "<srvc:rgWsPublic2AfmMethodResponse xmlns:srvc=\"{SERVICE}\"><srvc:result>\
         <rg_ws_public2_result_rtType xmlns=\"{RECORD}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <call_seq_id>1</call_seq_id><error_rec>{error}</error_rec>{basic}</rg_ws_public2_result_rtType>\
         </srvc:result></srvc:rgWsPublic2AfmMethodResponse>"
    )
}

fn basic(afm: &str, card: &Card) -> String {
    let flags = if card.active {
        ("1", "ΕΝΕΡΓΟΣ ΑΦΜ")
    } else {
        ("2", "ΑΠΕΝΕΡΓΟΠΟΙΗΜΕΝΟΣ ΑΦΜ")
    };
    let stopped = if card.active { "" } else { "2020-12-31" };
    let fields = [
        ("afm", afm),
        ("doy", "1101"),
        ("doy_descr", "Α΄ ΑΘΗΝΩΝ      "),
        ("i_ni_flag_descr", "ΜΗ ΦΠ"),
        ("deactivation_flag", flags.0),
        ("deactivation_flag_descr", flags.1),
        ("firm_flag_descr", "ΕΠΙΤΗΔΕΥΜΑΤΙΑΣ"),
        ("onomasia", &card.name),
        ("commer_title", &card.trade_name),
        ("legal_status_descr", ""),
        ("postal_address", "ΠΑΡΑΔΕΙΓΜΑΤΟΣ        "),
        ("postal_address_no", "10        "),
        ("postal_zip_code", "11111"),
        ("postal_area_description", &card.town),
        ("regist_date", "1999-01-15"),
        ("stop_date", stopped),
        ("normal_vat_system_flag", "Y"),
    ];
    let fields: String = fields.iter().map(|(name, text)| value(name, text)).collect();
    let item = |code: &str, words: &str, kind: &str| {
        let kind = format!("{}{}", value("firm_act_kind", kind), value("firm_act_kind_descr", ""));
        format!("<item>{}{}{kind}</item>", value("firm_act_code", code), value("firm_act_descr", words))
    };
    let other = item("52211000", "ΥΠΗΡΕΣΙΕΣ ΧΩΡΩΝ ΣΤΑΘΜΕΥΣΗΣ", "2");
    let main = item("45201100", "ΥΠΗΡΕΣΙΕΣ ΠΛΥΣΙΜΑΤΟΣ ΑΥΤΟΚΙΝΗΤΩΝ", "1");
    format!("<basic_rec>{fields}</basic_rec><firm_act_tab>{other}{main}</firm_act_tab>")
}

fn value(name: &str, text: &str) -> String {
    match text.is_empty() {
        true => format!("<{name} xsi:nil=\"true\"/>"),
        false => format!("<{name}>{}</{name}>", partial_escape(text)),
    }
}
