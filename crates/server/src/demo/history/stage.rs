//! One organisation of the history: its people, its courses, and who asks when one of them acts.

use std::collections::BTreeMap;

use anyhow::Context;
use uuid::Uuid;
use wederhoor_procedure::{AccountId, ComplaintId, CourseId, Locale, MemberId, TenantId};
use wederhoor_service::{
    Caller, CourseInput, FileInput, Filed, LetterStatus, LinkHolder, NamedPerson, Person,
    PersonInput, Request, Service,
};

use super::{
    perform::VOICE,
    plan::{Book, By, PastCourse, Side, Story},
    post::Post,
};
use crate::demo::World;

/// Who registers what came on paper, and posts letters.
const DESK: &str = "admin";

/// One organisation.
pub(super) struct Stage {
    pub(super) service: Service,
    slug: String,
    tenant: TenantId,
    people: BTreeMap<String, Member>,
    courses: BTreeMap<String, CourseId>,
}

struct Member {
    person: Person,
    email: String,
}

impl Stage {
    /// Finds everybody of an organisation, and adds the courses of its book.
    pub(super) async fn set(
        service: &Service,
        world: &World,
        slug: &str,
        book: &Book,
    ) -> anyhow::Result<Self> {
        let tenant = world.tenants.iter().find(|(_, known)| known == slug);
        let tenant = tenant.context("the organisation is not there")?.0;
        let roster = service.roster(tenant).await?;
        let mut people = BTreeMap::new();
        for one in world.people.iter().filter(|one| one.organisation == slug) {
            let is_them = |email: &Option<String>| email.as_deref() == Some(one.email.as_str());
            let record = roster.members.iter().find(|member| is_them(&member.email));
            let record = record.with_context(|| format!("{} is not there", one.key))?;
            let person = Person {
                account: record.account_id.unwrap_or(AccountId(Uuid::nil())),
                session: Uuid::nil(),
                sign_in: Uuid::nil(),
                tenant,
                member: record.id,
                roles: one.roles.iter().copied().collect(),
                name: one.name.clone(),
                locale: Locale::Nl,
                is_out: false,
                only_reads: false,
                lacks_factor: false,
                is_recent: true,
            };
            let email = one.email.clone();
            people.insert(one.key.clone(), Member { person, email });
        }
        let mut courses = BTreeMap::new();
        for one in world.courses.iter().filter(|one| one.organisation == slug) {
            let known = roster
                .courses
                .iter()
                .find(|course| course.title == one.title);
            courses.extend(known.map(|course| (one.key.clone(), course.id)));
        }
        let slug = slug.to_owned();
        let mut stage = Self {
            service: service.clone(),
            slug,
            tenant,
            people,
            courses,
        };
        for course in &book.courses {
            let id = stage
                .add(course)
                .await
                .with_context(|| course.key.clone())?;
            stage.courses.insert(course.key.clone(), id);
        }
        Ok(stage)
    }

    async fn add(&self, course: &PastCourse) -> anyhow::Result<CourseId> {
        let trainers: anyhow::Result<Vec<MemberId>> =
            course.trainers.iter().map(|key| self.id(key)).collect();
        let organiser = course
            .organiser
            .as_ref()
            .map(|key| self.id(key))
            .transpose()?;
        let input = CourseInput {
            title: course.title.clone(),
            code: None,
            organiser,
            sessions: course.sessions.clone(),
            trainers: trainers?,
            is_open: true,
        };
        Ok(self.service.add_course(self.tenant, &input).await?)
    }

    /// The id of a member by their key.
    pub(super) fn id(&self, key: &str) -> anyhow::Result<MemberId> {
        Ok(self.member(key)?.person.member)
    }

    fn member(&self, key: &str) -> anyhow::Result<&Member> {
        self.people
            .get(key)
            .with_context(|| format!("{} has no {key}", self.slug))
    }

    /// A request of a caller, at the present of the history.
    fn ask(&self, caller: Caller) -> Request {
        self.service.request(caller, Locale::Nl, None)
    }

    /// A request of a member.
    pub(super) fn as_member(&self, key: &str) -> anyhow::Result<Request> {
        Ok(self.ask(Caller::Person(self.member(key)?.person.clone())))
    }

    /// A request of whoever registers what came on paper.
    pub(super) fn as_desk(&self) -> anyhow::Result<Request> {
        self.as_member(DESK)
    }

