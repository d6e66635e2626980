#include "engine/base/error.h"
#include "tests/support/test_registry.h"

#include <cerrno>

using namespace escale;

class ErrorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesEachCodeAndFindsItAgain() {
        for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
            const auto code = static_cast<ErrorCode>(i);
            QVERIFY(!errorName(code).empty());
            QCOMPARE(errorCodeFromString(errorName(code)), code);
        }
        QCOMPARE(errorName(ErrorCode::AuthenticationNeeded), std::string_view("AuthenticationNeeded"));
        QCOMPARE(errorCodeFromString("no such name"), ErrorCode::Internal);
    }
    void takesTheCodeFromErrno_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, int number, ErrorCode code) {
            QTest::newRow(name) << number << static_cast<int>(code);
        };
        row("ENOENT", ENOENT, ErrorCode::NotFound);
        row("EEXIST", EEXIST, ErrorCode::AlreadyExists);
        row("EBUSY", EBUSY, ErrorCode::InUse);
        row("EACCES", EACCES, ErrorCode::PermissionDenied);
        row("ENOSPC", ENOSPC, ErrorCode::NoSpace);
        row("EDQUOT", EDQUOT, ErrorCode::NoSpace);
        row("ENOSYS", ENOSYS, ErrorCode::Unsupported);
        row("EIO", EIO, ErrorCode::SystemFailure);
    }
    void takesTheCodeFromErrno() {
        QFETCH(int, number);
        QFETCH(int, code);
        const Error error = systemError(number, "cannot do it");
        QCOMPARE(error.code, static_cast<ErrorCode>(code));
        QVERIFY(error.message.starts_with("cannot do it: "));
    }
    void saysMessageCausesAndHint() {
        Error error = Error{ErrorCode::NotFound, "no x", {}, {}}.withHint("Make one.");
        Error cause{ErrorCode::Internal, "undo failed", {}, {"because"}};
        error.addCause(cause);
        QCOMPARE(std::move(error).prefixed("start").text(),
                 std::string("start: no x; undo failed; because (Make one.)"));
    }
};
ESCALE_TEST(ErrorTest)

#include "error_test.moc"
