use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::{Arguments, out};

/// Prints what makes a shell complete the names of commands and options.
pub(super) fn print(shell: Shell) -> anyhow::Result<()> {
    let (mut command, mut script) = (Arguments::command(), Vec::new());
    let name = command.get_name().to_owned();
    generate(shell, &mut command, name, &mut script);
    out::print(String::from_utf8_lossy(&script))?;
    Ok(())
}
