#!/bin/sh
# run.sh [PART…] [OPTION…]: installs what is missing, builds with optimisation into build-bench, measures, and exits with 1 where a
# goal is missed. Parts: http, handshakes, idle, journal, workflow, files, control, flood, personal; none: all of them. Options: --rounds N,
# --connections N, --only CLIENT, --beside BUILD-FOLDER.
# `run.sh peers` first installs and builds the clients of other languages; the next runs then measure them, too.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
if [ "${1:-}" = peers ]; then
    sh "$top/tests/install.sh" "$here/peers.txt"
    exec sh "$here/peers/build.sh" "$top/build-bench/peers"
fi
sh "$top/tests/install.sh"
sh "$top/tests/install.sh" "$here/packages.txt"
sh "$top/tests/build.sh" "$top/build-bench" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DULAK_TESTS=OFF -DULAK_BENCH=ON
exec python3 -B "$here/bench.py" "$top/build-bench" "$@"
