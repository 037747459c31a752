//! What the owner arranges of papers.

use super::By;
use crate::domain::template::{Logo, TemplateKind, TemplateText};
use serde::{Deserialize, Serialize};

/// What the owner arranges of papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum TemplateInput {
    /// A template is saved, or the built-in paper stands again.
    Save {
        /// Of which kind of paper.
        kind: TemplateKind,
        /// It; nothing for the built-in paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<TemplateText>,
        /// Who.
        by: By,
    },
    /// The last version is taken back: the one before stands again.
    TakeBack {
        /// Of which kind of paper.
        kind: TemplateKind,
        /// Who.
        by: By,
    },
    /// Which pictures are there that could be a logo?
    FindLogos,
    /// They were looked for.
    LogosFound {
        /// Names of files.
        files: Vec<String>,
    },
    /// A logo is wanted on all papers, or none any more.
    ChooseLogo {
        /// The name of a file that was found; nothing takes the logo off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// Who.
        by: By,
    },
    /// The file of a logo was read.
    LogoRead {
        /// It as it is printed, or why it cannot be.
        logo: Result<Box<Logo>, String>,
        /// Who wanted it.
        by: By,
    },
}
