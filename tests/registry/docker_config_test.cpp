#include "engine/registry/docker_config.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

// JSON with ' for ", which moc reads without stumbling.
static std::string quoted(QByteArray text) {
    return text.replace('\'', '"').toStdString();
}

class DockerConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // "ada:letmein" is YWRhOmxldG1laW4= in base64.
    void readsAnAccount_data() {
        QTest::addColumn<QByteArray>("auths");
        QTest::addColumn<QByteArray>("registry");
        QTest::addColumn<QByteArray>("expected"); // name|password|identity token; empty: none
        const auto row = [](const char* name, const char* auths, const char* registry, const char* expected) {
            QTest::newRow(name) << QByteArray(auths) << QByteArray(registry) << QByteArray(expected);
        };
        row("plain", "{'r.example:5000':{'auth':'YWRhOmxldG1laW4='}}", "r.example:5000", "ada|letmein|");
        row("without padding", "{'r.example':{'auth':'YWRhOmxldG1laW4'}}", "r.example", "ada|letmein|");
        row("another port", "{'r.example:5000':{'auth':'YWRhOmxldG1laW4='}}", "r.example", "");
        row("an address", "{'https://r.example/v1/':{'auth':'YWRhOmxldG1laW4='}}", "r.example",
            "ada|letmein|");
        row("Docker Hub", "{'https://index.docker.io/v1/':{'auth':'YWRhOmxldG1laW4='}}", "docker.io",
            "ada|letmein|");
        row("a password with a colon", "{'r.example':{'auth':'YWRhOmE6Yg=='}}", "r.example", "ada|a:b|");
        row("ended by NUL", "{'r.example':{'auth':'YWRhOngA'}}", "r.example", "ada|x|");
        row("an identity token", "{'r.example':{'auth':'YWRhOg==','identitytoken':'tok'}}", "r.example",
            "ada||tok");
        row("name and password", "{'r.example':{'username':'ada','password':'x'}}", "r.example", "ada|x|");
        row("no base64", "{'r.example':{'auth':'*'}}", "r.example", "");
        row("no colon", "{'r.example':{'auth':'YWRh'}}", "r.example", "");
        row("empty, as with a store", "{'r.example':{}}", "r.example", "");
        row("not an object", "[1]", "r.example", "");
    }
    void readsAnAccount() {
        QFETCH(QByteArray, auths);
        QFETCH(QByteArray, registry);
        QFETCH(QByteArray, expected);
        const auto config = DockerConfig::parse(quoted("{'auths':" + auths + "}"));
        VERIFY_RESULT(config);
        const auto found = config->stored(registry.toStdString());
        QCOMPARE(found ? found->username + "|" + found->password + "|" + found->identityToken : "",
                 expected.toStdString());
    }

    void helpersComeBeforeTheFile() {
        // Given a helper for one registry and a store for the others,
        const auto config = DockerConfig::parse(quoted("{'auths':{'a.example':{'auth':'YWRhOng='}},"
                                                       "'credHelpers':{'b.example':'ecr-login'},"
                                                       "'credsStore':'secretservice'}"));
        VERIFY_RESULT(config);
        // then each is asked for its own, and the file's accounts do not count, as in Docker.
        QCOMPARE(config->helperFor("b.example"), std::string("ecr-login"));
        QCOMPARE(config->helperFor("a.example"), std::string("secretservice"));
        QVERIFY(!config->stored("a.example"));
    }
    void aMissingFileIsNoError() {
        const QTemporaryDir folder;
        const auto config = DockerConfig::load(folder.filePath(QStringLiteral("config.json")).toStdString());
        VERIFY_RESULT(config);
        QVERIFY(!config->stored("docker.io"));
    }
    void aBrokenFileIsNamed() {
        QVERIFY(!DockerConfig::parse("[]"));
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        const auto config = DockerConfig::load(file.fileName().toStdString());
        QVERIFY(!config);
        QVERIFY(config.error().message.starts_with(file.fileName().toStdString()));
    }
};
ESCALE_TEST(DockerConfigTest)

#include "docker_config_test.moc"
