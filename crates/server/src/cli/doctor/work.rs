//! Keys, and what waits: as the program that is configured so sees it.

use wederhoor_service::{Health, Sealed};

use super::Finding;
use crate::{app, cli::serve::assembled, config::Config};

pub(super) async fn examine(config: Config, findings: &mut Vec<Finding>) {
    let looked = async {
        let service = assembled(config).await?.service;
        let found = (service.sealed().await?, service.health().await?);
        service.close().await?;
        anyhow::Ok(found)
    };
    match looked.await {
        Ok((sealed, health)) => {
            findings.push(of_writing(&health));
            findings.push(of_keys(sealed));
            findings.push(of_workers(&health));
            findings.push(of_letters(&health));
            findings.push(of_stuck(&health));
        }
        Err(error) => {
            let mend = "mend what is said above first";
            findings.push(Finding::failed("program", format!("{error:#}"), mend));
        }
    }
}

pub(super) fn of_writing(health: &Health) -> Finding {
    if health.is_writable {
        return Finding::ok("writing", "no transaction is read-only");
    }
    let mend = "where this is a standby, name the server that takes writing in WEDERHOOR_DATABASE_URL, or promote it; else see why \
                default_transaction_read_only is on: some hosts set it when the disk is nearly full";
    let found = "the database is read-only: nothing can be filed, decided or sent";
    Finding::failed("writing", found, mend)
}

pub(super) fn of_keys(sealed: Sealed) -> Finding {
    let Sealed {
        newest,
        older,
        unopened,
    } = sealed;
    if unopened > 0 {
        let found = format!("{unopened} second factors are sealed by a key that is not set");
        let mend = "name that key in WEDERHOOR_SEALING_KEYS_OLDER; without it these people need another second factor";
        return Finding::failed("keys", found, mend);
    }
    if older > 0 {
        let found = format!("{older} second factors are still sealed by an older key");
        return Finding::warning(
            "keys",
            found,
            "run `wederhoor reseal`; then the older keys can go",
        );
    }
    Finding::ok("keys", format!("open all {newest} second factors"))
}

pub(super) fn of_workers(health: &Health) -> Finding {
    let mend =
        "start `wederhoor worker`, or `serve` without --no-worker; its log says what holds it up";
    match health.since_work {
        Some(since) if since < app::ABSENT => Finding::ok(
            "workers",
            format!("one worked {} s ago", since.num_seconds()),
        ),
        Some(since) => {
            let minutes = since.num_minutes();
            let found = format!("none has worked for {minutes} minutes: no due time passes");
            Finding::warning("workers", found, mend)
        }
        None => Finding::warning("workers", "none has ever worked: no due time passes", mend),
    }
}

pub(super) fn of_letters(health: &Health) -> Finding {
    match health.oldest_letter {
        Some(due) if due > app::LATE => {
            let found = format!("one has been due for {} minutes", due.num_minutes());
            Finding::warning(
                "letters",
                found,
                "run `wederhoor mail check` with an address of yours",
            )
        }
        _ => Finding::ok("letters", "none has been due for long"),
    }
}

pub(super) fn of_stuck(health: &Health) -> Finding {
    if health.stuck == 0 {
        return Finding::ok("work", "nothing fails again and again");
    }
    let found = format!("{} pieces of due work fail again and again", health.stuck);
    let mend = "run `wederhoor tenant stuck`, and look in the log for what fails; with --retry they are tried at once";
    Finding::warning("work", found, mend)
}
