//! Eight months of both organisations before the demo's present, told by asking the use cases what people asked of
//! them, in the order of time. The stories stand beside this file as text; nothing in them is drawn by lot, and the
//! bytes that the service draws are the same on every machine.

mod perform;
mod plan;
mod post;
mod read;
mod seeded;
mod stage;

use std::{collections::BTreeSet, sync::Arc};

use anyhow::Context;
use chrono::{
    DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::Europe::Amsterdam;
use wederhoor_procedure::ComplaintId;
use wederhoor_service::{
    Clock, LimitsConfig, PasswordConfig, SealingKeys, Service, ServiceConfig, Swept, TokenSeeds,
};
use wederhoor_store::{Store, StoreConfig};

use self::{
    perform::Scene,
    plan::{Book, Story, Turn},
    post::Post,
    seeded::Seeded,
    stage::Stage,
};
use super::{DEMO_HASHING, PRESENT, World, world};
use crate::clock::{MovableClock, real_now};

/// What is told of each organisation.
const BOOKS: [(&str, &str); 2] = [
    ("blijf-groep", include_str!("blijf-groep.txt")),
    ("livp", include_str!("livp.txt")),
];

/// 1 July 2025, 6:00: when the demo's organisations begin.
const BEGINNING: DateTime<Utc> = DateTime::from_timestamp(1_751_349_600, 0).expect("an instant");

/// Makes the demo's organisations in a database whose schema is up to date, and with stories tells their history,
/// until the demo's present. Nothing is flushed to the disk before the end.
///
/// # Errors
/// When the database cannot be used, or the procedure refuses what a story says.
pub async fn tell(database_url: &str, base_url: &str, with_stories: bool) -> anyhow::Result<()> {
    let clock = Arc::new(MovableClock::standing(BEGINNING));
    let service = service(database_url, base_url, &clock).await?;
    let world = world::build_at(&service, PRESENT).await?;
    if with_stories {
        tell_books(&service, clock, &world).await?;
    }
    Ok(service.close().await?)
}

/// The use cases, with both clocks in the hand of the teller, and bytes that are the same on every machine.
async fn service(
    database_url: &str,
    base_url: &str,
    clock: &Arc<MovableClock>,
) -> anyhow::Result<Service> {
    let mut config = StoreConfig::new(database_url);
    config.flushes = false;
    Service::new(ServiceConfig {
        store: Store::connect(config)
            .await
            .context("the database cannot be used")?,
        procedure_clock: clock.clone(),
        real_clock: clock.clone(),
        limits: LimitsConfig::OFF,
        entropy: Arc::new(Seeded::default()),
        token_seeds: TokenSeeds::one([0; 32]),
        sealing_keys: SealingKeys::one([0; 32]),
        passwords: PasswordConfig {
            memory_kib: DEMO_HASHING.memory_kib,
            iterations: DEMO_HASHING.iterations,
            parallelism: DEMO_HASHING.parallelism,
            at_a_time: 1,
        },
        base_url: base_url.to_owned(),
        keeps_ways_in: true,
    })
    .context("the service cannot be set up")
}

async fn tell_books(
    service: &Service,
    clock: Arc<MovableClock>,
    world: &World,
) -> anyhow::Result<()> {
    let mut books = Vec::new();
    let mut stages = Vec::new();
    for (slug, text) in BOOKS {
        let book = read::read(text).with_context(|| format!("the stories of {slug}"))?;
        stages.push(Stage::set(service, world, slug, &book).await?);
        books.push(book);
    }
    let post = Post::without(nowhere(&stages, &books));
    let service = service.clone();
    let mut teller = Teller {
        clock,
        post,
        service,
        stages,
        is_quiet: true,
    };
    teller.tell(&books).await
}

/// The addresses of those who cannot be reached.
fn nowhere(stages: &[Stage], books: &[Book]) -> BTreeSet<String> {
    let told = stages
        .iter()
        .zip(books)
        .flat_map(|(stage, book)| book.stories.iter().map(move |story| (stage, story)));
    told.filter(|(_, story)| story.bounces)
        .map(|(stage, story)| stage.address_of(story))
        .collect()
}

struct Teller {
    clock: Arc<MovableClock>,
    post: Post,
    service: Service,
    stages: Vec<Stage>,
    /// Whether nothing has happened since letters were posted, so that none can wait.
    is_quiet: bool,
}

/// When something of a story happens: a turn, or its filing.
struct Moment<'a> {
    at: DateTime<Utc>,
    /// Which organisation.
    stage: usize,
    /// Which of its stories.
    number: usize,
    story: &'a Story,
    turn: Option<&'a Turn>,
}

