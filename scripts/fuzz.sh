#!/usr/bin/env bash
# Fuzzes every target for so many seconds (20 by default), from the seeds in fuzz/seeds and the policies; what was found
# stands in fuzz/artifacts. Needs no nightly compiler: coverage is a stable flag, and there is no unsafe code to sanitise. Only our
# own crates are instrumented, so that everything else is taken from target/ as it was built for the tests.
#   scripts/fuzz.sh 120 guard     one target, for two minutes
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

seconds=${1:-20}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(check guard identifiers policy token wording)

wrapper=$(mktemp "${TMPDIR:-/tmp}/wederhoor-rustc.XXXXXX")
trap 'rm -f "$wrapper"' EXIT
cat >"$wrapper" <<'WRAPPER'
#!/usr/bin/env bash
rustc=$1
shift
case " $* " in
  *" --crate-name wederhoor_"* | *"fuzz_targets/"*)
    exec "$rustc" "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
      -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
      -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 ;;
esac
exec "$rustc" "$@"
WRAPPER
chmod +x "$wrapper"

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target}
# The versions of the main workspace; what only the targets need is pinned in their Cargo.toml.
cp ../Cargo.lock Cargo.lock
RUSTC_WRAPPER=$wrapper cargo build --quiet
for target in "${targets[@]}"; do
  seeds=seeds/$target
  [ "$target" != policy ] || seeds=../policies
  # An input of the check is a search through a whole regulation.
  longest=10
  [ "$target" != check ] || longest=60
  mkdir -p "corpus/$target" "artifacts/$target" "$seeds"
  started=$SECONDS
  if ! "$CARGO_TARGET_DIR/debug/$target" "corpus/$target" "$seeds" -artifact_prefix="artifacts/$target/" \
    -max_total_time="$seconds" -timeout="$longest" -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 >"artifacts/$target.log" 2>&1; then
    tail -40 "artifacts/$target.log" >&2
    echo "fuzz.sh: $target found something; run it again: $CARGO_TARGET_DIR/debug/$target fuzz/artifacts/$target/*" >&2
    exit 1
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "artifacts/$target.log")
  echo "$target: ${runs:-?} inputs in $((SECONDS - started)) s, nothing found"
done
