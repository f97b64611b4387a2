//! The overview of a working morning: what is due, to everybody who treats complaints or administers them and has something
//! to do. It names what stands in their work queue by their office, by reference, kind and last day.

use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_letters::{Digest, DigestItem, DigestMeasure, Sender, WordedKind};
use wederhoor_procedure::{actor::Role, calendar::Calendar};
use wederhoor_store::{
    ComplaintFilter, ComplaintOrder, DueMeasureRecord, LetterChannel, MemberRecord, OutboxDraft,
    ReadTx, WorkBounds, WorkFilter, WorkKind, WriteTx,
};

use crate::{
    Request, Service, ServiceError, Tenant, WorkItem,
    calendar::calendar_of,
    complaints::{queue, vacant, work_of},
    dossier::viewer_of,
    facts::{is_out_on, known, roles_on},
    identity::bounds,
    letters::{LetterRecord, Wordings},
};

/// What the letter is called.
const KIND: WordedKind = WordedKind::Digest;
/// How many deadlines one overview names, and how many measures; the rest it counts.
const MOST: u64 = 50;
/// How many complaints that nobody handles it names: none is left out of a year's, so that nobody overlooks one.
const MOST_UNASSIGNED: u64 = 500;
/// Who treats complaints or administers them.
const OFFICES: [Role; 6] = [
    Role::Handler,
    Role::ExternalHandler,
    Role::Manager,
    Role::CommitteeMember,
    Role::Arbiter,
    Role::Administrator,
];

/// What one member is told.
struct Overview {
    due: Vec<WorkItem>,
    unassigned: Vec<String>,
    measures: Vec<DueMeasureRecord>,
    more_measures: u64,
    /// What it does not name beside measures.
    more: u64,
}

/// What of the time to come an overview tells: all until its week ends, and what ends before there is another, after days on which
/// the organisation is closed.
#[derive(Clone, Copy)]
struct Reach {
    until: WorkBounds,
    week_ends_on: NaiveDate,
}

impl Reach {
    fn of(now: DateTime<Utc>, today: NaiveDate, next_on: NaiveDate) -> Self {
        let week = bounds(now, today);
        let last = next_on.pred_opt().unwrap_or(today);
        Self {
            until: WorkBounds {
                week_ends_on: last.max(week.week_ends_on),
                ..week
            },
            week_ends_on: week.week_ends_on,
        }
    }
}

impl Service {
    /// Plans the next overview of a tenant, unless one is planned for earlier.
    pub(crate) async fn plan_digest(
        &self,
        tx: &WriteTx,
        tenant: &Tenant,
    ) -> Result<(), ServiceError> {
        let now = self.procedure_now();
        let calendar = self.open_days(tx, tenant, now).await?;
        let next = calendar.next_morning(now, tenant.settings.reminder_hour);
        let subject = tenant.id.0;
        Ok(tx.schedule_by(WorkKind::Digest, subject, next).await?)
    }

    /// The days of a tenant, as the regulation that is in force has them.
    pub(crate) async fn open_days(
        &self,
        tx: &ReadTx,
        tenant: &Tenant,
        now: DateTime<Utc>,
    ) -> Result<Calendar, ServiceError> {
        let calendar = calendar_of(tx, tenant).await?;
        let Some(record) = tx.policy_at(now).await? else {
            return Ok(calendar);
        };
        let policy = known(self, tx, record)?;
        Ok(calendar.with_good_friday_closed(policy.closed_on_good_friday))
    }
}

