#include "gui/learn/namespaces_view.h"

#include "gui/common/format.h"
#include "gui/containers/state_text.h"
#include "gui/learn/inspected_process.h"
#include "gui/learn/namespace_text.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace escale::gui {
namespace {

using Look = DrawnBox::Look;
using Whose = NamespaceOf::Whose;

struct NamespacesView {
    Q_DECLARE_TR_FUNCTIONS(NamespacesView)
};

constexpr qreal kWidth = 496, kMargin = 14, kGap = 8, kBetween = 18;
constexpr int kChipColumns = 4;
constexpr qreal kChipWidth = (kWidth - 2 * kMargin - (kChipColumns - 1) * kGap) / kChipColumns;
constexpr qreal kRow = 27, kHead = 20, kNestedTop = 24;
constexpr int kProcesses = 8, kFewProcesses = 3, kManyContainers = 6;

QString paddedPid(quint32 pid, int width) {
    return QString::number(pid).rightJustified(width);
}

// From the innermost number to ours: "1 ⇄ 7 ⇄ 48213".
QString numbersText(const dbus::InspectedProcess& process) {
    if (process.pids.size() < 2)
        return QString(4, u' ') + QStringLiteral("   ") + paddedPid(process.pid, 6);
    QStringList numbers;
    for (auto pid = process.pids.rbegin(); pid != process.pids.rend(); ++pid)
        numbers.append(numbers.isEmpty() ? paddedPid(*pid, 4) : QString::number(*pid));
    numbers.last() = numbers.last().rightJustified(6);
    return numbers.join(QStringLiteral(" ⇄ "));
}

QString differencesText(const QList<NamespaceType>& types) {
    QStringList names;
    for (const NamespaceType type : types)
        names.append(namespaceFile(type));
    return names.join(QStringLiteral(", "));
}

QString spokenProcess(const dbus::InspectedProcess& process, const QString& container) {
    QStringList numbers;
    for (auto pid = process.pids.rbegin(); pid != process.pids.rend(); ++pid)
        numbers.append(QString::number(*pid));
    const QString title = processTitle(process, container);
    return process.pids.size() < 2
               ? NamespacesView::tr("%1: process %2. %3")
                     .arg(title)
                     .arg(process.pid)
                     .arg(processCommand(process))
               : NamespacesView::tr("%1: process %2, from the inside outward. %3")
                     .arg(title, numbers.join(QStringLiteral(" ⇄ ")), processCommand(process));
}

class Painter {
public:
    Painter(const NamespacesModel& model, const QString& chosen, qreal room)
        : m_model(model)
        , m_chosen(chosen)
        , m_room(room) {}
    Drawing draw();

private:
    void addMachine();
    qreal addContainer(const ContainerNamespaces& one, const QPointF& at);
    void addChips(const std::array<NamespaceOf, kNamespaceTypes>& namespaces, const QString& container,
                  const QPointF& at, int columns);
    DrawnBox chip(const NamespaceOf& one, const QString& container) const;
    qreal addProcesses(const ContainerNamespaces& one, const PidGroup& group, const QRectF& area, int most);
    void addProcess(const dbus::InspectedProcess& process, const QString& text, const QString& spoken,
                    const QRectF& rect);
    void addJoins();

