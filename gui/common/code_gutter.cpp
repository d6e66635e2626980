#include "gui/common/code_gutter.h"

#include "gui/common/code_text.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QWheelEvent>

namespace escale::gui {

// Pixels at scale 1: a bar of the language's, then the mark, then the numbers.
static constexpr int kBar = 4, kMark = 8, kGap = 7;

CodeGutter::CodeGutter(CodeText* text)
    : QWidget(text)
    , m_text(text) {
    setCursor(Qt::ArrowCursor);
}

QSize CodeGutter::sizeHint() const {
    return {m_text->gutterWidth(), 0};
}

void CodeGutter::paintEvent(QPaintEvent* event) {
    m_text->paintGutter(event);
}

void CodeGutter::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        m_text->pressGutter(event->pos());
}

void CodeGutter::wheelEvent(QWheelEvent* event) {
    QApplication::sendEvent(m_text->viewport(), event);
}

int CodeText::gutterWidth() const {
    const auto digits = std::max<qsizetype>(2, QString::number(blockCount()).size());
    return kBar + kGap + kMark + kGap + fontMetrics().horizontalAdvance(u'9') * static_cast<int>(digits) +
           kGap;
}

int CodeText::marginWidth() {
    return kBar;
}

void CodeText::paintMargin(QPainter& /*painter*/, int /*line*/, const QRect& /*row*/) {}

void CodeText::paintGutter(QPaintEvent* event) {
    QPainter painter(m_gutter);
    const Colors colors = Colors::of(palette());
    painter.fillRect(event->rect(), colors.sidebar);
    painter.setFont(font());
    painter.setRenderHint(QPainter::Antialiasing);
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    const int current = currentLine();
    for (int line = block.blockNumber() + 1; block.isValid() && top <= event->rect().bottom();
         block = block.next(), ++line) {
        const double height = blockBoundingRect(block).height();
        const QRect row(0, static_cast<int>(top), m_gutter->width(), static_cast<int>(height));
        paintMargin(painter, line, row);
        if (const QColor mark = markAt(line); mark.isValid()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(mark);
            painter.drawEllipse(
                QRectF(kBar + kGap, row.top() + (fontMetrics().height() - kMark) / 2.0, kMark, kMark));
        }
        painter.setPen(line == current ? colors.text : colors.muted);
        painter.drawText(QRect(row.left(), row.top(), row.width() - kGap, fontMetrics().height()),
                         Qt::AlignRight, QString::number(line));
        top += height;
    }
    painter.setPen(colors.border);
    painter.drawLine(m_gutter->width() - 1, 0, m_gutter->width() - 1, m_gutter->height());
}

void CodeText::pressGutter(const QPoint& place) {
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top + blockBoundingRect(block).height() <= place.y()) {
        top += blockBoundingRect(block).height();
        block = block.next();
    }
    if (!block.isValid())
        return;
    const int line = block.blockNumber() + 1;
    showLine(line);
    if (markAt(line).isValid())
        Q_EMIT markPressed(line);
}

} // namespace escale::gui
