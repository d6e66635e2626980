#include "gui/learn/user_ids_view.h"

#include "gui/common/format.h"
#include "gui/learn/explanation.h"
#include "gui/learn/namespace_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace escale::gui {
namespace {

using Look = DrawnBox::Look;

struct UserIdsView {
    Q_DECLARE_TR_FUNCTIONS(UserIdsView)
};

constexpr quint64 kLastInside = 65535, kLastId = 4294967294;
constexpr qreal kMarkWidth = 200, kSegmentWidth = 232, kBandWidth = 150, kReach = 26;
constexpr qreal kInsideX = kMarkWidth + kReach, kOutsideX = kInsideX + kSegmentWidth + kBandWidth,
                kOutsideMarkX = kOutsideX + kSegmentWidth + kReach;
constexpr qreal kMark = 26, kMarkStep = 29, kSegmentGap = 4;

// Of users or of groups.
struct IdKind {
    QString letter; // of its boxes' names
    QList<dbus::IdRange> map;
    quint32 window = 0;
    bool isBoth = false; // groups are mapped the same way
};

struct Mark {
    quint64 id = 0; // on this machine
    std::optional<quint64> inside;
    QStringList who; // names of processes; empty: nobody of the container
    QString outsideName;
};

struct Segment {
    quint64 first = 0, last = 0;
    const dbus::IdRange* range = nullptr; // null: a gap
    qreal top = 0, height = 0;
};

QString idsText(quint64 first, quint64 last) {
    return first == last ? QString::number(first) : QStringLiteral("%1 … %2").arg(first).arg(last);
}

const dbus::IdRange* rangeOf(const QList<dbus::IdRange>& map, quint64 outside) {
    const auto found = std::find_if(map.begin(), map.end(), [&](const dbus::IdRange& one) {
        return outside >= one.outside && outside - one.outside < one.count;
    });
    return found == map.end() ? nullptr : &*found;
}

QList<IdKind> kindsOf(const UserIdsInput& input) {
    const auto same = [](const QList<dbus::IdRange>& a, const QList<dbus::IdRange>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
            return x.inside == y.inside && x.outside == y.outside && x.count == y.count;
        });
    };
    if (same(input.facts.uidMap, input.facts.gidMap))
        return {{QStringLiteral("u"), input.facts.uidMap, input.windowUser, true}};
    return {{QStringLiteral("u"), input.facts.uidMap, input.windowUser},
            {QStringLiteral("g"), input.facts.gidMap, input.windowGroup}};
}

QList<Mark> marksOf(const IdKind& kind, const UserIdsInput& input) {
    QList<Mark> marks;
    const auto markOf = [&](quint64 id) -> Mark& {
        for (Mark& one : marks) {
            if (one.id == id)
                return one;
        }
        Mark mark;
        mark.id = id;
        if (const auto* range = rangeOf(kind.map, id))
            mark.inside = id - range->outside + range->inside;
        marks.append(mark);
        return marks.last();
    };
    for (const dbus::InspectedProcess& process : input.processes) {
        const auto& ids = kind.letter == u"u" ? process.uids : process.gids;
        if (ids.size() < 2)
            continue;
        if (Mark& mark = markOf(ids[1]); !mark.who.contains(process.name))
            mark.who.append(process.name);
    }
    markOf(0).outsideName =
        kind.letter == u"u" ? UserIdsView::tr("root of this machine") : UserIdsView::tr("root's group");
    if (kind.window != 0)
        markOf(kind.window).outsideName =
            kind.letter == u"u" ? UserIdsView::tr("you") : UserIdsView::tr("your group");
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.id < b.id; });
    return marks;
}

