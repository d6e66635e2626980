// Steps are done in parallel, each after those that it waits for; what fails takes its followers along.
#include "engine/stack/run_plan.h"
#include "tests/support/test_registry.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>

using namespace escale;

namespace {

StackPlan planOf(const std::vector<std::vector<std::size_t>>& after) {
    StackPlan plan;
    for (const auto& numbers : after) {
        StackStep step;
        step.after = numbers;
        plan.steps.push_back(step);
    }
    return plan;
}

/// Until so many have come.
class Meeting {
public:
    explicit Meeting(unsigned count)
        : m_missing(count) {}
    void come() {
        std::unique_lock lock(m_mutex);
        if (--m_missing == 0)
            m_all.notify_all();
        m_all.wait(lock, [this] { return m_missing == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_all;
    unsigned m_missing;
};

struct Told {
    std::mutex mutex;
    std::map<std::size_t, std::vector<StepState>> states;
    StepTold teller() {
        return [this](std::size_t step, StepState state, const Error*) {
            const std::lock_guard lock(mutex);
            states[step].push_back(state);
        };
    }
    StepState last(std::size_t step) { return states.at(step).back(); }
};

} // namespace

class RunPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesNothingOfAnEmptyPlan() {
        const Cancellation cancellation;
        QVERIFY(runPlan({}, 4, {}, {}, cancellation));
    }

    void doesAsManyAtATimeAsItMay() {
        const Cancellation cancellation;
        Meeting meeting(4); // four steps that wait for each other end only when all of them run
        Told told;
        QVERIFY(runPlan(
            planOf({{}, {}, {}, {}}), 4,
            [&](std::size_t, const Cancellation&) -> Result<void> {
                meeting.come();
                return {};
            },
            told.teller(), cancellation));
        QCOMPARE(told.states.at(0), (std::vector{StepState::Running, StepState::Done}));
    }

    void neverMoreThanItMay() {
        const Cancellation cancellation;
        std::atomic<int> running = 0;
        std::atomic<int> most = 0;
        Told told;
        QVERIFY(runPlan(
            planOf(std::vector<std::vector<std::size_t>>(50)), 3,
            [&](std::size_t, const Cancellation&) -> Result<void> {
                const int now = ++running;
                int before = most;
                while (now > before && !most.compare_exchange_weak(before, now)) {
                }
                --running;
                return {};
            },
            told.teller(), cancellation));
        QVERIFY(most <= 3);
    }

    void whoWaitsKeepsNobodyFromWorking() {
        StackPlan plan = planOf({{}, {}, {}});
        plan.steps[0].kind = plan.steps[1].kind = StackStep::Kind::Wait;
        Meeting meeting(3);
        const Cancellation cancellation;
        Told told;
        QVERIFY(runPlan(
            plan, 1,
            [&](std::size_t, const Cancellation&) -> Result<void> {
                meeting.come();
                return {};
            },
            told.teller(), cancellation));
    }

    void whatWaitsForAFailureIsNotBegun() {
        //   0 fails ← 1 ← 2      3 ← 4
        const Cancellation cancellation;
        Told told;
        const auto outcome = runPlan(
            planOf({{}, {0}, {1}, {}, {3}}), 2,
            [](std::size_t step, const Cancellation&) -> Result<void> {
                if (step == 0)
                    return fail(ErrorCode::InUse, "the port is taken");
                return {};
            },
            told.teller(), cancellation);
        QCOMPARE(outcome.error().message, std::string("the port is taken"));
        QCOMPARE(told.last(0), StepState::Failed);
        QCOMPARE(told.states.at(1), std::vector{StepState::Skipped});
        QCOMPARE(told.states.at(2), std::vector{StepState::Skipped});
        QCOMPARE(told.last(4), StepState::Done);
    }

    void allFailuresAreTold() {
        const Cancellation cancellation;
        Told told;
        const auto outcome = runPlan(
            planOf({{}, {}}), 1,
            [](std::size_t step, const Cancellation&) -> Result<void> {
                return fail(ErrorCode::InUse, "failure " + std::to_string(step));
            },
            told.teller(), cancellation);
        QCOMPARE(outcome.error().message, std::string("failure 0"));
        QCOMPARE(outcome.error().causes, std::vector<std::string>{"failure 1"});
    }

    void whatIsNotRequiredStopsNobody() {
        // A wait that is not required, for a start that fails: who waits for that wait goes on.
        StackPlan plan = planOf({{}, {0}, {1}, {}, {3}});
        plan.steps[1].required = plan.steps[3].required = false;
        const Cancellation cancellation;
        Told told;
        const auto outcome = runPlan(
            plan, 1,
            [](std::size_t step, const Cancellation&) -> Result<void> {
                if (step == 0 || step == 3)
                    return fail(ErrorCode::InUse, "failure " + std::to_string(step));
                return {};
            },
            told.teller(), cancellation);
        QCOMPARE(outcome.error().message, std::string("failure 0"));
        QVERIFY(outcome.error().causes.empty());
        QCOMPARE(told.last(1), StepState::Skipped);
        QCOMPARE(told.last(2), StepState::Done);
        QCOMPARE(told.last(4), StepState::Done);
    }

    void aCancellationBeginsNothingMore() {
        Cancellation cancellation;
        Told told;
        const auto outcome = runPlan(
            planOf({{}, {0}, {}}), 1,
            [&](std::size_t, const Cancellation& seen) -> Result<void> {
                cancellation.cancel();
                return seen.check();
            },
            told.teller(), cancellation);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QCOMPARE(told.last(0), StepState::Failed);
        QCOMPARE(told.states.at(2), std::vector{StepState::Skipped});
    }

    // Any graph, any failures: each step is done once, after all that it waits for, and exactly those are not
    // done that hang on a failure.
    void anyGraphEnds() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            StackPlan plan;
            const std::size_t count = 1 + random() % 40;
            for (std::size_t i = 0; i < count; ++i) {
                StackStep step;
                for (std::size_t other = 0; other < i; ++other)
                    if (random() % 6 == 0)
                        step.after.push_back(other);
                step.required = random() % 4 != 0;
                if (random() % 5 == 0)
                    step.kind = StackStep::Kind::Wait;
                plan.steps.push_back(step);
            }
            std::vector<bool> fails(count);
            for (std::size_t i = 0; i < count; ++i)
                fails[i] = random() % 8 == 0;
            std::vector<bool> begins(count);
            for (std::size_t i = 0; i < count; ++i) {
                const auto& after = plan.steps[i].after;
                begins[i] = std::all_of(after.begin(), after.end(), [&](std::size_t other) {
                    return !plan.steps[other].required || (begins[other] && !fails[other]);
                });
            }
            std::mutex mutex;
            std::vector<int> done(count, 0);
            std::vector<bool> ended(count, false);
            bool isInOrder = true;
            const Cancellation cancellation;
            Told told;
            (void)runPlan(
                plan, 1 + random() % 8,
                [&](std::size_t step, const Cancellation&) -> Result<void> {
                    const std::lock_guard lock(mutex);
                    ++done[step];
                    for (const std::size_t other : plan.steps[step].after)
                        isInOrder = isInOrder && (ended[other] || !begins[other]);
                    ended[step] = true;
                    if (fails[step])
                        return fail(ErrorCode::InUse, "no");
                    return {};
                },
                told.teller(), cancellation);
            QVERIFY(isInOrder);
            for (std::size_t i = 0; i < count; ++i) {
                QCOMPARE(done[i], begins[i] ? 1 : 0);
                QCOMPARE(told.last(i), !begins[i] ? StepState::Skipped
                                       : fails[i] ? StepState::Failed
                                                  : StepState::Done);
            }
        }
    }
};

ESCALE_TEST(RunPlanTest)
#include "run_plan_test.moc"
