// Hooks: when each is run, where, what it is told, and what its failure does.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

// An annotation that looks like the member which the child writes its pid into.
const char* const kLikeThePid = "\"pid\":1000000000";

// Of the container's first process, whose pid is in the state.
const char* const kNamespacesDiffer =
    "pid=$(sed 's/.*.pid.:\\([0-9]*\\),.*/\\1/');"
    "[ $(readlink /proc/$pid/ns/net) != $(readlink /proc/self/ns/net) ] &&"
    "[ $(readlink /proc/$pid/ns/mnt) != $(readlink /proc/self/ns/mnt) ] &&"
    "[ $(readlink /proc/$pid/root) = / ] && [ -n \"$(cat /proc/$pid/uid_map)\" ]";

} // namespace

class HooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void eachPointIsRunOnceAndInTheOrderOfTheLifecycle() {
        Bundle bundle({"sh", "-c", "echo program >> /tmp/order"});
        bundle.useHostIds();
        for (const char* point : {"prestart", "createRuntime", "createContainer", "poststart", "poststop"})
            hook(bundle, point, std::string("echo ") + point + " >> rootfs/tmp/order");
        addHook(bundle, "startContainer", {"/bin/sh", "-c", "echo startContainer >> /tmp/order"});
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        QCOMPARE(order(bundle), std::string("prestart\ncreateRuntime\ncreateContainer\n"));
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTRY_COMPARE(bundle.state().at("status").toString(), std::string("stopped"));
        const std::string started = order(bundle);
        QVERIFY(started.starts_with("prestart\ncreateRuntime\ncreateContainer\nstartContainer\n"));
        QVERIFY(started.find("program\n") != std::string::npos);
        QVERIFY(started.find("poststart\n") != std::string::npos);
        QVERIFY(started.find("poststop") == std::string::npos);
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QVERIFY(order(bundle).ends_with("poststop\n"));
    }

    void aHookReadsTheStateFromItsStandardInput() {
        Bundle bundle({"true"});
        Json annotations;
        annotations.set("org.example", kLikeThePid);
        bundle.set("annotations", annotations);
        hook(bundle, "createRuntime", "cat > host.json");
        addHook(bundle, "startContainer", {"/bin/sh", "-c", "cat > /tmp/inside.json"});
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        const auto shown = bundle.state();
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto host = Json::parse(readFile(bundle.path() + "/host.json").value_or("")).value_or(Json());
        QCOMPARE(host.dump(), shown.dump());
        QVERIFY(host.at("pid").toInteger() > 1);
        const auto inside = Json::parse(readFile(bundle.root() + "/tmp/inside.json").value_or(""));
        VERIFY_RESULT(inside);
        QCOMPARE(inside->at("pid").toInteger(), std::int64_t(1)); // as the container sees it
        QCOMPARE(inside->at("annotations").dump(), shown.at("annotations").dump());
    }

    // When createRuntime hooks run, the namespaces are there, and the root is not entered yet.
    void createRuntimeSeesTheNamespacesOfTheContainer() {
        Bundle bundle({"true"});
        hook(bundle, "createRuntime", kNamespacesDiffer);
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.code, 0);
    }

    void createContainerSeesTheMountsBelowTheRootOnTheHostsTree() {
        Bundle bundle({"sh", "-c", "ls /tmp; grep -c ' /proc ' /proc/self/mountinfo"});
        bundle.useHostIds();
        hook(bundle, "createContainer",
             "test -e rootfs/proc/self && test -e /bin/sh && touch rootfs/tmp/seen");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("seen\n1\n"));
    }

    void aHookGetsItsOwnEnvironmentOrOurs() {
        Bundle bundle({"true"});
        Json own = shell("test $PATH = /x && test -z $HOOK_TEST");
        own.set("env", Json::strings({"PATH=/x"}));
        bundle.append("hooks/createRuntime", own);
        hook(bundle, "createRuntime", "test $HOOK_TEST = ours");
        ::setenv("HOOK_TEST", "ours", 1);
        const auto outcome = bundle.run();
        ::unsetenv("HOOK_TEST");
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.code, 0);
    }

    void aFailureBeforeTheStartLeavesNothingButRunsPoststop_data() {
        QTest::addColumn<QString>("point");
        for (const char* point : {"prestart", "createRuntime", "createContainer"})
            QTest::newRow(point) << point;
    }
    void aFailureBeforeTheStartLeavesNothingButRunsPoststop() {
        QFETCH(QString, point);
        Bundle bundle({"touch", "/tmp/ran"});
        bundle.useHostIds();
        hook(bundle, point.toStdString(), "exit 7");
        hook(bundle, point.toStdString(), "touch rootfs/tmp/ran");
        hook(bundle, "poststop", "touch rootfs/tmp/stopped");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code == 0, false);
        QVERIFY2(outcome.err.find("exit status 7") != std::string::npos, outcome.err.c_str());
        QVERIFY(outcome.err.find(point.toStdString()) != std::string::npos);
        QVERIFY(!exists(bundle.root() + "/tmp/ran"));
        QVERIFY(exists(bundle.root() + "/tmp/stopped"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aStartContainerHookThatFailsKeepsTheProgramFromRunning() {
        Bundle bundle({"touch", "/tmp/ran"});
        addHook(bundle, "startContainer", {"/bin/false"});
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        const auto outcome = bundle.runtime({"start"});
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("the startContainer hook /bin/false failed") != std::string::npos,
                 outcome.err.c_str());
        QVERIFY(!exists(bundle.root() + "/tmp/ran"));
    }

    void hooksThatFailUnderRunLeaveNothing() {
        for (const char* point : {"startContainer", "poststart"}) {
            Bundle bundle({"sleep", "100"});
            addHook(bundle, point, {"/bin/false"});
            const auto outcome = bundle.runtime({"run", "--detach"});
            QVERIFY(outcome.code != 0);
            QVERIFY2(outcome.err.find(std::string("the ") + point + " hook /bin/false failed") !=
                         std::string::npos,
                     outcome.err.c_str());
            QCOMPARE(bundle.leftovers(), std::string());
        }
    }

    void aPoststartHookThatFailsStopsAndDeletesTheContainer() {
        Bundle bundle({"sleep", "100"});
        hook(bundle, "poststart", "exit 1");
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        QVERIFY(bundle.runtime({"start"}).code != 0);
        QVERIFY(bundle.state().isNull());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aPoststopHookThatFailsIsAWarning() {
        Bundle bundle({"true"});
        hook(bundle, "poststop", "exit 1");
        hook(bundle, "poststop", "touch after");
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.find("poststop") != std::string::npos);
        QVERIFY(exists(bundle.path() + "/after"));
    }

    // Were the time not kept, the test would last as long as the hook.
    void aHookIsKilledWhenItsTimeIsOver_data() {
        QTest::addColumn<QString>("point");
        QTest::newRow("on the host") << "prestart";
        QTest::newRow("in the container") << "startContainer";
    }
    void aHookIsKilledWhenItsTimeIsOver() {
        QFETCH(QString, point);
        Bundle bundle({"true"});
        Json slow;
        slow.set("path", "/bin/sleep").set("args", Json::strings({"sleep", "1000"})).set("timeout", 1);
        bundle.append("hooks/" + point.toStdString(), slow);
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("not done after 1 s") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aHookThatIsNotThereIsNamed() {
        Bundle bundle({"true"});
        addHook(bundle, "prestart", {"/no/such/hook"});
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("/no/such/hook") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

private:
    static Json shell(const std::string& script) {
        Json json;
        json.set("path", "/bin/sh").set("args", Json::strings({"sh", "-c", script}));
        return json;
    }
    static void hook(Bundle& bundle, const std::string& point, const std::string& script) {
        bundle.append("hooks/" + point, shell(script));
    }
    static void addHook(Bundle& bundle, const std::string& point, const std::vector<std::string>& arguments) {
        Json json;
        json.set("path", arguments.front()).set("args", Json::strings(arguments));
        bundle.append("hooks/" + point, json);
    }
    static std::string order(const Bundle& bundle) {
        return readFile(bundle.root() + "/tmp/order").value_or("");
    }
};

ESCALE_TEST(HooksTest)
#include "hooks_test.moc"
