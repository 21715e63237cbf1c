#!/usr/bin/env bash
# Installs what the tests need beside Rust: a C compiler and OpenSSL's headers (for the engines the benches compare with),
# Python and Node (for Python and its type checker), Java and Maven (for Kotlin), Swift in a tree of its own, and
# cargo-deny. Run by tests/run.sh when it is root on Debian; anybody else may run it with the rights they have.
# Tools go to a cache outside the repository: $PRM_TOOLS, by default ~/.cache/prm-tools.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}

packages=()
command -v cc >/dev/null || packages+=(gcc libc6-dev)
command -v pkg-config >/dev/null || packages+=(pkg-config)
[ -e /usr/include/openssl/evp.h ] || packages+=(libssl-dev)
command -v java >/dev/null || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
python3 -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3 python3-venv)
command -v npm >/dev/null || packages+=(nodejs npm)
# Swift runs in a Debian of its own (0.5 GB to load, 2.5 GB on disk), where mounts in a namespace are permitted.
tree_of_swift=0
if ! bash bindings/uniffi/swift/run-swift.sh --have && unshare --mount true 2>/dev/null; then
    tree_of_swift=1
    command -v debootstrap >/dev/null || packages+=(debootstrap)
fi
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

if [ "$tree_of_swift" = 1 ]; then
    bash tests/swift-tree.sh "$tools/swift"
fi
