#include "gui/learn/layers_text.h"

#include "gui/common/format.h"
#include "gui/learn/explanation.h"

#include <QCoreApplication>
#include <QLocale>

#include <sys/stat.h>

namespace escale::gui {
namespace {

using State = FileCell::State;
using Change = LayerEvent::Change;

constexpr int kNamed = 3; // files that the overview names

struct LayersText {
    Q_DECLARE_TR_FUNCTIONS(LayersText)
public:
    const ContainerLayersView& view;

    [[nodiscard]] QString whole() const;
    [[nodiscard]] QString notSmaller() const;
    [[nodiscard]] QString file(const FileColumn& column) const;
    [[nodiscard]] QString fileNotSeen(const FileColumn& column) const;
    [[nodiscard]] QString hiddenVersions(const FileColumn& column) const;
    [[nodiscard]] QString inLayer(std::size_t layer, const FileCell& cell) const;
    [[nodiscard]] QString hiddenIn(std::size_t layer) const;
    template <class Number>
    [[nodiscard]] QString name(Number layer) const {
        return nameOf(static_cast<std::size_t>(layer));
    }
    [[nodiscard]] QString nameOf(std::size_t layer) const;
    [[nodiscard]] QString counts(std::size_t layer, bool inWords) const;
    [[nodiscard]] QString cell(const FileCell& cell) const;
    [[nodiscard]] QString event(const LayerEvent& event) const;
    [[nodiscard]] QString copiedUp(const LayerEvent& event, int from) const;
    [[nodiscard]] quint64 size(std::size_t layer) const;
    [[nodiscard]] int layerBelow(const QString& path) const;
};

QString LayersText::nameOf(std::size_t layer) const {
    return view.isOwn(layer) ? tr("the container's own layer") : tr("layer %1").arg(layer + 1);
}

quint64 LayersText::size(std::size_t layer) const {
    return view.isOwn(layer) ? view.own.size() : view.contents->stack.summary(layer).size;
}

QString LayersText::counts(std::size_t layer, bool inWords) const {
    quint64 added = 0, changed = 0, removed = 0;
    if (view.isOwn(layer)) {
        added = static_cast<quint64>(view.own.count(OwnFile::Mark::Created));
        changed = static_cast<quint64>(view.own.count(OwnFile::Mark::CopiedUp));
        removed = static_cast<quint64>(view.own.count(OwnFile::Mark::Whiteout));
    } else {
        const LayerStack::LayerSummary& summary = view.contents->stack.summary(layer);
        added = summary.added;
        changed = summary.changed;
        removed = summary.removed;
    }
    const QLocale locale;
    if (inWords)
        return tr("files added: %1, changed: %2, removed: %3")
            .arg(locale.toString(added), locale.toString(changed), locale.toString(removed));
    QStringList parts;
    for (const auto& [sign, count] :
         {std::pair(QChar(u'+'), added), {u'~', changed}, {QChar(0x2212), removed}}) {
        if (count > 0)
            parts.append(sign + locale.toString(count));
    }
    return parts.isEmpty() ? tr("no files") : parts.join(u' ');
}

QString LayersText::cell(const FileCell& cell) const {
    switch (cell.state) {
    case State::Nothing:
        return {};
    case State::Seen:
        return tr("seen");
    case State::Merged:
        return tr("a part of the folder");
    case State::Hidden:
        return view.isOwn(static_cast<std::size_t>(cell.hiddenBy))
                   ? tr("hidden by the top one")
                   : tr("hidden by layer %1").arg(cell.hiddenBy + 1);
    case State::Whiteout:
        return tr("whiteout: removed");
    case State::Opaque:
        return tr("opaque folder");
    case State::FolderHides:
        return tr("%1 hides it").arg(cell.by);
    }
    return {};
}

QString LayersText::whole() const {
    const auto layers = static_cast<int>(view.imageLayers());
    return htmlHeading(tr("A stack of layers"), 4) +
           htmlParagraph(
               tr("The image has %n layer(s). They are read-only, and all containers of the image use "
                  "the same ones: starting another container copies nothing.",
                  nullptr, layers)) +
           htmlParagraph(
               tr("On top lies the container's own layer, the only one that it can write to. The kernel "
                  "(overlayfs) shows the whole stack as one file system: of each path, what the highest "
                  "layer says of it. To change a file of a lower layer, it is first copied into the top "
                  "one (<i>copy-up</i>). To remove it, a mark is put there that hides it (a "
                  "<i>whiteout</i>): what lies below stays as it was."));
}

QString LayersText::notSmaller() const {
    const HiddenFiles& hidden = view.contents->hidden;
    quint64 all = 0;
    for (std::size_t layer = 0; layer < view.imageLayers(); ++layer)
        all += size(layer);
    QString html = htmlHeading(tr("Why is my image not smaller after rm?"), 4);
    if (hidden.bytes == 0)
        return html +
               htmlParagraph(tr("No layer of this image hides bytes of a layer below: all %1 of its files "
                                "can be seen.")
                                 .arg(formatBytes(all)));
    html += htmlParagraph(
        tr("Of %1 in the image's layers, <b>%2</b> cannot be seen: later layers remove or replace "
           "those files (hatched). A layer is never changed once it is made, so they are still "
           "stored, and downloaded by everybody who pulls the image.")
            .arg(formatBytes(all), formatBytes(hidden.bytes)));
    QString list;
    for (std::size_t i = 0; i < hidden.files.size() && i < kNamed; ++i) {
        const HiddenFile& file = hidden.files[i];
        const QString path = htmlCode(QString::fromStdString(view.contents->stack.path(file.node)));
        const QString words =
            file.isRemoved ? tr("%1: %2 in %3, removed by %4") : tr("%1: %2 in %3, replaced by %4");
        list += QStringLiteral("<li>") +
                words.arg(path, formatBytes(file.bytes), name(file.layer), name(file.hiddenBy)) +
                QStringLiteral("</li>");
    }
    return html + QStringLiteral("<ul>") + list + QStringLiteral("</ul>") +
           htmlParagraph(
               tr("To save them: remove a file in the same RUN that made it (<code>RUN make && rm -r "
                  "build</code>), or build in a stage of its own and copy only what is needed "
                  "(<code>COPY --from=build</code>)."));
}

QString LayersText::fileNotSeen(const FileColumn& column) const {
    if (!column.isKnown)
        return tr("No layer has this path, and none says that it is gone.");
    for (qsizetype layer = column.cells.size() - 1; layer >= 0; --layer) {
        const FileCell& cell = column.cells.at(layer);
        if (cell.state == State::Whiteout)
            return tr("Not there: a whiteout in %1 says that it was removed.").arg(name(layer));
        if (cell.state == State::FolderHides)
            return tr("Not there: %1 has removed or replaced the folder %2.")
                .arg(name(layer), htmlCode(cell.by));
    }
    return {};
}

QString LayersText::hiddenVersions(const FileColumn& column) const {
    QStringList words;
    for (qsizetype layer = column.cells.size() - 1; layer >= 0; --layer) {
        const FileCell& cell = column.cells.at(layer);
        if (cell.state == State::Hidden)
            words << tr("The one of %1 (%2) is hidden by %3.")
                         .arg(name(layer), formatBytes(cell.size), name(cell.hiddenBy));
    }
    if (column.hidden > 0)
        words << tr("<b>%1</b> of it are not seen, and still stored.").arg(formatBytes(column.hidden));
    return words.join(u' ');
}

QString LayersText::file(const FileColumn& column) const {
    QString seen = fileNotSeen(column);
    if (column.seen >= 0) {
        const FileCell& cell = column.cells.at(column.seen);
        seen = cell.isFolder
                   ? tr("A folder: what all layers have in it is seen together, down to the first one "
                        "that hides what is below.")
                   : tr("Seen from %1 (%2).").arg(name(column.seen), formatBytes(cell.size));
    }
    if (const QString mount = view.mountOver(column.path); !mount.isEmpty())
        seen = tr("Something is mounted at %1: the container sees that, and the layers are not asked. What "
                  "it writes "
                  "there lands in no layer.")
                   .arg(htmlCode(mount));
    return htmlHeading(column.path, 4) + htmlParagraph(seen) + htmlParagraph(hiddenVersions(column));
}

QString LayersText::inLayer(std::size_t layer, const FileCell& cell) const {
    const bool isOwn = view.isOwn(layer);
    switch (cell.state) {
    case State::Nothing:
        return tr("This layer says nothing of it: one looks through to the layers below.");
    case State::Seen:
        return tr("This is the version that the container sees (%1).").arg(formatBytes(cell.size));
    case State::Merged:
        return tr("What this layer has in the folder is seen together with what other layers have in it.");
    case State::Hidden:
        return tr("This layer has a version of %1, but %2 hides it. It is still stored.")
            .arg(formatBytes(cell.size), name(cell.hiddenBy));
    case State::Whiteout:
        return isOwn
                   ? tr("The container has removed it. Nothing was removed from the layers below: there is a "
                        "whiteout here, a character device with the number 0/0, which hides theirs.")
                   : tr("This instruction has removed it. In the layer stands a whiteout in its place (in "
                        "the "
                        "archive an empty file .wh.NAME), which hides the version below.");
    case State::Opaque:
        return tr(
            "The folder is opaque here: it was removed and made anew, so that what layers below have in it "
            "is hidden (the attribute trusted.overlay.opaque).");
    case State::FolderHides:
        return tr("The folder %1 is removed, replaced or opaque here: all that is in it below is hidden.")
            .arg(htmlCode(cell.by));
    }
    return {};
}

QString LayersText::hiddenIn(std::size_t layer) const {
    if (view.isOwn(layer) || view.contents->hidden.byLayer.at(layer) == 0)
        return {};
    return tr("%1 of it are hidden by later layers, and still downloaded and stored.")
        .arg(QStringLiteral("<b>") + formatBytes(view.contents->hidden.byLayer.at(layer)) +
             QStringLiteral("</b>"));
}

int LayersText::layerBelow(const QString& path) const {
    const FileColumn column = fileColumn(view.contents->stack, view.imageLayers(), OwnLayer(), path);
    return column.seen;
}

QString LayersText::copiedUp(const LayerEvent& event, int from) const {
    if (event.kind == LayerEvent::Kind::Folder)
        return tr("folder copied up: itself alone, so that what changes in it has a place");
    if (from < 0)
        return tr("copied up");
    const LayerStack::NodeId node = view.contents->stack.find(event.path.toStdString());
    const LayerEntry* below = view.contents->stack.entryAt(node, static_cast<std::size_t>(from));
    return tr("copied up from %1: its %2 were copied before the first byte was changed")
        .arg(name(from), formatBytes(below != nullptr ? below->size : 0));
}

QString LayersText::event(const LayerEvent& event) const {
    const int from = view.contents ? layerBelow(event.path) : -1;
    switch (event.change) {
    case Change::Created:
        return from < 0 ? tr("created: no layer below has it")
                        : tr("made anew: it hides that of %1").arg(name(from));
    case Change::CopiedUp:
        return copiedUp(event, from);
    case Change::Changed:
        return tr("changed where it is, in the container's own layer (%1)").arg(formatBytes(event.size));
    case Change::Removed:
        return from < 0
                   ? tr("removed: a whiteout (character device 0/0) stands there")
                   : tr("removed: a whiteout (character device 0/0) now hides that of %1").arg(name(from));
    case Change::Opaque:
        return tr("made anew: an opaque folder, which hides what layers below have in it");
    case Change::Gone:
        return from < 0 ? tr("gone: it was in the container's own layer alone, and leaves no trace")
                        : tr("gone from the container's own layer: that of %1 is seen again").arg(name(from));
    case Change::Listed:
        break;
    }
    return {};
}

} // namespace

QString layerName(const ContainerLayersView& view, std::size_t layer) {
    return LayersText{view}.name(layer);
}

QString layerCounts(const ContainerLayersView& view, std::size_t layer, bool inWords) {
    return LayersText{view}.counts(layer, inWords);
}

quint64 layerSize(const ContainerLayersView& view, std::size_t layer) {
    return LayersText{view}.size(layer);
}

QString cellText(const ContainerLayersView& view, const FileCell& cell) {
    return LayersText{view}.cell(cell);
}

QString eventText(const ContainerLayersView& view, const LayerEvent& event) {
    return LayersText{view}.event(event);
}

QString layersExplanation(const ContainerLayersView& view) {
    if (!view.contents)
        return {};
    const LayersText text{view};
    return (view.path.isEmpty() ? QString() : text.file(view.column())) + text.notSmaller() + text.whole();
}

QString layerExplanation(const ContainerLayersView& view, std::size_t layer) {
    if (!view.contents || layer > view.imageLayers())
        return {};
    const LayersText text{view};
    const bool isOwn = view.isOwn(layer);
    QString html = htmlHeading(
        isOwn ? LayersText::tr("The container's own layer") : LayersText::tr("Layer %1").arg(layer + 1), 4);
    if (isOwn)
        html += htmlParagraph(
            LayersText::tr("Writable. It holds what the container has changed, and goes when the "
                           "container is removed; volumes stay."));
    else if (const QString made = view.instruction(layer); !made.isEmpty())
        html += htmlParagraph(LayersText::tr("Made by %1").arg(htmlCode(made)));
    QString size = LayersText::tr("%1 of files").arg(formatBytes(text.size(layer)));
    if (const quint64 download = view.downloads.value(static_cast<qsizetype>(layer)); !isOwn && download > 0)
        size = LayersText::tr("%1 of files, %2 to download")
                   .arg(formatBytes(text.size(layer)), formatBytes(download));
    html += htmlParagraph(size + QStringLiteral("; ") + text.counts(layer, true) + QStringLiteral(". ") +
                          text.hiddenIn(layer));
    if (!view.path.isEmpty())
        html += htmlParagraph(htmlCode(view.path) + QStringLiteral(": ") +
                              text.inLayer(layer, view.column().cells.value(static_cast<qsizetype>(layer))));
    if (const QString digest = view.digests.value(static_cast<qsizetype>(layer)); !isOwn && !digest.isEmpty())
        html += htmlParagraph(
            LayersText::tr("Its name is the SHA-256 of its content: the same bytes are stored once, "
                           "for all images that have them.") +
            QStringLiteral("<br>") + htmlCode(digest));
    return html;
}

} // namespace escale::gui
