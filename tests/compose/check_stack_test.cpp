// What root refuses of a stack, whoever has made it.
#include "engine/stack/stack.h"
#include "tests/support/test_registry.h"

#include <functional>

using namespace escale;

class CheckStackTest : public QObject {
    Q_OBJECT

    static StackService service(const std::string& name) {
        StackService made;
        made.name = name;
        made.image = "demo";
        return made;
    }
    static Stack sample() {
        Stack stack;
        stack.project = "shop";
        StackService web = service("web");
        web.options.mounts = {"type=bind,source=/srv,target=/srv", "type=volume,target=/v"};
        web.binds = {0};
        StackFile file;
        file.path = "/run/secrets/key";
        file.source = 1;
        file.contentDigest = "sha256:" + std::string(64, 'a');
        web.files = {file};
        web.build = StackBuild{2, 3};
        web.dependencies.emplace_back().service = "db";
        web.options.volumesFrom = {"service:db:ro"};
        StackHook hook;
        hook.command = {"true"};
        web.preStop = {hook};
        stack.services = {web, service("db")};
        StackNetwork network;
        network.key = "default";
        network.name = "shop_default";
        stack.networks = {network};
        return stack;
    }
    static QString refusal(const std::function<void(Stack&, StackService&)>& change,
                           std::size_t descriptors = 4) {
        Stack stack = sample();
        change(stack, stack.services.front());
        const auto good = checkStack(stack, descriptors);
        return good ? QString() : QString::fromStdString(good.error().message);
    }

private Q_SLOTS:
    void aGoodOneIsTaken() { VERIFY_RESULT(checkStack(sample(), 4)); }

