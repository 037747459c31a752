//! One look at a device, for whoever has no running terminal: is it there, permitted, and does it answer?

use super::DeviceAddress;
use tameio_drivers::camera::{self, plates};
use tameio_drivers::display::{self, Display};
use tameio_drivers::printer::{self, Printer};
use tameio_drivers::relay::{self, Pulse};
use tameio_drivers::supervisor::{Class, Found, Identity, Open, Places, udev};
use tameio_drivers::wire::Fault;
use tameio_drivers::{card, scale, scanner};

/// How the device at an address is.
///
/// # Errors
/// What keeps it from being used, as a sentence that says what to do.
pub fn look(address: &DeviceAddress, places: &Places) -> Result<String, String> {
    match address {
        _ if address.is_simulated() => Ok("simulated".to_owned()),
        DeviceAddress::Printer(address) => printer_answers(address),
        DeviceAddress::Scanner(address) => match address.identity() {
            None => Ok("heard by the window".to_owned()),
            Some(at) => opens(&mut scanner::Opener::new(address.clone()), &at, places),
        },
        DeviceAddress::Scale(address) => {
            let mut opener = scale::Opener::new((**address).clone(), scale::Weighing::default());
            opens(&mut opener, &address.identity(), places)
        }
        DeviceAddress::CardTerminal(address) => {
            let mut terminal = card::open(address).map_err(|fault| fault.to_string())?;
            let answering = terminal.echo().map_err(|fault| fault.to_string())?;
            let id = answering.terminal_id.map(|id| format!(", terminal {id}")).unwrap_or_default();
            Ok(format!("answers{id}"))
        }
        DeviceAddress::Camera(address) => {
            let mut opener = camera::Opener::new((**address).clone(), camera::Live::default());
            opens(&mut opener, &address.identity(), places)
        }
        DeviceAddress::PlateCamera(address) => {
            opens(&mut plates::Opener::new((**address).clone()), &address.identity(), places)
        }
        DeviceAddress::Display(address) => {
            let shown = display::address::open("display", address).and_then(|mut pole| pole.show("", ""));
            shown.map(|()| "takes what it is sent".to_owned()).map_err(|fault| fault.to_string())
        }
        DeviceAddress::Barrier(address) => {
            let board = relay::address::open(address).map_err(|fault| fault.to_string())?;
            let (_, off) = Pulse::new(board, address.pulse);
            off.map(|()| "was told off".to_owned()).map_err(|fault| fault.to_string())
        }
    }
}

fn printer_answers(address: &printer::Address) -> Result<String, String> {
    let mut printer = printer::open("printer", address).map_err(|fault| fault.to_string())?;
    let status = printer.status().map_err(|fault| fault.to_string())?;
    match status.fault() {
        Some(fault) => Err(fault.to_string()),
        None => Ok(format!("{} answers", printer.profile().name)),
    }
}

/// Finds and opens it, and lets it go again.
fn opens(
    opener: &mut impl Open,
    (identity, class): &(Identity, Class),
    places: &Places,
) -> Result<String, String> {
    let found = identity.find(*class, places).map_err(|fault| fault.to_string())?;
    let found = found.ok_or_else(|| Fault::Missing.to_string())?;
    match opener.open(&found) {
        Ok(_) => Ok(name(&found)),
        Err(fault @ Fault::Permission(_)) => {
            let line = found.node().map(|node| udev::line(node, Some(&found))).unwrap_or_default();
            Err(format!("{fault}\n      {line}"))
        }
        Err(fault) => Err(fault.to_string()),
    }
}

fn name(found: &Found) -> String {
    let usb = found.usb.as_ref().map(|usb| usb.name.as_str()).filter(|name| !name.is_empty());
    let node = found.nodes.first().map(|node| node.display().to_string());
    match (usb, node) {
        (Some(usb), Some(node)) => format!("{usb} at {node}"),
        (Some(one), None) => one.to_owned(),
        (None, Some(one)) => one,
        (None, None) => "answers".to_owned(),
    }
}
