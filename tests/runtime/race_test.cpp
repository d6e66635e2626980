// The ways out of a container that are races: while the runtime works with a path, somebody who shares a
// folder with the container exchanges what is there. Each test starts again and again; whatever the moment
// was, a start does what was asked for, or is refused.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/runtime/exchanger.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace escale;
using test::Bundle;
using test::Exchanger;
namespace fs = std::filesystem;

namespace {

constexpr int kStarts = 15;

// Most starts may be refused: until one was not, there is one more.
bool isEnough(int starts, int ran) {
    return starts >= kStarts && (ran > 0 || starts >= 20 * kStarts);
}

constexpr const char* kFarUp = "../../../../../../../../../../..";

// Mount points of a mountinfo's text that are not below `root`, sorted.
QStringList mountPointsOutside(const std::string& mountInfo, const std::string& root) {
    QStringList points;
    for (const auto& line : QString::fromStdString(mountInfo).split('\n', Qt::SkipEmptyParts)) {
        const QString point = line.section(' ', 4, 4);
        if (!point.startsWith(QString::fromStdString(root)))
            points << point;
    }
    points.sort();
    return points;
}

Json mount(const std::string& destination, const char* type, const std::string& source) {
    Json json;
    json.set("destination", destination).set("type", type).set("source", source);
    return json.set("options", Json::strings({std::string(type) == "bind" ? "bind" : "mode=755"}));
}

// A createContainer hook runs on the host's tree, so that tree is in reach while the mounts are made. This
// one keeps what it sees of them.
void addHook(Bundle& bundle) {
    bundle.append(
        "hooks/createContainer",
        Json::parse(R"({"path": "/bin/sh", "args": ["sh", "-c", "cat /proc/self/mountinfo >seen"]})")
            .value());
}

// What covers the container's /proc: root of the mount in its file system, mount point, options.
constexpr const char* kTellMountsOnProc = "cut -d' ' -f4-6 /proc/self/mountinfo | grep ' /proc'";

// Starts the container again and again; each time it prints `expected`, or is refused before its program
// runs, and nothing is left then. It must not be refused always.
void startWhileExchanging(Bundle& bundle, const Exchanger& exchanger, const std::string& expected) {
    int ran = 0;
    for (int i = 0; !isEnough(i, ran); ++i) {
        const auto outcome = bundle.run();
        if (outcome.code == 0) {
            ++ran;
            QCOMPARE(outcome.out, expected);
            continue;
        }
        QCOMPARE(outcome.out, std::string());
        QVERIFY(!outcome.err.empty());
        QCOMPARE(bundle.leftovers(), std::string());
    }
    QVERIFY(ran > 0);
    QVERIFY(exchanger.count() > kStarts);
}

} // namespace

class RaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    // CVE-2021-30465: a folder of a shared volume becomes a link to the host's tree between the look at it
    // and the mount on it.
    void aMountsTargetStaysInside_data() {
        QTest::addColumn<QString>("exchanged");
        QTest::addColumn<QString>("destination");
        QTest::addColumn<QString>("up");
        for (const char* up : {"", kFarUp}) {
            const char* kind = *up == 0 ? "absolute" : "relative";
            QTest::addRow("the target itself, %s", kind) << "target"
                                                         << "/volume/target" << up;
            QTest::addRow("a folder on the way, %s", kind) << "way"
                                                           << "/volume/way/target" << up;
            QTest::addRow("a folder on the way to what is made, %s", kind) << "way"
                                                                           << "/volume/way/new-%1/x" << up;
        }
    }
    void aMountsTargetStaysInside() {
        QFETCH(QString, exchanged);
        QFETCH(QString, destination);
        QFETCH(QString, up);
        Bundle bundle({"ls", "/"});
        bundle.useHostIds();
        const std::string volume = bundle.path() + "/volume";
        const std::string outside = bundle.path() + "/outside";
        for (const auto& folder : {volume + "/target", volume + "/way/target", outside + "/target",
                                   bundle.root() + outside + "/target"})
            fs::create_directories(folder);
        fs::create_directory_symlink(up.toStdString() + outside, volume + "/link");
        addHook(bundle);
        bundle.append("mounts", mount("/volume", "bind", volume));
        const Json mounts = bundle.config().at("mounts");
        const auto host = mountPointsOutside(readFile("/proc/self/mountinfo").value(), bundle.root());

        int ran = 0;
        const Exchanger exchanger(volume + "/" + exchanged.toStdString(), volume + "/link");
        for (int i = 0; !isEnough(i, ran); ++i) {
            const QString here = destination.contains('%') ? destination.arg(i) : destination;
            bundle.set("mounts", mounts);
            bundle.append("mounts", mount(here.toStdString(), "tmpfs", "tmpfs"));
            fs::remove(bundle.path() + "/seen");
            const auto outcome = bundle.run();
            QCOMPARE(bundle.leftovers(), std::string());
            QCOMPARE(listDirectory(outside)->size(), std::size_t(1)); // nothing was made there
            if (outcome.code != 0)
                continue;
            ++ran;
            QCOMPARE(outcome.out, std::string("bin\ndev\netc\nproc\nroot\nsys\ntmp\nvolume\n"));
            const auto seen = readFile(bundle.path() + "/seen");
            VERIFY_RESULT(seen);
            QCOMPARE(mountPointsOutside(*seen, bundle.root()), host);
        }
        QVERIFY(ran > 0);
        QVERIFY(exchanger.count() > kStarts);
    }

    // CVE-2025-31133 and CVE-2025-52565: the image's null device, its console, the folder of its terminals
    // become links while paths are masked and the console is bound. CVE-2025-52881: the target of a mount
    // becomes a link into /proc, where labels and sysctls are written.
    void nothingComesToLieInProc_data() {
        QTest::addColumn<QString>("exchanged"); // below the bundle
        QTest::addColumn<QString>("link");
        QTest::addColumn<bool>("terminal");
        QTest::addColumn<bool>("hasHook");
        for (const char* target : {"/proc/sys/kernel/core_pattern", "/etc/secret"}) {
            QTest::addRow("null device, %s", target) << "rootfs/dev/null" << target << false << false;
            QTest::addRow("console, %s", target) << "rootfs/dev/console" << target << true << false;
        }
        QTest::newRow("null device with the host's tree in reach") << "rootfs/dev/null"
                                                                   << "/proc/sysrq-trigger" << false << true;
        QTest::newRow("folder of terminals") << "rootfs/dev/pts"
                                             << "/proc/self/fd" << true << false;
        for (const char* target : {"/proc/self/attr", "../proc/sys/kernel"}) {
            QTest::addRow("a mount's target, %s", target) << "volume/target" << target << false << false;
            QTest::addRow("a mount's target with the host's tree in reach, %s", target)
                << "volume/target" << target << false << true;
        }
    }
    void nothingComesToLieInProc() {
        QFETCH(QString, exchanged);
        QFETCH(QString, link);
        QFETCH(bool, terminal);
        QFETCH(bool, hasHook);
        Bundle bundle({"sh", "-c",
                       std::string(kTellMountsOnProc) + "; cat /etc/secret; stat -c %t:%T /proc/keys;"
                                                        "echo x >/proc/keys; test -c /dev/tty"});
        bundle.useHostIds();
        makeSharedDev(bundle);
        bundle.set("process/terminal", Json(terminal));
        if (hasHook)
            addHook(bundle);
        const std::string path = bundle.path() + "/" + exchanged.toStdString();
        const auto before = bundle.run();
        QCOMPARE(before.err, std::string());
        QVERIFY2(before.out.find("/null /proc/keys") != std::string::npos, before.out.c_str());
        fs::create_symlink(link.toStdString(), path + "-link");
        const Exchanger exchanger(path, path + "-link");
        startWhileExchanging(bundle, exchanger, before.out);
    }

    // CVE-2019-16884, CVE-2025-52881: /proc itself is exchanged, for a link or for another folder. What is
    // masked and what is written to is the container's proc all the same.
    void procIsWhatItSeems_data() {
        QTest::addColumn<bool>("link");
        QTest::newRow("for a link") << true;
        QTest::newRow("for a folder") << false;
    }
    void procIsWhatItSeems() {
        QFETCH(bool, link);
        Bundle bundle({"sh", "-c", "cat /proc/keys /other/keys; cat /etc/victim"});
        bundle.useHostIds();
        std::ofstream(bundle.root() + "/etc/victim") << "kept\n";
        for (const char* folder : {"/proc", "/other"}) {
            fs::create_directories(bundle.root() + folder + "/sys/net/ipv4");
            fs::create_symlink("/etc/victim",
                               bundle.root() + folder + "/sys/net/ipv4/ip_unprivileged_port_start");
            std::ofstream(bundle.root() + folder + "/keys");
        }
        if (link) {
            fs::remove_all(bundle.root() + "/proc");
            fs::create_directory(bundle.root() + "/proc");
            fs::rename(bundle.root() + "/other", bundle.root() + "/elsewhere");
            fs::create_symlink("/elsewhere", bundle.root() + "/other");
        }
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "80"})").value());
        const Exchanger exchanger(bundle.root() + "/proc", bundle.root() + "/other");
        startWhileExchanging(bundle, exchanger, "kept\n");
    }

    // CVE-2024-21626: the working directory becomes a link to a descriptor of the host that was left open.
    void theWorkingDirectoryStaysInside_data() {
        QTest::addColumn<bool>("byExec");
        QTest::newRow("run") << false;
        QTest::newRow("exec") << true;
    }
    void theWorkingDirectoryStaysInside() {
        QFETCH(bool, byExec);
        Bundle bundle(byExec ? std::vector<std::string>{"sleep", "1000"} : std::vector<std::string>{"ls"});
        bundle.useHostIds();
        fs::create_directory(bundle.root() + "/work");
        std::ofstream(bundle.root() + "/work/mark");
        fs::create_symlink("/proc/self/fd/50", bundle.root() + "/link");
        if (byExec)
            start(bundle);
        else
            bundle.set("process/cwd", "/work");
        const UniqueFd leak(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(::dup2(leak.get(), 50) == 50);
        const UniqueFd inherited(50);
        int ran = 0;
        const Exchanger exchanger(bundle.root() + "/work", bundle.root() + "/link");
        for (int i = 0; !isEnough(i, ran); ++i) {
            const auto outcome = byExec ? exec(bundle, {"--cwd", "/work"}, {"ls"}) : bundle.run();
            QCOMPARE(outcome.out, std::string(outcome.code == 0 ? "mark\n" : ""));
            ran += outcome.code == 0 ? 1 : 0;
        }
        QVERIFY(ran > 0);
        QVERIFY(exchanger.count() > kStarts);
    }

    // CVE-2019-5736: the container's program that exec is asked for is, now and then, a script whose
    // interpreter is the runtime, and the container's first process writes to every program it can get.
    void theRuntimesFileIsNeverWrittenTo() {
        const auto content = readFile(ESCALE_BIN "/escale-runtime").value();
        Bundle bundle({"/overwrite"});
        const std::string program = bundle.path() + "/runtime";
        VERIFY_RESULT(writeFileAtomically(program, content, 0755));
        fs::copy_file(ESCALE_BIN "/overwrite_programs", bundle.root() + "/overwrite");
        std::ofstream(bundle.root() + "/bin/evil") << "#!/proc/self/exe\n";
        fs::permissions(bundle.root() + "/bin/evil", fs::perms::owner_all);
        fs::create_symlink("busybox", bundle.root() + "/bin/innocent");
        bundle.useHostIds();
        for (const char* set : {"bounding", "effective", "permitted"})
            bundle.append(std::string("process/capabilities/") + set, "CAP_SYS_PTRACE");
        ::setenv("ESCALE_RUNTIME", program.c_str(), 1);
        bundle.runtime({"create"});
        bundle.runtime({"start"});
        {
            const Exchanger exchanger(bundle.root() + "/bin/true", bundle.root() + "/bin/evil");
            for (int i = 0; i < 2 * kStarts; ++i)
                exec(bundle, {}, {"true"});
        }
        QTest::qWait(50); // nothing runs from the file: now it could be written to
        ::unsetenv("ESCALE_RUNTIME");
        QVERIFY(readFile(bundle.root() + "/held").value_or("0") != "0");
        QVERIFY(readFile(program).value() == content);
    }

private:
    // The image's own /dev, which somebody else has in his hands, too.
    static void makeSharedDev(Bundle& bundle) {
        fs::create_directories(bundle.path() + "/volume/target");
        fs::create_directories(bundle.root() + "/dev/pts");
        std::ofstream(bundle.root() + "/etc/secret") << "kept\n";
        std::ofstream(bundle.root() + "/dev/null");
        std::ofstream(bundle.root() + "/dev/console");
        Json mounts{Json::Array{}};
        for (const auto& one : bundle.config().at("mounts").items()) {
            if (one.at("destination").toString() != "/dev")
                mounts.append(one);
        }
        bundle.set("mounts", mounts);
        bundle.append("mounts", mount("/volume", "bind", bundle.path() + "/volume"));
        bundle.append("mounts", mount("/volume/target", "tmpfs", "tmpfs"));
    }
};

ESCALE_TEST(RaceTest)
#include "race_test.moc"
