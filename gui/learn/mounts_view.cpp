#include "gui/learn/mounts_view.h"

#include "gui/learn/namespace_text.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace escale::gui {
namespace {

using Look = DrawnBox::Look;

struct MountsView {
    Q_DECLARE_TR_FUNCTIONS(MountsView)
};

constexpr qreal kWidth = 500, kIndent = 26, kTop = 46, kLeft = 16, kStep = 8, kToMachine = 110,
                kMachineWidth = 230;
constexpr int kDeepest = 8; // deeper ones stand beside each other

struct Placed {
    const dbus::MountFacts* mount = nullptr;
    int depth = 0, parent = -1; // index
};

// Parents first, children in the order of their paths.
void place(QList<Placed>& placed, const QHash<quint32, QList<const dbus::MountFacts*>>& children,
           const dbus::MountFacts& mount, int depth, int parent) {
    placed.append({&mount, depth, parent});
    const auto index = static_cast<int>(placed.size()) - 1;
    for (const auto* child : children.value(mount.id)) {
        if (child != &mount && placed.size() < 10'000)
            place(placed, children, *child, std::min(depth + 1, kDeepest), index);
    }
}

QList<Placed> treeOf(const dbus::MountList& mounts) {
    QHash<quint32, QList<const dbus::MountFacts*>> children;
    QSet<quint32> ids;
    for (const dbus::MountFacts& mount : mounts)
        ids.insert(mount.id);
    QList<const dbus::MountFacts*> roots;
    for (const dbus::MountFacts& mount : mounts) {
        if (ids.contains(mount.parent) && mount.parent != mount.id)
            children[mount.parent].append(&mount);
        else
            roots.append(&mount);
    }
    for (auto& list : children)
        std::stable_sort(list.begin(), list.end(),
                         [](const auto* a, const auto* b) { return a->target < b->target; });
    QList<Placed> placed;
    for (const auto* root : std::as_const(roots))
        place(placed, children, *root, 0, -1);
    return placed;
}

QString hiddenText(const dbus::MountFacts& mount, const dbus::MountList& all) {
    const auto by =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == mount.hiddenBy; });
    return by == all.end() ? MountsView::tr("hidden")
                           : MountsView::tr("hidden by %1 at %2").arg(by->type, by->target);
}

QString shortOptions(const dbus::MountFacts& mount) {
    return mount.options.split(u',').contains(QLatin1String("ro")) ? MountsView::tr("read-only")
                                                                   : MountsView::tr("writable");
}

class Painter {
public:
    explicit Painter(const MountsInput& input)
        : m_input(input)
        , m_tree(treeOf(input.mounts)) {}
    Drawing draw();

private:
    void addMount(const Placed& one);
    void addMachine();
    void addText(const QString& text, const QRectF& rect, bool isBold);

    const MountsInput& m_input;
    QList<Placed> m_tree;
    QList<QRectF> m_rects;
    Drawing m_drawing;
};

void Painter::addText(const QString& text, const QRectF& rect, bool isBold) {
    DrawnText drawn;
    drawn.rect = rect;
    drawn.text = text;
    drawn.isBold = isBold;
    drawn.isMuted = !isBold;
    m_drawing.texts.append(drawn);
}

void Painter::addMount(const Placed& one) {
    const dbus::MountFacts& mount = *one.mount;
    DrawnBox box;
    box.id = mountBox(mount);
    const qreal x = kLeft + one.depth * kIndent;
    const qreal y = m_rects.isEmpty() ? kTop : m_rects.last().bottom() + kStep;
    box.rect = QRectF(QPointF(x, y), QPointF(kLeft + kWidth, y + boxHeight(2))); // all end at one edge
    box.radius = 6;
    const QString origin = mountOrigin(mount);
    box.lines = {mount.target + QStringLiteral("   ") + mount.type,
                 mount.isHidden ? hiddenText(mount, m_input.mounts) : origin};
    box.look = mount.isHidden ? Look::Dashed : Look::Outlined;
    box.hue = mount.isHidden ? -1
              : mountBehind(mount, m_input) != nullptr || mount.type == u"overlay"
                  ? namespaceHue(NamespaceType::Mount)
                  : -1;
    box.spoken = MountsView::tr("%1: %2, %3; %4.")
                     .arg(mount.target, mount.type, origin,
                          mount.isHidden ? hiddenText(mount, m_input.mounts) : shortOptions(mount));
    m_drawing.boxes.append(box);
    m_rects.append(box.rect);
    if (one.parent < 0)
        return;
    const QRectF& parent = m_rects[one.parent];
    DrawnLine line;
    const qreal stem = parent.left() + kIndent / 2;
    if (stem < x) {
        line.path.moveTo(stem, parent.bottom());
        line.path.lineTo(stem, box.rect.center().y());
        line.path.lineTo(x, box.rect.center().y());
        m_drawing.lines.append(line);
    }
}

