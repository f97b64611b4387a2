use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{checksum, is_whole};

#[test]
fn a_key_is_whole_as_it_was_shown_and_in_no_other_way() {
    let (mark, secret) = ("whk_0a1b2c3d_", [7; 32]);
    let bytes = [secret.as_slice(), &checksum(mark, &secret)].concat();
    let key = format!("{mark}{}", URL_SAFE_NO_PAD.encode(bytes));
    assert_eq!(key.len(), 13 + 48);
    assert!(is_whole(&key, mark));
    for place in 13..key.len() {
        let mut typed = key.clone().into_bytes();
        typed[place] = if typed[place] == b'x' { b'y' } else { b'x' };
        let typed = String::from_utf8(typed).unwrap();
        assert!(!is_whole(&typed, mark), "{typed}");
    }
    let other = key.replace("0a1b2c3d", "0a1b2c3e");
    assert!(
        !is_whole(&other, "whk_0a1b2c3e_"),
        "what it begins with is checked too"
    );
    for short in ["", mark, &key[..key.len() - 1], &key[..20]] {
        assert!(!is_whole(short, mark), "{short}");
    }
}
