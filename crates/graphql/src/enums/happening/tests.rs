use async_graphql::resolver_utils::EnumType;

use super::*;

#[test]
fn the_api_and_the_command_line_call_what_happens_the_same() {
    let names: Vec<_> = HappeningKind::items().iter().map(|one| one.name).collect();
    let codes = preview::HappeningKind::ALL.iter().map(|one| one.code());
    let as_here = codes.map(|code| code.to_uppercase().replace('-', "_"));
    assert_eq!(names, as_here.collect::<Vec<_>>());
    for name in names {
        assert!(name.parse::<preview::HappeningKind>().is_ok(), "{name}");
    }
}
