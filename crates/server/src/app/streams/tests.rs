use async_graphql::{Response, value};

use super::digest;

#[test]
fn the_order_in_which_fields_were_found_makes_no_other_response() {
    let queue = |data| digest(&Response::new(data));
    let first = queue(value!({ "queue": { "nodes": [1, 2], "totalCount": 2 } }));
    let in_another_order = queue(value!({ "queue": { "totalCount": 2, "nodes": [1, 2] } }));
    assert_eq!(first, in_another_order);
    let other_rows = queue(value!({ "queue": { "totalCount": 2, "nodes": [2, 1] } }));
    assert_ne!(first, other_rows);
    let another_count = queue(value!({ "queue": { "totalCount": 3, "nodes": [1, 2] } }));
    assert_ne!(first, another_count);
}