impl Teller {
    async fn tell(&mut self, books: &[Book]) -> anyhow::Result<()> {
        let mut ids: Vec<Vec<Option<ComplaintId>>> = books
            .iter()
            .map(|book| vec![None; book.stories.len()])
            .collect();
        for moment in moments(books) {
            let Moment {
                at,
                stage,
                number,
                story,
                turn,
            } = moment;
            let line = turn.map_or(story.line, |turn| turn.line);
            let place = || format!("{}, line {line} ({})", BOOKS[stage].0, story.who);
            anyhow::ensure!(at <= PRESENT, "{}: that is still to come", place());
            self.wait_until(at).await?;
            self.is_quiet = false;
            let id = &mut ids[stage][number];
            match (turn, *id) {
                (Some(turn), Some(id)) => {
                    let stage = &self.stages[stage];
                    Scene { stage, story, id }
                        .play(turn)
                        .await
                        .with_context(place)?;
                }
                _ => *id = Some(self.stages[stage].file(story).await.with_context(place)?.id),
            }
            self.sweep().await?;
            if turn.is_none() && story.comes_in {
                let stage = &self.stages[stage];
                stage
                    .come_in(&self.post, &stage.address_of(story))
                    .await
                    .with_context(place)?;
            }
        }
        self.wait_until(PRESENT).await?;
        self.sweep().await
    }

    /// Lets the days pass: what falls due at midnight happens then, and on working days letters are posted.
    async fn wait_until(&mut self, at: DateTime<Utc>) -> anyhow::Result<()> {
        let mut day = self.today();
        loop {
            let post = moment_of(day, POSTING);
            let is_ahead = self.clock.now() < post && post < at;
            if is_ahead && !self.is_quiet && is_working(day) {
                self.move_to(post)?;
                self.is_quiet = true;
                for stage in &self.stages {
                    stage.post_letters(day).await?;
                }
            }
            day = day.succ_opt().context("the last day")?;
            let midnight = moment_of(day, NaiveTime::MIN);
            if midnight >= at {
                break;
            }
            self.move_to(midnight)?;
            self.sweep().await?;
        }
        self.move_to(at)
    }

    fn today(&self) -> NaiveDate {
        self.clock.now().with_timezone(&Amsterdam).date_naive()
    }

    fn move_to(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        self.clock.move_to(real_now(), at)?;
        Ok(())
    }

    async fn sweep(&mut self) -> anyhow::Result<()> {
        let swept = self.service.sweep(&self.post).await?;
        self.is_quiet &= swept == Swept::default();
        anyhow::ensure!(swept.failed == 0, "{} pieces of work failed", swept.failed);
        Ok(())
    }
}

fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// When letters on paper are posted.
const POSTING: NaiveTime = NaiveTime::from_hms_opt(16, 45, 0).expect("a time");

fn moment_of(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = NaiveDateTime::new(day, time);
    let at = Amsterdam.from_local_datetime(&local).earliest();
    // The hour that summer time leaves out lies between two and three.
    at.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// All that happens, in the order of time.
fn moments(books: &[Book]) -> Vec<Moment<'_>> {
    let mut moments = Vec::new();
    for (stage, book) in books.iter().enumerate() {
        for (number, story) in book.stories.iter().enumerate() {
            let mut at = moment_of(story.on.date(), story.on.time());
            moments.push(Moment {
                at,
                stage,
                number,
                story,
                turn: None,
            });
            for (place, turn) in story.turns.iter().enumerate() {
                // Nobody does two things at once.
                at = office_hour(story, turn.day, number + place).max(at + TimeDelta::minutes(2));
                moments.push(Moment {
                    at,
                    stage,
                    number,
                    story,
                    turn: Some(turn),
                });
            }
        }
    }
    moments.sort_by_key(|moment| (moment.at, moment.stage, moment.number));
    moments
}

/// Some time between nine and half past four, so many days after the filing, or on the Monday after that.
fn office_hour(story: &Story, days: u16, salt: usize) -> DateTime<Utc> {
    let mut day = story.on.date() + TimeDelta::days(days.into());
    while !is_working(day) {
        day += TimeDelta::days(1);
    }
    let minutes = i64::try_from(salt * 97 % 450).unwrap_or_default();
    moment_of(day, NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
        + TimeDelta::minutes(minutes)
}

#[cfg(test)]
mod tests;
