#include "gui/common/log_parser.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace escale::gui {

// Records and lines above this are cut: what cannot be read by a person must not fill the memory.
static constexpr qsizetype kLongestRecord = 1 << 20;
static constexpr qsizetype kLongestLine = 64 * 1024;

// Removes terminal control sequences (ECMA-48 CSI and OSC) and what a carriage return overwrote.
static QString plain(QString text) {
    static const QChar escape(0x1b);
    if (text.contains(escape)) {
        QString kept;
        kept.reserve(text.size());
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] != escape) {
                kept += text[i];
                continue;
            }
            if (i + 1 >= text.size())
                break;
            if (text[i + 1] == QLatin1Char('[')) {
                i += 2;
                while (i < text.size() && (text[i].unicode() < 0x40 || text[i].unicode() > 0x7e))
                    ++i;
            } else if (text[i + 1] == QLatin1Char(']')) {
                i += 2;
                while (i < text.size() && text[i].unicode() != 0x07 && text[i] != escape)
                    ++i;
                if (i < text.size() && text[i] == escape)
                    ++i;
            } else {
                ++i;
            }
        }
        text = kept;
    }
    while (text.endsWith(QLatin1Char('\r')))
        text.chop(1);
    if (const qsizetype overwritten = text.lastIndexOf(QLatin1Char('\r')); overwritten >= 0)
        text.remove(0, overwritten + 1);
    return text;
}

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
    const QJsonObject json =
        QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size())).object();
    if (json.isEmpty())
        return; // a record cut by a full disk; the next one is whole again
    const bool isError = json.value(QLatin1String("stream")) == QLatin1String("stderr");
    LogLine& line = m_partial[isError ? 1 : 0];
    QString text = json.value(QLatin1String("log")).toString();
    if (line.text.isEmpty())
        line.time = json.value(QLatin1String("time")).toString();
    line.isError = isError;
    const bool whole = text.endsWith(QLatin1Char('\n'));
    if (whole)
        text.chop(1);
    line.text += text;
    if (!whole && line.text.size() < kLongestLine)
        return;
    line.text = plain(std::move(line.text));
    lines.append(std::exchange(line, {}));
}

} // namespace escale::gui
