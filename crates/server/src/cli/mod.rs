//! The command line.

mod backup;
mod calendar;
mod completions;
mod config;
mod demo;
mod destroyed;
mod doctor;
mod figures;
mod mail;
mod migrate;
mod operator;
mod out;
mod policy;
mod private;
mod reseal;
mod serve;
mod tenant;
mod verify;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// What to begin with.
const FIRST_STEPS: &str = "\
To try it:
  wederhoor demo

To host it (settings are environment variables, or stand in a file .env here):
  wederhoor config --example       all of them, with what they mean
  wederhoor config                 what holds, and what is wrong with it
  wederhoor migrate                makes the database
  wederhoor doctor                 what is wrong, and how to mend it
  wederhoor operator invite you@platform.example --name \"Your Name\"
  wederhoor serve                  answers, and works

`wederhoor COMMAND --help` says more of each.";

/// Complaints, handled to the letter of each organisation's own regulation.
#[derive(Debug, Parser)]
#[command(name = "wederhoor", version, after_help = FIRST_STEPS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try it: two organisations, fictional people, and a clock that can be moved
    Demo(demo::Arguments),
    /// Answer requests, and let due time pass
    ///
    /// Waits for the database and for its schema, and says so in the log and at /readyz; /livez answers as long as the process
    /// does. It does not begin where the database is of a newer version, unless each step that it does not know says by its
    /// name that older versions work beside it (see `migrate --help`).
    Serve {
        /// Only answer; another process works
        #[arg(long)]
        no_worker: bool,
    },
    /// Let due time pass and send letters, without answering requests
    ///
    /// Waits as `serve` does. Where `WEDERHOOR_BIND` says, it answers at /livez and /readyz, and at no other address.
    Worker,
    /// Bring the database to the newest schema, as the login that owns the tables
    ///
    /// While versions change, processes of both work side by side. A process works beside a step that it does not know where
    /// the step's name says so: `…_expand_…` only adds, and every older version works on; `…_contract_TIME_…` takes away what
    /// versions that know the step of that time do without. Beside any other step older versions do not begin, and those that
    /// run are not ready. A newer schema beside which this version works stays as it is.
    Migrate {
        /// Migrate nothing: wait until somebody has, and fail at once on what waiting cannot mend
        ///
        /// Needs `WEDERHOOR_DATABASE_URL` only, the login of the application. Waits while the database is away, or lacks steps
        /// that this version knows; says on standard error for what, once a minute. Ends with 0 when all are there, and with 1
        /// at once on a wrong password, a database that does not exist, or one of a newer version.
        #[arg(long)]
        wait: bool,
    },
    /// Seal anew what older sealing keys sealed, and say how much that was: then these keys can go
    Reseal,
    /// Compare the figures with the events they are made of
    #[command(subcommand)]
    Figures(FiguresCommand),
    /// Make an organisation, put it on hold, resume it, or delete it
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Say who operates the platform: they keep organisations, and see nothing of what is in one
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Try whether letters can go out
    #[command(subcommand)]
    Mail(MailCommand),
    /// Enter the days that a decree equates with a holiday, or list the days of a year
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Check a policy, try it out, or draw it
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Print the settings that hold, without secrets; fails when something is wrong with them, and says all of it
    ///
    /// What is not set stands behind a #, with what holds in its place. A file `.env` in the working directory sets what the
    /// environment does not: above each such setting stands in which line.
    Config {
        /// Print all that there is to set instead, with what it means: the content of `.env.example`
        #[arg(long)]
        example: bool,
    },
    /// Look whether this installation is set up well: for all that is not, what is wrong and how to mend it
    ///
    /// With the same settings as `serve` or `worker`, also while they run. It looks at the settings, the database with its login,
    /// row-level security, schema and clock, what is between it and the program, the mail server (it signs in, and sends nothing), the
    /// keys, the workers and what waits. It changes nothing. Ends with 1 when something must be mended.
    Doctor {
        /// As one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Copy an SQLite database while it is in use, to a file that is not there yet
    ///
    /// In a directory it is named by the moment, such as wederhoor-20270101T120000Z.db. Only who makes the copy may read it.
    /// PostgreSQL is copied by `pg_dump`, as a role that row-level security does not narrow: docs/operating.md says how.
    Backup {
        /// Where the copy goes: a file, or a directory
        file: PathBuf,
    },
    /// Check every chain of every organisation; fails where one does not hold
    Verify {
        /// Say of each organisation how many members and API keys come in, too: a copy that was put back has those again that
        /// lost their right since
        #[arg(long)]
        entrants: bool,
    },
    /// Keep a list of destroyed dossiers apart from backups, or destroy once more what an older backup brought back
    #[command(subcommand)]
    Destroyed(DestroyedCommand),
    /// Print what makes a shell complete commands and options
    ///
    /// For bash: `wederhoor completions bash > ~/.local/share/bash-completion/completions/wederhoor`
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the schema of the API in the schema definition language
    Schema,
}

