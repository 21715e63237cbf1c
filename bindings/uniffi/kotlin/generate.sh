#!/usr/bin/env bash
# Makes what the Maven project needs and the repository does not hold, below target/: native/ with the library for this
# platform, by JNA's names; generated/main with the Kotlin over it; generated/test with what the tests read scenarios by.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$root"
built=${CARGO_TARGET_DIR:-$root/target}

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x86-64 library=libprm_uniffi.so ;;
    Linux-aarch64) platform=linux-aarch64 library=libprm_uniffi.so ;;
    Darwin-x86_64) platform=darwin-x86-64 library=libprm_uniffi.dylib ;;
    Darwin-arm64) platform=darwin-aarch64 library=libprm_uniffi.dylib ;;
    MINGW*-x86_64 | MSYS*-x86_64) platform=win32-x86-64 library=prm_uniffi.dll ;;
    *) echo "no native library for $(uname -s) on $(uname -m)" >&2; exit 2 ;;
esac

cargo build --locked --release -p prm-uniffi
# Built once: a workspace of its own, with a folder of its own that Swift shares.
cargo build --locked --manifest-path bindings/uniffi/bindgen/Cargo.toml --target-dir "$built/bindgen" --bin uniffi-bindgen

raw=$here/target/raw
rm -rf "$raw" "$here/target/generated" "$here/target/native"
"$built/bindgen/debug/uniffi-bindgen" generate "$built/release/$library" --language kotlin --no-format --out-dir "$raw"
cargo run --quiet --locked -p prm-api -- kotlin "$(find "$raw" -name '*.kt')" "$here/target/generated"

# The Kotlin is made from the library as it was built; what ships needs no table of symbols.
mkdir -p "$here/target/native/$platform"
shipped=$here/target/native/$platform/$library
case $library in
    *.so) strip --strip-unneeded -o "$shipped" "$built/release/$library" ;;
    *.dylib) strip -x -o "$shipped" "$built/release/$library" ;;
    *) cp "$built/release/$library" "$shipped" ;;
esac
wc -c <"$shipped" | xargs printf 'native library for %s: %s bytes\n' "$platform"
