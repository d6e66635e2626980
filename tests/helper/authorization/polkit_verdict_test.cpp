#include "helper/authorization/polkit.h"
#include "tests/support/test_registry.h"

using namespace escale;

class PolkitVerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allows() { VERIFY_RESULT(polkitVerdict(true, false, {}, Action::Manage)); }
    void tellsThreeRefusalsApart_data() {
        QTest::addColumn<bool>("challenge");
        QTest::addColumn<bool>("dismissed");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("not allowed") << false << false << ErrorCode::PermissionDenied;
        QTest::newRow("an administrator could") << true << false << ErrorCode::AuthorizationNeeded;
        QTest::newRow("dialog closed") << false << true << ErrorCode::Cancelled;
        QTest::newRow("dialog closed, could be tried again") << true << true << ErrorCode::Cancelled;
    }
    void tellsThreeRefusalsApart() {
        QFETCH(bool, challenge);
        QFETCH(bool, dismissed);
        QFETCH(ErrorCode, code);
        QMap<QString, QString> details;
        if (dismissed)
            details.insert(QStringLiteral("polkit.dismissed"), QStringLiteral("true"));
        const auto verdict = polkitVerdict(false, challenge, details, Action::Manage);
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().code, code);
        QVERIFY(verdict.error().message.find("org.escale.engine.manage") != std::string::npos);
    }
};
ESCALE_TEST(PolkitVerdictTest)

#include "polkit_verdict_test.moc"
