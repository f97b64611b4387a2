//! Whether a document asks of the rows of a list what only their dossiers tell.

use async_graphql::{Context, SelectionField};

/// What a list knows of a complaint without its dossier.
pub(crate) const OF_COMPLAINT: [&str; 12] = [
    "__typename",
    "channel",
    "closedAt",
    "course",
    "handler",
    "id",
    "instance",
    "outcome",
    "receivedAt",
    "reference",
    "registeredAt",
    "state",
];
/// What a list knows of a deadline.
pub(crate) const OF_DEADLINE: [&str; 6] = [
    "__typename",
    "dueAt",
    "dueOn",
    "instance",
    "isStandingStill",
    "kind",
];

/// Whether more is asked of the complaints in a list than it knows; `is_next_known`: whether it knows what is due next of
/// each.
pub(crate) fn asks_for_dossiers(ctx: &Context<'_>, is_next_known: bool) -> bool {
    rows(ctx).iter().any(|row| match row.name() {
        "nextDeadline" => !is_next_known || goes_beyond(row, &OF_DEADLINE),
        name => !OF_COMPLAINT.contains(&name),
    })
}

/// Whether more is asked of what is due than the queue knows.
pub(crate) fn asks_for_dossiers_of_work(ctx: &Context<'_>) -> bool {
    rows(ctx).iter().any(|row| match row.name() {
        "complaint" => goes_beyond(row, &["__typename", "id"]),
        "deadline" => goes_beyond(row, &OF_DEADLINE),
        _ => false,
    })
}

/// Every field that is asked of a row of the list that is being resolved.
fn rows<'a>(ctx: &'a Context<'_>) -> Vec<SelectionField<'a>> {
    let list = ctx.field();
    let mut nodes = below(&list, "nodes");
    for edge in below(&list, "edges") {
        nodes.extend(below(&edge, "node"));
    }
    let asked = nodes.iter().map(|node| node.selection_set().collect());
    asked.collect::<Vec<Vec<_>>>().concat()
}

fn below<'a>(field: &SelectionField<'a>, name: &str) -> Vec<SelectionField<'a>> {
    let all = field.selection_set();
    all.filter(|one| one.name() == name).collect()
}

fn goes_beyond(field: &SelectionField<'_>, known: &[&str]) -> bool {
    field
        .selection_set()
        .any(|one| !known.contains(&one.name()))
}
