#!/usr/bin/env bash
# A Debian trixie tree with Swift, for machines whose own Debian has none.
#
#   swift-tree.sh TREE                      make the tree, or do nothing if it is finished
#   swift-tree.sh TREE [-C DIR] [-B DIR]... -- CMD ...
#                                           the same, then run CMD inside it, in DIR; that and each DIR of -B are
#                                           visible at their own paths
#
# TREE exists only when it is finished: the work happens in TREE.partial, which is thrown away and begun again
# after an interruption, and renamed at the end. Every mount lives in a mount namespace of this process,
# so none outlives it, however it ends. Needs root, debootstrap and unshare (util-linux).
set -euo pipefail

recipe=1                                   # raise it when the lines below change: old trees are then rebuilt
suite=trixie
packages=(swiftlang libc6-dev libstdc++-14-dev libgcc-14-dev)

[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
if [ "${SWIFT_TREE_NS:-}" != "$$" ]; then  # unshare and env exec in place, so the process id stays
    exec unshare --mount --propagation private env SWIFT_TREE_NS=$$ bash "$0" "$@"
fi

tree=$(realpath -m -- "$1"); shift
part=$tree.partial
marker=.swift-tree
want="recipe $recipe $suite ${packages[*]}"
dir=$PWD
binds=()
while [ $# -gt 0 ]; do
    case $1 in
        -C) dir=$(realpath -- "$2"); shift 2 ;;
        -B) binds+=("$(realpath -- "$2")"); shift 2 ;;
        --) shift; break ;;
        *) echo "swift-tree: unknown argument $1" >&2; exit 2 ;;
    esac
done

finished() { [ "$(head -n 1 "$tree/$marker" 2>/dev/null)" = "$want" ]; }

discard() {                                # remove a tree, never through a mount
    local m
    awk -v p="$1/" 'index($2 "/", p) == 1 { print $2 }' /proc/self/mounts | sort -r |
        while read -r m; do umount -l -- "$m"; done
    rm -rf --one-file-system -- "$1"
}

in_tree() { chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
                DEBIAN_FRONTEND=noninteractive "${@:2}"; }

build() {
    discard "$part"
    mkdir -p -- "$part/etc/dpkg/dpkg.cfg.d" "$part/usr/sbin"
    printf 'path-exclude=/usr/share/%s/*\n' doc man locale info >"$part/etc/dpkg/dpkg.cfg.d/small"
    printf '#!/bin/sh\nexit 101\n' >"$part/usr/sbin/policy-rc.d"
    chmod 755 "$part/usr/sbin/policy-rc.d"
    debootstrap --variant=minbase --include=ca-certificates "$suite" "$part" ${SWIFT_TREE_MIRROR:-}
    mountpoint -q "$part/proc" || mount -t proc proc "$part/proc"
    cp -L /etc/resolv.conf "$part/etc/resolv.conf"
    in_tree "$part" apt-get -q update
    in_tree "$part" apt-get -q install -y --no-install-recommends "${packages[@]}"
    in_tree "$part" apt-get clean
    rm -rf -- "$part"/var/lib/apt/lists/*
    local version
    version=$(in_tree "$part" swiftc --version 2>&1 | head -n 1)
    awk -v p="$part/" 'index($2 "/", p) == 1 { print $2 }' /proc/self/mounts | sort -r | xargs -r umount
    printf '%s\n%s\n' "$want" "$version" >"$part/$marker"
    sync -f "$part"
    discard "$tree"
    mv -T -- "$part" "$tree"
}

if ! finished; then
    mkdir -p -- "$(dirname -- "$tree")"
    exec 9>"$tree.lock"
    flock 9                                # a second builder waits, then finds the tree finished
    finished || build
    exec 9>&-
fi

[ $# -gt 0 ] || { tail -n 1 "$tree/$marker"; exit 0; }
mountpoint -q "$tree/proc" || mount -t proc proc "$tree/proc"
for place in "$dir" "${binds[@]}"; do
    mkdir -p -- "$tree$place"
    mount --rbind -- "$place" "$tree$place"
done
in_tree "$tree" /bin/sh -c 'cd "$0" && exec "$@"' "$dir" "$@"
