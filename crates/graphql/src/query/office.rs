//! What members with an office ask: people, courses, letters to print, informal contacts.

use std::sync::Arc;

use async_graphql::{Context, Object};
use wederhoor_procedure::CourseId;

use crate::{
    connection::{Known, LIST, Page, page_size, rows},
    cursor::{Binding, Place},
    error::shown,
    loaders::request,
    object::{
        course::{Course, CourseConnection},
        informal::{InformalContact, InformalContactConnection},
        letter::{Letter, LetterConnection},
        member::{Absence, Member, MemberConnection},
    },
    scalar::Date,
};

#[derive(Default)]
pub(crate) struct OfficeQueries;

#[Object]
impl OfficeQueries {
    /// Courses, newest first; for members with a role in the organisation.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<CourseConnection> {
        let (size, binding) = (page_size(ctx, first)?, Binding::of(ctx, "courses", &())?);
        let after = binding.after(ctx, after.as_deref())?;
        let before = after.map(|place| CourseId(place.id));
        let found = shown(
            ctx,
            Box::pin(request(ctx)?.courses(before, u64::try_from(size)? + 1)).await,
        )?;
        let row = |course: wederhoor_service::CourseRecord| {
            (at(binding, course.id.0), Course(Arc::new(course)))
        };
        Ok(CourseConnection {
            page: Page::of(found.into_iter().map(row).collect(), size, after.is_some()),
        })
    }

    /// Members of the organisation, by name; for members with a role in it.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
    ) -> async_graphql::Result<MemberConnection> {
        let (size, binding) = (page_size(ctx, first)?, Binding::of(ctx, "members", &())?);
        let after = binding.after(ctx, after.as_deref())?;
        let all = shown(ctx, Box::pin(request(ctx)?.members()).await)?;
        let total = Known(all.len());
        let begin = after.map_or(0, |place| {
            1 + all
                .iter()
                .position(|one| one.id.0 == place.id)
                .unwrap_or(all.len())
        });
        let row = |member: wederhoor_service::MemberRecord| {
            (at(binding, member.id.0), Member(Arc::new(member)))
        };
        let rows = all.into_iter().skip(begin).take(size + 1).map(row);
        Ok(MemberConnection {
            page: Page::of(rows.collect(), size, after.is_some()),
            total,
        })
    }

    /// Leaves that have not ended (*afwezigheid*); for members with a role in the organisation.
    async fn absences(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Absence>> {
        let absences = shown(ctx, Box::pin(request(ctx)?.absences()).await)?;
        Ok(absences.into_iter().map(Absence::from).collect())
    }

    /// Days on which the organisation is closed (*sluitingsdagen*); for members with a role in it.
    async fn closing_days(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Date>> {
        let days = shown(ctx, Box::pin(request(ctx)?.closing_days()).await)?;
        Ok(days.into_iter().map(|day| Date(day.closed_on)).collect())
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
        let (size, binding) = (
            page_size(ctx, first)?,
            Binding::of(ctx, "lettersToPrint", &())?,
        );
        let after = binding.after(ctx, after.as_deref())?;
        let begin = after.map(|place| place.id);
        let found = shown(
            ctx,
            Box::pin(request(ctx)?.letters_to_print(begin, u64::try_from(size)? + 1)).await,
        )?;
        let row = |letter: wederhoor_service::LetterRecord| {
            (at(binding, letter.draft.id), Letter::to_print(letter))
        };
        Ok(LetterConnection {
            page: Page::of(found.into_iter().map(row).collect(), size, after.is_some()),
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
        let (size, binding) = (
            page_size(ctx, first)?,
            Binding::of(ctx, "informalContacts", &())?,
        );
        let after = binding.after(ctx, after.as_deref())?;
        let before = after.map(|place| place.id);
        let found = shown(
            ctx,
            Box::pin(request(ctx)?.informal_contacts(before, u64::try_from(size)? + 1)).await,
        )?;
        let row = |contact: wederhoor_service::ContactRecord| {
            (at(binding, contact.id), InformalContact(contact))
        };
        Ok(InformalContactConnection {
            page: Page::of(found.into_iter().map(row).collect(), size, after.is_some()),
        })
    }
}

fn at(binding: Binding, id: uuid::Uuid) -> String {
    binding.cursor(Place { value: None, id })
}
