//! How many statements a query makes of the database, told from its fields before anything is run. What one list holds
//! is read together, so the places count at which a document reads, and not the rows.

use std::collections::HashMap;

use async_graphql::{
    Name, Value as Given, Variables,
    parser::types::{
        ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
    },
    registry::{MetaTypeName, Registry},
};

use wederhoor_procedure::ComplaintId;

use crate::{
    connection::rows,
    id::typed,
    object::{
        complaint::{OF_COMPLAINT, OF_DEADLINE},
        membership::{MEMBERSHIPS, ROLES, WAITING},
    },
};

/// Reading dossiers, at each place where a document does: the complaints; their events, and the texts of these; their courses,
/// with sessions and trainers; and the regulations that this process has not met before.
const DOSSIERS: usize = 7;
/// Fields of a complaint for which it is read what came after the measures of those at its place.
const OF_REPEATS: [&str; 3] = ["entries", "letters", "measures"];
/// As many complaints as a page may have count as one place, however they were named.
const TOGETHER: usize = 100;
/// People and calendar, which are read once.
const PEOPLE: usize = 2;
/// Reading what a membership means now, in each organisation: its transaction and the member.
const MEMBERSHIP: usize = 2;
/// The transaction and its tenant.
const BEGINNING: usize = 3;

/// Statements that a query makes, or a look of a subscription, besides those by which the server knows who asks: an upper
/// bound. What the schema does not know counts for nothing: the validator refuses it.
pub(super) fn count(
    document: &ExecutableDocument,
    variables: &Variables,
    registry: &Registry,
    operation: &OperationDefinition,
) -> usize {
    let watched = registry.subscription_type.as_deref();
    let root = match operation.ty {
        OperationType::Subscription => watched.unwrap_or(&registry.query_type),
        _ => &registry.query_type,
    };
    let mut counter = Counter {
        root,
        document,
        variables,
        registry,
        fragments: HashMap::new(),
    };
    let asked = counter.set(root, &operation.selection_set.node, Place::Alone);
    asked.total()
}

/// Where a complaint stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// By itself, or in something else than a complaint.
    Alone,
    /// In a list that knows something of it.
    Listed,
    /// By itself, named by its id, and read together with all that are.
    Named,
    /// Within a complaint whose dossier is read already.
    Within,
}

#[derive(Clone, Copy, Default)]
struct Asked {
    statements: usize,
    /// Whether a dossier is needed at this place, and at how many places within.
    needs_dossier: bool,
    dossiers: usize,
    /// Whether it is needed at this place what came after measures.
    needs_repeats: bool,
    /// Fields that name one complaint by its id: they are read together.
    named: usize,
    /// Statements for the letters, and for the chains, of all of these.
    letters: usize,
    chains: usize,
}

impl Asked {
    fn add(&mut self, other: Self) {
        self.statements = self.statements.saturating_add(other.statements);
        self.dossiers = self.dossiers.saturating_add(other.dossiers);
        self.needs_dossier |= other.needs_dossier;
        self.needs_repeats |= other.needs_repeats;
        self.named = self.named.saturating_add(other.named);
        self.letters = self.letters.max(other.letters);
        self.chains = self.chains.max(other.chains);
    }

    fn total(self) -> usize {
        let places = self.named.div_ceil(TOGETHER).saturating_add(self.dossiers);
        let people = if places == 0 { 0 } else { PEOPLE };
        let all = places.saturating_mul(DOSSIERS);
        let once = self.letters + self.chains + usize::from(self.needs_repeats);
        match all.saturating_add(self.statements).saturating_add(once) {
            0 => 0,
            read => read.saturating_add(people + BEGINNING),
        }
    }
}

struct Counter<'a> {
    /// The type whose fields stand at the root.
    root: &'a str,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    registry: &'a Registry,
    /// Each is counted once, however often it is spread; `None` while it is being counted.
    fragments: HashMap<(&'a Name, Place), Option<Asked>>,
}

