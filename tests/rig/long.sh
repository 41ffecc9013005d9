#!/bin/sh
# The long proof: two lanes of random kills, then the sweep.   tests/rig/long.sh BUILD [KILLS] [RUNS]
# Figures end up in /tmp/rig-*.log; the folders are in memory, for a kill takes nothing from the system's cache.
build=${1:?the build folder is missing} kills=${2:-1000} runs=${3:-50000}
top=$(dirname "$0")
export TMPDIR=${TMPDIR:-/dev/shm}
for lane in 1 2; do
    nice -n 5 python3 -B "$top/kills.py" --build "$build" --kills $((kills / 2)) --runs $((runs / 2)) --seed "$lane" --gap 0.002 \
        --most-open 150 --life 1.2 --calm 185 >"/tmp/rig-kills-$lane.log" 2>&1 &
done
wait
nice -n 5 python3 -B "$top/sweep.py" --build "$build" --seed 3 >/tmp/rig-sweep.log 2>&1
tail -n 20 /tmp/rig-kills-1.log /tmp/rig-kills-2.log /tmp/rig-sweep.log