// All ids from 0 to `last` as ranges and what lies between, from the top down.
template <typename First>
QList<Segment> segmentsOf(const QList<dbus::IdRange>& map, quint64 last, qreal top, First first) {
    QList<const dbus::IdRange*> ranges;
    for (const dbus::IdRange& one : map)
        ranges.append(&one);
    std::sort(ranges.begin(), ranges.end(),
              [&](const auto* a, const auto* b) { return first(*a) < first(*b); });
    QList<Segment> all;
    quint64 next = 0;
    const auto add = [&](quint64 from, quint64 to, const dbus::IdRange* range) {
        // Tall enough to tell many ids from few, and for some marks.
        const qreal each = range != nullptr ? 22 : 9;
        const qreal height = std::round(34 + each * std::log10(static_cast<qreal>(to - from + 1)));
        all.append({from, to, range, top, height});
        top += height + kSegmentGap;
        next = to + 1;
    };
    for (const dbus::IdRange* range : std::as_const(ranges)) {
        if (range->count == 0)
            continue;
        if (first(*range) > next)
            add(next, first(*range) - 1, nullptr);
        add(first(*range), static_cast<quint64>(first(*range)) + range->count - 1, range);
    }
    if (next <= last)
        add(next, last, nullptr);
    return all;
}

// Small ids are the ones that are in use: a logarithm gives them the room.
qreal placeIn(const Segment& segment, quint64 id) {
    const auto count = static_cast<qreal>(segment.last - segment.first + 1);
    const qreal part =
        count <= 1 ? 0.5 : std::log1p(static_cast<qreal>(id - segment.first)) / std::log1p(count);
    return segment.top + 14 + (segment.height - 28) * part;
}

const Segment* segmentAt(const QList<Segment>& all, quint64 id) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Segment& one) { return id >= one.first && id <= one.last; });
    return found == all.end() ? nullptr : &*found;
}

QString idBox(const IdKind& kind, quint64 id, bool isOutside = false) {
    return QStringLiteral("id:%1:%2").arg(kind.letter).arg(id) +
           (isOutside ? QStringLiteral(":out") : QString());
}

QString rangeBox(const IdKind& kind, const dbus::IdRange& range) {
    return QStringLiteral("range:%1:%2").arg(kind.letter).arg(range.inside);
}

class Painter {
public:
    explicit Painter(const UserIdsInput& input)
        : m_input(input) {}
    Drawing draw();

private:
    qreal addKind(const IdKind& kind, qreal top);
    void addSegments(const IdKind& kind, const QList<Segment>& all, qreal x, bool isOutside);
    void addBands(const QList<Segment>& inside, const QList<Segment>& outside);
    qreal addMarks(const IdKind& kind, const QList<Segment>& inside, const QList<Segment>& outside,
                   qreal top);
    void addHeading(const QString& text, const QRectF& rect);

    const UserIdsInput& m_input;
    Drawing m_drawing;
};

void Painter::addHeading(const QString& text, const QRectF& rect) {
    DrawnText heading;
    heading.rect = rect;
    heading.text = text;
    heading.isBold = true;
    m_drawing.texts.append(heading);
}

void Painter::addSegments(const IdKind& kind, const QList<Segment>& all, qreal x, bool isOutside) {
    for (const Segment& one : all) {
        DrawnBox box;
        box.rect = QRectF(x, one.top, kSegmentWidth, one.height);
        box.radius = 4;
        const QString ids = idsText(one.first, one.last);
        if (one.range != nullptr) {
            box.id = rangeBox(kind, *one.range) + (isOutside ? QStringLiteral(":out") : QString());
            box.hue = namespaceHue(NamespaceType::User);
            box.look = Look::Filled;
            box.lines = {ids};
            box.spoken = isOutside
                             ? UserIdsView::tr("Ids %1 on this machine belong to the container.").arg(ids)
                             : UserIdsView::tr("Ids %1 inside are mapped.").arg(ids);
        } else {
            box.id = QStringLiteral("gap:%1:%2:%3")
                         .arg(kind.letter, isOutside ? QStringLiteral("out") : QStringLiteral("in"))
                         .arg(one.first);
            box.look = Look::Dashed;
            box.lines = {ids};
            if (one.height > 50)
                box.lines.append(isOutside ? UserIdsView::tr("others'") : UserIdsView::tr("not mapped"));
            box.spoken =
                isOutside ? UserIdsView::tr("Ids %1 of this machine are not the container's.").arg(ids)
                          : UserIdsView::tr("Ids %1 inside are not mapped: nobody can have them.").arg(ids);
            box.isPlain = true;
        }
        m_drawing.boxes.append(box);
    }
}

