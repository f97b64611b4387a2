//! Reads the stories as they are written down.
//!
//! ```text
//! course KEY | TITLE | DAY, DAY | TRAINERS | ORGANISER
//! == WHO | DAY TIME | CHANNEL | COURSE | AGAINST | bounces, silent
//! What the complaint says.
//! +DAYS WHO ACT [WORDS][: TEXT]
//! ```
//!
//! Who acts is a member by key, a side of the complaint, or a side by another channel, registered so many days later:
//! `complainant@post/3`. `-` stands for nothing; a line that begins with a space goes on with the one before; `#` begins a remark.

use anyhow::{Context, bail};
use chrono::{NaiveDate, NaiveDateTime};
use wederhoor_procedure::{
    complaint::{ContactMeans, Finding, InadmissibleGround},
    policy::Channel,
};

use super::plan::{Act, Book, By, PastCourse, Side, Story, Turn};

/// Reads a book.
///
/// # Errors
/// A line that cannot be understood, by its number.
pub(super) fn read(text: &str) -> anyhow::Result<Book> {
    let mut book = Book::default();
    for (number, line) in lines(text) {
        add(&mut book, number, &line).with_context(|| format!("line {number}: {line}"))?;
    }
    Ok(book)
}

/// The lines with those that go on with them, by the number of the first; without remarks and empty ones.
fn lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        match (line.starts_with(' '), lines.last_mut()) {
            (true, Some((_, before))) => {
                before.push(' ');
                before.push_str(line.trim());
            }
            _ if line.is_empty() || line.starts_with('#') => {}
            _ => lines.push((number + 1, line.trim_end().to_owned())),
        }
    }
    lines
}

fn add(book: &mut Book, number: usize, line: &str) -> anyhow::Result<()> {
    if let Some(rest) = line.strip_prefix("course ") {
        book.courses.push(course(rest)?);
    } else if let Some(rest) = line.strip_prefix("== ") {
        book.stories.push(story(number, rest)?);
    } else {
        let story = book.stories.last_mut().context("a story begins with ==")?;
        match line.strip_prefix('+') {
            Some(rest) => story.turns.push(turn(number, rest)?),
            None if story.says.is_empty() => line.clone_into(&mut story.says),
            None => bail!("a complaint is one paragraph; go on with a space"),
        }
    }
    Ok(())
}

/// The parts between bars.
fn parts<const N: usize>(text: &str) -> anyhow::Result<[&str; N]> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let found = parts.len();
    parts
        .try_into()
        .map_err(|_| anyhow::anyhow!("{N} parts are wanted, and there are {found}"))
}

fn optional(text: &str) -> Option<String> {
    (text != "-").then(|| text.to_owned())
}

/// What stands between commas.
fn list(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| *part != "-")
        .map(str::to_owned)
        .collect()
}

fn course(text: &str) -> anyhow::Result<PastCourse> {
    let [key, title, sessions, trainers, organiser] = parts(text)?;
    let sessions: Result<Vec<NaiveDate>, _> =
        list(sessions).iter().map(|day| day.parse()).collect();
    Ok(PastCourse {
        key: key.to_owned(),
        title: title.to_owned(),
        sessions: sessions?,
        trainers: list(trainers),
        organiser: optional(organiser),
    })
}

fn story(line: usize, text: &str) -> anyhow::Result<Story> {
    let [who, on, via, course, against, traits] = parts(text)?;
    let traits = list(traits);
    if let Some(unknown) = traits
        .iter()
        .find(|one| !["bounces", "silent"].contains(&one.as_str()))
    {
        bail!("nobody is {unknown}");
    }
    let has = |name: &str| traits.iter().any(|one| one == name);
    Ok(Story {
        line,
        who: who.to_owned(),
        on: NaiveDateTime::parse_from_str(on, "%Y-%m-%d %H:%M")?,
        channel: channel(via)?,
        course: optional(course),
        against: list(against),
        comes_in: !has("silent"),
        bounces: has("bounces"),
        says: String::new(),
        turns: Vec::new(),
    })
}

fn channel(word: &str) -> anyhow::Result<Channel> {
    Ok(match word {
        "form" => Channel::WebForm,
        "email" => Channel::Email,
        "post" => Channel::Post,
        "telephone" => Channel::Telephone,
        "hand" => Channel::InPerson,
        _ => bail!("nothing comes by {word}"),
    })
}

