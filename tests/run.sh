#!/bin/sh
# Installs, builds and runs all tests: with clang++-19 under AddressSanitizer and UndefinedBehaviorSanitizer, with g++ 12 under
# AddressSanitizer (that is how its double destructions in coroutines show; the other sanitizer doubles its compile time), then
# the slow lint: headers alone, clang-tidy, each over a third of the files that the commit chooses. `sh tests/run.sh clang`, `gcc`
# or `lint` runs one of them; `lint` over all files.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
sh "$top/tests/install.sh"
debug="-DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 -DULAK_WERROR=ON"
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
    echo "== $name"
    CXX=$2 sh "$top/tests/build.sh" "$top/build-$name" $debug -DULAK_SANITIZE="$3" -DULAK_LINT=OFF
    ctest --test-dir "$top/build-$name" --output-on-failure -j2 2>&1 | tee "$top/build-$name/ctest.out" || true
    count "$top/build-$name/ctest.out"
}

lint() {
    echo "== lint"
    CXX=clang++-19 sh "$top/tests/build.sh" "$top/build-clang" $debug -DULAK_SANITIZE=ON -DULAK_LINT=ON
    ctest --test-dir "$top/build-clang" --output-on-failure -j2 -L lint 2>&1 | tee "$top/build-clang/lint.out" || true
    count "$top/build-clang/lint.out"
}

case "${1:-all}" in
clang) suite clang clang++-19 ON ;;
gcc) suite gcc g++ address ;;
lint) lint ;;
all)
    suite clang clang++-19 ON
    suite gcc g++ address
    export ULAK_LINT_SHARE=3 # all of them take as long as a suite
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
