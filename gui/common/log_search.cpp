#include "gui/common/log_search.h"

#include "gui/common/log_store.h"

#include <QElapsedTimer>

#include <algorithm>

namespace escale::gui {

static constexpr int kSliceTime = 5;       // milliseconds: what is left of ten is for drawing
static constexpr int kLookAtClock = 16384; // bytes of text between two looks at the clock

LogSearch::LogSearch(const LogStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store) {
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &LogSearch::scanSlice);
}

void LogSearch::set(const LogPattern& pattern, LogStreams streams, bool chooses) {
    m_pattern = pattern;
    m_streams = streams;
    m_chooses = chooses;
    m_lines.clear();
    m_total = 0;
    m_next = m_store.begin();
    m_turn.stop();
    follow();
}

void LogSearch::hide(const LogSources& sources) {
    m_hidden = sources;
    restart();
}

void LogSearch::follow() {
    while (!m_lines.empty() && m_lines.front().line < m_store.begin())
        m_lines.pop_front();
    m_next = std::max(m_next, m_store.begin());
    if (!isDone() && !m_turn.isActive())
        m_turn.start();
}

bool LogSearch::isDone() const {
    return (m_pattern.isEmpty() && !isFilter()) || m_next >= m_store.end();
}

void LogSearch::scanSlice() {
    QElapsedTimer clock;
    clock.start();
    std::vector<qint64> chosen;
    for (int bytes = 0; !isDone(); ++m_next) {
        bytes += m_store.size(m_next) + 64;
        look(m_next, chosen);
        if (bytes >= kLookAtClock) {
            bytes = 0;
            if (clock.elapsed() >= kSliceTime) {
                ++m_next;
                break;
            }
        }
    }
    if (isDone())
        m_turn.stop();
    if (!chosen.empty())
        Q_EMIT this->chosen(chosen);
    Q_EMIT progressed();
}

void LogSearch::look(qint64 line, std::vector<qint64>& chosen) {
    if (m_streams != LogStreams::All && m_store.isError(line) != (m_streams == LogStreams::Errors))
        return;
    if (m_hidden.any() && m_hidden.test(static_cast<std::size_t>(m_store.source(line))))
        return;
    const qsizetype count = m_pattern.isEmpty() ? 0 : m_pattern.count(m_store.plainText(line));
    if (count > 0) {
        m_lines.push_back({line, m_total});
        m_total += count;
    }
    if (isFilter() && (count > 0 || m_pattern.isEmpty() || !m_chooses))
        chosen.push_back(line);
}

qint64 LogSearch::count() const {
    return m_lines.empty() ? 0 : m_total - m_lines.front().before;
}

std::deque<LogSearch::Line>::const_iterator LogSearch::from(qint64 line) const {
    return std::lower_bound(m_lines.begin(), m_lines.end(), line,
                            [](const Line& each, qint64 wanted) { return each.line < wanted; });
}

// index -1: the line's last match.
std::optional<LogSearch::Hit> LogSearch::hitIn(std::deque<Line>::const_iterator line, qsizetype index) const {
    const QList<LogPattern::Match> matches = m_pattern.matches(m_store.plainText(line->line));
    if (matches.isEmpty())
        return std::nullopt;
    if (index < 0)
        index = matches.size() - 1;
    return Hit{line->line, matches[index], line->before - m_lines.front().before + index + 1};
}

std::optional<LogSearch::Hit> LogSearch::next(qint64 line, qsizetype position) const {
    if (m_lines.empty())
        return std::nullopt;
    auto at = from(line);
    if (at != m_lines.end() && at->line == line) {
        const QList<LogPattern::Match> matches = m_pattern.matches(m_store.plainText(line));
        for (qsizetype i = 0; i < matches.size(); ++i) {
            if (matches[i].begin >= position)
                return hitIn(at, i);
        }
        ++at;
    }
    return hitIn(at == m_lines.end() ? m_lines.begin() : at, 0);
}

std::optional<LogSearch::Hit> LogSearch::previous(qint64 line, qsizetype position) const {
    if (m_lines.empty())
        return std::nullopt;
    const auto at = from(line);
    if (at != m_lines.end() && at->line == line) {
        const QList<LogPattern::Match> matches = m_pattern.matches(m_store.plainText(line));
        for (qsizetype i = matches.size() - 1; i >= 0; --i) {
            if (matches[i].begin < position)
                return hitIn(at, i);
        }
    }
    return hitIn((at == m_lines.begin() ? m_lines.end() : at) - 1, -1);
}

qint64 LogSearch::numberOf(const Hit& hit) const {
    const auto at = from(hit.line);
    if (at == m_lines.end() || at->line != hit.line)
        return 0;
    const QList<LogPattern::Match> matches = m_pattern.matches(m_store.plainText(hit.line));
    return at->before - m_lines.front().before + matches.indexOf(hit.match) + 1;
}

} // namespace escale::gui
