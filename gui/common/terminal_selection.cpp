#include "gui/common/terminal_selection.h"

#include "gui/common/terminal_reflow.h"
#include "gui/common/terminal_screen.h"

#include <QRegularExpression>

#include <algorithm>

namespace escale::gui {
namespace {

bool isBefore(QPoint a, QPoint b) {
    return a.y() != b.y() ? a.y() < b.y() : a.x() < b.x();
}

bool isPartOfWord(const TerminalCell& cell) {
    if (cell.width == 0)
        return true;
    if (cell.isEmpty())
        return false;
    const char32_t c = cell.character;
    return QChar::isLetterOrNumber(c) ||
           (c < 0x80 && QStringLiteral("_-./~+@%:").contains(QChar(char16_t(c))));
}

} // namespace

TerminalSpan wordAt(const TerminalScreen& screen, QPoint place) {
    const QList<TerminalCell> cells = screen.line(place.y());
    TerminalSpan span{place.y(), place.x(), place.x(), {}};
    if (place.x() < 0 || place.x() >= cells.size())
        return span;
    const bool kind = isPartOfWord(cells[place.x()]);
    const auto belongs = [&](int column) {
        return kind ? isPartOfWord(cells[column]) : cells[column].text() == cells[place.x()].text();
    };
    while (span.from > 0 && belongs(span.from - 1))
        --span.from;
    while (span.to + 1 < cells.size() && belongs(span.to + 1))
        ++span.to;
    for (int column = span.from; column <= span.to; ++column)
        span.text += cells[column].text();
    return span;
}

std::optional<TerminalSpan> linkAt(const TerminalScreen& screen, QPoint place) {
    static const QRegularExpression pattern(QStringLiteral("https?:[/]{2}[^\\s\"'<>`{}|]+"));
    const QList<TerminalCell> cells = screen.line(place.y());
    QString text;
    QList<int> columns; // of each UTF-16 unit
    for (int column = 0; column < cells.size(); ++column) {
        const QString piece = cells[column].text();
        text += piece;
        columns.insert(columns.size(), piece.size(), column);
    }
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        QString link = matches.peekNext().captured();
        const auto start = matches.next().capturedStart();
        // What ends a sentence is no part of an address; a closing bracket is when it was opened in it.
        while (!link.isEmpty() && (QStringLiteral(".,;:!?]").contains(link.back()) ||
                                   (link.endsWith(QLatin1Char(')')) && !link.contains(QLatin1Char('(')))))
            link.chop(1);
        const TerminalSpan span{place.y(), columns[start], columns[start + link.size() - 1], link};
        if (span.contains(place))
            return span;
    }
    return std::nullopt;
}

void TerminalSelection::begin(const TerminalScreen& screen, QPoint place, Unit unit) {
    m_unit = unit;
    m_anchorFrom = m_anchorTo = place;
    if (unit == Unit::Word) {
        const TerminalSpan word = wordAt(screen, place);
        m_anchorFrom.setX(word.from);
        m_anchorTo.setX(word.to);
    } else if (unit == Unit::Line) {
        m_anchorFrom.setX(0);
        m_anchorTo.setX(screen.size().width() - 1);
    }
    m_from = m_anchorFrom;
    m_to = m_anchorTo;
    m_active = unit != Unit::Character; // a click alone selects nothing
}

void TerminalSelection::extend(const TerminalScreen& screen, QPoint place) {
    if (!m_active && place == m_anchorFrom)
        return;
    m_active = true;
    QPoint from = place;
    QPoint to = place;
    if (m_unit == Unit::Word) {
        const TerminalSpan word = wordAt(screen, place);
        from.setX(word.from);
        to.setX(word.to);
    } else if (m_unit == Unit::Line) {
        from.setX(0);
        to.setX(screen.size().width() - 1);
    }
    m_from = isBefore(from, m_anchorFrom) ? from : m_anchorFrom;
    m_to = isBefore(m_anchorTo, to) ? to : m_anchorTo;
}

void TerminalSelection::selectAll(const TerminalScreen& screen) {
    m_unit = Unit::Line;
    m_anchorFrom = m_from = {0, 0};
    m_anchorTo = m_to = {screen.size().width() - 1, screen.lineCount() - 1};
    m_active = true;
}

void TerminalSelection::forget(int lines) {
    if (m_to.y() < lines)
        return clear();
    const auto up = [lines](QPoint& place) {
        place = place.y() < lines ? QPoint(0, 0) : place - QPoint(0, lines);
    };
    for (QPoint* place : {&m_anchorFrom, &m_anchorTo, &m_from, &m_to})
        up(*place);
}

bool TerminalSelection::contains(int column, int line) const {
    const QPoint place(column, line);
    return m_active && !isBefore(place, m_from) && !isBefore(m_to, place);
}

QString TerminalSelection::text(const TerminalScreen& screen) const {
    QString text;
    if (!m_active)
        return text;
    for (int line = m_from.y(); line <= std::min(m_to.y(), screen.lineCount() - 1); ++line) {
        const QList<TerminalCell> cells = screen.line(line);
        const int first = line == m_from.y() ? m_from.x() : 0;
        const int last = line == m_to.y() ? m_to.x() : int(cells.size()) - 1;
        QString piece;
        for (int column = first; column <= std::min(last, int(cells.size()) - 1); ++column)
            piece += cells[column].text();
        const bool isLast = line == m_to.y();
        const bool joined = !isLast && goesOn(cells);
        while (!joined && piece.endsWith(QLatin1Char(' ')))
            piece.chop(1);
        text += piece;
        if (!isLast && !joined)
            text += QLatin1Char('\n');
    }
    while (text.endsWith(QLatin1Char('\n')) && m_unit == Unit::Line)
        text.chop(1);
    return text;
}

} // namespace escale::gui
