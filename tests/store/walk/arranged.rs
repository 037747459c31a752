//! What an owner arranges of papers, right or wrong.

use super::Walk;
use tameio::app::input::{By, Input, TemplateInput};
use tameio::domain::operator::OperatorId;
use tameio::domain::template::{Dots, Logo, TemplateKind, TemplateText};
use tameio::domain::text::Text;
use tameio::paper::template::shipped;

impl Walk {
    pub(super) fn arranged(&mut self) -> Input {
        let kind = self.pick(&TemplateKind::ALL).unwrap_or(TemplateKind::Slip);
        let operator = self.pick(&["owner", "A"]).unwrap_or("owner");
        let by = By { operator: OperatorId(operator.to_owned()), approved_by: self.by().approved_by };
        let words = self.word();
        let good = format!("{}{words}", shipped(kind).replacen("[title]", "{business}\n[title]", 1));
        let text = self.pick(&[Some(good), Some(shipped(kind).to_owned()), Some(words), None]).flatten();
        Input::Template(match self.chance.up_to(6) {
            0 | 1 => TemplateInput::Save { kind, text: text.map(|text| TemplateText::new(&text)), by },
            2 => TemplateInput::TakeBack { kind, by },
            3 => TemplateInput::LogosFound { files: vec!["logo.png".to_owned()] },
            4 => TemplateInput::ChooseLogo { file: None, by },
            5 => TemplateInput::ChooseLogo { file: Some("logo.png".to_owned()), by },
            _ => {
                let dots = Dots { width: 8, height: 1, data: "/w==".to_owned() };
                let logo = Logo { name: Text::new("logo.png"), wide: dots.clone(), narrow: dots };
                TemplateInput::LogoRead { logo: Ok(Box::new(logo)), by }
            }
        })
    }
}
