//! Each organisation's regulation as a picture: `/demo/diagrams/livp.svg`, in Dutch with `?language=nl`.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use wederhoor_procedure::{Locale, TenantId, policy::diagram};
use wederhoor_service::Service;

struct Diagrams {
    service: Service,
    tenants: Vec<(TenantId, String)>,
}

#[derive(Deserialize)]
struct Asked {
    language: Option<String>,
}

/// The pictures of these organisations, by their names in addresses.
pub(super) fn routes(service: Service, tenants: Vec<(TenantId, String)>) -> Router {
    Router::new()
        .route("/demo/diagrams/{file}", get(draw))
        .with_state(Arc::new(Diagrams { service, tenants }))
}

async fn draw(
    State(diagrams): State<Arc<Diagrams>>,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let mut tenants = diagrams.tenants.iter();
    let slug = file.strip_suffix(".svg");
    let Some((tenant, _)) = tenants.find(|(_, name)| Some(name.as_str()) == slug) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let locale = match asked.language.as_deref() {
        Some("nl") => Locale::Nl,
        None | Some("en") => Locale::En,
        Some(_) => return (StatusCode::BAD_REQUEST, "language is nl or en").into_response(),
    };
    match picture(&diagrams.service, *tenant, locale).await {
        Ok(Some(drawn)) => {
            let headers = [
                (header::CONTENT_TYPE, "image/svg+xml"),
                (header::CACHE_CONTROL, "no-cache"),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; style-src 'unsafe-inline'",
                ),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, drawn).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a regulation cannot be drawn");
            (StatusCode::SERVICE_UNAVAILABLE, "no picture now").into_response()
        }
    }
}

/// The search of all paths takes too long for a thread that answers requests.
async fn picture(
    service: &Service,
    tenant: TenantId,
    locale: Locale,
) -> anyhow::Result<Option<String>> {
    let Some(policy) = service.newest_regulation(tenant).await? else {
        return Ok(None);
    };
    let drawn = tokio::task::spawn_blocking(move || diagram::svg(&policy, locale));
    Ok(Some(drawn.await?))
}