// Those of the machine's that something of it is seen of, with lines from where.
void Painter::addMachine() {
    QHash<const dbus::MountFacts*, QList<int>> seen;
    QList<const dbus::MountFacts*> order;
    for (int i = 0; i < m_tree.size(); ++i) {
        const auto* behind = mountBehind(*m_tree[i].mount, m_input);
        if (behind == nullptr)
            continue;
        if (!seen.contains(behind))
            order.append(behind);
        seen[behind].append(i);
    }
    if (order.isEmpty())
        return;
    const qreal x = kLeft + kWidth + kToMachine;
    addText(MountsView::tr("On this machine"), {x, 16, kMachineWidth, 20}, true);
    qreal y = kTop;
    for (const auto* mount : std::as_const(order)) {
        DrawnBox box;
        box.id = QStringLiteral("h:%1").arg(mount->id);
        // Beside the first that comes from it, as far as there is room.
        y = std::max(y, m_rects[seen[mount].first()].top());
        box.rect = QRectF(x, y, kMachineWidth, boxHeight(2));
        box.radius = 6;
        box.hue = namespaceHue(NamespaceType::Mount);
        box.lines = {mount->target, mount->type + QStringLiteral(" · ") + mount->source};
        box.spoken =
            MountsView::tr("%1 of this machine, %2 of %3.").arg(mount->target, mount->type, mount->source);
        m_drawing.boxes.append(box);
        for (const int from : std::as_const(seen[mount])) {
            DrawnLine line;
            line.hue = namespaceHue(NamespaceType::Mount);
            const QPointF start(m_rects[from].right(), m_rects[from].center().y()),
                end(x, box.rect.center().y());
            line.path.moveTo(start);
            line.path.cubicTo(start + QPointF(kToMachine / 2, 0), end - QPointF(kToMachine / 2, 0), end);
            m_drawing.lines.append(line);
        }
        y = box.rect.bottom() + kStep;
    }
    const auto others = static_cast<int>(m_input.machine.size() - order.size());
    if (others > 0)
        addText(MountsView::tr("and %n more that it sees nothing of", nullptr, others),
                {x, y + 4, kMachineWidth + 60, 20}, false);
}

Drawing Painter::draw() {
    m_drawing.title = MountsView::tr("Mounts of %1").arg(m_input.container);
    addText(MountsView::tr("Inside %1").arg(m_input.container), {kLeft, 16, kWidth, 20}, true);
    for (const Placed& one : std::as_const(m_tree))
        addMount(one);
    addMachine();
    m_drawing.fitBounds();
    return m_drawing;
}

} // namespace

QString mountBox(const dbus::MountFacts& mount) {
    return QStringLiteral("m:%1").arg(mount.id);
}

Drawing drawMounts(const MountsInput& input) {
    return Painter(input).draw();
}

QStringList mountColumns() {
    return {MountsView::tr("Where"), MountsView::tr("Type"), MountsView::tr("What it is"),
            MountsView::tr("Options")};
}

QList<CellsRow> mountRows(const MountsInput& input) {
    QList<CellsRow> rows;
    for (const Placed& one : treeOf(input.mounts)) {
        const dbus::MountFacts& mount = *one.mount;
        const QString what = mount.isHidden ? hiddenText(mount, input.mounts) : mountOrigin(mount);
        Cell where{mount.target};
        where.tone = mount.isHidden ? Tone::Idle : Tone::None;
        where.elidesMiddle = true;
        rows.append({mountBox(mount), {where, {mount.type}, {what}, {mount.options}}});
    }
    return rows;
}

} // namespace escale::gui
