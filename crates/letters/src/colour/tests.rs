//! What can be read.

use super::*;

#[test]
fn whatever_the_colour_text_can_be_read_on_it_and_in_it() {
    let parts = (0..=255).step_by(15).chain([254]);
    let parts: Vec<u8> = parts.map(|part| u8::try_from(part).unwrap()).collect();
    for red in &parts {
        for green in &parts {
            for blue in &parts {
                let colour = Colour([*red, *green, *blue]);
                assert!(colour.contrast(colour.ink()) >= READABLE, "on {colour}");
                assert!(colour.on_white().contrast(WHITE) >= READABLE, "in {colour}");
            }
        }
    }
}

#[test]
fn a_colour_that_can_be_read_stays_as_it_is() {
    for colour in ["#1f5a7a", "#000000", "#767676"] {
        assert_eq!(Colour::read(colour).on_white().to_string(), colour);
    }
    assert_ne!(Colour::read("#777777").on_white().to_string(), "#777777");
    assert_eq!(Colour::read("#fa0").to_string(), "#ffaa00");
    for wrong in ["", "#", "fa0", "#ffff", "#gggggg", "#1f5a7a;x:", "red"] {
        assert_eq!(Colour::read(wrong), GREY, "{wrong}");
    }
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
    assert!((Colour::read("#767676").contrast(WHITE) - 4.54).abs() < 0.005);
}