void Painter::addBands(const QList<Segment>& inside, const QList<Segment>& outside) {
    const qreal from = kInsideX + kSegmentWidth, to = kOutsideX;
    for (const Segment& left : inside) {
        if (left.range == nullptr)
            continue;
        const auto right = std::find_if(outside.begin(), outside.end(),
                                        [&](const Segment& one) { return one.range == left.range; });
        if (right == outside.end())
            continue;
        DrawnBand band;
        band.hue = namespaceHue(NamespaceType::User);
        band.strength = 0.22;
        band.shape = QPolygonF{{from, left.top},
                               {to, right->top},
                               {to, right->top + right->height},
                               {from, left.top + left.height}};
        m_drawing.bands.append(band);
    }
}

qreal Painter::addMarks(const IdKind& kind, const QList<Segment>& inside, const QList<Segment>& outside,
                        qreal top) {
    const int hue = namespaceHue(NamespaceType::User);
    QList<Mark> marks = marksOf(kind, m_input);
    const auto addLine = [&](const QPointF& from, const QPointF& to, bool isDashed) {
        DrawnLine line;
        line.hue = hue;
        line.isDashed = isDashed;
        line.path.moveTo(from);
        line.path.lineTo(to);
        m_drawing.lines.append(line);
    };
    const auto addBox = [&](const QString& id, const QString& text, const QString& spoken, qreal x, qreal y,
                            bool isOurs) {
        DrawnBox box;
        box.id = id;
        box.lines = {text};
        box.spoken = spoken;
        box.isPlain = true;
        box.radius = 4;
        box.hue = isOurs ? hue : -1;
        box.rect = QRectF(x, y - kMark / 2, kMarkWidth, kMark);
        m_drawing.boxes.append(box);
    };
    qreal lastRight = top - kMarkStep / 2 - 2;
    for (const Mark& mark : marks) { // in the order of the outer scale
        const Segment* right = segmentAt(outside, mark.id);
        if (right == nullptr)
            continue;
        const qreal at = placeIn(*right, mark.id);
        const qreal y = std::max(at, lastRight + kMarkStep);
        lastRight = y;
        QString text = QString::number(mark.id);
        if (!mark.outsideName.isEmpty())
            text += QStringLiteral("  ") + mark.outsideName;
        addBox(idBox(kind, mark.id, true), text,
               mark.inside ? UserIdsView::tr("%1 on this machine is %2 inside.").arg(text).arg(*mark.inside)
                           : UserIdsView::tr("%1 on this machine is nobody inside.").arg(text),
               kOutsideMarkX, y, mark.inside.has_value());
        addLine({kOutsideX + kSegmentWidth, at}, {kOutsideMarkX, y}, !mark.inside);
        if (const Segment* left = mark.inside ? segmentAt(inside, *mark.inside) : nullptr)
            addLine({kInsideX + kSegmentWidth, placeIn(*left, *mark.inside)}, {kOutsideX, at}, false);
    }
    marks.removeIf([](const Mark& one) { return !one.inside; });
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return *a.inside < *b.inside; });
    qreal lastLeft = top - kMarkStep / 2 - 2;
    for (const Mark& mark : std::as_const(marks)) {
        const Segment* left = segmentAt(inside, *mark.inside);
        if (left == nullptr)
            continue;
        const qreal at = placeIn(*left, *mark.inside);
        const qreal y = std::max(at, lastLeft + kMarkStep);
        lastLeft = y;
        QString text = QString::number(*mark.inside);
        if (*mark.inside == 0 && kind.letter == u"u")
            text += QStringLiteral("  root");
        if (!mark.who.isEmpty())
            text += QStringLiteral("  ") + mark.who.join(QStringLiteral(", "));
        addBox(idBox(kind, mark.id), text,
               UserIdsView::tr("%1 inside is %2 on this machine.").arg(text).arg(mark.id), 0, y, true);
        addLine({kMarkWidth, y}, {kInsideX, at}, false);
    }
    return std::max(lastLeft, lastRight) + kMarkStep;
}