fn turn(line: usize, text: &str) -> anyhow::Result<Turn> {
    let (head, words) = text.split_once(": ").unwrap_or((text, ""));
    let mut head = head.split_whitespace();
    let mut next = || head.next().unwrap_or_default();
    let (day, by, act) = (next(), next(), next());
    let (one, two) = (next(), next());
    let turn = Turn {
        line,
        day: day.parse().context("a day is a number")?,
        by: by_of(by)?,
        does: act_of(act, one, two, words.trim())?,
    };
    match head.next() {
        None => Ok(turn),
        Some(word) => bail!("{word} is too much"),
    }
}

fn by_of(word: &str) -> anyhow::Result<By> {
    if let Some((party, way)) = word.split_once('@') {
        let (way, days) = way.split_once('/').unwrap_or((way, "0"));
        return Ok(By::Via(side(party)?, channel(way)?, days.parse()?));
    }
    Ok(side(word).map_or_else(|_| By::Member(word.to_owned()), By::Party))
}

fn side(word: &str) -> anyhow::Result<Side> {
    Ok(match word {
        "complainant" => Side::Complainant,
        "representative" => Side::Representative,
        "respondent" => Side::Respondent(1),
        "respondent2" => Side::Respondent(2),
        _ => bail!("{word} is no side"),
    })
}

fn finding(word: &str) -> anyhow::Result<Finding> {
    Ok(match word {
        "upheld" => Finding::Upheld,
        "partly" => Finding::PartlyUpheld,
        "not_upheld" => Finding::NotUpheld,
        "no_judgement" => Finding::NoJudgement,
        _ => bail!("{word} is no finding"),
    })
}

fn ground(word: &str) -> anyhow::Result<InadmissibleGround> {
    Ok(match word {
        "standing" => InadmissibleGround::Standing,
        "subject" => InadmissibleGround::Subject,
        "late" => InadmissibleGround::Late,
        _ => bail!("{word} is no ground"),
    })
}

fn means(word: &str) -> anyhow::Result<ContactMeans> {
    Ok(match word {
        "telephone" => ContactMeans::Telephone,
        "video" => ContactMeans::Video,
        "meeting" => ContactMeans::InPerson,
        "email" => ContactMeans::Email,
        _ => bail!("nobody is reached by {word}"),
    })
}

fn act_of(act: &str, one: &str, two: &str, words: &str) -> anyhow::Result<Act> {
    let text = || words.to_owned();
    Ok(match act {
        "take" => Act::Take,
        "assign" => Act::Assign(one.to_owned(), text()),
        "contact" => Act::Contact(means(one)?, text()),
        "missed" => Act::Missed(means(one)?),
        "hear" if one == "both" => Act::HearBoth,
        "hear" => Act::Hear(side(one)?),
        "unreachable" => Act::Unreachable(side(one)?),
        "waive" => Act::Waive,
        "name" => Act::Name(one.to_owned()),
        "tell" => Act::Tell,
        "represent" => Act::Represent(one.to_owned()),
        "respond" => Act::Respond(finding(one)?, text()),
        "accept" => Act::Accept,
        "object" => Act::Object(text()),
        "react" => Act::React(text()),
        "answer" => Act::Answer(text()),
        "appeal" => Act::Appeal(text()),
        "withdraw" => Act::Withdraw(text()),
        "state" => Act::State(text()),
        "propose" => Act::Propose(text()),
        "sign" => Act::Sign,
        "reject" => Act::Reject(text()),
        "no-agreement" => Act::NoAgreement(text()),
        _ => later_act(act, one, two, words)?,
    })
}

fn later_act(act: &str, one: &str, two: &str, words: &str) -> anyhow::Result<Act> {
    let text = || words.to_owned();
    Ok(match act {
        "ask-time" => Act::AskTime(one.parse()?, text()),
        "consent" => Act::Consent,
        "refuse-time" => Act::RefuseTime,
        "admit" => Act::Admit(text()),
        "inadmissible" => Act::Inadmissible(ground(one)?, text()),
        "admit-appeal" => Act::AdmitAppeal(text()),
        "refuse-appeal" => Act::RefuseAppeal(text()),
        "decide" => {
            let euros = if two.is_empty() {
                None
            } else {
                Some(two.parse()?)
            };
            Act::Decide(finding(one)?, euros, text())
        }
        "uphold" => Act::Uphold(text()),
        "recuse" => Act::Recuse(text()),
        "cause" => Act::Cause(one.to_owned()),
        "measure" => Act::Measure(one.to_owned(), text()),
        "done" => Act::Done(one == "well"),
        "no-measure" => Act::NoMeasure(text()),
        "rate" => Act::Rate(one.parse()?, text()),
        "hold" => Act::Hold(text()),
        _ => bail!("nobody can {act}"),
    })
}
