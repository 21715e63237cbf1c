#!/usr/bin/env bash
# Makes target/prm-android-VERSION.aar with the library for four ABIs, in pages of 16 KB, and the classes of the jar.
# Needs the Android NDK (ANDROID_NDK_HOME) and cargo-ndk (cargo install cargo-ndk), and what ../generate.sh needs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kotlin=$(dirname "$here")
root=$(cd "$kotlin/../../.." && pwd)
built=${CARGO_TARGET_DIR:-$root/target}
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$kotlin/pom.xml")
: "${ANDROID_NDK_HOME:?the folder of the Android NDK, r27 or newer}"

abis=(arm64-v8a armeabi-v7a x86_64 x86)
targets=(aarch64-linux-android armv7-linux-androideabi x86_64-linux-android i686-linux-android)
rustup target add "${targets[@]}"

# One set of classes for both artefacts.
bash "$kotlin/generate.sh"
(cd "$kotlin" && mvn -B -ntp -DskipTests package)

aar=$kotlin/target/aar
rm -rf "$aar"
mkdir -p "$aar/classes" "$aar/jni"

# Android 15 has devices with pages of 16 KB; a library aligned for them loads on those with 4 KB as well.
export RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-Wl,-z,max-page-size=16384"
arguments=()
for abi in "${abis[@]}"; do arguments+=(-t "$abi"); done
(cd "$root" && cargo ndk "${arguments[@]}" --platform 26 -o "$aar/jni" build --locked --profile size -p prm-uniffi)

strip=$(echo "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*/bin/llvm-strip)
readelf=$(echo "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*/bin/llvm-readelf)
for library in "$aar"/jni/*/libprm_uniffi.so; do
    "$strip" --strip-unneeded "$library"
    segments=0
    while read -r align; do
        segments=$((segments + 1))
        if ((align < 16384)); then
            echo "$library is not aligned to pages of 16 KB" >&2
            exit 1
        fi
    done < <("$readelf" -lW "$library" | awk '$1 == "LOAD" { print $NF }')
    ((segments > 0)) || { echo "$library has no segments to look at" >&2; exit 1; }
done

(cd "$aar/classes" && unzip -q "$kotlin/target/prm-$version.jar" 'dev/*' 'META-INF/*.kotlin_module')
(cd "$aar/classes" && zip -q -r -X ../classes.jar .)
rm -r "$aar/classes"
cp "$here/AndroidManifest.xml" "$here/consumer-rules.pro" "$aar/"
mv "$aar/consumer-rules.pro" "$aar/proguard.txt"
cp -r "$here/res" "$aar/res"
touch "$aar/R.txt"
(cd "$aar" && zip -q -r -X "../prm-android-$version.aar" .)
echo "$kotlin/target/prm-android-$version.aar, to be published with $here/pom.xml"
