//! Blijf Groep: who may complain, about what, how, and how late.

use serde_json::json;
use wederhoor_tests::{App, both};

use crate::steps::{Case, codes, form, mutate};

both! {
    async fn b01_whatever_arrives_is_registered(app: &App) {
        let bare = json!({ "organisation": "blijf-groep", "complainant": { "email": "gast@personen.example" }, "description": "?" });
        let case = Case::filed(app, "", bare).await;
        assert_eq!(case.stands().await, "RECEIVED");
        let form = form(app, "blijf-groep", Some("veilig"));
        let payload = mutate(app, "blijf-groep/klager", "fileComplaint", form, "receipt { reference } complaint { id viewerLevel }").await;
        assert!(codes(&payload).is_empty(), "{payload:#}");
        println!("{payload:#} {:#}", case.now().await);
    }
}
