//! QR codes and Code 128: the bytes for printers that draw them, and the picture for those that do not.

use super::picture::pair;
use super::profile::{Language, Profile};
use super::raster::Bitmap;
use super::sheet::QrText;
use super::star;

/// White modules that must stand around a QR code.
const QR_QUIET_MODULES: usize = 4;

/// How many bytes a QR code of error level M holds, version 1 to 40 (ISO/IEC 18004, byte mode).
const QR_BYTES_BY_VERSION: [usize; 40] = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
    857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

/// How many modules a side of the code has at most. A code of digits only may come out smaller.
pub(crate) fn qr_modules(text: &QrText) -> usize {
    let version = QR_BYTES_BY_VERSION.iter().position(|max| text.as_str().len() <= *max).unwrap_or(39) + 1;
    17 + 4 * version
}

/// The module size that fits the paper, at most what was asked for; none when even one dot is too wide.
pub(crate) fn qr_module_dots(text: &QrText, wanted: u8, profile: &Profile) -> Option<u8> {
    let modules = qr_modules(text) + 2 * QR_QUIET_MODULES;
    let fits = u8::try_from(profile.dots / modules).unwrap_or(u8::MAX);
    let most = if profile.language == Language::Star { star::MODULE_DOTS_MAX } else { 16 };
    Some(wanted.clamp(2, most).min(fits)).filter(|dots| *dots >= 1)
}

/// A QR code as a picture, white border included; none when the text does not fit a code.
pub fn qr_picture(text: &str, module_dots: usize) -> Option<Bitmap> {
    let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).ok()?;
    let side = usize::try_from(code.size()).ok()?;
    let mut modules = Bitmap::white(side + 2 * QR_QUIET_MODULES, side + 2 * QR_QUIET_MODULES);
    for y in 0..code.size() {
        for x in 0..code.size() {
            let (column, row) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
            modules.set(column + QR_QUIET_MODULES, row + QR_QUIET_MODULES, code.get_module(x, y));
        }
    }
    Some(modules.enlarged(module_dots, module_dots))
}

/// One symbol of Code 128 is eleven modules: bars and spaces in turn, a bar first (ISO/IEC 15417, table 1).
const CODE128_WIDTHS: [u32; 107] = [
    212_222, 222_122, 222_221, 121_223, 121_322, 131_222, 122_213, 122_312, 132_212, 221_213, 221_312,
    231_212, 112_232, 122_132, 122_231, 113_222, 123_122, 123_221, 223_211, 221_132, 221_231, 213_212,
    223_112, 312_131, 311_222, 321_122, 321_221, 312_212, 322_112, 322_211, 212_123, 212_321, 232_121,
    111_323, 131_123, 131_321, 112_313, 132_113, 132_311, 211_313, 231_113, 231_311, 112_133, 112_331,
    132_131, 113_123, 113_321, 133_121, 313_121, 211_331, 231_131, 213_113, 213_311, 213_131, 311_123,
    311_321, 331_121, 312_113, 312_311, 332_111, 314_111, 221_411, 431_111, 111_224, 111_422, 121_124,
    121_421, 141_122, 141_221, 112_214, 112_412, 122_114, 122_411, 142_112, 142_211, 241_211, 221_114,
    413_111, 241_112, 134_111, 111_242, 121_142, 121_241, 114_212, 124_112, 124_211, 411_212, 421_112,
    421_211, 212_141, 214_121, 412_121, 111_143, 111_341, 131_141, 114_113, 114_311, 411_113, 411_311,
    113_141, 114_131, 311_141, 411_131, 211_412, 211_214, 211_232, 2_331_112,
];
/// How high the bars are.
pub(crate) const CODE128_HEIGHT_DOTS: u8 = 80;
/// White modules that must stand on each side.
const CODE128_QUIET_MODULES: usize = 10;
const START_B: usize = 104;
const START_C: usize = 105;
const CODE_B: usize = 100;
const CODE_C: usize = 99;
const FNC1_VALUE: usize = 102;
const STOP: usize = 106;

/// What stands for the FNC1 symbol of GS1-128 in a code's text: GS1's own separator.
pub(crate) const FNC1: char = '\u{1D}';

/// A text as symbols of Code 128, its start first, without check and stop: digits in pairs (set C) where that is
/// shorter, everything else in set B.
fn code128_values(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = bytes.iter().take_while(|byte| char::from(**byte) == FNC1).count();
    let mut pairs = digits(first) >= 4;
    let mut values = vec![if pairs { START_C } else { START_B }];
    let mut at = 0;
    while at < bytes.len() {
        let run = digits(at);
        if char::from(bytes[at]) == FNC1 {
            values.push(FNC1_VALUE);
            at += 1;
        } else if pairs && run >= 2 {
            values.push(usize::from(bytes[at] - b'0') * 10 + usize::from(bytes[at + 1] - b'0'));
            at += 2;
        } else if pairs {
            values.push(CODE_B);
            pairs = false;
        } else if run >= 4 && run.is_multiple_of(2) && (run >= 6 || at + run == bytes.len()) {
            values.push(CODE_C);
            pairs = true;
        } else {
            values.push(usize::from(bytes[at].saturating_sub(32)).min(95));
            at += 1;
        }
    }
    values
}

