use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use futures_util::future::join_all;
use tokio::sync::Semaphore;

use super::*;

fn health() -> Health {
    let mut steps = Vec::new();
    while let Standing::Older(step) = Standing::of(&steps) {
        steps.push(step);
    }
    Health {
        steps,
        since_work: Some(TimeDelta::seconds(31)),
        oldest_letter: None,
        stuck: 0,
        is_writable: true,
    }
}

#[test]
fn what_is_found_is_told_in_words_and_seconds() {
    let well = readiness(&health());
    assert!(well.is_ready());
    assert_eq!(well.workers, (WorkersState::Ok, Some(31)));
    assert_eq!(well.outbox, (OutboxState::Ok, None));
    let waits = Health {
        since_work: Some(TimeDelta::seconds(120)),
        oldest_letter: Some(TimeDelta::seconds(3_601)),
        ..health()
    };
    let degraded = readiness(&waits);
    assert!(degraded.is_ready(), "who answers answers without workers");
    assert_eq!(degraded.workers, (WorkersState::Absent, Some(120)));
    assert_eq!(degraded.outbox, (OutboxState::Late, Some(3_601)));
    let read_only = Health {
        is_writable: false,
        ..health()
    };
    let degraded = readiness(&read_only);
    assert_eq!(degraded.database, DatabaseState::ReadOnly);
    assert!(degraded.is_ready(), "who only reads is answered");
    let never = Health {
        since_work: None,
        ..health()
    };
    assert_eq!(readiness(&never).workers, (WorkersState::Absent, None));
}

#[test]
fn a_schema_with_which_the_program_cannot_work_is_not_ready() {
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut health = health();
        change(&mut health.steps);
        let found = readiness(&health);
        (found.schema, found.is_ready())
    };
    let expand = |steps: &mut Vec<String>| steps.push("m29990101_000000_expand_x".to_owned());
    let other = |steps: &mut Vec<String>| steps.push("m29990101_000000_other".to_owned());
    let less = |steps: &mut Vec<String>| drop(steps.pop());
    assert_eq!(with(&expand), (SchemaState::Ok, true));
    assert_eq!(with(&other), (SchemaState::Newer, false));
    assert_eq!(with(&less), (SchemaState::Older, false));
}

/// What is asked, how often it looked, and what lets a look end.
fn held_up() -> (Ready, Arc<AtomicUsize>, Arc<Semaphore>) {
    let (looks, open) = (Arc::<AtomicUsize>::default(), Arc::new(Semaphore::new(0)));
    let ready = Looking::by({
        let (looks, open) = (looks.clone(), open.clone());
        move || {
            let (looks, open) = (looks.clone(), open.clone());
            async move {
                looks.fetch_add(1, Ordering::SeqCst);
                drop(open.acquire().await);
                Ok(health())
            }
        }
    });
    (ready.ready(), looks, open)
}

#[tokio::test]
async fn however_many_ask_one_looks_and_what_it_saw_is_told_to_all() {
    let (ready, looks, open) = held_up();
    let asking = join_all((0..50).map(|number| ready(Uuid::from_u128(number))));
    let asking = tokio::spawn(asking);
    while looks.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    open.add_permits(1);
    assert!(asking.await.unwrap().iter().all(Readiness::is_ready));
    assert_eq!(looks.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_look_that_does_not_end_is_told_of_and_no_second_one_begins_beside_it() {
    let (ready, looks, open) = held_up();
    let begun = Instant::now();
    let seen = ready(Uuid::from_u128(1)).await;
    assert_eq!(seen, Readiness::AWAY);
    assert!(begun.elapsed() < PATIENCE * 2);
    open.add_permits(1);
    while !ready(Uuid::from_u128(2)).await.is_ready() {}
    assert_eq!(looks.load(Ordering::SeqCst), 1);
}
