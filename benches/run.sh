#!/usr/bin/env bash
# Compares the library with what a user would pick instead, side by side in one run: bash benches/run.sh [OPTION…]
#   --footprint        measures the library alone instead, as on a small device: memory of a fresh process that pages through
#                      a store with a cache of 16 MiB, and the time to open it after a shutdown and after a kill; takes
#                      --patients, --rounds and --at, and needs Linux
#   --care             measures the work of care plans instead: lists of what is due, completions, the nightly advance; takes
#                      --patients (2000), --rounds, --at and --only with sqlite-joined,sqlite-covering,prm,prm-fast
#   --sizes            measures how large the library for Kotlin and Swift is, stripped, as it is released and with the
#                      profile `size`; builds both, which takes minutes
#   --patients N       ordinary patients of 60 records (10000; the figures of the README are of 100000)
#   --long N           patients with 10,000 entries (20)
#   --rounds N         rounds of every phase (5)
#   --ingest-rounds N  rounds of ingest and import (5)
#   --import N         how often the bundles are imported, each time as other people's (10)
#   --bundles FOLDER   FHIR bundles to import (examples/data/synthea)
#   --leave-out NAMES  bundles not imported, by how their names begin (the three the dictionary was trained on)
#   --at FOLDER        where the stores are made (a folder of the system for temporary files): the disk that is measured
#   --only NAMES       engines by name, the first is compared with: sqlite,sqlcipher,layout,redb,blob,prm,prm-fast
# Needs a C compiler, and OpenSSL's headers for SQLCipher. Progress goes to the error output, the table to the output.
set -euo pipefail
cd "$(dirname "$0")/.."

footprint=0 sizes=0 care=0 patients=10000 rounds=5 at=${TMPDIR:-/tmp}/prm-benches
only=
options=(--leave-out Antonio,Bill,Christian)
while [ $# -gt 0 ]; do
    case $1 in
        --help) sed -n '2,19s/^# \{0,1\}//p' benches/run.sh; exit 0 ;;
        --footprint) footprint=1; shift ;;
        --sizes) sizes=1; shift ;;
        --care) care=1; shift ;;
        --patients) patients=$2; options+=("$1" "$2"); shift 2 ;;
        --rounds) rounds=$2; options+=("$1" "$2"); shift 2 ;;
        --at) at=$2; options+=("$1" "$2"); shift 2 ;;
        --only) only=$2; shift 2 ;;
        *) options+=("$1"); shift ;;
    esac
done
if [ "$care" = 1 ]; then
    only=${only:-sqlite-joined,sqlite-covering,prm,prm-fast}
else
    only=${only:-sqlite,sqlcipher,layout,redb,blob,prm,prm-fast}
fi

target=${CARGO_TARGET_DIR:-$PWD/target}
wants() { case ",$only," in *",$1,"*) return 0 ;; *) return 1 ;; esac }

machine() {
    printf 'machine: %s, %s cores, %s\n' \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)" \
        "$(getconf _NPROCESSORS_ONLN)" "$(uname -sr)" >&2
}

if [ "$sizes" = 1 ]; then
    machine
    stripped=$(mktemp)
    trap 'rm -f "$stripped"' EXIT
    for profile in release size; do
        cargo build --quiet --locked --profile "$profile" -p prm-uniffi
        strip -o "$stripped" "$target/$profile/libprm_uniffi.so"
        printf '%-8s %s bytes\n' "$profile" "$(wc -c <"$stripped")"
    done
    exit
fi

cargo build --quiet --locked --release -p prm-benches
if [ "$footprint" = 1 ]; then
    machine
    mkdir -p "$at"
    exec "$target/release/prm" footprint measure "$at" "$patients" "$rounds"
fi
if wants prm-fast; then
    cargo build --quiet --locked --release -p prm-benches --features fast-aes --target-dir "$target/fast"
fi
if wants sqlite || wants layout || wants blob || wants sqlite-joined || wants sqlite-covering; then
    cargo build --quiet --locked --release --manifest-path benches/sqlite/Cargo.toml --target-dir "$target/sqlite"
fi
if wants sqlcipher; then
    cargo build --quiet --locked --release --manifest-path benches/sqlcipher/Cargo.toml --target-dir "$target/sqlcipher"
fi

engines=()
IFS=, read -ra names <<<"$only"
for name in "${names[@]}"; do
    case $care-$name in
        0-sqlite) engines+=("sqlite=$target/sqlite/release/prm-bench-sqlite,typed") ;;
        0-sqlcipher) engines+=("sqlcipher=$target/sqlcipher/release/prm-bench-sqlcipher,typed") ;;
        0-layout) engines+=("layout=$target/sqlite/release/prm-bench-sqlite,layout") ;;
        0-blob) engines+=("blob=$target/sqlite/release/prm-bench-sqlite,blob") ;;
        0-redb) engines+=("redb=$target/release/raw-redb") ;;
        0-prm) engines+=("prm=$target/release/prm") ;;
        0-prm-fast) engines+=("prm-fast=$target/fast/release/prm") ;;
        1-sqlite-joined) engines+=("sqlite-joined=$target/sqlite/release/prm-bench-sqlite,care-joined") ;;
        1-sqlite-covering) engines+=("sqlite-covering=$target/sqlite/release/prm-bench-sqlite,care-covering") ;;
        1-prm) engines+=("prm=$target/release/prm,care") ;;
        1-prm-fast) engines+=("prm-fast=$target/fast/release/prm,care") ;;
        *) echo "no engine is called $name" >&2; exit 2 ;;
    esac
done

machine
if [ "$care" = 1 ]; then
    exec "$target/release/care" "${options[@]:2}" "${engines[@]}"
fi
exec "$target/release/drive" "${options[@]}" "${engines[@]}"
