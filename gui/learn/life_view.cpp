#include "gui/learn/life_view.h"

#include "gui/common/format.h"
#include "gui/containers/exit_status.h"
#include "gui/containers/processes_model.h"
#include "gui/learn/explanation.h"
#include "gui/learn/life_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <functional>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LifeView)
};

using State = LifeState;

constexpr qreal kMargin = 10, kStateHeight = 86, kPillHeight = 38, kPillWidth = 98;
constexpr qreal kLower = 206; // from the upper row of states to the lower one
constexpr qreal kWidth = 698;
constexpr qreal kGraceHeight = 26;
constexpr int kMostProcesses = 40, kMostMoments = 200;
constexpr int kGoodHue = 140, kHaltHue = 40, kEndHue = 0, kCalmHue = 210;

QString timeText(qint64 time) {
    return time <= 0 ? QString() : QDateTime::fromMSecsSinceEpoch(time).toString(QStringLiteral("HH:mm:ss"));
}

const char* keyOf(State state) {
    switch (state) {
    case State::None:
        return "none";
    case State::Created:
        return "created";
    case State::Running:
        return "running";
    case State::Paused:
        return "paused";
    case State::Restarting:
        return "restarting";
    case State::Exited:
        return "exited";
    case State::Removed:
        return "removed";
    }
    return "";
}

QString stateId(State state) {
    return QStringLiteral("state:") + QLatin1String(keyOf(state));
}

QString wayId(const LifeTransition& way) {
    return QStringLiteral("way:%1:%2").arg(QLatin1String(keyOf(way.from)), QLatin1String(keyOf(way.to)));
}

QString processId(const dbus::ContainerProcess& process) {
    return QStringLiteral("process:%1").arg(process.pid);
}

QString eventId(const dbus::Event& event) {
    return QStringLiteral("event:%1").arg(event.sequence);
}

int hueOf(State state) {
    switch (state) {
    case State::Running:
        return kGoodHue;
    case State::Paused:
    case State::Restarting:
        return kHaltHue;
    case State::Exited:
    case State::Removed:
        return kEndHue;
    default:
        return kCalmHue;
    }
}

// Where the states stand, and how the ways between them lead.
QRectF placeOf(State state) {
    constexpr qreal kLow = 52;
    switch (state) {
    case State::Created:
        return {0, 0, 104, kStateHeight};
    case State::Running:
        return {206, 0, 250, kStateHeight};
    case State::Exited:
        return {566, 0, 132, kStateHeight};
    case State::Paused:
        return {206, kLower, 158, kLow};
    case State::Restarting:
        return {374, kLower, 182, kLow};
    case State::Removed:
        return {566, kLower, 132, kLow};
    case State::None:
        break;
    }
    return {};
}

struct Route {
    QPolygonF points;
    QPointF pill; // the middle of its words
};

// Ways that lie beside each other have their words at different heights.
Route routeOf(State from, State to) {
    const QRectF a = placeOf(from);
    const QRectF b = placeOf(to);
    constexpr qreal kUpper = kStateHeight + 34, kUnder = kStateHeight + 80;
    const auto across = [&](qreal y) {
        const qreal left = a.left() < b.left() ? a.right() : a.left();
        const qreal right = a.left() < b.left() ? b.left() : b.right();
        return Route{{{left, y}, {right, y}}, {(left + right) / 2, y}};
    };
    const auto upright = [&](qreal x, qreal y) {
        return a.top() < b.top() ? Route{{{x, a.bottom()}, {x, b.top()}}, {x, y}}
                                 : Route{{{x, a.top()}, {x, b.bottom()}}, {x, y}};
    };
    if (from == State::Running && to == State::Paused)
        return upright(242, kUpper);
    if (from == State::Paused && to == State::Running)
        return upright(330, kUnder);
    if (from == State::Running && to == State::Restarting)
        return upright(390, kUpper);
    if (from == State::Restarting && to == State::Running)
        return upright(446, kUnder);
    if (from == State::Exited && to == State::Removed)
        return upright(632, (kUpper + kUnder) / 2);
    if (from == State::Exited)
        return across(64);
    if (from == State::Created && to != State::Running) { // over the others
        constexpr qreal kAbove = -26;
        return {{{a.center().x(), 0},
                 {a.center().x(), kAbove},
                 {b.center().x(), kAbove},
                 {b.center().x(), b.top()}},
                {(a.center().x() + 206) / 2 + 20, kAbove}};
    }
    if (a.top() == b.top())
        return across(22);
    const QPointF start(a.center().x(), a.top() > b.top() ? a.top() : a.bottom());
    const QPointF end(b.center().x(), a.top() > b.top() ? b.bottom() : b.top());
    return {{start, end}, (start + end) / 2};
}

