//! `tameio devices`: what is plugged in, who would drive it, and the line to put into the configuration.

use super::Outcome;
use crate::DataArgs;
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;
use tameio::device::offers::plugged_in;
use tameio::domain::device::{DeviceKind, DeviceOffer};
use tameio_drivers::supervisor::Places;

/// Say what is plugged in, and the line to put into the configuration.
#[derive(Debug, Args)]
pub(crate) struct DevicesArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// A plugged device, and whether the configuration has it.
#[derive(Debug, Serialize)]
struct Plugged {
    #[serde(flatten)]
    offer: DeviceOffer,
    /// It stands in the configuration as it is offered.
    configured: bool,
}

pub(crate) fn run(args: &DevicesArgs) -> Outcome {
    let (config, _) = args.data.resolve()?;
    let configured =
        |offer: &DeviceOffer| config.devices.values().any(|address| address == offer.address.as_str());
    let plugged: Vec<Plugged> = plugged_in(&Places::default())
        .into_iter()
        .map(|offer| Plugged { configured: configured(&offer), offer })
        .collect();
    if args.json {
        say!("{}", serde_json::to_string(&plugged)?);
        return Ok(ExitCode::SUCCESS);
    }
    if plugged.is_empty() {
        say!(
            "Nothing this program can drive is plugged in. Network printers, scales on serial servers and relay"
        );
        say!("boards are not found by themselves: put their address under [devices], for example");
        say!("printer = \"tcp://192.168.1.50:9100?profile=epson-80\"");
    }
    for Plugged { offer, configured } in &plugged {
        let what = if offer.certain { offer.kind.code() } else { "serial line, perhaps a scale" };
        let state = if *configured { ", in use by this configuration" } else { "" };
        say!("{} ({what}{state})", offer.name);
        say!("    {} = {:?}", offer.kind.code(), offer.address.as_str());
        if offer.kind == DeviceKind::Printer {
            say!("    add ?profile=… once its make is known; a test print shows which");
        }
        if let Some(line) = &offer.udev {
            say!(
                "    this user may not open it: put this line into /etc/udev/rules.d/70-pos.rules, and plug it in again"
            );
            say!("    {line}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
