#!/bin/sh
# Installs, builds and runs all tests: with clang++-19 under AddressSanitizer and UndefinedBehaviorSanitizer, with g++ 12 under
# AddressSanitizer (that is how its double destructions in coroutines show; the other sanitizer doubles its compile time), then
# the slow lint: headers alone, clang-tidy, each over a twelfth of the files that the commit chooses. `sh tests/run.sh clang`, `gcc`
# or `lint` runs one of them; `lint` over all files. The real programs (labels e2e and rig) run in the clang part only: what they
# test does not depend on the compiler, and double destructions show in the unit tests.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
sh "$top/tests/install.sh"
debug="-DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 -DULAK_WERROR=ON -DULAK_UNITY=ON"
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

# The time that a part took, for whoever wants it faster.
took() {
    echo "-- $1: $(($(date +%s) - $2)) s"
}

suite() {
    name=$1
    echo "== $name"
    began=$(date +%s)
    CXX=$2 sh "$top/tests/build.sh" "$top/build-$name" $debug -DULAK_SANITIZE="$3" -DULAK_LINT=OFF
    took "$name, building" "$began"
    began=$(date +%s)
    ctest --test-dir "$top/build-$name" --output-on-failure -j2 ${4:-} 2>&1 | tee "$top/build-$name/ctest.out" || true
    took "$name, testing" "$began"
    count "$top/build-$name/ctest.out"
}

lint() {
    echo "== lint"
    began=$(date +%s)
    # A folder of its own: the other parts compile sources together, here each stands alone. Only the precompiled header is built.
    cmake -S "$top" -B "$top/build-lint" -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_BUILD_TYPE=Debug -DULAK_LINT=ON >/dev/null
    cmake --build "$top/build-lint" --target ulak_often ulak_often_in_kinds
    ctest --test-dir "$top/build-lint" --output-on-failure -j1 -L slow 2>&1 | tee "$top/build-lint/lint.out" || true
    took lint "$began"
    count "$top/build-lint/lint.out"
}

case "${1:-all}" in
clang) suite clang clang++-19 ON ;;
gcc) suite gcc g++ address "-LE e2e|rig|lint" ;;
lint) lint ;;
all)
    suite clang clang++-19 ON
    suite gcc g++ address "-LE e2e|rig|lint"
    export ULAK_LINT_SHARE=12 # all of them take longer than both suites
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
