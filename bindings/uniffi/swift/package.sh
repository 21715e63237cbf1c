#!/usr/bin/env bash
# Makes the whole Swift package in a folder: what is written here by hand, and what is generated from the library.
#
#   bash bindings/uniffi/swift/package.sh OUT
#
# OUT/lib then holds the static library and nothing else: swift build --package-path OUT -Xlinker -LOUT/lib
# Files that did not change are left alone, so that a further build has little to do.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cd "$root"

cargo build --quiet --locked --release -p prm-uniffi
cargo build --quiet --locked --manifest-path bindings/uniffi/bindgen/Cargo.toml --target-dir "$target/bindgen"
library=libprm_uniffi.so
[ -e "$target/release/$library" ] || library=libprm_uniffi.dylib

whole=$(mktemp -d)
trap 'rm -rf "$whole"' EXIT
(cd "$here" && cp -R Package.swift Sources Tests "$whole")
"$target/bindgen/debug/uniffi-bindgen" generate "$target/release/$library" --language swift --no-format \
    --out-dir "$whole/generated"
mkdir -p "$whole/Sources/PrmGenerated" "$whole/lib"
mv "$whole/generated/PrmGenerated.swift" "$whole/Sources/PrmGenerated/"
mv "$whole/generated/PrmFFI.h" "$whole/Sources/PrmFFI/"
rmdir "$whole/generated"
cargo run --quiet --locked -p prm-api -- swift "$whole"
cp "$target/release/libprm_uniffi.a" "$whole/lib/"

# What is gone here goes there; what is the same keeps its time.
for part in Package.swift Sources Tests lib; do
    [ ! -e "$out/$part" ] || (cd "$out" && find "$part" -type f) | while read -r file; do
        [ -e "$whole/$file" ] || rm "$out/$file"
    done
    (cd "$whole" && find "$part" -type f) | while read -r file; do
        cmp -s "$whole/$file" "$out/$file" && continue
        mkdir -p "$(dirname "$out/$file")"
        cp "$whole/$file" "$out/$file"
    done
done
