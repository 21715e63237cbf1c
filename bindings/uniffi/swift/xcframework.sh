#!/usr/bin/env bash
# Makes PrmFFI.xcframework for macOS, iOS and its simulator, and zips it for a release. Needs a Mac with Xcode and the Rust
# targets below; the tests on Linux read this script and do not run it.
#
#   bash bindings/uniffi/swift/xcframework.sh OUT
set -euo pipefail
[ $# = 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cd "$root"

export MACOSX_DEPLOYMENT_TARGET=13.0 IPHONEOS_DEPLOYMENT_TARGET=16.0
triples=(aarch64-apple-darwin x86_64-apple-darwin aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios)
for triple in "${triples[@]}"; do
    cargo build --locked --release -p prm-uniffi --target "$triple"
done

# The header and the module map lie in a folder of our name, so that two libraries made by uniffi can be in one app. The map
# is ours: the generated one is that of a framework.
headers=$(mktemp -d)
trap 'rm -rf "$headers"' EXIT
cargo build --locked --manifest-path bindings/uniffi/bindgen/Cargo.toml --target-dir "$target/bindgen"
"$target/bindgen/debug/uniffi-bindgen-swift" --headers "$target/aarch64-apple-darwin/release/libprm_uniffi.a" "$headers/PrmFFI"
printf 'module PrmFFI {\n    header "PrmFFI.h"\n    export *\n}\n' >"$headers/PrmFFI/module.modulemap"

fat() { # name, triples...
    local name=$1 parts=()
    shift
    for triple in "$@"; do parts+=("$target/$triple/release/libprm_uniffi.a"); done
    mkdir -p "$target/fat/$name"
    lipo -create "${parts[@]}" -output "$target/fat/$name/libprm_uniffi.a"
}
fat macos aarch64-apple-darwin x86_64-apple-darwin
fat simulator aarch64-apple-ios-sim x86_64-apple-ios

rm -rf "$out/PrmFFI.xcframework" "$out/PrmFFI.xcframework.zip"
xcodebuild -create-xcframework \
    -library "$target/fat/macos/libprm_uniffi.a" -headers "$headers" \
    -library "$target/aarch64-apple-ios/release/libprm_uniffi.a" -headers "$headers" \
    -library "$target/fat/simulator/libprm_uniffi.a" -headers "$headers" \
    -output "$out/PrmFFI.xcframework"
(cd "$out" && zip -qry PrmFFI.xcframework.zip PrmFFI.xcframework)
swift package compute-checksum "$out/PrmFFI.xcframework.zip"
