//! A resolution as it is written: flat, so that a fault in it is found at its own line.

use serde::Deserialize;

use super::{Basis, DecisionEffect, Extension, Lapse, Resolution, Silence, TermRule};
use crate::locale::Text;

/// Every field that a resolution of some kind has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResolution {
    kind: Kind,
    term: TermRule,
    #[serde(default)]
    extension: Extension,
    silence: Option<Silence>,
    reaction: Option<TermRule>,
    sign_off: Option<Basis>,
    lapse: Option<Lapse>,
    effect: Option<DecisionEffect>,
    rule: Option<Basis>,
    compensation_cap: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Response,
    Agreement,
    Decision,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Agreement => "agreement",
            Self::Decision => "decision",
        }
    }

    /// What a resolution of the kind has, in Dutch and in English.
    const fn fields(self) -> [&'static str; 2] {
        match self {
            Self::Response => [
                "`term`, `extension`, `silence`, `reaction` en `lapse`",
                "`term`, `extension`, `silence`, `reaction` and `lapse`",
            ],
            Self::Agreement => [
                "`term`, `extension`, `sign_off` en `lapse`",
                "`term`, `extension`, `sign_off` and `lapse`",
            ],
            Self::Decision => [
                "`term`, `extension`, `effect`, `rule` en `compensation_cap`",
                "`term`, `extension`, `effect`, `rule` and `compensation_cap`",
            ],
        }
    }

    fn needs<T>(self, field: Option<T>, name: &str) -> Result<T, String> {
        let kind = self.as_str();
        field.ok_or_else(|| {
            let fault = Text::new(
                format!("`{name}` ontbreekt: een afhandeling van soort \"{kind}\" heeft het nodig"),
                format!("`{name}` is missing: a resolution of kind \"{kind}\" needs it"),
            );
            fault.as_one()
        })
    }
}

impl RawResolution {
    /// A field that this kind does not have.
    fn surplus(&self) -> Option<&'static str> {
        let is = |wanted: &[&str]| wanted.contains(&self.kind.as_str());
        [
            ("silence", self.silence.is_some() && !is(&["response"])),
            ("reaction", self.reaction.is_some() && !is(&["response"])),
            ("sign_off", self.sign_off.is_some() && !is(&["agreement"])),
            ("lapse", self.lapse.is_some() && is(&["decision"])),
            ("effect", self.effect.is_some() && !is(&["decision"])),
            ("rule", self.rule.is_some() && !is(&["decision"])),
            (
                "compensation_cap",
                self.compensation_cap.is_some() && !is(&["decision"]),
            ),
        ]
        .into_iter()
        .find_map(|(name, is_surplus)| is_surplus.then_some(name))
    }
}

impl TryFrom<RawResolution> for Resolution {
    type Error = String;

    fn try_from(raw: RawResolution) -> Result<Self, String> {
        let kind = raw.kind;
        if let Some(name) = raw.surplus() {
            let (kind, [nl, en]) = (kind.as_str(), kind.fields());
            let fault = Text::new(
                format!(
                    "`{name}` hoort niet bij een afhandeling van soort \"{kind}\": die heeft {nl}"
                ),
                format!(
                    "`{name}` does not belong to a resolution of kind \"{kind}\", which has {en}"
                ),
            );
            return Err(fault.as_one());
        }
        let (term, extension) = (raw.term, raw.extension);
        Ok(match kind {
            Kind::Response => Self::Response {
                term,
                extension,
                silence: kind.needs(raw.silence, "silence")?,
                reaction: kind.needs(raw.reaction, "reaction")?,
                lapse: kind.needs(raw.lapse, "lapse")?,
            },
            Kind::Agreement => Self::Agreement {
                term,
                extension,
                sign_off: kind.needs(raw.sign_off, "sign_off")?,
                lapse: kind.needs(raw.lapse, "lapse")?,
            },
            Kind::Decision => Self::Decision {
                term,
                extension,
                effect: kind.needs(raw.effect, "effect")?,
                rule: kind.needs(raw.rule, "rule")?,
                compensation_cap: raw.compensation_cap,
            },
        })
    }
}
