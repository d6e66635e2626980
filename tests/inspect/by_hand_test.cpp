// The script as text: that a shell takes it, that shellcheck has nothing to say, that no stranger's word is
// more than a word in it; and the rules by which it finds what stands beside the container's own. That it
// makes what it says is tests/inspect/made_script_test.cpp.
#include "engine/inspect/by_hand.h"

#include "engine/inspect/made_script.h"
#include "tests/inspect/hostile_shell.h"
#include "tests/inspect/made_sample.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <regex>

using namespace escale;
using namespace escale::test;
using by_hand::Words;

class ByHandTest : public QObject {
    Q_OBJECT

    static MadeSteps changed(const std::function<void(MadeStep&)>& change) {
        auto steps = madeSample();
        std::for_each(steps.begin(), steps.end(), change);
        return steps;
    }
    static MadeSteps without(const std::string& operation) {
        auto steps = madeSample();
        std::erase_if(steps, [&](const MadeStep& step) { return step.operation == operation; });
        return steps;
    }
    static QString shellcheckSays(const std::string& script) {
        QProcess program;
        program.start("shellcheck", {"-"});
        program.write(script.c_str(), static_cast<qint64>(script.size()));
        program.closeWriteChannel();
        program.waitForFinished();
        return program.readAllStandardOutput();
    }
    static bool hasShellcheck() { return !QStandardPaths::findExecutable("shellcheck").isEmpty(); }
    // The functions without the order in which they run, each called once: also after one has failed.
    static std::string allFunctions(std::string script) {
        script.replace(script.find("set -eu"), 7, "WORK=$PWD PID=$$ ROOT=$PWD NAME=x; set +e");
        script.erase(script.find("\n# The order of it all"));
        const std::regex name("\n([a-z_]+)\\(\\) \\{");
        std::string calls;
        for (auto found = std::sregex_iterator(script.begin(), script.end(), name);
             found != std::sregex_iterator(); ++found) {
            const auto function = found->str(1);
            if (function != "start_first_process" &&
                function != "first_process") // wait for what never comes here
                calls += "\n(" + function + ")";
        }
        return script + calls;
    }

private Q_SLOTS:
    void shellcheckHasNothingToSay() {
        SKIP_UNLESS(hasShellcheck(), "needs shellcheck");
        QCOMPARE(shellcheckSays(madeScript(madeSample(), {"web", "nginx:latest"})), QString());
    }
    void whateverIsMissingTheScriptIsWhole_data() {
        QTest::addColumn<QString>("operation");
        QTest::newRow("nothing at all") << "";
        for (const char* operation : {"overlay-mount", "cgroup-create", "netns-create", "clone3",
                                      "address-add", "path-mask", "execute"})
            QTest::newRow(operation) << operation;
    }
    void whateverIsMissingTheScriptIsWhole() {
        QFETCH(const QString, operation);
        SKIP_UNLESS(hasShellcheck(), "needs shellcheck");
        const auto steps = operation.isEmpty() ? MadeSteps() : without(operation.toStdString());
        QCOMPARE(shellcheckSays(madeScript(steps, {"web", "nginx"})), QString());
    }
    void aStrangersWordsAreWords() {
        HostileShell shell;
        VERIFY_RESULT(shell.open());
        for (const auto& hostile : shell.texts()) {
            // All at once, but for what says which step it is; and each detail for itself.
            const auto all = changed([&](MadeStep& step) {
                for (auto& [key, value] : step.details) {
                    if (key != "type" && key != "flags" && key != "kind")
                        value = hostile;
                }
            });
            QCOMPARE(
                QString::fromStdString(shell.happensIn(allFunctions(madeScript(all, {hostile, hostile})))),
                QString());
            const auto ends = changed([&](MadeStep& step) {
                for (auto& [key, value] : step.details)
                    value += hostile;
            });
            QCOMPARE(QString::fromStdString(shell.happensIn(allFunctions(madeScript(ends, {hostile, "x"})))),
                     QString());
        }
    }
    void eachBlockSaysWhatItDoesAndWhatToRead() {
        const auto script = madeScript(madeSample(), {"web", "nginx"});
        const std::regex head("\n(# [^\n]*\n)([a-z_]+)\\(\\) \\{");
        const std::regex function("\n[a-z_]+\\(\\) \\{");
        const auto count = [&](const std::regex& what) {
            return std::distance(std::sregex_iterator(script.begin(), script.end(), what),
                                 std::sregex_iterator());
        };
        QVERIFY(count(function) > 15);
        QCOMPARE(count(head), count(function));
    }
    void namesAndContentsOfTheContainerAreNeverWrittenTo() {
        const auto script = madeScript(madeSample(), {"web", "nginx"});
        for (const char* theirs : {"/sys/fs/cgroup/memory/escale", "containers/0a1b",
                                   "/run/escale/bundles/0a1b/rootfs", "172.30.0.2/16 dev", "config.json"})
            QVERIFY2(script.find(theirs) == std::string::npos, theirs);
    }