impl<'a> Counter<'a> {
    fn set(&mut self, on: &str, set: &'a SelectionSet, place: Place) -> Asked {
        let mut sum = Asked::default();
        for item in &set.items {
            sum.add(match &item.node {
                Selection::Field(field) => self.field(on, &field.node, place),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.set(on, &fragment.node.selection_set.node, place)
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, place)
                }
            });
        }
        sum
    }

    fn fragment(&mut self, name: &'a Name, place: Place) -> Asked {
        if let Some(known) = self.fragments.get(&(name, place)) {
            return known.unwrap_or_default();
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Asked::default();
        };
        self.fragments.insert((name, place), None);
        let on = fragment.node.type_condition.node.on.node.as_str();
        let asked = self.set(on, &fragment.node.selection_set.node, place);
        self.fragments.insert((name, place), Some(asked));
        asked
    }

    fn field(&mut self, on: &str, field: &'a Field, place: Place) -> Asked {
        let name = field.name.node.as_str();
        let mut asked = Asked::default();
        let own = own(on, field).saturating_add(self.read_elsewhere(on, field));
        match (place, name) {
            (Place::Named, "letters") => asked.letters = own,
            (Place::Named, "isChainIntact") => asked.chains = own,
            _ => asked.statements = own,
        }
        // Whose administration asks is told by the dossier.
        let is_log = on == self.root && name == "accessLog";
        asked.dossiers = usize::from(is_log);
        asked.needs_dossier = match on {
            "Complaint" => self.complaint_needs(field, place),
            "WorkQueueItem" if name == "deadline" => self.deadline_needs(field),
            // Where a letter goes stands in the dossier.
            "Letter" => name == "postalAddress" && place != Place::Within,
            _ => false,
        };
        asked.needs_repeats = on == "Complaint" && OF_REPEATS.contains(&name);
        let known = self.registry.types.get(on);
        let Some(known) = known.and_then(|known| known.field_by_name(name)) else {
            return asked;
        };
        let of = MetaTypeName::concrete_typename(&known.ty);
        let set = &field.selection_set.node;
        // Whether what an id names may be seen is told by its dossier.
        let is_named = on == self.root && ["Complaint", "Node"].contains(&of);
        let is_one = is_named && self.names_one(field);
        let inner = match (of, place) {
            _ if is_one => Place::Named,
            ("ComplaintConnection" | "ComplaintEdge", _) => Place::Listed,
            ("Complaint", Place::Listed)
                if ["ComplaintConnection", "ComplaintEdge"].contains(&on) =>
            {
                Place::Listed
            }
            _ if on == "Complaint" || place == Place::Within => Place::Within,
            _ => Place::Alone,
        };
        let mut within = self.set(of, set, inner);
        // What is due and its complaint are read as one, and so are a letter and its complaint.
        let is_read_with_it = ["WorkQueueItem", "Letter"];
        let is_place = is_read_with_it.contains(&of) || ["Complaint", "Node"].contains(&of);
        if is_one {
            within.needs_dossier = false;
            asked.named = 1;
        } else if is_place && !is_read_with_it.contains(&on) {
            let needs = std::mem::take(&mut within.needs_dossier) || is_named;
            within.dossiers += usize::from(needs && inner != Place::Within);
            if inner != Place::Within {
                within.statements += usize::from(std::mem::take(&mut within.needs_repeats));
            }
        }
        asked.add(within);
        asked
    }

    /// Whether a field at the root names one complaint by its id.
    fn names_one(&self, field: &Field) -> bool {
        let id = self.given(field, "id");
        let is_complaint =
            matches!(id, Some(Given::String(id)) if typed::<ComplaintId>(&id).is_some());
        is_complaint && field.get_argument("reference").is_none()
    }

    /// The value of an argument, be it by a variable.
    fn given(&self, field: &Field, argument: &str) -> Option<Given> {
        let variable = |name: Name| self.variables.get(&name).cloned().ok_or(());
        let given = field.get_argument(argument)?.node.clone();
        given.into_const_with(variable).ok()
    }

    /// Statements in other organisations, where the viewer is a member too.
    fn read_elsewhere(&self, on: &str, field: &'a Field) -> usize {
        if (on, field.name.node.as_str()) != ("Viewer", "memberships") {
            return 0;
        }
        let mentions = |name| self.mentions(&field.selection_set.node, name, &mut Vec::new());
        let each = match (mentions(WAITING), mentions(ROLES)) {
            (true, _) => MEMBERSHIP + 1,
            (false, true) => MEMBERSHIP,
            (false, false) => return 0,
        };
        let first = match self.given(field, "first") {
            Some(Given::Number(first)) => first.as_i64().and_then(|first| first.try_into().ok()),
            _ => None,
        };
        rows(first.or(MEMBERSHIPS)) * each
    }

    /// Whether a field of this name stands anywhere in a set; `seen` are the fragments that were looked through.
    fn mentions(&self, set: &'a SelectionSet, named: &str, seen: &mut Vec<&'a Name>) -> bool {
        set.items.iter().any(|item| match &item.node {
            Selection::Field(field) => {
                let field = &field.node;
                field.name.node == named || self.mentions(&field.selection_set.node, named, seen)
            }
            Selection::InlineFragment(fragment) => {
                self.mentions(&fragment.node.selection_set.node, named, seen)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if seen.contains(&name) {
                    return false;
                }
                seen.push(name);
                let fragment = self.document.fragments.get(name);
                fragment.is_some_and(|one| self.mentions(&one.node.selection_set.node, named, seen))
            }
        })
    }

    fn complaint_needs(&self, field: &'a Field, place: Place) -> bool {
        let name = field.name.node.as_str();
        match place {
            Place::Listed if name == "nextDeadline" => self.deadline_needs(field),
            Place::Listed => !OF_COMPLAINT.contains(&name),
            Place::Alone | Place::Named | Place::Within => !["__typename", "id"].contains(&name),
        }
    }

    /// Whether a deadline of a list is asked for more than the list knows.
    fn deadline_needs(&self, field: &'a Field) -> bool {
        let (mut names, mut seen) = (Vec::new(), Vec::new());
        self.names(&field.selection_set.node, &mut names, &mut seen);
        names.iter().any(|name| !OF_DEADLINE.contains(name))
    }

    /// The fields of a set, those of its fragments too; `seen` are the fragments that were looked through.
    fn names(&self, set: &'a SelectionSet, names: &mut Vec<&'a str>, seen: &mut Vec<&'a Name>) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => names.push(field.node.name.node.as_str()),
                Selection::InlineFragment(fragment) => {
                    self.names(&fragment.node.selection_set.node, names, seen);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name)
                        && !seen.contains(&name)
                    {
                        seen.push(name);
                        self.names(&fragment.node.selection_set.node, names, seen);
                    }
                }
            }
        }
    }
}

