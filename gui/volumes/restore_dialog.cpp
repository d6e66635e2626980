#include "gui/volumes/restore_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"
#include "gui/volumes/volume_text.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDBusUnixFileDescriptor>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

#include <fcntl.h>

namespace escale::gui {

static constexpr QSize kSize(600, 0);

RestoreDialog::RestoreDialog(EngineClient& client, dbus::VolumeList volumes, const QString& volume,
                             QWidget* parent)
    : ActionDialog(QStringLiteral("restoreDialog"), tr("Restore a back-up"), tr("Restore"), parent)
    , m_client(client)
    , m_volumes(std::move(volumes))
    , m_file(new QLineEdit(this))
    , m_name(new QComboBox(this))
    , m_words(label({}, "muted", this))
    , m_replace(new QCheckBox(tr("&Replace what is in it"), this))
    , m_named(!volume.isEmpty()) {
    resize(kSize);
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const dbus::Volume& one : std::as_const(m_volumes)) {
        if (one.kind == u"local" && !one.isAnonymous)
            m_name->addItem(one.name);
    }
    m_name->setCurrentText(volume);
    addField(tr("&Archive"), m_file, QStringLiteral("file"));
    addField(tr("Into the &volume"), m_name, QStringLiteral("name"));
    m_file->setPlaceholderText(tr("a .tar, .tar.zst or .tar.gz"));
    QAction* browse = m_file->addAction(icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    browse->setText(tr("Choose the archive"));
    browse->setToolTip(browse->text());
    connect(browse, &QAction::triggered, this, &RestoreDialog::choose);
    m_words->setObjectName(QStringLiteral("restoreDialog.words"));
    m_words->setWordWrap(true);
    m_replace->setObjectName(QStringLiteral("restoreDialog.replace"));
    addBelow(m_words);
    addBelow(m_replace);
    connect(m_file, &QLineEdit::textChanged, this, [this](const QString& path) {
        static const QRegularExpression kEnding(
            QStringLiteral("(-\\d{4}-\\d{2}-\\d{2})?\\.(tar|tgz|tzst)(\\.\\w+)?\\z"));
        const QString stem = QFileInfo(path.trimmed()).fileName().remove(kEnding);
        if (!m_named) {
            const QSignalBlocker quiet(m_name);
            m_name->setCurrentText(stem);
        }
        takeName();
    });
    connect(m_name, &QComboBox::currentTextChanged, this, [this] {
        m_named = true;
        takeName();
    });
    connect(m_replace, &QCheckBox::toggled, this, &RestoreDialog::check);
    takeName();
}

void RestoreDialog::setFile(const QString& path) {
    m_file->setText(path);
}

void RestoreDialog::choose() {
    auto* dialog = new QFileDialog(this, tr("Choose the archive"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Archives (*.tar *.tar.* *.tgz)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &RestoreDialog::setFile);
    dialog->open();
}

QString RestoreDialog::name() const {
    return m_name->currentText().trimmed();
}

const dbus::Volume* RestoreDialog::target() const {
    for (const dbus::Volume& volume : m_volumes) {
        if (volume.name == name())
            return &volume;
    }
    return nullptr;
}

void RestoreDialog::takeName() {
    const dbus::Volume* volume = target();
    m_replace->setChecked(false);
    m_replace->setVisible(volume != nullptr);
    if (volume == nullptr) {
        m_words->setText(tr("A new volume is made of it: it is there whole, or not at all."));
    } else {
        QString words =
            tr("%1 is there already; what it holds goes when the back-up is whole.").arg(volume->name) +
            u' ' + lossText(*volume);
        if (!isUnused(*volume))
            words += u' ' + tr("It is used by: %1.").arg(userNames(*volume).join(QStringLiteral(", ")));
        m_words->setText(words);
    }
    setLook(m_words, "role", QString::fromLatin1(volume == nullptr ? "muted" : "warning"));
    check();
    fit();
}

QString RestoreDialog::problem() const {
    const QFileInfo info(m_file->text().trimmed());
    if (m_file->text().trimmed().isEmpty())
        return tr("Choose the archive.");
    if (!info.isFile())
        return tr("There is no such file.");
    if (name().isEmpty())
        return tr("Name the volume.");
    const dbus::Volume* volume = target();
    if (volume == nullptr)
        return {};
    if (volume->kind != u"local")
        return tr("Its files are not on this machine: choose another one.");
    if (isInUse(*volume))
        return tr("Stop the containers that use it first.");
    return m_replace->isChecked() ? QString() : tr("It is there already.");
}

void RestoreDialog::submit() {
    const QString path = m_file->text().trimmed();
    const int archive = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (archive < 0)
        return showError(systemError("cannot read " + path.toStdString()), tr("Restore %1").arg(name()));
    QDBusUnixFileDescriptor file;
    file.giveFileDescriptor(archive);
    QVariantMap options;
    if (target() != nullptr)
        options.insert(QStringLiteral("replace"), true);
    m_client.restoreVolume(name(), file, options, this, [this](const Result<Job*>& job) {
        if (!job)
            return showError(job.error(), tr("Restore %1").arg(name()));
        accept();
        Q_EMIT begun(name(), *job);
    });
}

} // namespace escale::gui
