// What a pull would bring over the network, given the layers that are here already. Pure.
#pragma once

#include "gui/registry/tag_details.h"

#include <QSet>

namespace escale::gui {

struct PullCost {
    quint64 total = 0;  // bytes of all layers, compressed
    quint64 needed = 0; // of those that are not here
    int layers = 0, present = 0;
};

/// `here`: the diffIDs of the layers on this machine. A layer that an image has twice is downloaded once.
PullCost pullCost(const QList<TagLayer>& layers, const QSet<QString>& here);

/// "12.3 MB to download"
QString costHeadline(const PullCost& cost);
/// "of 58 MB: 3 of 5 layers are here"
QString costDetail(const PullCost& cost);

} // namespace escale::gui
