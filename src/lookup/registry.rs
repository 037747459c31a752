//! AADE's registry of businesses, `RgWsPublic2`: the question as a SOAP 1.2 envelope, and what an answer means. Any bytes
//! have a meaning; what is not plainly a business or plainly none is [`RegistryAnswer::Unknown`].

use crate::aade::credentials::Credentials;
use crate::aade::transport::{HttpReply, HttpRequest, Media, Method};
use crate::aade::writer::DocumentWriter;
use crate::aade::xml::{self, Element};
use crate::domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where the real one is.
pub const HOST: &str = "https://www1.gsis.gr";
/// What it is spoken to in.
pub const MEDIA: Media =
    Media { sent: "application/soap+xml; charset=utf-8", asked: "application/soap+xml, text/xml" };
/// Below its host.
const PATH: &str = "/wsaade/RgWsPublic2/RgWsPublic2";
/// Most activities of one business that are kept.
const ACTIVITIES_MAX: usize = 100;

/// A question about a business. Its credentials are special ones, made for this service alone; they stand in the document
/// itself, which is therefore never archived as it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryQuestion {
    /// AFM of the business that is looked up.
    pub afm: String,
    /// AFM of whom we ask for, where it is not our own.
    pub asked_for: Option<String>,
    /// As of this day.
    pub as_on: Option<Date>,
}

impl RegistryQuestion {
    /// A question as of today.
    pub fn new(afm: &str) -> Self {
        Self { afm: afm.to_owned(), asked_for: None, as_on: None }
    }

    /// The question as it goes out, credentials and all.
    pub fn to_http(&self, credentials: &Credentials) -> HttpRequest {
        HttpRequest {
            method: Method::Post,
            path_and_query: PATH.to_owned(),
            body: self.envelope(credentials).into_bytes(),
        }
    }

    fn envelope(&self, credentials: &Credentials) -> String {
        let security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
        let namespaces = [
            ("xmlns:env", "http://www.w3.org/2003/05/soap-envelope"),
            ("xmlns:w", security),
            ("xmlns:s", "http://rgwspublic2/RgWsPublic2Service"),
            ("xmlns:r", "http://rgwspublic2/RgWsPublic2"),
        ];
        DocumentWriter::document("env:Envelope", &namespaces, |w| {
            w.group("env:Header", |w| {
                w.group("w:Security", |w| {
                    w.group("w:UsernameToken", |w| {
                        w.text("w:Username", credentials.user());
                        w.text("w:Password", credentials.key());
                    });
                });
            });
            w.group("env:Body", |w| {
                w.group("s:rgWsPublic2AfmMethod", |w| w.group("s:INPUT_REC", |w| self.write(w)));
            });
        })
    }

    fn write(&self, w: &mut DocumentWriter) {
        // Empty means ourselves; it may not be left out.
        w.value("r:afm_called_by", self.asked_for.as_deref().map(digits).unwrap_or_default());
        w.value("r:afm_called_for", digits(&self.afm));
        w.optional("r:as_on_date", self.as_on);
    }
}

/// A number as it may stand in a document.
fn digits(afm: &str) -> String {
    afm.chars().filter(char::is_ascii_digit).take(9).collect()
}

/// What a business does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its code (ΚΑΔ).
    pub code: Text,
    /// In words.
    pub description: Text,
    /// It is the main one.
    pub main: bool,
}

/// A business as the registry knows it. What it left empty is empty here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Business {
    /// Its AFM.
    pub afm: String,
    /// Its full name.
    pub name: Text,
    /// Its trade name.
    pub trade_name: Text,
    /// Its legal form, in words.
    pub legal_form: Text,
    /// Its tax office, in words.
    pub tax_office: Text,
    /// Street.
    pub street: Text,
    /// Number in the street.
    pub street_number: Text,
    /// Postal code.
    pub postal_code: Text,
    /// Town.
    pub town: Text,
    /// It is active.
    pub active: bool,
    /// It charges VAT in the normal way; absent where the registry does not say.
    pub normal_vat: Option<bool>,
    /// When it began.
    pub began: Option<Date>,
    /// When it ended.
    pub ended: Option<Date>,
    /// What it does, the main thing first.
    pub activities: Vec<Activity>,
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum RegistryAnswer {
    /// There is such a business.
    Found(Box<Business>),
    /// Nobody has this number.
    Nobody,
    /// A person has it who is no business.
    NoBusiness,
    /// The question was refused: credentials, limits, the service itself.
    Refused {
        /// Its code, without `RG_WS_PUBLIC_`.
        code: String,
        /// Its own words.
        message: Text,
    },
    /// No answer that can be understood.
    Unknown {
        /// What was seen.
        why: Text,
    },
}

