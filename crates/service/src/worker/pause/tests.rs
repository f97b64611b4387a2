use super::*;

struct Fixed(u8);

impl Entropy for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0);
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

#[test]
fn what_fails_again_waits_twice_as_long_and_never_too_long() {
    for failures in 0..12 {
        let whole = (FIRST * 2_i32.pow(failures)).min(LONGEST);
        assert_eq!(backoff(failures, &Fixed(255)), whole);
        assert_eq!(backoff(failures, &Fixed(0)), whole / 2);
        let between = backoff(failures, &Fixed(100));
        assert!(between > whole / 2 && between < whole);
    }
    assert_eq!(backoff(u32::MAX, &Fixed(255)), LONGEST);
}

#[test]
fn a_mail_server_is_left_alone_for_ever_longer_until_it_speaks() {
    let (pause, mut at) = (Pause::default(), now());
    assert!(!pause.is_on(at));
    let mut longest = TimeDelta::zero();
    for _ in 0..20 {
        pause.begin("why", at, &Fixed(255));
        assert!(pause.is_on(at));
        let begun = at;
        while pause.is_on(at) {
            at += TimeDelta::seconds(1);
        }
        assert!(at - begun >= longest);
        longest = at - begun;
    }
    assert_eq!(longest, LONGEST_PAUSE);
    pause.begin("why", at, &Fixed(255));
    pause.end();
    assert!(!pause.is_on(at), "it has spoken");
    pause.begin("why", at, &Fixed(255));
    assert!(!pause.is_on(at + FIRST), "it begins anew");
}

#[test]
fn what_does_not_change_is_said_once_an_hour() {
    let mut state = State::default();
    let tenant = Some(TenantId(uuid::Uuid::from_u128(1)));
    let mut said = 0;
    for minute in 0..180 {
        let at = now() + TimeDelta::minutes(minute);
        said += u32::from(state.is_new(None, "no connection", at));
    }
    assert_eq!(said, 3);
    assert!(state.is_new(None, "no login", now() + TimeDelta::minutes(180)));
    assert!(state.is_new(tenant, "no login", now()), "of another");
}
