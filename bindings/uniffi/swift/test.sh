#!/usr/bin/env bash
# Tests the Swift package: the scenarios through its own types, and what Swift adds; then a package that uses it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
package=$target/swift/Prm
swift=(bash "$here/run-swift.sh")

bash "$here/package.sh" "$package"
link=(-Xlinker "-L$package/lib")

printf -- '--- tests\n'
"${swift[@]}" swift test --package-path "$package" --scratch-path "$target/swift/build" "${link[@]}" \
    -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$target/swift/symbols"