/// The part of a way before the words that lie on it, and the one after.
std::pair<QPolygonF, QPolygonF> aroundPill(const QPolygonF& way, const QRectF& pill) {
    std::pair<QPolygonF, QPolygonF> parts;
    const QPointF middle = pill.center();
    for (int i = 0; i + 1 < way.size(); ++i) {
        const bool isPast = !parts.second.isEmpty();
        (isPast ? parts.second : parts.first).append(way[i]);
        const QPointF along = way[i + 1] - way[i];
        const QRectF piece = QRectF(way[i], way[i + 1]).normalized().adjusted(-1, -1, 1, 1);
        if (isPast || !piece.contains(middle))
            continue;
        const bool isLevel = std::abs(along.x()) > std::abs(along.y());
        const qreal half = (isLevel ? pill.width() : pill.height()) / 2 + 1;
        const QPointF step = along / std::hypot(along.x(), along.y()) * half;
        parts.first.append(middle - step);
        parts.second.append(middle + step);
    }
    (parts.second.isEmpty() ? parts.first : parts.second).append(way.last());
    return parts;
}

// Each below its parent, with how deep it stands. One whose parent is outside has come in from there: the
// first one, and those of exec.
QList<std::pair<dbus::ContainerProcess, int>> orderedByParent(const dbus::ProcessList& processes) {
    QList<std::pair<dbus::ContainerProcess, int>> ordered;
    QSet<quint32> seen, all;
    for (const dbus::ContainerProcess& one : processes)
        all.insert(one.pid);
    const std::function<void(const dbus::ContainerProcess&, int)> add =
        [&](const dbus::ContainerProcess& process, int depth) {
            if (seen.contains(process.pid))
                return;
            seen.insert(process.pid);
            ordered.append({process, depth});
            for (const dbus::ContainerProcess& one : processes) {
                if (one.parentPid == process.pid)
                    add(one, depth + 1);
            }
        };
    for (const dbus::ContainerProcess& one : processes) {
        if (!all.contains(one.parentPid))
            add(one, 0);
    }
    return ordered;
}

class Layout {
public:
    explicit Layout(const LifeFacts& facts)
        : m_facts(facts) {}
    LifeView make();

private:
    qreal addStates(qreal x, qreal y);
    void addWay(const LifeTransition& way, const QPointF& origin);
    QRectF addPill(const LifeTransition& way, const QPointF& middle);
    void addState(State state, const QPointF& origin);
    qreal addHeading(const QString& text, qreal x, qreal y);
    qreal addProcesses(qreal x, qreal y);
    void addProcess(const dbus::ContainerProcess& process, qreal x, qreal y);
    qreal addRun(qreal x, qreal y);
    qreal addEnd(const LifeRun& run, qreal x, qreal y);
    qreal addGrace(const LifeRun& run, const LifeSignal& asked, qreal x, qreal y);
    void addReaction(const LifeRun& run, const LifeSignal& asked, const QRectF& bar);
    void addHalts(const LifeRun& run, qint64 end, const std::function<qreal(qint64)>& xOf, QRectF lane);
    /// How many lines its words take.
    int addMoments(const LifeRun& run, qint64 from, qint64 to, QRectF lane);
    void addTick(qreal x, qreal y, const QString& words, int hue);
    void addWords(const QRectF& rect, const QString& text, bool isSmall, bool isMuted,
                  Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);
    void addRows();

    const LifeFacts& m_facts;
    LifeView m_view;
};

