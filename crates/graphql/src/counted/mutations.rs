//! What an operation does: its mutations, as often as they are executed.

use std::collections::HashMap;

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

/// Mutations by which somebody could try a secret: one in a document, so that each try is a request of its own.
const SECRET: [&str; 10] = [
    "acceptInvitation",
    "acceptOperatorInvitation",
    "confirmIdentity",
    "confirmSecondFactor",
    "redeemAccessLink",
    "refreshSession",
    "removeSecondFactor",
    "resetPassword",
    "signIn",
    "startSecondFactor",
];

/// How many mutations.
#[derive(Clone, Copy, Default)]
pub(super) struct Done {
    pub(super) all: usize,
    /// Those by which somebody could try a secret.
    pub(super) secrets: usize,
}

/// Counts; a fragment that is spread twice is done twice.
pub(super) fn count(document: &ExecutableDocument, selected: &SelectionSet) -> Done {
    let fragments = HashMap::new();
    Counter {
        document,
        fragments,
    }
    .set(selected)
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    /// Each is counted once, however often it is spread.
    fragments: HashMap<&'a Name, Done>,
}

impl<'a> Counter<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Done {
        let mut sum = Done::default();
        for item in &set.items {
            let more = match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let secrets = usize::from(SECRET.contains(&name));
                    Done { all: 1, secrets }
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            };
            sum.all = sum.all.saturating_add(more.all);
            sum.secrets = sum.secrets.saturating_add(more.secrets);
        }
        sum
    }

    fn fragment(&mut self, name: &'a Name) -> Done {
        if let Some(known) = self.fragments.get(name) {
            return *known;
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Done::default();
        };
        // One that spreads itself is refused by the validator.
        self.fragments.insert(name, Done::default());
        let done = self.set(&fragment.node.selection_set.node);
        self.fragments.insert(name, done);
        done
    }
}
