#include "engine/image/image_config.h"
#include "tests/image/sample_documents.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using escale::test::edited;
using escale::test::sample;

class ImageConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEverySetting() {
        const auto parsed = parseImageConfig(sample("config.json"), 2);
        VERIFY_RESULT(parsed);
        const ImageConfig& settings = parsed->settings;
        QCOMPARE(settings.os, std::string("linux"));
        QCOMPARE(settings.architecture, std::string("amd64"));
        QCOMPARE(settings.user, std::string("www-data:33"));
        QCOMPARE(settings.workingDir, std::string("/srv"));
        QCOMPARE(settings.stopSignal, std::string("SIGQUIT"));
        QCOMPARE(settings.entrypoint, (std::vector<std::string>{"/bin/server", "--port"}));
        QCOMPARE(settings.command, std::vector<std::string>{"8080"});
        QCOMPARE(settings.environment,
                 (std::vector<std::string>{"PATH=/usr/local/bin:/usr/bin:/bin", "EMPTY="}));
        QCOMPARE(settings.exposedPorts, (std::vector<std::string>{"8080/tcp", "53/udp"}));
        QCOMPARE(settings.labels.size(), 2u);
        QCOMPARE(settings.created, std::int64_t{1706929506789}); // 03:05:06.789 UTC
        QCOMPARE(parsed->diffIds.size(), 2u);
    }
    void takesAConfigurationWithoutSettings() {
        const auto parsed = parseImageConfig(sample("config_minimal.json"), 1);
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->settings.created, std::int64_t{0});
    }
    void refusesOtherSystems() {
        const auto parsed = parseImageConfig(edited(sample("config.json"), "\"linux\"", "\"windows\""), 2);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::Unsupported);
        QVERIFY(parsed.error().message.find("windows") != std::string::npos);
    }
    void refusesOtherArchitecturesByName() {
        const auto parsed = parseImageConfig(sample("config.json"), 2).value();
        VERIFY_RESULT(checkPlatform(parsed.settings, Platform::parse("linux/amd64").value()));
        const auto checked = checkPlatform(parsed.settings, Platform::parse("linux/arm64").value());
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::Unsupported);
        QCOMPARE(checked.error().message,
                 std::string("the image is made for linux/amd64, not for linux/arm64"));
    }
    void refusesLies_data() {
        QTest::addColumn<QByteArray>("text");
        const std::string good = sample("config.json");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        row("empty", "");
        row("a list", "[]");
        row("cut", good.substr(0, good.size() - 40));
        row("no os", edited(good, "\"os\"", "\"so\""));
        row("no architecture", edited(good, "\"architecture\"", "\"x\""));
        row("architecture is no name", edited(good, "\"amd64\"", "\"a/../b\""));
        row("no rootfs", edited(good, "\"rootfs\"", "\"x\""));
        row("rootfs of another type", edited(good, "\"layers\"", "\"files\""));
        row("malformed diff id", edited(good, "sha256:", "sha256:x"));
        row("diff id as number", edited(good, "\"diff_ids\": [", "\"diff_ids\": [3, "));
        row("one layer more",
            edited(good, "\"diff_ids\": [", "\"diff_ids\": [\"sha256:" + std::string(64, 'c') + "\","));
        row("config as text", edited(good, "\"config\": {", "\"config\": \"x\", \"c\": {"));
        row("NUL in a path", edited(good, "\"/srv\"", "\"/srv\\u0000x\""));
        row("NUL in a variable", edited(good, "EMPTY=", "EMPTY=\\u0000"));
        row("variable without a name", edited(good, "EMPTY=", "=x"));
        row("variable without a value", edited(good, "EMPTY=", "EMPTY"));
        row("command as text", edited(good, "\"Cmd\": [", "\"Cmd\": \"sh\", \"x\": ["));
        row("command with a number", edited(good, "\"Cmd\": [", "\"Cmd\": [1, "));
        row("user as number", edited(good, "\"www-data:33\"", "33"));
        row("port out of range", edited(good, "8080/tcp", "80800/tcp"));
        row("port as text", edited(good, "8080/tcp", "http"));
        row("unknown protocol", edited(good, "8080/tcp", "8080/x"));
        row("ports as list", edited(good, "\"ExposedPorts\": {", "\"ExposedPorts\": [], \"x\": {"));
        row("label as number", edited(good, "\"zwei\"", "2"));
        row("a giant variable", edited(good, "EMPTY=", "EMPTY=" + std::string(200'000, 'x')));
        row("longer than 4 MiB", good + std::string(kLongestImageConfig, ' '));
    }
    void refusesLies() {
        QFETCH(QByteArray, text);
        const auto parsed = parseImageConfig(text.toStdString(), 2);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::Untrusted);
    }
};
ESCALE_TEST(ImageConfigTest)

#include "image_config_test.moc"