void Layout::addWords(const QRectF& rect, const QString& text, bool isSmall, bool isMuted,
                      Qt::Alignment alignment) {
    DrawnText words;
    words.rect = rect;
    words.text = text;
    words.isSmall = isSmall;
    words.isMuted = isMuted;
    words.alignment = alignment;
    m_view.drawing.texts.append(words);
}

qreal Layout::addHeading(const QString& text, qreal x, qreal y) {
    DrawnText words;
    words.rect = QRectF(x, y, kWidth, 22);
    words.text = text;
    words.isBold = true;
    m_view.drawing.texts.append(words);
    return y + 28;
}

void Layout::addState(State state, const QPointF& origin) {
    const bool isNow = state == m_facts.story.now;
    const bool wasThere =
        isNow || std::any_of(m_facts.story.transitions.begin(), m_facts.story.transitions.end(),
                             [state](const LifeTransition& way) {
                                 return way.count > 0 && (way.from == state || way.to == state);
                             });
    qint64 since = 0;
    for (const LifeTransition& way : m_facts.story.transitions) {
        if (way.to == state)
            since = std::max(since, way.last);
    }
    DrawnBox box;
    box.id = stateId(state);
    box.rect = placeOf(state).translated(origin);
    box.lines = {lifeStateName(state)};
    if (isNow)
        box.lines.append(since > 0 ? Words::tr("since %1").arg(timeText(since)) : Words::tr("now"));
    else if (since > 0)
        box.lines.append(timeText(since));
    else if (!wasThere)
        box.lines.append(Words::tr("never"));
    box.spoken = box.lines.join(QStringLiteral(", ")) + QStringLiteral(". ") + lifeStateText(state);
    box.hue = hueOf(state);
    box.look = isNow ? DrawnBox::Look::Filled : wasThere ? DrawnBox::Look::Outlined : DrawnBox::Look::Faint;
    box.tone = isNow ? state == State::Running                                ? Tone::Good
                       : state == State::Paused || state == State::Restarting ? Tone::Busy
                                                                              : Tone::Idle
                     : Tone::None;
    m_view.drawing.boxes.append(box);
}

// Lines are painted over boxes, so a way has a gap where its words are.
void Layout::addWay(const LifeTransition& way, const QPointF& origin) {
    if (way.from == State::None)
        return; // the state it leads to says when
    const Route route = routeOf(way.from, way.to);
    const auto [before, after] =
        aroundPill(route.points.translated(origin), addPill(way, route.pill + origin));
    DrawnLine line;
    line.hue = way.count > 0 ? hueOf(way.to) : -1;
    line.isDashed = way.count == 0;
    line.width = way.count > 0 ? 2 : 1;
    line.path.addPolygon(before);
    m_view.drawing.lines.append(line);
    line.path = QPainterPath();
    line.path.addPolygon(after);
    line.hasArrow = true;
    m_view.drawing.lines.append(line);
}

QRectF Layout::addPill(const LifeTransition& way, const QPointF& middle) {
    const bool happened = way.count > 0;
    const QString name = lifeActionName(way.from, way.to, way.action);
    const QString words = happened ? QStringLiteral("%1 · %2×").arg(name).arg(way.count) : name;
    DrawnBox pill;
    pill.id = wayId(way);
    const qreal height = happened ? kPillHeight : kPillHeight - 14;
    pill.rect = QRectF(0, 0, std::min(kPillWidth, std::max(textWidth(words) + 20, qreal(72))), height);
    pill.rect.moveCenter(middle);
    pill.radius = height / 2;
    pill.hue = happened ? hueOf(way.to) : -1;
    pill.look = happened ? DrawnBox::Look::Outlined : DrawnBox::Look::Faint;
    pill.spoken = happened
                      ? Words::tr("%1: from %2 to %3, %n time(s), last at %4", nullptr, way.count)
                            .arg(name, lifeStateName(way.from), lifeStateName(way.to), timeText(way.last))
                      : Words::tr("%1: from %2 to %3, has not happened")
                            .arg(name, lifeStateName(way.from), lifeStateName(way.to));
    m_view.drawing.boxes.append(pill);
    const QRectF upper(pill.rect.left(), pill.rect.top() + (happened ? 3 : 0), pill.rect.width(),
                       happened ? 17 : height);
    addWords(upper, words, false, !happened, Qt::AlignCenter);
    if (happened)
        addWords(upper.translated(0, 16), timeText(way.last), true, true, Qt::AlignCenter);
    return pill.rect;
}

