// Goes over a store's lines in slices of a few milliseconds, one a turn of the event loop: which belong to
// the streams that are wanted, which match a pattern and how often. Goes on when the store grows.
#pragma once

#include "gui/common/log_pattern.h"

#include <QObject>
#include <QTimer>

#include <bitset>
#include <deque>
#include <optional>
#include <vector>

namespace escale::gui {

class LogStore;

enum class LogStreams { All, Output, Errors };
using LogSources = std::bitset<256>;

class LogSearch : public QObject {
    Q_OBJECT
public:
    struct Hit {
        qint64 line = 0;
        LogPattern::Match match;
        qint64 number = 0; // among all of them, from 1
        bool operator==(const Hit&) const = default;
    };

    LogSearch(const LogStore& store, QObject* parent);
    /// Begins anew. `chooses`: only lines that match are reported by chosen().
    void set(const LogPattern& pattern, LogStreams streams, bool chooses);
    /// Lines of these sources are left out.
    void hide(const LogSources& sources);
    [[nodiscard]] const LogPattern& pattern() const { return m_pattern; }
    /// Lines are left out: those that chosen() reports are to be shown.
    [[nodiscard]] bool isFilter() const {
        return m_streams != LogStreams::All || m_hidden.any() || (m_chooses && !m_pattern.isEmpty());
    }
    /// The store has grown, or has dropped lines.
    void follow();
    void restart() { set(m_pattern, m_streams, m_chooses); }

    [[nodiscard]] bool isDone() const;
    /// Matches in the lines that were looked at.
    [[nodiscard]] qint64 count() const;
    /// The next match behind a position, or the last before it; from the other end when there is none.
    [[nodiscard]] std::optional<Hit> next(qint64 line, qsizetype position) const;
    [[nodiscard]] std::optional<Hit> previous(qint64 line, qsizetype position) const;
    /// Its number may have changed, its line may have gone.
    [[nodiscard]] qint64 numberOf(const Hit& hit) const;

Q_SIGNALS:
    void chosen(const std::vector<qint64>& lines);
    /// Each slice, and once more at the end.
    void progressed();

private:
    struct Line {
        qint64 line;
        qint64 before; // matches in lines before, also in those that were dropped since
    };
    void scanSlice();
    void look(qint64 line, std::vector<qint64>& chosen);
    [[nodiscard]] std::optional<Hit> hitIn(std::deque<Line>::const_iterator line, qsizetype index) const;
    [[nodiscard]] std::deque<Line>::const_iterator from(qint64 line) const;

    const LogStore& m_store;
    LogPattern m_pattern;
    LogStreams m_streams = LogStreams::All;
    LogSources m_hidden;
    bool m_chooses = false;
    std::deque<Line> m_lines; // that match
    qint64 m_total = 0;       // matches, also in lines that were dropped since
    qint64 m_next = 0;        // first line not looked at
    QTimer m_turn;
};

} // namespace escale::gui
