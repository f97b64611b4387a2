//! Clients that leave before they are answered.

use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use wederhoor_tests::{App, both};

use super::{
    leaving::{clients, leave, raw},
    whole::{assert_at_rest, assert_whole},
};
use crate::steps::{Case, form, letter, mutation_document};

/// How many clients leave at once.
const WAVE: usize = 24;

both! {
    async fn clients_that_hang_up_leave_no_transaction_open_and_nothing_by_half(app: &App) {
        let case = Case::registered(app, "blijf-groep", letter(app, "blijf-groep", Some("veilig"), "EMAIL", wederhoor_tests::START)).await;
        let requests = requests(app, &case.id).await;
        for first in (0..clients(240)).step_by(WAVE) {
            let mut leaving = tokio::task::JoinSet::new();
            for number in first..first + WAVE {
                let request = requests[number % requests.len()].clone();
                let address = app.address;
                leaving.spawn(async move { leave(address, request, number).await });
            }
            leaving.join_all().await;
        }
        assert_at_rest(app).await;
        assert_whole(app).await;
        let seen = case.now().await;
        assert_eq!(seen["isChainIntact"], true);
        // Every connection to the database is free again: more at once than there are.
        let mut asking = tokio::task::JoinSet::new();
        let token = app.token("blijf-groep", "admin").await;
        for _ in 0..30 {
            let (client, token) = (app.client.clone(), token.clone());
            asking.spawn(async move { client.gql(Some(&token), "{ complaints { totalCount } }", json!({})).await });
        }
        for answer in asking.join_all().await {
            assert!(answer.data()["complaints"]["totalCount"].as_u64().unwrap() >= 1);
        }
        app.sweep().await;
        assert_whole(app).await;
    }

    async fn a_client_that_sends_half_a_request_keeps_nobody_waiting(app: &App) {
        let mut halves = Vec::new();
        for number in 0..50 {
            let mut stream = TcpStream::connect(app.address).await.unwrap();
            let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"query\":\"mutation";
            stream.write_all(&head.as_bytes()[..head.len() - number]).await.unwrap();
            halves.push(stream);
        }
        let answer = app.ask("livp/admin", "{ viewer { name } }", json!({})).await;
        assert_eq!(answer.data()["viewer"]["name"], "Anton Administratie");
        assert_at_rest(app).await;
    }
}

/// What the clients ask: they write, read much, sign in, and file.
async fn requests(app: &App, complaint: &str) -> Vec<Vec<u8>> {
    let admin = app.token("blijf-groep", "admin").await;
    let hold = json!({ "complaintId": complaint, "reason": "Er loopt een zaak." });
    let lift = json!({ "complaintId": complaint, "reason": "Het is voorbij." });
    let read = "query($input: Int) { complaints(first: $input) { totalCount nodes { reference letters { id } deadlines { dueOn } } }
        members { nodes { name } } workQueue { nodes { reference } } }";
    let file = mutation_document("fileComplaint", "receipt { reference }");
    let enter = mutation_document("signIn", "session { expiresAt }");
    let password = json!({ "email": "advies1@blijf-groep.example", "password": wederhoor_server::demo::PASSWORD, "organisation": "blijf-groep" });
    vec![
        raw(
            Some(&admin),
            &mutation_document("placeLegalHold", ""),
            &hold,
        ),
        raw(Some(&admin), read, &json!(20)),
        raw(None, &file, &form(app, "blijf-groep", Some("veilig"))),
        raw(Some(&admin), &mutation_document("liftLegalHold", ""), &lift),
        raw(None, &enter, &password),
    ]
}
