//! Courses, closing days and informal contacts.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::NaiveDate;
use wederhoor_service::{CourseInput as Course, CourseRecord, InformalContactInput, ServiceError};

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{
    input::Check,
    object::{course, informal::InformalContact},
    scalar::{Date, GivenDate},
};

/// How many sessions a course may have.
const MOST_SESSIONS: usize = 200;

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AddCourseInput {
    /// What is written of the course.
    course: CourseInput,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ChangeCourseInput {
    /// The course.
    course_id: ID,
    /// What is written of it, in place of what was.
    course: CourseInput,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// A training activity or course (*cursus*).
#[derive(InputObject)]
pub(crate) struct CourseInput {
    /// What it is called; at most 200 characters.
    title: String,
    /// The organisation's own mark.
    code: Option<String>,
    /// The days of its sessions: a filing window starts at the last.
    #[graphql(default)]
    session_days: Vec<GivenDate>,
    /// Who trains it (*trainers*); conflicts of interest follow at once.
    #[graphql(default)]
    trainer_ids: Vec<ID>,
    /// Who organised it (*organisator*).
    organiser_id: Option<ID>,
    /// Whether the complaint form offers it.
    #[graphql(default = true)]
    is_open: bool,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct AddClosingDayInput {
    /// The day.
    on: GivenDate,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RemoveClosingDayInput {
    /// The day.
    on: GivenDate,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RecordInformalContactInput {
    /// The day of the contact; it has been.
    contact_on: GivenDate,
    /// The course it was about.
    course_id: Option<ID>,
    /// Whether the person was invited to put it in writing. Where the regulation has a rule of it, so they must be while
    /// still dissatisfied.
    is_invited: bool,
    /// Whether the talk settled it: nobody is left dissatisfied.
    #[graphql(default)]
    is_settled: bool,
    /// What was said; at most 20,000 characters.
    note: String,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(AddCoursePayload {
    /// The course; `null` when nothing was done.
    course: course::Course
});
payload!(ChangeCoursePayload {
    /// The course as it stands now; `null` when nothing was done.
    course: course::Course
});
payload!(AddClosingDayPayload {
    /// The day; `null` when nothing was done.
    closing_day: Date
});
payload!(RemoveClosingDayPayload {
    /// The day; `null` when nothing was done.
    closing_day: Date
});
payload!(RecordInformalContactPayload {
    /// The contact; `null` when nothing was done.
    informal_contact: InformalContact
});

impl From<CourseRecord> for course::Course {
    fn from(record: CourseRecord) -> Self {
        Self(Arc::new(record))
    }
}

#[derive(Default)]
pub(crate) struct CourseMutations;

#[Object]
impl CourseMutations {
    /// Adds a course with its sessions and trainers (*cursus toevoegen*); for administrators.
    async fn add_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] input: AddCourseInput,
    ) -> Answer<AddCoursePayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let mut check = Check::default();
            let course = check.within("course", |check| input.course.checked(check));
            let (course, faults) = check.with_faults(course);
            let saved = Box::pin(keyed(ctx, key)?.save_course(None, &course, &faults)).await;
            AddCoursePayload::of(ctx, saved)
        })
        .await
    }

    /// Writes a course over (*cursus wijzigen*); for administrators. A roster that changes moves conflicts of interest at
    /// once.
    async fn change_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course, and what is written of it.")] input: ChangeCourseInput,
    ) -> Answer<ChangeCoursePayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let mut check = Check::default();
            let id = check.id("courseId", &input.course_id);
            let course = check.within("course", |check| input.course.checked(check));
            let (course, faults) = check.with_faults(course);
            let saved = Box::pin(keyed(ctx, key)?.save_course(Some(id), &course, &faults)).await;
            ChangeCoursePayload::of(ctx, saved)
        })
        .await
    }

    /// Adds a day on which the organisation is closed (*sluitingsdag*); for administrators. It never shortens a term that
    /// was announced to a complainant, nor lengthens one of the organisation that runs.
    async fn add_closing_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which day.")] input: AddClosingDayInput,
    ) -> Answer<AddClosingDayPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let added = match closing_day(input.on) {
                Ok(on) => {
                    let added = Box::pin(keyed(ctx, key)?.add_closing_day(on)).await;
                    added.map(|()| Date(on))
                }
                Err(error) => Err(error),
            };
            AddClosingDayPayload::of(ctx, added)
        })
        .await
    }

    /// Takes a closing day away; for administrators.
    async fn remove_closing_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which day.")] input: RemoveClosingDayInput,
    ) -> Answer<RemoveClosingDayPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let removed = match closing_day(input.on) {
                Ok(on) => {
                    let removed = Box::pin(keyed(ctx, key)?.remove_closing_day(on)).await;
                    removed.map(|()| Date(on))
                }
                Err(error) => Err(error),
            };
            RemoveClosingDayPayload::of(ctx, removed)
        })
        .await
    }

    /// Logs dissatisfaction that was not put in writing (*informeel contact*): no term runs.
    async fn record_informal_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was talked over, and when.")] input: RecordInformalContactInput,
    ) -> Answer<RecordInformalContactPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let recorded = match input.checked() {
                Ok(contact) => Box::pin(keyed(ctx, key)?.record_informal_contact(&contact)).await,
                Err(error) => Err(error),
            };
            RecordInformalContactPayload::of(ctx, recorded)
        })
        .await
    }
}

fn closing_day(on: GivenDate) -> Result<NaiveDate, ServiceError> {
    let mut check = Check::default();
    let on = check.day("on", on);
    check.finish(on)
}

impl CourseInput {
    fn checked(self, check: &mut Check) -> Course {
        Course {
            title: check.line("title", &self.title),
            code: check.optional_line("code", self.code.as_deref()),
            organiser: check.optional_id("organiserId", self.organiser_id.as_ref()),
            sessions: check.days("sessionDays", MOST_SESSIONS, &self.session_days),
            trainers: check.ids("trainerIds", &self.trainer_ids),
            is_open: self.is_open,
        }
    }
}

impl RecordInformalContactInput {
    fn checked(self) -> Result<InformalContactInput, ServiceError> {
        let mut check = Check::default();
        let contact = InformalContactInput {
            contact_on: check.day("contactOn", self.contact_on),
            course: check.optional_id("courseId", self.course_id.as_ref()),
            is_invited: self.is_invited,
            is_settled: self.is_settled,
            note: check.long_text("note", self.note),
        };
        check.finish(contact)
    }
}
