// Stacks with real containers: brought up, changed, cancelled, taken down.
#include "helper/service/stack_session.h"

#include "engine/stack/stack_labels.h"
#include "tests/helper/service/stack_machine.h"

#include <chrono>

using namespace escale;
using namespace escale::test;

namespace {

/// Healthy once /tmp/well is there.
StackService checked(const std::string& name, const std::string& words) {
    StackService service = shell(name, words);
    service.options.healthCommand = {"CMD-SHELL", "test -e /tmp/well || { echo not yet; exit 1; }"};
    service.options.healthInterval = 30;
    service.options.healthRetries = 3;
    return service;
}

StackHook hook(const std::string& words) {
    StackHook hook;
    hook.command = {"sh", "-c", words};
    return hook;
}

} // namespace

class StackSessionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<StackMachine> m_machine;

    Containers& containers() { return m_machine->containers(); }
    std::string states() { return m_machine->states(); }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<StackMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (!m_machine)
            return;
        m_machine->sources = nullptr;
        m_machine->waitTimeout = {};
        m_machine->limit(ContainerPlaces::kMost);
        VERIFY_RESULT(m_machine->clear());
        QCOMPARE(states(), std::string());
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->machine.containers)
            VERIFY_RESULT(containers().purge());
    }

    void bringsUpWhatTheFileSays() {
        StackVolume data;
        data.key = "data";
        data.name = "p_data";
        Stack stack = stackNamedP(
            {sleeper("web", {{"db", DependsOn::Healthy}}), checked("db", "touch /tmp/well; sleep 1000")});
        stack.volumes = {data};
        stack.services[1].options.mounts = {"type=volume,source=p_data,target=/data"};
        const auto outcome = m_machine->up(stack);
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->created, 2U);
        QCOMPARE(outcome->started, 2U);
        QCOMPARE(outcome->recreated + outcome->stopped + outcome->removed + outcome->unchanged, 0U);
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running"));
        QVERIFY(m_machine->told->place("wait db done") > m_machine->told->place("start p-db-1 done"));
        QVERIFY(m_machine->told->place("wait db done") < m_machine->told->place("start p-web-1 running"));

        const TextMap labels = m_machine->find("p-web-1").options.labels;
        QCOMPARE(labels.at(stack_labels::kProject), std::string("p"));
        QCOMPARE(labels.at(stack_labels::kService), std::string("web"));
        QCOMPARE(labels.at(stack_labels::kNumber), std::string("1"));
        QCOMPARE(labels.at(stack_labels::kOneOff), std::string("False"));
        QCOMPARE(labels.at(stack_labels::kConfigHash), serviceHash(stack, stack.services[0]));
        QCOMPARE(labels.at(stack_labels::kConfigFiles), std::string("/home/alice/p/compose.yaml"));
        QCOMPARE(labels.at(stack_labels::kWorkingDirectory), std::string("/home/alice/p"));
        QCOMPARE(labels.at(stack_labels::kDependsOn), std::string("db:service_healthy:false"));
        QCOMPARE(labels.at(stack_labels::kImage), m_machine->find("p-web-1").imageDigest);
        const auto network = containers().networks().find(kAlice, "p_default");
        VERIFY_RESULT(network);
        QCOMPARE(network->labels.at(stack_labels::kNetwork), std::string("default"));
        QCOMPARE(network->labels.at(stack_labels::kConfigHash), networkHash(stack.networks[0]));
        const auto volume = containers().volumes().find(kAlice, "p_data");
        VERIFY_RESULT(volume);
        QCOMPARE(volume->labels.at(stack_labels::kVolume), std::string("data"));

        // Nothing is left to do: nothing is touched.
        const auto before = m_machine->find("p-web-1");
        const auto again = m_machine->up(stack);
        VERIFY_RESULT(again);
        QCOMPARE(m_machine->told->steps(), std::size_t(0));
        QCOMPARE(again->unchanged, 2U);
        QCOMPARE(m_machine->find("p-web-1").startedAt, before.startedAt);
    }

    void replacesOnlyWhatHasChanged() {
        Stack stack = stackNamedP({sleeper("web", {{"db"}}), sleeper("db")});
        VERIFY_RESULT(m_machine->up(stack));
        const std::string db = m_machine->idOf("p-db-1");
        const std::string web = m_machine->idOf("p-web-1");
        stack.services[0].options.environment = {"A=1"};
        const auto outcome = m_machine->up(stack);
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->recreated, 1U);
        QCOMPARE(m_machine->idOf("p-db-1"), db);
        QVERIFY(m_machine->idOf("p-web-1") != web);
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running"));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->told->steps(), std::size_t(0));
    }

    void anonymousVolumesGoOverToTheNewOne() {
        Stack stack = stackNamedP({sleeper("db")});
        stack.services[0].options.mounts = {"type=volume,target=/data"};
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->inside("p-db-1", "echo kept > /data/file; cat /data/file"),
                 std::string("kept\n"));
        stack.services[0].options.environment = {"A=1"};
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->inside("p-db-1", "cat /data/file"), std::string("kept\n"));
        UpOptions options;
        options.recreate = Recreate::Always;
        options.renewAnonymousVolumes = true;
        VERIFY_RESULT(m_machine->up(stack, options));
        QCOMPARE(m_machine->inside("p-db-1", "ls /data"), std::string());
        const auto volumes = containers().volumes().list(kAlice);
        QCOMPARE(volumes->size(), std::size_t(1)); // the former went with the container
    }

    void waitingEndsAsSoonAsItIsInVain_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("condition");
        QTest::addColumn<QString>("message"); // empty: it goes well
        const int healthy = int(DependsOn::Healthy);
        const int completed = int(DependsOn::CompletedSuccessfully);
        QTest::newRow("healthy later") << "sleep 0.1; touch /tmp/well; sleep 1000" << healthy << "";
        QTest::newRow("unhealthy") << "sleep 1000" << healthy << "p-db-1 is unhealthy";
        QTest::newRow("ends") << "exit 4" << healthy << "p-db-1 has ended with exit code 4";
        QTest::newRow("completed") << "sleep 0.1" << completed << "";
        QTest::newRow("not successfully")
            << "sleep 0.1; exit 3" << completed << "p-db-1 has ended with exit code 3";
    }
    void waitingEndsAsSoonAsItIsInVain() {
        QFETCH(QString, command);
        QFETCH(int, condition);
        QFETCH(QString, message);
        const StackDependency dependency{"db", DependsOn(condition)};
        Stack stack = stackNamedP({sleeper("web", {dependency}), checked("db", command.toStdString())});
        const auto outcome = m_machine->up(stack);
        if (message.isEmpty()) {
            VERIFY_RESULT(outcome);
            QCOMPARE(m_machine->find("p-web-1").state, ContainerState::Running);
        } else {
            QVERIFY(!outcome);
            QCOMPARE(outcome.error().message, message.toStdString());
            QCOMPARE(m_machine->find("p-web-1").state, ContainerState::Created);
            QCOMPARE(m_machine->told->place("start p-web-1 skipped") >= 0, true);
        }
    }

    void anOptionalDependencyIsAWarning() {
        const StackDependency dependency{"db", DependsOn::Healthy, false, false};
        const auto outcome =
            m_machine->up(stackNamedP({sleeper("web", {dependency}), checked("db", "exit 4")}));
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->warnings, Texts{"p-db-1 has ended with exit code 4"});
        QCOMPARE(m_machine->find("p-web-1").state, ContainerState::Running);
    }

    void waitsForAllWhenAsked() {
        UpOptions options;
        options.wait = true;
        VERIFY_RESULT(m_machine->up(
            stackNamedP({sleeper("web"), checked("db", "touch /tmp/well; sleep 1000")}), options));
        QCOMPARE(m_machine->find("p-db-1").health, std::string("healthy"));
        Stack never = stackNamedP({checked("db", "sleep 1000")});
        never.services[0].options.healthRetries = 10'000;
        m_machine->waitTimeout = std::chrono::seconds(1);
        const auto late = m_machine->up(never, options);
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        QCOMPARE(late.error().message, std::string("not ready in time: p-db-1"));
    }

    void hooksRunAfterTheStartAndBeforeTheStop() {
        StackVolume notes;
        notes.key = "notes";
        notes.name = "p_notes";
        Stack stack = stackNamedP({sleeper("web")});
        stack.volumes = {notes};
        stack.services[0].options.mounts = {"type=volume,source=p_notes,target=/notes"};
        stack.services[0].postStart = {hook("echo started >> /notes/log"), hook("echo twice >> /notes/log")};
        stack.services[0].preStop = {hook("echo $WHY >> /notes/log")};
        stack.services[0].preStop[0].environment = {"WHY=stopping"};
        VERIFY_RESULT(m_machine->up(stack));
        VERIFY_RESULT(m_machine->verb(StackVerb::Stop)); // by the label alone
        VERIFY_RESULT(m_machine->verb(StackVerb::Start));
        QCOMPARE(m_machine->inside("p-web-1", "cat /notes/log"), std::string("started\ntwice\nstopping\n"));
    }

    void aHookThatFailsFailsTheStart() {
        Stack stack = stackNamedP({sleeper("web"), sleeper("proxy", {{"web"}})});
        stack.services[0].postStart = {hook("echo no such table >&2; exit 5")};
        const auto outcome = m_machine->up(stack);
        QCOMPARE(outcome.error().message, std::string("p-web-1: the hook sh: it ended with exit code 5"));
        QCOMPARE(outcome.error().hint, std::string("It said: no such table\n"));
        QCOMPARE(states(), std::string("p-proxy-1 created\np-web-1 exited"));
    }

    void aHookThatFailsKeepsNobodyRunning() {
        Stack stack = stackNamedP({sleeper("web")});
        stack.services[0].preStop = {hook("exit 5")};
        VERIFY_RESULT(m_machine->up(stack));
        const auto outcome = m_machine->down();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->warnings, Texts{"p-web-1: the hook sh: it ended with exit code 5"});
        QCOMPARE(states(), std::string());
    }

    // It comes from a label; that it is told is for whoever wrote it into the file.
    void aHookBeforeTheStopIsAsPrivilegedAsItsContainer() {
        Stack stack = stackNamedP({sleeper("web")});
        stack.services[0].preStop = {hook("true")};
        stack.services[0].preStop[0].privileged = true;
        VERIFY_RESULT(m_machine->up(stack));
        const auto outcome = m_machine->down();
        VERIFY_RESULT(outcome);
        QCOMPARE(outcome->warnings,
                 Texts{"p-web-1: a hook before its stop runs without privileges, as the container does"});
    }

    void servicesShareNamespacesAndVolumes() {
        Stack stack = stackNamedP({sleeper("side", {{"web", DependsOn::Started, true}}), sleeper("web")});
        stack.services[0].options.network = "service:web";
        stack.services[0].options.networkAliases.clear();
        stack.services[0].options.volumesFrom = {"service:web:ro"};
        stack.services[1].options.mounts = {"type=volume,target=/data"};
        VERIFY_RESULT(m_machine->up(stack));
        const std::string side = m_machine->idOf("p-side-1");
        const auto address = [&](const std::string& name) {
            return m_machine->inside(name, "ip -o -4 addr show eth0");
        };
        QVERIFY(!address("p-web-1").empty());
        QCOMPARE(address("p-side-1"), address("p-web-1"));
        m_machine->inside("p-web-1", "echo shared > /data/file");
        QCOMPARE(m_machine->inside("p-side-1", "cat /data/file"), std::string("shared\n"));
        stack.services[1].options.environment = {"A=1"};
        VERIFY_RESULT(m_machine->up(stack));
        QVERIFY(m_machine->idOf("p-side-1") != side);
        QCOMPARE(m_machine->find("p-side-1").options.network, "container:" + m_machine->idOf("p-web-1"));
        QCOMPARE(m_machine->inside("p-side-1", "cat /data/file"), std::string("shared\n"));
        QCOMPARE(address("p-side-1"), address("p-web-1"));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->told->steps(), std::size_t(0));
    }

    void servicesFindEachOtherByName() {
        VERIFY_RESULT(m_machine->up(stackNamedP({sleeper("web", {{"db"}}), sleeper("db")})));
        QVERIFY(eventually([&] {
            return m_machine->inside("p-web-1", "ping -c 1 -W 1 db").find("1 packets received") !=
                   std::string::npos;
        }));
    }

    void aNetworkIsMadeAnew() {
        Stack stack = stackNamedP({sleeper("web", {{"db"}}), sleeper("db")});
        VERIFY_RESULT(m_machine->up(stack));
        const auto before = containers().networks().find(kAlice, "p_default");
        stack.networks[0].internal = true;
        VERIFY_RESULT(m_machine->up(stack));
        const auto after = containers().networks().find(kAlice, "p_default");
        QVERIFY(before->network.id != after->network.id);
        QVERIFY(after->network.internal);
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running"));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->told->steps(), std::size_t(0));
    }

    void replicasGetTheSameSecrets() {
        Stack stack = stackNamedP({sleeper("web")});
        stack.services[0].replicas = 3;
        m_machine->sources = [](const StackService&) -> Result<MountSources> {
            MountSources sources;
            sources.secrets.push_back({"/run/secrets/key", 0, 0, 0400, "hush"});
            return sources;
        };
        VERIFY_RESULT(m_machine->up(stack));
        for (const char* name : {"p-web-1", "p-web-2", "p-web-3"})
            QCOMPARE(m_machine->inside(name, "cat /run/secrets/key"), std::string("hush"));
        UpOptions options;
        options.scale = {{"web", 1}};
        VERIFY_RESULT(m_machine->up(stack, options));
        QCOMPARE(states(), std::string("p-web-1 running"));
    }

    void pausedAndStoppedOnesGoOn() {
        const Stack stack = stackNamedP({sleeper("web"), sleeper("db")});
        VERIFY_RESULT(m_machine->up(stack));
        VERIFY_RESULT(m_machine->session().each("p", {"web"}, [&](const ObservedContainer& container) {
            return containers().pause(kAlice, container.id);
        }));
        VERIFY_RESULT(m_machine->verb(StackVerb::Stop, {"db"}));
        QCOMPARE(states(), std::string("p-db-1 exited\np-web-1 paused"));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running"));
    }

    void verbsNeedNoFile() {
        VERIFY_RESULT(
            m_machine->up(stackNamedP({sleeper("web", {{"db", DependsOn::Started, true}}), sleeper("db")})));
        const auto startedAt = m_machine->find("p-web-1").startedAt;
        VERIFY_RESULT(m_machine->verb(StackVerb::Restart, {"db"}));
        QVERIFY(m_machine->find("p-web-1").startedAt > startedAt);
        VERIFY_RESULT(m_machine->verb(StackVerb::Stop));
        QVERIFY(m_machine->told->place("stop p-web-1 done") < m_machine->told->place("stop p-db-1 running"));
        QCOMPARE(states(), std::string("p-db-1 exited\np-web-1 exited"));
        VERIFY_RESULT(m_machine->verb(StackVerb::Start, {"web"}));
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running"));
        VERIFY_RESULT(m_machine->verb(StackVerb::Stop, {"web"}));
        VERIFY_RESULT(m_machine->verb(StackVerb::Remove));
        QCOMPARE(states(), std::string("p-db-1 running"));
        QCOMPARE(m_machine->verb(StackVerb::Stop, {"nobody"}).error().code, ErrorCode::NotFound);
    }

    void downKeepsVolumesUnlessAsked() {
        StackVolume data;
        data.key = "data";
        data.name = "p_data";
        Stack stack = stackNamedP({sleeper("web", {{"db"}}), sleeper("db")});
        stack.volumes = {data};
        stack.services[1].options.mounts = {"type=volume,source=p_data,target=/data"};
        VERIFY_RESULT(m_machine->up(stack));
        VERIFY_RESULT(m_machine->down());
        QVERIFY(m_machine->told->place("stop p-web-1 done") < m_machine->told->place("stop p-db-1 running"));
        QCOMPARE(states(), std::string());
        QCOMPARE(containers().networks().find(kAlice, "p_default").error().code, ErrorCode::NotFound);
        QVERIFY(containers().volumes().find(kAlice, "p_data"));
        DownOptions options;
        options.volumes = true;
        VERIFY_RESULT(m_machine->down(options));
        QCOMPARE(containers().volumes().find(kAlice, "p_data").error().code, ErrorCode::NotFound);
    }

    void orphansAreToldAndGoWhenAsked() {
        VERIFY_RESULT(m_machine->up(stackNamedP({sleeper("web"), sleeper("old")})));
        const Stack stack = stackNamedP({sleeper("web")});
        const auto outcome = m_machine->up(stack);
        QCOMPARE(outcome->warnings, Texts{"of services that the file has not: p-old-1"});
        UpOptions options;
        options.removeOrphans = true;
        VERIFY_RESULT(m_machine->up(stack, options));
        QCOMPARE(states(), std::string("p-web-1 running"));
    }

    void aOneOffComesBesideTheReplicas() {
        const Stack stack = stackNamedP(
            {sleeper("web", {{"db", DependsOn::Healthy}}), checked("db", "touch /tmp/well; sleep 1000")});
        OneOff oneOff;
        oneOff.service = "web";
        oneOff.slug = "abc";
        oneOff.options = stack.services[0].options;
        oneOff.options.name = "p-web-run-abc";
        oneOff.options.command = {"true"};
        const auto made = m_machine->session().makeOneOff(m_machine->upOf(stack, {}), oneOff);
        VERIFY_RESULT(made);
        QCOMPARE(states(), std::string("p-db-1 running\np-web-run-abc created"));
        QCOMPARE(m_machine->find("p-db-1").health, std::string("healthy"));
        QCOMPARE(m_machine->find(*made).options.labels.at(stack_labels::kOneOff), std::string("True"));
        QCOMPARE(m_machine->find(*made).options.labels.at(stack_labels::kSlug), std::string("abc"));
        // An up leaves it alone; a down takes it along.
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(states(), std::string("p-db-1 running\np-web-1 running\np-web-run-abc created"));
        VERIFY_RESULT(m_machine->down());
        QCOMPARE(states(), std::string());
    }

    void makesNoMoreThanTheOwnerMayHave() {
        m_machine->limit(2);
        Stack stack = stackNamedP({sleeper("web")});
        stack.services[0].replicas = 3;
        const auto outcome = m_machine->up(stack);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::WrongState);
        // The one that is refused may come before the second one, which is not made then.
        const std::string made = states();
        QVERIFY2(std::count(made.begin(), made.end(), '\n') <= 1, made.c_str());
    }

    void aFailureLeavesTheRestToGoOn() {
        Stack stack = stackNamedP({sleeper("web", {{"bad"}}), sleeper("bad"), sleeper("db")});
        stack.services[1].options.command = {"no-such-program"};
        const auto outcome = m_machine->up(stack);
        QVERIFY(!outcome);
        QCOMPARE(m_machine->find("p-db-1").state, ContainerState::Running);
        QCOMPARE(m_machine->find("p-web-1").state, ContainerState::Created);
        stack.services[1].options.command = {"sleep", "1000"};
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(states(), std::string("p-bad-1 running\np-db-1 running\np-web-1 running"));
    }
};

ESCALE_TEST(StackSessionTest)
#include "stack_session_test.moc"
