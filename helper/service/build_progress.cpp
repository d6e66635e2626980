#include "helper/service/build_progress.h"

#include <algorithm>

namespace escale {
namespace {

constexpr qsizetype kMostTold = 200;
constexpr std::size_t kLongestText = 200;

} // namespace

BuildProgress::Step BuildProgress::begin(const std::string& text, const QString& phase) {
    const std::lock_guard lock(m_mutex);
    while (m_steps.size() >= kMostTold)
        m_steps.removeFirst();
    m_steps.append({++m_last, {QString::fromStdString(text.substr(0, kLongestText)), phase, 0, 0}});
    report();
    return {*this, m_last};
}

BuildProgress::Told* BuildProgress::find(quint64 number) {
    const auto told = std::find_if(m_steps.begin(), m_steps.end(),
                                   [number](const Told& each) { return each.number == number; });
    return told == m_steps.end() ? nullptr : &*told;
}

void BuildProgress::moved(quint64 number, quint64 done, quint64 total) {
    const std::lock_guard lock(m_mutex);
    if (Told* told = find(number); told != nullptr) {
        told->step.done = done;
        told->step.total = total;
        report();
    }
}

void BuildProgress::end(quint64 number) {
    const std::lock_guard lock(m_mutex);
    if (Told* told = find(number); told != nullptr) {
        told->step.phase = QStringLiteral("done");
        report();
    }
}

void BuildProgress::report() {
    JobProgress::Report report;
    for (const Told& told : m_steps) {
        report.steps.append(told.step);
        report.done += told.step.done;
        report.total += told.step.total;
    }
    m_job.report(std::move(report));
}

} // namespace escale