    void refuses_data() {
        using Change = std::function<void(Stack&, StackService&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* message, Change change) {
            QTest::newRow(name) << std::move(change) << QString::fromUtf8(message);
        };
        row("a project without a name", "not the name of a project", [](Stack& s, auto&) { s.project = ""; });
        row("a project with a path", "not the name of a project",
            [](Stack& s, auto&) { s.project = "../etc"; });
        row("a project with capitals", "not the name of a project",
            [](Stack& s, auto&) { s.project = "Shop"; });
        row("a service with a path", "not the name of a service",
            [](Stack&, auto& w) { w.name = "web/../x"; });
        row("a name too long", "not the name of a service",
            [](Stack&, auto& w) { w.name = std::string(101, 'a'); });
        row("two services of one name", "two services", [](Stack&, auto& w) { w.name = "db"; });
        row("no image", "no image", [](Stack&, auto& w) { w.image = ""; });
        row("two images", "two places", [](Stack&, auto& w) { w.options.image = "other"; });
        row("too many services", "more than 500", [](Stack& s, auto&) {
            for (int i = 0; i < 500; ++i)
                s.services.push_back(service("s" + std::to_string(i)));
        });
        row("too many containers", "more than 1000", [](Stack&, auto& w) { w.replicas = UINT_MAX; });
        row("containers of one name", "several containers", [](Stack&, auto& w) {
            w.options.name = "shop";
            w.replicas = 2;
        });
        row("a container name twice", "another service has",
            [](Stack& s, auto& w) { w.options.name = s.services.back().options.name = "shop"; });
        row("a configuration too long", "longer than 1 MiB",
            [](Stack& s, auto&) { s.config.resize((1 << 20) + 1); });
        row("a network twice", "two networks", [](Stack& s, auto&) { s.networks.push_back(s.networks[0]); });
        row("a network with a bad name", "", [](Stack& s, auto&) { s.networks[0].name = "a b"; });
        row("another project's label", "the engine's to set",
            [](Stack&, auto& w) { w.options.labels["com.docker.compose.project"] = "other"; });
        row("another project's network", "the engine's to set",
            [](Stack& s, auto&) { s.networks[0].labels["com.docker.compose.project"] = "other"; });
        row("a descriptor that is not there", "not among those", [](Stack&, auto& w) { w.binds = {4}; });
        row("a descriptor twice", "named twice", [](Stack&, auto& w) { w.files[0].source = 0; });
        row("a bind without its descriptor", "its descriptor", [](Stack&, auto& w) { w.binds.clear(); });
        row("a descriptor without its bind", "its descriptor", [](Stack&, auto& w) { w.binds = {0, 1}; });
        row("a file with a relative path", "no place for a file",
            [](Stack&, auto& w) { w.files[0].path = "key"; });
        row("a file that climbs", "no place for a file",
            [](Stack&, auto& w) { w.files[0].path = "/run/../../key"; });
        row("a file of nobody", "the owner", [](Stack&, auto& w) { w.files[0].user = UINT32_MAX; });
        row("a mode that is none", "the mode", [](Stack&, auto& w) { w.files[0].mode = 010000; });
        row("a digest that is none", "", [](Stack&, auto& w) { w.files[0].contentDigest = "x"; });
        row("two files at one place", "two files", [](Stack&, auto& w) { w.files.push_back(w.files[0]); });
        row("a hook without a command", "no command", [](Stack&, auto& w) { w.preStop[0].command.clear(); });
        row("a hook somewhere", "not absolute", [](Stack&, auto& w) { w.preStop[0].workingDirectory = "x"; });
        row("hooks too long", "longer than 64 KiB", [](Stack&, auto& w) {
            w.preStop[0].command = {"a", std::string(40'000, 'x')};
            w.postStart = w.preStop;
            w.preStop.push_back(w.preStop[0]);
        });
        row("a dependency that is not there", "which is not there",
            [](Stack&, auto& w) { w.dependencies[0].service = "cache"; });
        row("a dependency twice", "depends twice",
            [](Stack&, auto& w) { w.dependencies.push_back(w.dependencies[0]); });
        row("a dependency on itself", "itself", [](Stack&, auto& w) { w.dependencies[0].service = "web"; });
        row("a circle", "in a circle: db, web",
            [](Stack& s, auto&) { s.services[1].dependencies.emplace_back().service = "web"; });
        row("a network of nobody", "does not depend on",
            [](Stack&, auto& w) { w.options.network = "service:cache"; });
        row("its own network", "does not depend on", [](Stack&, auto& w) { w.options.pid = "service:web"; });
        row("volumes of nobody", "does not depend on",
            [](Stack&, auto& w) { w.options.volumesFrom = {"service:cache"}; });
    }
    void refuses() {
        using Change = std::function<void(Stack&, StackService&)>;
        QFETCH(const Change, change);
        QFETCH(const QString, message);
        const QString said = refusal(change);
        QVERIFY(!said.isEmpty());
        QVERIFY2(said.contains(message), qPrintable(said));
    }

    void whatIsNotRequiredMayBeMissing() {
        QCOMPARE(refusal([](Stack&, StackService& w) {
                     StackDependency& cache = w.dependencies.emplace_back();
                     cache.service = "cache";
                     cache.required = false;
                 }),
                 QString());
    }

    void manyInARowAreNoCircle() {
        QCOMPARE(refusal([](Stack& s, StackService&) {
                     for (int i = 0; i < 400; ++i) {
                         s.services.push_back(service("s" + std::to_string(i)));
                         if (i > 0)
                             s.services.back().dependencies.emplace_back().service =
                                 "s" + std::to_string(i - 1);
                     }
                 }),
                 QString());
    }

    void conditionsHaveTheirWords() {
        for (const auto condition :
             {DependsOn::Started, DependsOn::Healthy, DependsOn::CompletedSuccessfully})
            QCOMPARE(dependsOnOf(dependsOnName(condition)), condition);
        QVERIFY(!dependsOnOf("service_ready"));
    }
};
ESCALE_TEST(CheckStackTest)

#include "check_stack_test.moc"
