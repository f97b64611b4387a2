//! What a program may ask by an API key. Everything else is refused before anything of its document is run: what is not listed
//! here no resolver can let through.

use std::collections::{BTreeSet, HashSet};

use async_graphql::{
    ServerError,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};
use wederhoor_procedure::Locale;
use wederhoor_service::Request;

use crate::error::ErrorCode;

/// The fields of queries that a key may ask for, whatever its scopes: what they show of it is the use case's to say.
const SHOWN: [&str; 2] = ["apiKey", "statistics"];

/// Refuses a document of a key that asks for something else, be it in one of several operations; notes that the key was used.
/// Of anyone else nothing is looked at.
///
/// # Errors
/// `NOT_ALLOWED`.
pub(crate) fn check(request: &Request, document: &ExecutableDocument) -> Result<(), ServerError> {
    if !request.caller().is_key() {
        return Ok(());
    }
    let (mut asked, mut seen, mut is_query) = (BTreeSet::new(), HashSet::new(), true);
    for (_, operation) in document.operations.iter() {
        is_query &= operation.node.ty == OperationType::Query;
        let set = &operation.node.selection_set.node;
        collect(document, set, &mut asked, &mut seen);
    }
    // What is asked of the schema itself tells nothing of anybody.
    let is_shown = |name: &&str| name.starts_with("__") || SHOWN.contains(name);
    if is_query && asked.iter().all(is_shown) {
        let asked: Vec<&str> = asked.into_iter().collect();
        request.note_key_use(Some(&asked.join(" ")));
        return Ok(());
    }
    request.note_key_use(None);
    let words = match request.locale() {
        Locale::Nl => "Dit mag niet met een API-sleutel. Log in als persoon.",
        Locale::En => "An API key does not do this. Sign in as a person.",
    };
    Err(ErrorCode::NotAllowed.error(words))
}

/// The fields at the root; each fragment is looked through once.
fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    asked: &mut BTreeSet<&'a str>,
    seen: &mut HashSet<&'a str>,
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                asked.insert(field.node.name.node.as_str());
            }
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, asked, seen);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if let Some(fragment) = document.fragments.get(name)
                    && seen.insert(name.as_str())
                {
                    collect(document, &fragment.node.selection_set.node, asked, seen);
                }
            }
        }
    }
}