    const NamespacesModel& m_model;
    QString m_chosen;
    qreal m_room;
    Drawing m_drawing;
};

DrawnBox Painter::chip(const NamespaceOf& one, const QString& container) const {
    DrawnBox box;
    box.id = namespaceBox(container, one.type);
    box.hue = namespaceHue(one.type);
    box.radius = 5;
    const bool isOwn = one.whose == Whose::Own;
    const QString whose = whoseText(one, m_model);
    box.lines = {namespaceFile(one.type), isOwn ? QString::number(one.inode) : whose};
    box.look = isOwn ? Look::Filled : one.whose == Whose::Absent ? Look::Faint : Look::Dashed;
    const QString name = container.isEmpty() ? NamespacesView::tr("this machine") : m_model.nameOf(container);
    box.spoken = NamespacesView::tr("%1, %2 namespace (%3): %4, number %5.")
                     .arg(name, namespaceFile(one.type), namespaceName(one.type), whose)
                     .arg(one.inode);
    return box;
}

void Painter::addChips(const std::array<NamespaceOf, kNamespaceTypes>& namespaces, const QString& container,
                       const QPointF& at, int columns) {
    const qreal height = boxHeight(2);
    for (int i = 0; i < static_cast<int>(kNamespaceTypes); ++i) {
        DrawnBox box = chip(namespaces[static_cast<std::size_t>(i)], container);
        box.rect = QRectF(at.x() + (i % columns) * (kChipWidth + kGap),
                          at.y() + std::floor(i / columns) * (height + kGap), kChipWidth, height);
        m_drawing.boxes.append(box);
    }
}

void Painter::addProcess(const dbus::InspectedProcess& process, const QString& text, const QString& spoken,
                         const QRectF& rect) {
    DrawnBox box;
    box.id = processBox(process.pid);
    box.rect = rect;
    box.lines = {text};
    box.spoken = spoken;
    box.isPlain = box.isFixedWidth = true;
    box.radius = 4;
    box.look = isZombie(process) ? Look::Dashed : Look::Outlined;
    m_drawing.boxes.append(box);
}

// Answers with the place below them.
qreal Painter::addProcesses(const ContainerNamespaces& one, const PidGroup& group, const QRectF& area,
                            int most) {
    qreal y = area.top();
    const auto all = static_cast<int>(group.processes.size());
    const int shown = all <= most + 1 ? all : most; // "and 1 more" takes as much room as that one
    for (int i = 0; i < shown; ++i, y += kRow) {
        const dbus::InspectedProcess& process = group.processes[i];
        QString text = numbersText(process) + QStringLiteral("  ") + process.name;
        if (isZombie(process))
            text += QLatin1Char(' ') + NamespacesView::tr("(zombie)");
        QList<NamespaceType> others = differences(process, one.first);
        others.removeOne(NamespaceType::Pid); // drawn
        if (!others.isEmpty())
            //: After a process's name; %1: kinds of namespaces, "mnt, net".
            text += QStringLiteral("  ") + NamespacesView::tr("own %1").arg(differencesText(others));
        addProcess(process, text, spokenProcess(process, one.container.name),
                   QRectF(area.left(), y, area.width(), kRow - 3));
    }
    if (shown < all) {
        m_drawing.texts.append({QRectF(area.left() + kBoxPadding, y, area.width(), kHead),
                                NamespacesView::tr("and %n more", nullptr, all - shown)});
        m_drawing.texts.last().isMuted = true;
        y += kHead;
    }
    return y;
}

// Answers with its height.
qreal Painter::addContainer(const ContainerNamespaces& one, const QPointF& at) {
    const auto place = m_drawing.boxes.size();
    DrawnBox box;
    box.id = containerBox(one.container.id);
    box.lines = {one.container.name, one.container.image};
    box.tone = one.container.state.isEmpty() ? Tone::None : stateTone(one.container);
    const auto count =
        static_cast<int>(one.processes.processes.size()) +
        std::accumulate(one.nested.begin(), one.nested.end(), 0, [](int sum, const PidGroup& group) {
            return sum + static_cast<int>(group.processes.size());
        });
    box.spoken = NamespacesView::tr("Container %1, %n processes.", nullptr, count).arg(one.container.name);
    m_drawing.boxes.append(box);
    const qreal left = at.x() + kMargin, width = kWidth - 2 * kMargin;
    qreal y = at.y() + boxHeight(2) + 2;
    addChips(one.namespaces, one.container.id, {left, y}, kChipColumns);
    y += 2 * (boxHeight(2) + kGap) + 2;
    const bool isSmall = m_model.containers.size() > kManyContainers && one.container.id != m_chosen;
    m_drawing.texts.append({QRectF(left + kBoxPadding, y, width, kHead),
                            NamespacesView::tr("Processes: number inside ⇄ on this machine")});
    m_drawing.texts.last().isMuted = m_drawing.texts.last().isSmall = true;
    y = addProcesses(one, one.processes, {left, y + kHead, width, 0}, isSmall ? kFewProcesses : kProcesses);
    for (const PidGroup& nested : one.nested) {
        DrawnBox frame;
        frame.hue = namespaceHue(NamespaceType::Pid);
        frame.lines = {NamespacesView::tr("pid namespace made inside, %1").arg(nested.inode)};
        frame.isPlain = true;
        const auto index = m_drawing.boxes.size();
        m_drawing.boxes.append(frame);
        const qreal bottom = addProcesses(one, nested, {left + 8, y + kNestedTop + 4, width - 16, 0},
                                          isSmall ? kFewProcesses : kProcesses);
        m_drawing.boxes[index].rect = QRectF(left, y, width, bottom - y + 6);
        y = bottom + 6 + kGap;
    }
    m_drawing.boxes[place].rect = QRectF(at, QSizeF(kWidth, y + kMargin - 3 - at.y()));
    return m_drawing.boxes[place].rect.height();
}

void Painter::addMachine() {
    const auto count = static_cast<int>(m_model.containers.size());
    const int wanted = count <= 1 ? 1 : count <= kManyContainers ? 2 : 3;
    const int fitting = static_cast<int>((m_room - 4 * kMargin + kBetween) / (kWidth + kBetween));
    const int columns = std::clamp(fitting, 1, wanted);
    const qreal width = columns * kWidth + (columns - 1) * kBetween + 2 * kMargin;
    DrawnBox machine;
    machine.id = containerBox({});
    machine.lines = {NamespacesView::tr("This machine"), QSysInfo::machineHostName()};
    machine.spoken = NamespacesView::tr("This machine, with %n running containers.", nullptr, count);
    machine.radius = 12;
    m_drawing.boxes.append(machine);
    const qreal left = kMargin;
    qreal y = boxHeight(2) + 2 + kMargin;
    const int chipColumns = columns == 1 ? kChipColumns : static_cast<int>(kNamespaceTypes);
    addChips(m_model.machine, {}, {left + kMargin, y}, chipColumns);
    y += (columns == 1 ? 2 : 1) * (boxHeight(2) + kGap) + 4;
    // The machine's own processes, as far as they have to do with containers.
    const qreal cell = kWidth + kBetween;
    const auto all = static_cast<int>(m_model.machineProcesses.size());
    const int most = kProcesses * columns;
    const int shown = all <= most ? all : most;
    for (int i = 0; i < shown; ++i) {
        const dbus::InspectedProcess& process = m_model.machineProcesses[i];
        QString title = processTitle(process, m_model.nameOf(process.container));
        if (const auto others = differences(process, m_model.machineProcesses.first()); !others.isEmpty())
            title += QStringLiteral("  ") + NamespacesView::tr("own %1").arg(differencesText(others));
        addProcess(process, paddedPid(process.pid, 6) + QStringLiteral("  ") + title,
                   spokenProcess(process, m_model.nameOf(process.container)),
                   QRectF(left + kMargin + (i % columns) * cell, y + std::floor(i / columns) * kRow,
                          kWidth - 2 * kMargin, kRow - 3));
    }
    y += std::ceil(static_cast<qreal>(shown) / columns) * kRow;
    if (shown < all) {
        m_drawing.texts.append({QRectF(left + kMargin + kBoxPadding, y, kWidth, kHead),
                                NamespacesView::tr("and %n more", nullptr, all - shown)});
        m_drawing.texts.last().isMuted = true;
        y += kHead;
    }
    y += kGap;
    // Each where there is most room.
    QList<qreal> bottoms(columns, y);
    for (const ContainerNamespaces& one : m_model.containers) {
        const auto column = std::min_element(bottoms.begin(), bottoms.end());
        const qreal x = left + kMargin + static_cast<qreal>(column - bottoms.begin()) * cell;
        *column += addContainer(one, {x, *column}) + kBetween;
    }
    qreal bottom = *std::max_element(bottoms.begin(), bottoms.end());
    if (count == 0) {
        m_drawing.texts.append(
            {QRectF(left + kMargin, y, width - kMargin, kHead), NamespacesView::tr("No container runs.")});
        m_drawing.texts.last().isMuted = true;
        bottom = y + kHead + kMargin;
    }
    m_drawing.boxes.first().rect = QRectF(left, kMargin, width, bottom - kMargin);
}

// From who has joined a namespace to whose it is: between the rows of chips, and beside the containers.
void Painter::addJoins() {
    for (const ContainerNamespaces& one : m_model.containers) {
        for (const NamespaceOf& each : one.namespaces) {
            if (each.whose != Whose::Container)
                continue;
            const DrawnBox* from = m_drawing.box(namespaceBox(one.container.id, each.type));
            const DrawnBox* to = m_drawing.box(namespaceBox(each.owner, each.type));
            const DrawnBox* frame = m_drawing.box(containerBox(one.container.id));
            if (from == nullptr || to == nullptr || frame == nullptr)
                continue;
            const qreal apart = 3 + static_cast<qreal>(each.type) * 1.5; // each kind has a way of its own
            const qreal beside = to->rect.left() > from->rect.left() ? frame->rect.right() + apart
                                                                     : frame->rect.left() - apart;
            const QPointF start(from->rect.center().x(), from->rect.top());
            const QPointF end(to->rect.center().x(), to->rect.top() + 5); // room for the arrow
            DrawnLine line;
            line.hue = namespaceHue(each.type);
            line.hasArrow = true;
            line.path.moveTo(start);
            line.path.lineTo(start.x(), start.y() - kGap / 2);
            line.path.lineTo(beside, start.y() - kGap / 2);
            line.path.lineTo(beside, to->rect.top() - kGap / 2);
            line.path.lineTo(end.x(), to->rect.top() - kGap / 2);
            line.path.lineTo(end);
            m_drawing.lines.append(line);
        }
    }
}

Drawing Painter::draw() {
    m_drawing.title = NamespacesView::tr("Namespaces of this machine and of its containers");
    addMachine();
    addJoins();
    m_drawing.fitBounds(kMargin);
    return m_drawing;
}

CellsRow namespaceRow(const NamespaceOf& one, const QString& container, const QString& name,
                      const NamespacesModel& model) {
    const QString whose = whoseText(one, model);
    return {namespaceBox(container, one.type),
            {{name},
             {namespaceFile(one.type), QStringLiteral("0%1").arg(static_cast<int>(one.type))},
             {one.whose == Whose::Absent ? dash() : QString::number(one.inode), one.inode},
             {whose}}};
}

CellsRow processRow(const dbus::InspectedProcess& process, const QString& place, const QString& container) {
    QStringList inside;
    for (auto pid = process.pids.rbegin(); pid != process.pids.rend() - (process.pids.isEmpty() ? 0 : 1);
         ++pid)
        inside.append(QString::number(*pid));
    const QString title =
        container.isEmpty() || process.role != u"container" ? processTitle(process, container) : process.name;
    return {processBox(process.pid),
            {{place},
             {title, QLatin1Char('1') + title, processCommand(process)},
             {QString::number(process.pid), process.pid},
             //: A process's number inside of its container.
             {inside.isEmpty() ? QString()
                               : NamespacesView::tr("%1 inside").arg(inside.join(QStringLiteral(" ⇄ "))),
              innerPid(process)}}};
}

} // namespace

