//! The conformance suite that every store passes.
//!
//! Each case is a plain async function over a [`Store`]; [`conformance!`] makes one named test of each. A store that
//! keeps its promises under these cases may stand behind the service.
//!
//! - [`cases::login`]: accounts and identities
//! - [`cases::unionid`]: what makes two identities one person's, and conflicts of that
//! - [`cases::phone`]: telephone numbers, shared and unique
//! - [`cases::session`]: rotation, endings
//! - [`cases::touch`]: when sessions were last used
//! - [`cases::cap`]: how many sessions an account may have
//! - [`cases::sweep`]: removing sessions that are over
//! - [`cases::suspension`], [`cases::erase`]
//! - [`cases::merge`] and [`cases::merge_race`]: two accounts that become one
//! - [`cases::import`] and [`cases::import_race`]: the users of a business
//! - [`cases::push`]: messages that WeChat pushed
//! - [`cases::search`]: finding accounts
//! - [`cases::keys`]: the key ring
//! - [`cases::api_key`]
//! - [`cases::audit`]: the log, and [`cases::act`]: what it tells of acts
//! - [`cases::copy`], [`cases::copy_use`] and [`cases::copy_race`]: copying a whole store
//! - [`cases::health`]
//! - [`cases::race`]: what concurrent callers must not break

pub mod cases;
mod copied;
mod importing;
mod racing;
mod sample;

#[doc(hidden)]
pub use tokio;

use std::sync::Arc;

use wxlogin_domain::ports::store::Store;

/// A store under test.
pub type StoreUnderTest = Arc<dyn Store>;

/// How many rounds the races run at full pace.
const RACE_ROUNDS: usize = 500;
/// How many rounds those races run that need not run so often: what they would break is not broken by one rare moment.
pub const FEW_RACE_ROUNDS: usize = 15;
/// How many callers a round has.
pub const RACERS: usize = 16;

/// How long a backend takes for a round of a race.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// Milliseconds.
    Quick,
    /// So long that the races run a fifth of the rounds.
    Slow,
}

tokio::task_local! {
    static PACE: Pace;
}

/// How many rounds the races of this case run.
#[must_use]
pub fn race_rounds() -> usize {
    match PACE.get() {
        Pace::Quick => RACE_ROUNDS,
        Pace::Slow => RACE_ROUNDS / 5,
    }
}

/// Runs a case on a store, on a runtime like the program's: several threads, with the stack that query engines need.
///
/// `make` answers a fresh and empty store, with whatever has to live as long as it does (its directory, say), or
/// nothing where the backend is not to be had: then the case says so and fails only where
/// `WXLOGIN_TEST_REQUIRE_BACKENDS=1`.
///
/// # Panics
/// When the case fails.
pub fn run<S, G, M, C>(pace: Pace, make: impl FnOnce() -> M, case: impl FnOnce(StoreUnderTest) -> C)
where
    S: Store + 'static,
    M: Future<Output = Option<(Arc<S>, G)>>,
    C: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .thread_stack_size(10 * 1024 * 1024)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let Some((store, _guard)) = make().await else {
            assert!(!backends_are_required(), "the backend is required and not to be had");
            eprintln!("ignored: the backend is not to be had");
            return;
        };
        // On a worker thread: the caller's own stack may be a small one.
        tokio::spawn(PACE.scope(pace, case(store)))
            .await
            .expect("the case passes");
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the test suite, not of the service"
)]
fn backends_are_required() -> bool {
    std::env::var("WXLOGIN_TEST_REQUIRE_BACKENDS").is_ok_and(|value| value == "1")
}

