#!/usr/bin/env bash
# Runs every test on both databases; arguments go to cargo test.
set -euo pipefail
cd "$(dirname "$0")/.."
exec scripts/postgres.sh cargo test --workspace "$@"
