#!/bin/bash
# Runs CTest as root in mount and network namespaces of its own, so that no test can touch the machine's.
#
#   run_tests.sh BUILD_FOLDER [CTEST_ARGUMENT…]
set -euo pipefail
if [ "${1:-}" != --inside ]; then
    exec unshare --mount --propagation private --net --fork --kill-child "$0" --inside "$@"
fi
build=$2
shift 2
ip link set lo up
# The same surroundings for everybody: root's, and no window on the developer's desktop.
unset SUDO_UID SUDO_GID SUDO_USER DISPLAY WAYLAND_DISPLAY
# Qt's crash handler would start a debugger, which may wait for ever in a namespace.
export QTEST_DISABLE_STACK_DUMP=1
exec ctest --test-dir "$build" --output-on-failure "$@"
