#include "gui/images/prune_dialog.h"

#include "engine/base/file.h"
#include "engine/image/image_details.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/images/images_model.h"

#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>

namespace escale::gui {

static constexpr qint64 kDay = 24LL * 3600 * 1000;
static constexpr QSize kSize(640, 560);

PruneDialog::PruneDialog(EngineClient& client, dbus::ImageList images, QWidget* parent)
    : ActionDialog(QStringLiteral("pruneDialog"), tr("Remove unused images"), tr("Remove"), parent)
    , m_client(client)
    , m_images(std::move(images))
    , m_kind(new QComboBox(this))
    , m_age(new QComboBox(this))
    , m_label(new QLineEdit(this))
    , m_told(label({}, "figure", this))
    , m_model(new ImagesModel(this))
    , m_preview(new TableStack(this)) {
    resize(kSize);
    addWords(
        tr("Images that none of your containers uses. They can be pulled again, if their registry still has "
           "them."));
    m_kind->addItem(tr("Images without a tag"), false);
    m_kind->addItem(tr("All images that no container uses"), true);
    const std::pair<int, QString> ages[] = {{0, tr("of any age")},
                                            {1, tr("made more than a day ago")},
                                            {7, tr("made more than a week ago")},
                                            {30, tr("made more than 30 days ago")},
                                            {90, tr("made more than 90 days ago")},
                                            {365, tr("made more than a year ago")}};
    for (const auto& [days, words] : ages)
        m_age->addItem(words, days);
    addField(tr("&Which"), m_kind, QStringLiteral("kind"));
    addField(tr("&Age"), m_age, QStringLiteral("age"));
    addField(tr("&Label"), m_label, QStringLiteral("label"));
    m_label->setPlaceholderText(tr("any; or name, or name=value"));
    m_told->setObjectName(QStringLiteral("pruneDialog.told"));
    m_told->setWordWrap(true);
    addBelow(m_told);
    buildPreview();
    for (QComboBox* box : {m_kind, m_age})
        connect(box, &QComboBox::currentIndexChanged, this, &PruneDialog::renew);
    connect(m_label, &QLineEdit::textChanged, this, [this] {
        if (m_unreadLabels < 0 && !m_label->text().trimmed().isEmpty())
            readLabels();
        renew();
    });
    renew();
    m_client.listContainers(this, [this](const Result<dbus::ContainerList>& list) { takeContainers(list); });
}

void PruneDialog::buildPreview() {
    auto* frame = card(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_preview);
    Table& table = m_preview->table();
    table.setObjectName(QStringLiteral("pruneDialog.preview"));
    table.setAccessibleName(tr("What is removed"));
    table.setSource(m_model, ImagesModel::Repository);
    for (int section = 0; section < ImagesModel::ColumnCount; ++section)
        table.setColumnHidden(section, section != ImagesModel::Repository && section != ImagesModel::Tag &&
                                           section != ImagesModel::Size && section != ImagesModel::Created);
    const std::pair<int, int> widths[] = {
        {ImagesModel::Tag, 120}, {ImagesModel::Size, 90}, {ImagesModel::Created, 130}};
    for (const auto& [section, width] : widths)
        table.setColumnWidth(section, width);
    table.giveRoomTo(ImagesModel::Repository);
    addBelow(frame, 1);
}

void PruneDialog::takeContainers(const Result<dbus::ContainerList>& containers) {
    if (!containers)
        return showError(containers.error(), tr("Read the list of containers"));
    QSet<QString> used;
    for (const dbus::Container& container : *containers)
        used.insert(container.imageDigest);
    m_used = used;
    renew();
}

PruneChoice PruneDialog::choice() const {
    PruneChoice choice;
    choice.all = m_kind->currentData().toBool();
    if (const int days = m_age->currentData().toInt(); days > 0)
        choice.until = QDateTime::currentMSecsSinceEpoch() - days * kDay;
    if (const QString text = m_label->text().trimmed(); !text.isEmpty())
        choice.labels = QStringList(text);
    return choice;
}

// Labels stand in the images' configurations, which are read once somebody asks for them.
void PruneDialog::readLabels() {
    m_unreadLabels = 0;
    QSet<QString> digests;
    for (const dbus::Image& image : std::as_const(m_images))
        digests.insert(image.digest);
    for (const QString& digest : std::as_const(digests)) {
        ++m_unreadLabels;
        m_client.openDocuments(digest, this, [this, digest](const Result<ImageDocuments>& documents) {
            --m_unreadLabels;
            if (documents) {
                const auto manifest = readFd(documents->manifest.fileDescriptor());
                const auto config = readFd(documents->config.fileDescriptor());
                const auto details = manifest && config ? imageDetails(*manifest, *config)
                                                        : Result<ImageDetails>(fail(ErrorCode::Internal, ""));
                QStringList labels;
                if (details) {
                    for (const auto& [name, value] : details->settings.labels)
                        labels.append(QString::fromStdString(name + "=" + value));
                }
                m_labels.insert(digest, labels);
            }
            if (m_unreadLabels == 0)
                renew();
        });
    }
}

QString PruneDialog::problem() const {
    if (!m_used)
        return tr("Reading what is used…");
    if (m_unreadLabels > 0)
        return tr("Reading the labels…");
    if (m_plan.images.isEmpty())
        return tr("There is nothing to remove.");
    return {};
}

void PruneDialog::renew() {
    m_plan = m_used ? prunePlan(m_images, *m_used, choice(), m_labels) : PrunePlan();
    m_model->setImages(m_plan.images);
    if (m_plan.images.isEmpty()) {
        m_preview->empty().set(QStringLiteral("images"), m_used ? tr("No image fits") : tr("One moment…"),
                               m_used ? tr("Every image is used, or is none of these.") : QString());
        m_preview->showEmpty();
    } else {
        m_preview->showTable();
    }
    m_told->setText(
        m_plan.images.isEmpty()
            ? QString()
            : tr("%n image(s), up to %1 on the disk", nullptr, m_plan.count).arg(formatBytes(m_plan.bytes)));
    m_told->setVisible(!m_told->text().isEmpty());
    setDoIt(m_plan.count > 0 ? tr("Remove %n image(s)", nullptr, m_plan.count) : tr("Remove"));
    check();
}

void PruneDialog::submit() {
    m_client.pruneImages(choice().options(), this, [this](const Result<PrunedImages>& images) {
        if (!images)
            return showError(images.error(), tr("Remove unused images"));
        Q_EMIT pruned(*images);
        accept();
    });
}

} // namespace escale::gui
