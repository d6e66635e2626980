// What an up, a down and the verbs do, given what is there: as tables of steps.
#include "engine/container/container_options.h"
#include "tests/compose/stack_simulation.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

namespace {

std::string plannedUp(const StackSimulation& there, const Stack& stack, const UpOptions& options = {}) {
    const auto plan = planUp(stack, there.observed, imagesOf(stack), options);
    return plan ? wordsOf(*plan) : plan.error().message;
}

Stack webOnDb(const StackDependency& dependency = {"db"}) {
    return stackOf({service("web", {dependency}), service("db")});
}

StackSimulation running(const Stack& stack) {
    StackSimulation there;
    if (const auto problem = there.up(stack); !problem.empty())
        qFatal("%s", problem.c_str());
    return there;
}

StackSimulation without(const Stack& stack, const std::vector<std::string>& names) {
    StackSimulation there = running(stack);
    for (const auto& name : names)
        there.remove(name);
    return there;
}

} // namespace

class StackPlanTest : public QObject {
    Q_OBJECT

    static StackPlan plan(const Stack& stack, const StackSimulation& there, const UpOptions& options = {}) {
        auto plan = planUp(stack, there.observed, imagesOf(stack), options);
        if (!plan)
            qFatal("%s", plan.error().message.c_str());
        return *std::move(plan);
    }

private Q_SLOTS:
    void bringsUpWhatIsNotThere() {
        const Stack stack = webOnDb();
        const StackPlan made = plan(stack, {});
        QCOMPARE(wordsOf(made), std::string("create-network p_default\ncreate p-db-1\ncreate p-web-1\n"
                                            "start p-db-1\nstart p-web-1"));
        QVERIFY(comesBefore(made, "start p-db-1", "start p-web-1"));
        QVERIFY(!comesBefore(made, "create p-db-1", "create p-web-1"));
        QVERIFY(!comesBefore(made, "create p-web-1", "start p-db-1"));
    }

    void leavesWhatIsAsItShouldBe() {
        const Stack stack = webOnDb();
        const StackPlan made = plan(stack, running(stack));
        QCOMPARE(wordsOf(made), std::string());
        QCOMPARE(made.unchanged, (std::set<std::string>{"db", "web"}));
        QVERIFY(made.warnings.empty());
    }

    void waitsAsTheFileSays_data() {
        QTest::addColumn<int>("condition");
        QTest::addColumn<bool>("required");
        QTest::addColumn<QString>("wait");
        QTest::newRow("started") << int(DependsOn::Started) << true << "";
        QTest::newRow("started, optional")
            << int(DependsOn::Started) << false << "wait db service_started optional";
        QTest::newRow("healthy") << int(DependsOn::Healthy) << true << "wait db service_healthy";
        QTest::newRow("healthy, optional")
            << int(DependsOn::Healthy) << false << "wait db service_healthy optional";
        QTest::newRow("completed") << int(DependsOn::CompletedSuccessfully) << true
                                   << "wait db service_completed_successfully";
    }
    void waitsAsTheFileSays() {
        QFETCH(int, condition);
        QFETCH(bool, required);
        QFETCH(QString, wait);
        const StackPlan made = plan(webOnDb({"db", DependsOn(condition), false, required}), {});
        QVERIFY(comesBefore(made, "start p-db-1", "start p-web-1"));
        if (!wait.isEmpty()) {
            QVERIFY(comesBefore(made, "start p-db-1", wait.toStdString()));
            QVERIFY(comesBefore(made, wait.toStdString(), "start p-web-1"));
        }
    }

    void oneWaitServesAllWhoWaitAlike() {
        const StackDependency healthy{"db", DependsOn::Healthy};
        const StackPlan made =
            plan(stackOf({service("a", {healthy}), service("b", {healthy}), service("db")}), {});
        QCOMPARE(std::count_if(made.steps.begin(), made.steps.end(),
                               [](const auto& step) { return step.kind == StackStep::Kind::Wait; }),
                 1);
    }

