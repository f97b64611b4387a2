//! A regulation as a picture, over HTTP.

use reqwest::Method;
use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::ask;

both! {
    async fn diagram_of_the_regulation_in_force_for_who_has_a_role(app: &App) {
        let both = "{ policyDiagram picture: policyDiagram(format: SVG) }";
        let drawn = ask(app, "livp/analist", both, json!({})).await.data().clone();
        let texts = [&drawn["policyDiagram"], &drawn["picture"]].map(|text| text.as_str().unwrap());
        assert!(texts[0].starts_with("stateDiagram-v2\n"), "{}", texts[0]);
        assert!(texts[1].starts_with("<svg ") && texts[1].contains("Werkwijze 9"), "{}", texts[1]);
        let hidden = ask(app, "livp/klager", both, json!({})).await;
        assert_eq!(hidden.data()["picture"], Value::Null);
    }

    async fn diagram_on_the_demo_is_that_of_the_readme(app: &App) {
        let get = async |path: &str| {
            let answer = app.client.request(Method::GET, path).send().await.unwrap();
            let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
            (answer.status().as_u16(), kind.unwrap_or_default(), answer.text().await.unwrap())
        };
        let shown = include_str!("../../docs/diagrams/livp.svg");
        assert_eq!(get("/demo/diagrams/livp.svg").await, (200, "image/svg+xml".to_owned(), shown.to_owned()));
        let dutch = get("/demo/diagrams/blijf-groep.svg?language=nl").await;
        assert!(dutch.0 == 200 && dutch.2.contains("Klachtenregeling trainingsactiviteiten"), "{dutch:?}");
        for nowhere in ["/demo/diagrams/elders.svg", "/demo/diagrams/livp", "/demo/diagrams/livp.png"] {
            assert_eq!(get(nowhere).await.0, 404, "{nowhere}");
        }
        assert_eq!(get("/demo/diagrams/livp.svg?language=fr").await.0, 400);
    }
}