/// Appends the command that prints a Code 128 (`GS k 73`), with its height, module width and, when `told`, its text
/// below.
pub(crate) fn code128_command(text: &str, module_dots: u8, told: bool, out: &mut Vec<u8>) {
    let height = CODE128_HEIGHT_DOTS;
    out.extend_from_slice(&[0x1D, 0x68, height, 0x1D, 0x77, module_dots]);
    out.extend_from_slice(&[0x1D, 0x48, if told { 2 } else { 0 }, 0x1D, 0x66, 0]);
    let data = code128_data(text);
    out.extend_from_slice(&[0x1D, 0x6B, 73, pair(data.len())[0]]);
    out.extend_from_slice(&data);
}

/// The data as the command wants it: each set by its name, a literal brace doubled, two digits in a byte of set C.
fn code128_data(text: &str) -> Vec<u8> {
    let (mut data, mut pairs) = (Vec::new(), false);
    let byte = |value: usize| u8::try_from(value).unwrap_or(0);
    for value in code128_values(text) {
        match value {
            START_B | CODE_B if value == START_B || pairs => {
                data.extend_from_slice(b"{B");
                pairs = false;
            }
            START_C => {
                data.extend_from_slice(b"{C");
                pairs = true;
            }
            CODE_C if !pairs => {
                data.extend_from_slice(b"{C");
                pairs = true;
            }
            FNC1_VALUE => data.extend_from_slice(b"{1"),
            value if pairs => data.push(byte(value)),
            value => {
                data.push(byte(value + 32));
                data.extend((byte(value + 32) == b'{').then_some(b'{'));
            }
        }
    }
    data
}

/// The text of such data, [`FNC1`] for the symbol of that name. What is not a character of its set is left out.
pub(crate) fn code128_text(data: &[u8]) -> String {
    let (mut text, mut pairs, mut rest) = (String::new(), false, data);
    while let Some((first, after)) = rest.split_first() {
        let named = (*first == b'{').then(|| after.first()).flatten();
        rest = match named {
            Some(b'A' | b'B') => {
                pairs = false;
                &after[1..]
            }
            Some(b'C') => {
                pairs = true;
                &after[1..]
            }
            Some(b'1') => {
                text.push(FNC1);
                &after[1..]
            }
            Some(b'{') if !pairs => {
                text.push('{');
                &after[1..]
            }
            _ => {
                if pairs {
                    text.push_str(&format!("{:02}", first % 100));
                } else if matches!(first, b' '..=b'~') {
                    text.push(char::from(*first));
                }
                after
            }
        };
    }
    text
}

/// The module width that fits the paper: 3 dots with white edges, else 2 dots, whose white edges may lie on the
/// paper beside the print head. None when the bars themselves are too wide: scanners do not read finer ones.
pub(crate) fn code128_module_dots(text: &str, profile: &Profile) -> Option<u8> {
    let bars = (code128_values(text).len() + 1) * 11 + 13;
    match profile.dots / bars {
        0 | 1 => None,
        _ if (bars + 2 * CODE128_QUIET_MODULES) * 3 <= profile.dots => Some(3),
        _ => Some(2),
    }
}

/// A Code 128 as a picture of bars, without the white edges.
pub(crate) fn code128_picture(text: &str, module_dots: usize, height: usize) -> Bitmap {
    let mut bits = Vec::new();
    code128_symbols(text).into_iter().for_each(|symbol| push_symbol(symbol, &mut bits));
    let mut bars = Bitmap::white(bits.len(), 1);
    bits.iter().enumerate().for_each(|(x, black)| bars.set(x, 0, *black));
    bars.enlarged(module_dots, height)
}

/// Start, data, check, stop.
fn code128_symbols(text: &str) -> Vec<usize> {
    let mut symbols = code128_values(text);
    let sum: usize = symbols.iter().enumerate().map(|(at, symbol)| symbol * at.max(1)).sum();
    symbols.extend([sum % 103, STOP]);
    symbols
}

fn push_symbol(symbol: usize, bits: &mut Vec<bool>) {
    let widths = CODE128_WIDTHS[symbol].to_string();
    for (at, digit) in widths.bytes().enumerate() {
        bits.extend(std::iter::repeat_n(at % 2 == 0, usize::from(digit - b'0')));
    }
}
