//! What a scale says, from its own side of the line. It shares nothing with the parsers it is read by.

use super::super::protocol::Kind;
use super::Control;

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;

/// The memory of a scale between two bytes.
pub(super) struct Talk {
    kind: Kind,
    /// What has come since the last whole question.
    heard: Vec<u8>,
    /// Dialog: the price it was told. TPV4: the same.
    price: Option<u32>,
    /// TPV4 and Dialog: the load it has told of already.
    told: Option<i32>,
    /// Dialog: why it said no.
    refusal: &'static [u8; 2],
    /// TPV4: a result waits for the host to say that it may be sent.
    offered: bool,
}

/// No question is longer.
const QUESTION_MAX: usize = 64;

impl Talk {
    pub(super) const fn new(kind: Kind) -> Self {
        Self { kind, heard: Vec::new(), price: None, told: None, refusal: b"00", offered: false }
    }

    /// Hears a byte and says what a scale says to it.
    pub(super) fn hear(&mut self, byte: u8, load: &Control) -> Vec<u8> {
        if self.heard.len() >= QUESTION_MAX {
            self.heard.clear();
        }
        self.heard.push(byte);
        let (whole, answer) = self.answer(load);
        if whole {
            self.heard.clear();
        }
        answer
    }

    /// Whether what was heard is a whole question, and the answer.
    fn answer(&mut self, load: &Control) -> (bool, Vec<u8>) {
        let heard = std::mem::take(&mut self.heard);
        let (whole, answer) = match self.kind {
            Kind::Mettler8217 => (true, mettler(&heard, load)),
            Kind::Cas => (true, cas(&heard, load)),
            Kind::Dollar => (true, dollar(&heard, load)),
            Kind::DollarB => (true, dollar_b(&heard, load)),
            Kind::MtSics => on_line(&heard, b"\r\n", |line| sics(line, load)),
            Kind::Ohaus => on_line(&heard, b"\r\n", |line| ohaus(line, load)),
            Kind::And => on_line(&heard, b"\r\n", |line| and(line, load)),
            Kind::Nci => on_line(&heard, b"\r", |line| nci(line, load)),
            Kind::Dialog => self.dialog(&heard, load),
            Kind::Tpv4 => self.tpv4(&heard, load),
            Kind::CasStream | Kind::Stream => (true, Vec::new()),
        };
        self.heard = heard;
        (whole, answer)
    }

    /// What it says by itself.
    pub(super) fn stream(&mut self, load: &Control) -> Vec<u8> {
        let state = if load.overload {
            "OL"
        } else if load.moving {
            "US"
        } else {
            "ST"
        };
        let basis = if load.net { "NT" } else { "GS" };
        match self.kind {
            Kind::Stream => format!("{state},{basis},{}kg\r\n", signed(load.grams, 7)).into_bytes(),
            Kind::CasStream => {
                let lamp = u8::from(!load.moving) << 6 | u8::from(load.net) << 1 | u8::from(load.grams == 0);
                let mut line = format!("{state},{basis},").into_bytes();
                line.extend([0x01, lamp]);
                line.extend(format!(",{} kg\r\n", signed(load.grams, 7)).bytes());
                line
            }
            Kind::Tpv4 => self.offer(load),
            _ => Vec::new(),
        }
    }

    fn dialog(&mut self, heard: &[u8], load: &Control) -> (bool, Vec<u8>) {
        match heard {
            [0x04, 0x05] => (true, self.dialog_result(load)),
            [0x04] => (false, Vec::new()),
            [0x04, STX, .., ETX] => (true, self.dialog_record(&heard[2..heard.len() - 1])),
            [0x04, STX, ..] => (false, Vec::new()),
            _ => (true, Vec::new()),
        }
    }

    fn dialog_record(&mut self, record: &[u8]) -> Vec<u8> {
        let mut fields = record.split(|byte| *byte == 0x1B);
        match (fields.next(), fields.next()) {
            (Some(b"01"), Some(price)) if price.len() == 6 => {
                self.price = std::str::from_utf8(price).ok().and_then(|price| price.parse().ok());
                vec![ACK]
            }
            (Some(b"08"), None) => {
                let [tens, ones] = *self.refusal;
                vec![STX, b'0', b'9', 0x1B, tens, ones, ETX]
            }
            _ => {
                self.refusal = b"10";
                vec![NAK]
            }
        }
    }