impl Request {
    /// Writes the overviews of today, and plans the next: after days off there is one and not one for each.
    pub(crate) async fn digest(&self) -> Result<(), ServiceError> {
        let (service, tenant, now) = (self.service(), self.tenant().await?, self.now());
        let read = service.store().tenant(tenant.id).read().await?;
        let calendar = service.open_days(&read, &tenant, now).await?;
        let (today, hour) = (calendar.local_date(now), tenant.settings.reminder_hour);
        let is_morning = calendar.is_working_day(today) && calendar.at_hour(today, hour) <= now;
        let next = calendar.next_morning(now, hour);
        let letters = if is_morning {
            let reach = Reach::of(now, today, calendar.local_date(next));
            self.overviews(&read, &tenant, reach).await?
        } else {
            Vec::new()
        };
        drop(read);
        let tx = self.writing().await?;
        // Of two workers the second finds it planned for another day.
        let planned = tx.hold(WorkKind::Digest, tenant.id.0).await?;
        if planned.is_none_or(|due| due > now) {
            return Ok(());
        }
        tx.insert_letters(letters).await?;
        tx.schedule(WorkKind::Digest, tenant.id.0, Some(next))
            .await?;
        Ok(tx.commit().await?)
    }

    async fn overviews(
        &self,
        tx: &ReadTx,
        tenant: &Tenant,
        reach: Reach,
    ) -> Result<Vec<OutboxDraft>, ServiceError> {
        let wordings = Wordings::read(tx, [KIND]).await?;
        let measures = tx.count_measures_due(reach.until.week_ends_on).await?;
        let mut letters = Vec::new();
        for member in tx.members().await? {
            let own = measures.get(&member.id).copied().unwrap_or_default();
            let around = (tenant, &wordings);
            letters.extend(self.overview_of(tx, around, &member, own, reach).await?);
        }
        Ok(letters)
    }

    /// The overview of one member, if they are to have one.
    async fn overview_of(
        &self,
        tx: &ReadTx,
        (tenant, wordings): (&Tenant, &Wordings),
        member: &MemberRecord,
        measures: u64,
        reach: Reach,
    ) -> Result<Option<OutboxDraft>, ServiceError> {
        let by = reach.until;
        let stands_in = tenant.settings.stand_in == Some(member.id);
        let holds_office = OFFICES
            .iter()
            .any(|office| roles_on(member, by.today).contains(office));
        if is_out_on(member, by.today) || !(holds_office || stands_in || measures > 0) {
            return Ok(None);
        }
        let Some(address) = member.email.clone() else {
            return Ok(None);
        };
        let overview = self.overview(tx, member, measures, by).await?;
        Ok(overview.map(|overview| {
            let sender = wordings.sender(tenant, KIND, member.locale);
            self.written(sender, member, address, &overview, reach)
        }))
    }

