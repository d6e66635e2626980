#include "gui/common/log_text.h"

#include "gui/common/format.h"
#include "gui/common/log_accessible.h"
#include "gui/common/log_store.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QFontMetricsF>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace escale::gui {

static constexpr int kLeading = 3;    // pixels between rows
static constexpr int kLeastCells = 8; // a row is no narrower, however narrow the view is
static constexpr int kMostZoom = 20;

QString logTimeText(qint64 time, LogTimes times) {
    if (times == LogTimes::Off)
        return {};
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(time / 1'000'000, Qt::UTC);
    return times == LogTimes::Utc ? utc.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz'Z'"))
                                  : utc.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

LogText::LogText(const LogStore& store, LogRows& rows, const LogSearch& search, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_store(store)
    , m_rows(rows)
    , m_search(search) {
    installLogAccessibility();
    setObjectName(QStringLiteral("logView.text"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Log"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    setZoom(0);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_moving && m_following != (value >= verticalScrollBar()->maximum()))
            setFollowing(!m_following);
    });
}

void LogText::setZoom(int steps) {
    QFont font = monospace(QApplication::font());
    const int least = 6 - static_cast<int>(font.pointSizeF());
    m_zoom = std::clamp(steps, least, kMostZoom);
    font.setPointSizeF(font.pointSizeF() + m_zoom);
    const qint64 top = topLine();
    setFont(font);
    const QFontMetricsF metrics(font);
    m_cell = metrics.horizontalAdvance(QString(64, QLatin1Char('0'))) / 64;
    m_row = static_cast<int>(std::ceil(metrics.height())) + kLeading;
    m_ascent = static_cast<int>(std::round(metrics.ascent())) + kLeading / 2;
    layOut();
    rowsReplaced(top);
}

void LogText::setWrapping(bool wraps) {
    const qint64 top = topLine();
    m_wraps = wraps;
    layOut();
    rowsReplaced(top);
}

void LogText::setTimes(LogTimes times) {
    const qint64 top = topLine();
    m_times = times;
    layOut();
    rowsReplaced(top);
}

void LogText::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

// --- where things are

int LogText::textLeft() const {
    const qsizetype stamp = logTimeText(0, m_times).size();
    return kMargin + (stamp == 0 ? 0 : static_cast<int>(std::ceil(static_cast<qreal>(stamp + 2) * m_cell)));
}

int LogText::visibleRows() const {
    return std::max(1, viewport()->height() / m_row);
}

void LogText::layOut() {
    const int width = viewport()->width() - textLeft() - kMargin / 2;
    m_rows.setColumns(m_wraps ? std::max(kLeastCells, static_cast<int>(width / m_cell)) : 0);
    const bool wasMoving = std::exchange(m_moving, true);
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setRange(0,
                                  static_cast<int>(std::max<qint64>(0, m_rows.rowCount() - visibleRows())));
    const int wide = m_wraps ? 0 : static_cast<int>(m_store.widest() * m_cell) - width;
    horizontalScrollBar()->setPageStep(std::max(1, width));
    horizontalScrollBar()->setSingleStep(static_cast<int>(m_cell * 4));
    horizontalScrollBar()->setRange(0, std::max(0, wide));
    m_moving = wasMoving;
}

void LogText::scrollTo(qint64 row) {
    m_moving = true;
    verticalScrollBar()->setValue(static_cast<int>(row));
    m_moving = false;
    viewport()->update();
}

void LogText::rowsChanged(qint64 gone) {
    const qint64 top = verticalScrollBar()->value() - gone;
    layOut();
    scrollTo(m_following ? verticalScrollBar()->maximum() : top);
}

void LogText::rowsReplaced(qint64 topLine) {
    layOut();
    scrollTo(m_following ? verticalScrollBar()->maximum() : m_rows.rowOf(m_rows.placeOf(topLine)));
}

qint64 LogText::topLine() const {
    return m_rows.isEmpty() ? m_store.begin() : m_rows.lineAt(m_rows.at(verticalScrollBar()->value()).place);
}

void LogText::setFollowing(bool following) {
    if (following)
        scrollTo(verticalScrollBar()->maximum());
    if (m_following == following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

LogText::Position LogText::positionAt(QPoint point) const {
    if (m_rows.isEmpty())
        return {m_store.begin(), 0};
    const qint64 row =
        verticalScrollBar()->value() + static_cast<qint64>(std::floor(double(point.y()) / m_row));
    if (row < 0)
        return {m_rows.lineAt(m_rows.begin()), 0};
    const qint64 last = m_rows.lineAt(m_rows.end() - 1);
    if (row >= m_rows.rowCount())
        return {last, m_store.plainText(last).size()};
    const LogRows::Row at = m_rows.at(row);
    const qint64 line = m_rows.lineAt(at.place);
    int cell =
        static_cast<int>(std::round((point.x() - textLeft() + horizontalScrollBar()->value()) / m_cell));
    if (m_wraps)
        cell = std::clamp(cell, 0, m_rows.columns()) + at.within * m_rows.columns();
    return {line, m_store.styled(line).positionAt(std::max(cell, 0))};
}

QPoint LogText::pointOf(const Position& position) const {
    if (position.line < m_store.begin() || position.line >= m_store.end())
        return {};
    int cell = m_store.styled(position.line).cellOf(position.unit);
    qint64 row = m_rows.rowOf(m_rows.placeOf(position.line));
    if (m_wraps) {
        row += cell / m_rows.columns();
        cell %= m_rows.columns();
    }
    return {textLeft() - horizontalScrollBar()->value() + static_cast<int>(cell * m_cell),
            static_cast<int>(row - verticalScrollBar()->value()) * m_row + m_row / 2};
}

// Scrolls no more than is needed; what was out of sight comes to a third of the height.
void LogText::reveal(const Position& position) {
    const QPoint point = pointOf(position);
    if (point.y() < 0 || point.y() > visibleRows() * m_row) {
        const qint64 row =
            verticalScrollBar()->value() + static_cast<qint64>(std::floor(double(point.y()) / m_row));
        setFollowing(false);
        scrollTo(row - visibleRows() / 3);
    }
    if (point.x() < textLeft() || point.x() > viewport()->width() - 4 * m_cell) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + point.x() - textLeft() -
                                        (viewport()->width() - textLeft()) / 3);
    }
    viewport()->update();
}

// --- selection and the current line

void LogText::setCurrentHit(const std::optional<LogSearch::Hit>& hit) {
    m_hit = hit;
    if (hit) {
        setCurrentLine(hit->line);
        reveal({hit->line, hit->match.begin});
    }
    viewport()->update();
}

void LogText::select(const Position& anchor, const Position& cursor) {
    m_anchor = anchor;
    m_cursor = cursor;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LogText::selectAll() {
    if (m_rows.isEmpty())
        return;
    const qint64 last = m_rows.lineAt(m_rows.end() - 1);
    select({m_rows.lineAt(m_rows.begin()), 0}, {last, m_store.plainText(last).size()});
}

void LogText::clearSelection() {
    select({}, {});
}

QString LogText::selectedText(LogTimes times) const {
    if (!hasSelection())
        return {};
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    QString text;
    for (qint64 place = m_rows.placeOf(from.line); place < m_rows.end() && m_rows.lineAt(place) <= to.line;
         ++place) {
        const qint64 line = m_rows.lineAt(place);
        const QString whole = m_store.plainText(line);
        const qsizetype begin = line == from.line ? from.unit : 0;
        const qsizetype end = line == to.line ? to.unit : whole.size();
        if (!text.isNull())
            text += QLatin1Char('\n');
        if (times != LogTimes::Off)
            text += logTimeText(m_store.time(line), times) + QLatin1String("  ");
        text += QStringView(whole).mid(begin, end - begin);
        if (text.isNull())
            text = QLatin1String("");
    }
    return text;
}

QString LogText::spokenLine(qint64 line) const {
    if (line < m_store.begin() || line >= m_store.end())
        return {};
    const QString text = m_store.plainText(line);
    const QString spoken = m_store.isError(line) ? tr("Error output: %1").arg(text) : text;
    return m_times == LogTimes::Off ? spoken
                                    : logTimeText(m_store.time(line), m_times) + QLatin1Char(' ') + spoken;
}

void LogText::setCurrentLine(qint64 line) {
    if (m_currentLine == line)
        return;
    m_currentLine = line;
    viewport()->update();
    Q_EMIT selectionChanged();
    if (line >= 0)
        announceLogLine(*this);
}

void LogText::moveCurrentLine(qint64 places, bool selects) {
    if (m_rows.isEmpty())
        return;
    const qint64 first = verticalScrollBar()->value();
    const qint64 bottom = m_rows.at(first + visibleRows() - 1).place;
    const bool isNew = m_currentLine < m_store.begin();
    // The first step is to the last line in sight.
    const qint64 from = !isNew         ? m_rows.placeOf(m_currentLine)
                        : places == -1 ? bottom + 1
                        : places == 1  ? bottom - 1
                                       : bottom;
    qint64 place = from + places;
    place = std::clamp(place, m_rows.begin(), m_rows.end() - 1);
    const qint64 line = m_rows.lineAt(place);
    if (selects) {
        if (!hasSelection() && !isNew)
            m_anchor = {m_currentLine, places < 0 ? m_store.plainText(m_currentLine).size() : 0};
        m_cursor = {line, places < 0 ? 0 : m_store.plainText(line).size()};
    }
    if (places < 0)
        setFollowing(false);
    setCurrentLine(line);
    const qint64 row = m_rows.rowOf(place);
    if (row < first)
        scrollTo(row);
    else if (row + m_rows.rowsOf(place) > first + visibleRows())
        scrollTo(std::min(row, row + m_rows.rowsOf(place) - visibleRows()));
    viewport()->update();
}

// --- events

void LogText::resizeEvent(QResizeEvent* event) {
    const qint64 top = topLine();
    QAbstractScrollArea::resizeEvent(event);
    rowsReplaced(top);
}

void LogText::scrollContentsBy(int, int) {
    viewport()->update();
}

void LogText::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogText::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LogText::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_colors.clear();
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace escale::gui
