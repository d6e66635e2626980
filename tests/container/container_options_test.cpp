#include "engine/container/container_options.h"

#include "tests/support/test_registry.h"

#include <csignal>
#include <limits>

using namespace escale;

class ContainerOptionsTest : public QObject {
    Q_OBJECT

    static ContainerOptions valid() {
        ContainerOptions options;
        options.name = "web";
        options.image = "demo:latest";
        return options;
    }
    static ErrorCode codeOf(const Result<void>& result) {
        return result ? ErrorCode::Internal : result.error().code;
    }

private Q_SLOTS:
    void acceptsTheDefaults() { VERIFY_RESULT(checkOptions(valid(), {2, 0})); }

    void refusesValues_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("says");
        QTest::newRow("name") << 0 << "name";
        QTest::newRow("no image") << 1 << "image";
        QTest::newRow("empty program") << 2 << "empty";
        QTest::newRow("NUL in command") << 3 << "NUL";
        QTest::newRow("variable without =") << 4 << "NAME=value";
        QTest::newRow("variable without name") << 5 << "NAME=value";
        QTest::newRow("little memory") << 6 << "6 MiB";
        QTest::newRow("more processors than there are") << 7 << "between 0.01 and 2";
        QTest::newRow("negative processors") << 8 << "between 0.01 and 2";
        QTest::newRow("no number of processors") << 9 << "between 0.01 and 2";
        QTest::newRow("too many processes") << 10 << "processes";
        QTest::newRow("unknown network") << 11 << "no network \"the moon\"";
        QTest::newRow("long grace") << 12 << "grace";
        QTest::newRow("long argument") << 13 << "128 KiB";
        QTest::newRow("long command") << 14 << "1 MiB";
        QTest::newRow("command too long for the list") << 15 << "64 KiB";
    }
    void refusesValues() {
        QFETCH(const int, which);
        QFETCH(const QString, says);
        ContainerOptions options = valid();
        switch (which) {
        case 0:
            options.name = "-x";
            break;
        case 1:
            options.image.clear();
            break;
        case 2:
            options.command = {"", "x"};
            break;
        case 3:
            options.command = {std::string("a\0b", 3)};
            break;
        case 4:
            options.environment = {"JUSTNAME"};
            break;
        case 5:
            options.environment = {"=value"};
            break;
        case 6:
            options.memoryBytes = (6u << 20) - 1;
            break;
        case 7:
            options.cpus = 2.5;
            break;
        case 8:
            options.cpus = -1;
            break;
        case 9:
            options.cpus = std::numeric_limits<double>::quiet_NaN();
            break;
        case 10:
            options.pidsLimit = 5'000'000;
            break;
        case 11:
            options.network = "the moon";
            break;
        case 12:
            options.stopTimeoutSeconds = 100'000;
            break;
        case 13:
            options.command = {std::string(200'000, 'x')};
            break;
        case 14:
            options.command = std::vector<std::string>(20, std::string(100'000, 'x'));
            break;
        case 15:
            options.command = {"sh", "-c", std::string(70'000, 'x')};
            break;
        default:
            break;
        }
        const auto result = checkOptions(options, {2, 0});
        QCOMPARE(codeOf(result), ErrorCode::InvalidArgument);
        QVERIFY2(QString::fromStdString(result.error().message).contains(says),
                 result.error().message.c_str());
    }

    void neverShowsAVariablesValue() {
        const auto result = checkEnvironment({"=secret"});
        QVERIFY(!result);
        QVERIFY(result.error().text().find("secret") == std::string::npos);
    }

    void keepsOptionsThroughJson() {
        ContainerOptions options = valid();
        options.command = {"sh", "-c", "echo \"é\""};
        options.environment = {"A=1", "B="};
        options.memoryBytes = 64u << 20;
        options.cpus = 1.5;
        options.pidsLimit = 7;
        options.stopTimeoutSeconds = 3;
        options.network = "none";
        options.removeWhenStopped = true;
        const auto again = optionsFromJson(*Json::parse(optionsToJson(options).dump()));
        VERIFY_RESULT(again);
        QCOMPARE(again->name, options.name);
        QCOMPARE(again->image, options.image);
        QCOMPARE(again->command, options.command);
        QCOMPARE(again->environment, options.environment);
        QCOMPARE(again->memoryBytes, options.memoryBytes);
        QCOMPARE(again->cpus, options.cpus);
        QCOMPARE(again->pidsLimit, options.pidsLimit);
        QCOMPARE(again->stopTimeoutSeconds, options.stopTimeoutSeconds);
        QCOMPARE(again->network, options.network);
        QCOMPARE(again->removeWhenStopped, options.removeWhenStopped);
    }
};

ESCALE_TEST(ContainerOptionsTest)
#include "container_options_test.moc"