/// Statements of a field itself; a test holds these against the database.
fn own(on: &str, field: &Field) -> usize {
    match (on, field.name.node.as_str()) {
        // Memberships were read as a whole.
        (_, "__typename" | "__schema" | "__type")
        | ("ViewerMembershipConnection", "totalCount") => 0,
        ("Query", name) => match name {
            "checkPolicy" | "viewer" => 0,
            "complaint" => 2 * usize::from(field.get_argument("reference").is_some()),
            "allowedOrigins"
            | "mailSender"
            | "complaints"
            | "letterWordings"
            | "workQueue"
            | "informalContacts"
            | "previewPolicy"
            | "reminderHour"
            | "recurrenceWindow"
            | "stuckWork"
            | "suppressionThreshold" => 2,
            "courses" | "nodes" | "statistics" | "tenants" => 4,
            "apiKey" | "apiKeys" | "apiKeyUses" => 3,
            "ownMeasures" => 7,
            // Which letters tell of other complaints, of which their events tell, and who may know of those their rows.
            "lettersToPrint" => 5,
            "undeliveredLetters" => 13,
            "organisation" => 8,
            _ => 1,
        },
        ("Viewer", "email" | "hasSecondFactor") => 3,
        ("Viewer", "signIns" | "activity") => 6,
        ("Viewer", "memberships") | ("ViewerActivityConnection", "totalCount") => 4,
        ("Viewer", "calendarFeedMadeAt") | ("Complaint", "letters") => 1,
        ("Subscription", "workQueueChanged") | ("Complaint", "isChainIntact") => 2,
        (connection, "totalCount") if connection.ends_with("Connection") => 1,
        _ => 0,
    }
}
