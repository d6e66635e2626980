#include "gui/learn/namespaces_page.h"

#include "engine/inspect/mount_table.h"
#include "gui/client/engine_client.h"
#include "gui/common/drawing_view.h"
#include "gui/learn/inspected_process.h"
#include "gui/learn/namespaces_explanation.h"
#include "gui/learn/namespaces_view.h"

#include <QComboBox>

#include <algorithm>

#include <unistd.h>

namespace escale::gui {

static constexpr int kInterval = 2000; // milliseconds

static dbus::MountList mountsOfThisWindow() {
    dbus::MountList all;
    const auto mounts = readMounts(getpid());
    if (!mounts)
        return all; // the tree is drawn without what it comes from
    for (const MountFacts& one : *mounts)
        all.append({one.id, one.parent, QString::fromStdString(one.root), QString::fromStdString(one.target),
                    QString::fromStdString(one.type), QString::fromStdString(one.source),
                    QString::fromStdString(one.options), QString::fromStdString(one.superOptions),
                    QString::fromStdString(one.propagation), one.isHidden, one.hiddenBy});
    return all;
}

// It ended between two looks: the list of containers tells so in a moment.
static bool hasEnded(const Error& error) {
    return error.code == ErrorCode::WrongState || error.code == ErrorCode::NotFound;
}

NamespacesPage::NamespacesPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnNamespaces"), namespaceColumns(), parent)
    , m_client(client)
    , m_views(new QComboBox(this)) {
    m_views->setObjectName(QStringLiteral("learnNamespaces.views"));
    m_views->setAccessibleName(tr("What is drawn"));
    m_views->addItem(tr("Boxes"));
    m_views->addItem(tr("User ids"));
    m_views->addItem(tr("Mounts"));
    addTool(m_views);
    setInterval(kInterval);
    connect(m_views, &QComboBox::currentIndexChanged, this, &NamespacesPage::takeView);
    connect(&view(), &DrawingView::currentChanged, this, &NamespacesPage::readContent);
    connect(&table(), &Table::currentIdChanged, this, &NamespacesPage::readContent);
}

NamespacesPage::View NamespacesPage::shown() const {
    return static_cast<View>(m_views->currentIndex());
}

void NamespacesPage::takeView() {
    choose({});
    setColumns(shown() == View::Boxes     ? namespaceColumns()
               : shown() == View::UserIds ? userIdColumns()
                                          : mountColumns());
    if (shown() == View::Boxes)
        draw();
    takeState();
}

void NamespacesPage::containerChanged() {
    m_snapshot.chosen = container().id;
    forgetContent({});
    if (shown() == View::Boxes && !container().id.isEmpty())
        choose(containerBox(container().id));
}

void NamespacesPage::refresh() {
    setReading(true);
    m_client.inspectProcesses({}, this, [this](const Result<dbus::InspectedProcesses>& processes) {
        setReading(false);
        if (!processes)
            return showError(processes.error(), tr("Read the processes"));
        takeProcesses(*processes);
    });
    readContent();
}

void NamespacesPage::takeProcesses(const dbus::InspectedProcesses& processes) {
    m_snapshot.processes = processes;
    if (const auto window = thisWindow()) {
        m_window = *window;
        m_snapshot.processes.append(m_window);
    }
    m_model = namespacesModel(m_snapshot);
    draw();
}

void NamespacesPage::readContent() {
    WantedContent wanted{container().id, shown() == View::UserIds, shown() == View::Mounts};
    if (shown() == View::Boxes)
        wanted = wantedContent(chosen());
    if (wanted.container.isEmpty() || !isVisible())
        return;
    if (m_read != wanted.container)
        forgetContent(wanted.container);
    const auto by = [this, asked = m_reading](auto take) {
        return [this, asked, take](const auto& answer) {
            if (asked == m_reading)
                (this->*take)(answer);
        };
    };
    if (wanted.facts)
        m_client.inspectNamespaces(m_read, this, by(&NamespacesPage::takeFacts));
    if (wanted.mounts)
        m_client.inspectMounts(m_read, this, by(&NamespacesPage::takeMounts));
}

void NamespacesPage::forgetContent(const QString& next) {
    m_read = next;
    ++m_reading;
    m_facts.reset();
    m_mounts.reset();
}

void NamespacesPage::takeFacts(const Result<dbus::NamespaceFacts>& facts) {
    if (!facts) {
        if (!hasEnded(facts.error()))
            showError(facts.error(), tr("Read what is in the namespaces"));
        return;
    }
    m_facts = *facts;
    if (shown() == View::UserIds)
        draw();
    updateExplanation();
}

void NamespacesPage::takeMounts(const Result<dbus::MountList>& mounts) {
    if (!mounts) {
        if (!hasEnded(mounts.error()))
            showError(mounts.error(), tr("Read the mounts"));
        return;
    }
    m_mounts = *mounts;
    if (shown() == View::Mounts) {
        m_machineMounts = mountsOfThisWindow();
        draw();
    }
    updateExplanation();
}

UserIdsInput NamespacesPage::userIds() const {
    UserIdsInput input;
    input.container = container().name;
    input.facts = *m_facts;
    std::copy_if(m_snapshot.processes.begin(), m_snapshot.processes.end(),
                 std::back_inserter(input.processes),
                 [&](const auto& one) { return one.container == m_read && one.role == u"container"; });
    input.windowUser = m_window.uids.value(1);
    input.windowGroup = m_window.gids.value(1);
    return input;
}

MountsInput NamespacesPage::mountsInput() const {
    return {container().name, *m_mounts, m_machineMounts};
}

void NamespacesPage::draw() {
    const bool isOfThis = m_read == container().id;
    if (shown() == View::Boxes)
        show(drawNamespaces(m_model, container().id, room()), namespaceRows(m_model));
    else if (shown() == View::UserIds && isOfThis && m_facts)
        show(drawUserIds(userIds()), userIdRows(userIds()));
    else if (shown() == View::Mounts && isOfThis && m_mounts)
        show(drawMounts(mountsInput()), mountRows(mountsInput()));
}

QString NamespacesPage::explanationOf(const QString& id) const {
    const bool isOfThis = m_read == container().id;
    if (shown() == View::UserIds)
        return isOfThis && m_facts ? userIdsExplanation(id, userIds()) : QString();
    if (shown() == View::Mounts)
        return isOfThis && m_mounts ? mountsExplanation(id, mountsInput()) : QString();
    return namespacesExplanation(id, m_model,
                                 {m_read, m_facts ? &*m_facts : nullptr, m_mounts ? &*m_mounts : nullptr});
}

} // namespace escale::gui
