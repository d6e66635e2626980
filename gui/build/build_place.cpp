#include "gui/build/build_place.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>
#include <QUrl>

namespace escale::gui {

static constexpr qsizetype kMostRecent = 12;
static const QString kRecentKey = QStringLiteral("build/recent");

QStringList BuildPlace::recent() {
    return QSettings().value(kRecentKey).toStringList();
}

void BuildPlace::remember(const QString& folder) {
    QStringList all = recent();
    all.removeAll(folder);
    all.prepend(folder);
    QSettings().setValue(kRecentKey, all.mid(0, kMostRecent));
}

void BuildPlace::forget(const QString& folder) {
    QStringList all = recent();
    all.removeAll(folder);
    QSettings().setValue(kRecentKey, all);
}

// "~/work/shop": what tells folders apart stands at their ends.
static QString shownFolder(const QString& folder) {
    const QString home = QDir::homePath();
    return folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size()) : folder;
}

BuildPlace::BuildPlace(QWidget* parent)
    : QWidget(parent)
    , m_folders(new QComboBox(this))
    , m_dockerfiles(new QComboBox(this))
    , m_ofFolder(new QWidget(this)) {
    m_folders->setObjectName(QStringLiteral("buildPane.folder"));
    m_folders->setAccessibleName(tr("Folder of the build"));
    m_folders->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_folders->setMinimumContentsLength(16);
    m_dockerfiles->setObjectName(QStringLiteral("buildPane.dockerfile"));
    m_dockerfiles->setAccessibleName(tr("Dockerfile"));
    m_dockerfiles->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_dockerfiles->setMinimumContentsLength(12);
    auto* folderName = label(tr("&Folder"), "field", this);
    folderName->setBuddy(m_folders);
    auto* fileName = label(tr("&Dockerfile"), "field", this);
    fileName->setBuddy(m_dockerfiles);
    QToolButton* choose = flatButton(QStringLiteral("folder"), tr("Choose another folder"), this);
    m_browse = choose;
    choose->setObjectName(QStringLiteral("buildPane.browse"));
    auto* fresh = new QPushButton(icon(QStringLiteral("plus")), tr("New from &template…"), this);
    fresh->setObjectName(QStringLiteral("buildPane.template"));
    auto* second = new QHBoxLayout(m_ofFolder);
    second->setContentsMargins(8, 0, 0, 0);
    second->setSpacing(8);
    second->addWidget(fileName);
    second->addWidget(m_dockerfiles, 1);
    second->addWidget(fresh);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(folderName);
    row->addWidget(m_folders, 1);
    row->addWidget(choose);
    row->addWidget(m_ofFolder, 1);
    setTabOrder(m_folders, choose);
    setTabOrder(choose, m_dockerfiles);
    setTabOrder(m_dockerfiles, fresh);
    connect(choose, &QAbstractButton::clicked, this, &BuildPlace::browse);
    connect(fresh, &QPushButton::clicked, this, &BuildPlace::templateRequested);
    connect(m_folders, &QComboBox::activated, this, &BuildPlace::takeFolder);
    connect(m_dockerfiles, &QComboBox::activated, this, &BuildPlace::takeDockerfile);
    fillFolders();
    fillDockerfiles();
}

void BuildPlace::setPlace(const QString& folder, const QString& dockerfile) {
    m_folder = folder;
    m_dockerfile = dockerfile;
    if (!folder.isEmpty())
        remember(folder);
    fillFolders();
    fillDockerfiles();
}

void BuildPlace::fillFolders() {
    m_folders->clear();
    QStringList all = recent();
    if (!m_folder.isEmpty() && !all.contains(m_folder))
        all.prepend(m_folder);
    for (const QString& folder : std::as_const(all)) {
        m_folders->addItem(shownFolder(folder), folder);
        m_folders->setItemData(m_folders->count() - 1, folder, Qt::ToolTipRole);
    }
    m_folders->setPlaceholderText(tr("Recent folders"));
    m_folders->setCurrentIndex(m_folder.isEmpty() ? -1 : static_cast<int>(all.indexOf(m_folder)));
    m_folders->setToolTip(m_folder);
    m_folders->setEnabled(!all.isEmpty());
}

void BuildPlace::fillDockerfiles() {
    m_dockerfiles->clear();
    QStringList names = dockerfilesIn(m_folder);
    BuildSettings settings;
    settings.folder = m_folder;
    settings.dockerfile = m_dockerfile;
    const QString current = m_dockerfile.isEmpty() ? QString() : shownDockerfile(settings);
    if (!current.isEmpty() && !names.contains(current))
        names.prepend(current);
    m_dockerfiles->addItems(names);
    m_dockerfiles->setCurrentText(current);
    m_dockerfiles->setToolTip(m_dockerfile);
    m_ofFolder->setVisible(!m_folder.isEmpty());
    m_browse->setVisible(!m_folder.isEmpty());
    m_dockerfiles->addItem(tr("Another file…"));
}

void BuildPlace::takeFolder(int index) {
    const BuildSettings place = settingsForPath(m_folders->itemData(index).toString());
    const QString wanted = m_folders->itemData(index).toString();
    if (place.folder.isEmpty())
        forget(wanted);
    fillFolders(); // until it is taken
    if (place.folder.isEmpty())
        Q_EMIT vanished(wanted);
    else
        Q_EMIT chosen(place.folder, place.dockerfile);
}

void BuildPlace::takeDockerfile(int index) {
    const QString name = m_dockerfiles->itemText(index);
    const bool isOther = index == m_dockerfiles->count() - 1;
    fillDockerfiles();
    if (!isOther)
        return Q_EMIT chosen(m_folder, QDir(m_folder).filePath(name));
    auto* dialog = new QFileDialog(this, tr("Choose a Dockerfile"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { Q_EMIT chosen(m_folder, path); });
    dialog->open();
}

void BuildPlace::browse() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder of the build"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const BuildSettings place = settingsForPath(path);
        Q_EMIT chosen(place.folder, place.dockerfile);
    });
    dialog->open();
}

BuildSettings droppedPlace(const QMimeData& data) {
    for (const QUrl& url : data.urls()) {
        if (!url.isLocalFile())
            continue;
        if (const BuildSettings place = settingsForPath(url.toLocalFile()); !place.folder.isEmpty())
            return place;
    }
    return {};
}

} // namespace escale::gui
