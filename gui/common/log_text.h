// Draws the rows of a log that are in sight, and no others: time stamps, a bar beside errors, colours,
// matches and the selection. Follows the end until somebody scrolls away. From the keyboard, the arrows move
// a current line, which is what screen readers are told of.
#pragma once

#include "gui/common/log_rows.h"
#include "gui/common/log_search.h"
#include "gui/common/log_style.h"

#include <QAbstractScrollArea>
#include <QHash>

namespace escale::gui {

class LogStore;

enum class LogTimes { Off, Local, Utc };
/// "2026-01-02 03:04:05.678", with "Z" for UTC; empty for Off. Nanoseconds since 1970.
QString logTimeText(qint64 time, LogTimes times);

class LogText : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Position {
        qint64 line = 0;
        qsizetype unit = 0; // UTF-16, of the plain text
        auto operator<=>(const Position&) const = default;
    };

    LogText(const LogStore& store, LogRows& rows, const LogSearch& search, QWidget* parent);

    void setWrapping(bool wraps);
    [[nodiscard]] bool isWrapping() const { return m_wraps; }
    void setTimes(LogTimes times);
    [[nodiscard]] LogTimes times() const { return m_times; }
    /// In steps of a point from the application's size; 0 for that.
    void setZoom(int steps);
    [[nodiscard]] int zoom() const { return m_zoom; }
    /// Said in the middle while there is nothing to show.
    void setPlaceholder(const QString& text);
    [[nodiscard]] QString placeholder() const { return m_placeholder; }

    /// The rows have changed: `gone` ones at the beginning are no more.
    void rowsChanged(qint64 gone);
    /// Others are shown now; keeps the line in sight that was.
    void rowsReplaced(qint64 topLine);
    [[nodiscard]] qint64 topLine() const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /// Selects and shows a match, drawn stronger than the others.
    void setCurrentHit(const std::optional<LogSearch::Hit>& hit);

    void selectAll();
    void clearSelection();
    [[nodiscard]] bool hasSelection() const { return m_anchor != m_cursor; }
    /// Of the lines that are shown.
    [[nodiscard]] QString selectedText(LogTimes times = LogTimes::Off) const;
    /// -1 without one.
    [[nodiscard]] qint64 currentLine() const { return m_currentLine; }
    void setCurrentLine(qint64 line);
    /// As a screen reader says it.
    [[nodiscard]] QString spokenLine(qint64 line) const;
    /// Where a position is drawn, in the viewport.
    [[nodiscard]] QPoint pointOf(const Position& position) const;
    [[nodiscard]] Position positionAt(QPoint point) const;

Q_SIGNALS:
    void followingChanged(bool following);
    void zoomRequested(int steps);
    void copyRequested();
    void selectionChanged(); // or the current line

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    static constexpr int kMargin = 14; // left of everything: the bar of errors lies in it

    struct Ink {
        QColor text, base, accent, onAccent, muted, error, match, current, onCurrent, line;
    };
    void layOut();
    void scrollTo(qint64 row);
    void reveal(const Position& position);
    void select(const Position& anchor, const Position& cursor);
    void moveCurrentLine(qint64 places, bool selects);
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] Ink ink() const;
    void paintLine(QPainter& painter, qint64 place, int within, int& y, const Ink& ink);
    void paintRow(QPainter& painter, const StyledLine& line, qint64 number,
                  const QList<LogPattern::Match>& matches, int row, int y, const Ink& ink);
    void paintText(QPainter& painter, const StyledLine& line, qsizetype begin, qsizetype end, qreal x, int y,
                   const TextStyle& style);
    const InkAndPaper& colors(const TextStyle& style, const Ink& ink);

    const LogStore& m_store;
    LogRows& m_rows;
    const LogSearch& m_search;
    QString m_placeholder;
    bool m_wraps = false;
    LogTimes m_times = LogTimes::Off;
    int m_zoom = 0;
    qreal m_cell = 8; // width; set from the font
    int m_row = 16;   // height
    int m_ascent = 12;
    bool m_following = true;
    bool m_moving = false; // the scroll bar, by us
    Position m_anchor, m_cursor;
    qint64 m_currentLine = -1;
    std::optional<LogSearch::Hit> m_hit;
    QPoint m_mouse;
    int m_dragTimer = 0;
    QHash<QByteArray, InkAndPaper> m_colors; // of styles; computing contrast takes time
};

} // namespace escale::gui
