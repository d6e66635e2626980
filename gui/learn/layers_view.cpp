#include "gui/learn/layers_view.h"

#include "gui/common/format.h"
#include "gui/learn/layers_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace escale::gui {
namespace {

using State = FileCell::State;

constexpr int kImageHue = 212, kOwnHue = 32, kSeenHue = 140, kGoneHue = 2;
constexpr qreal kLeft = 16, kTop = 16, kGap = 5;
constexpr qreal kWords = 300, kFile = 236, kBytes = 112; // widths of a slab's parts
constexpr qreal kSlab = kWords + kFile + kBytes;
constexpr qreal kLeastHeight = 44, kMostHeight = 68;
constexpr qreal kEye = 34, kRule = 24;
constexpr qreal kHatch = 7; // between its lines

struct LayersView {
    Q_DECLARE_TR_FUNCTIONS(LayersView)
public:
    explicit LayersView(const ContainerLayersView& told)
        : view(told)
        , column(told.column()) {
        for (std::size_t layer = 0; layer <= view.imageLayers(); ++layer)
            largest = std::max(largest, layerSize(view, layer));
    }
    void draw();
    void drawEye(qreal y);
    qreal drawSlab(std::size_t layer, qreal y);
    void drawWords(std::size_t layer, const QRectF& slab);
    void drawCell(std::size_t layer, const QRectF& slab);
    void drawHidden(std::size_t layer, const QRectF& slab);
    void drawRule(qreal y);
    void drawSight();
    [[nodiscard]] FileCell cell(std::size_t layer) const {
        return column.cells.value(static_cast<qsizetype>(layer));
    }
    [[nodiscard]] QString spoken(std::size_t layer) const;
    [[nodiscard]] CellsRow row(std::size_t layer) const;
    [[nodiscard]] CellsRow hiddenRow(const HiddenFile& file) const;
    [[nodiscard]] quint64 hidden(std::size_t layer) const {
        return view.isOwn(layer) ? 0 : view.contents->hidden.byLayer.at(layer);
    }

