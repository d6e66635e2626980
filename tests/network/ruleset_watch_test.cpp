#include "engine/network/port_rules.h"
#include "engine/network/ruleset_watch.h"
#include "tests/network/port_traffic.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

using namespace escale;
using namespace escale::test;

namespace {

/// What the watch has told.
class Told {
public:
    void add(const std::string& by) {
        const std::lock_guard lock(m_mutex);
        m_by.push_back(by);
        m_changed.notify_all();
    }
    /// All of it, once there is that much.
    std::vector<std::string> await(std::size_t count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::milliseconds(kPatientMilliseconds),
                           [&] { return m_by.size() >= count; });
        return m_by;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_by;
};

using Words = std::vector<std::string>;

const PortOwner kOne{"one", "escale0", {}};
const std::vector kPorts{publishedPort("0.0.0.0:8080->80/tcp")};

Result<void> nft(const std::string& command) {
    return quietly({"/usr/sbin/nft", command});
}
std::string rules() {
    return output({"/usr/sbin/nft", "list", "ruleset"});
}

} // namespace

class RulesetWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatSomebodyTookAway_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("everything") << "flush ruleset";
        QTest::newRow("the table") << "delete table inet escale";
        QTest::newRow("one chain's rules") << "flush chain inet escale entering-escale0";
        QTest::newRow("a port") << "delete element inet escale published4-any { tcp . 8080 }";
    }
    void tellsWhatSomebodyTookAway() {
        QFETCH(QString, command);
        onNewHost([&] {
            PortRules published("escale");
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.replace(kOne, kPorts));
            Told told;
            const auto watch = RulesetWatch::start("escale", [&](const std::string& by) { told.add(by); });
            VERIFY_RESULT(watch);
            VERIFY_RESULT(nft(command.toStdString()));
            QCOMPARE(told.await(1), Words{"nft"});
        });
    }
    void tellsTheLossOfOneRule() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            Told told;
            const auto watch = RulesetWatch::start("escale", [&](const std::string& by) { told.add(by); });
            VERIFY_RESULT(watch);
            const auto listing =
                output({"/usr/sbin/nft", "-a", "list", "chain", "inet", "escale", "postrouting-escale0"});
            const auto at = listing.find("masquerade # handle ");
            QVERIFY2(at != std::string::npos, listing.c_str());
            const auto handle = std::to_string(std::stoi(listing.substr(at + 20)));
            VERIFY_RESULT(nft("delete rule inet escale postrouting-escale0 handle " + handle));
            QCOMPARE(told.await(1), Words{"nft"});
        });
    }
    void tellsTheLossOfAGuardButNotThatItsDeviceWent_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("the chain") << "delete chain netdev escale guard-esc0";
        QTest::newRow("its rules") << "flush chain netdev escale guard-esc0";
        QTest::newRow("the table") << "delete table netdev escale";
    }
    void tellsTheLossOfAGuardButNotThatItsDeviceWent() {
        QFETCH(QString, command);
        onNewHost([&] {
            const NamespaceProcess one;
            const NamespaceProcess two;
            const Network network = testNetwork();
            Endpoint guarded = testEndpoint("one", "172.30.0.2");
            guarded.hostInterface = "esc0";
            Endpoint leaving = testEndpoint("two", "172.30.0.3");
            leaving.hostInterface = "esc1";
            VERIFY_RESULT(ensureBridge(network));
            VERIFY_RESULT(attachEndpoint(network, guarded, one.pid()));
            VERIFY_RESULT(attachEndpoint(network, leaving, two.pid()));
            Told told;
            const auto watch =
                RulesetWatch::start("escale", [&](const std::string& by) { told.add(by); }, {});
            VERIFY_RESULT(watch);
            // When an interface goes, and its guard with it; and somebody changes what is not ours; then
            // there is nothing to tell
            VERIFY_RESULT(quietly({"/usr/sbin/ip", "link", "del", "esc1"}));
            VERIFY_RESULT(nft("add table inet theirs; delete table inet theirs"));
            // until somebody takes the other guard away.
            const QTemporaryDir folder;
            const std::string program = folder.filePath(QStringLiteral("firewalld")).toStdString();
            QCOMPARE(::symlink("/usr/sbin/nft", program.c_str()), 0);
            VERIFY_RESULT(quietly({program, command.toStdString()}));
            QCOMPARE(told.await(1), Words{"firewalld"});
        });
    }
    void isSilentAboutOwnChangesAndOthersTables() {
        onNewHost([] {
            PortRules published("escale");
            // Given a watch that tells each loss by itself
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(nft("add table inet theirs; add chain inet theirs c; add rule inet theirs c "
                              "accept; add table ip escale"));
            Told told;
            const auto watch =
                RulesetWatch::start("escale", [&](const std::string& by) { told.add(by); }, {});
            VERIFY_RESULT(watch);
            // when we change and remove rules, when others do with theirs, also of our name in another
            // family, or add to ours
            VERIFY_RESULT(published.replace(kOne, kPorts));
            VERIFY_RESULT(published.replace(kOne, {publishedPort("0.0.0.0:8081->80/tcp")}));
            VERIFY_RESULT(published.remove("one"));
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(nft("flush chain inet theirs c; delete table inet theirs; delete table ip escale"));
            VERIFY_RESULT(nft("add chain inet escale theirs"));
            // then the first loss that is told is one after all that, by a program of another name
            const QTemporaryDir folder;
            const std::string program = folder.filePath(QStringLiteral("firewalld")).toStdString();
            QCOMPARE(::symlink("/usr/sbin/nft", program.c_str()), 0);
            VERIFY_RESULT(quietly({program, "delete chain inet escale theirs"}));
            QCOMPARE(told.await(1), Words{"firewalld"});
        });
    }
    // The kernel names a change's thread as the first pid namespace numbers it.
    void knowsOwnChangesInAPidNamespaceToo() {
        onNewHost([] {
            QCOMPARE(::unshare(CLONE_NEWPID), 0);
            const pid_t engine = ::fork();
            QVERIFY(engine >= 0);
            if (engine == 0) {
                Told told;
                const auto watch =
                    RulesetWatch::start("escale", [&](const std::string& by) { told.add(by); }, {});
                const bool isDone = watch && ensureBridge(testNetwork()) && ensureBridge(testNetwork()) &&
                                    nft("flush chain inet escale entering-escale0");
                ::_exit(isDone && told.await(1) == Words{"nft"} ? 0 : 1);
            }
            int status = 1;
            QCOMPARE(::waitpid(engine, &status, 0), engine);
            QCOMPARE(status, 0);
        });
    }
    void letsTheListenerPutBackWhatIsMissing() {
        onNewHost([] {
            PortRules published("escale");
            // Given a listener that installs all again
            VERIFY_RESULT(ensureBridge(testNetwork()));
            VERIFY_RESULT(published.replace(kOne, kPorts));
            const auto before = rules();
            Told told;
            const auto reinstall = [&](const std::string& by) {
                const bool whole = ensureBridge(testNetwork()) && published.replace(kOne, kPorts);
                told.add(whole ? by : "failed");
            };
            // It works in the watching thread, which is of this network namespace as well
            const auto watch = RulesetWatch::start("escale", reinstall);
            VERIFY_RESULT(watch);
            VERIFY_RESULT(nft("flush ruleset"));
            QCOMPARE(told.await(1), Words{"nft"});
            QCOMPARE(rules(), before);
            // and hears nothing of what it did itself, but of the next one
            VERIFY_RESULT(nft("flush ruleset"));
            QCOMPARE(told.await(2), (Words{"nft", "nft"}));
            QCOMPARE(rules(), before);
        });
    }
    void tellsOnceWhatGoesInManySteps() {
        onNewHost([] {
            VERIFY_RESULT(ensureBridge(testNetwork()));
            Told told;
            const auto watch = RulesetWatch::start(
                "escale", [&](const std::string& by) { told.add(by); },
                std::chrono::milliseconds(kPatientMilliseconds));
            VERIFY_RESULT(watch);
            VERIFY_RESULT(nft("flush chain inet escale entering-escale0"));
            VERIFY_RESULT(nft("flush chain inet escale postrouting-escale0"));
            VERIFY_RESULT(nft("delete table inet escale"));
            QCOMPARE(told.await(1), Words{"nft"});
        });
    }
};
ESCALE_TEST(RulesetWatchTest)

#include "ruleset_watch_test.moc"
