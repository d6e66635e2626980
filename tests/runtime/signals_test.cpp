// `kill`: the forms of a signal, one container, all of its processes, several containers by a regular
// expression; `delete --regex`; and the descriptors that --preserve-fds may name.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

// A command for whichever containers are in `bundle`'s state folder.
Outcome with(const Bundle& bundle, std::vector<std::string> words) {
    words.insert(words.begin(), {runtimeProgram(), "--root", bundle.path() + "/state"});
    const auto done = runProgram(words);
    return done ? Outcome{0, *done, {}} : Outcome{1, {}, done.error().text()};
}

} // namespace

class SignalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void takesNamesAndNumbers_data() {
        QTest::addColumn<QString>("signal");
        for (const char* form : {"USR1", "SIGUSR1", "10"})
            QTest::newRow(form) << form;
    }
    void takesNamesAndNumbers() {
        QFETCH(QString, signal);
        // Given a container that says which signal it got
        Bundle bundle({"sh", "-c", "trap 'echo got; exit 0' USR1; echo ready; while :; do sleep 0.02; done"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTRY_VERIFY(bundle.log("stdout").find("ready") != std::string::npos);
        // When it gets that signal
        QCOMPARE(bundle.runtime({"kill"}, {signal.toStdString()}).code, 0);
        // Then its trap has run
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 0);
        QVERIFY(bundle.log("stdout").find("got") != std::string::npos);
    }
    void refusesWhatIsNoSignal() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        for (const char* wrong : {"SIGNOTHING", "-1", "65", "9x", ""}) {
            const auto refused = bundle.runtime({"kill"}, {"--", wrong});
            QVERIFY2(refused.code == 1 && refused.err.find("is not a signal") != std::string::npos,
                     (std::string(wrong) + ": " + refused.err).c_str());
        }
        QCOMPARE(bundle.state().at("status").toString(), std::string("created"));
        // 0 only looks whether there is a process
        QCOMPARE(bundle.runtime({"kill"}, {"0"}).code, 0);
    }
    void deletesAllThatARegularExpressionMatches() {
        // Given three containers, two of which have an id of the kind
        Bundle bundle({"sleep", "1000"});
        for (const char* id : {"web-1", "web-2", "database"}) {
            bundle.set("linux/cgroupsPath", bundle.cgroup() + "/" + id);
            // Its standard output is a file of its own, which no reader waits for the end of.
            const auto made =
                runProgram({"/bin/sh", "-c",
                            runtimeProgram() + " --root " + bundle.path() + "/state run --detach --bundle " +
                                bundle.path() + " " + id + " </dev/null >" + bundle.path() +
                                "/out 2>&1 || cat " + bundle.path() + "/out"});
            VERIFY_RESULT(made);
            QCOMPARE(*made, std::string());
        }
        // When these are killed, then deleted
        QCOMPARE(with(bundle, {"kill", "--regex", "^web-[0-9]$", "0"}).code, 0);
        const auto refused = with(bundle, {"delete", "--regex", "^web-[0-9]$"});
        QVERIFY2(refused.err.find("web-1") != std::string::npos &&
                     refused.err.find("web-2") != std::string::npos,
                 refused.err.c_str());
        QCOMPARE(with(bundle, {"delete", "--force", "--regex", "^web-[0-9]$"}).code, 0);
        // Then the third is as it was
        QVERIFY(!exists(bundle.path() + "/state/web-1") && !exists(bundle.path() + "/state/web-2"));
        QCOMPARE(with(bundle, {"kill", "database", "0"}).code, 0);
        QCOMPARE(with(bundle, {"delete", "--force", "database"}).code, 0);
        const auto broken = with(bundle, {"delete", "--regex", "we(b"});
        QVERIFY2(broken.err.find("is no regular expression") != std::string::npos, broken.err.c_str());
    }
    void preservesOfTheDescriptorsNamedThoseThatAreOpen() {
        // Given 5 open, 3 and 4 not, and another file above
        Bundle bundle({"sh", "-c", "cat <&5; echo /proc/self/fd/*"});
        VERIFY_RESULT(writeFileAtomically(bundle.path() + "/five", "five "));
        const auto outcome =
            runProgram({"/bin/bash", "-c",
                        "exec 3<&- 4<&- 5<" + bundle.path() + "/five 9</dev/null; exec " + runtimeProgram() +
                            " --root " + bundle.path() + "/state run --preserve-fds 4 --bundle " +
                            bundle.path() + " " + bundle.id()});
        // Then the program has 5; 3 is the shell's own, reading the folder, and nothing of the runtime's
        VERIFY_RESULT(outcome);
        QCOMPARE(*outcome, std::string("five /proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3 "
                                       "/proc/self/fd/5\n"));
    }
    void keepsItsOwnFilesOutOfTheNumbersNamed() {
        // Given that a hundred may be kept and none is open
        Bundle bundle({"sleep", "1000"});
        const auto made =
            runProgram({"/bin/bash", "-c",
                        "for fd in {3..102}; do eval \"exec $fd>&-\"; done; exec " + runtimeProgram() +
                            " --root " + bundle.path() + "/state create --preserve-fds 100 --bundle " +
                            bundle.path() + " " + bundle.id() + " </dev/null >" + bundle.path() + "/out"});
        VERIFY_RESULT(made);
        // Then the process that waits for its start holds nothing of the host there
        const std::string folder = "/proc/" + std::to_string(bundle.state().at("pid").toInteger()) + "/fd";
        const auto names = listDirectory(folder);
        VERIFY_RESULT(names);
        for (const auto& name : *names) {
            const int fd = std::stoi(name);
            if (fd < 3 || fd >= 103)
                continue;
            const auto target = std::filesystem::read_symlink(folder + "/" + name).string();
            QVERIFY2(target == "/dev/null", (name + " is " + target).c_str());
        }
    }
};

ESCALE_TEST(SignalsTest)
#include "signals_test.moc"
