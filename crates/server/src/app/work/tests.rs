use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

#[tokio::test]
async fn a_sweep_that_panics_ends_alone() {
    let (stop, stopping) = watch::channel(false);
    let (count, wake) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
    let sweep = || {
        let (count, wake, stop) = (count.clone(), wake.clone(), stop.clone());
        async move {
            if count.fetch_add(1, Ordering::Relaxed) == 0 {
                wake.notify_one();
                panic!("on purpose");
            }
            stop.send_replace(true);
            Ok(Swept::default())
        }
    };
    work("test", sweep, &wake, stopping).await;
    assert_eq!(count.load(Ordering::Relaxed), 2);
}
