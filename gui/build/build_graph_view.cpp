#include "gui/build/build_graph_view.h"

#include "gui/build/step_text.h"
#include "gui/common/format.h"
#include "gui/common/state_mark.h"
#include "gui/common/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

constexpr int kFrame = 60, kStillFrame = 1000; // milliseconds
constexpr qreal kLeastZoom = 0.5, kMostZoom = 2, kStep = 1.15;
constexpr qreal kRadius = 7, kMark = 14;
constexpr int kTitlePixels = 13, kTextPixels = 12, kFigurePixels = 11;
constexpr qreal kTurn = 900; // milliseconds of the running mark

QFont fontOf(int pixels, bool bold, bool fixed) {
    QFont font = fixed ? monospace(QApplication::font()) : QApplication::font();
    font.setPixelSize(pixels);
    if (bold)
        font.setWeight(QFont::DemiBold);
    return font;
}

void drawElided(QPainter& painter, const QRectF& area, const QString& text) {
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, area.width()));
}

QColor colorOf(const Colors& colors, StepState state) {
    switch (state) {
    case StepState::Cached:
    case StepState::Done:
        return colors.green;
    case StepState::Running:
        return colors.accent;
    case StepState::Failed:
        return colors.red;
    default:
        return colors.muted;
    }
}

StateMark markOf(StepState state) {
    switch (state) {
    case StepState::Cached:
        return StateMark::Ticked;
    case StepState::Done:
        return StateMark::Done;
    case StepState::Running:
        return StateMark::Turning;
    case StepState::Failed:
        return StateMark::Failed;
    case StepState::Cancelled:
        return StateMark::Dash;
    default:
        return StateMark::Empty;
    }
}

bool sameShape(const QList<ShownStage>& one, const QList<ShownStage>& other) {
    const auto steps = [](const ShownStep& a, const ShownStep& b) {
        return a.id == b.id && a.keyword == b.keyword && a.inputs == b.inputs;
    };
    const auto stages = [&steps](const ShownStage& a, const ShownStage& b) {
        return a.id == b.id &&
               std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), steps);
    };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), stages);
}

} // namespace

BuildGraphView::BuildGraphView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    installDrawingAccessibility();
    setObjectName(QStringLiteral("buildPane.graph"));
    setAccessibleName(tr("Stages and steps of the build"));
    setAccessibleDescription(
        tr("Arrows go from step to step, Return goes to its line, plus and minus zoom."));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    m_clock.start();
    connect(&m_frame, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
}

QSize BuildGraphView::sizeHint() const {
    return {480, 400};
}

void BuildGraphView::setStages(const QList<ShownStage>& stages) {
    const bool isSame = sameShape(m_stages, stages);
    m_stages = stages;
    m_isPlan = std::all_of(stages.begin(), stages.end(), [](const ShownStage& stage) {
        return std::all_of(stage.steps.begin(), stage.steps.end(),
                           [](const ShownStep& step) { return step.state == StepState::Waiting; });
    });
    if (!isSame)
        renew();
    updateMovement();
    viewport()->update();
}

void BuildGraphView::renew() {
    m_layout = layOutBuild(m_stages, viewport()->width() / m_scale);
    if (!m_current.isEmpty() && !m_layout.steps.contains(m_current))
        setCurrent({});
    updateBars();
}

void BuildGraphView::updateBars() {
    const QSizeF whole = m_layout.bounds.size() * m_scale;
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(whole.width()) - viewport()->width()));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(whole.height()) - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setPageStep(viewport()->height());
    horizontalScrollBar()->setSingleStep(20);
    verticalScrollBar()->setSingleStep(20);
}

void BuildGraphView::setFilter(const QString& text) {
    m_filter = text;
    viewport()->update();
}

void BuildGraphView::setCurrent(const QString& step) {
    if (!step.isEmpty())
        showStep(step);
    if (step == m_current)
        return;
    m_current = step;
    viewport()->update();
    if (hasFocus())
        announcePart(*this, step);
    Q_EMIT currentChanged(step);
}

void BuildGraphView::follow(const QString& step) {
    m_followed = step;
    if (m_current.isEmpty())
        showStep(step);
}

void BuildGraphView::showStep(const QString& id) {
    QRectF box = m_layout.steps.value(id);
    if (box.isNull())
        return;
    if (id.endsWith(QStringLiteral(".0"))) // its stage's name stands above
        box.setTop(box.top() - kStageHead);
    const auto reach = [this](QScrollBar* bar, qreal low, qreal high, int page) {
        const int first = static_cast<int>(low * m_scale) - 16, last = static_cast<int>(high * m_scale) + 16;
        if (first < bar->value())
            bar->setValue(first);
        else if (last > bar->value() + page)
            bar->setValue(last - page);
    };
    reach(verticalScrollBar(), box.top(), box.bottom(), viewport()->height());
    reach(horizontalScrollBar(), box.left(), box.right(), viewport()->width());
}