    /// An overview that goes out now, and any other letter that is about no complaint as it is. `None` of an overview of an earlier day,
    /// which the next working morning overtakes, and of one that says something else by now or goes elsewhere: it goes so.
    pub(crate) async fn overview_as_it_goes(
        &self,
        letter: LetterRecord,
    ) -> Result<Option<LetterRecord>, ServiceError> {
        if letter.draft.kind != KIND.code() {
            return Ok(Some(letter));
        }
        let (service, tenant, now) = (self.service(), self.tenant().await?, self.now());
        let tx = service.store().tenant(tenant.id).read().await?;
        let calendar = service.open_days(&tx, &tenant, now).await?;
        let today = calendar.local_date(now);
        let next = calendar.next_morning(now, tenant.settings.reminder_hour);
        let reach = Reach::of(now, today, calendar.local_date(next));
        let is_of_today = calendar.local_date(letter.draft.created_at) == today;
        let members = tx.members().await?;
        let member = members
            .iter()
            .find(|one| is_of_today && one.id.0 == letter.draft.subject_id);
        let anew = if let Some(member) = member {
            let wordings = Wordings::read(&tx, [KIND]).await?;
            let measures = tx.count_measures_due(reach.until.week_ends_on).await?;
            let own = measures.get(&member.id).copied().unwrap_or_default();
            let around = (&*tenant, &wordings);
            self.overview_of(&tx, around, member, own, reach).await?
        } else {
            None
        };
        drop(tx);
        let id = letter.draft.id;
        let tx = self.writing().await?;
        match anew {
            Some(anew) if is_same(&anew, &letter.draft) => return Ok(Some(letter)),
            Some(anew) => tx.readdress_letter(id, anew).await?,
            None => {
                let why = "it is over, or nothing waits for its reader any more";
                tx.withdraw_letters(letter.draft.subject_id, &[id], why)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(None)
    }

    /// What waits for a member; `None` where nothing does.
    async fn overview(
        &self,
        tx: &ReadTx,
        member: &MemberRecord,
        measures: u64,
        by: WorkBounds,
    ) -> Result<Option<Overview>, ServiceError> {
        let (viewer, roles) = (viewer_of(member.id, false), roles_on(member, by.today));
        // What they are a party to waits for others.
        let work = WorkFilter {
            as_official: true,
            ..work_of(viewer.clone(), &roles, by.now)?
        };
        let waiting = tx.count_waiting(&work, by).await?;
        let due = waiting.overdue + waiting.due_this_week;
        let named = if due == 0 {
            Vec::new()
        } else {
            // What is overdue comes first, then what is due first.
            queue(tx, &work, None, due.min(MOST)).await?
        };
        let vacant = ComplaintFilter {
            viewer: Some(viewer),
            waiting_for: Some(vacant()?),
            ..ComplaintFilter::default()
        };
        let order = ComplaintOrder::ReceivedAsc;
        let unassigned = tx.complaints(&vacant, order, None, MOST_UNASSIGNED).await?;
        let mut more = due.saturating_sub(MOST);
        if unassigned.len() as u64 == MOST_UNASSIGNED {
            more += tx
                .count_complaints(&vacant)
                .await?
                .saturating_sub(MOST_UNASSIGNED);
        }
        let unassigned: Vec<String> = unassigned.into_iter().map(|row| row.reference).collect();
        let is_idle = named.is_empty() && unassigned.is_empty() && measures == 0;
        if is_idle {
            return Ok(None);
        }
        let own = if measures == 0 {
            Vec::new()
        } else {
            tx.measures_due(member.id, by.week_ends_on, MOST).await?
        };
        Ok(Some(Overview {
            due: named,
            unassigned,
            more_measures: measures.saturating_sub(MOST),
            measures: own,
            more,
        }))
    }

    fn written(
        &self,
        sender: Sender<'_>,
        member: &MemberRecord,
        address: String,
        overview: &Overview,
        reach: Reach,
    ) -> OutboxDraft {
        let by = reach.until;
        let mut digest = Digest {
            sender,
            name: &member.name,
            url: &format!("{}/", self.service().base_url()),
            on: by.today,
            overdue: Vec::new(),
            today: Vec::new(),
            this_week: Vec::new(),
            before_next: Vec::new(),
            unassigned: &overview.unassigned,
            measures: overview.measures.iter().map(named).collect(),
            more_measures: overview.more_measures,
            more: overview.more,
        };
        for item in &overview.due {
            let list = if item.due_at <= by.now {
                &mut digest.overdue
            } else if item.due_on <= by.today {
                &mut digest.today
            } else if item.due_on <= reach.week_ends_on {
                &mut digest.this_week
            } else {
                &mut digest.before_next
            };
            list.push(DigestItem {
                reference: &item.reference,
                kind: item.kind,
                due_on: item.due_on,
            });
        }
        let rendered = wederhoor_letters::digest(&digest, member.locale);
        OutboxDraft {
            id: self.service().new_id(),
            subject_id: member.id.0,
            complaint_id: None,
            letter_key: format!("{}/{}", KIND.code(), by.today),
            kind: KIND.code().to_owned(),
            recipient: String::new(),
            channel: LetterChannel::Mail,
            to_address: Some(address),
            locale: member.locale,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            created_at: by.now,
            due_at: by.now,
        }
    }
}

fn named(measure: &DueMeasureRecord) -> DigestMeasure<'_> {
    DigestMeasure {
        reference: &measure.reference,
        due_on: measure.due_on,
    }
}

/// Whether two letters say the same at the same address.
fn is_same(one: &OutboxDraft, other: &OutboxDraft) -> bool {
    (&one.to_address, &one.subject, &one.text, &one.html)
        == (&other.to_address, &other.subject, &other.text, &other.html)
}
