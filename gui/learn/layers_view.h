// The layers of a container seen from the side, as a drawing and as rows. Pure; in words: layers_text.h.
#pragma once

#include "gui/common/cells_model.h"
#include "gui/common/drawing.h"
#include "gui/images/image_reader.h"
#include "gui/learn/file_column.h"

namespace escale::gui {

/// What is known of a container's layers.
struct ContainerLayersView {
    QString container;             // its name
    QStringList digests;           // of the image's layers, base first
    QStringList instructions;      // that made them; may be fewer: unknown
    QList<quint64> downloads;      // bytes of each as it was downloaded; may be fewer
    ImageContentsPointer contents; // the image's layers, and the container's own as the last one
    OwnLayer own;                  // as it is now
    QStringList mounts;            // where something is mounted in the container, without its root
    QString path;                  // that is followed through them; empty: none
    QString pulse;                 // what the own layer has just been told of; empty: nothing

    [[nodiscard]] std::size_t imageLayers() const { return contents ? contents->stack.layerCount() - 1 : 0; }
    [[nodiscard]] bool isOwn(std::size_t layer) const { return layer == imageLayers(); }
    [[nodiscard]] QString instruction(std::size_t layer) const {
        return instructions.value(static_cast<qsizetype>(layer));
    }
    /// The mount that the path lies in, which hides what the layers have there; empty: none.
    [[nodiscard]] QString mountOver(const QString& of) const;
    [[nodiscard]] FileColumn column() const {
        return path.isEmpty() || !contents ? FileColumn()
                                           : fileColumn(contents->stack, imageLayers(), own, path);
    }
};

/// "layer:2": of box and row alike, base first from 0.
QString layerId(std::size_t layer);
/// -1: it is none.
int layerOf(const QString& id);

Drawing layersDrawing(const ContainerLayersView& view);
QStringList layersColumns();
QList<CellsRow> layersRows(const ContainerLayersView& view);
/// Files that are stored and not seen, the largest first; the id is the path. At most `most`.
QStringList hiddenColumns();
QList<CellsRow> hiddenRows(const ContainerLayersView& view, int most);
/// What to follow while nobody has said: a file that the container has copied up, else the largest hidden
/// one.
QString tellingPath(const ContainerLayersView& view);

} // namespace escale::gui
