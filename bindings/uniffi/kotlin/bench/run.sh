#!/usr/bin/env bash
# What a call, a page and an import cost from Kotlin, beside SQLite through JDBC. Prints a table.
#   bash bindings/uniffi/kotlin/bench/run.sh [rounds]
# Takes the jar that bindings/uniffi/kotlin/test.sh installed into the local Maven repository.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
(cd "$here" && mvn -B -ntp package)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
java -Xmx2g -jar "$here/target/app/bench.jar" "$root/examples/data/synthea" "${1:-5}"
