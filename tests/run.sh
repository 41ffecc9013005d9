#!/bin/sh
# Installs, builds and runs all tests: clang++-19 and g++ 12, both with AddressSanitizer and UndefinedBehaviorSanitizer, then the
# slow lint. `sh tests/run.sh clang` (or gcc, lint) runs one of the three.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
sh "$top/tests/install.sh"
passed=0
failed=0

# Adds what ctest says at its end to the totals: "98% tests passed, 2 tests failed out of 100".
count() {
    line=$(grep 'tests passed' "$1" | tail -1)
    all=$(echo "$line" | sed -n 's/.* out of \([0-9]*\)$/\1/p')
    bad=$(echo "$line" | sed -n 's/.*, \([0-9]*\) tests failed .*/\1/p')
    [ -n "$all" ] || { all=1; bad=1; }
    passed=$((passed + all - bad))
    failed=$((failed + bad))
}

suite() {
    name=$1
    compiler=$2
    shift 2
    echo "== $name"
    CXX=$compiler sh "$top/tests/build.sh" "$top/build-$name" -DCMAKE_BUILD_TYPE=Debug -DULAK_SANITIZE=ON -DULAK_WERROR=ON "$@"
    ctest --test-dir "$top/build-$name" --output-on-failure -j2 2>&1 | tee "$top/build-$name/ctest.out" || true
    count "$top/build-$name/ctest.out"
}

lint() {
    echo "== lint"
    CXX=clang++-19 sh "$top/tests/build.sh" "$top/build-clang" -DCMAKE_BUILD_TYPE=Debug -DULAK_SANITIZE=ON -DULAK_WERROR=ON -DULAK_LINT=ON
    ctest --test-dir "$top/build-clang" --output-on-failure -j2 -L lint 2>&1 | tee "$top/build-clang/lint.out" || true
    count "$top/build-clang/lint.out"
}

case "${1:-all}" in
clang) suite clang clang++-19 ;;
gcc) suite gcc g++ ;;
lint) lint ;;
all)
    suite clang clang++-19
    suite gcc g++
    lint
    ;;
*)
    echo "run.sh: unknown part '$1'; there are clang, gcc and lint" >&2
    exit 2
    ;;
esac

echo
echo "$passed passed, $failed failed"
if [ "$failed" -ne 0 ]; then
    echo "run.sh: run one again with  ctest --test-dir build-clang --output-on-failure -R NAME" >&2
    echo "$passed passed, $failed failed"
    exit 1
fi
