#include "gui/learn/life_page.h"

#include "gui/client/engine_client.h"
#include "gui/client/session.h"
#include "gui/containers/state_text.h"

#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>

#include <fcntl.h>

namespace escale::gui {

static constexpr int kInterval = 1000; // milliseconds
// A shell starts a child and then becomes a program that never asks how that has ended.
static constexpr auto kMakeZombie = "sleep 1 & exec sleep 30";

LifePage::LifePage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnLife"), {tr("What"), tr("When"), tr("More")}, parent)
    , m_client(client)
    , m_runs(new QComboBox(this))
    , m_zombie(new QPushButton(tr("Make a zombie"), this)) {
    setInterval(kInterval);
    m_runs->setObjectName(QStringLiteral("learnLife.runs"));
    m_runs->setAccessibleName(tr("Run that is shown"));
    m_runs->setMinimumWidth(290);
    m_zombie->setObjectName(QStringLiteral("learnLife.zombie"));
    m_zombie->setToolTip(tr("Starts, for half a minute, a process whose child ends while nobody asks how"));
    addTool(m_runs);
    addTool(m_zombie);
    table().header()->resizeSection(0, 200);
    table().header()->resizeSection(1, 100);
    connect(m_runs, &QComboBox::activated, this, [this] {
        m_facts.run = m_runs->currentData().toInt();
        draw();
    });
    connect(m_zombie, &QPushButton::clicked, this, &LifePage::makeZombie);
    connect(&m_client, &EngineClient::happened, this, &LifePage::takeEvents);
}

LifePage::~LifePage() = default;

void LifePage::containerChanged() {
    const bool isOther = m_facts.container.id != container().id;
    m_facts.container = container();
    m_facts.processes.clear();
    m_zombie->setEnabled(isRunning(container()));
    if (isOther) {
        m_facts = {};
        m_facts.container = container();
        m_events.clear();
        m_hasHistory = false;
        m_experiment.reset();
        m_runs->clear();
    }
    if (!isRunning(container()))
        m_experiment.reset();
    if (m_hasHistory)
        draw();
}

void LifePage::refresh() {
    if (!m_hasHistory)
        return readHistory();
    if (!isRunning(container()) && !isPaused(container()))
        return draw();
    setReading(true);
    // Zombies are in no cgroup any more, so the list of the Containers pane has none.
    m_client.inspectProcesses({container().id}, this,
                              [this, id = container().id](const Result<dbus::InspectedProcesses>& processes) {
                                  if (id != container().id)
                                      return;
                                  setReading(false);
                                  // It may just have ended.
                                  m_facts.processes =
                                      processes ? processesOf(*processes, id) : dbus::ProcessList();
                                  draw();
                              });
}

void LifePage::readHistory() {
    setReading(true);
    const QString id = container().id;
    m_client.inspect(id, this, [this, id](const Result<ContainerDetails>& details) {
        if (id != container().id || !details)
            return; // the list of events says what is wrong
        m_policy = details->options.value(QStringLiteral("restart")).toString();
        m_facts.hasInit = details->options.value(QStringLiteral("init")).toBool();
        if (m_hasHistory)
            draw();
    });
    const QVariantMap options{{QStringLiteral("filters"), QStringList{QStringLiteral("type=container"),
                                                                      QStringLiteral("container=") + id}}};
    m_client.listEvents(options, this, [this, id](const Result<dbus::EventList>& events) {
        if (id != container().id)
            return;
        setReading(false);
        if (!events)
            return showError(events.error(), tr("Read what has happened to it"));
        m_hasHistory = true;
        takeEvents(*events);
        refreshNow();
    });
}

// Those that are known already come once more with the list.
void LifePage::takeEvents(const dbus::EventList& events) {
    bool isNews = false;
    for (const dbus::Event& event : events) {
        const auto isKnown = [&](const dbus::Event& other) { return other.sequence == event.sequence; };
        if (event.id != container().id || event.type != u"container" ||
            std::any_of(m_events.begin(), m_events.end(), isKnown))
            continue;
        m_events.append(event);
        isNews = true;
    }
    if (isNews && m_hasHistory)
        draw();
}

void LifePage::draw() {
    if (!m_hasHistory || container().id.isEmpty() || !isVisible())
        return;
    m_facts.container = container();
    m_facts.now = QDateTime::currentMSecsSinceEpoch();
    m_facts.story = lifeStoryOf(container(), m_events, m_policy);
    fillRuns();
    const LifeView made = lifeView(m_facts);
    show(made.drawing, made.rows);
}

void LifePage::fillRuns() {
    const QSignalBlocker blocked(m_runs);
    const QList<LifeRun>& runs = m_facts.story.runs;
    QList<std::pair<QString, int>> wanted{{tr("The last run"), -1}};
    for (int i = static_cast<int>(runs.size()) - 1; i >= 0; --i)
        wanted.append({runTitle(runs[i], i + 1), i});
    for (int i = 0; i < wanted.size(); ++i) {
        if (i == m_runs->count())
            m_runs->addItem(wanted[i].first, wanted[i].second);
        else if (m_runs->itemText(i) != wanted[i].first) {
            m_runs->setItemText(i, wanted[i].first);
            m_runs->setItemData(i, wanted[i].second);
        }
    }
    while (m_runs->count() > wanted.size())
        m_runs->removeItem(m_runs->count() - 1);
    m_runs->setCurrentIndex(std::max(0, m_runs->findData(m_facts.run)));
}

void LifePage::makeZombie() {
    m_client.exec(
        container().id, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromLatin1(kMakeZombie)},
        {{QStringLiteral("tty"), true}}, this, [this, id = container().id](const Result<ExecSession>& begun) {
            if (!begun)
                return showError(begun.error(), tr("Make a zombie"));
            if (id == container().id)
                m_experiment = std::make_unique<Session>(
                    UniqueFd(::fcntl(begun->socket.fileDescriptor(), F_DUPFD_CLOEXEC, 0)));
            refreshNow();
        });
}

QString LifePage::explanationOf(const QString& id) const {
    return lifeExplanation(m_facts, id);
}

} // namespace escale::gui
