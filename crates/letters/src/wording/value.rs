//! What a wording may have put in.

use wederhoor_procedure::Text;

macro_rules! values {
    ($($(#[$doc:meta])* $value:ident = $name:ident, $dutch:literal, $nl:literal, $en:literal;)*) => {
        /// What a placeholder stands for, besides what the program says.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Value { $($(#[$doc])* $value,)* }

        /// What stands for each, as clean lines; empty where there is none.
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        pub(crate) struct Values { $(pub $name: String,)* }

        impl Values {
            pub(crate) fn of(&self, value: Value) -> &str {
                match value { $(Value::$value => &self.$name,)* }
            }
        }

        impl Value {
            /// Its name, between braces.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => stringify!($name),)* }
            }

            /// Which goes by this name.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$value),)* _ => None }
            }

            /// How somebody may call it who looks for it in Dutch.
            pub(super) const fn dutch(self) -> &'static str {
                match self { $(Self::$value => $dutch,)* }
            }

            /// What it stands for.
            pub fn meaning(self) -> Text {
                let (nl, en) = match self { $(Self::$value => ($nl, $en),)* };
                Text { nl: nl.to_owned(), en: en.to_owned() }
            }
        }
    };
}

values! {
    /// What the organisation is called.
    Organisation = organisation, "organisatie", "de naam van de organisatie", "the name of the organisation";
    /// The complaint's reference.
    Reference = reference, "kenmerk", "het kenmerk van de klacht", "the reference of the complaint";
    /// The reader's name; a word for any reader where no name may be said.
    Recipient = recipient, "ontvanger", "de naam van wie de brief krijgt, of ‘lezer’ als die naam niet zeker is",
        "the name of who gets the letter, or ‘reader’ where that name is not certain";
    /// The program's own greeting, with the reader's name where it may be said.
    Greeting = greeting, "aanhef", "de aanhef, met de naam als die zeker is", "the greeting, with the name where that is certain";
    /// The day on which it is written.
    Date = date, "datum", "de dag waarop de brief is geschreven", "the day on which the letter was written";
    /// The day on which the complaint was received.
    Received = received, "ontvangen", "de dag waarop de klacht binnenkwam", "the day on which the complaint came in";
    /// What the regulation is called.
    Regulation = regulation, "regeling", "de naam van de klachtenregeling", "the name of the complaints regulation";
    /// How the organisation is reached, as a sentence; empty where it does not say.
    Contact = contact, "contact", "een zin die zegt hoe de organisatie te bereiken is; leeg zonder contactgegevens",
        "a sentence that says how the organisation is reached; empty without contact details";
}

/// What [`CONTENT`](super::CONTENT) stands for.
pub fn content_meaning() -> Text {
    Text {
        nl: "wat de brief moet zeggen: termijnen, vervolgstappen en artikelen, met de knop; verplicht, op een eigen regel"
            .to_owned(),
        en: "what the letter must say: terms, next steps and articles, with the button; required, on a line of its own"
            .to_owned(),
    }
}
