#include "gui/build/editor_gutter.h"

#include "gui/build/dockerfile_text.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QWheelEvent>

namespace escale::gui {

// Pixels at scale 1: the bar of a step, then the mark of a finding, then the numbers.
static constexpr int kBar = 4, kMark = 8, kGap = 7;

EditorGutter::EditorGutter(DockerfileText* text)
    : QWidget(text)
    , m_text(text) {
    setCursor(Qt::ArrowCursor);
}

QSize EditorGutter::sizeHint() const {
    return {m_text->gutterWidth(), 0};
}

void EditorGutter::paintEvent(QPaintEvent* event) {
    m_text->paintGutter(event);
}

void EditorGutter::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        m_text->pressGutter(event->pos());
}

void EditorGutter::wheelEvent(QWheelEvent* event) {
    QApplication::sendEvent(m_text->viewport(), event);
}

int DockerfileText::gutterWidth() const {
    const auto digits = std::max<qsizetype>(2, QString::number(blockCount()).size());
    return kBar + kGap + kMark + kGap + fontMetrics().horizontalAdvance(u'9') * static_cast<int>(digits) +
           kGap;
}

static QColor stepColor(DockerfileText::StepState state, const Colors& colors) {
    switch (state) {
    case DockerfileText::StepRunning:
        return colors.accent;
    case DockerfileText::StepDone:
        return colors.green;
    case DockerfileText::StepFailed:
        return colors.red;
    default:
        return colors.muted;
    }
}

// A full bar for a step that ran, half of one for a cached: not by colour alone.
static void paintStep(QPainter& painter, DockerfileText::StepState state, const QRect& row,
                      const Colors& colors) {
    if (state == DockerfileText::StepNone)
        return;
    QRect bar(0, row.top() + 1, kBar, row.height() - 2);
    if (state == DockerfileText::StepCached)
        bar.setWidth(kBar / 2);
    painter.fillRect(bar, stepColor(state, colors));
    if (state == DockerfileText::StepFailed || state == DockerfileText::StepRunning) {
        QColor ground = stepColor(state, colors);
        ground.setAlphaF(0.14F);
        painter.fillRect(row, ground);
    }
}

void DockerfileText::paintGutter(QPaintEvent* event) {
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
        paintStep(painter, stepAt(line), row, colors);
        if (const QColor mark = findingColor(line); mark.isValid()) {
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

void DockerfileText::pressGutter(const QPoint& place) {
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
    if (findingColor(line).isValid())
        Q_EMIT fixesRequested(line);
}

} // namespace escale::gui
