//! The overview of a working morning, to who treats complaints or administers them. It names nothing but references, kinds
//! of deadline and last days: what a complaint says is read behind the link.

use chrono::NaiveDate;
use wederhoor_procedure::{
    Locale::{self, En, Nl},
    calendar::date_with_weekday,
    deadline::DeadlineKind,
    letter::Via,
};

use crate::{
    Rendered, Sender,
    block::Block,
    clean, finish, owed,
    wording::{Draft, Values},
    words::{contact, greeting, recipient},
};

/// What one reader is told.
#[derive(Clone, Debug)]
pub struct Digest<'a> {
    /// Who writes.
    pub sender: Sender<'a>,
    /// Who is addressed.
    pub name: &'a str,
    /// Where the reader sees it; an address that is not http(s) is left out.
    pub url: &'a str,
    /// The day of it.
    pub on: NaiveDate,
    /// What should have been done.
    pub overdue: Vec<DigestItem<'a>>,
    /// What is due on that day.
    pub today: Vec<DigestItem<'a>>,
    /// What is due in the rest of its week.
    pub this_week: Vec<DigestItem<'a>>,
    /// What is due after that week, and before the reader gets another overview.
    pub before_next: Vec<DigestItem<'a>>,
    /// The references of complaints that nobody handles or decides.
    pub unassigned: &'a [String],
    /// Measures that the reader sees to: what is due first comes first.
    pub measures: Vec<DigestMeasure<'a>>,
    /// How many more of those there are.
    pub more_measures: u64,
    /// How much more waits than is named, beside measures.
    pub more: u64,
}

/// Something that is due.
#[derive(Clone, Copy, Debug)]
pub struct DigestItem<'a> {
    /// What people quote of the complaint.
    pub reference: &'a str,
    /// What is due.
    pub kind: DeadlineKind,
    /// The last day.
    pub due_on: NaiveDate,
}

/// A measure that is to be done this week, or should have been.
#[derive(Clone, Copy, Debug)]
pub struct DigestMeasure<'a> {
    /// What people quote of the complaint it came from.
    pub reference: &'a str,
    /// The last day.
    pub due_on: NaiveDate,
}

/// Puts an overview into words.
pub fn digest(digest: &Digest<'_>, locale: Locale) -> Rendered {
    let organisation = clean::line(digest.sender.organisation);
    let (name, date) = (
        clean::line(digest.name),
        date_with_weekday(digest.on, locale),
    );
    let (subject, foot) = match locale {
        Nl => (
            format!("Overzicht van {date}"),
            [
                "U krijgt dit overzicht op werkdagen, als er iets op u wacht.",
                "Dit bericht is vertrouwelijk. Is het niet voor u? Laat het ons weten en gooi het weg.",
            ],
        ),
        En => (
            format!("Overview of {date}"),
            [
                "You get this overview on working days when something waits for you.",
                "This message is confidential. Is it not meant for you? Please tell us, and throw it away.",
            ],
        ),
    };
    let draft = Draft {
        subject,
        head: format!("{organisation}, {date}"),
        content: blocks(digest, locale),
        foot: foot.map(str::to_owned).to_vec(),
        values: Values {
            greeting: greeting(&name, locale),
            recipient: recipient(name, locale),
            contact: contact(&digest.sender.contact, locale),
            organisation,
            ..Values::default()
        },
    };
    finish(draft, &digest.sender, locale, Via::Mail)
}

fn blocks(digest: &Digest<'_>, locale: Locale) -> Vec<Block> {
    let said = |nl: &str, en: &str| match locale {
        Nl => nl.to_owned(),
        En => en.to_owned(),
    };
    let mut blocks = vec![Block::Paragraph(said(
        "Dit wacht op u.",
        "This waits for you.",
    ))];
    let mut list = |title: String, items: Vec<String>| {
        if !items.is_empty() {
            blocks.extend([Block::Paragraph(title), Block::List(items)]);
        }
    };
    let lines = |items: &[DigestItem<'_>]| items.iter().map(|item| line(item, locale)).collect();
    list(said("Te laat:", "Overdue:"), lines(&digest.overdue));
    list(said("Vandaag:", "Due today:"), lines(&digest.today));
    let this_week = lines(&digest.this_week);
    list(said("Later deze week:", "Later this week:"), this_week);
    let title = said(
        "Na deze week, voor uw volgende overzicht:",
        "After this week, before your next overview:",
    );
    list(title, lines(&digest.before_next));
    let measures = digest.measures.iter();
    let mut measures: Vec<String> = measures
        .map(|one| measure(one, digest.on, locale))
        .collect();
    if digest.more_measures > 0 {
        let more = digest.more_measures;
        measures.push(said(
            &format!("en nog meer maatregelen: {more}"),
            &format!("and more measures: {more}"),
        ));
    }
    list(said("Maatregelen:", "Measures:"), measures);
    let unassigned = digest.unassigned.iter().map(|one| clean::line(one));
    let title = said(
        "Deze klachten behandelt nog niemand:",
        "Nobody handles these complaints yet:",
    );
    list(title, unassigned.collect());
    if digest.more > 0 {
        let more = digest.more;
        blocks.push(Block::Paragraph(said(
            &format!("Er wacht nog meer: {more}. U ziet alles in uw werkvoorraad."),
            &format!("More waits: {more}. You see everything in your work queue."),
        )));
    }
    blocks.extend(clean::link(digest.url).map(|url| Block::Button {
        label: said("Bekijk uw werk", "See your work"),
        url: url.to_owned(),
    }));
    blocks
}

fn measure(one: &DigestMeasure<'_>, today: NaiveDate, locale: Locale) -> String {
    let (reference, on) = (
        clean::line(one.reference),
        date_with_weekday(one.due_on, locale),
    );
    match (locale, one.due_on < today) {
        (Nl, false) => format!("{reference}: uit te voeren, laatste dag {on}"),
        (Nl, true) => format!("{reference}: te laat, laatste dag was {on}"),
        (En, false) => format!("{reference}: to be carried out, last day {on}"),
        (En, true) => format!("{reference}: overdue, last day was {on}"),
    }
}

fn line(item: &DigestItem<'_>, locale: Locale) -> String {
    let (reference, what) = (clean::line(item.reference), owed(item.kind, locale));
    let on = date_with_weekday(item.due_on, locale);
    match locale {
        Nl => format!("{reference}: {what}, laatste dag {on}"),
        En => format!("{reference}: {what}, last day {on}"),
    }
}
