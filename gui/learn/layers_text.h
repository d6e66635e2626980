// What the layers mean, in words for people who learn it. Pure.
#pragma once

#include "gui/learn/layers_view.h"

namespace escale::gui {

/// "layer 3", "the container's own layer".
QString layerName(const ContainerLayersView& view, std::size_t layer);
/// "+12 ~3 −1", or that in words.
QString layerCounts(const ContainerLayersView& view, std::size_t layer, bool inWords);
quint64 layerSize(const ContainerLayersView& view, std::size_t layer);
/// "hidden by layer 5"; empty: the layer says nothing of the path.
QString cellText(const ContainerLayersView& view, const FileCell& cell);
/// "copied up from layer 2: its 1.2 kB were copied before the first byte was changed"
QString eventText(const ContainerLayersView& view, const LayerEvent& event);

/// In HTML: of the whole, and of the path that is followed.
QString layersExplanation(const ContainerLayersView& view);
QString layerExplanation(const ContainerLayersView& view, std::size_t layer);

} // namespace escale::gui
