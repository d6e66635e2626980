// docker network …
#include "tests/helper/docker-api/docker_machine.h"

#include "engine/base/json.h"

using namespace escale;
using namespace escale::test;

class DockerNetworksTest : public DockerTest {
    Q_OBJECT

    QString start(const char* name, const char* network = "bridge", const QStringList& command = {}) {
        return m_machine->run(kUser, command.isEmpty() ? kSleep : command,
                              {{QStringLiteral("name"), QLatin1String(name)},
                               {QStringLiteral("network"), QLatin1String(network)}});
    }
    Json inspect(const std::string& network) {
        return Json::parse(docker({"network", "inspect", network}).output).value_or(Json()).items().at(0);
    }
    // Exit status of a command in a container of that network.
    int exitCodeIn(const char* network, const QStringList& command) {
        const QString id = start("asker", network, command);
        if (!QTest::qWaitFor([&] { return m_machine->container(kUser, id).state == QLatin1String("exited"); },
                             30'000))
            qWarning("the container does not end");
        const int code = m_machine->container(kUser, id).exitCode;
        m_machine->remove(kUser, id);
        return code;
    }

private Q_SLOTS:
    void init() {
        docker({"rm", "--force", "one", "asker"});
        docker({"network", "prune", "--force"});
    }

    void threeAreAlwaysThere() {
        const Ran ran = docker({"network", "ls", "--format", "{{.Name}} {{.Driver}} {{.Scope}}"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string("bridge bridge local\nhost host local\nnone null local"));
    }

    void makesShowsAndRemoves() {
        const Ran made =
            docker({"network", "create", "--subnet", "10.71.0.0/24", "--gateway", "10.71.0.9", "--internal",
                    "--label", "stage=test", "-o", "com.docker.network.driver.mtu=1400", "web"});
        QCOMPARE(made.errors, std::string());
        QCOMPARE(made.text().size(), std::size_t(64));
        const Json web = inspect("web");
        QCOMPARE(web.at("Id").toString(), made.text());
        QCOMPARE(web.at("Driver").toString(), std::string("bridge"));
        QCOMPARE(web.at("Labels").dump(), std::string(R"({"stage":"test"})"));
        QCOMPARE(web.at("Options").dump(), std::string(R"({"com.docker.network.driver.mtu":"1400"})"));
        QCOMPARE(web.at("IPAM").at("Config").dump(),
                 std::string(R"([{"Subnet":"10.71.0.0/24","Gateway":"10.71.0.9"}])"));
        QVERIFY(web.at("Internal").toBool() && !web.at("EnableIPv6").toBool(true));
        // The beginning of its id is enough.
        QCOMPARE(docker({"network", "inspect", "--format", "{{.Name}}", made.text().substr(0, 12)}).text(),
                 std::string("web"));
        QCOMPARE(docker({"network", "rm", "web"}).text(), std::string("web"));
        const Ran gone = docker({"network", "inspect", "web"});
        QCOMPARE(gone.code, 1);
        QVERIFY2(gone.errors.find("No such network: web") != std::string::npos, gone.errors.c_str());
    }

    void aNameIsTakenOnce() {
        docker({"network", "create", "web"});
        const Ran again = docker({"network", "create", "web"});
        QCOMPARE(again.code, 1);
        QCOMPARE(again.errors,
                 std::string("Error response from daemon: network with name web already exists\n"));
    }

    void refusesWhatDockerRefuses_data() {
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("predefined name")
            << QByteArrayList{"create", "host"} << QByteArray("not permitted on predefined host");
        QTest::newRow("predefined") << QByteArrayList{"rm", "bridge"}
                                    << QByteArray("bridge is a pre-defined network and cannot be removed");
        QTest::newRow("unknown") << QByteArrayList{"rm", "nowhere"} << QByteArray("No such network: nowhere");
        QTest::newRow("overlay") << QByteArrayList{"create", "-d", "overlay", "far"}
                                 << QByteArray("no overlay networks");
        QTest::newRow("no subnet") << QByteArrayList{"create", "--subnet", "10.300.0.0/24", "far"}
                                   << QByteArray("10.300.0.0/24");
        QTest::newRow("no container")
            << QByteArrayList{"connect", "bridge", "nobody"} << QByteArray("No such container: nobody");
        QTest::newRow("nobody leaves")
            << QByteArrayList{"disconnect", "bridge", "nobody"} << QByteArray("No such container: nobody");
        QTest::newRow("host") << QByteArrayList{"connect", "host", "nobody"} << QByteArray("--network host");
    }
    void refusesWhatDockerRefuses() {
        QFETCH(QByteArrayList, words);
        QFETCH(QByteArray, says);
        std::vector<std::string> command{"network"};
        for (const QByteArray& word : words)
            command.push_back(word.toStdString());
        const Ran ran = docker(command);
        QCOMPARE(ran.code, 1);
        QVERIFY2(QByteArray::fromStdString(ran.errors).contains(says), ran.errors.c_str());
    }

    void containersFindEachOtherByName() {
        docker({"network", "create", "web"});
        QVERIFY(!start("one", "web").isEmpty());
        const QStringList ping{QStringLiteral("/bin/busybox"), QStringLiteral("ping"), QStringLiteral("-c1"),
                               QStringLiteral("-W9"), QStringLiteral("one")};
        QCOMPARE(exitCodeIn("web", ping), 0);
        QVERIFY(exitCodeIn("bridge", ping) != 0); // it is in another one
    }

    void connectsAndDisconnects() {
        docker({"network", "create", "--subnet", "10.72.0.0/24", "web"});
        const QString id = start("one");
        const Ran connected =
            docker({"network", "connect", "--alias", "front", "--ip", "10.72.0.7", "web", "one"});
        QCOMPARE(connected.errors, std::string());
        const Json containers = inspect("web").at("Containers");
        const Json endpoint = containers.at(id.toStdString());
        QCOMPARE(endpoint.at("Name").toString(), std::string("one"));
        QCOMPARE(endpoint.at("IPv4Address").toString(), std::string("10.72.0.7/24"));
        QCOMPARE(endpoint.at("EndpointID").toString().size(), std::size_t(64));
        QVERIFY(!endpoint.at("MacAddress").toString().empty());
        QCOMPARE(exitCodeIn("web", {QStringLiteral("/bin/busybox"), QStringLiteral("ping"),
                                    QStringLiteral("-c1"), QStringLiteral("front")}),
                 0);
        const Ran again = docker({"network", "connect", "web", "one"});
        QVERIFY2(again.errors.find("already exists in network web") != std::string::npos,
                 again.errors.c_str());
        QCOMPARE(docker({"network", "disconnect", "--force", "web", "one"}).errors, std::string());
        QCOMPARE(inspect("web").at("Containers").members().size(), std::size_t(0));
        const Ran notIn = docker({"network", "disconnect", "web", "one"});
        QVERIFY2(notIn.errors.find("container one is not connected to network web") != std::string::npos,
                 notIn.errors.c_str());
    }

    void oneThatIsUsedStays() {
        const std::string id = docker({"network", "create", "web"}).text();
        start("one", "web");
        const Ran ran = docker({"network", "rm", "web"});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errors.find("error while removing network: network web id " + id +
                                 " has active endpoints") != std::string::npos,
                 ran.errors.c_str());
        QCOMPARE(docker({"network", "prune", "--force"}).text(), std::string());
        QCOMPARE(inspect("web").at("Id").toString(), id);
    }

    void filters_data() {
        QTest::addColumn<QByteArrayList>("filters");
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("name") << QByteArrayList{"name=we"} << QByteArray("web");
        QTest::newRow("whole name") << QByteArrayList{"name=^web$"} << QByteArray("web");
        QTest::newRow("driver") << QByteArrayList{"driver=null"} << QByteArray("none");
        QTest::newRow("builtin") << QByteArrayList{"type=builtin"} << QByteArray("bridge\nhost\nnone");
        QTest::newRow("custom") << QByteArrayList{"type=custom"} << QByteArray("other\nweb");
        QTest::newRow("label") << QByteArrayList{"label=stage"} << QByteArray("other\nweb");
        QTest::newRow("label's value") << QByteArrayList{"label=stage=test"} << QByteArray("web");
        QTest::newRow("two") << QByteArrayList{"label=stage", "name=other"} << QByteArray("other");
        QTest::newRow("scope") << QByteArrayList{"scope=swarm"} << QByteArray();
        QTest::newRow("dangling") << QByteArrayList{"dangling=true"} << QByteArray("other\nweb");
    }
    void filters() {
        QFETCH(QByteArrayList, filters);
        QFETCH(QByteArray, names);
        docker({"network", "create", "--label", "stage=test", "web"});
        docker({"network", "create", "--label", "stage=live", "other"});
        std::vector<std::string> words{"network", "ls", "--format", "{{.Name}}"};
        for (const QByteArray& filter : filters)
            words.insert(words.end(), {"--filter", filter.toStdString()});
        const Ran ran = docker(words);
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(QByteArray::fromStdString(ran.text()), names);
    }

    void prunesByLabel() {
        docker({"network", "create", "--label", "stage=test", "web"});
        docker({"network", "create", "other"});
        QCOMPARE(docker({"network", "prune", "--force", "--filter", "label!=stage=test"}).text(),
                 std::string("Deleted Networks:\nother"));
        QCOMPARE(docker({"network", "prune", "--force", "--filter", "until=1h"}).text(), std::string());
        QCOMPARE(docker({"network", "prune", "--force", "--filter", "label=stage"}).text(),
                 std::string("Deleted Networks:\nweb"));
    }

    void badInputIsRefused() {
        for (const char* body : {"[]", "{", "{\"Name\": 7}", "{}"}) {
            const Ran ran = curl("POST", "/networks/create", body);
            QVERIFY2(ran.output.starts_with("HTTP/1.1 400"), ran.output.c_str());
        }
        QVERIFY(curl("DELETE", "/networks/nowhere").output.find("network nowhere not found") !=
                std::string::npos);
        QVERIFY(curl("POST", "/networks/bridge/connect", "{}").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("GET", "/networks?filters=%5B%5D").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("GET", "/networks?filters=%7B%22speed%22%3A%5B%229%22%5D%7D")
                    .output.starts_with("HTTP/1.1 400"));
    }
};

ESCALE_TEST(DockerNetworksTest)
#include "network_test.moc"
