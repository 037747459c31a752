//! USB printers through `libusb`, for machines whose kernel gives them no device file, or whose `usblp` is in the way.
//!
//! `libusb` is built in (`vendored`), so nothing has to be installed. The kernel's driver is detached while a job runs and
//! gets the device back afterwards.

use std::time::Duration;

use rusb::{Context, Device, DeviceHandle, Direction, TransferType, UsbContext};

use super::device_id::DeviceId;
use super::fault::Fault;
use super::link::{Connect, Link};
use super::usb_link::{Interface, Pipes, UsbLink, best_interface};

/// How long a question to the device itself may take.
const CONTROL_WAIT: Duration = Duration::from_millis(500);
/// From the device, of its class, to an interface.
const CLASS_QUESTION: u8 = 0xA1;
const GET_DEVICE_ID: u8 = 0;
const GET_PORT_STATUS: u8 = 1;

/// Opens a USB printer by its numbers.
#[derive(Clone, Debug)]
pub struct Usb {
    vendor: u16,
    product: u16,
    serial: Option<String>,
}

impl Usb {
    /// A printer of a maker and model; the serial number tells two of a kind apart.
    #[must_use]
    pub fn new(vendor: u16, product: u16, serial: Option<&str>) -> Self {
        Self { vendor, product, serial: serial.map(str::to_owned) }
    }

    fn is(&self, device: &Device<Context>) -> bool {
        let numbers = device.device_descriptor().map(|told| (told.vendor_id(), told.product_id()));
        numbers == Ok((self.vendor, self.product))
            && self.serial.as_ref().is_none_or(|_| self.has_serial(device))
    }

    fn has_serial(&self, device: &Device<Context>) -> bool {
        let told =
            device.device_descriptor().and_then(|told| device.open()?.read_serial_number_string_ascii(&told));
        told.ok() == self.serial
    }
}

impl Connect for Usb {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let context = Context::new().map_err(fault_of)?;
        let devices = context.devices().map_err(fault_of)?;
        let device = devices.iter().find(|device| self.is(device)).ok_or(Fault::NotFound)?;
        let interface = best_interface(&interfaces(&device).map_err(fault_of)?)
            .ok_or_else(|| Fault::Unsupported("this USB device has no interface to print on".to_owned()))?;
        Ok(Box::new(UsbLink::new(RealPipes::open(&device, interface).map_err(fault_of)?)))
    }
}

fn interfaces(device: &Device<Context>) -> rusb::Result<Vec<Interface>> {
    let configuration = device.active_config_descriptor()?;
    let settings =
        configuration.interfaces().flat_map(|interface| interface.descriptors().collect::<Vec<_>>());
    Ok(settings
        .map(|setting| {
            let bulk = |direction| {
                let mut endpoints = setting.endpoint_descriptors();
                let found = endpoints.find(|endpoint| {
                    endpoint.transfer_type() == TransferType::Bulk && endpoint.direction() == direction
                });
                found.map(|endpoint| endpoint.address())
            };
            Interface {
                number: setting.interface_number(),
                setting: setting.setting_number(),
                class: setting.class_code(),
                output: bulk(Direction::Out),
                input: bulk(Direction::In),
            }
        })
        .collect())
}

struct RealPipes {
    handle: DeviceHandle<Context>,
    interface: Interface,
}

impl RealPipes {
    fn open(device: &Device<Context>, interface: Interface) -> rusb::Result<Self> {
        let handle = device.open()?;
        match handle.set_auto_detach_kernel_driver(true) {
            // Where the system knows no such thing there is no driver to detach.
            Ok(()) | Err(rusb::Error::NotSupported) => {}
            Err(error) => return Err(error),
        }
        handle.claim_interface(interface.number)?;
        if interface.setting > 0 {
            handle.set_alternate_setting(interface.number, interface.setting)?;
        }
        Ok(Self { handle, interface })
    }

    fn ask(&self, request: u8, buffer: &mut [u8]) -> Option<usize> {
        // The device id is asked for by interface and setting, the status by interface alone.
        let index = match request {
            GET_DEVICE_ID => u16::from_be_bytes([self.interface.number, self.interface.setting]),
            _ => self.interface.number.into(),
        };
        self.handle.read_control(CLASS_QUESTION, request, 0, index, buffer, CONTROL_WAIT).ok()
    }
}

impl Pipes for RealPipes {
    fn write(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        let Some(endpoint) = self.interface.output else { return Ok(0) };
        counted(self.handle.write_bulk(endpoint, bytes, wait))
    }

    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<Option<usize>, Fault> {
        let Some(endpoint) = self.interface.input else { return Ok(None) };
        counted(self.handle.read_bulk(endpoint, buffer, wait)).map(Some)
    }

    fn port_status(&mut self) -> Option<u8> {
        let mut status = [0];
        (self.ask(GET_PORT_STATUS, &mut status) == Some(1)).then_some(status[0])
    }

    fn device_id(&mut self) -> Option<DeviceId> {
        let mut answer = [0; 1024];
        let length = self.ask(GET_DEVICE_ID, &mut answer)?;
        Some(DeviceId::of_answer(&answer[..length]))
    }
}

impl Drop for RealPipes {
    fn drop(&mut self) {
        // The kernel's driver gets the device back.
        if let Err(error) = self.handle.release_interface(self.interface.number) {
            tracing::debug!("a USB printer was not given back: {error}");
        }
    }
}

/// A wait that ended with nothing is no fault; one that ended in the middle comes as a count.
fn counted(result: rusb::Result<usize>) -> Result<usize, Fault> {
    match result {
        Err(rusb::Error::Timeout | rusb::Error::Interrupted) => Ok(0),
        other => other.map_err(fault_of),
    }
}

fn fault_of(error: rusb::Error) -> Fault {
    match error {
        rusb::Error::NoDevice | rusb::Error::Io | rusb::Error::Pipe => Fault::Disconnected,
        rusb::Error::Busy => Fault::Busy,
        rusb::Error::Access => Fault::Permission,
        rusb::Error::NotFound => Fault::NotFound,
        rusb::Error::Timeout => Fault::Timeout,
        other => Fault::Link(other.to_string()),
    }
}
