#!/usr/bin/env bash
# Runs a command of Swift: with the Swift on PATH, or in the tree that tests/setup.sh makes on Debian.
#
#   bash bindings/uniffi/swift/run-swift.sh CMD ...
#   bash bindings/uniffi/swift/run-swift.sh --have      says whether there is one
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
tree=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}/swift
target=${CARGO_TARGET_DIR:-$root/target}

on_path() { command -v swift >/dev/null && [[ $(swift --version 2>&1) =~ Swift\ version\ ([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 6 ]; }
in_tree() { [ "$(id -u)" = 0 ] && [ -e "$tree/.swift-tree" ] && command -v unshare >/dev/null; }

if [ "${1:-}" = --have ]; then
    on_path || in_tree
elif on_path; then
    exec env PRM_PROJECT="$root" "$@"
elif in_tree; then
    mkdir -p "$target"
    exec bash "$root/tests/swift-tree.sh" "$tree" -C "$root" -B "$target" -- env PRM_PROJECT="$root" "$@"
else
    echo "run-swift: there is neither Swift 6 on PATH nor a tree in $tree; tests/setup.sh makes one as root on Debian" >&2
    exit 3
fi
