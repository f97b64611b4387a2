//! The two organisations of the demo: fictional people in every role, courses, sessions and trainers.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use serde::Serialize;
use wederhoor_graphql::{course_id, member_id};
use wederhoor_procedure::{Locale, MemberId, TenantId, actor::Role, calendar::Hour};
use wederhoor_service::{
    ContactDetails, CourseInput, MailSettings, MemberInput, NewTenant, PolicySource, Service,
    ServiceError, TenantSettings,
};

/// The password of everybody in the demo.
pub const PASSWORD: &str = "hoor-en-wederhoor-demo";

const BLIJF_GROEP: &str = include_str!("../../../../policies/blijf-groep.toml");
const LIVP: &str = include_str!("../../../../policies/livp.toml");

/// Who and what is in the demo.
#[derive(Debug, Default)]
pub struct World {
    /// The organisations, by their name in addresses.
    pub tenants: Vec<(TenantId, String)>,
    /// Everybody.
    pub people: Vec<Person>,
    /// The courses, by organisation and key.
    pub courses: Vec<Course>,
}

/// Somebody in the demo.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// A short name for scripts and tests.
    pub key: String,
    /// The organisation, by its name in addresses.
    pub organisation: String,
    /// Their id there, as the API has it.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Their roles.
    pub roles: Vec<Role>,
}

/// A course in the demo.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Course {
    /// A short name for scripts and tests.
    pub key: String,
    /// The organisation, by its name in addresses.
    pub organisation: String,
    /// Its id, as the API has it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its last day.
    pub ends_on: NaiveDate,
}

struct Cast {
    slug: &'static str,
    name: &'static str,
    prefix: &'static str,
    colour: &'static str,
    policy: &'static str,
    people: &'static [(&'static str, &'static str, &'static [Role])],
    stand_in: &'static str,
    courses: &'static [Lesson],
}

/// Key, title, trainers, organiser, and how many days ago it ended.
type Lesson = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Option<&'static str>,
    i64,
);

const CASTS: [Cast; 2] = [
    Cast {
        slug: "blijf-groep",
        name: "Stichting Blijf Groep (demo)",
        prefix: "BG",
        colour: "#8a1f5c",
        policy: BLIJF_GROEP,
        people: &[
            ("advies1", "Ada Adviseur", &[Role::Handler]),
            ("advies2", "Bram Adviseur", &[Role::Handler]),
            ("extern", "Ezra Extern", &[Role::ExternalHandler]),
            ("manager", "Mila Manager", &[Role::Manager]),
            ("manager2", "Noor Manager", &[Role::Manager]),
            ("commissie", "Cato Commissielid", &[Role::CommitteeMember]),
            ("derde", "Otto Onpartijdig", &[Role::Arbiter]),
            ("admin", "Anna Administratie", &[Role::Administrator]),
            ("analist", "Ilse Inzicht", &[Role::Analyst]),
            ("trainer", "Teun Trainer", &[Role::Trainer]),
            ("trainer2", "Tess Trainer", &[Role::Trainer]),
            ("stem", "Vera Vertegenwoordiger", &[Role::Representative]),
            ("klager", "Karin Klager", &[]),
            ("standin", "Stef Standin", &[]),
        ],
        stand_in: "standin",
        courses: &[
            ("veilig", "Veilig in gesprek", &["trainer"], None, 10),
            (
                "grenzen",
                "Grenzen stellen",
                &["trainer2"],
                Some("advies2"),
                10,
            ),
            (
                "signaleren",
                "Signaleren en melden",
                &["advies1", "advies2"],
                None,
                10,
            ),
            (
                "leiding",
                "Leidinggeven aan veiligheid",
                &["manager"],
                None,
                10,
            ),
            ("oud", "Signaleren (najaar)", &["trainer"], None, 120),
            (
                "lopend",
                "Veilig in gesprek (lopend)",
                &["trainer"],
                None,
                -20,
            ),
        ],
    },
    Cast {
        slug: "livp",
        name: "Landelijk Instituut Vertrouwenspersonen (demo)",
        prefix: "LIVP",
        colour: "#1f5a7a",
        policy: LIVP,
        people: &[
            ("trainer1", "Daan Docent", &[Role::Handler, Role::Trainer]),
            ("trainer2", "Eva Educator", &[Role::Handler, Role::Trainer]),
            (
                "trainer3",
                "Fleur Facilitator",
                &[Role::Handler, Role::Trainer],
            ),
            ("extern", "Ezra Extern", &[Role::ExternalHandler]),
            ("arbiter", "Olaf Onafhankelijk", &[Role::Arbiter]),
            ("arbiter2", "Petra Onpartijdig", &[Role::Arbiter]),
            ("leiding", "Lars Leidinggevende", &[Role::Manager]),
            ("commissie", "Cora Commissielid", &[Role::CommitteeMember]),
            ("admin", "Anton Administratie", &[Role::Administrator]),
            ("admin2", "Bea Bureau", &[Role::Administrator]),
            ("analist", "Ilse Inzicht", &[Role::Analyst]),
            ("stem", "Victor Vertegenwoordiger", &[Role::Representative]),
            ("klager", "Kees Klager", &[]),
            ("standin", "Sara Standin", &[]),
        ],
        stand_in: "standin",
        courses: &[
            (
                "basis",
                "Basisopleiding vertrouwenspersoon",
                &["trainer1"],
                None,
                10,
            ),
            (
                "duo",
                "Verdieping in duo",
                &["trainer1", "trainer2"],
                None,
                10,
            ),
            (
                "allen",
                "Landelijke studiedag",
                &["trainer1", "trainer2", "trainer3"],
                None,
                10,
            ),
            (
                "bureau",
                "Werken op het bureau",
                &["trainer1", "admin"],
                None,
                10,
            ),
        ],
    },
];

