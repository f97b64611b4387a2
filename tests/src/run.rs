//! Runs each scenario on both databases.

use crate::Kind;

/// What a scenario is given: set up before it, and taken down after it when it passed.
pub trait Fixture: Sized {
    /// Makes the fixture on a database of that kind.
    fn set_up(kind: Kind) -> impl Future<Output = Self>;
    /// Checks what no scenario should leave behind, and clears up.
    fn tear_down(self) -> impl Future<Output = ()>;
}

/// Runs a scenario with a fixture of its own, in a runtime of its own.
///
/// # Panics
/// When the scenario does.
pub fn run<F: Fixture>(kind: Kind, scenario: impl AsyncFnOnce(&F)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let fixture = F::set_up(kind).await;
        scenario(&fixture).await;
        fixture.tear_down().await;
    });
}

/// Turns each scenario into two tests, `name::sqlite` and `name::postgres`. The type of its argument says what it is
/// given: `async fn b09_silence(app: &App) { … }`.
#[macro_export]
macro_rules! both {
    ($($(#[$attribute:meta])* async fn $name:ident($fixture:ident: &$type:ty) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "not every scenario names something of its module")]
            use super::*;

            async fn scenario($fixture: &$type) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Kind::Sqlite, scenario);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Kind::Postgres, scenario);
            }
        }
    )*};
}
