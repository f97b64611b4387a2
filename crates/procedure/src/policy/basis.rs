//! Where a rule is written: an article of the regulation, or a house rule of the organisation.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    blank::is_blank,
    calendar::Term,
    locale::{Locale, Text},
};

/// The source of a rule, cited with every deadline and every refusal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "RawBasis", into = "RawBasis")]
pub enum Basis {
    /// The regulation says so.
    Article(Citation),
    /// The regulation is silent; the organisation chose this.
    HouseRule(Text),
}

/// An article and, in short, what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// As people cite it, e.g. `Werkwijze 9`.
    pub article: String,
    /// What it says, in short.
    pub text: Text,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBasis {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    house_rule: bool,
    nl: String,
    en: String,
}

impl TryFrom<RawBasis> for Basis {
    type Error = String;

    fn try_from(raw: RawBasis) -> Result<Self, String> {
        let text = Text {
            nl: raw.nl,
            en: raw.en,
        };
        let read = match (raw.article, raw.house_rule) {
            (Some(article), false) if !is_blank(&article) => {
                Ok(Self::Article(Citation { article, text }))
            }
            (Some(_), false) => Err(Text::new(
                "het artikel is leeg: noem het, bijvoorbeeld `article = \"Werkwijze 9\"`",
                "the article is empty: cite it, for example `article = \"Werkwijze 9\"`",
            )),
            (None, true) => Ok(Self::HouseRule(text)),
            (None, false) => Err(Text::new(
                "een regel heeft een bron: schrijf `article = \"…\"`, of `house_rule = true`",
                "a rule needs its source: write `article = \"…\"`, or `house_rule = true`",
            )),
            (Some(_), true) => Err(Text::new(
                "een regel staat in een artikel of is een huisregel: laat `article` of `house_rule` weg",
                "a rule is either written in an article or a house rule: leave out `article` or `house_rule`",
            )),
        };
        read.map_err(|fault| fault.as_one())
    }
}

impl From<Basis> for RawBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Article(Citation { article, text }) => Self {
                article: Some(article),
                house_rule: false,
                nl: text.nl,
                en: text.en,
            },
            Basis::HouseRule(text) => Self {
                article: None,
                house_rule: true,
                nl: text.nl,
                en: text.en,
            },
        }
    }
}

impl Basis {
    /// What the rule says, in short.
    pub fn text(&self, locale: Locale) -> &str {
        match self {
            Self::Article(citation) => citation.text.in_locale(locale),
            Self::HouseRule(text) => text.in_locale(locale),
        }
    }

    /// The article, or `None` for a house rule.
    pub fn article(&self) -> Option<&str> {
        match self {
            Self::Article(citation) => Some(&citation.article),
            Self::HouseRule(_) => None,
        }
    }

    /// The citation as people read it: the article's name, or "house rule" (*huisregel*).
    pub fn cite(&self, locale: Locale) -> String {
        match (self, locale) {
            (Self::Article(citation), _) => citation.article.clone(),
            (Self::HouseRule(_), Locale::Nl) => "huisregel".to_owned(),
            (Self::HouseRule(_), Locale::En) => "house rule".to_owned(),
        }
    }
}

/// A term with its source. `T` is how the term reads where more may stand there than a [`Term`] reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermRule<T = Term> {
    /// How long.
    pub term: T,
    /// Whether its last day moves when it is a Saturday, Sunday, holiday or equated day.
    /// Where a policy does not say, the complainant's terms roll and the organisation's do not (rule of reading 3).
    #[serde(default)]
    pub rolls: bool,
    /// Where it is written.
    pub rule: Basis,
}

/// A term of the complainant, for the fields that hold one: its last day moves unless it is written that it does not.
pub(super) fn of_complainant<'de, D: Deserializer<'de>>(reader: D) -> Result<TermRule, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        term: Term,
        #[serde(default = "moves")]
        rolls: bool,
        rule: Basis,
    }
    const fn moves() -> bool {
        true
    }
    let Written { term, rolls, rule } = Written::deserialize(reader)?;
    Ok(TermRule { term, rolls, rule })
}
