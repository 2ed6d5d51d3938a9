//! `wxlogin accounts import`: the users that a business has already.

mod csv_rows;
mod json_lines;
mod pieces;
mod row;

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use wxlogin_domain::api_key::ApiKeyName;
use wxlogin_domain::import::ImportService;
use wxlogin_domain::import_rules::{ImportRefusal, Imported, ImportedUser};
use wxlogin_domain::origin::{Actor, Origin};
use wxlogin_domain::ports::store::StoreError;

use self::pieces::{Format, Pieces};
use self::row::{Apps, Fault, Row};
use super::copying::{Progress, patiently, refuse_memory, unless_stopped};
use super::operator::{Reach, not_opened};
use super::{copying, dev};
use crate::config::{Config, LogFilter, Mode};
use crate::logging;
use crate::wiring::{self, OpenStore};

/// Import users that the business has already: who logs in is known by the id that they have there
///
/// CSV with a header, or JSON with one object per line, in UTF-8. The columns: appid (where several mini programs are
/// configured), openid, `external_id`, and where known unionid, phone, nickname. A phone number is in E.164, or one of
/// mainland China in 11 digits; the service takes it for verified.
///
/// A row that cannot be imported is named by its line, and the others are. It may be stopped and run again: whoever is
/// imported already stays as they are. An embedded store serves one process: stop the service first. On a database server
/// the import runs beside the service.
#[derive(Debug, Args)]
pub struct Import {
    /// The users; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What the file is; without it, its first character tells
    #[arg(long)]
    format: Option<Format>,

    /// Write no users: say what would be done. Of two rows that are more than 500 apart, what the first would change is not
    /// seen by the second. A database server without tables gets them
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(self, reach: &Reach, mut config: Config) -> anyhow::Result<ExitCode> {
        logging::start(&LogFilter::warnings());
        reach.refuse_service("an import works on the store itself, on the machine that reaches it")?;
        refuse_memory(&config.store)?;
        if reach.mode() == Mode::Dev {
            dev::add_default_app(&mut config)?;
        }
        let pieces = Pieces::of(&self.file, self.format, Apps::of(&config)).await?;
        let open = self.open(&config).await?;
        let service = wiring::import_service(&config, open.store.clone());
        let mut tally = Tally::new(self.dry_run);
        let imported = unless_stopped(tally.import(&service, pieces)).await;
        drop(service);
        open.close().await;
        imported.with_context(|| {
            format!(
                "the import was cut short after {} rows: these stay, and the next run goes on from there",
                tally.rows()
            )
        })?;
        eprintln!("{} {}: {tally}.", tally.done(), config.store);
        Ok(if tally.refused == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// The store. One that no service has used yet gets its keys first: accounts without keys are what is left of a restore
    /// that was cut short.
    async fn open(&self, config: &Config) -> anyhow::Result<OpenStore> {
        let master_key = copying::master_key(config)?;
        if self.dry_run && !OpenStore::exists(&config.store) {
            return Ok(OpenStore::in_memory());
        }
        let open = if self.dry_run {
            Box::pin(OpenStore::open_to_foresee(&config.store)).await
        } else {
            Box::pin(OpenStore::open_to_import(&config.store)).await
        };
        let open = open.map_err(not_opened)?;
        let fit = if self.dry_run {
            wiring::refuse_half_restored(&*open.store).await
        } else {
            wiring::make_first_keys(config, &master_key, &*open.store).await
        };
        if let Err(error) = fit {
            open.close().await;
            return Err(error.into());
        }
        Ok(open)
    }
}

/// How many rows that are refused are told of one by one.
const MOST_TOLD: u64 = 100;

/// What came of the rows so far.
struct Tally {
    is_dry: bool,
    made: u64,
    completed: u64,
    joined: u64,
    unchanged: u64,
    refused: u64,
}

impl Tally {
    fn new(is_dry: bool) -> Self {
        Self {
            is_dry,
            made: 0,
            completed: 0,
            joined: 0,
            unchanged: 0,
            refused: 0,
        }
    }

    fn rows(&self) -> u64 {
        self.made + self.completed + self.joined + self.unchanged + self.refused
    }

    fn done(&self) -> &'static str {
        if self.is_dry {
            "Would import into"
        } else {
            "Imported into"
        }
    }

    async fn import(&mut self, service: &ImportService, mut pieces: Pieces) -> anyhow::Result<()> {
        let mut progress = Progress::begin("rows");
        let imported = self.import_pieces(service, &mut pieces, &mut progress).await;
        progress.end();
        imported?;
        if let Some(more) = self.refused.checked_sub(MOST_TOLD).filter(|more| *more > 0) {
            eprintln!("and {more} more rows");
        }
        Ok(())
    }

    async fn import_pieces(
        &mut self,
        service: &ImportService,
        pieces: &mut Pieces,
        progress: &mut Progress,
    ) -> anyhow::Result<()> {
        while let Some(piece) = pieces.next().await? {
            let users: Vec<ImportedUser> = piece.iter().filter_map(|row| row.user.as_ref().ok().cloned()).collect();
            let mut outcomes = self.of_users(service, &users).await?.into_iter();
            for Row { line, user } in piece {
                let outcome = user.and_then(|_| outcomes.next().map_or(Ok(()), |outcome| self.count(outcome)));
                let Err(fault) = outcome else { continue };
                self.refused += 1;
                if self.refused <= MOST_TOLD {
                    progress.say(format_args!("line {line}: {fault}"));
                }
            }
            progress.tell(self.rows());
        }
        Ok(())
    }

    async fn of_users(&self, service: &ImportService, users: &[ImportedUser]) -> Result<Vec<Imported>, StoreError> {
        if self.is_dry {
            return service.foresee(users).await;
        }
        let origin = Origin::service().by(Actor::ApiKey(ApiKeyName::command_line().as_str().into()));
        patiently(|| service.import(&origin, users)).await
    }

    /// Counts what came of a user, or says why nothing did.
    fn count(&mut self, outcome: Imported) -> Result<(), Fault> {
        match outcome {
            Imported::Made => self.made += 1,
            Imported::Completed => self.completed += 1,
            Imported::Joined => self.joined += 1,
            Imported::Unchanged => self.unchanged += 1,
            Imported::Refused(refusal) => return Err(Fault::of(field(refusal), refusal)),
        }
        Ok(())
    }
}

/// The column that a refusal is about.
fn field(refusal: ImportRefusal) -> &'static str {
    match refusal {
        ImportRefusal::OtherExternalId => "external_id",
        ImportRefusal::OtherIdentity => "unionid",
        ImportRefusal::PhoneTaken => "phone",
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            made,
            completed,
            joined,
            unchanged,
            refused,
            ..
        } = self;
        write!(
            f,
            "{} rows: {made} made, {completed} completed, {joined} joined, {unchanged} unchanged, {refused} refused",
            self.rows()
        )
    }
}
