#!/bin/sh
# install.sh [FILE]: installs what is missing of FILE, else of tests/packages.txt. Never removes a package: Debian's default Boost
# 1.74 excludes the 1.81 that Ulak is built on, and taking it away is the owner's decision.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=
for package in $(grep -v '^#' "${1:-$here/packages.txt}"); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "install.sh: these packages are missing and need root to install:$missing" >&2
        exit 1
    }
    as_root=sudo
fi
echo "installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove $missing </dev/null; then
    cat >&2 <<'TXT'
install.sh: apt-get could not install the packages above without removing others.
  If it names libboost-dev or libboost1.74: Debian's development files of Boost 1.74 and 1.81 exclude each other. To let 1.81 in, run
      apt-get install libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libboost-test1.81-dev
  and read what it removes. If it cannot find the packages, this is not Debian 12, or its package lists are old.
TXT
    exit 1
fi
