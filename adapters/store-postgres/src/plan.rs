//! How the server goes about what must stay quick however much there is: its plans for the statements as they are
//! prepared, over tables that are full.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _};
use wxlogin_throwaway::{Postgres, required};

use crate::login::statements;
use crate::open::PostgresStore;
use crate::{accounts, audit, erase, import, merge, phones, pushes, search, sessions, sweep};

/// Accounts with an identity, a unionid, two sessions and two events each, and a message for each.
const FILL: &str = "
    CREATE TEMPORARY TABLE number AS SELECT n, md5(n::text)::uuid AS id FROM generate_series(1, 20000) AS n;
    INSERT INTO account (id, rev, session_rows, status, created_at, last_login_at, phone_number, phone_country_code,
        phone_verified_at)
        SELECT id, 1, 2, 'active', n, n, '+86' || n, 86, n FROM number;
    INSERT INTO identity (appid, openid, account_id, place, first_seen_at) SELECT 'wx', 'o' || n, id, 0, n FROM number;
    INSERT INTO unionid SELECT 'u' || n, id FROM number;
    INSERT INTO login_session (account_id, session_id, appid, openid, created_at, last_used_at, expires_at, generation,
        rotated_at, idle_expires_at)
        SELECT id, md5('session' || twice || n)::uuid, 'wx', 'o' || n, n, n, n, 0, n, n
        FROM number, generate_series(1, 2) AS twice;
    INSERT INTO audit_event (id, at, action, actor, account_id)
        SELECT md5('event' || twice || n)::uuid, n, 'login_succeeded', 'person', id
        FROM number, generate_series(1, 2) AS twice;
    INSERT INTO push_message SELECT sha256(n::text::bytea), n FROM number;
    ANALYZE";

const QUICK: [&str; 38] = [
    statements::CANDIDATES,
    statements::BEGUN_AGAIN,
    statements::BEGUN_IN_PLACE,
    statements::ANEW,
    statements::ADD_IDENTITY,
    statements::CHANGE_IDENTITY,
    statements::LINK_UNIONID,
    accounts::BY_ID,
    accounts::BY_IDS,
    accounts::BY_IDENTITY,
    accounts::BY_UNIONID,
    accounts::LOCK,
    accounts::PUT,
    phones::HOLDERS,
    erase::REMOVE,
    merge::FORGET_IDENTITIES,
    merge::FORGET_UNIONIDS,
    merge::MOVE_IDENTITIES,
    merge::MOVE_UNIONIDS,
    import::OF_IDENTITIES,
    import::OF_UNIONIDS,
    import::COMPLETE,
    import::PUT_IDENTITIES,
    search::ALL,
    search::WITH_PHONE,
    sessions::BY_ID,
    sessions::OF_ACCOUNT,
    sessions::ADVANCE,
    sessions::END_ONE,
    sessions::END_ALL,
    sessions::TOUCH,
    sweep::NEXT,
    sweep::REMOVE,
    audit::APPEND,
    audit::ALL,
    audit::OF_ACCOUNT,
    audit::SWEEP,
    pushes::SWEEP,
];

/// How many values a statement has.
fn values(statement: &str) -> usize {
    let is_used = |number: &usize| statement.contains(&format!("${number}"));
    (1..100).filter(is_used).count()
}

/// The plan that serves whatever the values are.
async fn plan(connection: &mut PgConnection, statement: &'static str) -> String {
    let prepare = format!("PREPARE examined AS {statement}");
    connection.execute(AssertSqlSafe(prepare)).await.expect(statement);
    let nothing = vec!["NULL"; values(statement)].join(", ");
    let explain = match values(statement) {
        0 => "EXPLAIN EXECUTE examined".to_owned(),
        _ => format!("EXPLAIN EXECUTE examined ({nothing})"),
    };
    let rows = connection.fetch_all(AssertSqlSafe(explain)).await.expect(statement);
    connection
        .execute("DEALLOCATE examined")
        .await
        .expect("it was prepared");
    let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    lines.join("\n")
}

#[tokio::test]
async fn no_statement_reads_a_whole_table() {
    let Some(server) = required(Postgres::start(), "PostgreSQL") else {
        return;
    };
    let url = server.new_database();
    let store = PostgresStore::open(&url, PostgresStore::DEADLINE)
        .await
        .expect("it opens");
    store.close().await;
    let options: PgConnectOptions = url.parse().expect("a URL");
    let mut connection = options.connect().await.expect("a connection");
    connection.execute(FILL).await.expect("the tables are filled");
    connection
        .execute("SET plan_cache_mode = force_generic_plan")
        .await
        .expect("a setting");
    for statement in QUICK {
        let plan = plan(&mut connection, statement).await;
        assert!(!plan.contains("Seq Scan"), "{statement}\n{plan}");
    }
}