impl RegistryAnswer {
    /// Reads the answer to a question.
    pub fn read(question: &RegistryQuestion, reply: &HttpReply) -> Self {
        // SOAP tells its faults under 500, and sometimes its answers too.
        if !matches!(reply.status, 200 | 400 | 500) {
            return unknown(&format!(
                "the registry of businesses answered with HTTP status {}",
                reply.status
            ));
        }
        let root = match xml::read(&reply.body) {
            Ok(root) => root,
            Err(error) => return unknown(&format!("the registry's answer cannot be read: {error}")),
        };
        let body = root.child("Body").filter(|_| root.name == "Envelope");
        let Some(body) = body else { return unknown("the registry's answer is no envelope") };
        if let Some(fault) = body.child("Fault") {
            let said = find(fault, "Text").or_else(|| find(fault, "faultstring")).and_then(Element::own_text);
            return unknown(&format!(
                "the registry could not answer: {}",
                said.unwrap_or("it does not say why")
            ));
        }
        match find(body, "rg_ws_public2_result_rtType") {
            Some(result) if reply.status == 200 => result_of(question, result),
            _ => unknown("the registry's answer has no result"),
        }
    }
}

fn unknown(why: &str) -> RegistryAnswer {
    RegistryAnswer::Unknown { why: Text::new(why) }
}

/// The first element of a name, however deep: toolkits wrap results in elements of their own.
fn find<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    element.child(name).or_else(|| element.children.iter().find_map(|child| find(child, name)))
}

fn result_of(question: &RegistryQuestion, result: &Element) -> RegistryAnswer {
    let error = result.child("error_rec");
    if let Some(code) = error.and_then(|error| error.value("error_code")) {
        let message = error.and_then(|error| error.value("error_descr")).unwrap_or_default();
        return refused(code, message);
    }
    let Some(basic) = result.child("basic_rec") else { return unknown("the registry's answer names nobody") };
    if basic.value("afm") != Some(question.afm.as_str()) {
        return unknown("the registry answered about another number");
    }
    let activities = result.child("firm_act_tab").map(activities).unwrap_or_default();
    RegistryAnswer::Found(Box::new(business(question, basic, activities)))
}

fn refused(code: &str, message: &str) -> RegistryAnswer {
    let code = code.strip_prefix("RG_WS_PUBLIC_").unwrap_or(code);
    match code {
        "TAXPAYER_NF" => RegistryAnswer::Nobody,
        "EPIT_NF" => RegistryAnswer::NoBusiness,
        _ => {
            let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
            let code: String = code.chars().filter(kept).take(60).collect();
            RegistryAnswer::Refused { code, message: Text::new(message) }
        }
    }
}

fn business(question: &RegistryQuestion, basic: &Element, activities: Vec<Activity>) -> Business {
    let text = |name| Text::new(basic.value(name).unwrap_or_default());
    let day = |name| basic.value(name).and_then(|day| day.get(..10)?.parse().ok());
    Business {
        afm: question.afm.clone(),
        name: text("onomasia"),
        trade_name: text("commer_title"),
        legal_form: text("legal_status_descr"),
        tax_office: text("doy_descr"),
        street: text("postal_address"),
        street_number: text("postal_address_no"),
        postal_code: text("postal_zip_code"),
        town: text("postal_area_description"),
        active: basic.value("deactivation_flag") == Some("1"),
        normal_vat: match basic.value("normal_vat_system_flag") {
            Some("Y") => Some(true),
            Some("N") => Some(false),
            _ => None,
        },
        began: day("regist_date"),
        ended: day("stop_date"),
        activities,
    }
}

fn activities(table: &Element) -> Vec<Activity> {
    let text = |item: &Element, name| Text::new(item.value(name).unwrap_or_default());
    let items = table.children("item").take(ACTIVITIES_MAX).map(|item| Activity {
        code: text(item, "firm_act_code"),
        description: text(item, "firm_act_descr"),
        main: item.value("firm_act_kind") == Some("1"),
    });
    let mut activities: Vec<Activity> = items.collect();
    activities.sort_by_key(|activity| !activity.main);
    activities
}
