#!/usr/bin/env bash
# What can be known of phones without one: bash tests/phones.sh
#   1. The library type-checks for 64-bit Android and iOS; so do its bindings, where they are members of the workspace.
#   2. The library's tests pass on 64-bit ARM Linux, emulated by qemu, with the counts of samples. Those that damage a store page by
#      page and those that need a second process are left out.
# Not linked for a phone, not run on one. Not part of tests/run.sh: it takes a Debian machine, and root once, to install a
# cross linker and qemu. Debian's rustc-web, a compiler that comes with the standard library's sources, is unpacked and
# not installed; it lies in $PRM_TOOLS, by default ~/.cache/prm-tools.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}
compiler=$tools/rust-web
arm=aarch64-unknown-linux-gnu
export CARGO_TERM_COLOR=never
# Left out under emulation: what opens a store once for every page that is damaged takes hours there, and what starts itself as
# another process cannot.
left_out=(store::engine::tests::damage two_processes_hammer killed_between_append_and_sync)

install_tools() {
    local missing=() library
    command -v aarch64-linux-gnu-gcc >/dev/null || missing+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
    command -v qemu-aarch64 >/dev/null || missing+=(qemu-user)
    if [ ${#missing[@]} -gt 0 ] || [ ! -x "$compiler/rustc" ]; then
        apt-get update -qq || return 1
        # The compiler's LLVM can be installed: it stands in the way of nothing.
        library=$(depends libstd-rust-web-dev '^libstd') && missing+=("$(depends "$library" '^libllvm')")
    fi
    if [ ${#missing[@]} -gt 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" || return 1
    fi
    [ -x "$compiler/rustc" ] || unpack_compiler
}

depends() { # package, pattern: the first package of that name it depends on
    apt-cache depends --no-recommends "$1" | sed -n 's/^ *Depends: //p' | grep -m 1 "$2"
}

# It gets its name when it is whole.
unpack_compiler() {
    local part=$compiler.partial tool deb
    rm -rf -- "$part" && mkdir -p -- "$part/debs" || return 1
    (cd "$part/debs" && apt-get -q download rustc-web rust-web-src libstd-rust-web-dev \
        "$(depends libstd-rust-web-dev '^libstd')") || return 1
    for deb in "$part"/debs/*.deb; do dpkg -x "$deb" "$part" || return 1; done
    rm -rf -- "$part/debs" "$part/usr/share/doc"
    for tool in rustc rustdoc; do
        cat >"$part/$tool" <<'TOOL' || return 1
#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
LD_LIBRARY_PATH=$here/usr/lib/x86_64-linux-gnu exec "$here/usr/bin/$(basename -- "$0")" "$@"
TOOL
        chmod 755 "$part/$tool"
    done
    "$part/rustc" --version && mv -T -- "$part" "$compiler"
}

check() { # target
    local packages=(-p prm-core)
    if cargo metadata --no-deps --offline --format-version 1 | grep -q '"name":"prm-uniffi"'; then
        packages+=(-p prm-uniffi)
    fi
    cargo check --locked -Zbuild-std=std,panic_abort --target "$1" "${packages[@]}"
}

run_tests() {
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER='qemu-aarch64 -L /usr/aarch64-linux-gnu' \
        cargo test --locked -Zbuild-std --target "$arm" -p prm-core --lib -- "${left_out[@]/#/--skip=}"
}

failed=0 summary=""
part() { # name, command...
    local name=$1 began=$SECONDS verdict=passed
    shift
    printf '\n=== %s\n' "$name"
    "$@" || { verdict=FAILED failed=$((failed + 1)); }
    summary+=$(printf '%-36s %-8s %s s' "$name" "$verdict" $((SECONDS - began)))$'\n'
}

install_tools || { echo "phones: the tools could not be installed; see the head of $0" >&2; exit 1; }
# The output of this compiler does not mix with that of rustup's. The sources of the standard library are taken with a
# compiler of a stable version, which has to be told that it may.
export RUSTC_BOOTSTRAP=1 RUSTC=$compiler/rustc RUSTDOC=$compiler/rustdoc
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/rust-web
part "Android, 64-bit ARM: type check" check aarch64-linux-android
part "iOS, 64-bit ARM: type check" check aarch64-apple-ios
part "Linux, 64-bit ARM: tests under qemu" run_tests
printf '\n%sleft out under qemu: %s\n' "$summary" "${left_out[*]}"
printf 'parts failed: %s\n' "$failed"
[ "$failed" = 0 ]