    const ContainerLayersView& view;
    FileColumn column;
    quint64 largest = 1;
    Drawing drawing;
    qreal eye = 0;           // bottom of the eye's box
    QMap<int, QRectF> cells; // of the column, by layer
};

void addText(Drawing& drawing, const QRectF& rect, const QString& text, bool isMuted = false) {
    DrawnText words;
    words.rect = rect;
    words.text = text;
    words.isMuted = isMuted;
    drawing.texts.append(words);
}

QString LayersView::spoken(std::size_t layer) const {
    QStringList words{view.isOwn(layer)
                          ? tr("The container's own layer, writable.")
                          : tr("Layer %1, read-only: %2.").arg(layer + 1).arg(view.instruction(layer))};
    words << formatBytes(layerSize(view, layer)) + QStringLiteral("; ") + layerCounts(view, layer, true) +
                 u'.';
    if (hidden(layer) > 0)
        words << tr("%1 of it are hidden by later layers.").arg(formatBytes(hidden(layer)));
    if (const QString state = cellText(view, cell(layer)); !state.isEmpty())
        words << view.path + QStringLiteral(": ") + state + u'.';
    return words.join(u' ');
}

void LayersView::drawWords(std::size_t layer, const QRectF& slab) {
    const bool isOwn = view.isOwn(layer);
    const qreal y = slab.center().y() - 18;
    DrawnText number;
    number.rect = QRectF(slab.left() + 10, y, 26, 18);
    number.text = isOwn ? QString() : QString::number(layer + 1);
    number.isBold = true;
    drawing.texts.append(number);
    DrawnText title;
    const qreal indent = isOwn ? 10 : 36;
    title.rect = QRectF(slab.left() + indent, y, kWords - indent - 8, 18);
    title.text = isOwn ? tr("%1's own layer · writable").arg(view.container)
                 : view.instruction(layer).isEmpty()
                     ? shortDigest(view.digests.value(static_cast<qsizetype>(layer)))
                     : view.instruction(layer);
    title.isBold = isOwn;
    title.isFixedWidth = !isOwn;
    drawing.texts.append(title);
    QString second =
        formatBytes(layerSize(view, layer)) + QStringLiteral(" · ") + layerCounts(view, layer, false);
    if (isOwn && !view.pulse.isEmpty())
        second += QStringLiteral(" · ") + tr("just now: %1").arg(view.pulse);
    else if (!isOwn && !view.instruction(layer).isEmpty())
        second += QStringLiteral(" · ") + shortDigest(view.digests.value(static_cast<qsizetype>(layer)));
    addText(drawing, QRectF(slab.left() + indent, y + 19, kWords - indent - 8, 16), second, true);
}

void LayersView::drawCell(std::size_t layer, const QRectF& slab) {
    const FileCell one = cell(layer);
    if (one.state == State::Nothing)
        return;
    DrawnBox box;
    box.rect = QRectF(slab.left() + kWords + 8, slab.center().y() - 17, kFile - 16, 34);
    const bool isThere = one.state == State::Seen || one.state == State::Merged || one.state == State::Opaque;
    const bool isGone = one.state == State::Whiteout || one.state == State::FolderHides;
    box.look = isThere ? DrawnBox::Look::Filled : DrawnBox::Look::Dashed;
    box.hue = isThere ? kSeenHue : isGone ? kGoneHue : -1;
    box.radius = 5;
    drawing.boxes.append(box);
    cells.insert(static_cast<int>(layer), box.rect);
    QString text = cellText(view, one);
    if ((one.state == State::Seen || one.state == State::Hidden) && !one.isFolder)
        text += QStringLiteral(" · ") + formatBytes(one.size);
    DrawnText words;
    words.rect = box.rect.adjusted(4, 0, -4, 0);
    words.text = text;
    words.alignment = Qt::AlignCenter;
    words.hue = isGone ? kGoneHue : -1;
    words.isMuted = one.state == State::Hidden;
    drawing.texts.append(words);
}

// The part of the layer's bytes that nobody sees, at its right end.
void LayersView::drawHidden(std::size_t layer, const QRectF& slab) {
    if (hidden(layer) == 0)
        return;
    const qreal part = std::clamp(
        static_cast<qreal>(hidden(layer)) / std::max<quint64>(1, layerSize(view, layer)), 0.06, 1.0);
    const QRectF area(slab.right() - kBytes * part, slab.top() + 1, kBytes * part - 1, slab.height() - 2);
    DrawnLine hatch;
    for (qreal x = area.left() - area.height(); x < area.right(); x += kHatch) {
        const qreal from = std::max(x, area.left()), to = std::min(x + area.height(), area.right());
        if (from >= to)
            continue;
        hatch.path.moveTo(from, area.bottom() - (from - x));
        hatch.path.lineTo(to, area.bottom() - (to - x));
    }
    hatch.hue = kGoneHue;
    hatch.width = 0.8;
    drawing.lines.append(hatch);
    DrawnLine edge;
    edge.path.moveTo(area.topLeft());
    edge.path.lineTo(area.bottomLeft());
    edge.hue = kGoneHue;
    edge.width = 1;
    drawing.lines.append(edge);
    DrawnLine words;
    const QPointF middle(slab.right() - kBytes / 2, slab.center().y());
    words.path.moveTo(middle);
    words.path.lineTo(middle + QPointF(0.5, 0));
    words.hue = kGoneHue;
    words.label = tr("%1 hidden").arg(formatBytes(hidden(layer)));
    drawing.lines.append(words);
}

qreal LayersView::drawSlab(std::size_t layer, qreal y) {
    const bool isOwn = view.isOwn(layer);
    const qreal part = std::sqrt(static_cast<qreal>(layerSize(view, layer)) / static_cast<qreal>(largest));
    DrawnBox slab;
    slab.id = layerId(layer);
    slab.rect = QRectF(kLeft, y, kSlab, std::round(kLeastHeight + (kMostHeight - kLeastHeight) * part));
    slab.hue = isOwn ? kOwnHue : kImageHue;
    slab.look = isOwn && !view.pulse.isEmpty() ? DrawnBox::Look::Filled : DrawnBox::Look::Outlined;
    slab.spoken = spoken(layer);
    slab.radius = 4;
    drawing.boxes.append(slab);
    drawWords(layer, slab.rect);
    drawCell(layer, slab.rect);
    drawHidden(layer, slab.rect);
    return slab.rect.bottom();
}

void LayersView::drawRule(qreal y) {
    DrawnText words;
    words.rect = QRectF(kLeft, y, kSlab, kRule);
    words.text = tr("read-only from here down, the same for every container of the image");
    words.isMuted = words.isSmall = true;
    drawing.texts.append(words);
}

// What the container sees of the path, above the stack.
void LayersView::drawEye(qreal y) {
    DrawnText title;
    title.rect = QRectF(kLeft, y, view.path.isEmpty() ? kSlab : kWords - 8, kEye);
    title.wraps = true;
    title.text = tr("%1 looks down from above: what lies higher hides what lies lower.").arg(view.container);
    title.isMuted = title.isSmall = true;
    drawing.texts.append(title);
    if (view.path.isEmpty())
        return;
    DrawnBox box;
    box.rect = QRectF(kLeft + kWords + 8, y, kFile - 16, kEye);
    const bool isMounted = !view.mountOver(view.path).isEmpty();
    box.hue = isMounted ? kOwnHue : column.seen >= 0 ? kSeenHue : kGoneHue;
    box.radius = kEye / 2;
    drawing.boxes.append(box);
    eye = box.rect.bottom();
    DrawnText words;
    words.rect = box.rect.adjusted(10, 0, -10, 0);
    const QString name = view.path.section(u'/', -1);
    words.text = isMounted          ? tr("%1: mounted over").arg(name)
                 : column.seen >= 0 ? name
                                    : tr("%1: not there").arg(name);
    words.alignment = Qt::AlignCenter;
    words.isBold = true;
    drawing.texts.append(words);
}

// From the eye down to what it meets first.
void LayersView::drawSight() {
    if (!view.mountOver(view.path).isEmpty())
        return; // it does not come so far
    int met = column.seen;
    for (qsizetype layer = column.cells.size() - 1; met < 0 && layer >= 0; --layer) {
        if (column.cells.at(layer).state == State::Whiteout ||
            column.cells.at(layer).state == State::FolderHides)
            met = static_cast<int>(layer);
    }
    if (met < 0 || !cells.contains(met))
        return;
    DrawnLine sight;
    sight.path.moveTo(cells.value(met).center().x(), eye);
    sight.path.lineTo(cells.value(met).center().x(), cells.value(met).top());
    sight.hue = column.seen >= 0 ? kSeenHue : kGoneHue;
    sight.width = 2;
    sight.hasArrow = true;
    drawing.lines.append(sight);
}

void LayersView::draw() {
    drawing.title = tr("The layers of %1").arg(view.container);
    if (!view.contents)
        return;
    drawEye(kTop);
    qreal y = drawSlab(view.imageLayers(), kTop + kEye + 8);
    drawRule(y);
    y += kRule;
    for (std::size_t layer = view.imageLayers(); layer-- > 0;)
        y = drawSlab(layer, y) + kGap;
    drawSight();
    drawing.fitBounds();
}

CellsRow LayersView::row(std::size_t layer) const {
    const bool isOwn = view.isOwn(layer);
    const auto number = static_cast<int>(layer);
    CellsRow made;
    made.id = layerId(layer);
    made.cells.append({isOwn ? tr("own") : QString::number(number + 1), number});
    made.cells.append({cellText(view, cell(layer))});
    made.cells.append({formatBytes(layerSize(view, layer)), layerSize(view, layer)});
    made.cells.append({hidden(layer) > 0 ? formatBytes(hidden(layer)) : dash(), hidden(layer)});
    made.cells.append({layerCounts(view, layer, false), {}, layerCounts(view, layer, true)});
    made.cells.append({isOwn ? tr("the container") : view.instruction(layer), {}, {}, Tone::None, !isOwn});
    return made;
}

CellsRow LayersView::hiddenRow(const HiddenFile& file) const {
    const QString path = QString::fromStdString(view.contents->stack.path(file.node));
    CellsRow made;
    made.id = QString::number(file.layer) + u':' + path;
    made.cells.append({path, {}, {}, Tone::None, true, true});
    made.cells.append({formatBytes(file.bytes), quint64(file.bytes)});
    made.cells.append({layerName(view, file.layer), file.layer});
    made.cells.append(
        {(file.isRemoved ? tr("removed by %1") : tr("replaced by %1")).arg(layerName(view, file.hiddenBy))});
    return made;
}

} // namespace

