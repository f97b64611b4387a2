#!/usr/bin/env bash
# Runs every test on both databases and beside a real mail server; arguments go to cargo test.
set -euo pipefail
cd "$(dirname "$0")/.."
exec scripts/postgres.sh scripts/smtp.sh cargo test --workspace "$@"
