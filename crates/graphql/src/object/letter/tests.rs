use super::without_ways_in;

#[test]
fn a_kept_letter_lets_nobody_in() {
    let letter = "Open https://w.example/access#aB-_9 now, or <a href=\"https://w.example/access#xyz\">here</a>. #1";
    let shown = "Open https://w.example/access#… now, or <a href=\"https://w.example/access#…\">here</a>. #1";
    assert_eq!(without_ways_in(letter), shown);
}
