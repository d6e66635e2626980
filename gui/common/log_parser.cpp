#include "gui/common/log_parser.h"

#include "engine/log/log_record.h"
#include "gui/common/log_style.h"

#include <string_view>

namespace escale::gui {

// Records and lines above this are cut: what cannot be read by a person must not fill the memory.
static constexpr qsizetype kLongestRecord = 1 << 20;
static constexpr std::size_t kLongestLine = 64 * 1024;

QList<LogLine> LogParser::feed(QByteArrayView bytes) {
    QList<LogLine> lines;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        if (end < 0) {
            if (!m_skipping && m_rest.size() + bytes.size() <= kLongestRecord)
                m_rest.append(bytes);
            else
                m_skipping = true, m_rest.clear();
            return lines;
        }
        if (m_skipping) {
            m_skipping = false;
        } else if (m_rest.isEmpty()) {
            record(bytes.first(end), lines);
        } else {
            m_rest.append(bytes.first(end));
            record(m_rest, lines);
        }
        m_rest.clear();
        bytes = bytes.sliced(end + 1);
    }
    return lines;
}

void LogParser::reset() {
    m_rest.clear();
    m_partial[0] = m_partial[1] = {};
    m_skipping = false;
}

void LogParser::record(QByteArrayView bytes, QList<LogLine>& lines) {
    const auto record =
        parseLogRecord(std::string_view(bytes.data(), static_cast<std::size_t>(bytes.size())));
    if (!record)
        return; // cut by a full disk; the next one is whole again
    Partial& line = m_partial[record->isError ? 1 : 0];
    if (line.text.empty())
        line.time = record->time;
    line.text += record->text;
    const bool whole = line.text.ends_with('\n');
    if (!whole && line.text.size() < kLongestLine)
        return;
    if (whole)
        line.text.pop_back();
    lines.append(
        {cleanedLogText(QString::fromUtf8(line.text.data(), static_cast<qsizetype>(line.text.size()))),
         line.time, record->isError});
    line = {};
}

} // namespace escale::gui
