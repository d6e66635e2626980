// --systemd-cgroup with the real systemd: the container is a scope of it.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <filesystem>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

bool systemdRuns() {
    return exists("/run/systemd/private") && readFile("/proc/1/comm").value_or("") == "systemd\n";
}

std::string systemctl(std::vector<std::string> words) {
    words.insert(words.begin(), "/bin/systemctl");
    const auto answer = runProgram(words);
    return answer ? *answer : answer.error().text();
}

std::string propertyOf(const std::string& unit, const std::string& name) {
    auto value = systemctl({"show", "--value", "--property", name, unit});
    if (value.ends_with('\n'))
        value.pop_back();
    return value;
}

std::string unitOf(const Bundle& bundle) {
    return "escaletest-" + bundle.id() + ".scope";
}

void useSystemd(Bundle& bundle) {
    bundle.set("linux/cgroupsPath", "system.slice:escaletest:" + bundle.id());
}

std::string cgroupOf(Bundle& bundle) {
    const auto lines = readFile("/proc/" + std::to_string(bundle.state().at("pid").toInteger()) + "/cgroup");
    return lines.value_or("");
}

} // namespace

class SystemdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(systemdRuns(), "systemd is not the init system of this machine (./dev test --system)");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void aContainerIsAScopeFromItsStartToItsEnd() {
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        QCOMPARE(propertyOf(unitOf(bundle), "ActiveState"), std::string("active"));
        QCOMPARE(propertyOf(unitOf(bundle), "Delegate"), std::string("yes"));
        QVERIFY(propertyOf(unitOf(bundle), "Description").find(bundle.id()) != std::string::npos);
        QVERIFY2(cgroupOf(bundle).find("/system.slice/" + unitOf(bundle)) != std::string::npos,
                 cgroupOf(bundle).c_str());
        const auto pid = bundle.state().at("pid").toInteger();
        QCOMPARE(bundle.runtime({"delete", "--force"}).err, std::string());
        QCOMPARE(propertyOf(unitOf(bundle), "LoadState"), std::string("not-found"));
        QVERIFY(!exists("/sys/fs/cgroup/system.slice/" + unitOf(bundle)));
        QCOMPARE(bundle.leftovers(), std::string());
        ::waitpid(static_cast<pid_t>(pid), nullptr, 0);
    }

    void aRunInTheForegroundLeavesNoUnit() {
        Bundle bundle({"sh", "-c", "echo inside; exit 3"});
        useSystemd(bundle);
        const auto outcome = bundle.runtime({"run", "--systemd-cgroup"});
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.code, 3);
        QCOMPARE(outcome.out, std::string("inside\n"));
        QCOMPARE(propertyOf(unitOf(bundle), "LoadState"), std::string("not-found"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aContainerThatCannotStartLeavesNoUnit() {
        Bundle bundle({"/no/such/program"});
        useSystemd(bundle);
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup"}).code, 127);
        QCOMPARE(propertyOf(unitOf(bundle), "LoadState"), std::string("not-found"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void limitsOutliveAReloadOfSystemd() {
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        bundle.set("linux/resources/memory", Json::parse(R"({"limit": 67108864})").value());
        bundle.set("linux/resources/pids", Json::parse(R"({"limit": 1})").value());
        bundle.set("linux/resources/cpu", Json::parse(R"({"quota": 50000, "period": 100000})").value());
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        QCOMPARE(propertyOf(unitOf(bundle), "MemoryMax"), std::string("67108864"));
        QCOMPARE(propertyOf(unitOf(bundle), "TasksMax"), std::string("1"));
        QCOMPARE(propertyOf(unitOf(bundle), "CPUQuotaPerSecUSec"), std::string("500ms"));
        systemctl({"daemon-reload"});
        const std::string folder = "/sys/fs/cgroup/system.slice/" + unitOf(bundle);
        QCOMPARE(readFile(folder + "/memory.max").value_or(""), std::string("67108864\n"));
        QCOMPARE(readFile(folder + "/cpu.max").value_or(""), std::string("50000 100000\n"));

        QCOMPARE(bundle.runtime({"update", "--memory", "33554432"}).err, std::string());
        QCOMPARE(propertyOf(unitOf(bundle), "MemoryMax"), std::string("33554432"));
        systemctl({"daemon-reload"});
        QCOMPARE(readFile(folder + "/memory.max").value_or(""), std::string("33554432\n"));
    }

    void anAnnotatedPropertyIsTheUnits() {
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        bundle.set("annotations", Json::parse(R"({"org.systemd.property.TimeoutStopSec": "7"})").value());
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        QCOMPARE(propertyOf(unitOf(bundle), "TimeoutStopUSec"), std::string("7s"));
    }

    void execEntersTheScopeAndPauseStopsIt() {
        Bundle bundle({"sleep", "1000"});
        useSystemd(bundle);
        QCOMPARE(bundle.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        const auto inside = exec(bundle, {}, {"sh", "-c", "cat /proc/self/cgroup"});
        QCOMPARE(inside.out, std::string("0::/\n")); // of its own cgroup namespace
        QCOMPARE(bundle.runtime({"pause"}).err, std::string());
        QCOMPARE(bundle.state().at("status").toString(), std::string("paused"));
        QCOMPARE(bundle.runtime({"resume"}).err, std::string());
    }

    void theSameIdCanBeUsedAgain() {
        for (int i = 0; i < 3; ++i) {
            Bundle bundle({"true"});
            bundle.set("linux/cgroupsPath", "system.slice:escaletest:again");
            QCOMPARE(bundle.runtime({"run", "--systemd-cgroup"}).err, std::string());
        }
    }

    void aUnitThatRunsIsLeftAlone() {
        Bundle first({"sleep", "1000"});
        useSystemd(first);
        QCOMPARE(first.runtime({"run", "--systemd-cgroup", "--detach"}).err, std::string());
        Bundle second({"true"});
        second.set("linux/cgroupsPath", "system.slice:escaletest:" + first.id());
        const auto outcome = second.runtime({"run", "--systemd-cgroup"});
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find(unitOf(first)) != std::string::npos, outcome.err.c_str());
        QCOMPARE(propertyOf(unitOf(first), "ActiveState"), std::string("active"));
        QCOMPARE(second.leftovers(), std::string());
    }

    void theContainersRootDividesItsCgroup_data() {
        QTest::addColumn<bool>("bySystemd");
        QTest::newRow("systemd") << true;
        QTest::newRow("cgroupfs") << false;
    }
    void theContainersRootDividesItsCgroup() {
        QFETCH(bool, bySystemd);
        Bundle bundle({"sh", "-c",
                       "cd /sys/fs/cgroup && mkdir one && echo $$ >one/cgroup.procs && "
                       "echo +pids >cgroup.subtree_control && cat one/pids.current"});
        Json mounts{Json::Array{}};
        for (const auto& mount : bundle.config().at("mounts").items()) {
            if (mount.at("type").toString() != "cgroup")
                mounts.append(mount);
        }
        bundle.set("mounts", mounts);
        bundle.append("mounts",
                      Json::parse(R"({"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
            "options": ["nosuid", "noexec", "nodev", "rw"]})")
                          .value());
        if (bySystemd)
            useSystemd(bundle);
        const auto outcome =
            bundle.runtime({"run", std::string("--cgroup-manager=") + (bySystemd ? "systemd" : "cgroupfs")});
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("1\n"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void systemdRunsInside_data() {
        QTest::addColumn<bool>("ownUsers");
        QTest::newRow("with the host's users") << false;
        QTest::newRow("with its own users") << true;
    }
    // The machine's own system as the image, through an overlay that is thrown away, without what its
    // administrator has enabled or mounts.
    void systemdRunsInside() {
        QFETCH(bool, ownUsers);
        Bundle bundle({"/lib/systemd/systemd"});
        useSystemd(bundle);
        const std::string layers = bundle.path() + "/layers";
        std::filesystem::create_directories(layers);
        QCOMPARE(::mount("tmpfs", layers.c_str(), "tmpfs", 0, nullptr), 0);
        for (const char* folder : {"/upper/etc/systemd/system", "/work", "/root"})
            std::filesystem::create_directories(layers + folder);
        QCOMPARE(
            ::setxattr((layers + "/upper/etc/systemd/system").c_str(), "trusted.overlay.opaque", "y", 1, 0),
            0);
        QVERIFY(writeFileAtomically(layers + "/upper/etc/fstab", "", 0644));
        const std::string options = "lowerdir=/,upperdir=" + layers + "/upper,workdir=" + layers + "/work";
        QCOMPARE(::mount("overlay", (layers + "/root").c_str(), "overlay", 0, options.c_str()), 0);
        bundle.set("root/path", layers + "/root");
        bundle.set("process/env", Json::strings({"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "container=oci"}));
        bundle.set("process/noNewPrivileges", Json(false));
        const auto capabilities = Json::strings(
            {"CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
             "CAP_SETUID", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_NET_ADMIN", "CAP_SYS_CHROOT",
             "CAP_SYS_ADMIN", "CAP_SETFCAP", "CAP_AUDIT_WRITE", "CAP_SYS_RESOURCE"});
        for (const char* set : {"bounding", "effective", "permitted"})
            bundle.set(std::string("process/capabilities/") + set, capabilities);
        Json mounts{Json::Array{}};
        for (const auto& mount : bundle.config().at("mounts").items()) {
            if (mount.at("type").toString() != "cgroup")
                mounts.append(mount);
        }
        bundle.set("mounts", mounts);
        bundle.append("mounts",
                      Json::parse(R"({"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
            "options": ["nosuid", "noexec", "nodev", "rw"]})")
                          .value());
        for (const char* folder : {"/run", "/tmp"})
            bundle.append("mounts", Json::parse(std::string(R"({"type": "tmpfs", "source": "tmpfs",
                "options": ["mode=755"], "destination": ")") +
                                                folder + "\"}")
                                        .value());
        if (!ownUsers)
            bundle.useHostIds();
        else
            bundle.set("linux/uidMappings",
                       Json::parse(R"([{"containerID": 0, "hostID": 0, "size": 65536}])").value());
        if (ownUsers)
            bundle.set("linux/gidMappings", bundle.config().at("linux").at("uidMappings"));
        const auto started = bundle.runtime({"run", "--systemd-cgroup", "--detach"});
        QCOMPARE(started.err, std::string());
        std::string answer;
        const auto isUp = [&] {
            const auto asked = exec(bundle, {}, {"/bin/systemctl", "is-system-running"});
            answer = asked.out + asked.err;
            return answer == "running\n" || answer == "degraded\n";
        };
        const bool up = QTest::qWaitFor(isUp, 60000);
        const auto units = exec(bundle, {}, {"/bin/systemctl", "list-units", "--no-pager", "--failed"}).out;
        QCOMPARE(bundle.runtime({"delete", "--force"}).err, std::string());
        ::umount2((layers + "/root").c_str(), MNT_DETACH);
        ::umount2(layers.c_str(), MNT_DETACH);
        QVERIFY2(up, (answer + units).c_str());
        QCOMPARE(propertyOf(unitOf(bundle), "LoadState"), std::string("not-found"));
    }
};

ESCALE_TEST(SystemdTest)
#include "systemd_test.moc"
