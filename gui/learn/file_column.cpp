#include "gui/learn/file_column.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <sys/stat.h>

namespace escale::gui {
namespace {

using State = FileCell::State;
using NodeId = LayerStack::NodeId;

constexpr std::size_t kMostMatches = 5000; // that are sorted

const LayerEntry* entryIn(const LayerStack& stack, std::size_t layer, NodeId node) {
    const std::vector<LayerEntry>& entries = stack.entries(layer);
    for (std::uint32_t number = 0; number < entries.size(); ++number) {
        if (stack.nodeOf(layer, number) == node)
            return &entries[number];
    }
    return nullptr;
}

bool isRemovedIn(const LayerStack& stack, std::size_t layer, NodeId node) {
    for (const LayerStack::Version& version : stack.versions(node)) {
        if (version.layer == layer)
            return version.change == LayerChange::Removed;
    }
    return false;
}

/// The nearest folder above by which the layer hides what is below.
QString hidingFolder(const LayerStack& stack, std::size_t layer, NodeId node) {
    while (node != LayerStack::kRoot) {
        node = stack.node(node).parent;
        const LayerEntry* entry = entryIn(stack, layer, node);
        if (entry != nullptr && (entry->whiteout || entry->opaque || !S_ISDIR(entry->mode)))
            return QString::fromStdString(stack.path(node));
    }
    return {};
}

FileCell cellOf(const LayerStack& stack, std::size_t layer, NodeId node) {
    FileCell cell;
    if (const LayerEntry* entry = entryIn(stack, layer, node)) {
        cell.isFolder = S_ISDIR(entry->mode);
        cell.size = S_ISREG(entry->mode) ? entry->size : 0;
        cell.state = entry->whiteout ? State::Whiteout
                     : entry->opaque ? State::Opaque
                     : cell.isFolder ? State::Merged
                                     : State::Seen;
    } else if (isRemovedIn(stack, layer, node)) {
        cell.state = State::FolderHides;
        cell.by = hidingFolder(stack, layer, node);
    }
    return cell;
}

FileCell cellOf(const OwnLayer& own, const QString& path) {
    FileCell cell;
    if (const OwnFile* file = own.file(path)) {
        cell.isFolder = file->kind == LayerEvent::Kind::Folder;
        cell.size = file->kind == LayerEvent::Kind::File ? file->size : 0;
        cell.state = file->mark == OwnFile::Mark::Whiteout ? State::Whiteout
                     : file->mark == OwnFile::Mark::Opaque ? State::Opaque
                     : cell.isFolder                       ? State::Merged
                                                           : State::Seen;
    } else if (cell.by = own.hidingFolder(path); !cell.by.isEmpty()) {
        cell.state = State::FolderHides;
    }
    return cell;
}

// From the top down: what is seen, and what lies below something else.
void resolve(FileColumn& column) {
    int hider = -1;  // the nearest layer above that hides what comes now
    int folder = -1; // a folder that is seen, which hides files below, and joins folders
    for (int layer = static_cast<int>(column.cells.size()) - 1; layer >= 0; --layer) {
        FileCell& cell = column.cells[layer];
        if (cell.state == State::Nothing)
            continue;
        column.isKnown = true;
        if (cell.state == State::Whiteout || cell.state == State::FolderHides) {
            hider = layer;
            continue;
        }
        const int above = hider >= 0 ? hider : cell.isFolder ? -1 : folder;
        const bool isOpaque = cell.state == State::Opaque;
        if (above >= 0) {
            cell.state = State::Hidden;
            cell.hiddenBy = above;
            column.hidden += cell.size;
        } else {
            column.seen = std::max(column.seen, layer);
            folder = cell.isFolder ? layer : folder;
        }
        if (!cell.isFolder || isOpaque)
            hider = layer;
    }
}

bool holdsText(std::string_view name, std::string_view text) {
    const auto same = [](unsigned char one, unsigned char other) {
        return std::tolower(one) == std::tolower(other);
    };
    return std::search(name.begin(), name.end(), text.begin(), text.end(), same) != name.end();
}

bool beginsWith(std::string_view name, std::string_view text) {
    return text.empty() || (name.size() >= text.size() && holdsText(name.substr(0, text.size()), text));
}

QString shown(const LayerStack& stack, NodeId node) {
    const LayerEntry* entry = stack.entryAt(node, stack.layerCount());
    for (const LayerStack::Version& version : stack.versions(node)) {
        if (entry == nullptr && version.change != LayerChange::Removed)
            entry = &stack.entries(version.layer)[version.entry];
    }
    const QString path = QString::fromStdString(stack.path(node));
    return entry != nullptr && S_ISDIR(entry->mode) ? path + u'/' : path;
}

QStringList inFolder(const LayerStack& stack, const OwnLayer& own, const QString& text) {
    const QString folder = folderOf(text);
    const QString begin = text.mid(text.lastIndexOf(u'/') + 1);
    QStringList found;
    const NodeId node = stack.find(folder.toStdString());
    if (node < stack.nodeCount()) {
        for (const NodeId child : stack.children(node)) {
            if (beginsWith(stack.name(child), begin.toStdString()))
                found.append(shown(stack, child));
        }
    }
    for (auto each = own.files().begin(); each != own.files().end(); ++each) {
        if (folderOf(each.key()) == folder && each.key().startsWith(text, Qt::CaseInsensitive))
            found.append(each->kind == LayerEvent::Kind::Folder ? each.key() + u'/' : each.key());
    }
    return found;
}

QStringList byName(const LayerStack& stack, const OwnLayer& own, const QString& text) {
    const std::string wanted = text.toStdString();
    QStringList found;
    for (NodeId node = 1; node < stack.nodeCount() && std::size_t(found.size()) < kMostMatches; ++node) {
        if (holdsText(stack.name(node), wanted))
            found.append(shown(stack, node));
    }
    for (auto each = own.files().begin(); each != own.files().end(); ++each) {
        if (each.key().section(u'/', -1).contains(text, Qt::CaseInsensitive))
            found.append(each->kind == LayerEvent::Kind::Folder ? each.key() + u'/' : each.key());
    }
    return found;
}

} // namespace

FileColumn fileColumn(const LayerStack& stack, std::size_t layers, const OwnLayer& own, const QString& path) {
    FileColumn column;
    column.path = path;
    const NodeId node = stack.find(path.toStdString());
    for (std::size_t layer = 0; layer < layers; ++layer)
        column.cells.append(node < stack.nodeCount() ? cellOf(stack, layer, node) : FileCell());
    column.cells.append(cellOf(own, path));
    resolve(column);
    return column;
}

QStringList completedPaths(const LayerStack& stack, const OwnLayer& own, const QString& text, int most) {
    if (text.isEmpty())
        return {};
    QStringList found = text.startsWith(u'/') ? inFolder(stack, own, text) : byName(stack, own, text);
    found.removeDuplicates();
    std::stable_sort(found.begin(), found.end(),
                     [](const QString& one, const QString& other) { return one.size() < other.size(); });
    return found.mid(0, most);
}

} // namespace escale::gui
