#include "engine/base/file.h"
#include "engine/registry/registry_settings.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

// JSON with ' for ", which moc reads without stumbling.
static std::string quoted(QByteArray text) {
    return text.replace('\'', '"').toStdString();
}

class RegistrySettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheWordsOfDockerAndOfContainers() {
        // Given a file with all there is,
        const auto settings = RegistrySettings::parse(quoted(
            "{'registry-mirrors': ['https://mirror.example', 'mirror.lan:5000/hub/'],"
            "'insecure-registries': ['plain.lan:5000'],"
            "'proxies': {'http-proxy': 'http://p:1', 'https-proxy': 'http://p:2', 'no-proxy': 'lan'},"
            "'registries': [{'location': 'quay.io', 'mirror': [{'location': 'http://m.lan/quay'}]}]}"));
        VERIFY_RESULT(settings);
        // then the mirrors are Docker Hub's,
        const RegistryAccess hub = settings->accessTo("docker.io").value();
        QCOMPARE(hub.mirrors.size(), 2u);
        QCOMPARE(hub.mirrors[0].host, std::string("mirror.example"));
        QCOMPARE(hub.mirrors[1].host, std::string("mirror.lan:5000"));
        QCOMPARE(hub.mirrors[1].prefix, std::string("hub"));
        QVERIFY(!hub.insecure);
        QCOMPARE(hub.proxy.https, std::string("http://p:2"));
        // each registry has its own, and one without HTTPS is insecure.
        const RegistryAccess quay = settings->accessTo("quay.io").value();
        QCOMPARE(quay.mirrors.size(), 1u);
        QVERIFY(quay.mirrors[0].insecure);
        QVERIFY(settings->accessTo("plain.lan:5000").value().insecure);
        QVERIFY(!settings->accessTo("plain.lan").value().insecure);
    }
    void networksMatchAddresses_data() {
        QTest::addColumn<QByteArray>("network");
        QTest::addColumn<QByteArray>("registry");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* network, const char* registry, bool matches) {
            QTest::addRow("%s %s", network, registry)
                << QByteArray(network) << QByteArray(registry) << matches;
        };
        row("10.0.0.0/8", "10.1.2.3:5000", true);
        row("10.0.0.0/8", "11.1.2.3:5000", false);
        row("10.0.0.0/9", "10.127.0.1", true);
        row("10.0.0.0/9", "10.128.0.1", false);
        row("0.0.0.0/0", "8.8.8.8", true);
        row("fd00::/8", "[fd12::1]:5000", true);
        row("fd00::/8", "10.0.0.1", false);
        row("10.0.0.0/8", "registry.example", false);
    }
    void networksMatchAddresses() {
        QFETCH(QByteArray, network);
        QFETCH(QByteArray, registry);
        QFETCH(bool, matches);
        const auto settings = RegistrySettings::parse(quoted("{'insecure-registries':['" + network + "']}"));
        VERIFY_RESULT(settings);
        QCOMPARE(settings->accessTo(registry.toStdString()).value().insecure, matches);
    }
    void refusesWhatItDoesNotUnderstand_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("names"); // what the message names
        const auto row = [](const char* text, const char* names) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(names);
        };
        row("[]", "registries.json");
        row("{'mirrors':[]}", "mirrors");
        row("{'registry-mirrors':'x'}", "registry-mirrors");
        row("{'registry-mirrors':['https://u@h/']}", "u@h");
        row("{'insecure-registries':['10.0.0.0/33']}", "10.0.0.0/33");
        row("{'insecure-registries':['name/8']}", "name/8");
        row("{'proxies':{'ftp-proxy':'x'}}", "ftp-proxy");
        row("{'registries':[{'insecure':true}]}", "location");
        row("{'registries':[{'location':'a b'}]}", "a b");
        row("{'registries':[{'location':'a.b','insecure':'yes'}]}", "insecure");
        row("{'registries':[{'location':'a.b','mirror':[{'location':'../x'}]}]}", "../x");
    }
    void refusesWhatItDoesNotUnderstand() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, names);
        const auto settings = RegistrySettings::parse(quoted(text));
        QVERIFY(!settings);
        QVERIFY2(settings.error().message.find(names.toStdString()) != std::string::npos,
                 settings.error().message.c_str());
    }
    void aMissingFileMeansDefaults() {
        const auto settings = RegistrySettings::load("/nowhere/registries.json");
        VERIFY_RESULT(settings);
        QVERIFY(settings->accessTo("docker.io").value().mirrors.empty());
    }
    void collectsTheCertificatesOfARegistry() {
        const QTemporaryDir folder;
        const std::string root = folder.path().toStdString();
        VERIFY_RESULT(makeDirectories(root + "/r.example:5000"));
        VERIFY_RESULT(writeFileAtomically(root + "/r.example:5000/a.crt", "first"));
        VERIFY_RESULT(writeFileAtomically(root + "/r.example:5000/b.crt", "second"));
        VERIFY_RESULT(writeFileAtomically(root + "/r.example:5000/client.key", "secret"));
        QCOMPARE(certificatesFor("r.example:5000", {"/nowhere", root}).value(),
                 std::string("first\nsecond\n"));
        QCOMPARE(certificatesFor("r.example", {root}).value(), std::string());
        QCOMPARE(certificatesFor("../r.example:5000", {root}).value(), std::string());
    }
    void aPersonsChoiceComesBeforeTheMachines() {
        const RegistryAccess machine{{{"machine.mirror", {}, false, {}}}, true, "A", {"m", "m", "m"}};
        const RegistryAccess choice{{{"own.mirror", {}, false, {}}}, false, "B", {}};
        const RegistryAccess both = machine.overlaidWith(choice);
        QCOMPARE(both.mirrors.front().host, std::string("own.mirror"));
        QCOMPARE(both.mirrors.size(), 2u);
        QVERIFY(both.insecure);
        QCOMPARE(both.certificates, std::string("B\nA"));
        QCOMPARE(both.proxy.http, std::string("m"));
    }
};
ESCALE_TEST(RegistrySettingsTest)

#include "registry_settings_test.moc"
