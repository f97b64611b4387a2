use super::*;

struct Counting;

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for (place, byte) in (0_u8..).zip(buffer) {
            *byte = place;
        }
    }
}

#[test]
fn what_is_sealed_opens_for_what_it_belongs_to_only() {
    let ours = Sealer::new(&[7; 32]).unwrap();
    let sealed = ours.seal(&Counting, b"an account", b"a secret").unwrap();
    assert_eq!(ours.open(b"an account", &sealed).unwrap(), b"a secret");
    assert!(!sealed.windows(8).any(|part| part == b"a secret"));
    let elsewhere = Sealer::new(&[8; 32]).unwrap();
    assert!(elsewhere.open(b"an account", &sealed).is_err());
    assert!(ours.open(b"another", &sealed).is_err());
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert!(ours.open(b"an account", &changed).is_err(), "{place}");
        assert!(
            ours.open(b"an account", &sealed[..place]).is_err(),
            "{place}"
        );
    }
}
