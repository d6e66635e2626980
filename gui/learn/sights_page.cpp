#include "gui/learn/sights_page.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/drawing_view.h"
#include "gui/learn/inspected_process.h"
#include "gui/learn/namespaces_view.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStringListModel>

#include <algorithm>

namespace escale::gui {

static constexpr int kInterval = 2000; // milliseconds
static constexpr int kChooserWidth = 190;

SightsPage::SightsPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnSights"), sightColumns(), parent)
    , m_client(client)
    , m_views(new QComboBox(this))
    , m_from(addChooser(QStringLiteral("learnSights.from"), tr("Who looks")))
    , m_to(addChooser(QStringLiteral("learnSights.to"), tr("Who is looked at")))
    , m_search(searchField(QStringLiteral("learnSights.call"), this)) {
    m_views->setObjectName(QStringLiteral("learnSights.views"));
    m_views->setAccessibleName(tr("What is drawn"));
    m_views->addItem(tr("Two processes"));
    m_views->addItem(tr("Rights of one"));
    m_search->setPlaceholderText(tr("System call"));
    m_search->setAccessibleName(tr("Find a system call"));
    m_search->setMaximumWidth(kChooserWidth);
    for (QWidget* tool : std::initializer_list<QWidget*>{m_views, m_from, m_to, m_search})
        addTool(tool);
    setInterval(kInterval);
    connect(m_views, &QComboBox::currentIndexChanged, this, &SightsPage::takeView);
    connect(m_from, &QComboBox::activated, this,
            [this] { take(m_sights.from, m_from->currentData().toUInt()); });
    connect(m_to, &QComboBox::activated, this, [this] { take(m_sights.to, m_to->currentData().toUInt()); });
    connect(m_search, &QLineEdit::textEdited, this, &SightsPage::findCall);
    connect(&view(), &DrawingView::clicked, this, &SightsPage::takeFromDrawing);
    connect(&view(), &DrawingView::activated, this, &SightsPage::takeFromDrawing);
    m_search->hide();
}

// What is typed finds a process by any part of its name.
QComboBox* SightsPage::addChooser(const QString& name, const QString& words) {
    auto* chooser = new QComboBox(this);
    chooser->setObjectName(name);
    chooser->setAccessibleName(words);
    chooser->setToolTip(words);
    chooser->setEditable(true);
    chooser->setInsertPolicy(QComboBox::NoInsert);
    chooser->completer()->setFilterMode(Qt::MatchContains);
    chooser->completer()->setCompletionMode(QCompleter::PopupCompletion);
    chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chooser->setMinimumContentsLength(16);
    chooser->setMaximumWidth(kChooserWidth + 40);
    return chooser;
}

SightsPage::View SightsPage::shown() const {
    return static_cast<View>(m_views->currentIndex());
}

void SightsPage::takeView() {
    choose({});
    setColumns(shown() == View::Two ? sightColumns() : rightsColumns());
    m_to->setVisible(shown() == View::Two);
    m_search->setVisible(shown() == View::One);
    readVerdicts();
    if (!m_snapshot.processes.isEmpty())
        draw();
}

void SightsPage::containerChanged() {
    m_snapshot.chosen = container().id;
    m_sights.from = m_sights.to = 0; // chosen anew
    m_takesTo = false;
    m_verdicts.clear();
    m_asked.clear();
    ++m_reading;
}

void SightsPage::refresh() {
    setReading(true);
    m_client.inspectProcesses({}, this,
                              [this, asked = m_reading](const Result<dbus::InspectedProcesses>& processes) {
                                  if (asked != m_reading)
                                      return;
                                  setReading(false);
                                  if (!processes)
                                      return showError(processes.error(), tr("Read the processes"));
                                  takeProcesses(*processes);
                              });
}

void SightsPage::takeProcesses(const dbus::InspectedProcesses& processes) {
    m_snapshot.processes = processes;
    if (const auto window = thisWindow())
        m_snapshot.processes.append(*window);
    m_sights.model = namespacesModel(m_snapshot);
    choosePair();
    fillChooser(m_from, m_sights.from);
    fillChooser(m_to, m_sights.to);
    readVerdicts();
    draw();
}

// Until somebody has chosen, or when one of them has ended: the container's first process, and one of another
// container, or its own second one, or this window.
void SightsPage::choosePair() {
    const NamespacesModel& model = m_sights.model;
    const ContainerNamespaces* here = model.container(container().id);
    if (model.process(m_sights.from) == nullptr && here != nullptr)
        m_sights.from = here->first.pid;
    if (model.process(m_sights.to) != nullptr)
        return;
    for (const ContainerNamespaces& other : model.containers) {
        if (other.container.id != container().id) {
            m_sights.to = other.first.pid;
            return;
        }
    }
    m_sights.to = m_sights.from;
    if (!model.machineProcesses.isEmpty())
        m_sights.to = model.machineProcesses.first().pid;
}

void SightsPage::fillChooser(QComboBox* chooser, quint32 pid) {
    if (chooser->lineEdit()->isModified() && chooser->hasFocus())
        return; // somebody types in it
    const QSignalBlocker blocker(chooser);
    QList<QPair<QString, quint32>> items;
    for (const dbus::InspectedProcess& process : allProcesses(m_sights.model))
        items.append(
            {processTitle(process.pid, m_sights.model) + QStringLiteral("  ") + QString::number(process.pid),
             process.pid});
    bool isSame = chooser->count() == items.size();
    for (int i = 0; isSame && i < chooser->count(); ++i)
        isSame = chooser->itemText(i) == items[i].first;
    if (!isSame) {
        chooser->clear();
        for (const auto& [text, process] : std::as_const(items))
            chooser->addItem(text, process);
    }
    chooser->setCurrentIndex(chooser->findData(pid));
}

void SightsPage::take(quint32& side, quint32 pid) {
    if (m_sights.model.process(pid) == nullptr)
        return;
    side = pid;
    fillChooser(m_from, m_sights.from);
    fillChooser(m_to, m_sights.to);
    readVerdicts();
    draw();
}

void SightsPage::takeFromDrawing(const QString& id) {
    if (shown() != View::Two || !id.startsWith(QLatin1String("p:")))
        return;
    take(std::exchange(m_takesTo, !m_takesTo) ? m_sights.to : m_sights.from, id.mid(2).toUInt());
}

void SightsPage::readVerdicts() {
    const auto* process = m_sights.model.process(m_sights.from);
    if (shown() != View::One || process == nullptr || process->role != u"container" ||
        process->seccomp == 0 || m_asked.contains(process->container))
        return;
    m_asked.insert(process->container);
    m_client.inspectSyscalls(
        process->container, this,
        [this, asked = m_reading, of = process->container](const Result<dbus::SyscallVerdicts>& verdicts) {
            if (asked != m_reading)
                return;
            if (!verdicts)
                return showError(verdicts.error(), tr("Read the seccomp filter"));
            m_verdicts[of] = *verdicts;
            QStringList names;
            for (const dbus::SyscallVerdict& one : *verdicts)
                names.append(one.name);
            auto* completer = new QCompleter(names, m_search);
            connect(completer, qOverload<const QString&>(&QCompleter::activated), this,
                    &SightsPage::findCall);
            m_search->setCompleter(completer);
            draw();
        });
}

void SightsPage::findCall(const QString& name) {
    const QString id = QStringLiteral("call:") + name.trimmed().toLower();
    const bool isThere =
        std::any_of(rows().begin(), rows().end(), [&](const CellsRow& row) { return row.id == id; });
    if (isThere)
        choose(id);
}

RightsInput SightsPage::rights() const {
    RightsInput input;
    input.room = room();
    const auto* process = m_sights.model.process(m_sights.from);
    if (process == nullptr)
        return input;
    input.process = *process;
    input.title = processTitle(m_sights.from, m_sights.model);
    const auto machine = m_sights.model.machine[static_cast<std::size_t>(NamespaceType::User)].inode;
    input.hasOwnUsers = machine != 0 && namespaceOf(*process, NamespaceType::User) != machine;
    if (process->role == u"container" && process->seccomp != 0 && m_verdicts.contains(process->container))
        input.verdicts = m_verdicts[process->container];
    return input;
}

void SightsPage::draw() {
    if (shown() == View::One) {
        show(drawRights(rights()), rightsRows(rights()));
        return;
    }
    const auto* from = m_sights.model.process(m_sights.from);
    const auto* to = m_sights.model.process(m_sights.to);
    m_sights.sights.clear();
    if (from != nullptr && to != nullptr)
        m_sights.sights = sightsBetween(processFacts(*from), processFacts(*to));
    show(drawSights(m_sights), sightRows(m_sights));
}

QString SightsPage::explanationOf(const QString& id) const {
    return shown() == View::One ? rightsExplanation(id, rights()) : sightsExplanation(id, m_sights);
}

} // namespace escale::gui
