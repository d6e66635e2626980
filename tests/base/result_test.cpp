#include "engine/base/result.h"
#include "tests/support/test_registry.h"

#include <memory>

using namespace escale;

namespace {

Result<int> half(int value) {
    if (value % 2 != 0)
        return fail(ErrorCode::InvalidArgument, "odd");
    return value / 2;
}

Result<void> checkHalf(int value) {
    TRY(half(value));
    return {};
}

Result<int> quarter(int value) {
    TRY_ASSIGN(const int first, half(value));
    TRY_ASSIGN(const int second, half(first));
    return second;
}

Result<std::unique_ptr<int>> boxed(int value) {
    TRY_ASSIGN(const int number, half(value));
    return std::make_unique<int>(number);
}

} // namespace

class ResultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tryPassesErrorsOn() {
        QVERIFY(checkHalf(2));
        QCOMPARE(checkHalf(3).error().code, ErrorCode::InvalidArgument);
    }
    void tryAssignTakesTheValueOrPassesTheErrorOn() {
        QCOMPARE(*quarter(8), 2);
        QCOMPARE(quarter(6).error().message, std::string("odd"));
    }
    void tryAssignMovesWhatCannotBeCopied() {
        std::unique_ptr<int> kept;
        const auto take = [&kept](int value) -> Result<void> {
            TRY_ASSIGN(kept, boxed(value));
            return {};
        };
        QVERIFY(take(4));
        QCOMPARE(*kept, 2);
        QVERIFY(!take(5));
        QCOMPARE(*kept, 2);
    }
    void failErrnoTellsErrno() {
        errno = ENOENT;
        const Result<void> result = failErrno("cannot open x");
        QCOMPARE(result.error().code, ErrorCode::NotFound);
    }
};
ESCALE_TEST(ResultTest)

#include "result_test.moc"
