//! The printer's answers, in any order and in any pieces.

use proptest::prelude::*;
use tameio_drivers::printer::Fault;
use tameio_drivers::printer::status::{Decoder, DrawerState, PaperLevel, Question, Reply, Status};

use crate::profile;

fn decode(bytes: &[u8], markers: usize) -> Vec<Reply> {
    let mut decoder = Decoder::default();
    (0..markers).for_each(|_| decoder.expect_marker());
    decoder.push(bytes)
}

#[test]
fn a_mixed_stream_is_taken_apart() {
    let bytes =
        [0x12, 0x14, 0, 0, 0, 0x13, 0x5F, b'E', b'P', 0, 0x00, 0x11, 0x37, 0x22, b'a', b'b', b'c', b'd', 0];
    let expected = [
        Reply::RealTime(0x12),
        Reply::Block([0x14, 0, 0, 0]),
        Reply::Room(false),
        Reply::Text(0x5F, b"EP".to_vec()),
        Reply::Sensor(0),
        Reply::Room(true),
        Reply::Text(0x37, b"\"abcd".to_vec()),
    ];
    assert_eq!(decode(&bytes, 1), expected);
}

#[test]
fn a_reply_split_over_reads_is_still_one() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.push(&[0x14, 0]), []);
    assert_eq!(decoder.push(&[0x0C]), []);
    assert_eq!(decoder.push(&[0]), [Reply::Block([0x14, 0, 0x0C, 0])]);
}

#[test]
fn a_status_between_marker_and_answer_is_not_the_answer() {
    let replies = decode(&[0x1C, 0, 0x0F, 0, 0x03], 1);
    assert_eq!(replies, [Reply::Block([0x1C, 0, 0x0F, 0]), Reply::Sensor(3)]);
}

#[test]
fn an_answer_nobody_waits_for_is_noise() {
    assert_eq!(decode(&[0x00, 0x03, 0x12], 0), [Reply::RealTime(0x12)]);
    assert_eq!(decode(&[0x00, 0x00], 1), [Reply::Sensor(0)], "one marker, one answer");
}

#[test]
fn a_disturbed_block_costs_only_itself() {
    assert_eq!(decode(&[0x14, 0, 0x12, 0x12], 0), [Reply::RealTime(0x12), Reply::RealTime(0x12)]);
    assert_eq!(decode(&[0xFF, 0x80, 0x16], 0), [Reply::RealTime(0x16)]);
}

#[test]
fn every_fault_has_its_bits() {
    let block = |block| {
        let mut status = Status::default();
        status.learn_block(block);
        status.fault()
    };
    assert_eq!(block([0x10, 0, 0, 0]), None);
    assert_eq!(block([0x38, 0, 0, 0]), Some(Fault::CoverOpen));
    assert_eq!(block([0x18, 0, 0x0F, 0]), Some(Fault::PaperOut));
    assert_eq!(block([0x18, 0x08, 0, 0]), Some(Fault::CutterJam));
    assert_eq!(block([0x18, 0x40, 0, 0]), Some(Fault::Printer));
}

#[test]
fn real_time_answers_are_read_by_their_question() {
    let answer = |question, byte| {
        let mut status = Status::default();
        status.learn_real_time(question, byte);
        status
    };
    assert_eq!(answer(Question::Paper, 0x12).paper, Some(PaperLevel::Enough));
    assert_eq!(answer(Question::Paper, 0x1E).paper, Some(PaperLevel::Low));
    assert_eq!(answer(Question::Paper, 0x7E).paper, Some(PaperLevel::Out));
    assert_eq!(answer(Question::Offline, 0x16).fault(), Some(Fault::CoverOpen));
    assert_eq!(answer(Question::Offline, 0x32).fault(), Some(Fault::PaperOut));
    assert_eq!(answer(Question::Error, 0x1A).fault(), Some(Fault::CutterJam));
    let printer = answer(Question::Printer, 0x1E);
    assert_eq!(
        (printer.online, printer.drawer(&profile("epson-80"))),
        (Some(false), Some(DrawerState::Open))
    );
    assert_eq!(Question::Paper.bytes(), [0x10, 0x04, 4]);
}

#[test]
fn the_drawers_level_is_a_setting() {
    let mut status = Status::default();
    status.learn_real_time(Question::Printer, 0x16);
    let mut low_is_open = profile("epson-80");
    low_is_open.drawer.open_is_high = false;
    assert_eq!(status.drawer(&low_is_open), Some(DrawerState::Closed));
    assert_eq!(Status::default().drawer(&low_is_open), None, "not asked is not known");
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_give_the_same_replies(bytes in any::<Vec<u8>>(), cut in any::<usize>(), markers in 0usize..4) {
        let mut pieces = Decoder::default();
        (0..markers).for_each(|_| pieces.expect_marker());
        let cut = cut % (bytes.len() + 1);
        let mut replies = pieces.push(&bytes[..cut]);
        replies.extend(pieces.push(&bytes[cut..]));
        prop_assert_eq!(replies, decode(&bytes, markers));
    }

    #[test]
    fn after_any_noise_a_status_is_heard_again(noise in prop::collection::vec(0x80u8..=0xFF, 0..50)) {
        let bytes = [noise.as_slice(), &[0x12]].concat();
        prop_assert_eq!(decode(&bytes, 0).pop(), Some(Reply::RealTime(0x12)));
    }
}
