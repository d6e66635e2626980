// Looks at the topology: zooms, moves, takes the keyboard from node to node, lets a container be dragged onto
// a network and off it, and draws the traffic that moves. Nothing moves while it is not seen, while there is
// no traffic, or on a desktop without animations. What stands still is drawn once and kept, so that a frame
// is that picture and the dots.
#pragma once

#include "gui/common/drawing_accessible.h"

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QHash>
#include <QPixmap>
#include <QTimer>

namespace escale::gui {

class TopologyScene;

class TopologyView : public QGraphicsView, public SpokenDrawing {
    Q_OBJECT
public:
    /// The scene outlives it.
    explicit TopologyView(TopologyScene& scene, QWidget* parent = nullptr);
    [[nodiscard]] TopologyScene& topology() const { return m_scene; }
    /// The whole of it, now and while it changes, until one zooms.
    void fit();
    void zoomBy(qreal factor);
    /// Shows the node or edge, and makes it the current one.
    void goTo(const QString& id);
    /// Traffic moves; off by the person's choice or the desktop's.
    void setAnimated(bool on);
    [[nodiscard]] bool isAnimated() const { return m_animated; }
    /// The timer that moves it runs.
    [[nodiscard]] bool isMoving() const { return m_frame.isActive(); }
    /// Traffic has come or gone.
    void updateMovement();
    /// One step of what moves; the timer calls it.
    void advance();
    static bool desktopAnimates();

    [[nodiscard]] QStringList partIds() const override;
    [[nodiscard]] QString spokenPart(const QString& id) const override;
    [[nodiscard]] QRect partRect(const QString& id) const override;
    [[nodiscard]] QString currentPart() const override;
    void goToPart(const QString& id) override { goTo(id); }
    void pressPart(const QString& id) override { Q_EMIT activated(id); }

Q_SIGNALS:
    void activated(const QString& id);
    void menuRequested(const QPoint& globalPlace);
    void removeRequested(const QString& id);
    void connectRequested(const QString& network, const QString& container);
    void disconnectRequested(const QString& network, const QString& container);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    // A container that is dragged, from its box or by one of its lines.
    struct Drag {
        QString container, network; // its engine's id; of a line: the network that it leads to
        QPointF start, at;          // scene
        bool isOn = false;          // it has been moved far enough
    };
    void showScale();
    void drawStill();
    void paintTraffic(QPainter& painter);
    void paintDrag(QPainter& painter) const;
    [[nodiscard]] const QPixmap& dotOf(const QColor& color);
    [[nodiscard]] QString dropTarget(const QPointF& place) const;
    void nextEdge();
    void press(const QPoint& place);

    TopologyScene& m_scene;
    QTimer m_frame;
    QElapsedTimer m_clock;
    Drag m_drag;
    QPoint m_pressed;
    QPixmap m_still;             // all but what moves, as the viewport shows it; null: to be drawn
    QHash<QRgb, QPixmap> m_dots; // by colour
    QList<QPointF> m_places;     // of one line's dots; kept for its memory
    bool m_fits = true, m_animated = true;
};

} // namespace escale::gui
