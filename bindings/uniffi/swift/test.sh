#!/usr/bin/env bash
# Tests the Swift package: the scenarios through its own types, and what Swift adds; then a package that uses it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
package=$target/swift/Prm
swift=(bash "$here/run-swift.sh")

printf -- '--- format\n'
"${swift[@]}" swift format lint --strict --configuration "$here/.swift-format" --recursive "$here/Package.swift" \
    "$here/Sources" "$here/Tests" "$here/Samples" "$root/examples/swift/Package.swift" "$root/examples/swift/Sources"

bash "$here/package.sh" "$package"
link=(-Xlinker "-L$package/lib")

printf -- '--- tests\n'
mkdir -p "$target/swift/symbols"
"${swift[@]}" env PRM_SYMBOLS="$target/swift/symbols" swift test --package-path "$package" --scratch-path "$target/swift/build" "${link[@]}" \
    -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$target/swift/symbols"

printf -- '--- what a call costs\n'
"${swift[@]}" swift run --package-path "$package" --scratch-path "$target/swift/release" -c release "${link[@]}" PrmCost

printf -- '--- a package that uses it\n'
folder=$(mktemp -d "$target/swift/clinic-day.XXXXXX")
trap 'rm -rf "$folder"' EXIT
"${swift[@]}" env PRM_SWIFT_PACKAGE="$package" swift run --package-path "$root/examples/swift" \
    --scratch-path "$target/swift/example" "${link[@]}" ClinicDay "$root/examples/data/synthea" "$folder"

printf -- '--- samples and scripts for Apple platforms, which are read but not run here\n'
"${swift[@]}" swiftc -frontend -parse "$here"/Samples/*.swift
bash -n "$here/xcframework.sh"
