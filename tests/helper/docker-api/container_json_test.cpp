// Containers in Docker's words: texts, ports, mounts, filters and the documents of lists and of inspect.
// Without a machine.
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_filters.h"
#include "helper/docker-api/containers/container_summary.h"
#include "helper/docker-api/containers/host_config_json.h"
#include "helper/docker-api/containers/mount_json.h"
#include "helper/docker-api/containers/port_json.h"
#include "helper/docker-api/containers/process_table.h"
#include "helper/docker-api/containers/stats_json.h"
#include "helper/docker-api/containers/status_text.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000; // Unix milliseconds
constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute;

ListedContainer container(const QString& name, const QString& state = QStringLiteral("running")) {
    ListedContainer result;
    result.id = QStringLiteral("%1").arg(name, 64, u'0');
    result.name = name;
    result.state = state;
    result.pid = state == QLatin1String("running") ? 7 : 0;
    result.created = result.started = kNow - 5 * kMinute;
    result.image = QStringLiteral("demo:1");
    result.network = QStringLiteral("bridge");
    return result;
}

dbus::NetworkList networkWith(const ListedContainer& member) {
    dbus::NetworkEndpoint endpoint;
    endpoint.container = member.id;
    endpoint.isRunning = true;
    endpoint.addresses = QStringList{QStringLiteral("172.20.0.2"), QStringLiteral("fd00:1::2")};
    endpoint.mac = QStringLiteral("02:42:ac:14:00:02");
    endpoint.aliases = QStringList{QStringLiteral("web")};
    dbus::Network network;
    network.id = QStringLiteral("ab12").repeated(16);
    network.name = QStringLiteral("bridge");
    network.isDefault = true;
    network.pools = {{QStringLiteral("172.20.0.0/16"), {}, QStringLiteral("172.20.0.1")},
                     {QStringLiteral("fd00:1::/64"), {}, QStringLiteral("fd00:1::1")}};
    network.endpoints = {endpoint};
    return {network};
}

QStringList namesOf(const ListedContainers& containers) {
    QStringList names;
    for (const auto& each : containers)
        names.append(each.name);
    return names;
}

Result<ListedContainers> chosenBy(const std::string& query, const ListedContainers& containers,
                                  const dbus::ImageList& images = {}) {
    const dbus::NetworkList networks =
        containers.isEmpty() ? dbus::NetworkList() : networkWith(containers.first());
    TRY_ASSIGN(const ListQuery read, ListQuery::parse(Query::parse(query)));
    return chosen(containers, read, NetworkIndex(networks), images);
}

} // namespace

class DockerContainerJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsDurationsAsDockerDoes_data() {
        QTest::addColumn<qint64>("time");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text, std::int64_t time) {
            QTest::newRow(text) << qint64(time) << QString::fromLatin1(text);
        };
        row("Less than a second", 999);
        row("1 second", kSecond);
        row("59 seconds", 59 * kSecond);
        row("About a minute", 119 * kSecond);
        row("5 minutes", 5 * kMinute);
        row("About an hour", 89 * kMinute);
        row("2 hours", 90 * kMinute);
        row("47 hours", 47 * kHour);
        row("13 days", 13 * 24 * kHour);
        row("2 weeks", 14 * 24 * kHour);
        row("2 months", 60 * 24 * kHour);
        row("2 years", 2 * 365 * 24 * kHour);
    }
    void tellsDurationsAsDockerDoes() {
        QFETCH(qint64, time);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(durationText(time)), text);
    }
    void tellsHowAContainerStands() {
        ListedContainer web = container(QStringLiteral("web"));
        QCOMPARE(statusText(web, kNow), std::string("Up 5 minutes"));
        web.health = QStringLiteral("healthy");
        QCOMPARE(statusText(web, kNow), std::string("Up 5 minutes (healthy)"));
        web.health = QStringLiteral("starting");
        QCOMPARE(statusText(web, kNow), std::string("Up 5 minutes (health: starting)"));
        web.state = QStringLiteral("paused");
        QCOMPARE(statusText(web, kNow), std::string("Up 5 minutes (Paused)"));
        web.exitCode = 137;
        web.finished = kNow - 2 * kHour;
        web.state = QStringLiteral("restarting");
        QCOMPARE(statusText(web, kNow), std::string("Restarting (137) 2 hours ago"));
        web.state = QStringLiteral("exited");
        QCOMPARE(statusText(web, kNow), std::string("Exited (137) 2 hours ago"));
        web.state = QStringLiteral("created");
        web.started = web.finished = 0;
        QCOMPARE(statusText(web, kNow), std::string("Created"));
    }
    void showsPublishedAndExposedPorts() {
        const auto places = portPlaces({QStringLiteral("127.0.0.1:8080->80/tcp"), QStringLiteral("nonsense")},
                                       {QStringLiteral("80/tcp"), QStringLiteral("53/udp")});
        QCOMPARE(
            portList(places).dump(),
            std::string(
                R"([{"PrivatePort":53,"Type":"udp"},{"IP":"127.0.0.1","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}])"));
        QCOMPARE(portMap(places).dump(),
                 std::string(R"({"53/udp":null,"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]})"));
    }
    void quotesWordsOfACommandThatHaveSpaces() {
        QCOMPARE(commandText({QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("echo hello")}),
                 std::string("sh -c 'echo hello'"));
    }
    void showsAContainerOfAList() {
        ListedContainer web = container(QStringLiteral("web"));
        web.process = QStringList{QStringLiteral("/bin/sleep"), QStringLiteral("9")};
        web.labels.insert(QStringLiteral("tier"), QStringLiteral("front"));
        const auto networks = networkWith(web);
        const Json json =
            containerSummary(web, NetworkIndex(networks).of(web.id), kNow, ContainerSize{10, 110});
        QCOMPARE(json.at("Names").dump(), std::string("[\"/web\"]"));
        QCOMPARE(json.at("Command").toString(), std::string("/bin/sleep 9"));
        QCOMPARE(json.at("Created").toInteger(), (kNow - 5 * kMinute) / 1000);
        QCOMPARE(json.at("Status").toString(), std::string("Up 5 minutes"));
        QCOMPARE(json.at("SizeRootFs").toInteger(), std::int64_t(110));
        QCOMPARE(json.at("HostConfig").at("NetworkMode").toString(), std::string("bridge"));
        const Json& bridge = json.at("NetworkSettings").at("Networks").at("bridge");
        QCOMPARE(bridge.at("IPAddress").toString(), std::string("172.20.0.2"));
        QCOMPARE(bridge.at("Gateway").toString(), std::string("172.20.0.1"));
        QCOMPARE(bridge.at("IPPrefixLen").toInteger(), std::int64_t(16));
        QCOMPARE(bridge.at("GlobalIPv6Address").toString(), std::string("fd00:1::2"));
        QCOMPARE(bridge.at("GlobalIPv6PrefixLen").toInteger(), std::int64_t(64));
    }
    void showsTheHostsNetworkAsOne() {
        ListedContainer web = container(QStringLiteral("web"));
        web.network = QStringLiteral("host");
        const Json networks = networksJson(web, {});
        QCOMPARE(networks.members().size(), std::size_t(1));
        QCOMPARE(networks.at("host").at("NetworkID").toString().size(), std::size_t(64));
    }

    void choosesWhatIsAskedFor_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char* name, const char* query, const QStringList& names) {
            QTest::newRow(name) << QString::fromLatin1(query) << names;
        };
        const QString web = QStringLiteral("web"), old = QStringLiteral("old"), db = QStringLiteral("db");
        row("running ones", "", {web, db});
        row("all", "all=1", {web, old, db});
        row("the newest", "limit=2", {web, old});
        row("by name", R"(all=1&filters={"name":["^we"]})", {web});
        row("by name with a slash", R"(all=1&filters={"name":["/web"]})", {web});
        row("older form", R"(all=1&filters={"name":{"db":true}})", {db});
        row("by state", R"(filters={"status":["exited"]})", {old});
        row("by exit code", R"(all=1&filters={"exited":["3"]})", {old});
        row("by label", R"(filters={"label":["tier=front"]})", {web});
        row("by volume", R"(filters={"volume":["data"]})", {db});
        row("by place", R"(filters={"volume":["/srv"]})", {db});
        row("by network", R"(all=1&filters={"network":["bridge"]})", {web});
        row("by network's id", R"(all=1&filters={"network":["ab12ab"]})", {web});
        row("by published port", R"(filters={"publish":["8000-9000"]})", {web});
        row("by exposed port", R"(filters={"expose":["80/tcp"]})", {web});
        row("by health", R"(filters={"health":["healthy"]})", {db});
        row("before", R"(all=1&filters={"before":["old"]})", {db});
        row("since", R"(all=1&filters={"since":["old"]})", {web});
        row("by image", R"(all=1&filters={"ancestor":["demo:1"]})", {web, old});
        row("by an image below", R"(all=1&filters={"ancestor":["base:1"]})", {web, old, db});
        row("no tasks", R"(filters={"is-task":["true"]})", {});
    }
    void choosesWhatIsAskedFor() {
        QFETCH(QString, query);
        QFETCH(QStringList, names);
        ListedContainer web = container(QStringLiteral("web"));
        web.labels.insert(QStringLiteral("tier"), QStringLiteral("front"));
        web.ports = QStringList{QStringLiteral("0.0.0.0:8080->80/tcp")};
        web.imageDigest = QStringLiteral("sha256:d1");
        ListedContainer old = container(QStringLiteral("old"), QStringLiteral("exited"));
        old.exitCode = 3;
        old.imageDigest = web.imageDigest;
        ListedContainer db = container(QStringLiteral("db"));
        db.mounts = QStringList{QStringLiteral("type=volume,source=data,target=/srv")};
        db.health = QStringLiteral("healthy");
        db.imageDigest = QStringLiteral("sha256:d2");
        dbus::Image base, demo, other;
        base.repository = QStringLiteral("docker.io/library/base");
        demo.repository = QStringLiteral("docker.io/library/demo");
        base.tag = demo.tag = QStringLiteral("1");
        base.digest = QStringLiteral("sha256:d0");
        demo.digest = web.imageDigest;
        other.digest = db.imageDigest;
        base.layers = {{QStringLiteral("sha256:l0"), 1}};
        demo.layers = {{QStringLiteral("sha256:l0"), 1}, {QStringLiteral("sha256:l1"), 1}};
        other.layers = {{QStringLiteral("sha256:l0"), 1}, {QStringLiteral("sha256:l2"), 1}};
        const auto found = chosenBy(query.toStdString(), {web, old, db}, {base, demo, other});
        VERIFY_RESULT(found);
        QCOMPARE(namesOf(*found), names);
    }
    void refusesFiltersThatThereAreNot_data() {
        QTest::addColumn<QString>("query");
        QTest::newRow("unknown") << QStringLiteral(R"(filters={"colour":["red"]})");
        QTest::newRow("no state") << QStringLiteral(R"(filters={"status":["asleep"]})");
        QTest::newRow("no number") << QStringLiteral(R"(filters={"exited":["x"]})");
        QTest::newRow("no port") << QStringLiteral(R"(filters={"publish":["70000"]})");
        QTest::newRow("no health") << QStringLiteral(R"(filters={"health":["ill"]})");
        QTest::newRow("no JSON") << QStringLiteral("filters={");
    }
    void refusesFiltersThatThereAreNot() {
        QFETCH(QString, query);
        const auto found = chosenBy(query.toStdString(), {});
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::InvalidArgument);
    }
    void missesTheContainerThatAFilterNames() {
        const auto found = chosenBy(R"(filters={"before":["nobody"]})", {container(QStringLiteral("web"))});
        QVERIFY(!found);
        QCOMPARE(found.error().message, std::string("No such container: nobody"));
    }

    void writesMountsAsTheyWereGiven() {
        const auto mounts = mountSpecs(
            {QStringLiteral("type=volume,source=data,target=/data,readonly"),
             QStringLiteral("type=bind,source=/srv,target=/srv"),
             QStringLiteral("type=volume,source=%1,target=/cache").arg(QStringLiteral("ab12").repeated(16)),
             QStringLiteral("type=tmpfs,target=/run,tmpfs-size=1024")});
        QCOMPARE(mounts.size(), std::size_t(4));
        QCOMPARE(bindsJson(mounts).dump(), std::string(R"(["data:/data:ro"])"));
        QCOMPARE(mountsJson(mounts).dump(),
                 std::string(R"([{"Type":"bind","Source":"/srv","Target":"/srv","BindOptions":{}},)"
                             R"({"Type":"tmpfs","Target":"/run","TmpfsOptions":{"SizeBytes":1024}}])"));
        QCOMPARE(anonymousVolumesJson(mounts).dump(), std::string(R"({"/cache":{}})"));
        const Json points = mountPointsJson(mounts);
        QCOMPARE(points.items().size(), std::size_t(4));
        QCOMPARE(
            points.items()[0].dump(),
            std::string(
                R"({"Type":"volume","Name":"data","Source":"","Destination":"/data","Driver":"local","Mode":"ro","RW":false,"Propagation":""})"));
        QCOMPARE(points.items()[1].at("Propagation").toString(), std::string("rprivate"));
    }
    void writesOptionsInDockersForm() {
        ContainerOptions options;
        options.memoryBytes = 64u << 20;
        options.cpus = 1.5;
        options.restart = "on-failure";
        options.restartMaximum = 3;
        options.publish = {"127.0.0.1:8080:80/tcp", "443"};
        options.devices = {"/dev/fuse:/dev/fuse:rw"};
        options.ulimits = {"nofile=10:20", "core=-1"};
        options.deviceReadBps = {"/dev/sda:1048576"};
        options.capAdd = {"NET_ADMIN"};
        options.logOptions = {{"max-size", "1m"}};
        const Json json = hostConfigJson(options, "bridge", {});
        QCOMPARE(json.at("Memory").toInteger(), std::int64_t(64) << 20);
        QCOMPARE(json.at("MemorySwap").toInteger(), std::int64_t(128) << 20);
        QCOMPARE(json.at("NanoCpus").toInteger(), std::int64_t(1'500'000'000));
        QCOMPARE(json.at("RestartPolicy").dump(),
                 std::string(R"({"Name":"on-failure","MaximumRetryCount":3})"));
        QCOMPARE(
            json.at("PortBindings").dump(),
            std::string(
                R"({"443/tcp":[{"HostIp":"","HostPort":""}],"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]})"));
        QCOMPARE(
            json.at("Devices").dump(),
            std::string(
                R"([{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rw"}])"));
        QCOMPARE(
            json.at("Ulimits").dump(),
            std::string(R"([{"Name":"nofile","Hard":20,"Soft":10},{"Name":"core","Hard":-1,"Soft":-1}])"));
        QCOMPARE(json.at("BlkioDeviceReadBps").dump(),
                 std::string(R"([{"Path":"/dev/sda","Rate":1048576}])"));
        QCOMPARE(json.at("CapAdd").dump(), std::string(R"(["NET_ADMIN"])"));
        QCOMPARE(json.at("LogConfig").dump(),
                 std::string(R"({"Type":"json-file","Config":{"max-size":"1m"}})"));
        QVERIFY(json.at("Binds").isNull());
    }
    void tellsAllOfAContainer() {
        ContainerFacts facts;
        facts.container = container(QStringLiteral("web"));
        facts.container.process = QStringList{QStringLiteral("/entry"), QStringLiteral("serve")};
        facts.container.health = QStringLiteral("unhealthy");
        facts.container.ports = QStringList{QStringLiteral("0.0.0.0:32768->80/tcp")};
        facts.probes = {{kNow, kNow, 0, QStringLiteral("good")}, {kNow, kNow, 1, QStringLiteral("bad")}};
        facts.options.environment = {"A=mine", "B=2"};
        facts.options.stopTimeoutSeconds = 3;
        facts.image = {{QStringLiteral("environment"),
                        QStringList{QStringLiteral("PATH=/bin"), QStringLiteral("A=image")}},
                       {QStringLiteral("entrypoint"), QStringList{QStringLiteral("/entry")}},
                       {QStringLiteral("command"), QStringList{QStringLiteral("serve")}},
                       {QStringLiteral("volumes"), QStringList{QStringLiteral("/data")}},
                       {QStringLiteral("health-command"),
                        QStringList{QStringLiteral("CMD-SHELL"), QStringLiteral("true")}},
                       {QStringLiteral("health-interval"), QVariant::fromValue<qulonglong>(2000)}};
        const auto networks = networkWith(facts.container);
        const NetworkIndex index(networks);
        facts.places = index.of(facts.container.id);
        const Json json = containerDetails(facts);
        QCOMPARE(json.at("Name").toString(), std::string("/web"));
        QCOMPARE(json.at("Path").toString(), std::string("/entry"));
        QCOMPARE(json.at("Args").dump(), std::string(R"(["serve"])"));
        QCOMPARE(json.at("State").at("Running").toBool(), true);
        QCOMPARE(json.at("State").at("Health").at("FailingStreak").toInteger(), std::int64_t(1));
        QCOMPARE(json.at("State").at("Health").at("Log").items().size(), std::size_t(2));
        const Json& config = json.at("Config");
        QCOMPARE(config.at("Env").dump(), std::string(R"(["PATH=/bin","A=mine","B=2"])"));
        QCOMPARE(config.at("Cmd").dump(), std::string(R"(["serve"])"));
        QCOMPARE(config.at("Entrypoint").dump(), std::string(R"(["/entry"])"));
        QCOMPARE(config.at("Volumes").dump(), std::string(R"({"/data":{}})"));
        QCOMPARE(config.at("Healthcheck").dump(),
                 std::string(R"({"Test":["CMD-SHELL","true"],"Interval":2000000000})"));
        QCOMPARE(config.at("StopTimeout").toInteger(), std::int64_t(3));
        const Json& settings = json.at("NetworkSettings");
        QCOMPARE(settings.at("Ports").dump(),
                 std::string(R"({"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"32768"}]})"));
        QCOMPARE(settings.at("IPAddress").toString(), std::string("172.20.0.2"));
        QCOMPARE(settings.at("Networks").at("bridge").at("Aliases").dump(), std::string(R"(["web"])"));
    }

    void countsWhatIsUsed() {
        StatsReading now;
        now.stats.time = kNow;
        now.stats.cpuNanoseconds = 3'000'000'000;
        now.stats.memory = 5'000'000;
        now.stats.file = 9'000'000;
        now.stats.read = 4096;
        now.machine = {2'000'000'000'000, 2, 8ull << 30, 1};
        StatsReading before = now;
        before.stats.time -= 1000;
        before.stats.cpuNanoseconds = 2'000'000'000;
        const Json json = statsJson("id", "web", now, &before);
        QCOMPARE(json.at("name").toString(), std::string("/web"));
        QCOMPARE(json.at("cpu_stats").at("cpu_usage").at("total_usage").toInteger(),
                 std::int64_t(3'000'000'000));
        QCOMPARE(json.at("precpu_stats").at("cpu_usage").at("total_usage").toInteger(),
                 std::int64_t(2'000'000'000));
        QCOMPARE(json.at("memory_stats").at("usage").toInteger(), std::int64_t(5'000'000));
        QCOMPARE(json.at("memory_stats").at("limit").toInteger(), std::int64_t(8) << 30);
        // What an old client subtracts is never more than there is.
        QCOMPARE(json.at("memory_stats").at("stats").at("cache").toInteger(), std::int64_t(5'000'000));
        QCOMPARE(json.at("blkio_stats").at("io_service_bytes_recursive").items()[0].dump(),
                 std::string(R"({"major":0,"minor":0,"op":"Read","value":4096})"));
    }
    void tellsZerosOfOneThatDoesNotRun() {
        const Json json = statsJson("id", "web", {}, nullptr);
        QCOMPARE(json.at("read").toString(), std::string("0001-01-01T00:00:00Z"));
        QCOMPARE(json.at("memory_stats").dump(), std::string("{}"));
    }
    void readsTheMachinesTimeAndMemory() {
        QCOMPARE(cpuTimeOf("cpu  1 2 3 4 5 6 7 8 100 100\ncpu0 1\n", 100), std::uint64_t(360'000'000));
        QCOMPARE(totalMemoryOf("MemTotal:        2048 kB\nMemFree: 1 kB\n"), std::uint64_t(2) << 20);
    }

    void keepsTheRowsOfAContainersProcesses() {
        const auto table = processTable("UID   PID  PPID CMD\n"
                                        "root    1     0 init\n"
                                        "100000 42     7 sleep 9 \n"
                                        "100000 -      - thread\n",
                                        {42});
        VERIFY_RESULT(table);
        QCOMPARE(
            table->dump(),
            std::string(R"({"Titles":["UID","PID","PPID","CMD"],"Processes":[["100000","42","7","sleep 9"],)"
                        R"(["100000","-","-","thread"]]})"));
    }
    void needsAColumnToKnowProcessesBy() {
        const auto table = processTable("UID CMD\nroot init\n", {1});
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::InvalidArgument);
    }
};

ESCALE_TEST(DockerContainerJsonTest)
#include "container_json_test.moc"
