#!/usr/bin/env bash
# Tests of the Kotlin binding: builds the jar, runs its tests, and runs the example of examples/kotlin as a project of its
# own: with the jar from the local Maven repository, in an empty folder and with an empty environment.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

bash "$here/generate.sh"

# Maven needs the network until its repository has everything that these projects name.
repository=$HOME/.m2/repository
stamp=$repository/prm-$(cat "$here/pom.xml" "$root/examples/kotlin/pom.xml" | cksum | cut -d' ' -f1)
offline=()
[ -e "$stamp" ] && offline=(-o)
maven() { mvn "${offline[@]}" -B -ntp "$@"; }

(cd "$here" && maven install)
(cd "$root/examples/kotlin" && rm -rf target/classes target/app && maven package)
touch "$stamp"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
java=$(command -v java)
for run in 1 2; do
    printf -- '--- examples/kotlin, run %s, in an empty folder and with an empty environment\n' "$run"
    mkdir "$scratch/$run"
    (cd "$scratch/$run" && env -i "$java" -jar "$root/examples/kotlin/target/app/clinic-day.jar" "$root/examples/data/synthea")
    test -s "$scratch/$run/journey.svg"
done