    fn dialog_result(&mut self, load: &Control) -> Vec<u8> {
        self.refusal = if load.overload {
            b"32"
        } else if load.moving {
            b"20"
        } else if load.grams < 0 {
            b"31"
        } else if load.grams == 0 {
            b"30"
        } else if self.told == Some(load.grams) {
            b"21"
        } else {
            b"00"
        };
        let Some(price) = self.price.filter(|_| self.refusal == b"00") else {
            if self.refusal != b"21" {
                self.told = None;
            }
            return vec![NAK];
        };
        self.told = Some(load.grams);
        let amount = amount(load.grams, price);
        let mut answer = vec![STX];
        answer.extend(b"02\x1b3\x1b");
        answer.extend(format!("{:05}\x1b{price:06}\x1b{amount:06}", load.grams).bytes());
        answer.push(ETX);
        answer
    }

    fn tpv4(&mut self, heard: &[u8], load: &Control) -> (bool, Vec<u8>) {
        match heard {
            [STX] => {
                self.offered = false;
                (true, vec![ACK])
            }
            [ACK] if std::mem::take(&mut self.offered) => (true, self.tpv4_result(load)),
            [b'@', b'1', price @ .., b'\r', b'\n'] => {
                self.price = std::str::from_utf8(price).ok().and_then(|price| price.parse().ok());
                (true, Vec::new())
            }
            [b'1', b'0', b'\r', b'\n'] | [b'1', b'2', _, b'\r', b'\n'] => (true, self.offer(load)),
            [b'@' | b'1', ..] => (false, Vec::new()),
            _ => (true, Vec::new()),
        }
    }

    /// Wants to talk when a load has come to rest that was not told yet.
    fn offer(&mut self, load: &Control) -> Vec<u8> {
        let weighs = !load.moving && !load.overload && load.grams > 0;
        if !weighs {
            self.told = None;
        }
        if weighs && self.price.is_some() && self.told != Some(load.grams) && !self.offered {
            self.offered = true;
            vec![STX]
        } else {
            Vec::new()
        }
    }

    fn tpv4_result(&mut self, load: &Control) -> Vec<u8> {
        let Some(price) = self.price.take() else { return Vec::new() };
        if load.moving || load.overload || load.grams <= 0 {
            return b"XXXXXXXXXXXXXXXX0\r\n".to_vec();
        }
        self.told = Some(load.grams);
        format!("{:05}{price:05}{:06}0\r\n", load.grams, amount(load.grams, price)).into_bytes()
    }
}

/// Price to pay, rounded to the coin.
fn amount(grams: i32, price: u32) -> i64 {
    (i64::from(grams) * i64::from(price) + 500) / 1000
}

/// Answers a line once its end has come.
fn on_line(heard: &[u8], end: &[u8], answer: impl FnOnce(&[u8]) -> Vec<u8>) -> (bool, Vec<u8>) {
    match heard.strip_suffix(end) {
        Some(line) => (true, answer(line)),
        None => (false, Vec::new()),
    }
}

/// `-  1.234`: a sign and a number that fills the width.
fn signed(grams: i32, width: usize) -> String {
    format!("{}{:>width$}", if grams < 0 { '-' } else { '+' }, kilograms(grams))
}

fn kilograms(grams: i32) -> String {
    let grams = grams.unsigned_abs();
    format!("{}.{:03}", grams / 1000, grams % 1000)
}

fn mettler(heard: &[u8], load: &Control) -> Vec<u8> {
    let mut answer = vec![STX];
    match heard {
        b"W" if load.moving || load.overload || load.grams < 0 => {
            let status = 0x40
                | u8::from(load.moving)
                | u8::from(load.overload) << 1
                | u8::from(load.grams < 0) << 2
                | u8::from(load.net) << 5;
            answer.extend([b'?', status]);
        }
        b"W" => {
            answer.extend(format!("{:0>6}", kilograms(load.grams)).bytes());
            answer.extend(load.net.then_some(b'N'));
        }
        b"Z" => answer.extend(b"?P"),
        _ => return Vec::new(),
    }
    answer.push(b'\r');
    answer
}

