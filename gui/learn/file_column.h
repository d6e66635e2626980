// One path through all layers of a container: which one has it, which one is seen, what hides the others.
// Pure.
#pragma once

#include "engine/image/layer_stack.h"
#include "gui/learn/own_layer.h"

#include <QList>
#include <QString>

namespace escale::gui {

/// What one layer has at the path.
struct FileCell {
    enum class State {
        Nothing, // it says nothing of the path
        Seen,    // this one is what the container sees
        Merged,  // a folder: what is in it in all layers is seen together
        Hidden,  // it is here, and a layer above hides it
        Whiteout,
        Opaque,      // a folder that hides what is in it below
        FolderHides, // it says nothing of the path, but a folder above it (`by`) is removed, or hides what is
                     // below
    };
    State state = State::Nothing;
    quint64 size = 0; // bytes of a file
    bool isFolder = false;
    int hiddenBy = -1; // Hidden: the layer above it that hides it
    QString by;        // FolderHides: that folder
    bool operator==(const FileCell&) const = default;
};

struct FileColumn {
    QString path;
    QList<FileCell> cells; // base first, the container's own last
    int seen = -1;         // the layer whose file the container sees; -1: none
    bool isKnown = false;  // some layer has it, or says that it is gone
    quint64 hidden = 0;    // bytes of the versions that are not seen
    bool operator==(const FileColumn&) const = default;
};

/// `stack`: its first `layers` are the image's, what is above is not looked at: `own` tells it.
FileColumn fileColumn(const LayerStack& stack, std::size_t layers, const OwnLayer& own, const QString& path);

/// Paths that hold the text in their name, or begin with it when it begins with "/": folders as "/etc/". The
/// shortest first, those that the container sees not before others. At most `most`.
QStringList completedPaths(const LayerStack& stack, const OwnLayer& own, const QString& text, int most);

} // namespace escale::gui
