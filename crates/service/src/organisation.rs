//! What anyone may know of an organisation: its name, its form, its procedure.

use std::sync::Arc;

use chrono::NaiveDate;
use wederhoor_procedure::{
    CourseId, calendar::Derivation, decide::filing_window, facts::Facts, policy::Policy,
};

use crate::{
    Request, ServiceError, Tenant,
    calendar::calendar_of,
    facts::{course_facts, policy_version},
    limits::Challenge,
};

/// How many courses the form offers at most.
const MOST_COURSES: u64 = 200;

/// An organisation as its public form needs it.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// The tenant.
    pub tenant: Arc<Tenant>,
    /// The regulation in force now; `None` while none was published.
    pub policy: Option<Arc<Policy>>,
    /// Courses to choose from, newest first.
    pub courses: Vec<OpenCourse>,
    /// What who files as nobody in particular works out first; `None`: nothing.
    pub challenge: Option<Challenge>,
}

/// A course to choose in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCourse {
    /// Which.
    pub id: CourseId,
    /// What it is called.
    pub title: String,
    /// Its last day as organised.
    pub ends_on: Option<NaiveDate>,
    /// Until when a complaint about it may be filed.
    pub filing_window: Option<Derivation>,
}

impl Request {
    /// What anyone may know of an organisation; `None` when there is none of that name.
    pub async fn organisation(&self, slug: &str) -> Result<Option<Organisation>, ServiceError> {
        self.concerns_slug(slug);
        let _alone = self.alone().await;
        let service = self.service();
        let Some(tenant) = service.tenant_by_slug(slug).await? else {
            return Ok(None);
        };
        tenant.require_active()?;
        let tx = service.store().tenant(tenant.id).read().await?;
        let Some(record) = tx.policy_at(self.now()).await? else {
            return Ok(Some(Organisation {
                tenant,
                policy: None,
                courses: Vec::new(),
                challenge: None,
            }));
        };
        let policy = policy_version(service, &tx, record.id).await?;
        let calendar = calendar_of(&tx, &tenant)
            .await?
            .with_good_friday_closed(policy.closed_on_good_friday);
        let people = Facts {
            calendar,
            members: std::collections::BTreeMap::new(),
            course: None,
            stand_in: None,
            repeats: std::collections::BTreeMap::new(),
        };
        let courses = tx.courses(true, None, MOST_COURSES).await?;
        let courses = courses.into_iter().map(|record| {
            let course = course_facts(&record);
            let ends_on = course.ends_on;
            let about = Facts {
                course: Some(course),
                ..people.clone()
            };
            let filing_window = filing_window(&policy, &about, None);
            OpenCourse {
                id: record.id,
                title: record.title,
                ends_on,
                filing_window,
            }
        });
        let courses = courses.collect();
        let challenge = service.intake_challenge(tenant.id);
        Ok(Some(Organisation {
            tenant,
            policy: Some(policy),
            courses,
            challenge,
        }))
    }
}