    void waitsForOneThatRunsAlready() {
        const Stack stack = webOnDb({"db", DependsOn::Healthy});
        QCOMPARE(plannedUp(without(stack, {"p-web-1"}), stack),
                 std::string("create p-web-1\nwait db service_healthy\nstart p-web-1"));
    }

    void makesAnewWhatHasChanged_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("why");
        QTest::newRow("options") << "options"
                                 << "its configuration has changed";
        QTest::newRow("image") << "image"
                               << "its image has changed";
        QTest::newRow("network") << "network"
                                 << "it is not in the network p_default";
        QTest::newRow("dead") << "dead"
                              << "it is dead";
    }
    void makesAnewWhatHasChanged() {
        QFETCH(QString, what);
        QFETCH(QString, why);
        Stack stack = webOnDb();
        StackSimulation there = running(stack);
        auto images = imagesOf(stack);
        if (what == "options")
            serviceIn(stack, "web").options.environment = {"A=1"};
        else if (what == "image")
            images["web"] = "sha256:other";
        else if (what == "network")
            there.find("p-web-1")->networks.clear();
        else
            there.find("p-web-1")->state = ContainerState::Dead;
        const auto made = planUp(stack, there.observed, images, {});
        QVERIFY(made);
        QCOMPARE(wordsOf(*made, true), "recreate p-web-1: " + why.toStdString() + "\nstart p-web-1");
        QCOMPARE(made->unchanged, std::set<std::string>{"db"});
        QCOMPARE(there.apply(*made, stack, images), std::string());
        QCOMPARE(wordsOf(*planUp(stack, there.observed, images, {})), std::string());
    }

    void anImageThatIsNotKnownCountsAsItWas() {
        const Stack stack = webOnDb();
        QCOMPARE(wordsOf(*planUp(stack, running(stack).observed, {}, {})), std::string());
    }

    void startsWhatDoesNotRun_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("steps");
        QTest::newRow("created") << int(ContainerState::Created) << "start p-db-1: it does not run";
        QTest::newRow("exited") << int(ContainerState::Exited) << "start p-db-1: it does not run";
        QTest::newRow("paused") << int(ContainerState::Paused) << "start p-db-1: it is paused";
        QTest::newRow("restarting") << int(ContainerState::Restarting) << "";
    }
    void startsWhatDoesNotRun() {
        QFETCH(int, state);
        QFETCH(QString, steps);
        const Stack stack = webOnDb();
        StackSimulation there = running(stack);
        there.find("p-db-1")->state = ContainerState(state);
        QCOMPARE(wordsOf(plan(stack, there), true), steps.toStdString());
    }

    void recreateIsForcedOrForbidden() {
        Stack stack = webOnDb();
        StackSimulation there = running(stack);
        UpOptions options;
        options.recreate = options.recreateDependencies = Recreate::Always;
        QCOMPARE(plannedUp(there, stack, options),
                 std::string("recreate p-db-1\nrecreate p-web-1\nstart p-db-1\nstart p-web-1"));
        options.services = {"web"};
        options.recreateDependencies = Recreate::Diverged;
        QCOMPARE(plannedUp(there, stack, options), std::string("recreate p-web-1\nstart p-web-1"));
        serviceIn(stack, "web").options.environment = {"A=1"};
        options.recreate = Recreate::Never;
        QCOMPARE(plannedUp(there, stack, options), std::string());
    }

    void replicasComeWithTheNextNumbers() {
        Stack stack = stackOf({service("web")});
        const StackSimulation there = running(stack);
        UpOptions options;
        options.scale = {{"web", 3}};
        QCOMPARE(plannedUp(there, stack, options),
                 std::string("create p-web-2\ncreate p-web-3\nstart p-web-2\nstart p-web-3"));
    }

    void replicasGoHighestFirstAndDivergedBeforeThose() {
        Stack stack = stackOf({service("web")});
        stack.services[0].replicas = 3;
        StackSimulation there = running(stack);
        UpOptions options;
        options.scale = {{"web", 2}};
        QCOMPARE(plannedUp(there, stack, options), std::string("stop p-web-3\nremove p-web-3"));
        there.find("p-web-1")->configHash = "another";
        QCOMPARE(plannedUp(there, stack, options), std::string("stop p-web-1\nremove p-web-1"));
        options.scale = {{"web", 0}};
        QCOMPARE(plannedUp(there, stack, options),
                 std::string("stop p-web-2\nremove p-web-2\nstop p-web-3\nremove p-web-3\nstop p-web-1\n"
                             "remove p-web-1"));
    }

    void oneNameIsForOneContainer() {
        Stack stack = stackOf({service("web")});
        stack.services[0].options.name = "shop";
        QCOMPARE(plannedUp({}, stack), std::string("create-network p_default\ncreate shop\nstart shop"));
        UpOptions options;
        options.scale = {{"web", 2}};
        const auto refused = planUp(stack, {}, imagesOf(stack), options);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
    }

    void onlyWhatIsAskedForAndWhatThatNeeds() {
        const Stack stack = stackOf({service("web", {{"db"}}), service("db"), service("mail")});
        UpOptions options;
        options.services = {"web"};
        QCOMPARE(plannedUp({}, stack, options),
                 std::string("create-network p_default\ncreate p-db-1\ncreate p-web-1\nstart p-db-1\n"
                             "start p-web-1"));
        options.dependencies = false;
        QCOMPARE(plannedUp({}, stack, options),
                 std::string("create-network p_default\ncreate p-web-1\nstart p-web-1"));
        options.services = {"nobody"};
        QCOMPARE(plannedUp({}, stack, options), std::string("the file has no service nobody"));
    }

    void noStartMakesOnly() {
        UpOptions options;
        options.start = false;
        QCOMPARE(plannedUp({}, webOnDb(), options),
                 std::string("create-network p_default\ncreate p-db-1\ncreate p-web-1"));
    }

    void waitIsForAllOfThem() {
        const Stack stack =
            stackOf({service("web", {{"migrate", DependsOn::CompletedSuccessfully}}), service("migrate")});
        UpOptions options;
        options.wait = true;
        QCOMPARE(plannedUp(running(stack), stack, options),
                 std::string("wait migrate service_completed_successfully\nwait-ready web"));
    }

    void dependentsThatFollowAreStartedAgain() {
        Stack stack = stackOf({service("proxy", {{"web", DependsOn::Started, true}}),
                               service("web", {{"db", DependsOn::Healthy, true}}), service("db"),
                               service("mail", {{"db"}})});
        const StackSimulation there = running(stack);
        serviceIn(stack, "db").options.environment = {"A=1"};
        const StackPlan made = plan(stack, there);
        QCOMPARE(wordsOf(made), std::string("stop p-proxy-1\nstop p-web-1\nrecreate p-db-1\nstart p-db-1\n"
                                            "wait db service_healthy\nstart p-web-1\nstart p-proxy-1"));
        QVERIFY(comesBefore(made, "stop p-proxy-1", "stop p-web-1"));
        QVERIFY(comesBefore(made, "stop p-web-1", "recreate p-db-1"));
        QVERIFY(comesBefore(made, "wait db service_healthy", "start p-web-1"));
        QVERIFY(comesBefore(made, "start p-web-1", "start p-proxy-1"));
        QCOMPARE(made.unchanged, std::set<std::string>{"mail"});
    }

    void whoSharesNamespacesIsMadeAnewWithTheOther() {
        Stack stack = stackOf({service("side", {{"web", DependsOn::Started, true}}), service("web")});
        stack.services[0].options.network = "service:web";
        StackSimulation there = running(stack);
        QCOMPARE(plannedUp(there, stack), std::string());
        Stack changed = stack;
        serviceIn(changed, "web").options.environment = {"A=1"};
        const StackPlan made = plan(changed, there);
        QCOMPARE(wordsOf(made), std::string("stop p-side-1\nrecreate p-web-1\nrecreate p-side-1\n"
                                            "start p-web-1\nstart p-side-1"));
        QVERIFY(comesBefore(made, "stop p-side-1", "recreate p-web-1"));
        QVERIFY(comesBefore(made, "recreate p-web-1", "recreate p-side-1"));
        // And when somebody has replaced it behind our back.
        there.find("p-web-1")->id = "another";
        QCOMPARE(wordsOf(plan(stack, there), true),
                 std::string("recreate p-side-1: it shares what a container of web had that is gone\n"
                             "start p-side-1"));
    }

    void whoSharesNeedsTheOther() {
        Stack stack = stackOf({service("side"), service("web")});
        stack.services[0].options.pid = "service:web";
        UpOptions options;
        options.services = {"side"};
        options.dependencies = false;
        QCOMPARE(planUp(stack, {}, {}, options).error().code, ErrorCode::NotFound);
    }

    void aNetworkThatHasChangedIsMadeAnewWithAllInIt() {
        Stack stack = webOnDb();
        StackSimulation there = running(stack);
        stack.networks[0].internal = true;
        const StackPlan made = plan(stack, there);
        QCOMPARE(wordsOf(made),
                 std::string("stop p-web-1\nstop p-db-1\nremove-network p_default\ncreate-network p_default\n"
                             "recreate p-db-1\nrecreate p-web-1\nstart p-db-1\nstart p-web-1"));
        QVERIFY(comesBefore(made, "stop p-db-1", "remove-network p_default"));
        QVERIFY(comesBefore(made, "create-network p_default", "recreate p-web-1"));
        QCOMPARE(there.apply(made, stack, imagesOf(stack)), std::string());
        QCOMPARE(plannedUp(there, stack), std::string());
    }

    void aNetworkStaysForThoseWhoWouldBeCutOff() {
        Stack stack = webOnDb();
        StackSimulation there = running(stack);
        ObservedContainer oneOff = *there.find("p-web-1");
        oneOff.id = "oneoff";
        oneOff.name = "p-web-run-1";
        oneOff.oneOff = true;
        there.observed.containers.push_back(oneOff);
        stack.networks[0].mtu = 1400;
        const StackPlan made = plan(stack, there);
        QCOMPARE(made.warnings.size(), std::size_t(1));
        QVERIFY(made.warnings.front().find("p-web-run-1 would be cut off") != std::string::npos);
        QCOMPARE(stepOf(made, "remove-network p_default"), made.steps.size());
    }

    void aNetworkWithAnotherNameTakesThePlaceOfTheOld() {
        Stack stack = webOnDb();
        StackSimulation there = running(stack);
        stack.networks[0].name = "front";
        for (auto& each : stack.services)
            each.options.network = "front";
        const StackPlan made = plan(stack, there);
        QVERIFY(comesBefore(made, "create-network front", "recreate p-db-1"));
        QVERIFY(comesBefore(made, "recreate p-web-1", "remove-network p_default"));
        QCOMPARE(there.apply(made, stack, imagesOf(stack)), std::string());
        QCOMPARE(plannedUp(there, stack), std::string());
    }

    void aVolumeIsKeptWhateverTheFileSays() {
        Stack stack = stackOf({service("db")});
        StackVolume volume;
        volume.key = "data";
        volume.name = "p_data";
        stack.volumes = {volume};
        stack.services[0].options.mounts = {"type=volume,source=p_data,target=/data"};
        StackSimulation there;
        QVERIFY(comesBefore(plan(stack, there), "create-volume p_data", "create p-db-1"));
        QCOMPARE(there.up(stack), std::string());
        there.observed.volumes[0].configHash = "another";
        const StackPlan made = plan(stack, there);
        QCOMPARE(wordsOf(made), std::string());
        QCOMPARE(made.warnings, Texts{"the volume p_data has other options in the file, and is kept as it is "
                                      "with what it holds"});
    }

    void allExternalOnesThatAreMissingAreNamed() {
        Stack stack = stackOf({service("db")});
        stack.networks[0].external = true;
        StackVolume volume;
        volume.name = "elsewhere";
        volume.external = true;
        stack.volumes = {volume};
        stack.services[0].options.mounts = {"type=volume,source=elsewhere,target=/data"};
        const auto refused = planUp(stack, {}, {}, {});
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QCOMPARE(
            refused.error().message,
            std::string("the file names as external what is not there: network p_default, volume elsewhere"));
    }

    void orphansGoOnlyWhenAskedFor() {
        const Stack before = stackOf({service("web"), service("old"), service("debug")});
        Stack stack = stackOf({service("web")});
        stack.disabled = {"debug"}; // of a profile
        const StackSimulation there = running(before);
        const StackPlan made = plan(stack, there);
        QCOMPARE(wordsOf(made), std::string());
        QCOMPARE(made.warnings, Texts{"of services that the file has not: p-old-1"});
        UpOptions options;
        options.removeOrphans = true;
        QCOMPARE(wordsOf(plan(stack, there, options)), std::string("stop p-old-1\nremove p-old-1"));
    }

    void whatACancelledRecreateLeftIsTidied() {
        const Stack stack = stackOf({service("web")});
        StackSimulation there = running(stack);
        ObservedContainer left = *there.find("p-web-1");
        left.id = "new";
        left.name = "id2-01234567_p-web-1";
        left.state = ContainerState::Created;
        left.replaces = there.find("p-web-1")->id;
        StackSimulation both = there;
        both.observed.containers.push_back(left);
        QCOMPARE(plannedUp(both, stack), std::string("remove " + left.name));
        // Its removal comes before another one of that name is made.
        both.find("p-web-1")->configHash = "another";
        QVERIFY(comesBefore(plan(stack, both), "remove " + left.name, "recreate p-web-1"));
        // The old one has gone.
        StackSimulation alone = there;
        alone.remove("p-web-1");
        alone.observed.containers.push_back(left);
        QCOMPARE(plannedUp(alone, stack), std::string("rename p-web-1\nstart p-web-1"));
        QCOMPARE(alone.up(stack), std::string());
        QCOMPARE(plannedUp(alone, stack), std::string());
    }

    void namesOfComposeOneAreRenamed() {
        const Stack stack = stackOf({service("web")});
        StackSimulation there = running(stack);
        there.find("p-web-1")->name = "p_web_1";
        QCOMPARE(plannedUp(there, stack), std::string("rename p-web-1"));
        there.find("p_web_1")->name = "somebodys-choice";
        QCOMPARE(plannedUp(there, stack), std::string());
    }

    void whoTakesOverAPortStartsWhenItIsFree() {
        Stack stack = stackOf({service("a"), service("b")});
        stack.services[0].options.publish = {"8080:80"};
        const StackSimulation there = running(stack);
        std::swap(stack.services[0].options.publish, stack.services[1].options.publish);
        const StackPlan made = plan(stack, there);
        QVERIFY(comesBefore(made, "recreate p-a-1", "start p-b-1"));
    }

    void labelsInCirclesEndAllTheSame() {
        StackSimulation there = running(stackOf({service("a"), service("b", {{"a"}})}));
        there.find("p-a-1")->dependencies = {{"b"}};
        QCOMPARE(planDown("p", there.observed, {}).steps.size(), std::size_t(5));
        QCOMPARE(planVerb(StackVerb::Restart, there.observed, {}, 0)->steps.size(), std::size_t(2));
    }

    // Steps that are waited for were counted once for each way to them: 2^60.
    void manyWaysThroughStoppedServicesAreNoMoreSteps() {
        constexpr int kLayers = 60;
        StackSimulation there;
        const auto add = [&there](const std::string& name, const std::string& needed, ContainerState state) {
            ObservedContainer container;
            container.id = container.name = name;
            container.service = name;
            container.state = state;
            if (!needed.empty())
                container.dependencies = {{"a" + needed}, {"b" + needed}};
            there.observed.containers.push_back(container);
        };
        add("top", "0", ContainerState::Running);
        for (int layer = 0; layer < kLayers; ++layer) {
            const std::string next = layer + 1 < kLayers ? std::to_string(layer + 1) : std::string();
            add("a" + std::to_string(layer), next, ContainerState::Exited);
            add("b" + std::to_string(layer), next, ContainerState::Exited);
        }
        const StackPlan made = planDown("p", there.observed, {});
        QCOMPARE(made.steps.size(), std::size_t(2 + 2 * kLayers));
        QVERIFY(comesBefore(made, "stop top", "remove a59"));
    }

    void scaleKeepsToTheMostOfAStack() {
        const Stack stack = stackOf({service("a"), service("b")});
        UpOptions options;
        options.scale = {{"a", kMostStackContainers - 1}};
        QVERIFY(planUp(stack, {}, imagesOf(stack), options).has_value());
        options.scale["b"] = 2;
        const auto plan = planUp(stack, {}, imagesOf(stack), options);
        QVERIFY(!plan);
        QCOMPARE(plan.error().code, ErrorCode::InvalidArgument);
    }

    void downGoesTheOtherWayRound() {
        StackSimulation there = running(webOnDb());
        const StackPlan made = planDown("p", there.observed, {});
        QCOMPARE(wordsOf(made), std::string("stop p-web-1\nremove p-web-1\nstop p-db-1\nremove p-db-1\n"
                                            "remove-network p_default"));
        QVERIFY(comesBefore(made, "stop p-web-1", "stop p-db-1"));
        QVERIFY(comesBefore(made, "remove p-db-1", "remove-network p_default"));
        QCOMPARE(there.apply(made, {}, {}), std::string());
        QVERIFY(there.observed.containers.empty() && there.observed.networks.empty());
    }

    void downOfSomeTakesTheirDependents() {
        const StackSimulation there =
            running(stackOf({service("proxy", {{"web"}}), service("web", {{"db"}}), service("db")}));
        DownOptions options;
        options.services = {"web"};
        QCOMPARE(wordsOf(planDown("p", there.observed, options)),
                 std::string("stop p-proxy-1\nremove p-proxy-1\nstop p-web-1\nremove p-web-1"));
    }

    void downKeepsVolumesUnlessAsked() {
        StackSimulation there = running(stackOf({service("db")}));
        there.observed.volumes = {{"p_data", "data", "", true}, {"others", "x", "", false}};
        DownOptions options;
        QCOMPARE(stepOf(planDown("p", there.observed, options), "remove-volume p_data"), std::size_t(3));
        options.volumes = true;
        QCOMPARE(wordsOf(planDown("p", there.observed, options)),
                 std::string("stop p-db-1\nremove p-db-1\nremove-network p_default\nremove-volume p_data"));
    }

    void verbsGoInTheOrderOfDependencies() {
        StackSimulation there = running(webOnDb({"db", DependsOn::Healthy, true}));
        const auto stop = planVerb(StackVerb::Stop, there.observed, {}, 0);
        QCOMPARE(wordsOf(*stop), std::string("stop p-web-1\nstop p-db-1"));
        QVERIFY(comesBefore(*stop, "stop p-web-1", "stop p-db-1"));
        const auto restart = planVerb(StackVerb::Restart, there.observed, {"db"}, 0);
        QCOMPARE(wordsOf(*restart), std::string("restart p-db-1\nwait db service_healthy\nrestart p-web-1"));
        QCOMPARE(wordsOf(*planVerb(StackVerb::Restart, there.observed, {"web"}, 0)),
                 std::string("restart p-web-1"));
        QCOMPARE(wordsOf(*planVerb(StackVerb::Remove, there.observed, {}, 0)), std::string());
        QCOMPARE(there.apply(*stop, {}, {}), std::string());
        QCOMPARE(wordsOf(*planVerb(StackVerb::Start, there.observed, {"web"}, 0)),
                 std::string("start p-db-1\nwait db service_healthy\nstart p-web-1"));
        QCOMPARE(wordsOf(*planVerb(StackVerb::Remove, there.observed, {"web"}, 0)),
                 std::string("remove p-web-1"));
        QCOMPARE(planVerb(StackVerb::Stop, there.observed, {"nobody"}, 0).error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(StackPlanTest)
#include "stack_plan_test.moc"