qreal Layout::addStates(qreal x, qreal y) {
    const bool hasDetour = std::any_of(
        m_facts.story.transitions.begin(), m_facts.story.transitions.end(),
        [](const LifeTransition& way) { return way.from == State::Created && way.to != State::Running; });
    const QPointF origin(x, y + (hasDetour ? 40 : 0));
    for (const State state :
         {State::Created, State::Running, State::Paused, State::Restarting, State::Exited, State::Removed})
        addState(state, origin);
    for (const LifeTransition& way : m_facts.story.transitions)
        addWay(way, origin);
    return placeOf(State::Paused).translated(origin).bottom();
}

void Layout::addProcess(const dbus::ContainerProcess& process, qreal x, qreal y) {
    DrawnBox box;
    box.id = processId(process);
    box.rect = QRectF(x, y, kMargin + kWidth - x, 30);
    const bool isFirst = process.insidePid == 1;
    const QString command =
        process.command.isEmpty() ? Words::tr("(no command line)") : process.command.simplified();
    QString words = QStringLiteral("%1  %2").arg(process.insidePid).arg(command);
    box.lines = {words};
    const QString state =
        isZombie(process) ? Words::tr("zombie: ended, not asked how") : processStateText(process.state);
    box.tone = isZombie(process) ? Tone::Bad : process.state == u"R" ? Tone::Good : Tone::Idle;
    box.hue = isZombie(process) ? kEndHue : isFirst ? kGoodHue : kCalmHue;
    box.look = isZombie(process) ? DrawnBox::Look::Dashed : DrawnBox::Look::Outlined;
    box.radius = 6;
    box.spoken = Words::tr("Process %1 inside, %2 on this machine: %3, %4")
                     .arg(process.insidePid)
                     .arg(process.pid)
                     .arg(command, state);
    const QString beside = Words::tr("%1 · %2 on this machine").arg(state).arg(process.pid);
    const qreal room = textWidth(beside) + 12;
    // The command is cut before the words beside it begin.
    const qreal left = box.rect.width() - room - 2 * kBoxPadding - 20;
    while (box.lines.first().size() > 4 && textWidth(box.lines.first(), true) > left)
        box.lines = {box.lines.first().chopped(2).trimmed().append(QStringLiteral("…"))};
    m_view.drawing.boxes.append(box);
    addWords(QRectF(box.rect.right() - room, y, room - 10, 30), beside, true, true,
             Qt::AlignRight | Qt::AlignVCenter);
}

// Each below its parent. One whose parent is outside has come in from there: the first one, and those of
// exec.
qreal Layout::addProcesses(qreal x, qreal y) {
    y = addHeading(Words::tr("Processes: who has started whom"), x, y);
    if (m_facts.processes.isEmpty()) {
        addWords(QRectF(x, y, kWidth, 20),
                 m_facts.story.now == State::Running || m_facts.story.now == State::Paused
                     ? Words::tr("They are being read.")
                     : Words::tr("None: it does not run."),
                 false, true);
        return y + 34;
    }
    const auto ordered = orderedByParent(m_facts.processes);
    QHash<quint32, QPointF> corners; // where a child's line begins
    int drawn = 0;
    for (const auto& [process, depth] : ordered) {
        if (++drawn > kMostProcesses)
            break;
        const qreal left = x + std::min(depth, 12) * 30;
        if (const auto corner = corners.constFind(process.parentPid); corner != corners.constEnd()) {
            DrawnLine line;
            line.path.moveTo(*corner);
            line.path.lineTo(corner->x(), y + 15);
            line.path.lineTo(left, y + 15);
            m_view.drawing.lines.append(line);
        }
        addProcess(process, left, y);
        corners.insert(process.pid, QPointF(left + 14, y + 30));
        y += 36;
    }
    if (ordered.size() > kMostProcesses) {
        addWords(QRectF(x, y, kWidth, 20),
                 Words::tr("and %n more: the table has them", nullptr,
                           static_cast<int>(ordered.size()) - kMostProcesses),
                 false, true);
        y += 24;
    }
    return y + 10;
}

