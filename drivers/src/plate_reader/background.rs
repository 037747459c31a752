//! Reading plates takes most of a core while it lasts, and nobody waits for it.

/// Lets every other thread go before this one, for as long as it lives. Where the operating system knows no such thing,
/// nothing happens: it is good manners and no promise.
pub fn stand_back() {
    // Linux counts this for the thread alone that asks.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 10) {
        tracing::debug!(%error, "the thread that reads plates cannot stand back");
    }
}
