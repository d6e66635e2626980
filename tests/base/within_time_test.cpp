#include "engine/base/within_time.h"

#include "tests/support/test_registry.h"

using namespace escale;

class WithinTimeTest : public QObject {
    Q_OBJECT
private:
    static constexpr uid_t kAlice = 1000;
    static constexpr uid_t kBob = 1001;

    static Result<int> seven(uid_t user) {
        return withinTime<int>(std::chrono::seconds(10), user, "seven", [] { return Result<int>(7); });
    }

private Q_SLOTS:
    void answersWithWhatWasDone() { QCOMPARE(seven(kAlice).value_or(0), 7); }
    void whoeverLeavesTooMuchBehindHindersNobodyElse() {
        std::promise<void> server;
        const std::shared_future<void> answers = server.get_future().share();
        for (int i = 0; i < LeftBehind::kMost; ++i) {
            const auto dead = withinTime<int>(std::chrono::milliseconds(0), kAlice, "a dead server",
                                              [answers]() -> Result<int> {
                                                  answers.wait();
                                                  return 0;
                                              });
            QCOMPARE(dead.error().code, ErrorCode::Timeout);
        }
        QCOMPARE(seven(kAlice).error().code, ErrorCode::InUse);
        QCOMPARE(seven(kBob).value_or(0), 7);
        server.set_value();
        QTRY_COMPARE(LeftBehind::all().of(kAlice), 0);
        QCOMPARE(seven(kAlice).value_or(0), 7);
    }
};

ESCALE_TEST(WithinTimeTest)
#include "within_time_test.moc"
