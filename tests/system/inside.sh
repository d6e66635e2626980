#!/bin/bash
# Runs in the machine of run.sh, as root; /host is the shared folder. Twice: the second time after the restart that it asks for.
set -uo pipefail
. /host/settings
# What uses the kernel as runtime_tests do, but through the engine or the helper on a bus of its own.
integration_classes='ContainerLifeTest ContainerLimitsTest ContainerUsageTest RunOptionsTest ContainersTest TakeOverTest SurvivalTest
    HelperLifeTest HelperContainersTest HelperImagesTest HelperPushTest HelperSaveTest HelperLoadTest PackTest
    NetworkIsolationTest EndpointTransactionTest UserNetworkTest MacvlanNetworkTest IpvlanNetworkTest ParentInterfaceTest ContainerNetworksTest
    ContainerPortsTest DnsServerTest PortRulesTest RulesetWatchTest HelperNetworksTest
    VolumesTest VolumeFaultTest VolumeFullDiskTest VolumeMountsTest MountTest VolumeNfsTest HelperVolumesTest
    StepContainerTest SourceCopyTest SourceWorkerTest BuildWorkerTest GitTest AgentTest HelperBuildsTest HelperBuildStepsTest HelperBuildSourcesTest
    HelperStacksTest StackSessionTest StackInterruptedTest
    HelperDockerfilesTest
    ProcessFactsTest NamespaceFactsTest SightOfKernelTest ContainerFactsTest CgroupFilesTest UpperFolderTest HelperInspectTest ContainerMakingTest MadeScriptTest'
export ESCALE_EMULATED=1

# Each class apart, so that one that hangs costs no other. The report is written at once: two queues run side by side.
run_class() { # the program, the class, functions of it
    local log=/tmp/$2.log result=0 begin=$SECONDS
    timeout 900 "$build_folder/bin/$1" "${@:2}" >"$log" 2>&1 || result=$?
    echo "$(
        echo "$1 $2: $(sed -n 's/^Totals: \(.*\), 0 blacklisted.*/\1/p' "$log"), $((SECONDS - begin)) s (exit $result)"
        grep -A 4 -E '^(FAIL|SKIP|XPASS)' "$log" | sed 's/^/    /'
        [ $result = 0 ] || [ $result = 77 ] || tail -n 15 "$log" | sed 's/^/    | /'
    )"
    [ $result = 0 ] || [ $result = 77 ] || has_failed "$2"
}

has_failed() { echo "$1" >>/host/failed; }

install_escale() {
    cp -a /host/root/. /
    chown -R root:root /usr/libexec/escale
    systemctl daemon-reload
    systemctl enable --quiet escale-helper.service # as the package does
    systemctl reload dbus
    # The tests look for programs and data where they were built; a copy, because the shared folder knows no extended attributes.
    mkdir -p "$build_folder" "$source_folder"
    cp -r /host/build/. "$build_folder/"
    cp -r /host/source/. "$source_folder/"
    chown -R root:root "$build_folder" "$source_folder"
    cp "$build_folder/bin/escale-main-job" /usr/local/bin/
}

prepare_machine() {
    useradd --create-home alice
    dd if=/dev/zero of=/swapfile bs=1M count=256 status=none
    chmod 600 /swapfile
    mkswap --quiet /swapfile && swapon /swapfile
    touch /run/escale-system-test
}

main_job() {
    # Port 5000 is the registry that the Debian package starts by itself.
    cat >/tmp/registry.yml <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: /host/registry}, maintenance: {readonly: {enabled: true}}}
http: {addr: 127.0.0.1:5055}
CONFIG
    docker-registry serve /tmp/registry.yml >/tmp/registry.log 2>&1 &
    Xvfb :7 -ac -screen 0 1440x900x24 -nolisten tcp >/tmp/xvfb.log 2>&1 &
    for _ in $(seq 100); do [ -e /tmp/.X11-unix/X7 ] && (: </dev/tcp/127.0.0.1/5055) 2>/dev/null && break; sleep 0.2; done
    # An ordinary user, logged in at the machine's screen: for whom the application is, and whom polkit lets manage containers.
    local result=0
    install -d -o alice /tmp/shots # the shared folder is root's
    echo 'alice ALL=(root) NOPASSWD: /bin/kill' >/etc/sudoers.d/alice # the step that kills the helper
    systemd-run --quiet --wait --collect -p User=alice -p PAMName=login -p TTYPath=/dev/tty1 -p StandardInput=tty-force \
        --setenv=DISPLAY=:7 --setenv=QT_QPA_PLATFORM=xcb --setenv=ESCALE_REGISTRY=127.0.0.1:5055 --setenv=ESCALE_PATIENCE=10 \
        /bin/sh -c 'exec "$0" --shots /tmp/shots >/tmp/main_job.log 2>&1' /usr/local/bin/escale-main-job || result=$?
    cat /tmp/main_job.log
    cp /tmp/shots/* /host/shots/ 2>/dev/null
    if [ $result != 0 ]; then
        has_failed escale-main-job
        journalctl -u escale-helper.service --no-pager | tail -n 20
    fi
    systemctl status --no-pager escale-helper.service 2>&1 | head -n 12
}

before_the_restart() {
    echo "kernel $(uname -r), $(systemctl --version | head -n 1), cgroup $(stat -fc %T /sys/fs/cgroup)"
    install_escale
    prepare_machine
    if [ -n "$only" ]; then
        for class in $only; do
            program=integration_tests
            ! grep -qx "$class" /host/runtime_classes || program=runtime_tests
            run_class $program "$class"
        done
        return
    fi
    for class in $(cat /host/runtime_classes); do run_class runtime_tests "$class"; done &
    local queue=$!
    for class in $integration_classes; do run_class integration_tests "$class"; done
    wait $queue
    run_class integration_tests InstalledHelperTest
    run_class integration_tests DockerSocketTest
    main_job
    run_class integration_tests MachineRestartTest before
}

# The way of `systemctl reboot`, but for its last step: qemu would end there.
restart_machine() {
    touch /host/restarted
    date +%s >/host/stopping
    kexec --load /boot/vmlinuz-* --initrd="$(echo /boot/initrd.img-*)" --reuse-cmdline && systemctl kexec && sleep infinity
    echo "the machine cannot be restarted"
    has_failed restart
}

if [ ! -e /host/restarted ]; then
    exec > >(tee /host/output) 2>&1
    before_the_restart
    [ -n "$only" ] || restart_machine
else
    # This boot's output takes the place of the former one's.
    cat /host/output
    touch /run/escale-system-test
    up=$(cut -d. -f1 /proc/uptime)
    echo "the machine went down in $(($(date +%s) - up - $(cat /host/stopping))) s and is up again since $up s"
    run_class integration_tests MachineRestartTest
fi
[ ! -s /host/failed ] || { echo "failed: $(tr '\n' ' ' </host/failed)"; exit 1; }
