//! Words and rules. Nothing here knows a screen, a device, a database, a network or a clock.
//!
//! | file | what it holds |
//! |---|---|
//! | [`ids`] | names of visits, documents, messages … and the reference a person reads out |
//! | [`time`] | instants with the Athens offset beside them |
//! | [`text`] | text from outside, cleaned once |
//! | [`money`] | integer cents, quantities, VAT per rate per document |
//! | [`measure`] | how much of a thing: counted, by size, by weight |
//! | [`plate`] | plates: one key per vehicle, however it was typed |
//! | [`customer`] | the AFM and its check digit |
//! | [`counterparty`] | whom an invoice is for: what a register said, what a person wrote |
//! | [`catalogue`] | packages × sizes, extras, things sold without a vehicle, automatic discounts |
//! | [`sale`] | lines, discounts and what is due |
//! | [`payment`] | tenders and change |
//! | [`account`] | customers on account, and what is to be invoiced to each |
//! | [`rental`] | a fleet, hand-over and return, what being late costs |
//! | [`lease`] | a rental that lasts and is paid in instalments |
//! | [`fleet`] | where each vehicle of a fleet is |
//! | [`deposit`] | money taken before anything is owed |
//! | [`card`] | what a card terminal is asked for, and what became of it |
//! | [`document`] | the tax document and its name at the tax authority |
//! | [`issuing`] | where a document stands between us and whoever issues it |
//! | [`provider`] | how a certified e-invoicing provider wants its documents |
//! | [`terms`] | once, again and again, by a right bought beforehand, on a lease; a rental's trip |
//! | [`work`] | a garage's order: lines, estimates, approval, the next service |
//! | [`revision`] | what changed from one estimate to the next |
//! | [`reminder`] | whether a vehicle should come again |
//! | [`signature`] | strokes drawn with the finger, and the fingerprint of what they are under |
//! | [`dashboard`] | kilometres and fuel |
//! | [`visit`] | one stay of one vehicle, and its states |
//! | [`order`] | a sale without a vehicle: carpets, laundry, counter goods |
//! | [`bay`] | where each vehicle of a wash is, and when it is promised |
//! | [`entry`] | the visit at the registry: four moments as messages |
//! | [`difference`] | where this terminal and the registry do not say the same |
//! | [`device`] | which devices there are, how each is, and what they say |
//! | [`credit`] | money given back by a document of its own |
//! | [`figures`] | what documents add up to |
//! | [`shift`] | one cashier's duty over one drawer |
//! | [`day`] | what happened since the last day close, who did what, and the close |
//! | [`pack`] | washes and memberships that are bought before they are used |
//! | [`paper`] | which papers exist and how far their printing got |
//! | [`template`] | what the owner arranged of papers, and since when |
//! | [`operator`] | people, roles and rights |
//! | [`pin`] | what is left of a PIN, and its wrong tries |
//! | [`tariff`] | what a stay in a car park costs, and the steps that made it |
//! | [`parking`] | how a car park works here, and what a visit of it owes at an instant |
//! | [`subscription`] | monthly parking: who bought which right of use, for which vehicles |
//! | [`door`] | who went through without a visit of that moment: the door book |
//! | [`listed`] | plates that are warned of, not to come in, or pay nothing |
//! | [`merchant`] | shops whose customers park for less, and their vouchers |
//! | [`voucher`] | which vouchers were printed and used, why one gives nothing |
//! | [`validation`] | what a shop gave to one stay, what it came to, and the shop's account |
//! | [`ticket`] | what makes a ticket's code, what becomes of it, why one opens nothing |
//! | [`settings`] | what the owner decided, already checked |
//! | [`event`] | everything that can have happened |
//! | [`fold`] | what each event does to each thing |

pub mod account;
pub mod bay;
pub mod card;
pub mod catalogue;
pub mod counterparty;
pub mod credit;
pub mod customer;
pub mod dashboard;
pub mod day;
pub mod deposit;
pub mod device;
pub mod difference;
pub mod document;
pub mod door;
pub mod entry;
pub mod event;
pub mod figures;
pub mod fleet;
pub mod fold;
pub mod ids;
pub mod issuing;
pub mod lease;
pub mod listed;
pub mod measure;
pub mod merchant;
pub mod money;
pub mod operator;
pub mod order;
pub mod pack;
pub mod paper;
pub mod parking;
pub mod payment;
pub mod photo;
pub mod pin;
pub mod plate;
pub mod provider;
pub mod reminder;
pub mod rental;
pub mod revision;
pub mod sale;
pub mod settings;
pub mod shift;
pub mod sighting;
pub mod signature;
pub mod subscription;
pub mod tariff;
pub mod template;
pub mod terms;
pub mod text;
pub mod ticket;
pub mod time;
pub mod validation;
pub mod visit;
pub mod voucher;
pub mod work;
