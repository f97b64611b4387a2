//! Courses with their sessions and trainers: what conflicts of interest rest on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;
use wederhoor_procedure::{CourseId, MemberId, TenantId, actor::Role, is_blank};
use wederhoor_store::{AccountEvent, ComplaintFilter, CourseRecord, SessionDay, WriteTx};

use super::member_is_unknown;
use crate::{
    InputCode, InputFault, Request, Service, ServiceError,
    attempt::{Attempt, until_first},
    repetition::Begun,
};

/// A course as the administration writes it.
#[derive(Clone, Debug)]
pub struct CourseInput {
    /// What it is called.
    pub title: String,
    /// The tenant's own mark.
    pub code: Option<String>,
    /// Who organised it.
    pub organiser: Option<MemberId>,
    /// The days of its sessions.
    pub sessions: Vec<NaiveDate>,
    /// Its trainers.
    pub trainers: Vec<MemberId>,
    /// Whether the form offers it.
    pub is_open: bool,
}

/// A new course, or the one it is written over.
pub type NewCourse = Option<CourseId>;

impl Request {
    /// At most `limit` courses older than `before`, newest first.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn courses(
        &self,
        before: Option<CourseId>,
        limit: u64,
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        self.require_treating().await?;
        Ok(self
            .reading()
            .await?
            .tx
            .courses(false, before, limit)
            .await?)
    }

    /// How many courses there are.
    ///
    /// # Errors
    /// `NotAllowed` for anyone who does not treat complaints.
    pub async fn count_courses(&self) -> Result<u64, ServiceError> {
        self.require_treating().await?;
        Ok(self.reading().await?.tx.count_courses().await?)
    }

    /// These courses.
    pub async fn courses_by_ids(
        &self,
        ids: &[CourseId],
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.reading().await?.tx.courses_by_ids(ids).await?)
    }

    /// What these courses are called.
    pub async fn course_titles(
        &self,
        ids: &[CourseId],
    ) -> Result<BTreeMap<CourseId, String>, ServiceError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        Ok(self.reading().await?.tx.course_titles(ids).await?)
    }

    /// Adds a course, or writes one over; conflicts of interest follow at once. What is `known` already to be wrong with
    /// the input is told beside the rest.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn save_course(
        &self,
        id: NewCourse,
        input: &CourseInput,
        known: &[InputFault],
    ) -> Result<CourseRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        until_first(|| self.save_course_once(id, input, known)).await
    }

    async fn save_course_once(
        &self,
        id: NewCourse,
        input: &CourseInput,
        known: &[InputFault],
    ) -> Result<CourseRecord, Attempt> {
        let what = match id {
            Some(_) => AccountEvent::CourseChanged,
            None => AccountEvent::CourseAdded,
        };
        let tx = match self.begin_around(what, &(id, input)).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(answer) => {
                let known = [serde_json::from_value(answer)?];
                let course = self.courses_by_ids(&known).await?.pop();
                return Ok(course.ok_or(ServiceError::NotFound)?);
            }
        };
        ServiceError::unless_faultless(known, &faults(&tx, input).await?)?;
        let course = self.service().course_record(id, input)?;
        self.before_change(&tx).await?;
        let is_there = match id {
            None => tx.insert_course(course.clone()).await.map(|()| true)?,
            Some(_) => tx.update_course(course.clone()).await?,
        };
        if !is_there {
            return Err(ServiceError::NotFound.into());
        }
        let about = ComplaintFilter {
            course_id: Some(course.id),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, &about, &json!(course.id))
            .await?;
        Ok(course)
    }
}

/// What is wrong with what is written of a course, all of it: whom it names must be known here.
async fn faults(tx: &WriteTx, input: &CourseInput) -> Result<Vec<InputFault>, ServiceError> {
    let mut faults: Vec<_> = blank_title(input).into_iter().collect();
    let named: Vec<MemberId> = input
        .trainers
        .iter()
        .copied()
        .chain(input.organiser)
        .collect();
    let known = tx.members_by_ids(&named).await?;
    let is_unknown = |id: &MemberId| known.iter().all(|member| member.id != *id);
    let trainers = input.trainers.iter().enumerate();
    let unknown = trainers.filter(|(_, id)| is_unknown(id));
    let each = unknown.map(|(place, _)| member_is_unknown(&format!("course.trainerIds.{place}")));
    faults.extend(each);
    if input.organiser.iter().any(is_unknown) {
        faults.push(member_is_unknown("course.organiserId"));
    }
    Ok(faults)
}

fn blank_title(input: &CourseInput) -> Option<InputFault> {
    let (nl, en) = ("Vul een titel in.", "Fill in a title.");
    let fault = || InputFault::at(InputCode::Required, "course.title", nl, en);
    is_blank(&input.title).then(fault)
}

impl Service {
    /// Adds a course: for the demo.
    ///
    /// # Errors
    /// `Invalid` when a trainer is unknown.
    pub async fn add_course(
        &self,
        tenant: TenantId,
        input: &CourseInput,
    ) -> Result<CourseId, ServiceError> {
        let course = self.course_record(None, input)?;
        let id = course.id;
        let tx = self.store().tenant(tenant).write().await?;
        tx.hold_surroundings().await?;
        tx.insert_course(course).await?;
        tx.commit().await?;
        Ok(id)
    }

    fn course_record(
        &self,
        id: NewCourse,
        input: &CourseInput,
    ) -> Result<CourseRecord, ServiceError> {
        if let Some(fault) = blank_title(input) {
            return Err(ServiceError::Invalid(vec![fault]));
        }
        let days: BTreeSet<NaiveDate> = input.sessions.iter().copied().collect();
        let sessions = days.into_iter().map(|held_on| SessionDay {
            id: self.new_id(),
            held_on,
        });
        Ok(CourseRecord {
            id: id.unwrap_or_else(|| CourseId(self.new_id())),
            title: input.title.trim().to_owned(),
            code: input.code.clone(),
            ended_on: input.sessions.iter().max().copied(),
            organiser_id: input.organiser,
            is_open: input.is_open,
            created_at: self.real_now(),
            sessions: sessions.collect(),
            trainers: input
                .trainers
                .iter()
                .copied()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        })
    }
}
