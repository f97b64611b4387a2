//! Writes an example of every kind of letter as HTML, in both languages, for a person to look at:
//! `cargo run -p wederhoor-letters --example letters -- DIRECTORY ['#rrggbb']`.

use std::{env, fs, io, path::PathBuf};

use wederhoor_letters::{Contact, Sender, WordedKind, preview};
use wederhoor_procedure::Locale;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let directory = arguments.next().map(PathBuf::from);
    let Some(directory) = directory else {
        return Err(io::Error::other("name a directory"));
    };
    fs::create_dir_all(&directory)?;
    let colour = arguments.next().unwrap_or_else(|| "#1f5a7a".to_owned());
    let sender = Sender {
        organisation: "Stichting Voorbeeld",
        colour: &colour,
        contact: Contact {
            postal_address: Some("Postbus 1\n0000 AA Voorbeeldstad"),
            telephone: Some("+31000000000"),
            email: Some("klachten@voorbeeld.example"),
        },
        wording: None,
    };
    for kind in WordedKind::all() {
        for (locale, tag) in [(Locale::Nl, "nl"), (Locale::En, "en")] {
            let html = preview(kind, &sender, locale).html;
            fs::write(directory.join(format!("{}-{tag}.html", kind.code())), html)?;
        }
    }
    Ok(())
}
