// The time line of what was done to a stack: a row a container, network, volume or image; bars for work,
// hatched ones for waiting, with the reason in them. Up and down go from row to row.
#pragma once

#include "gui/common/drawing_accessible.h"
#include "gui/stacks/stack_timeline.h"

#include <QAbstractScrollArea>

namespace escale::gui {

class TimelineView : public QAbstractScrollArea, public SpokenDrawing {
    Q_OBJECT
public:
    explicit TimelineView(QWidget* parent = nullptr);
    void setTimeline(const Timeline& timeline);
    [[nodiscard]] const Timeline& timeline() const { return m_timeline; }
    void setCurrent(const QString& row);
    [[nodiscard]] QSize sizeHint() const override { return {480, 240}; }

    [[nodiscard]] QStringList partIds() const override;
    [[nodiscard]] QString spokenPart(const QString& id) const override;
    [[nodiscard]] QRect partRect(const QString& id) const override;
    [[nodiscard]] QString currentPart() const override { return m_current; }
    void goToPart(const QString& id) override { setCurrent(id); }
    void pressPart(const QString& id) override { setCurrent(id); }

Q_SIGNALS:
    void currentChanged(const QString& row);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int indexOf(const QString& row) const;
    [[nodiscard]] int nameWidth() const;
    [[nodiscard]] qreal xOf(qint64 time) const;
    [[nodiscard]] int rowAt(int y) const;
    void updateBars();
    void paintAxis(QPainter& painter);
    void paintRow(QPainter& painter, int index);

    Timeline m_timeline;
    QString m_current;
};

} // namespace escale::gui
