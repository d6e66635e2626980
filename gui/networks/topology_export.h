// The topology as a file that others can see.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace escale::gui {

class TopologyScene;

/// A whole SVG document, with the names as text.
QByteArray topologySvg(TopologyScene& scene);
/// At twice the scene's size.
QImage topologyImage(TopologyScene& scene);
/// SVG for a name that ends in ".svg", PNG for any other.
Result<> exportTopology(TopologyScene& scene, const QString& file);

} // namespace escale::gui
