//! Every component in every state, in every look and both languages, to be looked at; and each of them while a finger is on it.

use crate::glass::Glass;
use crate::pages::save;
use crate::stage::wash;
use slint::ComponentHandle;
use slint::platform::{PointerEventButton, WindowEvent};
use tameio::view::generated::{Language, Look, Shell, Theme};

const LOOKS: [(Look, &str); 3] = [(Look::Day, "day"), (Look::Night, "night"), (Look::Contrast, "contrast")];
const LANGUAGES: [(Language, &str); 2] = [(Language::Greek, "el"), (Language::English, "en")];

/// What can be pressed, with the part of the gallery it stands in.
const PRESSED: [(i32, &str); 10] = [
    (1, "press-button-primary"),
    (1, "press-button-money"),
    (1, "press-button-plain"),
    (1, "press-button-soft"),
    (1, "press-button-danger"),
    (1, "press-key"),
    (2, "press-choice"),
    (2, "press-tile"),
    (2, "press-back"),
    (2, "press-person-a"),
];

#[test]
fn every_component_is_drawn_in_every_look_and_language() {
    let glass = Glass::of(&wash(), (1280, 900));
    let shell = glass.app().global::<Shell>();
    for (look, look_name) in LOOKS {
        glass.app().global::<Theme>().invoke_choose(look);
        for (language, code) in LANGUAGES {
            shell.invoke_choose_language(language);
            for part in 1..=3 {
                shell.set_gallery(part);
                save(&glass.picture(), &format!("gallery-{part}-{look_name}-{code}"));
            }
        }
    }
    glass.app().global::<Theme>().invoke_choose(Look::Day);
}

/// A key that looks the same under a finger tells nobody that it was touched.
#[test]
fn whatever_can_be_pressed_shows_it() {
    let glass = Glass::of(&wash(), (1280, 900));
    for (look, name) in LOOKS {
        glass.app().global::<Theme>().invoke_choose(look);
        for (part, id) in PRESSED {
            glass.app().global::<Shell>().set_gallery(part);
            let element = glass.element(id).unwrap_or_else(|| panic!("there is no {id} in the gallery"));
            let (at, size) = (element.absolute_position(), element.size());
            let position = slint::LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
            let button = PointerEventButton::Left;
            let before = glass.picture();
            glass.app().window().dispatch_event(WindowEvent::PointerPressed { position, button });
            let pressed = glass.picture();
            // Slid away, so that nothing is pressed by letting go.
            let away = slint::LogicalPosition::new(1.0, 1.0);
            glass.app().window().dispatch_event(WindowEvent::PointerMoved { position: away });
            glass.app().window().dispatch_event(WindowEvent::PointerReleased { position: away, button });
            let corner = (at.x as usize + 6, at.y as usize + size.height as usize / 2);
            let dot = |picture: &slint::SharedPixelBuffer<slint::Rgba8Pixel>| {
                picture.as_slice()[corner.1 * picture.width() as usize + corner.0]
            };
            assert_ne!(dot(&before), dot(&pressed), "{id} does not show in {name} that it is pressed");
            if look == Look::Day {
                save(&pressed, &format!("gallery-{id}"));
            }
        }
    }
    glass.app().global::<Theme>().invoke_choose(Look::Day);
}

#[test]
fn the_gallery_is_never_there_by_itself_and_one_touch_closes_it() {
    let glass = Glass::of(&wash(), (1024, 768));
    let shell = glass.app().global::<Shell>();
    assert_eq!(shell.get_gallery(), 0);
    glass.window.show_gallery();
    glass.tap("gallery-2");
    assert_eq!(shell.get_gallery(), 2);
    glass.tap("gallery-close");
    assert_eq!(shell.get_gallery(), 0);
}
