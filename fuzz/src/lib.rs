//! The functions of the tests that say what must hold whatever bytes come, a target each in `fuzz_targets/`.

#[path = "../../tests/hostile/parsers.rs"]
pub mod parsers;
#[path = "../../tests/hostile/watched.rs"]
pub mod watched;
