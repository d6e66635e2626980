// A stack drawn, live: its services with their states, networks, volumes and who needs whom. One walks
// through it with the arrow keys, moves it with the mouse and zooms. Nothing moves unless something is worked
// on.
#pragma once

#include "gui/common/drawing_accessible.h"
#include "gui/stacks/stack_graph_layout.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>

namespace escale::gui {

class StackGraphView : public QAbstractScrollArea, public SpokenDrawing {
    Q_OBJECT
public:
    explicit StackGraphView(QWidget* parent = nullptr);
    void setGraph(const StackGraph& graph);
    [[nodiscard]] const StackGraph& graph() const { return m_graph; }
    [[nodiscard]] const StackLayout& drawing() const { return m_layout; }
    /// What does not hold the text steps back.
    void setFilter(const QString& text);
    /// Said in the middle while there is nothing to draw.
    void setPlaceholder(const QString& text);
    /// Makes it the current one, and brings it into sight.
    void setCurrent(const QString& node);
    [[nodiscard]] const QString& current() const { return m_current; }
    /// 0: all of it, if that can be read.
    void zoomBy(qreal factor);
    [[nodiscard]] QSize sizeHint() const override { return {480, 360}; }

    [[nodiscard]] QStringList partIds() const override;
    [[nodiscard]] QString spokenPart(const QString& id) const override;
    [[nodiscard]] QRect partRect(const QString& id) const override;
    [[nodiscard]] QString currentPart() const override { return m_current; }
    void goToPart(const QString& id) override { setCurrent(id); }
    void pressPart(const QString& id) override { Q_EMIT activated(id); }

Q_SIGNALS:
    void currentChanged(const QString& node);
    /// Double click or Return.
    void activated(const QString& node);
    void menuRequested(const QString& node, const QPoint& globalPlace);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void renew();
    void layOutToFit();
    void updateBars();
    void updateMovement();
    void showNode(const QString& id);
    [[nodiscard]] QPointF offset() const;
    [[nodiscard]] QPointF toGraph(const QPoint& place) const;

    StackGraph m_graph;
    StackLayout m_layout;
    QString m_current, m_filter, m_placeholder;
    qreal m_scale = 1;
    bool m_fits = true; // until somebody zooms
    QTimer m_frame;
    QElapsedTimer m_clock;
    QPoint m_pressed; // where the drawing is held; null: nowhere
};

} // namespace escale::gui
