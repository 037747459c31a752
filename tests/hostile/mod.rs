//! Bytes from outside cannot hurt: what `parsers` says must hold is tried on bytes that were kept because they once
//! did harm or might have, on the same bytes damaged, and on any at all. `.ci/fuzz` looks for more of them.

mod parsers;
mod watched;

use parsers::Parser;
use proptest::prelude::*;
use proptest::sample::Index;
use std::path::{Path, PathBuf};
use tameio::aade::xml::BYTES_MAX;

/// A corpus is read by people too: small files, and no more than one can look through.
const FILES_MAX: usize = 60;
const FILE_BYTES_MAX: usize = 4096;

fn corpus(parser: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/corpus").join(parser)
}

/// The kept files of a parser, by name.
fn kept(parser: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(corpus(parser)).expect("every parser has a corpus");
    let mut kept: Vec<_> = files
        .map(|file| file.expect("an entry").path())
        .map(|path| (path.clone(), std::fs::read(path).expect("a file")))
        .collect();
    kept.sort();
    kept
}

/// One kept file up to a place, another from a place on, and one byte of it all changed.
fn damaged(parser: &str) -> impl Strategy<Value = Vec<u8>> {
    let kept: Vec<Vec<u8>> = kept(parser).into_iter().map(|(_, bytes)| bytes).collect();
    (any::<[Index; 5]>(), any::<u8>()).prop_map(move |([first, second, cut, join, place], byte)| {
        let (first, second) = (first.get(&kept), second.get(&kept));
        let mut bytes = first[..cut.index(first.len() + 1)].to_vec();
        bytes.extend_from_slice(&second[join.index(second.len() + 1)..]);
        if !bytes.is_empty() {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    })
}

/// Every parser with a corpus.
fn all() -> impl Iterator<Item = Parser> {
    parsers::PARSERS.into_iter().chain(watched::PARSERS)
}

macro_rules! hostile {
    ($room:ident: $($name:ident),*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn kept_bytes() {
                for (path, bytes) in kept(stringify!($name)) {
                    // The last one named is the one it failed on.
                    println!("{}", path.display());
                    $room::$name(&bytes);
                }
            }

            proptest! {
                #[test]
                fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
                    $room::$name(&bytes);
                }

                #[test]
                fn kept_bytes_damaged(bytes in damaged(stringify!($name))) {
                    $room::$name(&bytes);
                }
            }
        }
    )*};
}

hostile!(parsers: reply, listing, xml, simulator, config, tariff, plate, receipt_qr);
hostile!(parsers: printer_status, paper_reader, scanner);
hostile!(parsers: scale, scanner_device, code);
hostile!(parsers: star_status, device_id, spool_file, display, modbus);
hostile!(watched: card, picture, camera);
hostile!(parsers: mydata_reply, mydata_transmitted, mydata_simulator);
hostile!(parsers: lookup_registry, lookup_vies);
hostile!(parsers: provider_reply, provider_simulator);

#[test]
fn the_corpus_is_small_and_complete() {
    for (name, _) in all() {
        let files = kept(name);
        assert!((1..=FILES_MAX).contains(&files.len()), "{name}: {} files", files.len());
        for (path, bytes) in files {
            assert!(bytes.len() <= FILE_BYTES_MAX, "{}: {} bytes", path.display(), bytes.len());
        }
    }
    let folders = std::fs::read_dir(corpus("")).expect("the corpus").count();
    assert_eq!(folders, all().count(), "a folder of no parser");
}

/// Much of the same: what is quick on a line must not take minutes on a megabyte, nor fill the stack.
#[test]
fn much_of_the_same_is_read_in_reasonable_time() {
    let pieces: [&[u8]; 14] = [
        b"\0",
        b"<a>",
        b"<a/>",
        b"</a>",
        b"<!--",
        b"&amp;",
        b"[",
        b"=\n",
        b"\"",
        b"\x5F",
        b"\x1D(k",
        b"5 a\n",
        b"\n%%\n",
        "\u{391}\u{301}".as_bytes(),
    ];
    for (name, parser) in all() {
        for piece in pieces {
            println!("{name}: {}", piece.escape_ascii());
            parser(&piece.repeat(65_536 / piece.len()));
        }
    }
    for (name, parser) in all().take(3) {
        for piece in pieces {
            println!("{name}: {} up to what is read", piece.escape_ascii());
            parser(&piece.repeat(BYTES_MAX / piece.len()));
            parser(
                &[b"<ResponseDoc>", piece.repeat(BYTES_MAX / piece.len() - 20).as_slice(), b"</ResponseDoc>"]
                    .concat(),
            );
        }
    }
}