/// Expands every case into a named `#[test]` in a module of the backend's name. `$make` is a closure whose future
/// answers `Option<(Arc<S>, G)>`, `$pace` how long the backend takes for a round of a race; see [`run`].
#[macro_export]
macro_rules! conformance {
    ($backend:ident, $make:expr) => {
        $crate::conformance!($backend, $make, $crate::Pace::Quick);
    };
    ($backend:ident, $make:expr, $pace:expr) => {
        mod $backend {
            use super::*;

            $crate::conformance!(@case $make, $pace,
                login: first_login_makes_an_account
                    second_login_finds_the_account
                    what_was_recorded_is_read_back_in_full
                    same_openid_in_another_app_is_another_account
                    odd_identifiers_do_not_collide
                    phone_is_bound_by_a_login
                    profile_changes_and_clears
                    profile_of_nobody_is_nothing);
            $crate::conformance!(@case $make, $pace,
                unionid: unionid_joins_a_second_app
                    unionid_is_back_filled
                    unionid_conflict_is_reported_and_nothing_merged
                    unionid_conflict_is_told_once
                    racing_back_fills_have_one_owner
                    racing_strangers_with_one_unionid_stay_apart);
            $crate::conformance!(@case $make, $pace,
                phone: phone_is_bound_replaced_and_removed
                    phone_of_nobody_is_nothing
                    shared_number_belongs_to_many
                    unique_number_is_refused_to_others
                    unique_number_is_free_again
                    racing_for_a_unique_number_has_one_winner
                    racing_for_numbers_that_change_hands_leaves_one_holder);
            $crate::conformance!(@case $make, $pace,
                session: session_of_nobody_is_nothing
                    advance_is_guarded_by_the_generation
                    ended_session_does_not_advance
                    first_end_stays
                    end_all_spares_other_accounts
                    sessions_of_an_account_are_listed_in_order
                    every_end_is_read_back);
            $crate::conformance!(@case $make, $pace,
                touch: touch_moves_the_last_use_and_nothing_else
                    last_use_never_moves_back
                    touch_makes_no_session
                    touches_and_refreshes_lose_nothing);
            $crate::conformance!(@case $make, $pace,
                cap: one_login_too_many_ends_the_oldest_session
                    sessions_of_all_apps_count_together
                    sessions_that_are_over_take_no_room
                    an_account_never_has_many_sessions
                    a_stricter_cap_holds_from_the_next_login
                    racing_logins_stay_within_the_cap);
            $crate::conformance!(@case $make, $pace,
                sweep: sweep_removes_only_what_is_dead_long_enough
                    sweep_walks_through_everything_once
                    sweep_is_stable_while_sessions_come_and_go);
            $crate::conformance!(@case $make, $pace,
                suspension: suspension_ends_sessions_and_refuses_logins
                    restore_lets_in_again_but_revives_no_session);
            $crate::conformance!(@case $make, $pace,
                erase: erasing_leaves_nothing_of_an_account
                    after_erasing_a_login_makes_a_new_account
                    erasing_takes_no_unionid_from_others
                    racing_with_erasing_leaves_no_orphan);
            $crate::conformance!(@case $make, $pace,
                merge: merging_moves_everything
                    merging_keeps_what_it_is_told_to
                    refused_merges_write_nothing
                    suspended_accounts_stay_suspended
                    merging_ends_a_conflict);
            $crate::conformance!(@case $make, $pace,
                merge_race: racing_logins_land_where_the_identity_is
                    opposite_merges_have_one_winner
                    racing_with_erasing_leaves_nothing_behind
                    racing_logins_of_a_lost_identity_keep_no_session);
            $crate::conformance!(@case $make, $pace,
                import: imported_users_are_read_back_in_full
                    importing_users_again_changes_nothing
                    accounts_that_are_there_are_completed
                    another_identity_joins_by_the_unionid
                    refused_users_are_left_alone
                    an_import_of_what_has_changed_writes_nothing
                    a_login_in_between_does_not_stop_an_import
                    the_largest_piece_is_imported);
            $crate::conformance!(@case $make, $pace,
                import_race: racing_imports_of_one_piece_are_one
                    racing_with_first_logins_makes_one_account_each
                    racing_for_a_unique_number_leaves_one_holder);
            $crate::conformance!(@case $make, $pace,
                push: message_does_not_lift_a_suspension message_erases_the_account
                    message_forgets_exactly_what_is_named
                    message_is_put_on_record
                    message_about_nobody_is_on_record
                    racing_repeats_are_honoured_once
                    sweep_forgets_the_oldest_messages_first);
            $crate::conformance!(@case $make, $pace,
                copy: an_empty_store_is_empty
                    whatever_is_in_a_store_it_is_not_empty
                    what_is_imported_is_exported_again
                    what_came_about_by_logins_is_exported
                    importing_again_changes_nothing
                    what_leads_elsewhere_already_stays
                    pieces_are_bounded
                    racing_imports_are_one);
            $crate::conformance!(@case $make, $pace,
                copy_use: logins_find_imported_accounts
                    imported_suspensions_hold
                    imported_conflicts_are_known
                    imported_sessions_go_on
                    the_cap_counts_imported_sessions
                    imported_sessions_are_swept
                    imported_numbers_are_found_and_kept
                    imported_messages_are_repeats
                    imported_keys_are_the_stores_own
                    imported_events_are_in_the_log
                    imported_accounts_merge);
            $crate::conformance!(@case $make, $pace,
                copy_race: an_export_while_people_log_in_shows_whole_accounts
                    a_piece_is_imported_in_one_act);
            $crate::conformance!(@case $make, $pace,
                health: proving_that_it_is_there_leaves_nothing);
            $crate::conformance!(@case $make, $pace,
                search: accounts_are_found_by_identity_and_unionid
                    accounts_are_found_by_phone
                    accounts_are_listed_by_status
                    pages_of_accounts_are_stable_while_accounts_come_and_go);
            $crate::conformance!(@case $make, $pace,
                keys: ring_is_read_back_in_full
                    ring_is_replaced_only_by_its_next_version
                    ring_and_its_events_are_one_act);
            $crate::conformance!(@case $make, $pace,
                api_key: api_keys_are_read_back_in_full
                    api_key_and_its_event_are_one_act
                    racing_for_one_name_has_one_winner);
            $crate::conformance!(@case $make, $pace,
                audit: events_are_read_back_in_full
                    newest_events_come_first
                    the_same_event_twice_is_one_event
                    filters_show_what_fits_all_of_them
                    pages_of_events_are_stable_while_the_log_changes
                    rare_events_are_found_among_many
                    sweep_removes_the_oldest_events_first);
            $crate::conformance!(@case $make, $pace,
                act: login_and_its_event_are_one_act
                    login_tells_of_all_that_it_did
                    ending_sessions_and_its_event_are_one_act
                    operators_acts_and_their_events_are_one
                    an_event_that_is_there_already_stops_nothing);
            $crate::conformance!(@case $make, $pace,
                race: first_logins_make_one_account
                    first_logins_of_one_person_in_two_apps_join
                    refreshes_make_one_successor
                    first_rings_make_one_ring
                    suspension_leaves_no_live_session
                    profile_changes_and_logins_lose_nothing);
        }
    };
    (@case $make:expr, $pace:expr, $group:ident: $($case:ident)+) => {
        mod $group {
            use super::*;
            $(
                #[test]
                fn $case() {
                    $crate::run($pace, $make, $crate::cases::$group::$case);
                }
            )+
        }
    };
}