void Layout::addTick(qreal x, qreal y, const QString& words, int hue) {
    DrawnLine line;
    line.path.moveTo(x, y);
    line.path.lineTo(x, y + 8);
    line.hue = hue;
    m_view.drawing.lines.append(line);
    const bool isFar = x > kMargin + kWidth - 80;
    addWords(QRectF(isFar ? x - 120 : x - 60, y + 8, 120, 16), words, true, true,
             isFar ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignCenter);
}

// While it was paused.
void Layout::addHalts(const LifeRun& run, qint64 end, const std::function<qreal(qint64)>& xOf, QRectF lane) {
    qint64 since = 0;
    const auto add = [&](qint64 until) {
        DrawnBox halt;
        halt.rect = QRectF(QPointF(xOf(since), lane.top()), QPointF(xOf(until), lane.bottom()));
        halt.hue = kHaltHue;
        halt.look = DrawnBox::Look::Filled;
        halt.radius = 2;
        m_view.drawing.boxes.append(halt);
        since = 0;
    };
    for (const dbus::Event& event : run.events) {
        if (since > 0 && (event.action == u"unpause" || event.action == u"die"))
            add(event.time);
        if (event.action == u"pause")
            since = event.time;
    }
    if (since > 0)
        add(end);
}

// A mark an event on the lane; its words are below, where there is room.
int Layout::addMoments(const LifeRun& run, qint64 from, qint64 to, QRectF lane) {
    const auto xOf = [&](qint64 time) {
        return lane.left() + lane.width() * static_cast<qreal>(time - from) /
                                 static_cast<qreal>(std::max<qint64>(1, to - from));
    };
    qreal lastRight[3] = {-1e9, -1e9, -1e9}; // of each line
    int count = 0;
    int lines = 1;
    for (const dbus::Event& event : run.events) {
        if (event.time < from || event.time > to || ++count > kMostMoments ||
            event.action.startsWith(u"exec_create"))
            continue;
        const bool isBad = event.action == u"kill" || event.action == u"die" || event.action == u"oom";
        const qreal x = std::clamp(xOf(event.time), lane.left(), lane.right());
        DrawnBox mark;
        mark.id = eventId(event);
        mark.rect = QRectF(x - 3, lane.top() - 5, 6, lane.height() + 10);
        mark.hue = isBad ? kEndHue : kCalmHue;
        mark.look = DrawnBox::Look::Filled;
        mark.radius = 3;
        mark.spoken = QDateTime::fromMSecsSinceEpoch(event.time).toString(QStringLiteral("HH:mm:ss.zzz")) +
                      QStringLiteral(": ") + eventWords(event);
        m_view.drawing.boxes.append(mark);
        const QString words = eventWords(event);
        const qreal width = textWidth(words) + 10;
        const qreal left = std::min(x - 4, lane.right() - width);
        for (int row = 0; row < 3; ++row) {
            if (left < lastRight[row] + 8)
                continue;
            const qreal top = lane.bottom() + 10 + row * 18;
            addWords(QRectF(left, top, width, 16), words, true, !isBad);
            lastRight[row] = left + width;
            lines = std::max(lines, row + 1);
            if (row > 0) {
                DrawnLine stem;
                stem.path.moveTo(x, lane.bottom() + 5);
                stem.path.lineTo(x, top + 2);
                stem.width = 1;
                m_view.drawing.lines.append(stem);
            }
            break;
        }
    }
    return lines;
}