fn cas(heard: &[u8], load: &Control) -> Vec<u8> {
    match heard {
        [0x05] => vec![ACK],
        [0x11] => {
            let mut body = vec![if load.moving { b'U' } else { b'S' }];
            if load.overload {
                body.extend(b"FFFFFFF");
            } else {
                body.push(if load.grams < 0 { b'-' } else { b' ' });
                body.extend(format!("{:0>6}", kilograms(load.grams)).bytes());
            }
            body.extend(b"kg");
            let check = body.iter().fold(0, |sum, byte| sum ^ byte);
            let mut answer = vec![0x01, STX];
            answer.extend(body);
            answer.extend([check, ETX, 0x04]);
            answer
        }
        _ => Vec::new(),
    }
}

fn dollar(heard: &[u8], load: &Control) -> Vec<u8> {
    if heard != b"$" {
        return Vec::new();
    }
    let bits =
        u8::from(!load.moving) << 5 | u8::from(load.grams == 0) << 3 | if load.net { 0x02 } else { 0x01 };
    let weight = if load.overload {
        "--------".to_owned()
    } else if load.grams < 0 {
        format!("-{:0>7}", kilograms(load.grams))
    } else {
        format!("{:0>8}", kilograms(load.grams))
    };
    let mut answer = vec![STX, 0x20 + bits];
    answer.extend(weight.bytes());
    answer.extend([b'\r', ETX]);
    answer
}

/// Waits for rest: a load that moves is not answered.
fn dollar_b(heard: &[u8], load: &Control) -> Vec<u8> {
    match heard {
        b"$" if load.overload || load.grams < 0 => b"AAAAAAA\r".to_vec(),
        b"$" if !load.moving => format!("{:0>7}\r", kilograms(load.grams)).into_bytes(),
        _ => Vec::new(),
    }
}

fn sics(line: &[u8], load: &Control) -> Vec<u8> {
    match line {
        b"SI" if load.overload => b"S +\r\n".to_vec(),
        b"SI" => {
            let state = if load.moving { 'D' } else { 'S' };
            let sign = if load.grams < 0 { "-" } else { "" };
            format!("S {state} {:>10} kg\r\n", format!("{sign}{}", kilograms(load.grams))).into_bytes()
        }
        b"Z" => b"Z A\r\n".to_vec(),
        _ => b"ES\r\n".to_vec(),
    }
}

fn ohaus(line: &[u8], load: &Control) -> Vec<u8> {
    match line {
        b"IP" if load.overload => b"OVER\r\n".to_vec(),
        b"IP" => {
            let sign = if load.grams < 0 { '-' } else { ' ' };
            let moving = if load.moving { " ?" } else { "" };
            let basis = if load.net { " N" } else { " G" };
            format!("{sign}{:>9} kg{moving}{basis}\r\n", kilograms(load.grams)).into_bytes()
        }
        b"Z" => Vec::new(),
        _ => b"ES\r\n".to_vec(),
    }
}

fn and(line: &[u8], load: &Control) -> Vec<u8> {
    match line {
        b"Q" if load.overload => b"OL,+99999.99 kg\r\n".to_vec(),
        b"Q" => {
            let state = if load.moving { "US" } else { "ST" };
            let sign = if load.grams < 0 { '-' } else { '+' };
            format!("{state},{sign}{:0>8} kg\r\n", kilograms(load.grams)).into_bytes()
        }
        _ => Vec::new(),
    }
}

fn nci(line: &[u8], load: &Control) -> Vec<u8> {
    if line != b"W" {
        return b"\n?\r\x03".to_vec();
    }
    let mut answer = Vec::new();
    if !load.moving && !load.overload && load.grams >= 0 {
        answer.extend(format!("\n{:0>6}KG\r", kilograms(load.grams)).bytes());
    }
    let first = 0x30 | u8::from(load.moving) | u8::from(load.grams == 0) << 1;
    let second = 0x30 | u8::from(load.grams < 0) | u8::from(load.overload) << 1;
    answer.extend([b'\n', b'S', first, second]);
    if load.net {
        // Another byte follows, and says so.
        let last = answer.len() - 1;
        answer[last] |= 0x40;
        answer.push(0x34);
    }
    answer.extend([b'\r', ETX]);
    answer
}
