//! What somebody is to a complaint of the ground, in the words of the golden tables.

/// Columns of the tables, in order. Somebody of the first group comes to a complaint by their office, of the second as a
/// party, and of the third not at all.
pub(super) const RELATIONS: [(&str, char); 16] = [
    ("administrator", 'A'),
    ("the one who decides at this instance", 'H'),
    ("the one who decided at the instance before", 'F'),
    ("the manager or arbiter who decides on appeal", 'M'),
    ("a colleague who could decide", 'C'),
    (
        "a manager, committee member or arbiter without a part in it; managers, once a term of the organisation is overdue",
        'm',
    ),
    ("external handler without a part in it", 'e'),
    ("complainant", 'K'),
    ("respondent who was told", 'R'),
    ("respondent who was not told", 'r'),
    ("trainer of the course", 'T'),
    ("another trainer", 't'),
    ("analyst", 'a'),
    ("representative of the organisation, not named", 'v'),
    ("stand-in for an excluded administrator", 's'),
    ("complainant or respondent of another complaint", 'o'),
];

/// Columns of what people may do by their office alone.
pub(super) const OFFICES: [(&str, char); 14] = [
    ("administrator", 'A'),
    ("stand-in for an excluded administrator", 's'),
    ("handler", 'H'),
    ("external handler", 'e'),
    ("manager", 'M'),
    ("committee member", 'C'),
    ("arbiter", 'B'),
    ("representative of the organisation", 'v'),
    ("trainer", 'T'),
    ("analyst", 'a'),
    ("member without a role", 'o'),
    ("party who came in by a link", 'p'),
    ("API key of every scope", 'k'),
    ("nobody in particular", 'n'),
];

/// The office of a person, by the keys of the demo; a party has an address.
pub(super) fn office(person: &str) -> char {
    match person {
        "" => 'n',
        "key" => 'k',
        party if party.contains('.') => 'p',
        "admin" | "admin2" => 'A',
        "standin" => 's',
        // At LIVP trainers handle.
        "advies1" | "advies2" | "trainer1" | "trainer2@livp" | "trainer3" => 'H',
        "extern" => 'e',
        "manager" | "manager2" | "leiding" => 'M',
        "commissie" => 'C',
        "arbiter" | "arbiter2" | "derde" => 'B',
        "stem" => 'v',
        "trainer" | "trainer2" => 'T',
        "analist" => 'a',
        "klager" => 'o',
        unknown => panic!("say which office {unknown} has"),
    }
}

/// Complaints in which whoever handled them is not the one who decides any more.
const ON_APPEAL: [&str; 2] = ["appealed", "belated"];
/// Complaints that nobody handles, and whose respondents nobody has told.
const UNTREATED: [&str; 3] = ["fresh", "paper", "over"];
/// Complaints whose respondents nobody has told, though somebody handles them.
const UNTOLD: [&str; 2] = ["late", "belated"];

/// What a person is to a complaint; people by the keys of the demo, or by their address.
pub(super) fn relation(person: &str, complaint: &str) -> char {
    let is_treated = !UNTREATED.contains(&complaint);
    let is_on_appeal = ON_APPEAL.contains(&complaint);
    if let Some((party, _)) = person.split_once('.') {
        return match party {
            "genoemd" if is_treated && !UNTOLD.contains(&complaint) => 'R',
            "genoemd" => 'r',
            _ if party == complaint => 'K',
            _ => 'o',
        };
    }
    match person {
        "admin" | "admin2" => 'A',
        // At LIVP trainers handle, and trainer1 gave the course; at Blijf Groep advisers do.
        "advies1" | "trainer2@livp" if is_on_appeal => 'F',
        "advies1" | "trainer2@livp" if is_treated => 'H',
        "advies1" | "trainer2@livp" | "advies2" | "trainer3" => 'C',
        "manager" | "arbiter" if is_on_appeal => 'M',
        "manager" | "manager2" | "leiding" | "commissie" | "arbiter" | "arbiter2" | "derde" => 'm',
        "extern" => 'e',
        "trainer" | "trainer1" => 'T',
        "trainer2" => 't',
        "analist" => 'a',
        "stem" => 'v',
        "standin" => 's',
        "klager" => 'o',
        unknown => panic!("say what {unknown} is to a complaint"),
    }
}

/// The key of somebody; one of LIVP means something else at the other organisation.
pub(super) fn known<'a>(organisation: &str, who: &'a str) -> &'a str {
    if who == "trainer2" && organisation == "livp" {
        "trainer2@livp"
    } else {
        who
    }
}