void BuildGraphView::zoomBy(qreal factor) {
    m_scale = factor == 0 ? 1 : std::clamp(m_scale * factor, kLeastZoom, kMostZoom);
    renew();
    viewport()->update();
}

QStringList BuildGraphView::partIds() const {
    QStringList all;
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps)
            all.append(step.id);
    }
    return all;
}

const ShownStep* BuildGraphView::step(const QString& id) const {
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps) {
            if (step.id == id)
                return &step;
        }
    }
    return nullptr;
}

QString BuildGraphView::spoken(const QString& id) const {
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps) {
            if (step.id == id)
                return spokenStep(stage, step, QDateTime::currentMSecsSinceEpoch());
        }
    }
    return {};
}

QPointF BuildGraphView::toGraph(const QPoint& place) const {
    return QPointF(place + QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value())) / m_scale;
}

QRect BuildGraphView::shownRect(const QString& step) const {
    const QRectF box = m_layout.steps.value(step);
    const QPointF corner =
        box.topLeft() * m_scale - QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return QRectF(corner, box.size() * m_scale).toAlignedRect();
}

// A second's figure needs a frame a second; the mark that turns needs more.
void BuildGraphView::updateMovement() {
    bool runs = false;
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps)
            runs = runs || step.state == StepState::Running;
    }
    if (!runs || !isVisible())
        return m_frame.stop();
    const bool moves = QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
    m_frame.setInterval(moves ? kFrame : kStillFrame);
    if (!m_frame.isActive())
        m_frame.start();
}

bool BuildGraphView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const ShownStep* over = step(m_layout.stepAt(toGraph(help->pos())));
        if (over != nullptr)
            QToolTip::showText(help->globalPos(), over->text + u'\n' + figures(*over), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const auto* move = static_cast<QMouseEvent*>(event);
        viewport()->setCursor(m_layout.stepAt(toGraph(move->pos())).isEmpty() ? Qt::ArrowCursor
                                                                              : Qt::PointingHandCursor);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void BuildGraphView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    renew();
    verticalScrollBar()->setValue(m_current.isEmpty() ? 0 : verticalScrollBar()->value());
    showStep(m_current.isEmpty() ? m_followed : m_current); // what is looked at stays in sight
}

void BuildGraphView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (const QString next = m_layout.nextFrom(m_current, event->key(), m_stages); !next.isEmpty())
            setCurrent(next);
        return;
    case Qt::Key_Home:
        return setCurrent(m_layout.nextFrom({}, Qt::Key_Down, m_stages));
    case Qt::Key_End:
        if (!m_stages.isEmpty() && !m_stages.last().steps.isEmpty())
            setCurrent(m_stages.last().steps.last().id);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & Qt::ControlModifier)
            break;
        if (!m_current.isEmpty())
            Q_EMIT activated(m_current);
        return;
    case Qt::Key_Escape:
        return setCurrent({});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(kStep);
    case Qt::Key_Minus:
        return zoomBy(1 / kStep);
    case Qt::Key_0:
        return zoomBy(0);
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void BuildGraphView::mousePressEvent(QMouseEvent* event) {
    setCurrent(m_layout.stepAt(toGraph(event->pos())));
}

void BuildGraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const QString id = m_layout.stepAt(toGraph(event->pos())); !id.isEmpty())
        Q_EMIT activated(id);
}

void BuildGraphView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    zoomBy(std::pow(kStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void BuildGraphView::contextMenuEvent(QContextMenuEvent* event) {
    QPoint place = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse)
        setCurrent(m_layout.stepAt(toGraph(viewport()->mapFromGlobal(place))));
    else if (!m_current.isEmpty())
        place = viewport()->mapToGlobal(shownRect(m_current).center());
    if (!m_current.isEmpty())
        Q_EMIT menuRequested(m_current, place);
}

void BuildGraphView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    updateMovement();
}

void BuildGraphView::hideEvent(QHideEvent* event) {
    QAbstractScrollArea::hideEvent(event);
    m_frame.stop();
}

void BuildGraphView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

// Before a build nothing waits.
QString BuildGraphView::figures(const ShownStep& step) const {
    return m_isPlan ? tr("line %1").arg(step.line) : stepFigures(step, QDateTime::currentMSecsSinceEpoch());
}

