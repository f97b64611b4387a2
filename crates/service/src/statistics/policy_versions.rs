//! The dataset of the versions of the regulation, by which complaints are told apart.

use serde::Deserialize;
use wederhoor_procedure::{Text, Words};

use super::dataset::{After, Cell, Column, ColumnKind, ColumnRole, DatasetPage, DatasetPlace};
use crate::{Request, ServiceError};

/// Each is read whole for its name.
const AT_ONCE: usize = 100;

/// What is told of a regulation.
#[derive(Deserialize)]
struct Named {
    name: Text,
}

pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "policy_version",
        kind: ColumnKind::Count,
        role: ColumnRole::Dimension,
        description: Words {
            nl: "Het nummer van de versie, vanaf 1",
            en: "The number of the version, from 1",
        },
    },
    Column {
        name: "name_nl",
        kind: ColumnKind::Text,
        role: ColumnRole::Dimension,
        description: Words {
            nl: "Hoe de regeling heet, in het Nederlands",
            en: "What the regulation is called, in Dutch",
        },
    },
    Column {
        name: "name_en",
        kind: ColumnKind::Text,
        role: ColumnRole::Dimension,
        description: Words {
            nl: "Hoe de regeling heet, in het Engels",
            en: "What the regulation is called, in English",
        },
    },
    Column {
        name: "published_on",
        kind: ColumnKind::Date,
        role: ColumnRole::Dimension,
        description: Words {
            nl: "De dag waarop de versie is gepubliceerd. Klachten die daarna binnenkomen, vallen eronder",
            en: "The day on which the version was published. It governs the complaints that come in from then on",
        },
    },
];

impl Request {
    /// The oldest version first.
    pub(super) async fn policy_version_rows(
        &self,
        after: Option<&After>,
        limit: usize,
    ) -> Result<DatasetPage, ServiceError> {
        let zone = self.tenant().await?.settings.time_zone;
        let reading = self.reading().await?;
        let seen = match after {
            Some(After::Number(last)) => *last,
            _ => 0,
        };
        let limit = limit.min(AT_ONCE);
        let mut versions = reading.tx.policies_after(seen, limit as u64 + 1).await?;
        let has_more = versions.len() > limit;
        versions.truncate(limit);
        let last = versions.last().map(|record| record.version);
        let mut rows = Vec::with_capacity(versions.len());
        for record in versions {
            let Named { name } = Named::deserialize(record.document)?;
            rows.push(vec![
                Cell::Count(record.version.into()),
                Cell::Text(name.nl),
                Cell::Text(name.en),
                Cell::Date(record.published_at.with_timezone(&zone).date_naive()),
            ]);
        }
        let next = last.filter(|_| has_more);
        let next = next.map(|last| DatasetPlace(After::Number(last)));
        Ok(DatasetPage { rows, next })
    }
}