/// Makes the two organisations, or finds them as they were made before.
///
/// # Errors
/// As every use case.
pub async fn build(service: &Service) -> Result<World, ServiceError> {
    build_at(service, service.procedure_now()).await
}

/// The same, with the courses and regulations that they have at an instant.
pub(super) async fn build_at(
    service: &Service,
    present: DateTime<Utc>,
) -> Result<World, ServiceError> {
    let mut world = World::default();
    for cast in &CASTS {
        match service.tenant_by_slug(cast.slug).await? {
            Some(tenant) => find(service, cast, tenant.id, &mut world).await?,
            None => make(service, cast, present, &mut world).await?,
        }
    }
    Ok(world)
}

/// An address, a number and a mailbox that nobody has.
fn contact(cast: &Cast) -> ContactDetails {
    ContactDetails {
        postal_address: Some(format!("{}\nPostbus 1\n0000 AA Voorbeeldstad", cast.name)),
        telephone: Some("+31000000000".to_owned()),
        email: Some(address(cast, "klachten")),
    }
}

async fn make(
    service: &Service,
    cast: &Cast,
    now: DateTime<Utc>,
    world: &mut World,
) -> Result<(), ServiceError> {
    let tenant = service
        .create_tenant(NewTenant {
            slug: cast.slug.to_owned(),
            name: cast.name.to_owned(),
            settings: TenantSettings {
                time_zone: Amsterdam,
                locale: Locale::Nl,
                reference_prefix: cast.prefix.to_owned(),
                colour: cast.colour.to_owned(),
                stand_in: None,
                requires_second_factor: false,
                allowed_origins: Vec::new(),
                contact: contact(cast),
                mail: MailSettings::default(),
                reminder_hour: Hour::default(),
                recurrence_months: wederhoor_service::RECURRENCE_MONTHS,
                smallest_told: wederhoor_service::SMALLEST_TOLD,
            },
        })
        .await?;
    let since = now.checked_sub_months(Months::new(24)).unwrap_or(now);
    service
        .publish(
            tenant,
            &PolicySource::Toml(cast.policy.to_owned()),
            None,
            since,
        )
        .await?;
    let mut ids = BTreeMap::new();
    for (key, name, roles) in cast.people {
        let input = MemberInput {
            name: (*name).to_owned(),
            email: Some(address(cast, key)),
            roles: roles.iter().copied().collect(),
            locale: Locale::Nl,
            active_from: None,
            active_until: None,
        };
        ids.insert(
            *key,
            service.add_member(tenant, &input, Some(PASSWORD)).await?,
        );
    }
    service
        .set_stand_in(tenant, ids.get(cast.stand_in).copied())
        .await?;
    add_courses(service, cast, tenant, now, &ids).await?;
    find(service, cast, tenant, world).await
}

async fn add_courses(
    service: &Service,
    cast: &Cast,
    tenant: TenantId,
    now: DateTime<Utc>,
    ids: &BTreeMap<&str, MemberId>,
) -> Result<(), ServiceError> {
    for (_, title, trainers, organiser, days_ago) in cast.courses {
        let ended = day(now.with_timezone(&Amsterdam).date_naive(), *days_ago);
        let input = CourseInput {
            title: (*title).to_owned(),
            code: None,
            organiser: organiser.and_then(|key| ids.get(key).copied()),
            sessions: vec![day(ended, 14), day(ended, 7), ended],
            trainers: trainers
                .iter()
                .filter_map(|key| ids.get(key).copied())
                .collect(),
            is_open: true,
        };
        service.add_course(tenant, &input).await?;
    }
    Ok(())
}

/// Reads back what is there, by the names and titles of the cast.
async fn find(
    service: &Service,
    cast: &Cast,
    tenant: TenantId,
    world: &mut World,
) -> Result<(), ServiceError> {
    world.tenants.push((tenant, cast.slug.to_owned()));
    let roster = service.roster(tenant).await?;
    for (key, name, roles) in cast.people {
        let email = address(cast, key);
        let known = roster
            .members
            .iter()
            .find(|member| member.email.as_deref() == Some(email.as_str()));
        world.people.extend(known.map(|member| Person {
            key: (*key).to_owned(),
            organisation: cast.slug.to_owned(),
            id: member_id(member.id),
            name: (*name).to_owned(),
            email: email.clone(),
            roles: roles.to_vec(),
        }));
    }
    for (key, title, ..) in cast.courses {
        let known = roster.courses.iter().find(|course| course.title == *title);
        world.courses.extend(known.and_then(|course| {
            let (organisation, ends_on) = (cast.slug.to_owned(), course.ended_on?);
            Some(Course {
                key: (*key).to_owned(),
                organisation,
                id: course_id(course.id),
                title: course.title.clone(),
                ends_on,
            })
        }));
    }
    Ok(())
}

fn address(cast: &Cast, key: &str) -> String {
    format!("{key}@{}.example", cast.slug)
}

fn day(from: NaiveDate, days_ago: i64) -> NaiveDate {
    let days = Days::new(days_ago.unsigned_abs());
    let moved = if days_ago >= 0 {
        from.checked_sub_days(days)
    } else {
        from.checked_add_days(days)
    };
    moved.unwrap_or(from)
}
