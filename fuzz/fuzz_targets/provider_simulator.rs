#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tameio_fuzz::parsers::provider_simulator(bytes));
