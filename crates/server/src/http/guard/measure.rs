//! How much a parsed document asks for. Each fragment is weighed once, however often it is spread.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{Directive, ExecutableDocument, OperationType, Selection, SelectionSet},
};

use crate::http::{limits::Limits, refused::Refused};

/// What was found in a document that was let through.
pub(super) struct Measured {
    /// Whether it asks what the schema is.
    pub(super) introspects: bool,
    /// Selections that were looked at.
    pub(super) steps: usize,
}

/// Refuses a document over a limit, and one whose fragments spread themselves.
pub(super) fn measure(document: &ExecutableDocument, limits: &Limits) -> Result<Measured, Refused> {
    within(
        "OPERATIONS",
        document.operations.iter().count(),
        limits.operations,
    )?;
    within("FRAGMENTS", document.fragments.len(), limits.fragments)?;
    let mut scale = Scale {
        document,
        limits,
        fragments: HashMap::new(),
        aliases: 0,
        directives: 0,
        measured: Measured {
            introspects: false,
            steps: 0,
        },
    };
    for fragment in document.fragments.keys() {
        scale.fragment(fragment, 0)?;
    }
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        scale.directives(&operation.directives)?;
        for variable in &operation.variable_definitions {
            scale.directives(&variable.node.directives)?;
        }
        let weight = scale.selections(&operation.selection_set.node, 0)?;
        within("ROOT_FIELDS", weight.top, limits.root_fields)?;
        if operation.ty == OperationType::Subscription {
            require_one_field(&operation.selection_set.node)?;
        }
    }
    Ok(scale.measured)
}

/// A subscription is of one thing, which stands there for certain. The library looks into no fragment here.
fn require_one_field(set: &SelectionSet) -> Result<(), Refused> {
    if let [only] = set.items.as_slice()
        && let Selection::Field(field) = &only.node
        && !field.node.name.node.starts_with("__")
        && field.node.directives.is_empty()
    {
        return Ok(());
    }
    Err(Refused::document(
        [
            "Een abonnement (subscription) heeft aan de wortel één veld, zonder fragment of directive.",
            "A subscription has one field at its root, without a fragment or a directive.",
        ],
        Vec::new(),
    ))
}

/// What a selection set amounts to when its fragments are expanded.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Fields of the set itself.
    top: usize,
    /// Fields of the set and of all sets within.
    fields: usize,
    /// Fields within fields.
    depth: usize,
    /// Selection sets within selection sets, spreads included.
    height: usize,
}

enum Fragment {
    InProgress,
    Weighed(Weight),
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    fragments: HashMap<&'a Name, Fragment>,
    aliases: usize,
    directives: usize,
    measured: Measured,
}

impl<'a> Scale<'a> {
    fn selections(&mut self, set: &'a SelectionSet, level: usize) -> Result<Weight, Refused> {
        within("HEIGHT", level, self.limits.height)?;
        let mut sum = Weight::default();
        for item in &set.items {
            let weight = self.selection(&item.node, level + 1)?;
            sum.top = sum.top.saturating_add(weight.top);
            sum.fields = sum.fields.saturating_add(weight.fields);
            sum.depth = sum.depth.max(weight.depth);
            sum.height = sum.height.max(weight.height + 1);
        }
        within("FIELDS", sum.fields, self.limits.fields)?;
        within("DEPTH", sum.depth, self.limits.depth)?;
        within("HEIGHT", sum.height, self.limits.height)?;
        Ok(sum)
    }

    fn selection(&mut self, selection: &'a Selection, level: usize) -> Result<Weight, Refused> {
        self.measured.steps += 1;
        self.directives(selection.directives())?;
        match selection {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                self.measured.introspects |= matches!(name, "__schema" | "__type");
                self.aliases += usize::from(field.node.alias.is_some());
                within("ALIASES", self.aliases, self.limits.aliases)?;
                let inner = self.selections(&field.node.selection_set.node, level)?;
                Ok(Weight {
                    top: 1,
                    fields: inner.fields.saturating_add(1),
                    depth: inner.depth + 1,
                    height: inner.height,
                })
            }
            Selection::InlineFragment(fragment) => {
                self.selections(&fragment.node.selection_set.node, level)
            }
            Selection::FragmentSpread(spread) => {
                self.fragment(&spread.node.fragment_name.node, level)
            }
        }
    }

    /// A fragment that is not defined weighs nothing: the validator refuses it by name.
    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<Weight, Refused> {
        match self.fragments.get(name) {
            Some(Fragment::Weighed(weight)) => return Ok(*weight),
            Some(Fragment::InProgress) => {
                return Err(Refused::document(
                    ["Een fragment bevat zichzelf.", "A fragment spreads itself."],
                    Vec::new(),
                ));
            }
            None => {}
        }
        let Some(definition) = self.document.fragments.get(name) else {
            return Ok(Weight::default());
        };
        self.fragments.insert(name, Fragment::InProgress);
        self.directives(&definition.node.directives)?;
        let weight = self.selections(&definition.node.selection_set.node, level)?;
        self.fragments.insert(name, Fragment::Weighed(weight));
        Ok(weight)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refused> {
        self.directives += directives.len();
        within("DIRECTIVES", self.directives, self.limits.directives)
    }
}

fn within(limit: &'static str, measured: usize, allowed: usize) -> Result<(), Refused> {
    if measured > allowed {
        Err(Refused::too_complex(limit, allowed))
    } else {
        Ok(())
    }
}
