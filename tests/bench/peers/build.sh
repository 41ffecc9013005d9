#!/bin/sh
# build.sh FOLDER: puts what can be built here of the peers into FOLDER. Needs tests/bench/peers.txt, and cargo for reqwest.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
command -v go >/dev/null && (cd "$here" && GOFLAGS=-mod=mod GOCACHE="$out/go-cache" GO111MODULE=off go build -o "$out/go" go.go)
[ -d /usr/share/nodejs/undici ] && touch "$out/undici"
/usr/bin/python3 -c 'import aiohttp' 2>/dev/null && touch "$out/aiohttp"
if command -v cargo >/dev/null && [ -d /usr/share/cargo/registry ]; then
    cp -r "$here/reqwest" "$out/reqwest-source"
    cd "$out/reqwest-source" || exit 1
    cargo --config 'source.crates-io.replace-with="debian"' --config 'source.debian.directory="/usr/share/cargo/registry"' \
        build --offline --release -j1 && cp target/release/bench-reqwest "$out/reqwest"
fi
ls "$out"
