#include "engine/container/oci_config.h"

#include "engine/base/file.h"
#include "engine/container/rootfs.h"
#include "engine/container/seccomp_profile.h"
#include "tests/support/test_registry.h"

#include <set>

using namespace escale;

class OciConfigTest : public QObject {
    Q_OBJECT

    static OciInput input() {
        OciInput input;
        input.id = "0123456789ab" + std::string(52, 'c');
        input.options.name = "web";
        input.options.image = "demo";
        input.image.entrypoint = {"/bin/server"};
        input.image.command = {"--port", "80"};
        input.image.environment = {"PATH=/bin", "MODE=image"};
        input.user = {1000, 1001, {29, 44}, "/home/app"};
        input.workingDirectory = "/srv";
        input.bundle = "/run/escale/containers/x";
        input.cgroupPath = "/escale/x";
        input.idBase = 1879048192;
        return input;
    }

private Q_SLOTS:
    // The whole document but the seccomp profile, against a copy that was read by a person.
    void makesTheGoldenDocument() {
        OciInput in = input();
        in.options.memoryBytes = 64u << 20;
        in.options.cpus = 1.5;
        in.options.pidsLimit = 100;
        auto config = makeOciConfig(in);
        VERIFY_RESULT(config);
        Json linux = config->at("linux");
        QVERIFY(linux.at("seccomp").isObject());
        linux.set("seccomp", "left out");
        config->set("linux", linux);
        const std::string path = ESCALE_TEST_DATA "/container/config.json";
        if (qEnvironmentVariableIsSet("ESCALE_WRITE_GOLDEN")) // then read the difference, as a person
            VERIFY_RESULT(writeFileAtomically(path, config->dumpPretty() + "\n", 0644));
        const auto golden = readFile(path);
        VERIFY_RESULT(golden);
        QCOMPARE(config->dumpPretty() + "\n", *golden);
    }

    void putsTheCommandAfterTheEntrypoint() {
        OciInput in = input();
        QCOMPARE(*processArguments(in.options, in.image),
                 (std::vector<std::string>{"/bin/server", "--port", "80"}));
        in.options.command = {"--help"};
        QCOMPARE(*processArguments(in.options, in.image),
                 (std::vector<std::string>{"/bin/server", "--help"}));
    }

    void needsSomethingToRun() {
        const auto arguments = processArguments({}, {});
        QVERIFY(!arguments);
        QCOMPARE(arguments.error().code, ErrorCode::InvalidArgument);
    }

    void laysVariablesOverEachOther() {
        OciInput in = input();
        in.image.environment.push_back("broken");
        in.options.environment = {"MODE=mine", "EMPTY="};
        QCOMPARE(processEnvironment(in),
                 (std::vector<std::string>{"PATH=/bin", "HOME=/home/app", "HOSTNAME=0123456789ab",
                                           "MODE=mine", "EMPTY="}));
    }

    void leavesOutLimitsOfZero() {
        OciInput in = input();
        in.options.memoryBytes = 0;
        in.options.cpus = 0;
        in.options.pidsLimit = 0;
        const auto config = makeOciConfig(in);
        VERIFY_RESULT(config);
        QVERIFY(config->at("linux").at("resources").members().empty());
    }

    void refusesCallsThatAreNotListed() {
        const Json& profile = defaultSeccompProfile();
        QCOMPARE(profile.at("defaultAction").toString(), std::string("SCMP_ACT_ERRNO"));
        std::set<std::string> allowed;
        for (const Json& rule : profile.at("syscalls").items()) {
            const auto names = rule.getStrings("names");
            VERIFY_RESULT(names);
            if (rule.at("action").toString() == "SCMP_ACT_ALLOW")
                allowed.insert(names->begin(), names->end());
        }
        for (const char* name : {"mount",
                                 "umount2",
                                 "unshare",
                                 "setns",
                                 "bpf",
                                 "kexec_load",
                                 "init_module",
                                 "reboot",
                                 "keyctl",
                                 "add_key",
                                 "userfaultfd",
                                 "perf_event_open",
                                 "open_by_handle_at",
                                 "io_uring_setup",
                                 "clone3",
                                 "pivot_root",
                                 "swapon",
                                 "syslog",
                                 "move_mount",
                                 "fsopen",
                                 "quotactl",
                                 "acct",
                                 "iopl"})
            QVERIFY2(!allowed.contains(name), name);
        for (const char* name :
             {"read", "execve", "clone", "futex", "openat2", "statx", "close_range", "arch_prctl"})
            QVERIFY2(allowed.contains(name), name);
    }

    void namesLayersTopFirst() {
        QCOMPARE(
            overlayOptions({"/run/idmap", {"1/3", "1.12", "1/7"}, "/var/a,b:c", "/t", 1}),
            std::string(
                "userxattr,lowerdir=1/7:1.12:1/3,upperdir=/var/a\\,b\\:c/upper,workdir=/var/a\\,b\\:c/work"));
    }
};

ESCALE_TEST(OciConfigTest)
#include "oci_config_test.moc"
