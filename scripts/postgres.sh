#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL (15 or newer):
#   scripts/postgres.sh cargo test --workspace
# The command finds the superuser's address in WEDERHOOR_TEST_PG_URL. When that is set already, that server is used and
# nothing is started. The roles wederhoor_owner, wederhoor_app and wederhoor_maintenance exist and have the superuser's password.
set -euo pipefail

fail() { echo "postgres.sh: $*" >&2; exit 1; }
[ $# -gt 0 ] || fail "say which command to run, for example: scripts/postgres.sh cargo test --workspace"

# Prints the directory of the newest usable server binaries, or nothing.
find_binaries() {
  local dir version best="" best_version=14
  for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    /usr/local/pgsql/bin "$(pg_config --bindir 2>/dev/null || true)" "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
    [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/postgres" ] || continue
    version=$("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ "$version" -gt "$best_version" ]; then best=$dir best_version=$version; fi
  done
  echo "$best"
}

install_server() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  command -v apt-get >/dev/null || fail "no PostgreSQL 15 or newer found; install its server, or set WEDERHOOR_TEST_PG_URL to a superuser's URL"
  if [ -n "$sudo" ] && ! $sudo true 2>/dev/null; then
    fail "no PostgreSQL 15 or newer found; run: sudo apt-get install postgresql (or set WEDERHOOR_TEST_PG_URL to a superuser's URL)"
  fi
  echo "postgres.sh: no PostgreSQL 15 or newer found, installing it" >&2
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >&2
}

# PostgreSQL refuses to run as root, so root hands it to an ordinary user.
as_server_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
  if command -v runuser >/dev/null; then runuser -u "$server_user" -- "$@"; return; fi
  local line
  printf -v line '%q ' "$@"
  su -s /bin/sh "$server_user" -c "$line"
}

stop_server() {
  if [ -f "$home/data/postmaster.pid" ]; then
    as_server_user "$bin/pg_ctl" stop -D "$home/data" -m immediate -s || true
  fi
  rm -rf "$home"
}

write_settings() {
  cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 400
shared_buffers = 128MB
jit = off
autovacuum = off
log_min_messages = warning
CONF
}

create_cluster() {
  home=$(mktemp -d "${TMPDIR:-/tmp}/wederhoor-pg.XXXXXX")
  trap stop_server EXIT
  trap 'exit 130' INT TERM HUP
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" >"$home/password"
  if [ "$(id -u)" -eq 0 ]; then
    server_user=postgres
    id "$server_user" >/dev/null 2>&1 || server_user=nobody
    chown -R "$server_user" "$home"
  fi
  # Clear text over the loopback: the tests open thousands of connections, and hashing in a debug build would be felt.
  as_server_user "$bin/initdb" -D "$home/data" -U postgres --auth=password --pwfile="$home/password" \
    --encoding=UTF8 --locale=C --no-sync >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; fail "initdb failed"; }
  write_settings
}

start_server() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8; do
    port=$((10000 + RANDOM % 20000))
    if as_server_user "$bin/pg_ctl" start -D "$home/data" -s -w -t 60 -l "$home/server.log" -o "-p $port" >/dev/null 2>&1; then
      return
    fi
  done
  cat "$home/server.log" >&2
  fail "PostgreSQL did not start after $attempt tries"
}

create_roles() {
  local client
  client=$(command -v psql || echo "${bin:-/nowhere}/psql")
  [ -x "$client" ] || fail "psql not found"
  OWNER_PASSWORD=$1 APP_PASSWORD=$1 MAINTENANCE_PASSWORD=$1 \
    "$client" -X -q -f "$(dirname "${BASH_SOURCE[0]}")/roles.sql" "$WEDERHOOR_TEST_PG_URL"
}

if [ -n "${WEDERHOOR_TEST_PG_URL:-}" ]; then
  given=${WEDERHOOR_TEST_PG_URL#*://}
  given=${given%%@*}
  case $given in *:*) given=${given#*:} ;; *) given="" ;; esac
  create_roles "$given"
  "$@"
  exit
fi

bin=$(find_binaries)
if [ -z "$bin" ]; then
  install_server
  bin=$(find_binaries)
  [ -n "$bin" ] || fail "PostgreSQL was installed, but its programs were not found"
fi
create_cluster
start_server
export WEDERHOOR_TEST_PG_URL="postgres://postgres:$password@127.0.0.1:$port/postgres"
create_roles "$password"
"$@"
