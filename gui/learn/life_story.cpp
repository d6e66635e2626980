#include "gui/learn/life_story.h"

#include <algorithm>
#include <csignal>

namespace escale::gui {
namespace {

// The policy's longest wait is a minute (engine/container/restart_policy.h).
constexpr qint64 kLongestWait = 70'000;

using State = LifeState;

constexpr std::tuple<State, State, const char*> kPossible[] = {
    {State::None, State::Created, "create"},    {State::Created, State::Running, "start"},
    {State::Running, State::Paused, "pause"},   {State::Paused, State::Running, "unpause"},
    {State::Running, State::Exited, "die"},     {State::Exited, State::Running, "start"},
    {State::Running, State::Restarting, "die"}, {State::Restarting, State::Running, "start"},
    {State::Exited, State::Removed, "destroy"},
};

bool asksForEnd(int signal) {
    return signal == SIGTERM || signal == SIGINT || signal == SIGQUIT;
}

class Teller {
public:
    Teller(const dbus::Container& container, dbus::EventList events, const QString& policy)
        : m_container(container)
        , m_events(std::move(events))
        , m_hasPolicy(!policy.isEmpty() && policy != u"no") {}
    LifeStory tell();

private:
    void take(const dbus::Event& event, qsizetype index);
    void takeStart(const dbus::Event& event);
    void takeSignal(const dbus::Event& event);
    void takeDeath(const dbus::Event& event, qsizetype index);
    void go(State to, const dbus::Event& event);
    [[nodiscard]] bool triesAgain(qsizetype index) const;
    [[nodiscard]] State before(const QString& action) const;
    void addPossible();

