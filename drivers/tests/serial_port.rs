//! A serial port with wires: pseudo terminals have none, and flow control by DTR lives on one.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, DataBits, FlowControl, Parity, Result, SerialPort, StopBits};
use tameio_drivers::printer::address::Flow;
use tameio_drivers::printer::link::{Connect, Link};
use tameio_drivers::printer::serial::SerialLink;
use tameio_drivers::printer::{EscPosPrinter, Fault, JobOutcome, Patience, Printer, SimPrinter, encode};

use crate::{profile, receipt};

/// A line whose printer says by a wire whether it may be written to.
pub(crate) struct ReadyLine {
    sim: SimPrinter,
    pub(crate) ready: Arc<AtomicBool>,
}

impl ReadyLine {
    pub(crate) fn new(sim: &SimPrinter) -> Self {
        Self { sim: sim.clone(), ready: Arc::new(AtomicBool::new(true)) }
    }
}

impl Connect for ReadyLine {
    fn open(&self) -> std::result::Result<Box<dyn Link>, Fault> {
        let port =
            WiredPort { link: self.sim.open()?, timeout: Duration::ZERO, ready: Arc::clone(&self.ready) };
        Ok(Box::new(SerialLink::new(Box::new(port), Flow::Dtr)))
    }
}

struct WiredPort {
    link: Box<dyn Link>,
    timeout: Duration,
    ready: Arc<AtomicBool>,
}

fn io_of(fault: &Fault) -> io::Error {
    match fault {
        Fault::Disconnected => io::ErrorKind::BrokenPipe.into(),
        other => io::Error::other(other.to_string()),
    }
}

impl Read for WiredPort {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.link.receive(buffer, self.timeout) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(count) => Ok(count),
            Err(fault) => Err(io_of(&fault)),
        }
    }
}

impl Write for WiredPort {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        assert!(self.ready.load(Ordering::SeqCst), "written to while the printer said stop");
        assert!(
            bytes.len() <= 256,
            "a printer that says stop takes a few hundred bytes more, not {}",
            bytes.len()
        );
        match self.link.send(bytes, self.timeout) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(count) => Ok(count),
            Err(fault) => Err(io_of(&fault)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl SerialPort for WiredPort {
    fn name(&self) -> Option<String> {
        None
    }
    fn baud_rate(&self) -> Result<u32> {
        Ok(9600)
    }
    fn data_bits(&self) -> Result<DataBits> {
        Ok(DataBits::Eight)
    }
    fn flow_control(&self) -> Result<FlowControl> {
        Ok(FlowControl::None)
    }
    fn parity(&self) -> Result<Parity> {
        Ok(Parity::None)
    }
    fn stop_bits(&self) -> Result<StopBits> {
        Ok(StopBits::One)
    }
    fn timeout(&self) -> Duration {
        self.timeout
    }
    fn set_baud_rate(&mut self, _baud_rate: u32) -> Result<()> {
        Ok(())
    }
    fn set_data_bits(&mut self, _data_bits: DataBits) -> Result<()> {
        Ok(())
    }
    fn set_flow_control(&mut self, _flow_control: FlowControl) -> Result<()> {
        Ok(())
    }
    fn set_parity(&mut self, _parity: Parity) -> Result<()> {
        Ok(())
    }
    fn set_stop_bits(&mut self, _stop_bits: StopBits) -> Result<()> {
        Ok(())
    }
    fn set_timeout(&mut self, timeout: Duration) -> Result<()> {
        self.timeout = timeout;
        Ok(())
    }
    fn write_request_to_send(&mut self, _level: bool) -> Result<()> {
        Ok(())
    }
    fn write_data_terminal_ready(&mut self, _level: bool) -> Result<()> {
        Ok(())
    }
    fn read_clear_to_send(&mut self) -> Result<bool> {
        Ok(true)
    }
    fn read_data_set_ready(&mut self) -> Result<bool> {
        Ok(self.ready.load(Ordering::SeqCst))
    }
    fn read_ring_indicator(&mut self) -> Result<bool> {
        Ok(false)
    }
    fn read_carrier_detect(&mut self) -> Result<bool> {
        Ok(true)
    }
    fn bytes_to_read(&self) -> Result<u32> {
        Ok(0)
    }
    fn bytes_to_write(&self) -> Result<u32> {
        Ok(0)
    }
    fn clear(&self, _buffer: ClearBuffer) -> Result<()> {
        Ok(())
    }
    fn try_clone(&self) -> Result<Box<dyn SerialPort>> {
        Err(serialport::Error::new(serialport::ErrorKind::Unknown, "one is enough"))
    }
    fn set_break(&self) -> Result<()> {
        Ok(())
    }
    fn clear_break(&self) -> Result<()> {
        Ok(())
    }
}

fn printer(line: ReadyLine) -> EscPosPrinter {
    let patience = Patience { stall: Duration::from_millis(400), ..Patience::default() };
    EscPosPrinter::new("dtr", profile("epson-80"), Box::new(line)).with_patience(patience)
}

#[test]
fn a_low_wire_is_waited_for_and_never_written_over() {
    let sim = SimPrinter::new(profile("epson-80"));
    let line = ReadyLine::new(&sim);
    let ready = Arc::clone(&line.ready);
    ready.store(false, Ordering::SeqCst);
    let hand = std::thread::spawn(move || {
        // The wire goes up as soon as the job has begun to wait; any moment will do.
        std::thread::sleep(Duration::from_millis(100));
        ready.store(true, Ordering::SeqCst);
    });
    let profile = profile("epson-80");
    let outcome = printer(line).print(&encode(&receipt(&profile), &profile).unwrap());
    hand.join().unwrap();
    assert_eq!(outcome, JobOutcome::Confirmed);
    assert_eq!(sim.papers().len(), 1);
}

#[test]
fn a_wire_that_stays_low_ends_at_the_deadline() {
    let sim = SimPrinter::new(profile("epson-80"));
    let line = ReadyLine::new(&sim);
    line.ready.store(false, Ordering::SeqCst);
    let (start, profile) = (Instant::now(), profile("epson-80"));
    let outcome = printer(line).print(&encode(&receipt(&profile), &profile).unwrap());
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::Timeout });
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(sim.received(), 0);
}
