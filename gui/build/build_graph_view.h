// The graph of a build, live: stages as lanes, steps as boxes with what they are at, lines where a stage
// takes something of another one. One walks through it with the arrow keys. Nothing moves unless a step runs.
#pragma once

#include "gui/build/build_graph_layout.h"
#include "gui/common/drawing_accessible.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>

namespace escale::gui {

struct Colors;

class BuildGraphView : public QAbstractScrollArea, public SpokenDrawing {
    Q_OBJECT
public:
    explicit BuildGraphView(QWidget* parent = nullptr);
    void setStages(const QList<ShownStage>& stages);
    [[nodiscard]] const QList<ShownStage>& stages() const { return m_stages; }
    [[nodiscard]] const BuildGraphLayout& drawing() const { return m_layout; }
    /// What does not hold the text steps back.
    void setFilter(const QString& text);
    /// Makes it the current one, and brings it into sight.
    void setCurrent(const QString& step);
    [[nodiscard]] const QString& current() const { return m_current; }
    /// While nobody has chosen a step, what runs is brought into sight.
    void follow(const QString& step);
    void zoomBy(qreal factor);
    [[nodiscard]] const ShownStep* step(const QString& id) const;
    [[nodiscard]] QString spoken(const QString& id) const;
    /// In the viewport's pixels.
    [[nodiscard]] QRect shownRect(const QString& step) const;
    [[nodiscard]] QSize sizeHint() const override;

    [[nodiscard]] QStringList partIds() const override;
    [[nodiscard]] QString spokenPart(const QString& id) const override { return spoken(id); }
    [[nodiscard]] QRect partRect(const QString& id) const override { return shownRect(id); }
    [[nodiscard]] QString currentPart() const override { return m_current; }
    void goToPart(const QString& id) override { setCurrent(id); }
    void pressPart(const QString& id) override { Q_EMIT activated(id); }

Q_SIGNALS:
    void currentChanged(const QString& step);
    /// Double click or Return: its line is wanted.
    void activated(const QString& step);
    void menuRequested(const QString& step, const QPoint& globalPlace);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void renew();
    void updateBars();
    void updateMovement();
    void showStep(const QString& id);
    [[nodiscard]] QPointF toGraph(const QPoint& place) const;
    [[nodiscard]] QString figures(const ShownStep& step) const;
    [[nodiscard]] bool isNeeded(const QString& step) const;
    [[nodiscard]] bool isDimmed(const ShownStage& stage, const ShownStep& step) const;
    void paintStage(QPainter& painter, const Colors& colors, const ShownStage& stage) const;
    void paintEdges(QPainter& painter, const Colors& colors) const;
    void paintStep(QPainter& painter, const Colors& colors, const ShownStep& step) const;

    QList<ShownStage> m_stages;
    BuildGraphLayout m_layout;
    QString m_current, m_followed, m_filter;
    qreal m_scale = 1;
    bool m_isPlan = true; // nothing of it has begun
    QTimer m_frame;
    QElapsedTimer m_clock;
};

} // namespace escale::gui
