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
    let ours = Sealer::new(&SealingKeys::one([7; 32])).unwrap();
    let sealed = ours.seal(&Counting, b"an account", b"a secret").unwrap();
    let opened = ours.open(b"an account", &sealed).unwrap();
    assert_eq!(
        (opened.open.as_slice(), opened.is_stale),
        (&b"a secret"[..], false)
    );
    assert!(!sealed.windows(8).any(|part| part == b"a secret"));
    let elsewhere = Sealer::new(&SealingKeys::one([8; 32])).unwrap();
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

#[test]
fn keys_of_before_open_and_seal_no_more() {
    let [first, second, third] = [1, 2, 3].map(|byte| [byte; 32]);
    let keys = |sealing, opening: &[[u8; 32]]| SealingKeys {
        sealing,
        opening: opening.to_vec(),
    };
    let of_first = Sealer::new(&keys(first, &[])).unwrap();
    let of_all = Sealer::new(&keys(third, &[second, first])).unwrap();
    let of_third = Sealer::new(&keys(third, &[])).unwrap();
    let sealed = of_first
        .seal(&Counting, b"an account", b"a secret")
        .unwrap();
    let opened = of_all.open(b"an account", &sealed).unwrap();
    assert_eq!(
        (opened.open.as_slice(), opened.is_stale),
        (&b"a secret"[..], true)
    );
    assert!(of_all.open(b"another", &sealed).is_err());
    let error = of_third.open(b"an account", &sealed).err().unwrap();
    assert!(
        error.to_string().contains("a key that is not set"),
        "{error}"
    );
    let anew = of_all.seal(&Counting, b"an account", b"a secret").unwrap();
    assert!(!of_third.open(b"an account", &anew).unwrap().is_stale);
    assert!(of_first.open(b"an account", &anew).is_err());
}
