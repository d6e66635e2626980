#include "gui/stacks/log_merge.h"

#include <algorithm>
#include <utility>

namespace escale::gui {

int serviceColor(int number) {
    static constexpr int kColors[] = {33, 35, 135, 172, 168, 71, 37, 142};
    return kColors[number % 8];
}

void LogMerge::setSource(const QString& container, const QString& name, quint8 source, int color) {
    m_sources.insert(container, {name, source, color});
    m_widest = std::max(m_widest, name.size());
}

void LogMerge::add(const QString& container, const QList<LogLine>& lines) {
    const Source source = m_sources.value(container);
    const QString before =
        QStringLiteral("\x1b[38;5;%1m%2 │\x1b[0m ").arg(source.color).arg(source.name, -m_widest);
    for (LogLine line : lines) {
        line.text.prepend(before);
        line.source = source.source;
        m_lines.append(line);
    }
}

QList<LogLine> LogMerge::take() {
    QList<LogLine> lines = std::exchange(m_lines, {});
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LogLine& a, const LogLine& b) { return a.time < b.time; });
    return lines;
}

void LogMerge::clear() {
    m_sources.clear();
    m_lines.clear();
    m_widest = 0;
}

} // namespace escale::gui