qreal Layout::addRun(qreal x, qreal y) {
    const LifeRun* run = m_facts.shown();
    y = addHeading(Words::tr("One run, to scale"), x, y);
    if (run == nullptr) {
        addWords(QRectF(x, y, kWidth, 20), Words::tr("It has never been started."), false, true);
        return y + 30;
    }
    const qint64 from = run->started > 0        ? run->started
                        : run->events.isEmpty() ? m_facts.now
                                                : run->events.first().time;
    const qint64 end = run->ended > 0 ? run->ended : std::max(m_facts.now, from + 1);
    const QRectF lane(x, y + 4, kWidth, 22);
    const auto xOf = [&](qint64 time) {
        return lane.left() + lane.width() * static_cast<qreal>(time - from) /
                                 static_cast<qreal>(std::max<qint64>(1, end - from));
    };
    DrawnBox whole;
    whole.id = QStringLiteral("run");
    whole.rect = lane;
    whole.hue = kGoodHue;
    whole.radius = 5;
    whole.spoken = Words::tr("The run from %1, %2 long").arg(timeText(from), durationWords(end - from));
    m_view.drawing.boxes.append(whole);
    addHalts(*run, end, xOf, lane);
    y = lane.bottom() + 12 + addMoments(*run, from, end, lane) * 18;
    addWords(QRectF(x, y, kWidth / 2, 16), timeText(from), true, true);
    addWords(QRectF(x + kWidth / 2, y, kWidth / 2, 16),
             run->ended > 0 ? Words::tr("%1, after %2").arg(timeText(end), durationWords(end - from))
                            : Words::tr("now, after %1").arg(durationWords(end - from)),
             true, true, Qt::AlignRight | Qt::AlignVCenter);
    return addEnd(*run, x, y + 30);
}

qreal Layout::addEnd(const LifeRun& run, qreal x, qreal y) {
    const LifeSignal* asked = run.request();
    if (run.ended == 0 && (asked == nullptr || !asked->grace))
        return y;
    y = addHeading(run.ended > 0 ? Words::tr("How it ended") : Words::tr("It is being stopped"), x, y);
    if (asked != nullptr)
        y = addGrace(run, *asked, x, y);
    for (const QString& sentence : endSentences(run)) {
        DrawnText text;
        const int lines = static_cast<int>(textWidth(sentence) / (kWidth - 20)) + 1;
        text.rect = QRectF(x, y, kWidth, lines * 17);
        text.text = sentence;
        text.wraps = true;
        text.alignment = Qt::AlignLeft | Qt::AlignTop;
        m_view.drawing.texts.append(text);
        y += lines * 17 + 3;
    }
    return y + 8;
}

// From the request to the end: the time that it was given is the whole width, or longer than that.
qreal Layout::addGrace(const LifeRun& run, const LifeSignal& asked, qreal x, qreal y) {
    const qint64 grace = asked.grace.value_or(0) * 1000;
    const qint64 last = run.ended > 0 ? run.ended : m_facts.now;
    const qint64 until = std::max({asked.time + grace, last, asked.time + 1});
    const qreal width = kWidth - 60;
    const auto xOf = [&](qint64 time) {
        return x + width * static_cast<qreal>(time - asked.time) / static_cast<qreal>(until - asked.time);
    };
    DrawnBox given;
    given.rect = QRectF(QPointF(x, y), QPointF(xOf(asked.time + grace), y + kGraceHeight));
    given.look = DrawnBox::Look::Dashed;
    given.hue = kHaltHue;
    given.radius = 4;
    if (grace > 0)
        m_view.drawing.boxes.append(given);
    if (grace > 0 && last - asked.time < grace / 3)
        addWords(given.rect.adjusted(width / 2, 0, -8, 0), Words::tr("%1 s were allowed").arg(grace / 1000),
                 true, true, Qt::AlignRight | Qt::AlignVCenter);
    const LifeSignal* force = run.force();
    DrawnBox lived;
    lived.id = QStringLiteral("end");
    lived.rect = QRectF(x, y, std::max(xOf(last) - x, qreal(6)), kGraceHeight);
    lived.hue = force != nullptr ? kEndHue : kGoodHue;
    lived.look = DrawnBox::Look::Filled;
    lived.radius = 4;
    lived.spoken = endSentences(run).join(QLatin1Char(' '));
    m_view.drawing.boxes.append(lived);
    addReaction(run, asked, lived.rect);
    y += kGraceHeight;
    addWords(QRectF(x, y + 8, 160, 16),
             Words::tr("0 s: %1").arg(asked.number > 0 ? signalName(asked.number) : Words::tr("asked")), true,
             true);
    if (force != nullptr)
        addTick(xOf(force->time), y,
                QStringLiteral("%1: SIGKILL").arg(durationWords(force->time - asked.time)), kEndHue);
    else if (run.ended > 0 && xOf(run.ended) > x + 170)
        addTick(xOf(run.ended), y, durationWords(run.ended - asked.time), kGoodHue);
    return y + 30;
}

