// Shows a Drawing: one walks through its boxes with the arrow keys, moves it with the mouse and zooms with
// Ctrl and the wheel, plus, minus and 0. A screen reader hears each box. Nothing is painted that nobody sees.
#pragma once

#include "gui/common/drawing.h"
#include "gui/common/drawing_accessible.h"

#include <QAbstractScrollArea>

namespace escale::gui {

class DrawingView : public QAbstractScrollArea, public SpokenDrawing {
    Q_OBJECT
public:
    /// How small a whole drawing is shown at most: smaller letters cannot be read.
    static constexpr qreal kLeastFit = 0.72;

    explicit DrawingView(QWidget* parent = nullptr);
    /// The current box and the place in sight stay, as far as there are the same.
    void setDrawing(const Drawing& drawing);
    [[nodiscard]] const Drawing& drawing() const { return m_drawing; }
    /// What does not hold the text steps back.
    void setFilter(const QString& text);
    /// Makes it the current one, and brings it into sight. Empty: none.
    void setCurrent(const QString& id);
    [[nodiscard]] const QString& current() const { return m_current; }
    /// 0: all of it, if that can be read.
    void zoomBy(qreal factor);
    [[nodiscard]] qreal scale() const { return m_scale; }
    [[nodiscard]] QSize sizeHint() const override { return {480, 320}; }

    [[nodiscard]] QStringList partIds() const override;
    [[nodiscard]] QString spokenPart(const QString& id) const override;
    [[nodiscard]] QRect partRect(const QString& id) const override;
    [[nodiscard]] QString currentPart() const override { return m_current; }
    void goToPart(const QString& id) override { setCurrent(id); }
    void pressPart(const QString& id) override { Q_EMIT activated(id); }

Q_SIGNALS:
    void currentChanged(const QString& id);
    /// The mouse let go of it where it was pressed; `currentChanged` came before.
    void clicked(const QString& id);
    /// Double click or Return.
    void activated(const QString& id);
    void menuRequested(const QString& id, const QPoint& globalPlace);

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
    void changeEvent(QEvent* event) override;

private:
    void fit();
    void updateBars();
    void showBox(const QString& id);
    [[nodiscard]] QPointF offset() const;
    [[nodiscard]] QPointF toDrawing(const QPoint& place) const;

    Drawing m_drawing;
    QString m_current, m_filter;
    qreal m_scale = 1;
    bool m_fits = true;  // until somebody zooms
    QPoint m_pressed;    // where the drawing is held; null: nowhere
    QString m_pressedOn; // the box that the mouse went down on, while it stays there
};

} // namespace escale::gui
