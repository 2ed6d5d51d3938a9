//! `GET /livez` and `GET /readyz`

use insta::assert_json_snapshot;

use crate::app::TestApp;

#[tokio::test]
async fn a_service_that_is_well_says_so() {
    let app = TestApp::new().await;
    assert_json_snapshot!("livez", app.get("/livez").await.shown());
    assert_json_snapshot!("readyz", app.get("/readyz").await.shown());
}
