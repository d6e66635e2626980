// Lines of several logs, in the order of their times, each with its container's name before it. Pure.
#pragma once

#include "gui/common/log_parser.h"

#include <QHash>
#include <QString>

namespace escale::gui {

class LogMerge {
public:
    /// `source` as of LogLine; `color`: of the 256 of a terminal.
    void setSource(const QString& container, const QString& name, quint8 source, int color);
    void add(const QString& container, const QList<LogLine>& lines);
    [[nodiscard]] qsizetype count() const { return m_lines.size(); }
    /// What was added since, by time; what was written at the same one keeps its order.
    QList<LogLine> take();
    void clear();

private:
    struct Source {
        QString name;
        quint8 source = 0;
        int color = 0;
    };
    QHash<QString, Source> m_sources;
    qsizetype m_widest = 0; // of the names
    QList<LogLine> m_lines;
};

/// Of a service, by its number: one of eight that can be told apart.
int serviceColor(int number);

} // namespace escale::gui
