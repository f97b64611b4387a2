use super::without_ways_in;

#[test]
fn a_kept_letter_shows_no_way_in() {
    let letter = "Open https://w.example/access#aB-_9 now, or <a href=\"https://w.example/access#xyz\">here</a>. #1";
    let shown = "Open https://w.example/access#… now, or <a href=\"https://w.example/access#…\">here</a>. #1";
    assert_eq!(without_ways_in(letter), shown);
    let invitation =
        "https://w.example/invitation#livp.aB-_9. And https://w.example/access#a, twice";
    let shown = "https://w.example/invitation#…. And https://w.example/access#…, twice";
    assert_eq!(without_ways_in(invitation), shown);
    assert_eq!(without_ways_in(shown), shown);
    assert_eq!(without_ways_in("/password#a_b"), "/password#…");
}
