#!/bin/bash
# Runs in the machine of run.sh, as root; /host is the shared folder.
set -euo pipefail
cp -a /host/root/. /
chown -R root:root /usr/libexec/escale 2>/dev/null || true
systemctl daemon-reload
systemctl reload dbus
# Port 5000 is the registry that the Debian package starts by itself.
cat >/tmp/registry.yml <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: /host/registry}, maintenance: {readonly: {enabled: true}}}
http: {addr: 127.0.0.1:5055}
CONFIG
docker-registry serve /tmp/registry.yml >/tmp/registry.log 2>&1 &
Xvfb :7 -screen 0 1440x900x24 -nolisten tcp >/tmp/xvfb.log 2>&1 &
for _ in $(seq 100); do [ -e /tmp/.X11-unix/X7 ] && (: </dev/tcp/127.0.0.1/5055) 2>/dev/null && break; sleep 0.2; done

echo "kernel $(uname -r), $(systemctl --version | head -n 1), cgroup $(stat -fc %T /sys/fs/cgroup)"
# The isolation engine on cgroup v2: each class apart, so that one that hangs costs no other.
if [ -x /host/bin/runtime_tests ]; then
    # The tests look for the runtime where it was built; a local copy, because the shared folder knows no extended attributes.
    folder=$(cat /host/build_folder)
    mkdir -p "$folder"
    cp /host/bin/{runtime_tests,escale-runtime,type_into_terminal,overwrite_programs,without_mount_calls} "$folder/"
    for class in $(cat /host/runtime_classes); do
        timeout 300 "$folder/runtime_tests" "$class" >"/tmp/$class.log" 2>&1 && result=0 || result=$?
        echo "runtime_tests $class: $(sed -n 's/^Totals: //p' "/tmp/$class.log") (exit $result)"
        grep -A 4 -E '^(FAIL|SKIP|XPASS)' "/tmp/$class.log" | sed 's/^/    /' || true
        [ $result = 0 ] || [ $result = 77 ] || failed="${failed:-} $class"
    done
fi
export DISPLAY=:7 QT_QPA_PLATFORM=xcb ESCALE_REGISTRY=127.0.0.1:5055 ESCALE_PATIENCE=10
status=0
/host/bin/escale-main-job --shots /host/shots || status=$?
systemctl status --no-pager escale-helper.service 2>&1 | head -n 12 || true
[ $status -eq 0 ] || journalctl -u escale-helper.service --no-pager 2>/dev/null | tail -n 20
[ -z "${failed:-}" ] || { echo "runtime_tests failed:$failed"; [ $status -ne 0 ] || status=1; }
exit $status
