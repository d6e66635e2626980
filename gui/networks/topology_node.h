// A box of the topology: this machine's interfaces, routing, networks, containers, published ports. Far away
// it shows its name alone, in letters that can still be read.
#pragma once

#include "gui/networks/topology_graph.h"

#include <QColor>
#include <QGraphicsItem>

namespace escale::gui {

struct Colors;

/// One of eight colours that tell networks apart, on a light or a dark ground; the border's for -1.
QColor topologyHue(int hue);
/// How dangerous it is that these can reach a port.
QColor reachColor(const QString& who);

class TopologyNodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    TopologyNodeItem();
    [[nodiscard]] int type() const override { return Type; }

    void setNode(const TopologyNode& node);
    [[nodiscard]] const TopologyNode& node() const { return m_node; }
    /// Its top left is its position.
    void setSize(const QSizeF& size);
    [[nodiscard]] QSizeF size() const { return m_size; }
    [[nodiscard]] QRectF box() const { return {pos(), m_size}; }
    /// `isBusy`: there is traffic.
    void setRate(const QString& text, bool isBusy);
    /// Current: it has the keyboard or was clicked; dimmed: it is not on the way that is looked at; target: a
    /// container can be dropped here.
    void setLook(bool current, bool dimmed, bool target);
    /// Of the view: below a limit only names are drawn.
    void setScale(qreal scale);

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintGround(QPainter& painter, const Colors& colors) const;
    void paintWords(QPainter& painter, const Colors& colors) const;
    void paintFar(QPainter& painter, const Colors& colors) const;
    void paintBar(QPainter& painter, const Colors& colors) const;
    [[nodiscard]] QColor mark() const;

    TopologyNode m_node;
    QSizeF m_size;
    QString m_rate;
    qreal m_scale = 1;
    bool m_current = false, m_dimmed = false, m_target = false, m_isBusy = false;
};

} // namespace escale::gui
