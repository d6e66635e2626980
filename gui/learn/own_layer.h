// What a container has in the layer of its own: read once from its records, then kept up with what it is seen
// doing (Inspect.WatchChanges). A value.
#pragma once

#include "engine/image/layer_stack.h"

#include <QByteArray>
#include <QMap>
#include <QString>

#include <optional>

namespace escale::gui {

/// One line of WatchChanges.
struct LayerEvent {
    enum class Change { Created, CopiedUp, Changed, Removed, Opaque, Gone, Listed };
    enum class Kind { File, Folder, Link, Other };
    Change change = Change::Listed; // Listed: what was there already has been told
    Kind kind = Kind::File;
    qint64 time = 0; // Unix milliseconds
    QString path;
    quint64 size = 0;   // bytes
    quint64 blocks = 0; // bytes on the disk
    bool operator==(const LayerEvent&) const = default;

    /// Nothing for what is no such line.
    static std::optional<LayerEvent> fromLine(const QByteArray& line);
};

/// A path of the container's own layer.
struct OwnFile {
    enum class Mark {
        Created,
        CopiedUp, // layers below have it, too, and are not seen
        Whiteout,
        Opaque, // a folder that hides what is in it below
    };
    Mark mark = Mark::Created;
    LayerEvent::Kind kind = LayerEvent::Kind::File;
    quint64 size = 0;
    bool operator==(const OwnFile&) const = default;
};

class OwnLayer {
public:
    OwnLayer() = default;
    /// The last layer of the stack.
    explicit OwnLayer(const LayerStack& stack);
    void take(const LayerEvent& event);

    [[nodiscard]] const QMap<QString, OwnFile>& files() const { return m_files; }
    /// Null: it says nothing of the path itself.
    [[nodiscard]] const OwnFile* file(const QString& path) const;
    /// The nearest folder above the path by which this layer hides all of what layers below have there;
    /// empty: none.
    [[nodiscard]] QString hidingFolder(const QString& path) const;
    /// Files, without folders.
    [[nodiscard]] int count(OwnFile::Mark mark) const;
    [[nodiscard]] quint64 size() const;

private:
    QMap<QString, OwnFile> m_files; // by path: "/etc/hosts"
};

/// "/a/b" → "/a"; "/" of what is in the root.
QString folderOf(const QString& path);

} // namespace escale::gui