bool BuildGraphView::isNeeded(const QString& step) const {
    return std::any_of(
        m_stages.begin(), m_stages.end(),
        [id = step.section(u'.', 0, 0)](const ShownStage& one) { return one.id == id && one.isNeeded; });
}

bool BuildGraphView::isDimmed(const ShownStage& stage, const ShownStep& step) const {
    return !stage.isNeeded || (!m_filter.isEmpty() && !step.text.contains(m_filter, Qt::CaseInsensitive));
}

void BuildGraphView::paintEvent(QPaintEvent*) {
    const Colors colors = Colors::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.base);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    painter.scale(m_scale, m_scale);
    for (const ShownStage& stage : m_stages) {
        painter.setOpacity(stage.isNeeded ? 1 : 0.45);
        paintStage(painter, colors, stage);
    }
    painter.setOpacity(1);
    paintEdges(painter, colors);
    for (const ShownStage& stage : m_stages) {
        for (const ShownStep& step : stage.steps) {
            painter.setOpacity(isDimmed(stage, step) ? 0.4 : 1);
            paintStep(painter, colors, step);
        }
    }
}

void BuildGraphView::paintStage(QPainter& painter, const Colors& colors, const ShownStage& stage) const {
    const QRectF lane = m_layout.stages.value(stage.id);
    painter.setPen(QPen(colors.border, 1, stage.isNeeded ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(colors.window);
    painter.drawRoundedRect(lane.adjusted(0.5, 0.5, -0.5, -0.5), kRadius + 2, kRadius + 2);
    const QRectF head(lane.left() + 12, lane.top() + 7, lane.width() - 24, kStageHead - 12);
    painter.setPen(colors.text);
    painter.setFont(fontOf(kTitlePixels, true, false));
    drawElided(painter, {head.left(), head.top(), head.width(), 17}, stage.title());
    painter.setPen(colors.muted);
    painter.setFont(fontOf(kFigurePixels, false, false));
    QString words = stage.base;
    if (!stage.isNeeded)
        words = tr("not needed for the target");
    else if (!stage.platform.isEmpty())
        words += QStringLiteral(" · ") + stage.platform;
    drawElided(painter, {head.left(), head.top() + 17, head.width(), 15}, words);
}

void BuildGraphView::paintEdges(QPainter& painter, const Colors& colors) const {
    for (const BuildGraphLayout::Edge& edge : m_layout.edges) {
        const bool isCurrent = edge.from == m_current || edge.to == m_current;
        painter.setOpacity(isNeeded(edge.to) ? 1 : 0.4);
        painter.setPen(QPen(isCurrent ? colors.accent : colors.muted, isCurrent ? 2 : 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(edge.path);
        const QPointF tip = edge.path.currentPosition();
        painter.setBrush(painter.pen().color());
        painter.drawPolygon(QPolygonF({tip, tip + QPointF(-6, -3.5), tip + QPointF(-6, 3.5)}));
    }
}

void BuildGraphView::paintStep(QPainter& painter, const Colors& colors, const ShownStep& step) const {
    const QRectF box = m_layout.steps.value(step.id);
    const bool isCurrent = step.id == m_current;
    const bool isLoud = step.state == StepState::Running || step.state == StepState::Failed;
    painter.setBrush(step.state == StepState::Failed ? colors.redSoft
                     : isCurrent                     ? colors.selection
                                                     : colors.base);
    const QColor frame = isCurrent ? colors.accent : isLoud ? colorOf(colors, step.state) : colors.border;
    const qreal width = isCurrent ? 2 : isLoud ? 1.5 : 1;
    painter.setPen(QPen(frame, width));
    painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), kRadius, kRadius);

    const bool isTall = step.makesFiles();
    const QRectF mark(box.left() + 9, box.center().y() - kMark / 2, kMark, kMark);
    const auto turned = static_cast<qreal>(m_clock.elapsed() % static_cast<qint64>(kTurn)) / kTurn;
    paintStateMark(painter, colors, mark, markOf(step.state), colorOf(colors, step.state), turned);
    const qreal left = mark.right() + 8, room = box.right() - left - 8;
    QFont fixed = fontOf(kTextPixels, false, true);
    painter.setFont(fixed);
    painter.setPen(isTall ? colors.text : colors.muted);
    if (!isTall)
        return drawElided(painter, {left, box.top(), room, box.height()}, step.text);
    drawElided(painter, {left, box.top() + 4, room, 18}, step.text);
    painter.setFont(fontOf(kFigurePixels, false, false));
    painter.setPen(isLoud ? colorOf(colors, step.state) : colors.muted);
    drawElided(painter, {left, box.top() + 22, room, 16}, figures(step));
}

} // namespace escale::gui
