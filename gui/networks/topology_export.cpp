#include "gui/networks/topology_export.h"

#include "gui/common/theme.h"
#include "gui/networks/topology_scene.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace escale::gui {

static constexpr qreal kPictureScale = 2;
static constexpr int kMostPixels = 16000; // of a side

// As it looks from near, whatever the window's scale is.
static void drawWhole(TopologyScene& scene, QPainter& painter, qreal windowScale) {
    scene.setScale(1);
    painter.fillRect(scene.sceneRect(), Colors::current().base);
    scene.draw(painter);
    scene.setScale(windowScale);
}

QByteArray topologySvg(TopologyScene& scene) {
    QByteArray document;
    QBuffer buffer(&document);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setViewBox(scene.sceneRect());
    svg.setSize(scene.sceneRect().size().toSize());
    svg.setTitle(QCoreApplication::translate("Topology", "Topology of the networks"));
    svg.setDescription(QStringLiteral("Escale"));
    QPainter painter(&svg);
    drawWhole(scene, painter, scene.scale());
    painter.end();
    return document;
}

QImage topologyImage(TopologyScene& scene) {
    const QRectF all = scene.sceneRect();
    const qreal scale =
        std::min(kPictureScale, kMostPixels / std::max({all.width(), all.height(), qreal(1)}));
    QImage image((all.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-all.topLeft());
    drawWhole(scene, painter, scene.scale());
    return image;
}

Result<> exportTopology(TopologyScene& scene, const QString& file) {
    QByteArray content;
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        content = topologySvg(scene);
    } else {
        QBuffer buffer(&content);
        buffer.open(QIODevice::WriteOnly);
        topologyImage(scene).save(&buffer, "PNG");
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit())
        return fail(ErrorCode::Internal, QCoreApplication::translate("Topology", "cannot write %1: %2")
                                             .arg(file, out.errorString())
                                             .toStdString());
    return {};
}

} // namespace escale::gui
