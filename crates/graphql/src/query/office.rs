//! What members with an office ask: people, courses, letters to print, informal contacts.

use std::sync::Arc;

use async_graphql::{Context, Object};
use wederhoor_procedure::CourseId;
use wederhoor_service::{AbsenceRecord, MemberRecord};

use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::Place,
    error::shown,
    object::{
        complaint::measure::{OwnMeasure, OwnMeasureConnection},
        course::{Course, CourseConnection},
        informal::{InformalContact, InformalContactConnection},
        letter::{Letter, LetterConnection},
        member::{Absence, AbsenceConnection, Member, MemberConnection},
        sender::MailSender,
        undelivered::{UndeliveredLetter, UndeliveredLetterConnection},
    },
    request::request,
    scalar::{Date, Instant},
};

#[derive(Default)]
pub(crate) struct OfficeQueries;

#[Object]
impl OfficeQueries {
    /// The measures that the viewer sees to (*maatregelen*), whether or not they see the complaint: what is still to be done
    /// first, then by the day it is due; of at most 100 complaints. `updateMeasure` reports on one.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn own_measures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<OwnMeasureConnection> {
        let asked = Asked::of(ctx, "ownMeasures", &(), first, after.as_deref())?;
        let own = request(ctx)?.own_measures(asked.after_id(), asked.size());
        let own = shown(ctx, Box::pin(own).await)?;
        let row = |one: &wederhoor_service::OwnMeasure| (Place::at(one.id.0), OwnMeasure::of(one));
        Ok(OwnMeasureConnection {
            page: asked.page(own.page.iter().map(row)),
            total: Total::Known(own.total),
        })
    }

    /// Courses, newest first; for members who treat complaints, and the administration.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<CourseConnection> {
        let asked = Asked::of(ctx, "courses", &(), first, after.as_deref())?;
        let before = asked.after_id().map(CourseId);
        let found = Box::pin(request(ctx)?.courses(before, asked.limit())).await;
        let rows = shown(ctx, found)?.into_iter();
        let rows = rows.map(|course| (Place::at(course.id.0), Course(Arc::new(course))));
        Ok(CourseConnection {
            page: asked.page(rows),
            total: Total::Courses,
        })
    }

    /// Members of the organisation, by name; for those who treat complaints, and the administration.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<MemberConnection> {
        let asked = Asked::of(ctx, "members", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.members()).await)?;
        let total = Total::Known(all.len());
        let row = |member: MemberRecord| (Place::at(member.id.0), Member(Arc::new(member)));
        Ok(MemberConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }

    /// Leaves that have not ended (*afwezigheid*); for members who treat complaints, and the administration.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn absences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<AbsenceConnection> {
        let asked = Asked::of(ctx, "absences", &(), first, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.absences()).await)?;
        let total = Total::Known(all.len());
        let row = |absence: AbsenceRecord| (Place::at(absence.id), Absence::from(absence));
        Ok(AbsenceConnection {
            page: asked.page_of_all(all.into_iter().map(row).collect()),
            total,
        })
    }

    /// Days on which the organisation is closed (*sluitingsdagen*); for members with a role in it.
    async fn closing_days(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Date>> {
        let days = shown(ctx, Box::pin(request(ctx)?.closing_days()).await)?;
        Ok(days.into_iter().map(|day| Date(day.closed_on)).collect())
    }

    /// The origins whose pages may read what concerns the organisation (*toegelaten websites*, CORS); for administrators.
    /// `allowOrigins` says which.
    async fn allowed_origins(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        shown(ctx, Box::pin(request(ctx)?.allowed_origins()).await)
    }

    /// Who the letters of the organisation are from, and may be (*afzender*); for administrators. `setMailSender` says so.
    async fn mail_sender(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<MailSender>> {
        let seen = Box::pin(request(ctx)?.mail_sender()).await;
        shown(ctx, seen.map(|seen| Some(seen.into())))
    }

    /// The hour at which reminders, alerts and the daily overview go out (*uur van herinneringen*), in the time zone of the
    /// organisation; `null` for anyone but an administrator. `setReminderHour` chooses it.
    async fn reminder_hour(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<i32>> {
        let hour = Box::pin(request(ctx)?.reminder_hour()).await;
        shown(ctx, hour.map(|hour| Some(hour.get().into())))
    }

    /// For how many months after a measure another complaint about the same course, with the same cause, is linked to it (*termijn
    /// voor herhaling*); `null` for anyone but an administrator. `setRecurrenceWindow` chooses it.
    async fn recurrence_window(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<u32>> {
        let months = Box::pin(request(ctx)?.recurrence_window()).await;
        shown(ctx, months.map(Some))
    }

    /// Of how many complaints figures tell at least (*kleinste getal*); `null` for anyone but an administrator.
    /// `setSuppressionThreshold` chooses it.
    async fn suppression_threshold(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<u64>> {
        let smallest = Box::pin(request(ctx)?.suppression_threshold()).await;
        shown(ctx, smallest.map(Some))
    }

    /// Since when the organisation has a bounce key (*sleutel voor onbestelbare e-mail*), which `makeBounceKey` showed; `null` while
    /// it has none; for administrators.
    async fn bounce_key_made_at(
        &self,
        ctx: &Context<'_>,
    ) -> async_graphql::Result<Option<Instant>> {
        let made_at = shown(ctx, Box::pin(request(ctx)?.bounce_key_made_at()).await)?;
        Ok(made_at.map(Instant))
    }

    /// Letters that wait to be printed and posted, oldest first; for the administration.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn letters_to_print(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<LetterConnection> {
        let asked = Asked::of(ctx, "lettersToPrint", &(), first, after.as_deref())?;
        let letters = request(ctx)?.letters_to_print(asked.after_id(), asked.size());
        let letters = shown(ctx, Box::pin(letters).await)?;
        let places: Vec<Place> = letters.iter().map(|one| Place::at(one.draft.id)).collect();
        Ok(LetterConnection {
            page: asked.page(places.into_iter().zip(Letter::to_print(letters))),
            total: Total::LettersToPrint,
        })
    }

    /// Letters that came back or were given up and that nothing has made good since (*onbestelbare brieven*): no other copy
    /// followed, and nothing was posted instead; oldest first; for the administration. What can be done stands with each.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn undelivered_letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<UndeliveredLetterConnection> {
        let asked = Asked::of(ctx, "undeliveredLetters", &(), first, after.as_deref())?;
        let letters = request(ctx)?.undelivered_letters(asked.after_id(), asked.size());
        let letters = shown(ctx, Box::pin(letters).await)?;
        let places: Vec<Place> = letters
            .iter()
            .map(|one| Place::at(one.letter.draft.id))
            .collect();
        Ok(UndeliveredLetterConnection {
            page: asked.page(places.into_iter().zip(UndeliveredLetter::listed(letters))),
            total: Total::UndeliveredLetters,
        })
    }

    /// Dissatisfaction that was not put in writing (*informele contacten*), newest first: all for administrators,
    /// their own for other members with a role.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn informal_contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<InformalContactConnection> {
        let asked = Asked::of(ctx, "informalContacts", &(), first, after.as_deref())?;
        let contacts = request(ctx)?.informal_contacts(asked.after_id(), asked.limit());
        let contacts = shown(ctx, Box::pin(contacts).await)?;
        let places: Vec<Place> = contacts.iter().map(|one| Place::at(one.id)).collect();
        Ok(InformalContactConnection {
            page: asked.page(places.into_iter().zip(InformalContact::listed(contacts))),
            total: Total::InformalContacts,
        })
    }
}