// In the bar, or beside it when that is too short.
void Layout::addReaction(const LifeRun& run, const LifeSignal& asked, const QRectF& bar) {
    const QString words = run.force() != nullptr
                              ? Words::tr("goes on: %1 is ignored").arg(signalName(asked.number))
                          : run.ended == 0          ? Words::tr("is still there")
                          : asked.number == SIGKILL ? Words::tr("is ended")
                                                    : Words::tr("obeys");
    const qreal room = textWidth(words) + 16;
    const qreal left = room < bar.width() ? bar.left() + 10 : bar.right() + 8;
    addWords(QRectF(left, bar.top(), room, bar.height()), words, false, false);
}

void Layout::addRows() {
    const LifeStory& story = m_facts.story;
    m_view.rows.append(
        {stateId(story.now),
         {{lifeStateName(story.now), {}, {}, Tone::Good}, {Words::tr("now")}, {lifeStateText(story.now)}}});
    for (const LifeTransition& way : story.transitions) {
        if (way.from == State::None)
            continue;
        m_view.rows.append(
            {wayId(way),
             {{lifeActionName(way.from, way.to, way.action), {}, {}, way.count > 0 ? Tone::Good : Tone::Idle},
              {way.count > 0 ? QStringLiteral("%1×, %2").arg(way.count).arg(timeText(way.last))
                             : Words::tr("never")},
              {lifeStateName(way.from) + QStringLiteral(" → ") + lifeStateName(way.to)}}});
    }
    for (const dbus::ContainerProcess& process : m_facts.processes) {
        m_view.rows.append(
            {processId(process),
             {{QStringLiteral("%1  %2").arg(process.insidePid).arg(process.command.simplified()),
               {},
               {},
               isZombie(process) ? Tone::Bad : Tone::None},
              {timeText(process.started)},
              {isZombie(process) ? Words::tr("zombie: ended, not asked how")
                                 : processStateText(process.state)}}});
    }
    if (const LifeRun* run = m_facts.shown()) {
        for (const dbus::Event& event : run->events)
            m_view.rows.append(
                {eventId(event), {{eventWords(event)}, {timeText(event.time)}, {event.action}}});
    }
}

LifeView Layout::make() {
    m_view.drawing.title = Words::tr("The life of %1").arg(m_facts.container.name);
    qreal y = addHeading(Words::tr("States, and the ways that it went"), kMargin, kMargin);
    y = addStates(kMargin, y) + 12;
    y = addRun(kMargin, y);
    addProcesses(kMargin, y);
    addRows();
    m_view.drawing.fitBounds(kMargin);
    m_view.drawing.bounds.setWidth(kWidth + 2 * kMargin);
    return std::move(m_view);
}

QString paragraph(const QString& text) {
    return htmlParagraph(text.toHtmlEscaped());
}

QString explainProcess(const LifeFacts& facts, const dbus::ContainerProcess& process) {
    QString html =
        htmlHeading(QStringLiteral("%1  %2").arg(process.insidePid).arg(process.command.simplified()), 3);
    html += paragraph(
        Words::tr("Its number is %1 inside and %2 on this machine: it is one process, counted by two pid "
                  "namespaces. State: %3.")
            .arg(process.insidePid)
            .arg(process.pid)
            .arg(processStateText(process.state)));
    if (isZombie(process))
        html += paragraph(zombieText(facts.hasInit));
    if (process.insidePid == 1)
        html += paragraph(firstProcessText(facts.hasInit));
    const bool hasParent =
        std::any_of(facts.processes.begin(), facts.processes.end(),
                    [&](const dbus::ContainerProcess& one) { return one.pid == process.parentPid; });
    if (!hasParent && process.insidePid != 1)
        html += paragraph(
            Words::tr("Its parent is outside: somebody has brought it in (docker exec), so it sees 0 as its "
                      "parent's number."));
    return html;
}

} // namespace

