#!/usr/bin/env bash
# Audits GraphQL over HTTP with npm's graphql-http, against a demo of its own on a free port.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "audits.sh: $*" >&2; exit 1; }
command -v npm >/dev/null || fail "npm is needed: install Node.js 18 or newer"

home=$(mktemp -d "${TMPDIR:-/tmp}/wederhoor-audits.XXXXXX")
server=""
tidy() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
  rm -rf "$home"
}
trap tidy EXIT

npm ci --prefix tests/audits --silent --no-audit --no-fund
cargo build --quiet --locked -p wederhoor-server
"${CARGO_TARGET_DIR:-target}/debug/wederhoor" demo --no-history --port 0 --data-dir "$home/data" >"$home/told" 2>"$home/log" &
server=$!

address=""
for _ in $(seq 600); do
  address=$(sed -n 's|^  API  *\(http://[^ ]*/graphql\).*$|\1|p' "$home/told")
  [ -z "$address" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$home/log" >&2; fail "the demo did not start"; }
  sleep 0.1
done
[ -n "$address" ] || fail "the demo did not say where it answers"
node tests/audits/run.js "$address"
