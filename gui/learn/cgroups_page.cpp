#include "gui/learn/cgroups_page.h"

#include "gui/client/engine_client.h"
#include "gui/common/drawing_view.h"
#include "gui/learn/cgroup_view.h"
#include "gui/learn/press_panel.h"

#include <QDateTime>
#include <QHeaderView>
#include <QPushButton>

namespace escale::gui {

static constexpr int kInterval = 1000; // milliseconds

CgroupsPage::CgroupsPage(EngineClient& client, QWidget* parent)
    : LearnPage(QStringLiteral("learnCgroups"), {tr("File"), tr("Value"), tr("Unit"), tr("Means")}, parent)
    , m_client(client)
    , m_press(new PressPanel(client, this)) {
    setInterval(kInterval);
    addBelow(m_press);
    auto* experiments = new QPushButton(tr("Experiments"), this);
    experiments->setObjectName(QStringLiteral("learnCgroups.experiments"));
    experiments->setCheckable(true);
    experiments->setChecked(true);
    experiments->setToolTip(tr("Press against a limit and see what the kernel does"));
    connect(experiments, &QPushButton::toggled, m_press, &PressPanel::setVisible);
    addTool(experiments);
    table().header()->resizeSection(0, 190);
    table().header()->resizeSection(1, 120);
    connect(&view(), &DrawingView::currentChanged, this, &CgroupsPage::showChosen);
    connect(&table(), &Table::currentIdChanged, this, &CgroupsPage::showChosen);
    connect(m_press, &PressPanel::readingWanted, this, [this] { refreshNow(); });
    connect(m_press, &PressPanel::demoRuns, this, &CgroupsPage::containerMade);
    connect(m_press, &PressPanel::failed, this,
            [this](const Error& error, const QString& what) { showError(error, what); });
}

void CgroupsPage::containerChanged() {
    m_before = m_now = {};
    m_press->setContainer(container());
}

void CgroupsPage::refresh() {
    setReading(true);
    m_client.inspectCgroups(container().id, this,
                            [this, id = container().id](const Result<dbus::CgroupNodes>& nodes) {
                                if (id == container().id)
                                    take(nodes);
                            });
}

void CgroupsPage::take(const Result<dbus::CgroupNodes>& nodes) {
    setReading(false);
    // It may just have ended: the list of containers will say so.
    if (!nodes && (nodes.error().code == ErrorCode::NotFound || nodes.error().code == ErrorCode::WrongState))
        return;
    if (!nodes)
        return showError(nodes.error(), tr("Read the limits"));
    m_before = std::exchange(m_now, {QDateTime::currentMSecsSinceEpoch(), *nodes});
    const CgroupView made = cgroupView(m_now, m_before, container().name);
    show(made.drawing, made.rows);
    m_press->take(m_now);
}

// What is chosen in the drawing is what one presses against.
void CgroupsPage::showChosen(const QString& id) {
    const QString part = id.section(QLatin1Char('|'), -1);
    if (m_press->isPressing() || !id.contains(QLatin1Char('|')))
        return;
    if (part.startsWith(u"cpu") && !part.startsWith(u"cpuset"))
        m_press->showKind(PressKind::Cpu);
    else if (part.startsWith(u"memory"))
        m_press->showKind(PressKind::Memory);
    else if (part.startsWith(u"pids"))
        m_press->showKind(PressKind::Processes);
    else if (part.startsWith(u"io") || part.startsWith(u"blkio"))
        m_press->showKind(PressKind::Disk);
}

QString CgroupsPage::explanationOf(const QString& id) const {
    return cgroupExplanation(m_now, m_before, container().name, id);
}

} // namespace escale::gui
