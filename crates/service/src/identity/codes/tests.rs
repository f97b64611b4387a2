use std::sync::atomic::{AtomicU8, Ordering};

use secrecy::ExposeSecret;

use super::*;

struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill_with(|| self.0.fetch_add(37, Ordering::Relaxed));
    }
}

/// RFC 6238, appendix B: the secret of its examples with SHA-1.
const SECRET: &[u8; 20] = b"12345678901234567890";

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

#[test]
fn codes_are_those_of_the_standard() {
    // The last six of the eight digits that the appendix shows.
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ] {
        let step = i32::try_from(seconds / 30).unwrap();
        assert_eq!(
            step_of(SECRET, code, at(seconds)).unwrap(),
            Some(step),
            "{code}"
        );
        for near in [-30, 30] {
            assert_eq!(
                step_of(SECRET, code, at(seconds + near)).unwrap(),
                Some(step),
                "{code}"
            );
        }
        for far in [-60, 60].into_iter().filter(|far| seconds + far > 0) {
            assert_eq!(
                step_of(SECRET, code, at(seconds + far)).unwrap(),
                None,
                "{code}"
            );
        }
    }
    for other in ["", "28708", "2870820", "28708a", "287083"] {
        assert_eq!(step_of(SECRET, other, at(59)).unwrap(), None, "{other}");
    }
}

#[test]
fn an_app_is_told_whose_codes_they_are() {
    let (url, typed) = shown(SECRET, "jo@x.example").unwrap();
    assert_eq!(typed.expose_secret(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let url = url.expose_secret();
    assert!(url.starts_with("otpauth://totp/wederhoor"), "{url}");
    assert!(
        url.contains(&format!("secret={}", typed.expose_secret())),
        "{url}"
    );
    assert!(url.contains("issuer=wederhoor"), "{url}");
}

#[test]
fn codes_for_who_lost_it_are_ten_and_are_read_as_people_write_them() {
    let (codes, hashes) = recovery(&Counting(AtomicU8::new(1)));
    assert_eq!((codes.len(), hashes.len()), (10, 10));
    let distinct: std::collections::BTreeSet<_> = hashes.iter().collect();
    assert_eq!(distinct.len(), 10);
    for (code, hash) in codes.iter().zip(&hashes) {
        let code = code.expose_secret();
        assert_eq!(code.len(), 19, "{code}");
        for written in [
            code.to_owned(),
            code.to_lowercase(),
            code.replace('-', " "),
            code.replace('-', ""),
        ] {
            assert!(
                matches!(read(&written), Some(Written::Recovery(found)) if found == *hash),
                "{written}"
            );
        }
    }
    assert!(matches!(read(" 123 456 "), Some(Written::Digits(digits)) if digits == "123456"));
    for none in [
        "二八七〇八二",
        "+12345",
        "",
        "12345",
        "1234567",
        "12345a",
        "AAAA-AAAA-AAAA-AAA",
        &"A".repeat(5_000),
    ] {
        assert!(read(none).is_none(), "{none}");
    }
}
