//! What every figure is called, and what it means: from this the documentation of every door is made.

use serde::{Deserialize, Serialize};

use super::Milestone;
use crate::locale::Words;

/// What a reader of figures sees of one thing: its stable code, its name, and what exactly is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Stable, in lower case.
    pub code: &'static str,
    /// What it is called.
    pub name: Words,
    /// What exactly it is.
    pub definition: Words,
}

const fn words(nl: &'static str, en: &'static str) -> Words {
    Words { nl, en }
}

const fn entry(code: &'static str, name: Words, definition: Words) -> Entry {
    Entry {
        code,
        name,
        definition,
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident = $code:literal ($nl:literal, $en:literal)
        $(in $parent:ident $parent_value:literal)?
        { $($value:literal => ($value_nl:literal, $value_en:literal),)* }
        is ($is_nl:literal, $is_en:literal);)*) => {
        /// A table that complaints are counted in: each in one cell of it, in the month in which it came in.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Table { $($(#[$doc])* $table,)* }

        impl Table {
            /// Every table.
            pub const ALL: &[Self] = &[$(Self::$table),*];

            /// What it is called, and what it counts.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$table => entry($code, words($nl, $en), words($is_nl, $is_en)),)*
                }
            }

            /// The cell of another table whose complaints this one divides; `None` where it divides all of them.
            pub const fn parent(self) -> Option<(Self, &'static str)> {
                match self {
                    $($(Self::$table => Some((Self::$parent, $parent_value)),)?)*
                    _ => None,
                }
            }

            /// Its values, each with its name; none where they are the organisation's own.
            pub const fn values(self) -> &'static [(&'static str, Words)] {
                match self {
                    $(Self::$table => {
                        const VALUES: &[(&str, Words)] = &[$(($value, words($value_nl, $value_en)),)*];
                        VALUES
                    })*
                }
            }
        }
    };
}

