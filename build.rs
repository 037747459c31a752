//! Compiles the screen of `ui/` into Rust, with its Greek sentences inside. Without the feature `screen` there is
//! nothing to do, and Slint's compiler is not even built.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    #[cfg(feature = "screen")]
    screen();
}

#[cfg(feature = "screen")]
fn screen() {
    // Tests and the control server find elements by what the compiler remembers of them; a release goes without.
    let with_names = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug")
        || std::env::var_os("CARGO_FEATURE_AUTOMATION").is_some();
    let configuration = slint_build::CompilerConfiguration::new()
        .with_style("fluent".to_owned())
        .with_debug_info(with_names)
        // A sentence keeps its translation when it moves to another component.
        .with_default_translation_context(slint_build::DefaultTranslationContext::None)
        .with_bundled_translations("ui/lang");
    if let Err(error) = slint_build::compile_with_config("ui/app.slint", configuration) {
        println!("cargo::error=the screen in ui/ does not compile: {error}");
        std::process::exit(1);
    }
    println!("cargo:rerun-if-changed=ui");
}
