//! What people and the post can do, as one writes it on a command line.

use std::{fmt, str::FromStr};

use serde::Serialize;
use thiserror::Error;

use crate::locale::Locale;

macro_rules! acts {
    ($($name:ident = $code:literal, $nl:literal, $en:literal;)*) => {
        /// One thing that somebody does to a complaint, or that happens to a letter of it.
        ///
        /// As text it is its code, such as `sign-complainant`: its name in the API, in lower case and with hyphens.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Act { $(#[doc = $en] $name,)* }

        impl Act {
            /// Every act, in the order of the procedure.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// A stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What happens, as a short sentence without a full stop.
            pub const fn in_words(self, locale: Locale) -> &'static str {
                match (self, locale) {
                    $((Self::$name, Locale::Nl) => $nl, (Self::$name, Locale::En) => $en,)*
                }
            }
        }
    };
}

acts! {
    Assigned = "assigned", "iemand wordt aangewezen om te beslissen", "someone is appointed to decide";
    Told = "told", "de andere kant hoort van de klacht", "the other side is told of the complaint";
    Contact = "contact", "de behandelaar spreekt de klager", "the handler speaks with the complainant";
    Heard = "heard", "beide kanten worden gehoord", "both sides are heard";
    AdmitLate = "admit-late", "de te late klacht wordt toch behandeld", "the late complaint is admitted";
    Inadmissible = "inadmissible", "de klacht wordt niet-ontvankelijk verklaard", "the complaint is declared inadmissible";
    Response = "response", "er gaat een reactie uit, die zegt wat zwijgen betekent", "a response goes out, which says what silence will mean";
    ResponseUnannounced = "response-unannounced", "er gaat een reactie uit, die niet zegt wat zwijgen betekent", "a response goes out, which does not say what silence will mean";
    Accept = "accept", "de klager is akkoord", "the complainant accepts";
    Object = "object", "de klager maakt bezwaar", "the complainant objects";
    React = "react", "de klager stelt een vraag", "the complainant asks something";
    Answer = "answer", "de behandelaar antwoordt daarop", "the handler answers that";
    Notice = "notice", "de behandelaar bericht dat beroep openstaat", "the handler gives notice that an appeal is open";
    Solution = "solution", "er ligt een oplossing ter ondertekening", "a solution is put forward for signing";
    SignComplainant = "sign-complainant", "de klager tekent", "the complainant signs";
    SignRespondent = "sign-respondent", "de andere kant tekent", "the other side signs";
    Reject = "reject", "de klager tekent niet", "the complainant will not sign";
    NoAgreement = "no-agreement", "er is geen overeenstemming", "there is no agreement";
    Appeal = "appeal", "de klager gaat in beroep", "the complainant appeals";
    AdmitAppeal = "admit-appeal", "het te late beroep wordt toch behandeld", "the late appeal is admitted";
    RefuseAppeal = "refuse-appeal", "het te late beroep wordt niet behandeld", "the late appeal is refused";
    Decision = "decision", "er komt een beslissing", "a decision is issued";
    UpholdInadmissible = "uphold-inadmissible", "de beslissing is dat de klacht niet-ontvankelijk blijft", "the decision is that the complaint stays inadmissible";
    AnnounceExtension = "announce-extension", "de termijn wordt met bericht verlengd", "the term is extended by notice";
    RequestExtension = "request-extension", "de klager wordt om meer tijd gevraagd", "the complainant is asked for more time";
    Consent = "consent", "de klager stemt in met meer tijd", "the complainant consents to more time";
    RefuseExtension = "refuse-extension", "de klager weigert meer tijd", "the complainant refuses more time";
    Delivered = "delivered", "de brieven zijn bezorgd", "the letters are delivered";
    Bounced = "bounced", "de laatste brief komt terug", "the last letter comes back";
    Verified = "verified", "het adres blijkt van de klager", "the address proves to be the complainant's";
    Withdraw = "withdraw", "de klager trekt de klacht in", "the complainant withdraws";
    Measures = "measures", "de vraag naar maatregelen is beantwoord", "the question about measures is answered";
    Rated = "rated", "de klager zegt hoe de behandeling was", "the complainant says how the handling was";
    Recused = "recused", "wie beslist, trekt zich terug", "whoever decides steps back";
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Act {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Not the code of an act.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error(
    "\"{found}\" is not something that can happen: write one of {}",
    Act::codes()
)]
pub struct UnknownAct {
    found: String,
}

impl Act {
    /// Every code, as a list to read.
    pub fn codes() -> String {
        let codes: Vec<&str> = Self::ALL.iter().map(|act| act.code()).collect();
        codes.join(", ")
    }
}

impl FromStr for Act {
    type Err = UnknownAct;

    fn from_str(text: &str) -> Result<Self, UnknownAct> {
        let wanted = text.trim().to_lowercase().replace('_', "-");
        let found = Self::ALL.iter().find(|act| act.code() == wanted);
        found.copied().ok_or_else(|| UnknownAct {
            found: text.trim().chars().take(40).collect(),
        })
    }
}