tables! {
    /// All complaints.
    Filed = "filed" ("Klachten", "Complaints") { "" => ("Alle klachten", "All complaints"), }
        is ("Alle klachten die in de maand zijn binnengekomen.", "All complaints that came in in the month.");
    /// How it ended.
    Outcome = "outcome" ("Uitkomst", "Outcome") {
        "open" => ("Loopt nog", "Still open"),
        "accepted" => ("Reactie aanvaard", "Response accepted"),
        "tacitly_accepted" => ("Stilzwijgend aanvaard", "Tacitly accepted"),
        "agreed" => ("Overeenstemming", "Agreement"),
        "decided" => ("Beslist", "Decided"),
        "not_pursued" => ("Niet doorgezet", "Not pursued"),
        "withdrawn" => ("Ingetrokken", "Withdrawn"),
        "inadmissible" => ("Niet-ontvankelijk", "Inadmissible"),
    } is ("Hoe de klacht is geëindigd, of dat zij nog loopt.", "How the complaint ended, or that it is still open.");
    /// Whether an agreement came in time.
    AgreedInTime = "agreed_in_time" ("Overeenstemming op tijd", "Agreement in time") in Outcome "agreed" {
        "on_time" => ("Op tijd", "In time"), "late" => ("Te laat", "Late"), "none" => ("Geen termijn", "No term"),
    } is ("Of de overeenstemming er binnen de termijn was. Alleen klachten met overeenstemming tellen mee.",
        "Whether the agreement came within its term. Only complaints that ended in agreement count.");
    /// Whether a decision came in time.
    DecidedInTime = "decided_in_time" ("Beslissing op tijd", "Decision in time") in Outcome "decided" {
        "on_time" => ("Op tijd", "In time"), "late" => ("Te laat", "Late"), "none" => ("Geen termijn", "No term"),
    } is ("Of elke beslissing binnen de termijn is genomen. Alleen klachten die met een beslissing eindigden, tellen mee.",
        "Whether every decision was issued within its term. Only complaints that ended in a decision count.");
    /// What a decision on appeal made of the standpoint before it.
    OnAppeal = "on_appeal" ("Beslissing in beroep", "Decision on appeal") in Outcome "decided" {
        "none" => ("Niet in beroep", "Not on appeal"),
        "same" => ("Zelfde oordeel", "Same finding"),
        "otherwise" => ("Ander oordeel", "Other finding"),
        "first" => ("Eerste oordeel", "First finding"),
    } is ("Wat de laatste beslissing in beroep van het oordeel daarvoor maakte. \"Eerste oordeel\": daarvoor was er geen.",
        "What the last decision on appeal made of the finding before it. \"First finding\": there was none before it.");
    /// How it came in.
    Channel = "channel" ("Kanaal", "Channel") {
        "web_form" => ("Formulier op de website", "Form on the website"),
        "email" => ("E-mail", "E-mail"),
        "post" => ("Brief", "Letter"),
        "telephone" => ("Telefoon", "Telephone"),
        "in_person" => ("Persoonlijk", "In person"),
    } is ("Hoe de klacht binnenkwam.", "How the complaint came in.");
    /// All courses of one title together; added up where it is told, as titles change.
    CourseType = "course_type" ("Soort cursus", "Course type") {}
        is ("Alle cursussen met dezelfde titel samen; \"none\" als de klacht over geen cursus gaat.",
            "All courses of one title together; \"none\" where the complaint is about no course.");
    /// The course it is about.
    Course = "course" ("Cursus", "Course") {}
        is ("De cursus waarover de klacht gaat; \"none\" als dat er geen is.", "The course that the complaint is about; \"none\" where there is none.");
    /// Its cause.
    Cause = "cause" ("Oorzaak", "Cause") {}
        is ("De oorzaak volgens de eigen lijst; \"none\" zolang die niet is vastgesteld.", "The cause by the organisation's own list; \"none\" until it is classified.");
    /// The version of the regulation that governs it.
    Policy = "policy" ("Versie van de regeling", "Version of the regulation") {}
        is ("De versie van de klachtenregeling die voor de klacht geldt.", "The version of the regulation that governs the complaint.");
    /// How far the confirmation of receipt is.
    Acknowledged = "acknowledged" ("Ontvangst bevestigd", "Receipt confirmed") {
        "ended" => ("Termijn voorbij of gehaald", "Kept, or over"), "running" => ("Loopt nog", "Running"), "none" => ("Geen termijn", "No term"),
    } is ("Hoe het staat met de termijn voor de ontvangstbevestiging.", "How the term to confirm receipt stands.");
    /// Whether receipt was confirmed in time.
    AcknowledgedInTime = "acknowledged_in_time" ("Ontvangst op tijd bevestigd", "Receipt confirmed in time") in Acknowledged "ended" {
        "on_time" => ("Op tijd", "In time"), "late" => ("Te laat", "Late"),
    } is ("Of de ontvangst op tijd is bevestigd. Wat nog loopt, telt niet mee.", "Whether receipt was confirmed in time. What is still running does not count.");
    /// How far personal contact is.
    Contacted = "contacted" ("Persoonlijk contact", "Personal contact") {
        "ended" => ("Termijn voorbij of gehaald", "Kept, or over"), "running" => ("Loopt nog", "Running"), "none" => ("Geen termijn", "No term"),
    } is ("Hoe het staat met de termijnen voor persoonlijk contact, in elke instantie.", "How the terms for personal contact stand, at every instance.");
    /// Whether contact was made in time.
    ContactedInTime = "contacted_in_time" ("Contact op tijd", "Contact in time") in Contacted "ended" {
        "on_time" => ("Op tijd", "In time"), "late" => ("Te laat", "Late"),
    } is ("Of er in elke instantie op tijd persoonlijk contact was. Wat nog loopt, telt niet mee.",
        "Whether there was personal contact in time at every instance. What is still running does not count.");
    /// How far the response is.
    Responded = "responded" ("Reactie gegeven", "Response given") {
        "ended" => ("Termijn voorbij of gehaald", "Kept, or over"), "running" => ("Loopt nog", "Running"), "none" => ("Geen termijn", "No term"),
    } is ("Hoe het staat met de termijn voor een schriftelijke reactie op de klacht.", "How the term for a written response to the complaint stands.");
    /// Whether the response came in time.
    RespondedInTime = "responded_in_time" ("Reactie op tijd", "Response in time") in Responded "ended" {
        "on_time" => ("Op tijd", "In time"), "late" => ("Te laat", "Late"),
    } is ("Of de schriftelijke reactie op tijd is gegeven. Wat nog loopt, telt niet mee.",
        "Whether the written response was given in time. What is still running does not count.");
    /// Whether it came to a next instance.
    Appealed = "appealed" ("In beroep", "On appeal") {
        "appealed" => ("In beroep gekomen", "Appealed"), "none" => ("Niet in beroep", "Not appealed"),
    } is ("Of de klacht aan een volgende instantie is voorgelegd en daar is behandeld.", "Whether the complaint went to a next instance and was heard there.");
    /// Whether the complainant rated the handling.
    Satisfaction = "satisfaction" ("Oordeel over de behandeling", "Rating of the handling") {
        "answered" => ("Beoordeeld", "Rated"), "none" => ("Niet beoordeeld", "Not rated"),
    } is ("Of de klager de behandeling heeft beoordeeld.", "Whether the complainant rated the handling.");
    /// The rating.
    Score = "score" ("Cijfer", "Score") in Satisfaction "answered" {
        "1" => ("1 (slecht)", "1 (poor)"), "2" => ("2", "2"), "3" => ("3", "3"), "4" => ("4", "4"), "5" => ("5 (goed)", "5 (good)"),
    } is ("Het cijfer dat de klager de behandeling gaf, van 1 tot 5.", "The score that the complainant gave the handling, from 1 to 5.");
    /// Whether measures were taken after it.
    Measures = "measures" ("Maatregelen", "Measures") {
        "taken" => ("Maatregelen genomen", "Measures taken"), "none" => ("Geen maatregel", "No measure"),
    } is ("Of na de klacht maatregelen zijn afgesproken die een herhaling moeten voorkomen.",
        "Whether measures against a repeat were agreed after the complaint.");
    /// How far its measures are.
    MeasuresDone = "measures_done" ("Stand van maatregelen", "Progress of measures") in Measures "taken" {
        "open" => ("Nog niet klaar", "Not done yet"),
        "done" => ("Uitgevoerd", "Done"),
        "effective" => ("Uitgevoerd en effectief", "Done and effective"),
    } is ("Hoe ver de maatregelen zijn. De maatregel die het minst ver is, telt. Alleen klachten met maatregelen tellen mee.",
        "How far the measures are. The one that is furthest behind counts. Only complaints with measures count.");
    /// Whether it came back after its measures.
    Recurrence = "recurrence" ("Herhaling", "Recurrence") in Measures "taken" {
        "recurred" => ("Herhaald", "Recurred"), "none" => ("Niet herhaald", "Did not recur"),
    } is ("Of na een maatregel weer een klacht kwam over dezelfde cursus met dezelfde oorzaak, binnen de termijn van de organisatie (12 maanden, als zij niets anders koos). Alleen klachten met maatregelen tellen mee.",
        "Whether after a measure another complaint came about the same course with the same cause, within the organisation's window (12 months, unless it chose another). Only complaints with measures count.");
    /// Days to each milestone, of the complaints that reached it.
    Days = "days" ("Dagen", "Days") {}
        is ("Dagen van de kalender van binnenkomst tot een mijlpaal; de dag van binnenkomst telt niet.",
            "Days of the calendar from filing to a milestone; the day of filing does not count.");
    /// Working days to each milestone, of the complaints that reached it.
    WorkingDays = "working_days" ("Werkdagen", "Working days") {}
        is ("Werkdagen van binnenkomst tot een mijlpaal, volgens de kalender van toen; de dag van binnenkomst telt niet.",
            "Working days from filing to a milestone, by the calendar as it stood then; the day of filing does not count.");
}