#[derive(Debug, Subcommand)]
enum FiguresCommand {
    /// Reckon the figures of every organisation anew, and mend what is wrong; to be run once on a database that is older than
    /// figures
    Rebuild {
        /// Mend nothing, and fail where something is wrong
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Subcommand)]
enum TenantCommand {
    /// Make an organisation, publish its regulation, and invite its first administrator
    Create(crate::founding::Founding),
    /// Put an organisation on hold: its administrators read, and nothing else is done there
    Suspend {
        /// Its name in addresses
        slug: String,
        /// Why, for operators to read
        #[arg(long)]
        reason: Option<String>,
    },
    /// Delete the organisations whose 30 days are over, with every row of theirs, and print a certificate of each
    Delete {
        /// Those that operators asked to be deleted, and whose time to come back is over
        #[arg(long, required = true)]
        due: bool,
        /// The login that deletes, in the place of the one that is set
        #[arg(long)]
        database_url: Option<String>,
    },
    /// Let pages of these origins, and no others, read what concerns an organisation; none: no page of others
    Origins {
        /// Its name in addresses
        slug: String,
        /// As browsers write them, such as <https://www.organisation.example>
        origins: Vec<String>,
    },
    /// Let the letters of an organisation be from these addresses and domains, and no others; none: from your own only
    Senders {
        /// Its name in addresses
        slug: String,
        /// Addresses such as klachten@organisation.example, and domains such as organisation.example
        senders: Vec<String>,
    },
    /// List due work that fails again and again, of every organisation, or let all of it be tried at once
    Stuck {
        /// Let all that is listed be tried at once: when what was wrong is mended
        #[arg(long)]
        retry: bool,
    },
    /// Take an organisation into use again; what fell due meanwhile takes effect at its own instants
    Resume {
        /// Its name in addresses
        slug: String,
    },
}

#[derive(Debug, Subcommand)]
enum OperatorCommand {
    /// Invite an operator, and print their way in
    Invite {
        /// Their e-mail address, which no member of an organisation has
        email: String,
        /// What people call them
        #[arg(long)]
        name: String,
    },
    /// Print a way to another password for an operator who forgot theirs; their second factor stays
    Reset {
        /// Their e-mail address
        email: String,
    },
    /// Take an operator their rights, at once, or withdraw their invitation
    Remove {
        /// Their e-mail address
        email: String,
    },
}

#[derive(Debug, Subcommand)]
enum MailCommand {
    /// Send a test letter, and say what happened, or which setting is wrong; fails when it is not taken
    Check {
        /// Where the test letter goes
        address: String,
    },
}

#[derive(Debug, Subcommand)]
enum CalendarCommand {
    /// Enter days that a decree equates with a holiday, all of them or none: they count for every organisation from now on
    Decree {
        /// One day a line, such as 2029-05-11; what follows a # is a remark
        file: PathBuf,
        /// Where it is written, such as a number of the Staatsblad
        #[arg(long)]
        source: String,
    },
    /// List the holidays of a year, and the days that decrees equate with one
    List {
        /// The year
        #[arg(value_parser = clap::value_parser!(i32).range(1900..=2199))]
        year: i32,
    },
}