    /// A request of whoever acts in a story.
    pub(super) fn as_one(
        &self,
        story: &Story,
        id: ComplaintId,
        by: &By,
    ) -> anyhow::Result<Request> {
        let side = match by {
            By::Member(key) => return self.as_member(key),
            By::Via(..) => return self.as_desk(),
            By::Party(side) => *side,
        };
        let name = match side {
            Side::Complainant => Some(story.who.as_str()),
            Side::Respondent(number) => {
                let named = story.against.get(usize::from(number.saturating_sub(1)));
                named.map(String::as_str)
            }
            Side::Representative => Some(VOICE),
        };
        if let Some(member) = name.and_then(|name| self.people.get(name)) {
            return Ok(self.ask(Caller::Person(member.person.clone())));
        }
        let (tenant, party) = (self.tenant, side.party());
        Ok(self.ask(Caller::Link(LinkHolder {
            tenant,
            complaint: id,
            party,
            left: None,
        })))
    }

    /// Where the complainant of a story reads letters; a member where they sign in.
    pub(super) fn address_of(&self, story: &Story) -> String {
        match self.people.get(&story.who) {
            Some(member) => member.email.clone(),
            None => address(&story.who),
        }
    }

    /// The complaint of a story comes in.
    pub(super) async fn file(&self, story: &Story) -> anyhow::Result<Filed> {
        let known = self.people.get(&story.who);
        let (is_form, is_paper) = (story.is_form(), story.is_paper());
        let request = match known {
            Some(member) if is_form => self.ask(Caller::Person(member.person.clone())),
            None if is_form => self.ask(Caller::Anonymous),
            _ => self.as_desk()?,
        };
        let course = story.course.as_ref().map(|key| {
            let known = self.courses.get(key).copied();
            known.with_context(|| format!("{} has no course {key}", self.slug))
        });
        let input = FileInput {
            channel: story.channel,
            arrived_at: None,
            filed_on: Some(story.on.date()),
            incident_on: None,
            course: course.transpose()?,
            complainant: PersonInput {
                name: known.map_or_else(|| story.who.clone(), |member| member.person.name.clone()),
                email: (!is_paper).then(|| self.address_of(story)),
                postal: is_paper.then(|| {
                    format!(
                        "{}\nDorpsstraat {}\n1234 AB Ergensdorp",
                        story.who, story.line
                    )
                }),
                telephone: Some(format!("+3161234{:04}", story.line)),
                locale: None,
            },
            respondents: story.against.iter().map(|who| self.named(who)).collect(),
            description: story.says.clone(),
            faults: Vec::new(),
        };
        let slug = is_form.then_some(self.slug.as_str());
        Ok(request.file(slug, input, None).await?)
    }

    /// Somebody as a complainant names them.
    fn named(&self, who: &str) -> NamedPerson {
        let (name, email) = match self.people.get(who) {
            Some(member) => (member.person.name.clone(), None),
            None => (who.to_owned(), Some(address(who))),
        };
        NamedPerson {
            name,
            member: None,
            email,
        }
    }

    /// Comes in by the newest link that was sent to an address, which proves the address.
    pub(super) async fn come_in(&self, post: &Post, address: &str) -> anyhow::Result<()> {
        if let Some(token) = post.take_way_in(address) {
            self.ask(Caller::Anonymous)
                .redeem_access_link(&token)
                .await?;
        }
        Ok(())
    }

    /// The desk posts every letter that waits to be printed.
    pub(super) async fn post_letters(&self, today: chrono::NaiveDate) -> anyhow::Result<()> {
        for letter in self.as_desk()?.letters_to_print(None, 100).await? {
            if letter.status == LetterStatus::Pending {
                self.as_desk()?
                    .record_posted(letter.draft.id, today)
                    .await?;
            }
        }
        Ok(())
    }
}

/// The invented address of somebody: the plain letters of their name, with points between.
pub(super) fn address(name: &str) -> String {
    let plain = |letter: char| match letter.to_ascii_lowercase() {
        'é' | 'è' | 'ë' => 'e',
        'ï' | 'ı' => 'i',
        'ü' => 'u',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => ' ',
    };
    let words: String = name.chars().map(plain).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("{}@personen.example", words.join("."))
}
