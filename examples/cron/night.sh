#!/bin/sh
# A night under cron. Silent when all went well, and when another run is at work; what the night said is in night.log.
set -eu
cd "$ROADWORTHY_HOME"
umask 027

# The variables that roadworthy.toml names: NAME=value, owner roadworthy, mode 0600.
set -a
. ./secrets.env
set +a

code=0
roadworthy nightly --config roadworthy.toml --log text >night.log 2>&1 || code=$?
case $code in
0 | 5) exit 0 ;;
esac
cat night.log
exit "$code"
