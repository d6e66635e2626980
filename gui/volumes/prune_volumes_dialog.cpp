#include "gui/volumes/prune_volumes_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/volumes/volume_text.h"
#include "gui/volumes/volumes_model.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr QSize kSize(640, 520);

PruneVolumesDialog::PruneVolumesDialog(EngineClient& client, dbus::VolumeList volumes, QWidget* parent)
    : ActionDialog(QStringLiteral("pruneVolumesDialog"), tr("Remove unused volumes"), tr("Remove"), parent)
    , m_client(client)
    , m_volumes(std::move(volumes))
    , m_kind(new QComboBox(this))
    , m_told(label({}, "figure", this))
    , m_model(new VolumesModel(this))
    , m_preview(new TableStack(this)) {
    resize(kSize);
    addWords(tr("Volumes that no container has, not even a stopped one. Their files are gone for good: what "
                "you may need, back up before."));
    m_kind->addItem(tr("Those without a name: they were made for a container that is gone"), false);
    m_kind->addItem(tr("All that no container has"), true);
    addField(tr("&Which"), m_kind, QStringLiteral("kind"));
    m_told->setObjectName(QStringLiteral("pruneVolumesDialog.told"));
    m_told->setWordWrap(true);
    addBelow(m_told);
    buildPreview();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PruneVolumesDialog::renew);
    connect(&m_client, &EngineClient::volumesChanged, this, [this] {
        m_client.listVolumes(this, [this](const Result<dbus::VolumeList>& list) {
            if (list)
                m_volumes = *list;
            renew();
        });
    });
    renew();
    count();
}

void PruneVolumesDialog::buildPreview() {
    auto* frame = card(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_preview);
    Table& table = m_preview->table();
    table.setObjectName(QStringLiteral("pruneVolumesDialog.preview"));
    table.setAccessibleName(tr("What is removed"));
    table.setSource(m_model, VolumesModel::Name);
    for (const int section : {VolumesModel::Kind, VolumesModel::UsedBy, VolumesModel::State})
        table.setColumnHidden(section, true);
    table.setColumnWidth(VolumesModel::Size, 100);
    table.setColumnWidth(VolumesModel::LastUsed, 130);
    table.giveRoomTo(VolumesModel::Name);
    addBelow(frame, 1);
}

// Whoever decides wants to know how much it is.
void PruneVolumesDialog::count() {
    QStringList names;
    for (const dbus::Volume& volume : std::as_const(m_volumes)) {
        if (isUnused(volume) && volume.kind == u"local" && volume.measured == 0)
            names.append(volume.name);
    }
    if (!names.isEmpty())
        m_client.measureVolumes(names, this, [](const Result<Job*>&) {}); // the list tells what comes of it
}

QString PruneVolumesDialog::problem() const {
    return m_plan.isEmpty() ? tr("There is nothing to remove.") : QString();
}

void PruneVolumesDialog::renew() {
    m_plan.clear();
    quint64 bytes = 0;
    int uncounted = 0;
    for (const dbus::Volume& volume : std::as_const(m_volumes)) {
        if (!isUnused(volume) || (!volume.isAnonymous && !m_kind->currentData().toBool()))
            continue;
        m_plan.append(volume);
        bytes += losesFiles(volume) ? volume.size : 0;
        uncounted += losesFiles(volume) && volume.measured == 0 ? 1 : 0;
    }
    m_model->setVolumes(m_plan);
    const int count = static_cast<int>(m_plan.size());
    if (count == 0) {
        m_preview->empty().set(QStringLiteral("volumes"), tr("No volume fits"),
                               tr("Every volume has a container, or is none of these."));
        m_preview->showEmpty();
    } else {
        m_preview->showTable();
    }
    QString told;
    if (count > 0)
        told = tr("%n volume(s), %1", nullptr, count).arg(formatBytes(bytes));
    if (count > 0 && uncounted > 0)
        told += tr(" and what is in %n that is not counted yet", nullptr, uncounted);
    m_told->setText(told);
    m_told->setVisible(!told.isEmpty());
    setDoIt(count > 0 ? tr("Remove %n volume(s)", nullptr, count) : tr("Remove"));
    check();
}

void PruneVolumesDialog::submit() {
    QVariantMap options;
    if (m_kind->currentData().toBool())
        options.insert(QStringLiteral("all"), true);
    m_client.pruneVolumes(options, this, [this](const Result<PrunedVolumes>& volumes) {
        if (!volumes)
            return showError(volumes.error(), tr("Remove unused volumes"));
        accept();
        Q_EMIT pruned(*volumes);
    });
}

} // namespace escale::gui
