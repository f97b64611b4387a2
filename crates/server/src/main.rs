//! The program `wederhoor`.

fn main() -> std::process::ExitCode {
    wederhoor_server::cli::main()
}