#[derive(Debug, Subcommand)]
enum DestroyedCommand {
    /// Add what was destroyed to a list; what stands in it stays
    Export {
        /// The list, one JSON object a line
        file: PathBuf,
    },
    /// Destroy once more what stands in the list, after an older backup was restored
    Replay {
        /// The list
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum PolicyCommand {
    /// Say what is wrong with a policy; fails when it cannot be published
    Check {
        /// The policy, TOML or JSON by its ending
        file: PathBuf,
    },
    /// Play a complaint through a policy, without storing anything
    Preview(policy::PreviewArguments),
    /// Draw a policy as a state diagram, with terms and articles on its arrows
    Diagram(policy::DiagramArguments),
}

/// Runs the program with the process's arguments and environment.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments.command) {
        Ok(code) => code,
        Err(error) => {
            // Who does not read errors hears of them by the exit code.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(arguments) => in_runtime(demo::run(arguments))?,
        Command::Serve { no_worker } => in_runtime(serve::serve(!no_worker))?,
        Command::Worker => in_runtime(serve::work())?,
        Command::Migrate { wait } => in_runtime(migrate::run(*wait))?,
        Command::Reseal => in_runtime(reseal::run())?,
        Command::Figures(FiguresCommand::Rebuild { check }) => {
            in_runtime(figures::rebuild(*check))?;
        }
        Command::Tenant(TenantCommand::Create(arguments)) => in_runtime(tenant::create(arguments))?,
        Command::Tenant(TenantCommand::Origins { slug, origins }) => {
            in_runtime(tenant::allow_origins(slug, origins))?;
        }
        Command::Tenant(TenantCommand::Senders { slug, senders }) => {
            in_runtime(tenant::allow_senders(slug, senders))?;
        }
        Command::Tenant(TenantCommand::Suspend { slug, reason }) => {
            in_runtime(tenant::suspend(slug, reason.as_deref()))?;
        }
        Command::Tenant(TenantCommand::Delete { database_url, .. }) => {
            in_runtime(tenant::delete_due(database_url.as_deref()))?;
        }
        Command::Tenant(TenantCommand::Stuck { retry }) => in_runtime(tenant::stuck(*retry))?,
        Command::Tenant(TenantCommand::Resume { slug }) => in_runtime(tenant::resume(slug))?,
        Command::Operator(OperatorCommand::Invite { email, name }) => {
            in_runtime(operator::invite(email, name))?;
        }
        Command::Operator(OperatorCommand::Reset { email }) => {
            in_runtime(operator::reset(email))?;
        }
        Command::Operator(OperatorCommand::Remove { email }) => {
            in_runtime(operator::remove(email))?;
        }
        Command::Mail(MailCommand::Check { address }) => in_runtime(mail::check(address))?,
        Command::Calendar(CalendarCommand::Decree { file, source }) => {
            in_runtime(calendar::decree(file, source))?;
        }
        Command::Calendar(CalendarCommand::List { year }) => in_runtime(calendar::list(*year))?,
        Command::Policy(PolicyCommand::Check { file }) => return policy::check(file),
        Command::Policy(PolicyCommand::Preview(arguments)) => return policy::preview(arguments),
        Command::Policy(PolicyCommand::Diagram(arguments)) => policy::draw(arguments)?,
        Command::Config { example } => config::print(*example)?,
        Command::Backup { file } => in_runtime(backup::run(file))?,
        Command::Verify { entrants } => in_runtime(verify::run(*entrants))?,
        Command::Destroyed(DestroyedCommand::Export { file }) => {
            in_runtime(destroyed::export(file))?;
        }
        Command::Destroyed(DestroyedCommand::Replay { file }) => {
            in_runtime(destroyed::replay(file))?;
        }
        Command::Doctor { json } => return in_runtime(doctor::run(*json)),
        Command::Completions { shell } => completions::print(*shell)?,
        Command::Schema => out::print(wederhoor_graphql::sdl())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
