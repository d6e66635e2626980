#include "engine/base/making.h"

#include <ctime>

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

MadeNow::MadeNow() {
    if (Making::s_current != nullptr)
        m_begin = monotonicNanoseconds();
}

void MadeNow::done(const char* operation, const std::vector<std::pair<const char*, std::string>>& details) {
    Making* const making = Making::s_current;
    if (making == nullptr || m_begin == 0)
        return;
    MadeStep step{making->m_by, operation, {}, m_begin, monotonicNanoseconds() - m_begin};
    for (const auto& [key, value] : details) {
        if (!value.empty())
            step.details.emplace_back(key, value);
    }
    making->m_steps.push_back(std::move(step));
}

} // namespace escale