qreal Painter::addKind(const IdKind& kind, qreal top) {
    const QString what = kind.isBoth           ? UserIdsView::tr("User ids, and group ids alike")
                         : kind.letter == u"u" ? UserIdsView::tr("User ids")
                                               : UserIdsView::tr("Group ids");
    addHeading(what, {0, top, kInsideX + kSegmentWidth, 20});
    top += 26;
    addHeading(UserIdsView::tr("Inside %1").arg(m_input.container), {kInsideX, top, kSegmentWidth, 20});
    addHeading(UserIdsView::tr("On this machine"), {kOutsideX, top, kSegmentWidth, 20});
    top += 26;
    if (kind.map.isEmpty()) {
        m_drawing.texts.append(
            {QRectF(kInsideX, top, 500, 20), UserIdsView::tr("Nothing is mapped: all are nobody (65534).")});
        return top + 30;
    }
    const auto inside =
        segmentsOf(kind.map, kLastInside, top, [](const dbus::IdRange& one) { return one.inside; });
    const auto outside =
        segmentsOf(kind.map, kLastId, top, [](const dbus::IdRange& one) { return one.outside; });
    addBands(inside, outside);
    addSegments(kind, inside, kInsideX, false);
    addSegments(kind, outside, kOutsideX, true);
    const qreal below = addMarks(kind, inside, outside, top);
    return std::max({below, inside.last().top + inside.last().height,
                     outside.last().top + outside.last().height}) +
           24;
}

Drawing Painter::draw() {
    m_drawing.title = UserIdsView::tr("User ids of %1, inside and outside").arg(m_input.container);
    qreal top = 16;
    for (const IdKind& kind : kindsOf(m_input))
        top = addKind(kind, top);
    // A margin at the left.
    const QPointF by(16, 0);
    for (DrawnBand& band : m_drawing.bands)
        band.shape.translate(by);
    for (DrawnLine& line : m_drawing.lines)
        line.path.translate(by);
    for (DrawnBox& box : m_drawing.boxes)
        box.rect.translate(by);
    for (DrawnText& text : m_drawing.texts)
        text.rect.translate(by);
    m_drawing.fitBounds();
    return m_drawing;
}

QString kindText(const IdKind& kind) {
    return kind.isBoth           ? UserIdsView::tr("users, groups")
           : kind.letter == u"u" ? UserIdsView::tr("users")
                                 : UserIdsView::tr("groups");
}

void addWhole(Explanation& text, const UserIdsInput& input) {
    const bool isMapped = std::none_of(input.facts.uidMap.begin(), input.facts.uidMap.end(),
                                       [](const dbus::IdRange& one) { return one.outside == 0; });
    text.heading(UserIdsView::tr("Who is who"))
        .sentence(
            UserIdsView::tr("A process has one user id in the kernel. A user namespace is a table that "
                            "says how it is called inside: a band leads from the ids inside to those of this "
                            "machine."));
    if (isMapped)
        text.sentence(
            UserIdsView::tr("Root of %1 is an id here that owns nothing but this container's files. "
                            "Should it get out, it may do nothing.")
                .arg(input.container));
    else
        text.sentence(
            UserIdsView::tr("Here the ids are the machine's own: root inside is root of this machine. Only "
                            "capabilities, seccomp and the other namespaces hold it back."));
    text.sentence(UserIdsView::tr("An id that no band touches does not exist inside: files of such an owner "
                                  "seem to be nobody's (65534)."))
        .muted(UserIdsView::tr("Small ids take more room than large ones: the scale is a logarithm's."))
        .manPages({QStringLiteral("user_namespaces(7)"), QStringLiteral("newuidmap(1)"),
                   QStringLiteral("subuid(5)")});
}

} // namespace

Drawing drawUserIds(const UserIdsInput& input) {
    return Painter(input).draw();
}

