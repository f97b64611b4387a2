//! What can be tried in a preview.

use async_graphql::Enum;
use wederhoor_procedure::preview;

/// Something that people or the post do to a complaint, in a preview (*gebeurtenis*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "preview::HappeningKind")]
pub(crate) enum HappeningKind {
    /// Someone is appointed to decide (*iemand wordt aangewezen om te beslissen*).
    Assigned,
    /// The other side is told of the complaint (*de andere kant hoort van de klacht*).
    Told,
    /// The handler speaks with the complainant (*de behandelaar spreekt de klager*).
    Contact,
    /// Both sides are heard (*beide kanten worden gehoord*).
    Heard,
    /// The late complaint is admitted (*de te late klacht wordt toch behandeld*).
    AdmitLate,
    /// The complaint is declared inadmissible (*de klacht wordt niet-ontvankelijk verklaard*).
    Inadmissible,
    /// A response goes out, which says what silence will mean (*er gaat een reactie uit, die zegt wat zwijgen betekent*).
    Response,
    /// A response goes out, which does not say what silence will mean (*er gaat een reactie uit, die niet zegt wat zwijgen betekent*).
    ResponseUnannounced,
    /// The complainant accepts (*de klager is akkoord*).
    Accept,
    /// The complainant objects (*de klager maakt bezwaar*).
    Object,
    /// The complainant asks something (*de klager stelt een vraag*).
    React,
    /// The handler answers that (*de behandelaar antwoordt daarop*).
    Answer,
    /// The handler gives notice that an appeal is open (*de behandelaar bericht dat beroep openstaat*).
    Notice,
    /// A solution is put forward for signing (*er ligt een oplossing ter ondertekening*).
    Solution,
    /// The complainant signs (*de klager tekent*).
    SignComplainant,
    /// The other side signs (*de andere kant tekent*).
    SignRespondent,
    /// The complainant will not sign (*de klager tekent niet*).
    Reject,
    /// There is no agreement (*er is geen overeenstemming*).
    NoAgreement,
    /// The complainant appeals (*de klager gaat in beroep*).
    Appeal,
    /// The late appeal is admitted (*het te late beroep wordt toch behandeld*).
    AdmitAppeal,
    /// The late appeal is refused (*het te late beroep wordt niet behandeld*).
    RefuseAppeal,
    /// A decision is issued (*er komt een beslissing*).
    Decision,
    /// The decision is that the complaint stays inadmissible (*de beslissing is dat de klacht niet-ontvankelijk blijft*).
    UpholdInadmissible,
    /// The term is extended by notice (*de termijn wordt met bericht verlengd*).
    AnnounceExtension,
    /// The complainant is asked for more time (*de klager wordt om meer tijd gevraagd*).
    RequestExtension,
    /// The complainant consents to more time (*de klager stemt in met meer tijd*).
    Consent,
    /// The complainant refuses more time (*de klager weigert meer tijd*).
    RefuseExtension,
    /// The letters are delivered (*de brieven zijn bezorgd*).
    Delivered,
    /// The last letter comes back (*de laatste brief komt terug*).
    Bounced,
    /// The address proves to be the complainant's (*het adres blijkt van de klager*).
    Verified,
    /// The complainant withdraws (*de klager trekt de klacht in*).
    Withdraw,
    /// The question about measures is answered (*de vraag naar maatregelen is beantwoord*).
    Measures,
    /// The complainant says how the handling was (*de klager zegt hoe de behandeling was*).
    Rated,
    /// Whoever decides steps back (*wie beslist, trekt zich terug*).
    Recused,
}

#[cfg(test)]
mod tests;