    void noGroupIsEndedThatIsNotTheScriptsOwn() {
        // Given a record whose mount point is two lines, or a path that depends on where one stands
        for (const char* mountPoint :
             {"/sys/fs/cgroup/memory\n/x", "sys/fs/cgroup", "", "/", "/sys/../sys"}) {
            const auto script = madeScript(changed([&](MadeStep& step) {
                                               for (auto& [key, value] : step.details) {
                                                   if (key == "hierarchy")
                                                       value = mountPoint;
                                               }
                                           }),
                                           {"web", "nginx"});
            // Then the script makes no group, so that it has none to end
            QVERIFY2(script.find("\n    group ") == std::string::npos, mountPoint);
        }
    }

    void onlyAnAddressIsToldToNft() {
        for (const char* hostile : {"172.30.0.2 accept; flush ruleset; #/16", "172.30.0.2/16; flush ruleset",
                                    "x\nflush ruleset", "172.30.0.2\n/16", "", "/16", "::1%eth0/64"}) {
            const auto script = madeScript(changed([&](MadeStep& step) {
                                               for (auto& [key, value] : step.details) {
                                                   if (step.operation == "address-add" && key == "address")
                                                       value = hostile;
                                               }
                                           }),
                                           {"web", "nginx"});
            QVERIFY2(script.find("\nADDRESS") == std::string::npos, hostile);
            QVERIFY2(script.find("nft -f - << END") == std::string::npos, hostile);
        }
    }

    void anotherAddress_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("taken");
        QTest::addColumn<QString>("other");
        QTest::newRow("100 further") << "172.30.0.2/16"
                                     << ""
                                     << "172.30.0.102/16";
        QTest::newRow("taken") << "172.30.0.2/16"
                               << "172.30.0.102"
                               << "172.30.0.103/16";
        QTest::newRow("wrapped") << "10.0.0.200/24"
                                 << ""
                                 << "10.0.0.44/24";
        QTest::newRow("neither first nor last") << "10.0.0.155/24"
                                                << ""
                                                << "10.0.0.1/24";
        QTest::newRow("small") << "10.0.0.2/30"
                               << ""
                               << "10.0.0.1/30";
        QTest::newRow("small and taken") << "10.0.0.2/30"
                                         << "10.0.0.1"
                                         << "10.0.0.2/30";
        QTest::newRow("alone") << "10.0.0.2/32"
                               << ""
                               << "10.0.0.2/32";
        QTest::newRow("IPv6") << "fd00:1::2/64"
                              << ""
                              << "fd00:1::66/64";
        QTest::newRow("no address") << "x; y"
                                    << ""
                                    << "x; y";
    }
    void anotherAddress() {
        QFETCH(const QString, address);
        QFETCH(const QString, taken);
        const auto other = by_hand::otherAddress(address.toStdString(), {taken.toStdString()});
        QTEST(QString::fromStdString(other), "other");
    }
    void namesAreSafe() {
        QCOMPARE(by_hand::safeName("-web/../$x", 40), std::string("web-..--x"));
        QCOMPARE(by_hand::safeName("..", 40), std::string());
        QCOMPARE(by_hand::safeName("abcdef", 3), std::string("abc"));
    }
    void pathsOfSettingsArePlain() {
        QVERIFY(by_hand::isPlainPath("net/ipv4/ip_forward"));
        for (const char* path : {"", "/etc/passwd", "a/../b", "..", "a//b", "a/", "a b", "a\n"})
            QVERIFY2(!by_hand::isPlainPath(path), path);
    }
    void commentsAreOneLine() { QCOMPARE(by_hand::commentText("a\nb\rc\x1b"), std::string("a b c ")); }
    void capabilitiesByName() {
        QCOMPARE(by_hand::capabilityMask("cap_chown,CAP_KILL,checkpoint_restore,no_such"),
                 std::uint64_t(1 | 1 << 5) | 1ULL << 40);
        QCOMPARE(by_hand::capabilityNames(0x21), std::string("chown kill"));
    }
    void anOwnersFolderKeepsTheIdsOfTheRange() {
        QCOMPARE(by_hand::completedMap("1000:70000:1"), std::string("1000:70000:1,70001:70001:65535"));
        QCOMPARE(by_hand::completedMap("0:70000:65536"), std::string("0:70000:65536"));
    }
};

ESCALE_TEST(ByHandTest)
#include "by_hand_test.moc"