const LifeRun* LifeFacts::shown() const {
    if (story.runs.isEmpty())
        return nullptr;
    return run >= 0 && run < story.runs.size() ? &story.runs[run] : &story.runs.last();
}

dbus::ProcessList processesOf(const dbus::InspectedProcesses& processes, const QString& container) {
    dbus::ProcessList list;
    for (const dbus::InspectedProcess& one : processes) {
        if (one.container != container || one.role != u"container")
            continue;
        dbus::ContainerProcess process;
        process.pid = one.pid;
        process.insidePid = one.pids.isEmpty() ? 0 : one.pids.last();
        process.parentPid = one.parent;
        process.state = one.state;
        process.started = one.started;
        process.command =
            one.command.isEmpty() ? QLatin1Char('[') + one.name + QLatin1Char(']') : one.command;
        list.append(process);
    }
    return list;
}

LifeView lifeView(const LifeFacts& facts) {
    return Layout(facts).make();
}

QString lifeExplanation(const LifeFacts& facts, const QString& id) {
    for (const LifeTransition& way : facts.story.transitions) {
        if (wayId(way) == id)
            return htmlHeading(lifeActionName(way.from, way.to, way.action), 3) +
                   paragraph(lifeStateName(way.from) + QStringLiteral(" → ") + lifeStateName(way.to)) +
                   paragraph(way.count > 0
                                 ? Words::tr("It happened %n time(s), last at %1.", nullptr, way.count)
                                       .arg(formatTime(way.last))
                                 : Words::tr("It could happen, and has not.")) +
                   paragraph(lifeActionText(way.from, way.to, way.action));
        for (const State state : {way.from, way.to}) {
            if (stateId(state) == id)
                return htmlHeading(lifeStateName(state), 3) + paragraph(lifeStateText(state));
        }
    }
    for (const dbus::ContainerProcess& process : facts.processes) {
        if (processId(process) == id)
            return explainProcess(facts, process);
    }
    const LifeRun* run = facts.shown();
    if (run != nullptr) {
        for (const dbus::Event& event : run->events) {
            if (eventId(event) == id)
                return htmlHeading(eventWords(event), 3) + paragraph(formatTime(event.time)) +
                       paragraph(Words::tr("As the engine has told it: %1.").arg(event.action));
        }
        if (id == u"end" || id == u"run") {
            QString html = htmlHeading(id == u"end" ? Words::tr("How it ended") : Words::tr("One run"), 3);
            for (const QString& sentence : endSentences(*run))
                html += paragraph(sentence);
            return html;
        }
    }
    QString html =
        htmlHeading(Words::tr("Life"), 3) +
        paragraph(
            Words::tr("Above: the states of a container, and the ways that this one really went, with how "
                      "often and when last. Dashed ways could happen and have not.")) +
        paragraph(Words::tr("Below: one run from its start to its end, to scale, then its processes."));
    if (facts.story.isCut)
        html += paragraph(Words::tr("Its first events are no longer kept, so counts may be too low."));
    const auto zombies = std::count_if(facts.processes.begin(), facts.processes.end(), isZombie);
    if (zombies > 0)
        html += paragraph(Words::tr("%n zombie(s) among its processes:", nullptr, static_cast<int>(zombies)) +
                          QLatin1Char(' ') + zombieText(facts.hasInit));
    return html;
}

QString runTitle(const LifeRun& run, int number) {
    QStringList parts{run.started > 0 ? timeText(run.started) : Words::tr("before")};
    if (run.ended > 0 && run.started > 0)
        parts.append(durationWords(run.ended - run.started));
    if (run.ended == 0)
        parts.append(Words::tr("runs"));
    else if (run.exitCode)
        parts.append(exitWords({*run.exitCode, run.endedByOom()}));
    return QStringLiteral("%1: %2").arg(number).arg(parts.join(QStringLiteral(", ")));
}

} // namespace escale::gui
