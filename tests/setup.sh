#!/usr/bin/env bash
# Installs what the tests need beside Rust: a C compiler and OpenSSL's headers (for the engines the benches compare with),
# cargo-deny, Python with venv, pyright, Java and Maven. Run by tests/run.sh when it is root on Debian; anybody else may run it
# with the rights they have.
# Tools go to a cache outside the repository: $PRM_TOOLS, by default ~/.cache/prm-tools.
set -euo pipefail
tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}

packages=()
command -v cc >/dev/null || packages+=(gcc libc6-dev)
command -v pkg-config >/dev/null || packages+=(pkg-config)
[ -e /usr/include/openssl/evp.h ] || packages+=(libssl-dev)
command -v java >/dev/null || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
python3 -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3 python3-venv)
command -v npm >/dev/null || packages+=(nodejs npm)
if [ ${#packages[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if ! PATH="$tools/bin:$PATH" command -v cargo-deny >/dev/null; then
    mkdir -p "$tools"
    cargo install --quiet --locked --root "$tools" cargo-deny --version '^0.20'
fi

if [ ! -x "$tools/python/node_modules/.bin/pyright" ]; then
    mkdir -p "$tools/python"
    npm install --silent --no-audit --no-fund --prefix "$tools/python" pyright@1.1.414
fi
