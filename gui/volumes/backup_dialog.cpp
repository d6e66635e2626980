#include "gui/volumes/backup_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"
#include "gui/volumes/volume_text.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QStandardPaths>

namespace escale::gui {

static constexpr QSize kSize(600, 0);

BackupDialog::BackupDialog(dbus::Volume volume, QWidget* parent)
    : ActionDialog(QStringLiteral("backupDialog"), tr("Back up %1").arg(shownName(volume)), tr("Back up"),
                   parent)
    , m_volume(std::move(volume))
    , m_file(new QLineEdit(this))
    , m_compression(new QComboBox(this)) {
    resize(kSize);
    addWords(tr("Everything in it is written into one archive, with owners, permissions and links: %1.")
                 .arg(contentText(m_volume)));
    m_compression->addItem(tr("zstd: small and fast"), QStringLiteral("zstd"));
    m_compression->addItem(tr("gzip: read everywhere"), QStringLiteral("gzip"));
    m_compression->addItem(tr("none"), QStringLiteral("none"));
    addField(tr("&File"), m_file, QStringLiteral("file"));
    addField(tr("&Compression"), m_compression, QStringLiteral("compression"));
    QAction* browse = m_file->addAction(icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    browse->setText(tr("Choose the file"));
    browse->setToolTip(browse->text());
    connect(browse, &QAction::triggered, this, &BackupDialog::choose);
    if (isInUse(m_volume)) {
        QStringList running;
        for (const dbus::VolumeUser& user : m_volume.users) {
            if (user.isRunning && !running.contains(user.name))
                running.append(user.name);
        }
        m_pause = new QCheckBox(tr("&Pause %1 meanwhile").arg(running.join(QStringLiteral(", "))), this);
        m_pause->setObjectName(QStringLiteral("backupDialog.pause"));
        m_pause->setChecked(true);
        addBelow(m_pause);
        QLabel* words = label(tr("Paused, the files are of one moment. Live, what a program writes meanwhile "
                                 "may be half in the back-up: databases may not read it again."),
                              "muted", this);
        words->setWordWrap(true);
        addBelow(words);
    }
    const QString name = QStringLiteral("%1-%2.tar.zst")
                             .arg(m_volume.name.left(64), QDate::currentDate().toString(Qt::ISODate));
    m_file->setText(QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).filePath(name));
    connect(m_file, &QLineEdit::textChanged, this, &BackupDialog::check);
    connect(m_compression, &QComboBox::currentIndexChanged, this, &BackupDialog::takeCompression);
    check();
}

QString BackupDialog::file() const {
    return m_file->text().trimmed();
}

// The name says what is in it.
void BackupDialog::takeCompression() {
    static const QStringList kEndings{QStringLiteral(".tar.zst"), QStringLiteral(".tar.gz"),
                                      QStringLiteral(".tar")};
    QString path = file();
    for (const QString& ending : kEndings) {
        if (!path.endsWith(ending))
            continue;
        path.chop(ending.size());
        m_file->setText(path + kEndings[m_compression->currentIndex()]);
        return;
    }
}

void BackupDialog::choose() {
    auto* dialog = new QFileDialog(this, tr("Back up to"), QFileInfo(file()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Archives (*.tar *.tar.zst *.tar.gz)"), tr("All files (*)")});
    dialog->selectFile(QFileInfo(file()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

BackupRequest BackupDialog::request() const {
    QVariantMap options{{QStringLiteral("compression"), m_compression->currentData().toString()}};
    if (m_pause != nullptr)
        options.insert(QStringLiteral("pause"), m_pause->isChecked());
    return {m_volume.name, file(), options};
}

QString BackupDialog::problem() const {
    const QFileInfo info(file());
    if (file().isEmpty())
        return tr("Name the file.");
    if (!info.isAbsolute())
        return tr("Write the whole path of the file.");
    if (info.isDir())
        return tr("This is a folder: name a file in it.");
    if (!info.dir().exists())
        return tr("There is no folder %1.").arg(info.path());
    return {};
}

void BackupDialog::submit() {
    const BackupRequest wanted = request();
    accept();
    Q_EMIT chosen(wanted);
}

} // namespace escale::gui
