// A container's log file as lines: Docker's json-file form (one JSON record a line; a text line longer than
// the writer's buffer is split over several records, joined here). Fed with whatever bytes a read returned.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <string>

namespace escale::gui {

struct LogLine {
    QString text;         // without the newline; of terminal sequences only those for colours (log_style.h)
    qint64 time = 0;      // nanoseconds since 1970
    bool isError = false; // standard error
    quint8 source = 0;    // of several that are shown together (LogView::hideSources)
};

class LogParser {
public:
    /// The lines that these bytes complete.
    QList<LogLine> feed(QByteArrayView bytes);
    void reset();

private:
    struct Partial {
        std::string text;
        qint64 time = 0;
    };
    void record(QByteArrayView bytes, QList<LogLine>& lines);

    QByteArray m_rest;       // of an unfinished record
    Partial m_partial[2];    // of an unfinished line: output, error
    bool m_skipping = false; // an oversized record: to its end
};

} // namespace escale::gui
