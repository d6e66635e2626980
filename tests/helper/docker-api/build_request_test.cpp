// The query and headers of POST /build, in the engine's words.
#include "helper/dbus/types.h"
#include "helper/docker-api/builds/build_request.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

class BuildRequestTest : public QObject {
    Q_OBJECT
    static QVariant option(const BuildRequest& request, const char* key) {
        return request.options.value(QLatin1String(key));
    }

private Q_SLOTS:
    // docker 20.10 sends all of this, always.
    void whatTheDockerCommandSendsIsNothingUnusual() {
        const auto request =
            buildRequest(Query::parse("buildargs=%7B%7D&cachefrom=%5B%5D&cgroupparent=&cpuperiod=0&cpuquota="
                                      "0&cpusetcpus=&cpusetmems=&cpushares=0&"
                                      "dockerfile=Dockerfile&labels=%7B%7D&memory=0&memswap=0&networkmode="
                                      "default&rm=1&shmsize=0&t=app%3A1&"
                                      "target=&ulimits=null&version=1"));
        VERIFY_RESULT(request);
        QCOMPARE(request->dockerfile, std::string("Dockerfile"));
        QCOMPARE(request->tags, std::vector<std::string>{"app:1"});
        QVERIFY(!request->isQuiet);
        QCOMPARE(request->options,
                 (QVariantMap{{QStringLiteral("name"), QStringLiteral("docker build app:1")},
                              {QStringLiteral("dockerfile"), QStringLiteral("Dockerfile")},
                              {QStringLiteral("tags"), QStringList{QStringLiteral("app:1")}},
                              {QStringLiteral("no-cache"), false},
                              {QStringLiteral("pull"), false}}));
    }

    void optionsBecomeTheEngines() {
        const auto request = buildRequest(Query::parse(
            "t=a&t=b%3A2&q=1&nocache=1&pull=1&target=base&platform=linux%2Famd64&dockerfile=x%2FDockerfile&"
            "buildargs=%7B%22A%22%3A%22b%22%2C%22UNKNOWN%22%3Anull%7D&labels=%7B%22l%22%3A%221%22%7D&memory="
            "8388608&"
            "memswap=-1&cpuquota=50000&cpuperiod=100000&shmsize=1048576&networkmode=none&extrahosts=db%3A10."
            "0.0.1&"
            "cachefrom=%5B%22a%22%5D&squash=0"));
        VERIFY_RESULT(request);
        QVERIFY(request->isQuiet);
        QCOMPARE(option(*request, "tags").toStringList(),
                 (QStringList{QStringLiteral("a"), QStringLiteral("b:2")}));
        QVERIFY(option(*request, "no-cache").toBool() && option(*request, "pull").toBool());
        QCOMPARE(option(*request, "target").toString(), QStringLiteral("base"));
        QCOMPARE(option(*request, "platform").toString(), QStringLiteral("linux/amd64"));
        QCOMPARE(option(*request, "dockerfile").toString(), QStringLiteral("x/Dockerfile"));
        const auto arguments = qdbus_cast<dbus::TextMap>(option(*request, "arguments"));
        QCOMPARE(arguments, (dbus::TextMap{{QStringLiteral("A"), QStringLiteral("b")}}));
        QCOMPARE(option(*request, "memory").toULongLong(), 8388608ULL);
        QCOMPARE(option(*request, "cpus").toDouble(), 0.5);
        QCOMPARE(option(*request, "shm-size").toULongLong(), 1048576ULL);
        QCOMPARE(option(*request, "network").toString(), QStringLiteral("none"));
        QCOMPARE(option(*request, "extra-hosts").toStringList(), QStringList{QStringLiteral("db:10.0.0.1")});
    }

    void theSameTagsHaveTheSameName() {
        const auto name = [](std::string_view query) {
            return option(buildRequest(Query::parse(query)).value(), "name");
        };
        QCOMPARE(name("t=app"), name("t=docker.io/library/app:latest"));
        QVERIFY(name("t=app") != name("t=other"));
        QVERIFY(!name("").toString().isEmpty());
    }

    void refusesWhatItWouldNotDo_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* query, const char* says) {
            QTest::newRow(query) << QByteArray(query) << QByteArray(says);
        };
        row("version=2", "DOCKER_BUILDKIT=0");
        row("squash=1", "squash");
        row("remote=https%3A%2F%2Fgithub.com%2Fa%2Fb.git", "git clone");
        row("networkmode=container%3Aweb", "container:web");
        row("outputs=%5B%7B%22Type%22%3A%22local%22%7D%5D", "--output");
        row("ulimits=%5B%7B%22Name%22%3A%22nofile%22%7D%5D", "--ulimit");
        row("cpusetcpus=0", "--cpu-quota");
        row("securityopt=seccomp%3Dunconfined", "--security-opt");
        row("memswap=1&memory=2", "--memory-swap");
        row("cpushares=7", "--cpu-quota");
        row("isolation=hyperv", "hyperv");
        row("memory=much", "memory is no whole number");
        row("memory=-5", "below 0");
        row("buildargs=%5B%5D", "buildargs is no JSON object");
        row("buildargs=%7B", "buildargs");
        row("labels=%7B%22a%22%3A1%7D", "\"a\" is no text");
    }
    void refusesWhatItWouldNotDo() {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, says);
        const auto request = buildRequest(Query::parse(query.toStdString()));
        QVERIFY(!request);
        QVERIFY2(QByteArray::fromStdString(request.error().text()).contains(says),
                 request.error().text().c_str());
    }

    void accountsOfRegistries() {
        const QByteArray json =
            "{\"https://index.docker.io/v1/\": {\"username\": \"me\", \"password\": \"s3cret\"},"
            " \"registry.example:5000\": {\"identitytoken\": \"t0ken\"}, \"empty.example\": {}}";
        const auto options = accountOptions(json.toBase64(QByteArray::Base64UrlEncoding).toStdString());
        VERIFY_RESULT(options);
        const auto accounts = qdbus_cast<dbus::RegistryAccounts>(options->value(QStringLiteral("accounts")));
        QCOMPARE(accounts.size(), 2);
        QCOMPARE(accounts.at(0).registry, QStringLiteral("docker.io"));
        QCOMPARE(accounts.at(0).user, QStringLiteral("me"));
        QCOMPARE(accounts.at(0).password, QStringLiteral("s3cret"));
        QCOMPARE(accounts.at(1).registry, QStringLiteral("registry.example:5000"));
        QCOMPARE(accounts.at(1).identityToken, QStringLiteral("t0ken"));
        QVERIFY(accountOptions("")->isEmpty());
        const auto bad = accountOptions("s3cret!");
        QVERIFY(!bad);
        QVERIFY(bad.error().text().find("s3cret") == std::string::npos);
    }
};

ESCALE_TEST(BuildRequestTest)
#include "build_request_test.moc"