    const dbus::Container& m_container;
    dbus::EventList m_events;
    bool m_hasPolicy;
    State m_state = State::None;
    LifeStory m_story;
};

// What it must have been, when nothing before is known.
State Teller::before(const QString& action) const {
    if (action == u"unpause")
        return State::Paused;
    return action == u"start" || action == u"destroy" ? State::Exited : State::Running;
}

void Teller::go(State to, const dbus::Event& event) {
    const QString action = event.action;
    if (m_state == State::None && action != u"create") {
        m_story.isCut = true;
        m_state = before(action);
    }
    if (m_state == to)
        return; // said twice
    auto found = std::find_if(m_story.transitions.begin(), m_story.transitions.end(),
                              [&](const LifeTransition& one) { return one.from == m_state && one.to == to; });
    if (found == m_story.transitions.end()) {
        m_story.transitions.append({m_state, to, action, 0, 0});
        found = m_story.transitions.end() - 1;
    }
    ++found->count;
    found->last = event.time;
    m_state = to;
}

void Teller::takeStart(const dbus::Event& event) {
    const bool isByPolicy = m_state == State::Restarting;
    go(State::Running, event);
    LifeRun run;
    run.started = event.time;
    run.isByPolicy = isByPolicy;
    m_story.runs.append(run);
}

void Teller::takeSignal(const dbus::Event& event) {
    LifeSignal one;
    one.time = event.time;
    one.number = event.attributes.value(QStringLiteral("signal")).toInt();
    bool isNumber = false;
    const qint64 grace = event.attributes.value(QStringLiteral("grace")).toLongLong(&isNumber);
    if (isNumber)
        one.grace = grace;
    LifeRun& run = m_story.runs.last();
    run.sent.append(one);
    run.wasStopped = run.wasStopped || isNumber || asksForEnd(one.number) || one.number == SIGKILL;
}

// The policy starts it again by itself: nobody has asked for its end, and a start follows soon, or it waits
// for one.
bool Teller::triesAgain(qsizetype index) const {
    if (m_story.runs.isEmpty() || m_story.runs.last().wasStopped)
        return false;
    for (qsizetype i = index + 1; i < m_events.size(); ++i) {
        const QString& action = m_events[i].action;
        if (action == u"start")
            return m_hasPolicy && m_events[i].time - m_events[index].time < kLongestWait;
        if (action == u"restart" || action == u"die" || action == u"destroy")
            return false;
        if (action == u"stop") // at once: of the stop that ended it; later: somebody did not want another try
            return m_events[i].time - m_events[index].time > 500 && m_hasPolicy;
    }
    return m_container.state == u"restarting";
}

void Teller::takeDeath(const dbus::Event& event, qsizetype index) {
    if (m_story.runs.isEmpty())
        m_story.runs.append(LifeRun());
    LifeRun& run = m_story.runs.last();
    run.ended = event.time;
    bool isNumber = false;
    const int code = event.attributes.value(QStringLiteral("exitCode")).toInt(&isNumber);
    if (isNumber)
        run.exitCode = code;
    go(triesAgain(index) ? State::Restarting : State::Exited, event);
}

void Teller::take(const dbus::Event& event, qsizetype index) {
    const QString& action = event.action;
    if (action == u"create")
        return go(State::Created, event);
    if (action == u"start")
        takeStart(event);
    else if (m_story.runs.isEmpty() && action != u"destroy" && m_state == State::None)
        m_story.runs.append(LifeRun()); // its start is no longer known
    if (!m_story.runs.isEmpty())
        m_story.runs.last().events.append(event);
    if (action == u"pause")
        go(State::Paused, event);
    else if (action == u"unpause")
        go(State::Running, event);
    else if (action == u"kill" && !m_story.runs.isEmpty())
        takeSignal(event);
    else if (action == u"oom" && !m_story.runs.isEmpty())
        m_story.runs.last().oomKilled = true;
    else if (action == u"die")
        takeDeath(event, index);
    else if (action == u"stop" && m_state == State::Restarting)
        go(State::Exited, event);
    else if (action == u"destroy")
        go(State::Removed, event);
    if (action == u"stop" && !m_story.runs.isEmpty())
        m_story.runs.last().wasStopped = true;
}

void Teller::addPossible() {
    for (const auto& [from, to, action] : kPossible) {
        const bool isThere = std::any_of(
            m_story.transitions.begin(), m_story.transitions.end(),
            [from = from, to = to](const LifeTransition& one) { return one.from == from && one.to == to; });
        if (!isThere)
            m_story.transitions.append({from, to, QString::fromLatin1(action), 0, 0});
    }
}

LifeStory Teller::tell() {
    for (qsizetype i = 0; i < m_events.size(); ++i)
        take(m_events[i], i);
    // What the list of containers says counts: it is newer than any event.
    m_story.now = m_container.state.isEmpty() ? m_state : lifeStateOf(m_container.state);
    if (m_events.isEmpty() && m_container.started > 0) {
        m_story.isCut = true;
        LifeRun run;
        run.started = m_container.started;
        if (m_story.now == State::Exited) {
            run.ended = m_container.finished;
            run.exitCode = m_container.exitCode;
            run.oomKilled = m_container.oomKilled;
        }
        m_story.runs.append(run);
    }
    addPossible();
    return std::move(m_story);
}

} // namespace

LifeState lifeStateOf(const QString& state) {
    if (state == u"created")
        return State::Created;
    if (state == u"running")
        return State::Running;
    if (state == u"paused")
        return State::Paused;
    if (state == u"restarting")
        return State::Restarting;
    return state == u"exited" || state == u"dead" ? State::Exited : State::None;
}

bool LifeRun::endedByOom() const {
    return oomKilled && exitCode.value_or(128 + SIGKILL) == 128 + SIGKILL;
}

const LifeSignal* LifeRun::request() const {
    const auto stop =
        std::find_if(sent.begin(), sent.end(), [](const LifeSignal& one) { return one.grace.has_value(); });
    if (stop != sent.end())
        return &*stop;
    // Not each signal asks for an end.
    const auto asked = std::find_if(sent.rbegin(), sent.rend(),
                                    [](const LifeSignal& one) { return asksForEnd(one.number); });
    if (asked != sent.rend())
        return &*asked;
    return sent.isEmpty() || sent.last().number != SIGKILL ? nullptr : &sent.last();
}

const LifeSignal* LifeRun::force() const {
    const LifeSignal* asked = request();
    const auto kill = std::find_if(sent.rbegin(), sent.rend(), [&](const LifeSignal& one) {
        return one.number == SIGKILL && asked != nullptr && &one != asked && one.time >= asked->time;
    });
    return kill == sent.rend() ? nullptr : &*kill;
}

LifeStory lifeStoryOf(const dbus::Container& container, const dbus::EventList& events,
                      const QString& policy) {
    dbus::EventList own;
    std::copy_if(events.begin(), events.end(), std::back_inserter(own), [&](const dbus::Event& event) {
        return event.id == container.id && (event.type.isEmpty() || event.type == u"container");
    });
    std::stable_sort(own.begin(), own.end(),
                     [](const dbus::Event& a, const dbus::Event& b) { return a.sequence < b.sequence; });
    return Teller(container, std::move(own), policy).tell();
}

} // namespace escale::gui
