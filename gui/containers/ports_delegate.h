// Draws a container's published ports as links, and says which of them is at a point.
#pragma once

#include "gui/common/table.h"

#include <QUrl>

namespace escale::gui {

class PortsDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& given,
                   const QModelIndex& index) override;
    /// The place of a port in its container's list; -1 beside them. `cell` is the index's rectangle in the
    /// view.
    [[nodiscard]] static int portAt(const QPoint& point, const QRect& cell, const QFont& font,
                                    const QStringList& labels);
};

} // namespace escale::gui
