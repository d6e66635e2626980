#include "engine/build/lint/lint_configuration.h"

#include "tests/support/test_registry.h"

using namespace escale;

class LintConfigurationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsRead() {
        const auto settings =
            readLintConfiguration("failure-threshold: error\n"
                                  "format: tty\n"
                                  "ignored:\n  - DL3000\n  - SC1010\n"
                                  "label-schema:\n  author: text\n  created: rfc3339\n"
                                  "no-fail: true\n"
                                  "override:\n  error:\n    - DL3001\n  style: [DL3015]\n"
                                  "strict-labels: yes\n"
                                  "disable-ignore-pragma: true\n"
                                  "trustedRegistries:\n  - docker.io\n  - 'localhost:5000'\n");
        VERIFY_RESULT(settings);
        QVERIFY(settings->threshold == LintSeverity::Error);
        QCOMPARE(settings->ignored.size(), std::size_t(2));
        QVERIFY(settings->labels.at("created") == LabelKind::Rfc3339);
        QVERIFY(settings->neverFails && settings->strictLabels && settings->ignoresPragmas);
        QVERIFY(settings->severities.at("DL3001") == LintSeverity::Error);
        QVERIFY(settings->severities.at("DL3015") == LintSeverity::Style);
        QCOMPARE(settings->trustedRegistries.at(1), std::string("localhost:5000"));
    }
    void anEmptyFileChangesNothing() {
        const auto settings = readLintConfiguration("");
        VERIFY_RESULT(settings);
        QVERIFY(settings->ignored.empty());
        QVERIFY(settings->threshold == LintSeverity::Info);
        VERIFY_RESULT(readLintConfiguration("ignored:\noverride:\n"));
    }
    void oneRegistryNeedsNoList() {
        QCOMPARE(readLintConfiguration("trustedRegistries: quay.io").value().trustedRegistries,
                 std::vector<std::string>{"quay.io"});
    }

    void isRefused_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("part");
        const auto add = [](const char* yaml, const char* part) {
            QTest::newRow(yaml) << QString::fromUtf8(yaml) << QString::fromUtf8(part);
        };
        add("ignored: [", "line 1");
        add("- a", "keys and values");
        add("ignored: {a: b}", "\"ignored\"");
        add("ignored: [[a]]", "\"ignored\"");
        add("no-fail: perhaps", "\"no-fail\"");
        add("override: [a]", "\"override\"");
        add("override: {grave: [a]}", "\"grave\"");
        add("failure-threshold: grave", "\"grave\"");
        add("label-schema: {a: number}", "\"number\"");
        add("label-schema: x", "\"label-schema\"");
    }
    void isRefused() {
        QFETCH(QString, yaml);
        QFETCH(QString, part);
        const auto settings = readLintConfiguration(yaml.toStdString());
        QVERIFY(!settings);
        QVERIFY(settings.error().code == ErrorCode::InvalidArgument);
        QVERIFY2(QString::fromStdString(settings.error().message).contains(part),
                 settings.error().message.c_str());
    }
};
ESCALE_TEST(LintConfigurationTest)

#include "lint_configuration_test.moc"
