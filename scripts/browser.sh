#!/usr/bin/env bash
# Opens the pages of two demos, one with its months of complaints and one without, in a real browser and tries them;
# arguments go to node --test.
# Needs Node.js 20 and Chromium, and installs what is missing where it may. WEDERHOOR_TEST_CHROMIUM names another browser;
# WEDERHOOR_TEST_PICTURES a directory for pictures of the pages.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "browser.sh: $*" >&2; exit 1; }

install() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  command -v apt-get >/dev/null || fail "install $*"
  if [ -n "$sudo" ] && ! $sudo true 2>/dev/null; then fail "run: sudo apt-get install $*"; fi
  echo "browser.sh: installing $*" >&2
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2
}

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

stop_demos() {
  for demo in "${demos[@]}"; do kill "$demo" 2>/dev/null && wait "$demo" 2>/dev/null || true; done
  rm -rf "$home"
}

# Starts a demo of that name; the rest goes to it.
start_demo() {
  local name=$1
  shift
  "${CARGO_TARGET_DIR:-target}/debug/wederhoor" demo "$@" --port 0 --data-dir "$home/$name" >"$home/$name.said" 2>&1 &
  demos+=($!)
}

# Prints where the demo of that name and number answers, once it does: one with a history tells it first.
await_demo() {
  local name=$1 demo=$2 tries address
  for ((tries = 0; tries < 3000; tries++)); do
    address=$(sed -n 's/^.*demo is open: \(http:[^ ]*\)\/$/\1/p' "$home/$name.said")
    if [ -n "$address" ]; then echo "$address"; return; fi
    kill -0 "$demo" 2>/dev/null || break
    sleep 0.1
  done
  cat "$home/$name.said" >&2
  fail "the demo did not start"
}

command -v npm >/dev/null || install nodejs npm
WEDERHOOR_TEST_CHROMIUM=${WEDERHOOR_TEST_CHROMIUM:-$(find_browser)}
if [ -z "$WEDERHOOR_TEST_CHROMIUM" ]; then
  install chromium fonts-dejavu-core
  WEDERHOOR_TEST_CHROMIUM=$(find_browser)
fi
export WEDERHOOR_TEST_CHROMIUM
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent)
cargo build --quiet --locked -p wederhoor-server

home=$(mktemp -d "${TMPDIR:-/tmp}/wederhoor-browser.XXXXXX")
demos=()
trap stop_demos EXIT
trap 'exit 130' INT TERM HUP
start_demo told
start_demo new --no-history
WEDERHOOR_TEST_TOLD_URL=$(await_demo told "${demos[0]}")
WEDERHOOR_TEST_DEMO_URL=$(await_demo new "${demos[1]}")
export WEDERHOOR_TEST_TOLD_URL WEDERHOOR_TEST_DEMO_URL
node --test --test-concurrency=1 "$@" tests/browser/*.test.mjs
