//! The two calls of the operating system that nobody offers safely. All the unsafe code of this package is here.

#![allow(unsafe_code, reason = "no safe wrapper exists for these two calls")]

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::ioctl::{Getter, ioctl};

/// Makes a descriptor non-blocking: a printer that says stop in the middle of a write must not hold the thread.
pub(crate) fn set_nonblocking(port: &impl AsRawFd) -> io::Result<()> {
    // SAFETY: the port is borrowed for the whole call, so its descriptor is open.
    let fd = unsafe { BorrowedFd::borrow_raw(port.as_raw_fd()) };
    Ok(fcntl_setfl(fd, fcntl_getfl(fd)? | OFlags::NONBLOCK)?)
}

/// The status byte of a printer's port (`LPGETSTATUS` of `usblp`), where the file is one.
pub(crate) fn printer_port_status(file: &File) -> Option<u8> {
    const LPGETSTATUS: rustix::ioctl::Opcode = 0x060B;
    // SAFETY: usblp answers this number with one `int` and reads nothing; every other driver refuses it.
    let status: Result<i32, _> = unsafe { ioctl(file, Getter::<LPGETSTATUS, i32>::new()) };
    status.ok().and_then(|status| u8::try_from(status & 0xFF).ok())
}
