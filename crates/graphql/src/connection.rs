//! Lists: Relay connections by keyset, whose total is counted only when it is asked for.

mod asked;
mod total;

use async_graphql::Context;

pub(crate) use asked::Asked;
pub(crate) use total::Total;

use crate::error::bad_request;

/// The rows of a page when `first` is left out.
pub(crate) const DEFAULT_PAGE: i32 = 25;
/// The most rows of a page.
pub(crate) const LARGEST_PAGE: i32 = 100;

/// What a list costs by itself, however short: the statement that reads it.
pub(crate) const LIST: usize = 250;

/// How many rows a page shall have.
///
/// # Errors
/// `BAD_REQUEST` for less than one and for more than the largest page.
pub(crate) fn page_size(ctx: &Context<'_>, first: Option<i32>) -> async_graphql::Result<usize> {
    let first = first.unwrap_or(DEFAULT_PAGE);
    if !(1..=LARGEST_PAGE).contains(&first) {
        return Err(bad_request(
            ctx,
            "Vraag met `first` om 1 tot 100 rijen.",
            "Ask with `first` for 1 to 100 rows.",
        ));
    }
    usize::try_from(first).map_err(Into::into)
}

/// How often the fields of a row count in what a document costs.
pub(crate) fn rows(first: Option<i32>) -> usize {
    usize::try_from(first.unwrap_or(DEFAULT_PAGE).clamp(1, LARGEST_PAGE)).unwrap_or(1)
}

/// One page: its rows, each with its cursor, and whether more follow.
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<(String, T)>,
    pub(crate) has_previous: bool,
    pub(crate) has_next: bool,
    /// The cursors of the first row and the last, be it that they are left out.
    ends: Option<(String, String)>,
}

impl<T> Page<T> {
    /// A page from rows of which one more was read than fits.
    pub(crate) fn of(mut rows: Vec<(String, T)>, size: usize, has_previous: bool) -> Self {
        let has_next = rows.len() > size;
        rows.truncate(size);
        let ends = rows.first().zip(rows.last());
        let ends = ends.map(|((first, _), (last, _))| (first.clone(), last.clone()));
        Self {
            rows,
            has_previous,
            has_next,
            ends,
        }
    }

    /// The page without the rows of which this is not so. What follows them still follows.
    pub(crate) fn only(mut self, keeps: impl Fn(&T) -> bool) -> Self {
        self.rows.retain(|(_, row)| keeps(row));
        self
    }
}

/// Declares the connection and edge types of a list.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $(#[$edge_doc:meta])* $edge:ident, $node:ty) => {
        $(#[$doc])*
        pub(crate) struct $connection {
            pub(crate) page: $crate::connection::Page<$node>,
            pub(crate) total: $crate::connection::Total,
        }

        $(#[$edge_doc])*
        pub(crate) struct $edge {
            cursor: String,
            node: $node,
        }

        $(#[$edge_doc])*
        #[async_graphql::Object]
        impl $edge {
            /// The place of this row, for `after`.
            async fn cursor(&self) -> &str {
                &self.cursor
            }

            /// The row.
            async fn node(&self) -> &$node {
                &self.node
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The rows, each with its cursor.
            async fn edges(&self) -> Vec<$edge> {
                let edge = |(cursor, node): &(String, $node)| $edge { cursor: cursor.clone(), node: node.clone() };
                self.page.rows.iter().map(edge).collect()
            }

            /// The rows.
            async fn nodes(&self) -> Vec<&$node> {
                self.page.rows.iter().map(|(_, node)| node).collect()
            }

            /// Where this page stands in the list.
            async fn page_info(&self) -> $crate::connection::PageInfo {
                $crate::connection::PageInfo::of(&self.page)
            }

            /// How many rows the whole list has for the viewer; counted only when it is asked for.
            async fn total_count(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<u64> {
                self.total.count(ctx).await
            }
        }
    };
}

pub(crate) use connection;

/// Where a page stands in its list.
#[derive(async_graphql::SimpleObject, Clone, PartialEq, Eq, Debug)]
pub(crate) struct PageInfo {
    /// Whether rows come before this page.
    pub has_previous_page: bool,
    /// Whether rows come after this page.
    pub has_next_page: bool,
    /// The cursor of the first row; `null` on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last row; `null` on an empty page. Give it as `after` for the next page.
    pub end_cursor: Option<String>,
}

impl PageInfo {
    pub(crate) fn of<T>(page: &Page<T>) -> Self {
        Self {
            has_previous_page: page.has_previous,
            has_next_page: page.has_next,
            start_cursor: page.ends.as_ref().map(|(first, _)| first.clone()),
            end_cursor: page.ends.as_ref().map(|(_, last)| last.clone()),
        }
    }
}
