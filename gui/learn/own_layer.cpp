#include "gui/learn/own_layer.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/stat.h>

namespace escale::gui {
namespace {

using Kind = LayerEvent::Kind;
using Change = LayerEvent::Change;
using Mark = OwnFile::Mark;

Kind kindOf(std::uint32_t mode) {
    return S_ISREG(mode)   ? Kind::File
           : S_ISDIR(mode) ? Kind::Folder
           : S_ISLNK(mode) ? Kind::Link
                           : Kind::Other;
}

std::optional<Mark> markOf(Change change, const OwnFile* before) {
    switch (change) {
    case Change::Created:
        return Mark::Created;
    case Change::CopiedUp:
        return Mark::CopiedUp;
    case Change::Changed: // what it is stays; of what was not told before the layers below know nothing
        return before == nullptr || before->mark == Mark::Whiteout ? Mark::Created : before->mark;
    case Change::Removed:
        return Mark::Whiteout;
    case Change::Opaque:
        return Mark::Opaque;
    case Change::Gone:
    case Change::Listed:
        break;
    }
    return std::nullopt;
}

} // namespace

QString folderOf(const QString& path) {
    const auto slash = path.lastIndexOf(u'/');
    return slash <= 0 ? QStringLiteral("/") : path.left(slash);
}

std::optional<LayerEvent> LayerEvent::fromLine(const QByteArray& line) {
    static const QHash<QString, Change> kChanges{
        {QStringLiteral("created"), Change::Created}, {QStringLiteral("copied-up"), Change::CopiedUp},
        {QStringLiteral("changed"), Change::Changed}, {QStringLiteral("removed"), Change::Removed},
        {QStringLiteral("opaque"), Change::Opaque},   {QStringLiteral("gone"), Change::Gone}};
    static const QHash<QString, Kind> kKinds{{QStringLiteral("file"), Kind::File},
                                             {QStringLiteral("folder"), Kind::Folder},
                                             {QStringLiteral("link"), Kind::Link}};
    const QJsonObject told = QJsonDocument::fromJson(line).object();
    LayerEvent event;
    if (told.value(QLatin1String("listed")).toBool())
        return event;
    const auto change = kChanges.constFind(told.value(QLatin1String("change")).toString());
    event.path = told.value(QLatin1String("path")).toString();
    if (change == kChanges.constEnd() || !event.path.startsWith(u'/'))
        return std::nullopt;
    event.change = *change;
    event.kind = kKinds.value(told.value(QLatin1String("kind")).toString(), Kind::Other);
    event.time = told.value(QLatin1String("time")).toInteger();
    event.size = static_cast<quint64>(std::max<qint64>(0, told.value(QLatin1String("size")).toInteger()));
    event.blocks = static_cast<quint64>(std::max<qint64>(0, told.value(QLatin1String("blocks")).toInteger()));
    return event;
}

OwnLayer::OwnLayer(const LayerStack& stack) {
    if (stack.layerCount() == 0)
        return;
    const std::size_t own = stack.layerCount() - 1;
    const std::vector<LayerEntry>& entries = stack.entries(own);
    for (std::uint32_t number = 1; number < entries.size(); ++number) { // 0: the root
        const LayerEntry& entry = entries[number];
        const LayerStack::NodeId node = stack.nodeOf(own, number);
        const Mark mark = entry.whiteout                             ? Mark::Whiteout
                          : entry.opaque                             ? Mark::Opaque
                          : own > 0 && stack.existsAt(node, own - 1) ? Mark::CopiedUp
                                                                     : Mark::Created;
        m_files.insert(QString::fromStdString(stack.path(node)), {mark, kindOf(entry.mode), entry.size});
    }
}

void OwnLayer::take(const LayerEvent& event) {
    if (event.change == Change::Gone) {
        m_files.remove(event.path);
        return;
    }
    if (const auto mark = markOf(event.change, file(event.path)))
        m_files.insert(event.path, {*mark, event.kind, event.size});
}

const OwnFile* OwnLayer::file(const QString& path) const {
    const auto found = m_files.constFind(path);
    return found == m_files.constEnd() ? nullptr : &*found;
}

QString OwnLayer::hidingFolder(const QString& path) const {
    for (QString folder = folderOf(path); folder.size() > 1; folder = folderOf(folder)) {
        const OwnFile* found = file(folder);
        if (found != nullptr &&
            (found->mark == Mark::Whiteout || found->mark == Mark::Opaque || found->kind != Kind::Folder))
            return folder;
    }
    return {};
}

int OwnLayer::count(Mark mark) const {
    int number = 0;
    for (const OwnFile& one : m_files)
        number += one.mark == mark && one.kind != Kind::Folder ? 1 : 0;
    return number;
}

quint64 OwnLayer::size() const {
    quint64 bytes = 0;
    for (const OwnFile& one : m_files)
        bytes += one.kind == Kind::File && one.mark != Mark::Whiteout ? one.size : 0;
    return bytes;
}

} // namespace escale::gui
