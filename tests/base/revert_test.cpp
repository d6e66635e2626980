#include "engine/base/revert.h"
#include "tests/support/test_registry.h"

using namespace escale;

class RevertTest : public QObject {
    Q_OBJECT
    std::string m_done;
    Revert::Step step(char name) {
        return [this, name]() -> Result<void> {
            m_done += name;
            return {};
        };
    }

private Q_SLOTS:
    void init() { m_done.clear(); }

    void undoesInReverseOrderWhenItIsLeft() {
        {
            Revert revert;
            revert.add(step('a'));
            revert.add(step('b'));
        }
        QCOMPARE(m_done, std::string("ba"));
    }
    void undoesNothingAfterCommit() {
        {
            Revert revert;
            revert.add(step('a'));
            revert.commit();
        }
        QCOMPARE(m_done, std::string());
    }
    void addsFailedUndosToTheErrorAndGoesOn() {
        Revert revert;
        revert.add(step('a'));
        revert.add([]() -> Result<void> { return fail(ErrorCode::InUse, "still busy"); });
        revert.add(step('c'));
        const Error error = revert.undo(Error{ErrorCode::NoSpace, "no space", {}, {}});
        QCOMPARE(m_done, std::string("ca"));
        QCOMPARE(error.code, ErrorCode::NoSpace);
        QCOMPARE(error.causes, std::vector<std::string>{"still busy"});
    }
    void undoesOnce() {
        Revert revert;
        revert.add(step('a'));
        (void)revert.undo({});
        (void)revert.undo({});
        QCOMPARE(m_done, std::string("a"));
    }
};
ESCALE_TEST(RevertTest)

#include "revert_test.moc"
