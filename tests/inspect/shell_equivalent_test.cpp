// Given a recorded step, the shell command that a teacher would write for it; and whatever a stranger has put
// into the step, that command and no other.
#include "engine/inspect/made_script.h"

#include "tests/inspect/hostile_shell.h"
#include "tests/inspect/made_sample.h"
#include "tests/support/test_registry.h"

Q_DECLARE_METATYPE(escale::MadeStep)

using namespace escale;
using namespace escale::test;
using Details = std::vector<std::pair<std::string, std::string>>;

class ShellEquivalentTest : public QObject {
    Q_OBJECT

    static void row(const char* operation, Details details, const char* command, const char* manPage) {
        QTest::newRow(command) << madeStep(MadeBy::Engine, operation, std::move(details))
                               << QString::fromUtf8(command) << QString::fromUtf8(manPage);
    }

private Q_SLOTS:
    void aStepIsACommand_data() {
        QTest::addColumn<MadeStep>("step");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("manPage");
        row("layer-mount", {{"source", "/l/7"}, {"target", "/m/7"}, {"type", "erofs"}},
            "mount -t erofs -o ro,nodev,nosuid /l/7 /m/7", "fsopen(2)");
        row("layer-shift", {{"source", "/m/7"}, {"target", "/m/b.7"}, {"map", "0:100000:65536"}},
            "mount --bind -o ro,nodev,nosuid,X-mount.idmap=0:100000:65536 /m/7 /m/b.7", "mount_setattr(2)");
        row("overlay-mount",
            {{"target", "/r"}, {"lower", "/a:/b"}, {"upper", "/u"}, {"work", "/w"}, {"options", "userxattr"}},
            "mount -t overlay overlay -o userxattr,lowerdir=/a:/b,upperdir=/u,workdir=/w /r", "mount(2)");
        row("tmpfs-mount", {{"target", "/shm"}, {"options", "size=1m"}},
            "mount -t tmpfs -o size=1m tmpfs /shm", "tmpfs(5)");
        row("file-write", {{"path", "/h"}, {"content", "a\nEOF\n"}, {"mode", "0644"}, {"owner", "0:0"}},
            "cat > /h <<'EOF_'\na\nEOF\nEOF_\nchown 0:0 /h\nchmod 0644 /h", "open(2)");
        row("source-open",
            {{"path", "volume data"},
             {"folder", "/v/1"},
             {"target", "/data"},
             {"read-only", "yes"},
             {"map", "0:9:1"}},
            "mount --bind -o nosuid,nodev,ro,X-mount.idmap=0:9:1 /v/1 \"$ROOT\"/data", "open_tree(2)");
        row("source-open",
            {{"path", "/src"}, {"target", "/s"}, {"map", "1000:9:1"}, {"group-map", "100:9:1"}},
            "mount --bind -o 'nosuid,nodev,X-mount.idmap=u:1000:9:1 g:100:9:1' /src \"$ROOT\"/s",
            "open_tree(2)");
        row("source-open", {{"path", "secret"}, {"target", "/s"}}, "", "open_tree(2)");
        row("bridge-create",
            {{"name", "br0"}, {"address", "10.0.0.1/8"}, {"address", "fe80::1/64"}, {"mtu", "1500"}},
            "ip link add name br0 mtu 1500 type bridge\nip address add 10.0.0.1/8 dev br0\n"
            "ip address add fe80::1/64 dev br0\nip link set dev br0 up",
            "rtnetlink(7)");
        row("sysctl-write", {{"path", "net.ipv4.ping_group_range"}, {"value", "0 65535"}},
            "echo '0 65535' > /proc/sys/net/ipv4/ping_group_range", "proc(5)");
        row("sysctl-write", {{"path", "/proc/sys/net/a"}, {"value", "1"}, {"namespace", "container"}},
            "nsenter --target \"$PID\" --net sh -c 'echo 1 > /proc/sys/net/a'", "proc(5)");
        row("veth-create",
            {{"host", "v0"}, {"inside", "eth0"}, {"mac", "02:00:00:00:00:01"}, {"bridge", "br0"}},
            "ip link add name v0 type veth peer name eth0 address 02:00:00:00:00:01 netns \"$PID\"\n"
            "ip link set dev v0 master br0",
            "veth(4)");
        row("link-create", {{"kind", "macvlan"}, {"parent", "eth0"}, {"mode", "bridge"}, {"inside", "eth0"}},
            "ip link add link eth0 name eth0 netns \"$PID\" type macvlan mode bridge", "rtnetlink(7)");
        row("link-create", {{"kind", "vlan"}, {"name", "eth0.7"}, {"parent", "eth0"}, {"vlan", "7"}},
            "ip link add link eth0 name eth0.7 type vlan id 7", "rtnetlink(7)");
        row("address-add", {{"interface", "eth0"}, {"address", "10.0.0.2/8"}, {"namespace", "container"}},
            "nsenter --target \"$PID\" --net ip address add 10.0.0.2/8 dev eth0", "rtnetlink(7)");
        row("link-up", {{"interface", "v0"}, {"namespace", "host"}}, "ip link set dev v0 up", "netdevice(7)");
        row("route-add",
            {{"destination", "default"},
             {"gateway", "10.0.0.1"},
             {"interface", "eth0"},
             {"namespace", "container"}},
            "nsenter --target \"$PID\" --net ip route add default via 10.0.0.1 dev eth0", "rtnetlink(7)");
        row("port-isolate", {{"interface", "v0"}}, "bridge link set dev v0 isolated on", "bridge(8)");
        row("nft-run", {{"commands", "add table inet t\n"}}, "nft -f - <<'EOF'\nadd table inet t\nEOF",
            "nft(8)");
        row("cgroup-create", {{"path", "/a/b"}, {"hierarchy", "/sys/fs/cgroup"}},
            "mkdir -p /sys/fs/cgroup/a/b", "cgroups(7)");
        row("cgroup-write", {{"file", "/sys/fs/cgroup/a/memory.max"}, {"value", "268435456"}},
            "echo 268435456 > /sys/fs/cgroup/a/memory.max", "cgroups(7)");
        row("netns-create", {}, "unshare --net sh", "network_namespaces(7)");
        row("mount-prepare", {{"source", "/dev/null"}, {"target", "/dev/null"}, {"options", "nosuid"}},
            "mount --bind -o nosuid /dev/null \"$ROOT\"/dev/null", "open_tree(2)");
        row("clone3", {{"flags", "CLONE_NEWNS|CLONE_NEWUSER|CLONE_NEWPID"}},
            "unshare --user --mount --pid --fork sh", "clone(2)");
        row("namespace-join", {{"type", "network"}, {"path", "/proc/7/ns/net"}},
            "nsenter --net=/proc/7/ns/net sh", "setns(2)");
        row("mount-idmap", {{"target", "/data"}, {"map", "0:9:1"}},
            "mount --bind -o X-mount.idmap=0:9:1 \"$ROOT\"/data \"$ROOT\"/data", "mount_setattr(2)");
        row("sysctl-write", {{"path", "net.ipv4.conf.eth0/1.forwarding"}, {"value", "1"}},
            "echo 1 > /proc/sys/net/ipv4/conf/eth0.1/forwarding", "proc(5)");
        row("id-map", {{"kind", "gid"}, {"map", "0:1879048192:65536"}},
            "echo '0 1879048192 65536' > \"/proc/$PID/gid_map\"", "user_namespaces(7)");
        row("rlimit", {{"name", "nofile"}, {"soft", "1024"}, {"hard", "4096"}},
            "prlimit --pid \"$PID\" --nofile=1024:4096", "getrlimit(2)");
        row("oom-score", {{"value", "-5"}}, "echo -5 > \"/proc/$PID/oom_score_adj\"", "proc(5)");
        row("cgroup-join", {{"file", "/c/cgroup.procs"}}, "echo \"$$\" > /c/cgroup.procs", "cgroups(7)");
        row("user-root", {{"uid", "0"}, {"gid", "0"}}, "setpriv --reuid 0 --regid 0 --clear-groups sh",
            "setuid(2)");
        row("hostname-set", {{"name", "web"}}, "hostname web", "sethostname(2)");
        row("mounts-private", {}, "mount --make-rprivate /", "mount_namespaces(7)");
        row("root-enter", {{"how", "pivot_root"}}, "cd \"$ROOT\" && pivot_root . . && umount --lazy .",
            "pivot_root(2)");
        row("mount-attach",
            {{"type", "proc"}, {"source", "proc"}, {"target", "/proc"}, {"options", "nosuid"}},
            "mount -t proc -o nosuid proc \"$ROOT\"/proc", "move_mount(2)");
        row("mount-attach", {{"type", "bind"}, {"source", "/a b"}, {"target", "/b"}, {"options", "rbind,ro"}},
            "mount --rbind -o ro '/a b' \"$ROOT\"/b", "move_mount(2)");
        row("device-make", {{"path", "/dev/null"}, {"kind", "c"}, {"number", "1:3"}, {"mode", "0666"}},
            "mknod -m 0666 -- /dev/null c 1 3", "mknod(2)");
        row("link-make", {{"path", "/dev/fd"}, {"target", "/proc/self/fd"}}, "ln -s -- /proc/self/fd /dev/fd",
            "symlink(2)");
        row("path-mask", {{"path", "/proc/kcore"}}, "mount --bind /dev/null /proc/kcore", "mount(2)");
        row("path-mask", {{"path", "/proc/acpi"}, {"kind", "folder"}},
            "mount -t tmpfs -o ro,mode=555,size=4k tmpfs /proc/acpi", "mount(2)");
        row("path-readonly", {{"path", "/proc/sys"}},
            "mount --rbind /proc/sys /proc/sys\nmount -o remount,bind,ro /proc/sys", "mount_setattr(2)");
        row("root-readonly", {}, "mount -o remount,bind,ro /", "mount_setattr(2)");
        row("propagation-set", {{"value", "rshared"}}, "mount --make-rshared /", "mount_namespaces(7)");
        row("folder-enter", {{"path", "-odd"}}, "cd ./-odd", "chdir(2)");
        row("umask-set", {{"value", "022"}}, "umask 022", "umask(2)");
        row("bounding-drop", {{"keep", "chown,kill"}}, "setpriv --bounding-set -all,+chown,+kill sh",
            "capabilities(7)");
        row("identity-set", {{"uid", "1000"}, {"gid", "1000"}, {"groups", "1000,50"}},
            "setpriv --reuid 1000 --regid 1000 --groups 1000,50 sh", "setuid(2)");
        row("capabilities-set", {{"effective", "cap_chown"}, {"permitted", "cap_chown,cap_kill"}},
            "capsh '--caps== cap_chown+e cap_chown,cap_kill+p' --", "capabilities(7)");
        row("no-new-privileges", {}, "setpriv --no-new-privs sh", "prctl(2)");
        row("seccomp-load", {{"rules", "353"}}, "", "seccomp(2)");
        row("execute",
            {{"program", "/bin/sh"},
             {"arguments", "sh -c 'a b'"},
             {"environment", "A=1 'B=2 3'"},
             {"folder", "/srv"}},
            "cd /srv\nexec env -i A=1 'B=2 3' sh -c 'a b'", "execve(2)");
        row("other", {{"what", "wait"}}, "", "");
    }
    void aStepIsACommand() {
        QFETCH(const MadeStep, step);
        const auto equivalent = shellEquivalent(step);
        QTEST(QString::fromStdString(equivalent.command), "command");
        QTEST(QString::fromStdString(equivalent.manPage), "manPage");
    }

    void eachStepOfAStartNamesAManPage() {
        for (const auto& step : madeSample())
            QVERIFY2(!shellEquivalent(step).manPage.empty(), step.operation.c_str());
    }

    void aStrangersWordsAreWords() {
        HostileShell shell;
        VERIFY_RESULT(shell.open());
        for (const auto& hostile : shell.texts()) {
            std::string commands;
            for (auto step : madeSample()) {
                for (auto& [key, value] : step.details)
                    value = hostile;
                commands += "(\n" + shellEquivalent(step).command + "\n:)\n";
            }
            QCOMPARE(QString::fromStdString(shell.happensIn(commands)), QString());
        }
    }
};

ESCALE_TEST(ShellEquivalentTest)
#include "shell_equivalent_test.moc"
