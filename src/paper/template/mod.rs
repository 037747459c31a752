//! Templates: which lines stand on a kind of paper and in which order, as a text the owner may change.
//!
//! **Why papers are no free text.** What the law asks of a paper is many small rules that hang on the sale: a credit names its
//! original, a fiscal machine's number makes the paper no receipt, a stay shows its minutes, each VAT rate has its row. A template
//! that spelled all of this out could lose any of it, and would be no shorter than the code. So a paper is made of named **parts**
//! that Rust composes, and a template says where each stands and what the owner puts between them. A part the law asks for must
//! stand exactly once, in its order; the others may be left out. The marks of a copy and of practice belong to no template. A
//! [`Template`] that was not checked cannot be printed, so no text anybody can write loses a lawful line.
//!
//! A template is read line by line:
//!
//! | line | means |
//! |---|---|
//! | `[title]` | the part of this name; `[logo]` stands anywhere |
//! | `---` | a line across |
//! | *(nothing)* | an empty line |
//! | `# words` | a note for whoever reads the template |
//! | `Thank you, {plate}` | a line of one's own, with fields |
//! | `Bay \| {number}` | something at the left edge and something at the right |
//! | `(centre bold) words` | how it looks: `left centre right`, `bold`, `wide`, `high`, `large` (both), `small` |
//! | `(qr) https://…` | a QR code |
//! | `(if plate)`, `(unless plate)` | only where the field has something, or nothing |
//! | `(from 1/12/2026)`, `(until 31/12/2026)` | only on papers of these days |
//!
//! A line whose fields are all empty is left out by itself. `\` before a sign means the sign: `\[`, `\{`, `\|`, `\(`, `\#`.
//!
//! The templates in `shipped/` are the papers as they are without any of this.
//!
//! | file | holds |
//! |---|---|
//! | [`field`] | what a field stands for |
//! | `kind` | parts, fields and shipped text of each kind |
//! | [`mod@line`] | one line, read |
//! | [`mod@check`] | a template as a whole, and what is wrong with it |
//! | [`sentence`] | … in words |
//! | [`press`] | a template and facts become a paper |
//! | [`mod@logo`] | the stored logo as dots |

pub mod check;
pub mod field;
mod kind;
pub mod line;
pub mod logo;
pub mod press;
pub mod sentence;

pub use check::{Checked, Finding, Template, What, check};
pub use field::Field;
pub use kind::{PartName, fields, parts, shipped, words};
pub use press::Press;