impl Milestone {
    /// Every milestone, in the order in which complaints mostly reach them.
    pub const ALL: [Self; 7] = [
        Self::Acknowledged,
        Self::Contacted,
        Self::Responded,
        Self::Decided,
        Self::Agreed,
        Self::Appealed,
        Self::Closed,
    ];

    /// What it is called, and when it is reached.
    pub const fn entry(self) -> Entry {
        match self {
            Self::Acknowledged => entry(
                "acknowledged",
                words("Ontvangst bevestigd", "Receipt confirmed"),
                words(
                    "De ontvangst is bevestigd zoals de regeling vraagt.",
                    "Receipt was confirmed as the regulation asks.",
                ),
            ),
            Self::Contacted => entry(
                "contacted",
                words("Eerste contact", "First contact"),
                words(
                    "De behandelaar sprak voor het eerst persoonlijk met de klager.",
                    "A decider first spoke with the complainant in person.",
                ),
            ),
            Self::Responded => entry(
                "responded",
                words("Eerste reactie", "First response"),
                words(
                    "De eerste schriftelijke reactie is verstuurd en niet teruggekomen.",
                    "The first written response went out and did not come back.",
                ),
            ),
            Self::Decided => entry(
                "decided",
                words("Laatste beslissing", "Last decision"),
                words(
                    "De laatste beslissing is genomen.",
                    "The last decision was issued.",
                ),
            ),
            Self::Agreed => entry(
                "agreed",
                words("Overeenstemming", "Agreement"),
                words(
                    "Beide kanten hebben dezelfde tekst ondertekend.",
                    "Both sides had signed one text.",
                ),
            ),
            Self::Appealed => entry(
                "appealed",
                words("Beroep", "Appeal"),
                words(
                    "De klacht kwam voor het eerst bij een volgende instantie.",
                    "The complaint first came to a next instance.",
                ),
            ),
            Self::Closed => entry(
                "closed",
                words("Afgesloten", "Closed"),
                words("De procedure is geëindigd.", "The procedure ended."),
            ),
        }
    }
}
