#!/bin/sh
# The system libraries Qt needs, and the programs the tests use (Poppler, strace, D-Bus,
# PostgreSQL): installed when root on Debian or Ubuntu, otherwise named.
set -eu

packages="python3-venv libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1
 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 poppler-utils strace dbus-daemon postgresql"

command -v dpkg-query >/dev/null 2>&1 || exit 0     # not Debian: other systems carry them already

missing=""
for package in $packages; do
    if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
        missing="$missing $package"
    fi
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    echo "Installing what Qt and the tests need:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Qt or the tests need what is missing here. Type this line, then try again:"
    echo "  sudo apt-get install -y$missing"
    command -v "${PYTHON:-python3}" >/dev/null && ldconfig -p | grep -q libEGL.so.1
fi