QString namespaceBox(const QString& container, NamespaceType type) {
    return QStringLiteral("ns:%1:%2").arg(container, namespaceFile(type));
}

QString processBox(quint32 pid) {
    return QStringLiteral("p:%1").arg(pid);
}

QString containerBox(const QString& container) {
    return QStringLiteral("c:") + container;
}

QString whoseText(const NamespaceOf& one, const NamespacesModel& model) {
    switch (one.whose) {
    case Whose::Own:
        return NamespacesView::tr("its own");
    case Whose::Machine:
        return NamespacesView::tr("the machine's");
    case Whose::Container:
        //: A namespace of the container of that name.
        return NamespacesView::tr("%1's").arg(model.nameOf(one.owner));
    case Whose::Absent:
        return NamespacesView::tr("none here");
    }
    return {};
}

Drawing drawNamespaces(const NamespacesModel& model, const QString& chosen, qreal room) {
    return Painter(model, chosen, room).draw();
}

QStringList namespaceColumns() {
    return {NamespacesView::tr("Where"), NamespacesView::tr("What"), NamespacesView::tr("Number"),
            NamespacesView::tr("Whose, and inside")};
}

QList<CellsRow> namespaceRows(const NamespacesModel& model) {
    QList<CellsRow> rows;
    const QString machine = NamespacesView::tr("This machine");
    for (const NamespaceOf& one : model.machine)
        rows.append(namespaceRow(one, {}, machine, model));
    for (const dbus::InspectedProcess& process : model.machineProcesses)
        rows.append(processRow(process, machine, model.nameOf(process.container)));
    for (const ContainerNamespaces& one : model.containers) {
        for (const NamespaceOf& each : one.namespaces)
            rows.append(namespaceRow(each, one.container.id, one.container.name, model));
        for (const dbus::InspectedProcess& process : one.processes.processes)
            rows.append(processRow(process, one.container.name, one.container.name));
        for (const PidGroup& nested : one.nested) {
            for (const dbus::InspectedProcess& process : nested.processes)
                rows.append(processRow(process, one.container.name, one.container.name));
        }
    }
    return rows;
}

} // namespace escale::gui