QStringList userIdColumns() {
    return {UserIdsView::tr("Inside"), UserIdsView::tr("On this machine"), UserIdsView::tr("How many"),
            UserIdsView::tr("Who")};
}

QList<CellsRow> userIdRows(const UserIdsInput& input) {
    QList<CellsRow> rows;
    for (const IdKind& kind : kindsOf(input)) {
        for (const dbus::IdRange& range : kind.map) {
            const quint64 last = range.count - 1;
            rows.append({rangeBox(kind, range),
                         {{idsText(range.inside, range.inside + last), range.inside},
                          {idsText(range.outside, range.outside + last), range.outside},
                          {QLocale().toString(range.count), range.count},
                          {kindText(kind)}}});
        }
        for (const Mark& mark : marksOf(kind, input)) {
            QStringList who = mark.who;
            if (!mark.outsideName.isEmpty())
                who.append(mark.outsideName);
            rows.append(
                {idBox(kind, mark.id, !mark.inside),
                 {{mark.inside ? QString::number(*mark.inside) : dash(), mark.inside.value_or(kLastId)},
                  {QString::number(mark.id), mark.id},
                  {QStringLiteral("1"), 1},
                  {who.join(QStringLiteral(", "))}}});
        }
    }
    return rows;
}

QString userIdsExplanation(const QString& id, const UserIdsInput& input) {
    Explanation text;
    const QStringList parts = id.split(u':');
    for (const IdKind& kind : kindsOf(input)) {
        if (parts.size() < 3 || parts[1] != kind.letter)
            continue;
        if (parts[0] == u"range") {
            for (const dbus::IdRange& range : kind.map) {
                if (QString::number(range.inside) != parts[2])
                    continue;
                const quint64 last = range.count - 1;
                text.heading(UserIdsView::tr("%n ids in a row", nullptr,
                                             static_cast<int>(std::min<quint32>(
                                                 range.count, std::numeric_limits<int>::max()))))
                    .sentence(UserIdsView::tr("What is %1 inside is %2 on this machine.")
                                  .arg(idsText(range.inside, range.inside + last),
                                       idsText(range.outside, range.outside + last)))
                    .sentence(UserIdsView::tr(
                        "The kernel has it as one line of /proc/PID/uid_map: first id inside, "
                        "first id outside, how many."))
                    .manPages({QStringLiteral("user_namespaces(7)")});
            }
        } else if (parts[0] == u"id") {
            for (const Mark& mark : marksOf(kind, input)) {
                if (QString::number(mark.id) != parts[2])
                    continue;
                text.heading(mark.inside
                                 ? UserIdsView::tr("%1 inside is %2 here").arg(*mark.inside).arg(mark.id)
                                 : UserIdsView::tr("%1 is nobody inside").arg(mark.id));
                if (!mark.who.isEmpty())
                    text.sentence(UserIdsView::tr("Processes of the container that have it now: %1.")
                                      .arg(mark.who.join(QStringLiteral(", "))));
                if (!mark.outsideName.isEmpty())
                    text.sentence(UserIdsView::tr("On this machine: %1.").arg(mark.outsideName));
                if (!mark.inside)
                    text.sentence(
                        UserIdsView::tr("No process inside can become this user, and its files seem to be "
                                        "nobody's (65534) in there."));
                text.manPages({QStringLiteral("user_namespaces(7)"), QStringLiteral("credentials(7)")});
            }
        } else if (parts[0] == u"gap" && parts[2] == u"in") {
            text.heading(UserIdsView::tr("Not mapped"))
                .sentence(
                    UserIdsView::tr("No process inside can have one of these ids: setuid(2) to it fails with "
                                    "EINVAL."));
        } else if (parts[0] == u"gap") {
            text.heading(UserIdsView::tr("Not the container's"))
                .sentence(UserIdsView::tr(
                    "Ids of this machine's users, of its services and of other containers. Nobody "
                    "inside can become one of them."));
        }
    }
    if (text.html().isEmpty())
        addWhole(text, input);
    return text.html();
}

} // namespace escale::gui
