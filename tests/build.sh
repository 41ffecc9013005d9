#!/bin/sh
# build.sh FOLDER [CMAKE-OPTION…]: configures and builds into FOLDER with clang++-19, or what CXX names.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
folder=$1
shift
cmake -S "$top" -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER="${CXX:-clang++-19}" "$@" >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    echo "build.sh: cmake could not configure; the lines above say why. Try: sh tests/install.sh" >&2
    exit 1
}
cmake --build "$folder" || {
    echo "build.sh: the build failed; the first error above is the one to look at" >&2
    exit 1
}
