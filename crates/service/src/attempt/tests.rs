use std::cell::Cell;

use super::*;

#[tokio::test]
async fn who_is_never_first_is_told_so() {
    let tries = Cell::new(0);
    let overtaken = until_first(|| {
        tries.set(tries.get() + 1);
        async { Err::<(), _>(Attempt::from(StoreError::Conflict)) }
    });
    assert!(matches!(overtaken.await, Err(ServiceError::Conflict)));
    assert_eq!(tries.get(), TRIES);
}

#[tokio::test]
async fn who_is_first_at_last_is_done() {
    let tries = Cell::new(0);
    let done = until_first(|| {
        tries.set(tries.get() + 1);
        let so_far = tries.get();
        async move {
            if so_far < 3 {
                Err(Attempt::Overtaken)
            } else {
                Ok(so_far)
            }
        }
    });
    assert_eq!(done.await.ok(), Some(3));
}

#[test]
fn a_conflict_of_the_store_is_a_conflict_wherever_it_shows() {
    assert!(matches!(
        ServiceError::from(StoreError::Conflict),
        ServiceError::Conflict
    ));
    let why = "no connection came free in time".to_owned();
    for passing in [StoreError::Busy, StoreError::Unavailable { why }] {
        assert!(matches!(
            ServiceError::from(passing),
            ServiceError::Unavailable(_)
        ));
    }
}