QString ContainerLayersView::mountOver(const QString& of) const {
    QString nearest;
    for (const QString& target : mounts) {
        if ((of == target || of.startsWith(target + u'/')) && target.size() > nearest.size())
            nearest = target;
    }
    return nearest;
}

QString layerId(std::size_t layer) {
    return QStringLiteral("layer:") + QString::number(layer);
}

int layerOf(const QString& id) {
    bool isNumber = false;
    const int layer = id.startsWith(QLatin1String("layer:")) ? id.mid(6).toInt(&isNumber) : -1;
    return isNumber ? layer : -1;
}

Drawing layersDrawing(const ContainerLayersView& view) {
    LayersView made(view);
    made.draw();
    return made.drawing;
}

QStringList layersColumns() {
    return {LayersView::tr("Layer"),  LayersView::tr("The file"), LayersView::tr("Size"),
            LayersView::tr("Hidden"), LayersView::tr("Files"),    LayersView::tr("Made by")};
}

QList<CellsRow> layersRows(const ContainerLayersView& view) {
    QList<CellsRow> rows;
    if (!view.contents)
        return rows;
    const LayersView made(view);
    for (std::size_t layer = view.imageLayers() + 1; layer-- > 0;)
        rows.append(made.row(layer));
    return rows;
}

QStringList hiddenColumns() {
    return {LayersView::tr("File"), LayersView::tr("Size"), LayersView::tr("In"), LayersView::tr("Why")};
}

QList<CellsRow> hiddenRows(const ContainerLayersView& view, int most) {
    QList<CellsRow> rows;
    if (!view.contents)
        return rows;
    const LayersView made(view);
    for (const HiddenFile& file : view.contents->hidden.files) {
        if (rows.size() >= most || file.bytes == 0)
            break;
        rows.append(made.hiddenRow(file));
    }
    return rows;
}

QString tellingPath(const ContainerLayersView& view) {
    const QMap<QString, OwnFile>& own = view.own.files();
    for (auto each = own.begin(); each != own.end(); ++each) {
        if (each->mark == OwnFile::Mark::CopiedUp && each->kind == LayerEvent::Kind::File)
            return each.key();
    }
    if (!view.contents || view.contents->hidden.files.empty())
        return {};
    return QString::fromStdString(view.contents->stack.path(view.contents->hidden.files.front().node));
}

} // namespace escale::gui
