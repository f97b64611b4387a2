//! Courses with their sessions and trainers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Order};
use uuid::Uuid;
use wederhoor_procedure::{CourseId, MemberId};

use crate::entity::{course, course_session, course_trainer};
use crate::{ReadTx, StoreError, WriteTx};

/// A course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseRecord {
    /// Its id.
    pub id: CourseId,
    /// What it is called.
    pub title: String,
    /// The tenant's own mark.
    pub code: Option<String>,
    /// Its last day.
    pub ended_on: Option<NaiveDate>,
    /// Who organised it.
    pub organiser_id: Option<MemberId>,
    /// Whether complaints can still choose it.
    pub is_open: bool,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
    /// Its sessions by day; their ids are the caller's.
    pub sessions: Vec<SessionDay>,
    /// Its trainers.
    pub trainers: Vec<MemberId>,
}

/// A day on which a course was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionDay {
    /// Its id.
    pub id: Uuid,
    /// The day.
    pub held_on: NaiveDate,
}

impl ReadTx {
    /// At most `limit` courses older than `before`, newest first.
    pub async fn courses(
        &self,
        only_open: bool,
        before: Option<CourseId>,
        limit: u64,
    ) -> Result<Vec<CourseRecord>, StoreError> {
        let mut list = self.scope.find::<course::Entity>();
        if only_open {
            list = list.filter(course::Column::IsOpen.eq(true));
        }
        if let Some(before) = before {
            list = list.filter(course::Column::Id.lt(before.0));
        }
        let rows = list
            .order(course::Column::Id, Order::Desc)
            .limit(limit)
            .all()
            .await?;
        self.with_details(rows).await
    }

    /// How many courses there are.
    pub async fn count_courses(&self) -> Result<u64, StoreError> {
        self.scope.find::<course::Entity>().count().await
    }

    /// These courses, in no order; what does not exist is missing.
    pub async fn courses_by_ids(&self, ids: &[CourseId]) -> Result<Vec<CourseRecord>, StoreError> {
        let mine = course::Column::Id.is_in(ids.iter().map(|id| id.0));
        let rows = self
            .scope
            .find::<course::Entity>()
            .filter(mine)
            .all()
            .await?;
        self.with_details(rows).await
    }

    /// The course itself, and all that are called so too: it was given more than once.
    pub async fn editions(&self, id: CourseId) -> Result<Vec<CourseId>, StoreError> {
        let Some(course) = self.course_titles(&[id]).await?.remove(&id) else {
            return Ok(vec![id]);
        };
        let alike = course::Column::Title.eq(course);
        let rows = self.scope.find::<course::Entity>().filter(alike).all();
        Ok(rows
            .await?
            .into_iter()
            .map(|row| CourseId(row.id))
            .collect())
    }

    /// What these courses are called.
    pub async fn course_titles(
        &self,
        ids: &[CourseId],
    ) -> Result<BTreeMap<CourseId, String>, StoreError> {
        let mine = course::Column::Id.is_in(ids.iter().map(|id| id.0));
        let rows = self.scope.find::<course::Entity>().filter(mine).all();
        let titled = |row: course::Model| (CourseId(row.id), row.title);
        Ok(rows.await?.into_iter().map(titled).collect())
    }

    /// What every course is called.
    pub async fn all_course_titles(&self) -> Result<BTreeMap<CourseId, String>, StoreError> {
        let rows = self.scope.find::<course::Entity>().all();
        let titled = |row: course::Model| (CourseId(row.id), row.title);
        Ok(rows.await?.into_iter().map(titled).collect())
    }

    /// One course.
    pub async fn course(&self, id: CourseId) -> Result<Option<CourseRecord>, StoreError> {
        Ok(self.courses_by_ids(&[id]).await?.pop())
    }

