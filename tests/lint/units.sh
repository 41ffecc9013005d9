#!/bin/sh
# units.sh SYSTEMD_DIR ULAKD ULAKCTL: the units stand up to systemd's own checks, with the programs that were just built in the place
# of the installed ones, and the sandbox keeps its score.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for unit in "$1"/*.service "$1"/*.socket; do
    sed -e "s#/usr/sbin/ulakd#$2#" -e "s#/usr/bin/ulakctl#$3#" "$unit" >"$dir/$(basename "$unit")"
done
systemd-analyze verify --man=no "$dir"/*.service "$dir"/*.socket 2>"$dir/said" || { cat "$dir/said" >&2; exit 1; }
# verify also speaks of units of the machine itself; only lines about ours count.
if grep -E "ulakd[^ ]*\.(service|socket)" "$dir/said" >&2; then
    exit 1
fi
# 1.2 measured; the rest of the score is the network that the daemon is for.
systemd-analyze security --offline=true --threshold=15 "$dir/ulakd.service" | tail -1
