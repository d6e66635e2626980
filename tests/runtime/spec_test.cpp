#include "engine/base/json.h"
#include "engine/runtime/lifecycle/operations.h"
#include "engine/runtime/lifecycle/state_folder.h"
#include "engine/runtime/spec/spec.h"
#include "tests/support/test_registry.h"

#include <QDateTime>

#include <csignal>
#include <linux/capability.h>
#include <sched.h>

using namespace escale;

class SpecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parsesWhatTheSpecificationNames() {
        const auto spec = spec::parse(R"({
            "ociVersion": "1.2.0", "hostname": "box",
            "root": {"path": "rootfs", "readonly": true},
            "process": {"user": {"uid": 5, "gid": 6, "additionalGids": [7], "umask": 63}, "args": ["sh"],
                        "env": ["A=b"], "cwd": "/srv", "noNewPrivileges": true,
                        "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 10, "hard": 18446744073709551615}],
                        "capabilities": {"bounding": ["CAP_CHOWN", "CAP_KILL"]}},
            "mounts": [{"destination": "proc", "type": "proc", "source": "proc"}],
            "linux": {"namespaces": [{"type": "mount"}, {"type": "user"}, {"type": "uts"}],
                      "uidMappings": [{"containerID": 0, "hostID": 100000, "size": 10},
                                      {"containerID": 10, "hostID": 5, "size": 1}],
                      "gidMappings": [{"containerID": 0, "hostID": 100000, "size": 10}],
                      "resources": {"memory": {"limit": 1000}, "pids": {"limit": 9}}}})",
                                      "/bundle");
        VERIFY_RESULT(spec);
        QCOMPARE(spec->rootPath, std::string("/bundle/rootfs"));
        QVERIFY(spec->rootReadonly);
        QCOMPARE(spec->process.capabilities.bounding, std::uint64_t(0x21));
        QCOMPARE(spec->process.umask.value(), 077U);
        QCOMPARE(spec->process.rlimits.front().hard, ~std::uint64_t(0));
        QCOMPARE(spec->mounts.front().destination, std::string("/proc"));
        QCOMPARE(spec->hostUid(9).value(), 100009U);
        QCOMPARE(spec->hostUid(10).value(), 5U);
        QVERIFY(!spec->hostUid(11));
        QVERIFY(spec->makesNamespace(CLONE_NEWUSER));
        QVERIFY(!spec->makesNamespace(CLONE_NEWPID));
        QCOMPARE(spec->resources.memory.value(), std::int64_t(1000));
    }

    void keepsSeccompValuesToTheBit() {
        const auto spec = spec::parse(R"({
            "ociVersion": "1.2.0", "root": {"path": "rootfs"}, "process": {"args": ["sh"], "cwd": "/"},
            "linux": {"namespaces": [{"type": "mount"}], "seccomp": {"defaultAction": "SCMP_ACT_ALLOW",
                "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ERRNO",
                              "args": [{"index": 0, "value": 18446744073709551615, "valueTwo": 9223372036854775809,
                                        "op": "SCMP_CMP_MASKED_EQ"}]}]}}})",
                                      "/bundle");
        VERIFY_RESULT(spec);
        const auto& argument = spec->seccomp->syscalls.front().args.front();
        QCOMPARE(argument.value, std::uint64_t(18446744073709551615U));
        QCOMPARE(argument.valueTwo, std::uint64_t(9223372036854775809U));
    }

    // Each row sets one member of a good configuration to a bad value.
    void refusesABadConfiguration_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* path, const char* value,
                            const char* code = "InvalidArgument") {
            QTest::newRow(name) << path << value << code;
        };
        row("version", "ociVersion", R"("2.0")");
        row("version of another type", "ociVersion", "1");
        row("no arguments", "process/args", "[]");
        row("arguments of another type", "process/args", R"("sh")");
        row("an argument that is no string", "process/args", "[1]");
        row("zero byte", "process/args", R"(["a\u0000b"])");
        row("zero byte in a member that is added later", "annotations", R"({"a": [{"b\u0000": 1}]})");
        row("zero byte in a sysctl", "linux/sysctl", R"({"net.core.somaxconn": "1\u00002"})");
        row("device without an absolute path", "linux/devices",
            R"([{"path": "dev/x", "type": "c", "major": 1, "minor": 3}])");
        row("device that is a folder", "linux/devices",
            R"([{"path": "/", "type": "c", "major": 1, "minor": 3}])");
        row("limit of another type", "process/rlimits",
            R"([{"type": "RLIMIT_NOFILE", "soft": "10", "hard": "10"}])");
        row("limit without its hard part", "process/rlimits", R"([{"type": "RLIMIT_NOFILE", "soft": 10}])");
        row("seccomp value beyond 64 bits", "linux/seccomp",
            R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ERRNO",
                "args": [{"index": 0, "value": 6.6e47, "op": "SCMP_CMP_EQ"}]}]})");
        row("device number too large", "linux/devices",
            R"([{"path": "/dev/x", "type": "b", "major": 4294967304, "minor": 0}])");
        row("relative cwd", "process/cwd", R"("srv")");
        row("environment", "process/env", R"(["=x"])");
        row("negative uid", "process/user", R"({"uid": -1})");
        row("unmapped uid", "process/user", R"({"uid": 70000})");
        row("unmapped group", "process/user", R"({"additionalGids": [70000]})");
        row("rlimit", "process/rlimits", R"([{"type": "RLIMIT_X", "soft": 1, "hard": 1}])");
        row("rlimit order", "process/rlimits", R"([{"type": "RLIMIT_CORE", "soft": 2, "hard": 1}])");
        row("memory policy", "linux/memoryPolicy", R"({"mode": "MPOL_BIND", "nodes": "0"})", "Unsupported");
        row("no root", "root", "{}");
        row("hook of a relative path", "hooks", R"({"prestart": [{"path": "x"}]})");
        row("hook without a time", "hooks", R"({"poststop": [{"path": "/x", "timeout": 0}]})");
        row("hooks that are no list", "hooks", R"({"createContainer": {"path": "/x"}})");
        row("mount over /", "mounts", R"([{"destination": "/", "type": "tmpfs"}])");
        row("mount without type", "mounts", R"([{"destination": "/x"}])");
        row("bind without source", "mounts", R"([{"destination": "/x", "type": "bind"}])");
        row("namespace", "linux/namespaces", R"([{"type": "mount"}, {"type": "galaxy"}])");
        row("namespace twice", "linux/namespaces", R"([{"type": "mount"}, {"type": "mount"}])");
        row("no mount namespace", "linux/namespaces", R"([{"type": "pid"}])", "Unsupported");
        row("empty range", "linux/uidMappings", R"([{"containerID": 0, "hostID": 1, "size": 0}])");
        row("overlapping ranges", "linux/uidMappings",
            R"([{"containerID": 0, "hostID": 1, "size": 9}, {"containerID": 8, "hostID": 90, "size": 9}])");
        row("root unmapped", "linux/uidMappings", R"([{"containerID": 1, "hostID": 1, "size": 9}])");
        row("memory", "linux/resources", R"({"memory": {"limit": "much"}})");
        row("device rule", "linux/resources", R"({"devices": [{"allow": true, "access": "rwx"}]})");
        row("sysctl of the host", "linux/sysctl", R"({"kernel.panic": "1"})");
        row("sysctl with ..", "linux/sysctl", R"({"net/../kernel/panic": "1"})");
        row("sysctl with .. the other way", "linux/sysctl", R"({"net.\/\/.kernel.panic": "1"})");
        row("masked path", "linux/maskedPaths", R"(["proc"])");
        row("propagation", "linux/rootfsPropagation", R"("sideways")");
        row("seccomp argument", "linux/seccomp",
            R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a"], "action": "x",
                "args": [{"index": 6, "op": "SCMP_CMP_EQ", "value": 0}]}]})");
    }
    void refusesABadConfiguration() {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, code);
        const auto names = path.split('/');
        const auto replacement = Json::parse(value.toStdString());
        VERIFY_RESULT(replacement);
        Json document = good();
        if (names.size() == 1) {
            document.set(names[0].toStdString(), *replacement);
        } else {
            Json part = document.at(names[0].toStdString());
            part.set(names[1].toStdString(), *replacement);
            document.set(names[0].toStdString(), part);
        }
        const auto spec = spec::parse(document.dump(), "/bundle");
        QVERIFY(!spec);
        QCOMPARE(std::string(errorName(spec.error().code)), code.toStdString());
        QVERIFY(!spec.error().message.empty());
    }

    void acceptsTheConfigurationTheBadOnesAreMadeFrom() {
        VERIFY_RESULT(spec::parse(good().dump(), "/bundle"));
    }

    void refusesWhatIsNoJson() {
        for (const char* text : {"", "{", "[]", "null", "{\"ociVersion\": \"1.0\"} x"})
            QVERIFY(!spec::parse(text, "/bundle"));
    }

    void neverShowsTheEnvironmentInAnError() {
        Json document = good();
        Json process = document.at("process");
        process.set("env", Json::strings({"secretwithoutequals"}));
        document.set("process", process);
        const auto spec = spec::parse(document.dump(), "/bundle");
        QVERIFY(!spec);
        QVERIFY(spec.error().text().find("secret") == std::string::npos);
    }

    void knowsEveryCapability() {
        QCOMPARE(spec::capabilityNumber("CAP_CHOWN"), std::optional<unsigned>(CAP_CHOWN));
        QCOMPARE(spec::capabilityNumber("cap_sys_admin"), std::optional<unsigned>(CAP_SYS_ADMIN));
        QCOMPARE(spec::capabilityNumber("CAP_SETFCAP"), std::optional<unsigned>(CAP_SETFCAP));
        QCOMPARE(spec::capabilityNumber("CAP_CHECKPOINT_RESTORE"),
                 std::optional<unsigned>(CAP_CHECKPOINT_RESTORE));
        for (const char* name : {"", "CHOWN", "CAP_", "CAP_7", "7", "all", "CAP_CHOWN "})
            QVERIFY(!spec::capabilityNumber(name));
    }

    void timesAreWrittenInUtc() {
        const auto before = QDateTime::currentDateTimeUtc();
        const std::string text = rfc3339Now(); // 2026-01-31T23:59:59.123456789Z
        const auto after = QDateTime::currentDateTimeUtc();
        QCOMPARE(text.size(), std::size_t(30));
        auto parsed = QDateTime::fromString(QString::fromStdString(text.substr(0, 23)), Qt::ISODateWithMs);
        parsed.setTimeSpec(Qt::UTC);
        QVERIFY2(before <= parsed && parsed <= after, text.c_str());
        QVERIFY(text.ends_with('Z'));
    }

    void refusesIdsThatAreNoFileNames() {
        VERIFY_RESULT(validateContainerId("a-b_c.d+9"));
        for (const char* id : {"", ".", "..", "-x", "a/b", "a b", "\xc3\xa9"})
            QVERIFY(!validateContainerId(id));
    }

private:
    static Json good() {
        const auto json = Json::parse(R"({"ociVersion": "1.2.0", "root": {"path": "rootfs"},
            "process": {"args": ["sh"], "cwd": "/", "user": {"uid": 0, "gid": 0}},
            "linux": {"namespaces": [{"type": "mount"}, {"type": "user"}, {"type": "network"}],
                      "uidMappings": [{"containerID": 0, "hostID": 100000, "size": 65536}],
                      "gidMappings": [{"containerID": 0, "hostID": 100000, "size": 65536}]}})");
        return json.value();
    }
};

ESCALE_TEST(SpecTest)
#include "spec_test.moc"