    async fn with_details(
        &self,
        rows: Vec<course::Model>,
    ) -> Result<Vec<CourseRecord>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut sessions: BTreeMap<Uuid, Vec<SessionDay>> = BTreeMap::new();
        let held = self
            .scope
            .find::<course_session::Entity>()
            .filter(course_session::Column::CourseId.is_in(ids.clone()))
            .order(course_session::Column::HeldOn, Order::Asc)
            .order(course_session::Column::Id, Order::Asc);
        for row in held.all().await? {
            let day = SessionDay {
                id: row.id,
                held_on: row.held_on,
            };
            sessions.entry(row.course_id).or_default().push(day);
        }
        let mut trainers: BTreeMap<Uuid, Vec<MemberId>> = BTreeMap::new();
        let given = self
            .scope
            .find::<course_trainer::Entity>()
            .filter(course_trainer::Column::CourseId.is_in(ids))
            .order(course_trainer::Column::MemberId, Order::Asc);
        for row in given.all().await? {
            trainers
                .entry(row.course_id)
                .or_default()
                .push(MemberId(row.member_id));
        }
        let courses = rows.into_iter().map(|row| CourseRecord {
            id: CourseId(row.id),
            sessions: sessions.remove(&row.id).unwrap_or_default(),
            trainers: trainers.remove(&row.id).unwrap_or_default(),
            title: row.title,
            code: row.code,
            ended_on: row.ended_on,
            organiser_id: row.organiser_id.map(MemberId),
            is_open: row.is_open,
            created_at: row.created_at,
        });
        Ok(courses.collect())
    }
}

impl WriteTx {
    /// Adds a course with its sessions and trainers.
    ///
    /// # Errors
    /// `Dangling` when a trainer or the organiser does not exist.
    pub async fn insert_course(&self, course: CourseRecord) -> Result<(), StoreError> {
        self.scope.insert(row(&course)).await?;
        self.insert_details(course).await
    }

    /// Writes the course, its sessions and its trainers over the one with its id; says whether there was one.
    ///
    /// # Errors
    /// `Dangling` when a trainer or the organiser does not exist.
    pub async fn update_course(&self, course: CourseRecord) -> Result<bool, StoreError> {
        let id = course.id.0;
        let mut row = row(&course);
        row.id = NotSet;
        row.created_at = NotSet;
        let mine = course::Column::Id.eq(id);
        if self
            .scope
            .update::<course::Entity>()
            .set_all(row)
            .filter(mine)
            .run()
            .await?
            == 0
        {
            return Ok(false);
        }
        let held = course_session::Column::CourseId.eq(id);
        self.scope
            .delete::<course_session::Entity>()
            .filter(held)
            .run()
            .await?;
        let given = course_trainer::Column::CourseId.eq(id);
        self.scope
            .delete::<course_trainer::Entity>()
            .filter(given)
            .run()
            .await?;
        self.insert_details(course).await?;
        Ok(true)
    }

    async fn insert_details(&self, course: CourseRecord) -> Result<(), StoreError> {
        let id = course.id.0;
        let sessions = course
            .sessions
            .into_iter()
            .map(|day| course_session::ActiveModel {
                course_id: Set(id),
                id: Set(day.id),
                held_on: Set(day.held_on),
                ..Default::default()
            });
        self.scope.insert_all(sessions).await?;
        let trainers = course
            .trainers
            .into_iter()
            .map(|member| course_trainer::ActiveModel {
                course_id: Set(id),
                member_id: Set(member.0),
                ..Default::default()
            });
        self.scope.insert_all(trainers).await
    }
}

fn row(course: &CourseRecord) -> course::ActiveModel {
    course::ActiveModel {
        id: Set(course.id.0),
        title: Set(course.title.clone()),
        code: Set(course.code.clone()),
        ended_on: Set(course.ended_on),
        organiser_id: Set(course.organiser_id.map(|id| id.0)),
        is_open: Set(course.is_open),
        created_at: Set(course.created_at),
        ..Default::default()
    }
}
