#!/usr/bin/env bash
# Installs what the tests need beside Rust: a C compiler and OpenSSL's headers (for the engines the benches compare with),
# Java and Maven (for Kotlin), and cargo-deny. Run by tests/run.sh when it is root on Debian; anybody else may run it with the rights they have.
# Tools go to a cache outside the repository: $PRM_TOOLS, by default ~/.cache/prm-tools.
set -euo pipefail
tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}

packages=()
command -v cc >/dev/null || packages+=(gcc libc6-dev)
command -v pkg-config >/dev/null || packages+=(pkg-config)
[ -e /usr/include/openssl/evp.h ] || packages+=(libssl-dev)
command -v java >/dev/null || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
if [ ${#packages[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if ! PATH="$tools/bin:$PATH" command -v cargo-deny >/dev/null; then
    mkdir -p "$tools"
    cargo install --quiet --locked --root "$tools" cargo-deny --version '^0.20'
fi
