use super::{PasswordConfig, Passwords};
use crate::Entropy;

struct Sevens;

impl Entropy for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

const CHEAP: PasswordConfig = PasswordConfig {
    memory_kib: 8,
    iterations: 1,
    parallelism: 1,
    at_a_time: 1,
};

#[tokio::test]
async fn passwords_are_hashed_as_configured_or_not_at_all() {
    let passwords = Passwords::new(&CHEAP, &Sevens).unwrap();
    let hash = passwords
        .hash("lang genoeg om te gebruiken", &Sevens)
        .await
        .unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
    for unfit in [
        PasswordConfig {
            memory_kib: 7,
            ..CHEAP
        },
        PasswordConfig {
            iterations: 0,
            ..CHEAP
        },
        PasswordConfig {
            parallelism: 0,
            ..CHEAP
        },
    ] {
        assert!(Passwords::new(&unfit, &Sevens).is_err(), "{unfit:?}");
    }
}
