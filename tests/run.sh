#!/usr/bin/env bash
# Everything that must hold, in one command: bash tests/run.sh [--long]
#   --long              full counts (crashes, kills, mutations of FHIR) instead of the seeded sample
#   PRM_REQUIRE_ALL=1   a part that had to be skipped counts as failed
#   PRM_TOOLS=DIR       where tools are kept, by default ~/.cache/prm-tools
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
root=$PWD

for argument in "$@"; do
    case $argument in
        --long) export PRM_LONG=1 PRM_FUZZ_ROUNDS=1000000 ;;
        *) echo "usage: bash tests/run.sh [--long]" >&2; exit 2 ;;
    esac
done

tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}
export PATH="$tools/bin:$PATH"
export CARGO_TERM_COLOR=never
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

passed=0 failed=0 skipped=0
summary=""

note() { # name, verdict, detail
    summary+=$(printf '%-28s %-8s %s' "$1" "$2" "$3")$'\n'
}

# Runs a part and times it against its budget (seconds), which says what is normal and fails nothing.
part() { # name, budget, command...
    local name=$1 budget=$2 began=$SECONDS taken
    shift 2
    printf '\n=== %s (budget %s s)\n' "$name" "$budget"
    if "$@"; then
        taken=$((SECONDS - began)) passed=$((passed + 1))
        if [ "$taken" -gt "$budget" ]; then
            note "$name" passed "$taken s, over its budget of $budget s"
        else
            note "$name" passed "$taken s of $budget s"
        fi
    else
        taken=$((SECONDS - began)) failed=$((failed + 1))
        note "$name" FAILED "after $taken s; again alone: $*"
    fi
}

skip() { # name, reason, how to get it
    printf '\n=== %s: skipped, %s (%s)\n' "$1" "$2" "$3"
    skipped=$((skipped + 1))
    note "$1" skipped "$2; $3"
}

documentation() {
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps
}

examples() {
    local source name found=0 run
    for source in examples/src/bin/*; do
        [ -e "$source" ] || continue
        name=$(basename "$source" .rs)
        found=$((found + 1))
        mkdir -p "$scratch/$name"
        # Twice: the second time over the store that the first one made.
        for run in 1 2; do
            printf -- '--- %s, run %s\n' "$name" "$run"
            (cd "$scratch/$name" && cargo run --quiet --locked --release --manifest-path "$root/Cargo.toml" \
                --package prm-examples --bin "$name") || return 1
        done
    done
    printf '%s examples ran\n' "$found"
    [ "$found" -gt 0 ]
}

comparison() { # folder of a workspace of its own
    cargo test --locked --release --manifest-path "benches/$1/Cargo.toml" --target-dir "${CARGO_TARGET_DIR:-target}/$1"
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    part "set up" 420 bash tests/setup.sh
fi
part "fetch" 120 cargo fetch --locked
part "format" 10 cargo fmt --all --check
# With fast-aes, which adds code and takes none away.
part "clippy" 360 cargo clippy --locked --workspace --all-targets --features prm-core/fast-aes -- -D warnings
part "tests" 600 cargo test --locked --workspace --exclude prm-benches --exclude prm-python --lib --bins --tests
if [ ! -d "${PRM_EXTRA_DATA:-}/rrule" ]; then
    note "libical's rules" "left out" "PRM_EXTRA_DATA names no folder with rrule/: their licence does not let them be shipped"
fi
part "doc tests" 60 cargo test --locked --workspace --exclude prm-benches --exclude prm-python --doc
part "tests, fast-aes" 480 cargo test --locked -p prm-core --features fast-aes --lib
part "documentation" 60 documentation
if command -v cargo-deny >/dev/null; then
    part "licences, bans, sources" 20 cargo deny --offline --locked check bans licenses sources
else
    skip "licences, bans, sources" "cargo-deny is not installed" \
        "cargo install --locked --root $tools cargo-deny"
fi
part "examples" 300 examples
if command -v python3 >/dev/null && python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    part "python" 480 bash bindings/python/test.sh
else
    skip "python" "no Python 3.11 with venv" "install python3 and python3-venv, as tests/setup.sh does on Debian"
fi
if bash bindings/uniffi/swift/run-swift.sh --have; then
    part "swift" 600 bash bindings/uniffi/swift/test.sh
else
    skip "swift" "neither Swift 6 on PATH nor a tree of it in $tools" "tests/setup.sh makes the tree as root on Debian"
fi
part "benches as tests" 240 cargo test --locked --release -p prm-benches
if command -v cc >/dev/null; then
    part "benches: SQLite" 120 comparison sqlite
else
    skip "benches: SQLite" "no C compiler" "install one, as tests/setup.sh does on Debian"
fi
if command -v cc >/dev/null && [ -e /usr/include/openssl/evp.h ]; then
    part "benches: SQLCipher" 120 comparison sqlcipher
else
    skip "benches: SQLCipher" "no C compiler or no OpenSSL headers" "install them, as tests/setup.sh does on Debian"
fi
java_version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = \([0-9]*\).*/\1/p')
if command -v mvn >/dev/null && [ "${java_version:-0}" -ge 17 ]; then
    part "kotlin" 420 bash bindings/uniffi/kotlin/test.sh
else
    skip "kotlin" "no Maven or no Java 17" "install maven and a JDK of 17 or newer, as tests/setup.sh does on Debian"
fi

printf '\n%s' "$summary"
printf 'all parts took %s s\n' "$SECONDS"
if [ "${PRM_REQUIRE_ALL:-0}" = 1 ] && [ "$skipped" -gt 0 ]; then
    printf 'PRM_REQUIRE_ALL=1: the skipped parts count as failed\n'
    failed=$((failed + skipped)) skipped=0
fi
printf 'parts: %s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
