// Paths that somebody exchanges while the runtime walks them: CVE-2021-30465 (targets of mounts),
// CVE-2024-21626 (the working directory), CVE-2025-31133 (masked paths).
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

constexpr int kRounds = 60;

// Exchanges two entries, as fast as it goes, while it lives.
class Exchange {
public:
    Exchange(std::string one, std::string other)
        : m_thread([this, one = std::move(one), other = std::move(other)] {
            while (!m_end) {
                ::syscall(SYS_renameat2, AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(),
                          2 /* RENAME_EXCHANGE */);
                ++m_done;
            }
        }) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange() {
        m_end = true;
        m_thread.join();
    }
    [[nodiscard]] long done() const { return m_done; }

private:
    std::atomic<bool> m_end = false;
    std::atomic<long> m_done = 0;
    std::thread m_thread;
};

Json bindMount(const std::string& source, const std::string& destination) {
    Json mount;
    mount.set("type", "bind").set("source", source).set("destination", destination);
    return mount.set("options", Json::strings({"rbind"}));
}

} // namespace

class RaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    // A volume that two containers share: the one that runs already exchanges a folder in it with a link
    // while the other one's volume is mounted there. With a createContainer hook the mounts are made on the
    // host's tree.
    void aMountNeverLandsOnTheHost_data() {
        QTest::addColumn<QString>("link");
        QTest::newRow("absolute") << "HOST";
        QTest::newRow("upwards") << "../../../../../../../../../../../HOST";
    }
    void aMountNeverLandsOnTheHost() {
        QFETCH(QString, link);
        Bundle bundle({"sh", "-c", "cat /volume/target/secret /secret 2>/dev/null"});
        bundle.useHostIds();
        const std::string host =
            bundle.path() + "/host"; // what a mount must not cover, nor the container see
        const std::string shared = bundle.path() + "/shared";
        const std::string own = bundle.path() + "/own";
        for (const auto& folder : {host, shared + "/target", own})
            std::filesystem::create_directories(folder);
        VERIFY_RESULT(writeFileAtomically(host + "/secret", "the host's"));
        VERIFY_RESULT(writeFileAtomically(own + "/mine", ""));
        std::filesystem::create_symlink(link.replace("HOST", QString::fromStdString(host)).toStdString(),
                                        shared + "/link");
        bundle.append("mounts", bindMount(shared, "/volume"));
        bundle.append("mounts", bindMount(own, "/volume/target"));
        Json hook;
        hook.set("path", "/bin/sh")
            .set("args", Json::strings(
                             {"sh", "-c",
                              "[ ! -e " + host + "/mine ] || echo covered >>" + bundle.path() + "/covered"}));
        bundle.set("hooks/createContainer", Json(Json::Array{hook}));
        int started = 0;
        const Exchange exchange(shared + "/target", shared + "/link");
        for (int round = 0; round < kRounds; ++round) {
            const auto outcome =
                bundle.run(); // a look-up that meets the exchange may fail: that is an answer
            started += outcome.code == 0 || outcome.err.empty() ? 1 : 0;
            QVERIFY2(outcome.out.find("the host's") == std::string::npos, outcome.out.c_str());
            QCOMPARE(bundle.leftovers(), std::string());
        }
        QVERIFY(!exists(bundle.path() + "/covered"));
        QVERIFY(started > 0);
        QVERIFY(exchange.done() > 1000);
    }

    void execNeverBeginsOutside() {
        Bundle bundle({"sleep", "1000"});
        bundle.useHostIds();
        for (const char* folder : {"/work", "/tmp/elsewhere"})
            std::filesystem::create_directories(bundle.root() + folder);
        std::filesystem::create_symlink("/proc/self/fd/3", bundle.root() + "/link");
        QCOMPARE(bundle.runtime({"run", "--detach"}).err, std::string());
        const auto pid = bundle.state().at("pid").toInteger();
        int begun = 0;
        const Exchange exchange(bundle.root() + "/work", bundle.root() + "/link");
        for (int round = 0; round < kRounds; ++round) {
            const auto outcome = exec(bundle, {"--cwd", "/work"}, {"sh", "-c", "pwd; ls ../../../../.."});
            if (outcome.code != 0)
                continue;
            ++begun;
            QVERIFY2(outcome.out.starts_with("/work\n") || outcome.out.starts_with("/link\n"),
                     outcome.out.c_str());
            QVERIFY2(outcome.out.find("boot") == std::string::npos &&
                         outcome.out.find("usr") == std::string::npos,
                     outcome.out.c_str());
        }
        QVERIFY(begun > 0);
        QCOMPARE(bundle.runtime({"delete", "--force"}).err, std::string());
        ::waitpid(static_cast<pid_t>(pid), nullptr, 0);
    }

    // The image's /dev is a volume here, and its null exchanged with a link to what the mask is to hide.
    void aMaskIsNeverWhatTheImageSays() {
        Bundle bundle({"sh", "-c", "cat /etc/hidden"});
        bundle.useHostIds();
        VERIFY_RESULT(writeFileAtomically(bundle.root() + "/etc/hidden", "hidden", 0644));
        VERIFY_RESULT(writeFileAtomically(bundle.root() + "/etc/shown", "shown", 0644));
        const std::string devices = bundle.path() + "/devices";
        std::filesystem::create_directories(devices);
        std::filesystem::create_symlink("/etc/shown", devices + "/link");
        std::filesystem::create_symlink("/etc/hidden", devices + "/null");
        Json mounts{Json::Array{}};
        for (const auto& mount : bundle.config().at("mounts").items()) {
            if (!mount.at("destination").toString().starts_with("/dev"))
                mounts.append(mount);
        }
        mounts.append(bindMount(devices, "/dev"));
        bundle.set("mounts", mounts);
        bundle.append("linux/maskedPaths", "/etc/hidden");
        int started = 0;
        const Exchange exchange(devices + "/null", devices + "/link");
        for (int round = 0; round < kRounds; ++round) {
            const auto outcome = bundle.run();
            started += outcome.code == 0 ? 1 : 0;
            QCOMPARE(outcome.out, std::string());
        }
        QVERIFY(started > 0);
    }
};

ESCALE_TEST(RaceTest)
#include "race_test.moc"
