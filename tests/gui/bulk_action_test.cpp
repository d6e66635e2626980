#include "gui/containers/bulk_action.h"

#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

class BulkActionTest : public QObject {
    Q_OBJECT

    static QList<BulkTarget> targets(int count) {
        QList<BulkTarget> made;
        for (int i = 0; i < count; ++i)
            made.append({QString::number(i), QStringLiteral("c%1").arg(i)});
        return made;
    }

private Q_SLOTS:
    void everyFailureIsKeptAndToldOnce() {
        // Given five containers of which two fail, when the action is over,
        int told = 0;
        BulkOutcome outcome;
        BulkAction::run(
            targets(5), this,
            [](const BulkTarget& target, QObject*, const Answer<>& answer) {
                if (target.id.toInt() % 3 == 1)
                    answer(fail(ErrorCode::NotFound, "gone " + target.id.toStdString()));
                else
                    answer({});
            },
            [&](const BulkOutcome& all) {
                ++told;
                outcome = all;
            });
        // then both are in one error.
        QCOMPARE(told, 1);
        QCOMPARE(outcome.asked, 5);
        QCOMPARE(outcome.failures.size(), 2);
        QCOMPARE(idsOf(outcome.done),
                 (QStringList{QStringLiteral("0"), QStringLiteral("2"), QStringLiteral("3")}));
        QCOMPARE(outcome.error().message, std::string("c1: gone 1; c4: gone 4"));
        QCOMPARE(outcome.error().code, ErrorCode::NotFound);
    }

    void oneAloneKeepsItsOwnWords() {
        BulkOutcome outcome;
        BulkAction::run(
            targets(1), this,
            [](const BulkTarget&, QObject*, const Answer<>& answer) {
                answer(fail(ErrorCode::InUse, "it is in use", "Wait."));
            },
            [&](const BulkOutcome& all) { outcome = all; });
        QCOMPARE(outcome.error().message, std::string("it is in use"));
        QCOMPARE(outcome.error().hint, std::string("Wait."));
    }

    void onlyAFewAreAskedAtOnce() {
        // Given a hundred and an engine that takes its time, when nothing has been answered,
        QList<Answer<>> open;
        int most = 0, done = 0;
        BulkAction::run(
            targets(100), this,
            [&](const BulkTarget&, QObject*, const Answer<>& answer) {
                open.append(answer);
                most = std::max(most, static_cast<int>(open.size()));
            },
            [&](const BulkOutcome&) { ++done; });
        // then few calls are under way; and each answer brings the next.
        QCOMPARE(open.size(), 8);
        int answered = 0;
        while (!open.isEmpty()) {
            const Answer<> answer = open.takeFirst();
            answer({});
            ++answered;
        }
        QCOMPARE(answered, 100);
        QCOMPARE(most, 8);
        QCOMPARE(done, 1);
    }

    void aClosedPasswordQuestionEndsIt() {
        int asked = 0;
        BulkOutcome outcome;
        BulkAction::run(
            targets(20), this,
            [&](const BulkTarget&, QObject*, const Answer<>& answer) {
                ++asked;
                answer(fail(ErrorCode::Cancelled, "no"));
            },
            [&](const BulkOutcome& all) { outcome = all; });
        QCOMPARE(asked, 1);
        QVERIFY(outcome.cancelled);
        QVERIFY(outcome.failures.isEmpty());
    }
};

ESCALE_TEST(BulkActionTest)
#include "bulk_action_test.moc"
