#!/bin/sh
# Installs, builds, and runs one job of each kind against ulak-sim in a throw-away folder: no account, no money, no phone.
# `sh tests/demo.sh --keep` leaves the folder and says where it is.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
keep=
[ "${1:-}" != --keep ] || keep=yes

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n%s\n' "$*"; }
fail() {
    echo "demo.sh: $1" >&2
    [ ! -s "$sandbox/ulakd.log" ] || { echo "the end of ulakd's log:" >&2; tail -20 "$sandbox/ulakd.log" >&2; }
    keep=yes
    exit 1
}

# The end, whatever it is: both programs are stopped, then the folder goes.
finish() {
    code=$?
    [ -z "${daemon:-}" ] || kill "$daemon" 2>/dev/null || true
    [ -z "${simulator:-}" ] || kill "$simulator" 2>/dev/null || true
    wait 2>/dev/null || true
    if [ -n "$keep" ]; then echo "everything is in $sandbox"; else rm -rf "$sandbox"; fi
    exit "$code"
}

# Waits for a file or socket that a program makes, at most half a minute, and says why if the program is gone.
await() {
    tries=300
    until [ -e "$1" ]; do
        kill -0 "$2" 2>/dev/null || fail "$3 has ended; see the lines above"
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "$3 did not get ready within 30 s"
        sleep 0.1
    done
}

sh "$top/tests/install.sh"
build=$top/build
echo "building into $build (the first time takes some minutes)"
sh "$top/tests/build.sh" "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DULAK_TESTS=OFF -DULAK_UNITY=ON >"$top/build.out" 2>&1 || {
    tail -30 "$top/build.out" >&2
    exit 1
}
rm -f "$top/build.out"
PATH=$build/daemon/ulakd:$build/daemon/ulakctl:$build/daemon/ulak-sim:$PATH

sandbox=$(mktemp -d "${TMPDIR:-/tmp}/ulak-demo.XXXXXX")
trap finish EXIT
trap 'exit 130' INT TERM

say "1. The simulator: five providers on one port, with a certificate authority of its own"
ulak-sim --ready-file "$sandbox/sim.json" --directory "$sandbox/sim" --ledger "$sandbox/sim.ledger" \
    --otp-after 2s --otp-code 012345 --delivery-after 2s --order-after 6s --balance numbers=40 2>"$sandbox/sim.log" &
simulator=$!
await "$sandbox/sim.json" "$simulator" ulak-sim
from_sim() { jq -r "$1" "$sandbox/sim.json"; }
echo "listening on $(from_sim .address)"

say "2. config/ and jobs/, with each account led to the simulator"
mkdir -p "$sandbox/secrets" "$sandbox/jobs.d" "$sandbox/run"
chmod 700 "$sandbox/secrets"
secret() { (umask 077 && printf '%s\n' "$2" >"$sandbox/secrets/$1"); }
secret toplusms-password aabbcc112233
secret toplusms-key sim-toplusms-key
secret im-key sim-key
secret im-hash sim-hash
secret tamonay-token sim-token
secret smm-key sim-smm-key
cp "$top"/jobs/* "$sandbox/jobs.d/"
cp "$top/config/ulak.yaml" "$sandbox/ulak.yaml"
for provider in toplusms iletimerkezi tamonay smmonayim-numbers smmonayim-panel; do
    url=$(from_sim ".base_urls[\"$provider\"]")
    sed -i "s#{provider: $provider,#{provider: $provider, base_url: \"$url\",#" "$sandbox/ulak.yaml"
done
# The alert goes into a file that can be shown.
sed -i "s#exec: \[.*\]#exec: [/usr/bin/tee, -a, $sandbox/notices]#" "$sandbox/ulak.yaml"
cat >>"$sandbox/ulak.yaml" <<TXT
state_dir: state
control: {socket: run/ulak.sock, view_socket: run/view.sock}
tls: {ca_file: "$(from_sim .ca_file)"}
log: {level: info, format: json}
TXT
ulakctl check --config "$sandbox/ulak.yaml" || fail "the configuration is not sound"

say "3. The daemon"
ulakd --config "$sandbox/ulak.yaml" 2>"$sandbox/ulakd.log" >&2 &
daemon=$!
ULAK_SOCKET=$sandbox/run/ulak.sock
export ULAK_SOCKET
await "$ULAK_SOCKET" "$daemon" ulakd
tries=100
until ulakctl health -q 2>/dev/null; do
    kill -0 "$daemon" 2>/dev/null || fail "ulakd has ended"
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "ulakd does not answer"
    sleep 0.1
done
ulakctl jobs

say "4. sms.send: a list with a duplicate and a bad number, followed to the delivery report"
ulakctl run orders-on-the-way --wait=2m || fail "the bulk send did not succeed"
ulakctl show "$(ulakctl runs --job orders-on-the-way -o json | jq -r '.runs[0].id')" --items | sed -n '/^#/,$p'

say "5. otp.acquire: a number is rented, the code arrives with its leading zero"
code=$(ulakctl run otp --wait=2m -q) || fail "no code came"
echo "CODE=$code"

say "6. balance.watch: one balance is low, the alert goes to the channel"
ulakctl run balances --wait=1m || fail "the balances could not be read"
tries=50
until [ -s "$sandbox/notices" ] || [ "$tries" -eq 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
done
jq -r '"notice: \(.event): \(.text)"' "$sandbox/notices" || fail "no alert arrived"

say "7. smm.order: placed on the panel and followed to its end"
ulakctl run followers -p link=https://example.com/marka -p quantity=100 --wait=2m || fail "the order did not come to its end"

say "8. What it cost, what the providers saw, what happened"
ulakctl spend --by job
echo
jq -r 'select(.accepted and .effect != null) | "\(.protocol)  \(.operation)  \(.effect | tostring | .[0:110])"' "$sandbox/sim.ledger"
echo
ulakctl events | tail -8

say "9. A clean stop"
kill -TERM "$daemon"
wait "$daemon" || fail "ulakd did not stop cleanly"
daemon=
echo "ulakd has stopped; every effect is in its store"

say "Where to look next"
cat <<TXT
  jobs/             the four jobs that just ran, with comments
  config/ulak.yaml  every key of the configuration
  README.md         how to install it as a service, and the commands
  ulakctl --help    what a running daemon can be asked
TXT
