#include "engine/base/making.h"

#include <algorithm>
#include <ctime>
#include <iterator>

namespace escale {

thread_local Making* Making::s_current = nullptr;

std::int64_t monotonicNanoseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{1'000'000'000} * now.tv_sec + now.tv_nsec;
}

Making::Making(MadeBy by)
    : m_by(by)
    , m_outer(std::exchange(s_current, this)) {}

Making::~Making() {
    s_current = m_outer;
}

void Making::add(MadeSteps steps) {
    if (s_current != nullptr)
        std::move(steps.begin(), steps.end(), std::back_inserter(s_current->m_steps));
}

void Making::reuse(const char* operation, Details details) {
    if (s_current == nullptr)
        return;
    details.emplace_back("reused", "yes");
    tell(operation, details, monotonicNanoseconds(), -1);
}

void Making::tell(const char* operation, const Details& details, std::int64_t begin, std::int64_t duration) {
    if (s_current == nullptr)
        return;
    MadeStep step{s_current->m_by, operation, {}, begin, duration};
    for (const auto& [key, value] : details) {
        if (!value.empty())
            step.details.emplace_back(key, value);
    }
    s_current->m_steps.push_back(std::move(step));
}

MadeNow::MadeNow() {
    if (Making::s_current != nullptr)
        m_begin = monotonicNanoseconds();
}

void MadeNow::done(const char* operation, const Making::Details& details) {
    if (m_begin != 0)
        Making::tell(operation, details, m_begin, monotonicNanoseconds() - m_begin);
}

} // namespace escale
