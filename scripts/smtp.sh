#!/usr/bin/env bash
# Runs a command beside a throw-away mail server (Exim), which delivers to every address of a domain that ends in .example:
#   scripts/smtp.sh cargo test --workspace
# The command finds what it needs in WEDERHOOR_TEST_SMTP: `PORT TLS_PORT USER PASSWORD DIRECTORY`. In the directory stand ca.pem,
# which signed its certificate for 127.0.0.1 (and for no name), and mail/new, with a file for each letter that was delivered.
# It signs in who has the password, says 550 to weg@… and 452 to vol@…, and writes the port of a client into Received.
set -euo pipefail

fail() { echo "smtp.sh: $*" >&2; exit 1; }
[ $# -gt 0 ] || fail "say which command to run, for example: scripts/smtp.sh cargo test --workspace"

find_server() { command -v exim4 || command -v exim || { for one in /usr/sbin/exim4 /usr/sbin/exim; do [ -x "$one" ] && echo "$one" && return; done; true; }; }

# Installs these packages without starting anything: only an instance of our own is wanted.
install_server() {
  local sudo="" policy=/usr/sbin/policy-rc.d made=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  command -v apt-get >/dev/null || fail "no Exim found; install it"
  if [ -n "$sudo" ] && ! $sudo true 2>/dev/null; then
    fail "no Exim found; run: sudo apt-get install exim4-daemon-light openssl"
  fi
  echo "smtp.sh: installing $*" >&2
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
    made=1
  fi
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2 \
    || failed=1
  [ -z "$made" ] || $sudo rm -f "$policy"
  [ -z "${failed:-}" ] || fail "Exim cannot be installed"
}

# Exim gives up being root for a configuration of its own; root hands it to a user who is nobody in particular.
as_server_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
  if command -v runuser >/dev/null; then runuser -u "$server_user" -- "$@"; return; fi
  local line
  printf -v line '%q ' "$@"
  su -s /bin/sh "$server_user" -c "$line"
}

stop_server() {
  if [ -n "${server:-}" ]; then
    [ ! -s "$home/exim.pid" ] || kill "$(cat "$home/exim.pid")" 2>/dev/null || true
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$home"
}

make_home() {
  home=$(mktemp -d "${TMPDIR:-/tmp}/wederhoor-smtp.XXXXXX")
  trap stop_server EXIT
  trap 'exit 130' INT TERM HUP
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  server_user=$(id -un)
  [ "$(id -u)" -ne 0 ] || server_user=nobody
  mkdir -p "$home"/spool "$home"/log "$home"/mail/{new,cur,tmp}
}

make_certificates() {
  local new="openssl req -newkey rsa:2048 -nodes -sha256"
  {
    $new -x509 -days 2 -subj "/CN=throw-away" -keyout "$home/ca.key" -out "$home/ca.pem" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign
    $new -subj "/CN=mail server" -keyout "$home/server.key" -out "$home/server.csr"
    printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >"$home/server.ext"
    openssl x509 -req -days 2 -sha256 -in "$home/server.csr" -CA "$home/ca.pem" -CAkey "$home/ca.key" -CAcreateserial \
      -extfile "$home/server.ext" -out "$home/server.pem"
  } >"$home/openssl.log" 2>&1 || { cat "$home/openssl.log" >&2; fail "no certificate could be made"; }
}

write_settings() {
  cat >"$home/exim.conf" <<CONF
exim_user = $server_user
exim_group = $(id -gn "$server_user")
admin_groups = $(id -gn "$server_user")
spool_directory = $home/spool
log_file_path = $home/log/%slog
pid_file_path = $home/exim.pid
primary_hostname = mail.organisatie.example
qualify_domain = organisatie.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = $1 : $2
tls_on_connect_ports = $2
tls_certificate = $home/server.pem
tls_privatekey = $home/server.key
tls_advertise_hosts = *
tls_require_ciphers = NORMAL
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_mail = check_sender
acl_smtp_rcpt = check_recipient
acl_smtp_data = accept
deliver_drop_privilege = true
rfc1413_hosts =
host_lookup =
smtp_accept_max = 200
smtp_accept_max_per_connection = 0
smtp_accept_queue_per_connection = 0
received_header_text = Received: from client port \$sender_host_port by \$primary_hostname id \$message_exim_id
keep_environment =

begin acl
check_sender:
  deny message = 530 5.7.0 sign in first
       !authenticated = *
  deny message = 553 5.7.1 not a sender of yours
       senders = *@elders.example
  accept
check_recipient:
  deny message = 5.1.1 no such mailbox
       local_parts = weg
  defer message = 452 4.2.2 the mailbox is full
       local_parts = vol
  accept domains = *.example
  deny message = 5.7.1 not relayed

begin routers
everybody:
  driver = accept
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = $home/mail
  maildir_format
  envelope_to_add
  return_path_add
  user = $server_user
  mode = 0644
  directory_mode = 0755
  mode_fail_narrower = false

begin retry
* * F,1h,1m

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and {{eq{\$auth2}{wederhoor}}{eq{\$auth3}{$password}}}}
  server_set_id = \$auth2
CONF
}

is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_server() {
  local attempt waited
  for attempt in 1 2 3 4 5 6 7 8; do
    port=$((10000 + RANDOM % 20000))
    tls_port=$((port + 1))
    write_settings "$port" "$tls_port"
    [ "$(id -u)" -ne 0 ] || { chown -R "$server_user" "$home"; chmod 755 "$home"; }
    as_server_user "$exim" -C "$home/exim.conf" -bdf >"$home/server.log" 2>&1 &
    server=$!
    for waited in $(seq 1 50); do
      is_listening "$port" && is_listening "$tls_port" && return
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
    kill "$server" 2>/dev/null || true
  done
  cat "$home/server.log" "$home"/log/* >&2 || true
  fail "Exim did not start after $attempt tries"
}

if [ -n "${WEDERHOOR_TEST_SMTP:-}" ]; then
  "$@"
  exit
fi
exim=$(find_server)
missing=()
[ -n "$exim" ] || missing+=(exim4-daemon-light)
command -v openssl >/dev/null || missing+=(openssl)
if [ "${#missing[@]}" -gt 0 ]; then
  install_server "${missing[@]}"
  exim=$(find_server)
  [ -n "$exim" ] || fail "Exim was installed, but its program was not found"
fi
make_home
make_certificates
start_server
export WEDERHOOR_TEST_SMTP="$port $tls_port wederhoor $password $home"
"$@"
