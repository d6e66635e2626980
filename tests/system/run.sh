#!/bin/bash
# The engine on a real Debian 12 with systemd, cgroup v2 and polkit, where it is installed as a package would install it: the
# classes of runtime_tests and integration_tests that depend on the machine, the main job on the real widgets, and a restart of
# the machine. inside.sh says in which order. Needs vmtest: $VMTEST, or ../shared/vm/vmtest.
#
#   run.sh BUILD_FOLDER [CLASS…]      only these test classes, and neither the main job nor the restart
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(realpath "$1")
shift
vmtest=${VMTEST:-$source_folder/../shared/vm/vmtest}
[ -x "$vmtest" ] || { echo "system test: no vmtest at $vmtest; name it with VMTEST=…" >&2; exit 2; }
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
DESTDIR=$share/root cmake --install "$build" >/dev/null
mkdir -p "$share/shots" "$share/build/bin" "$share/source/tests"
cp "$build"/bin/{escale-main-job,runtime_tests,integration_tests} "$build"/bin/escale-{dns,helper,worker,worker-network,runtime} \
    "$build"/bin/{type_into_terminal,overwrite_programs,without_mount_calls} "$share/build/bin/"
# What the tests read of the source.
cp -r "$source_folder/packaging" "$share/source/"
cp -r "$source_folder/tests/support" "$source_folder/tests/data" "$share/source/tests/"
printf 'source_folder=%q build_folder=%q only=%q\n' "$source_folder" "$build" "$*" >"$share/settings"
sed -n 's/.*runtime_tests\.\([A-Za-z0-9_]*\).*/\1/p' "$build/tests/runtime/CTestTestfile.cmake" "$build/tests/cgroup/CTestTestfile.cmake" |
    sort -u >"$share/runtime_classes"
cp -r "$build/demo/registry" "$share/registry"
cp "$source_folder/tests/system/inside.sh" "$share/"
status=0
"$vmtest" -p "$(cat "$source_folder/tests/system/packages.txt")" -s "$share" -m 3072 -t 2400 -- bash /host/inside.sh || status=$?
mkdir -p "$build/shots/system"
cp -r "$share/shots/." "$build/shots/system/" 2>/dev/null || true
exit $status
