#include "engine/image/platform.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class PlatformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsNamesOfGoAndOfTheKernel() {
        QCOMPARE(Platform::parse("linux/arm/v7").value().toString(), std::string("linux/arm/v7"));
        QCOMPARE(Platform::parse("arm64").value().toString(), std::string("linux/arm64"));
        QCOMPARE(Platform::parse("linux/x86_64").value().toString(), std::string("linux/amd64"));
        QCOMPARE(Platform::parse("aarch64").value().toString(), std::string("linux/arm64"));
        QCOMPARE(Platform::parse("armhf").value().toString(), std::string("linux/arm/v7"));
    }
    void refusesWhatIsNoPlatform() {
        for (const char* text : {"", "/", "linux/", "a/b/c/d", "linux/am d64", "linux/\xc3\xa9"})
            QVERIFY2(!Platform::parse(text), text);
    }
    void measuresHowWellAnImageFits_data() {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<int>("distance");
        QTest::newRow("same") << QByteArray("amd64") << QByteArray("amd64") << 0;
        QTest::newRow("plain is v1") << QByteArray("amd64") << QByteArray("amd64/v1") << 0;
        QTest::newRow("other architecture") << QByteArray("amd64") << QByteArray("arm64") << -1;
        QTest::newRow("other system") << QByteArray("amd64") << QByteArray("windows/amd64") << -1;
        QTest::newRow("too new") << QByteArray("amd64") << QByteArray("amd64/v3") << -1;
        QTest::newRow("older") << QByteArray("amd64/v3") << QByteArray("amd64") << 2;
        QTest::newRow("arm64 is v8") << QByteArray("arm64") << QByteArray("arm64/v8") << 0;
        QTest::newRow("v6 on v7") << QByteArray("arm/v7") << QByteArray("arm/v6") << 1;
        QTest::newRow("v7 on v6") << QByteArray("arm/v6") << QByteArray("arm/v7") << -1;
        QTest::newRow("plain arm is v7") << QByteArray("arm") << QByteArray("arm/v7") << 0;
        QTest::newRow("nonsense") << QByteArray("arm/v7") << QByteArray("arm/foo") << -1;
    }
    void measuresHowWellAnImageFits() {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, offered);
        QFETCH(int, distance);
        const auto parsed = [](const QByteArray& text) {
            const std::string written = text.toStdString();
            return Platform::parse(written.starts_with("windows") ? written : "linux/" + written).value();
        };
        QCOMPARE(parsed(wanted).distance(parsed(offered)), distance);
    }
    void knowsThisMachine() {
        const Platform here = Platform::ofThisMachine();
        QCOMPARE(here.os, std::string("linux"));
        QVERIFY(!here.architecture.empty());
        QVERIFY(here.architecture != "x86_64");
        QCOMPARE(here.distance(here), 0);
    }
};
ESCALE_TEST(PlatformTest)

#include "platform_test.moc"
