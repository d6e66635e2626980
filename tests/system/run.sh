#!/bin/bash
# The main job on a real Debian 12 with systemd and cgroup v2: Escale is installed as a package would install it, the helper is activated by
# systemd through the system bus, and the real widgets are driven under Xvfb. Needs vmtest: $VMTEST, or ../shared/vm/vmtest.
#
#   run.sh BUILD_FOLDER
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(realpath "$1")
vmtest=${VMTEST:-$source_folder/../shared/vm/vmtest}
[ -x "$vmtest" ] || { echo "system test: no vmtest at $vmtest; name it with VMTEST=…" >&2; exit 2; }
share=$(mktemp -d)
trap 'rm -rf "$share"' EXIT
DESTDIR=$share/root cmake --install "$build" >/dev/null
mkdir -p "$share/bin" "$share/shots"
for program in escale-main-job unit_tests runtime_tests integration_tests; do
    [ ! -x "$build/bin/$program" ] || cp "$build/bin/$program" "$share/bin/"
done
cp "$build"/bin/{escale-runtime,type_into_terminal,overwrite_programs,without_mount_calls} "$share/bin/"
echo "$build/bin" >"$share/build_folder"
sed -n 's/.*runtime_tests\.\([A-Za-z0-9_]*\).*/\1/p' "$build/tests/runtime/CTestTestfile.cmake" "$build/tests/cgroup/CTestTestfile.cmake" |
    sort -u >"$share/runtime_classes"
cp -r "$build/demo/registry" "$share/registry"
cp "$source_folder/tests/system/inside.sh" "$share/"
status=0
"$vmtest" -p "$(cat "$source_folder/tests/system/packages.txt")" -s "$share" -m 3072 -t 2400 -- bash /host/inside.sh || status=$?
mkdir -p "$build/shots/system"
cp -r "$share/shots/." "$build/shots/system/" 2>/dev/null || true
exit $status
