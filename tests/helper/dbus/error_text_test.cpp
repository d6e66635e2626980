#include "helper/dbus/error_text.h"
#include "tests/support/test_registry.h"

using namespace escale;

class ErrorTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheCode() {
        QCOMPARE(dbus::errorText({ErrorCode::NotFound, "x", {}, {}}).name,
                 QStringLiteral("org.escale.Error.NotFound"));
        QCOMPARE(dbus::errorText({ErrorCode::AuthorizationNeeded, "x", {}, {}}).name,
                 QStringLiteral("org.escale.Error.AuthorizationNeeded"));
    }
    void tellsTheCausesInTheMessage() {
        const auto text =
            dbus::errorText({ErrorCode::SystemFailure, "cannot start", {}, {"cannot unmount /a"}});
        QCOMPARE(text.message, QStringLiteral("cannot start; cannot unmount /a"));
        QCOMPARE(text.text(), text.message);
    }
    void separatesMessageAndHintByOneLineFeed() {
        const auto text =
            dbus::errorText({ErrorCode::Untrusted, "bad\nlayer\r\n", "pull\nagain", {"one\ntwo"}});
        QCOMPARE(text.text(), QStringLiteral("bad layer ; one two\npull again"));
    }
    void survivesWhatIsNoText() {
        const auto text = dbus::errorText({ErrorCode::RemoteFailure, std::string("a\xff\0b", 4), {}, {}});
        QVERIFY(!text.message.contains(QChar::Null));
        QVERIFY(text.message.startsWith(QLatin1Char('a')));
    }
};
ESCALE_TEST(ErrorTextTest)

#include "error_text_test.moc"
