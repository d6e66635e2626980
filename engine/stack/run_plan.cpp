#include "engine/stack/run_plan.h"

#include "engine/base/thread.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace escale {
namespace {

/// It waits for somebody else: that costs nothing, and must keep nobody from working.
bool isWaiting(const StackStep& step) {
    return step.kind == StackStep::Kind::Wait || step.kind == StackStep::Kind::WaitReady;
}

/// The calling thread hands out steps; each is done on a thread of its own.
class PlanRun {
public:
    PlanRun(const StackPlan& plan, unsigned threads, const DoStep& doStep, const StepTold& told,
            const Cancellation& cancellation)
        : m_plan(plan)
        , m_limit(std::max(threads, 1U))
        , m_doStep(doStep)
        , m_told(told)
        , m_cancellation(cancellation)
        , m_states(plan.steps.size(), StepState::Waiting)
        , m_missing(plan.steps.size(), 0)
        , m_followers(plan.steps.size()) {
        for (std::size_t i = 0; i < plan.steps.size(); ++i) {
            m_missing[i] = plan.steps[i].after.size();
            for (const std::size_t before : plan.steps[i].after)
                m_followers.at(before).push_back(i);
            if (m_missing[i] == 0)
                makeReady(i);
        }
    }

    Result<void> run() {
        std::unique_lock lock(m_mutex);
        for (;;) {
            while (const auto next = nextReady())
                begin(*next, lock);
            if (m_running == 0 && m_endings.empty())
                break; // what is ready now is so because of a cancellation
            m_ended.wait(lock, [this] { return !m_endings.empty(); });
            while (!m_endings.empty()) {
                auto [step, outcome] = std::move(m_endings.front());
                m_endings.pop_front();
                end(step, std::move(outcome), lock);
            }
        }
        lock.unlock();
        return summary();
    }

private:
    struct Ending {
        std::size_t step;
        Result<void> outcome;
    };

    void makeReady(std::size_t step) { (isWaiting(m_plan.steps[step]) ? m_waits : m_works).insert(step); }

    std::optional<std::size_t> nextReady() {
        if (m_cancellation.isCancelled())
            return std::nullopt;
        if (!m_waits.empty())
            return take(m_waits);
        if (!m_works.empty() && m_working < m_limit)
            return take(m_works);
        return std::nullopt;
    }
    static std::size_t take(std::set<std::size_t>& steps) {
        return steps.extract(steps.begin()).value(); // the plan's order
    }

    void begin(std::size_t step, std::unique_lock<std::mutex>& lock) {
        ++m_running;
        if (!isWaiting(m_plan.steps[step]))
            ++m_working;
        m_states[step] = StepState::Running;
        lock.unlock();
        const auto work = [this, step] {
            m_told(step, StepState::Running, nullptr);
            auto outcome = m_doStep(step, m_cancellation);
            const std::lock_guard guard(m_mutex);
            m_endings.push_back({step, std::move(outcome)});
            m_ended.notify_one();
        };
        if (auto thread = startThread(work))
            m_threads.emplace(step, *std::move(thread));
        else
            work(); // no room for one more: here
        lock.lock();
    }

    void end(std::size_t step, Result<void> outcome, std::unique_lock<std::mutex>& lock) {
        --m_running;
        if (!isWaiting(m_plan.steps[step]))
            --m_working;
        if (auto thread = m_threads.extract(step)) {
            lock.unlock();
            thread.mapped().join();
            lock.lock();
        }
        if (outcome) {
            settle(step, StepState::Done, nullptr, lock);
            return;
        }
        const Error error = std::move(outcome).error();
        if (error.code != ErrorCode::Cancelled && m_plan.steps[step].required)
            m_failures.push_back(error);
        settle(step, StepState::Failed, &error, lock);
    }

    /// Whoever waited for it goes on, or is skipped with all that waits for that.
    void settle(std::size_t first, StepState state, const Error* error, std::unique_lock<std::mutex>& lock) {
        m_states[first] = state;
        lock.unlock();
        m_told(first, state, error);
        lock.lock();
        std::deque<std::size_t> settled{first};
        while (!settled.empty()) {
            const std::size_t step = settled.front();
            settled.pop_front();
            const bool blocks = m_states[step] != StepState::Done && m_plan.steps[step].required;
            for (const std::size_t follower : m_followers[step]) {
                --m_missing[follower];
                if (blocks)
                    m_blocked.insert(follower);
                if (m_missing[follower] != 0)
                    continue;
                if (!m_blocked.contains(follower)) {
                    makeReady(follower);
                    continue;
                }
                m_states[follower] = StepState::Skipped;
                lock.unlock();
                m_told(follower, StepState::Skipped, nullptr);
                lock.lock();
                settled.push_back(follower);
            }
        }
    }

    Result<void> summary() {
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            if (m_states[i] == StepState::Waiting)
                m_told(i, StepState::Skipped, nullptr);
        }
        auto outcome = m_cancellation.check();
        for (auto& failure : m_failures) {
            if (outcome)
                outcome = fail(std::move(failure));
            else
                outcome.error().addCause(failure);
        }
        return outcome;
    }

    const StackPlan& m_plan;
    const unsigned m_limit;
    const DoStep& m_doStep;
    const StepTold& m_told;
    const Cancellation& m_cancellation;

    std::mutex m_mutex; // guards what follows, but m_threads, which is the calling thread's
    std::condition_variable m_ended;
    std::vector<StepState> m_states;
    std::vector<std::size_t> m_missing; // how many of those that it waits for have not ended
    std::vector<std::vector<std::size_t>> m_followers;
    std::set<std::size_t> m_waits, m_works; // that can begin
    std::set<std::size_t> m_blocked;
    std::deque<Ending> m_endings; // not yet settled
    std::vector<Error> m_failures;
    std::size_t m_running = 0, m_working = 0;
    std::map<std::size_t, std::thread> m_threads;
};

} // namespace

Result<void> runPlan(const StackPlan& plan, unsigned threads, const DoStep& doStep, const StepTold& told,
                     const Cancellation& cancellation) {
    return PlanRun(plan, threads, doStep, told, cancellation).run();
}

} // namespace escale
