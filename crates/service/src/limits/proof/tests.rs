use super::zero_bits;

#[test]
fn bits_are_counted_from_the_first_byte_on() {
    // printf '%s' 'opgave:1' | sha256sum begins with that byte.
    let hard = (0..100_000).find(|n| zero_bits("opgave", &format!("{n}")) >= 12);
    let nonce = hard.unwrap().to_string();
    let digest = <sha2::Sha256 as sha2::Digest>::digest(format!("opgave:{nonce}"));
    assert_eq!((digest[0], digest[1] >> 4), (0, 0));
}
