//! Courses with their sessions and trainers: what conflicts of interest rest on.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use wederhoor_procedure::{CourseId, MemberId, TenantId, actor::Role};
use wederhoor_store::{ComplaintFilter, CourseRecord, MemberRecord, SessionDay};

use crate::{InputCode, Request, Service, ServiceError};

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
    /// `NotAllowed` for anyone without an office.
    pub async fn courses(
        &self,
        before: Option<CourseId>,
        limit: u64,
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        self.require_office()?;
        Ok(self
            .reading()
            .await?
            .tx
            .courses(false, before, limit)
            .await?)
    }

    /// These courses.
    ///
    /// # Errors
    /// As every use case.
    pub async fn courses_by_ids(
        &self,
        ids: &[CourseId],
    ) -> Result<Vec<CourseRecord>, ServiceError> {
        Ok(self.reading().await?.tx.courses_by_ids(ids).await?)
    }

    /// Adds a course, or writes one over; conflicts of interest follow at once.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound`, `Invalid`.
    pub async fn save_course(
        &self,
        id: NewCourse,
        input: &CourseInput,
    ) -> Result<CourseRecord, ServiceError> {
        self.require_role(Role::Administrator)?;
        let course = self.service().course_record(id, input)?;
        let tx = self.writing().await?;
        require_known(&tx.members().await?, &course)?;
        let saved = match id {
            None => tx.insert_course(course.clone()).await.map(|()| true),
            Some(_) => tx.update_course(course.clone()).await,
        };
        match saved {
            Ok(true) => {}
            Ok(false) => return Err(ServiceError::NotFound),
            Err(other) => return Err(other.into()),
        }
        let about = ComplaintFilter {
            course_id: Some(course.id),
            ..ComplaintFilter::default()
        };
        self.review_and_commit(tx, about).await?;
        Ok(course)
    }
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
        tx.insert_course(course).await?;
        tx.commit().await?;
        Ok(id)
    }

    fn course_record(
        &self,
        id: NewCourse,
        input: &CourseInput,
    ) -> Result<CourseRecord, ServiceError> {
        if input.title.trim().is_empty() {
            return Err(ServiceError::invalid(
                InputCode::Required,
                "title",
                "Vul een titel in.",
                "Fill in a title.",
            ));
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

/// Refuses an organiser or a trainer who is not here, each in the field that names them.
fn require_known(members: &[MemberRecord], course: &CourseRecord) -> Result<(), ServiceError> {
    let is_unknown = |id: &MemberId| members.iter().all(|member| member.id != *id);
    let organiser = course.organiser_id.filter(is_unknown);
    let trainer = course.trainers.iter().any(is_unknown);
    let path = match (organiser, trainer) {
        (Some(_), _) => "course.organiserId",
        (None, true) => "course.trainerIds",
        (None, false) => return Ok(()),
    };
    let (nl, en) = (
        "Deze persoon is hier niet bekend.",
        "This person is not known here.",
    );
    Err(ServiceError::invalid(InputCode::Unknown, path, nl, en))
}
