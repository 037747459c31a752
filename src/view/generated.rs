//! What Slint's compiler made of `ui/`: the window, its globals and their types.

slint::include_modules!();
