#include "gui/images/import_dialog.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/images/image_archive.h"
#include "gui/images/tag_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace escale::gui {

static constexpr int kChangesHeight = 92;

QString nameForArchive(const QString& file) {
    QString name = QFileInfo(file).fileName().toLower();
    static const QRegularExpression kEnding(QStringLiteral("\\.(tar|tgz|txz|gz|xz|zst|bz2)$"));
    while (name.contains(kEnding))
        name.remove(kEnding);
    static const QRegularExpression kOther(QStringLiteral("[^a-z0-9]+"));
    name.replace(kOther, QStringLiteral("-"));
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.isEmpty() ? QString() : name + QStringLiteral(":latest");
}

ImportDialog::ImportDialog(EngineClient& client, const QString& file, QWidget* parent)
    : ActionDialog(QStringLiteral("importDialog"), tr("Import a root file system"), tr("Import"), parent)
    , m_client(client)
    , m_proposed(nameForArchive(file))
    , m_file(new QLineEdit(file, this))
    , m_reference(new QLineEdit(m_proposed, this))
    , m_message(new QLineEdit(this))
    , m_changes(new QPlainTextEdit(this)) {
    addWords(
        tr("An image with one layer is made of the archive. For archives of images (docker save, OCI) use "
           "Load."));
    auto* row = new QWidget(this);
    auto* parts = new QHBoxLayout(row);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(8);
    auto* choose = new QPushButton(tr("Ch&oose…"), row);
    choose->setObjectName(QStringLiteral("importDialog.choose"));
    choose->setAutoDefault(false);
    parts->addWidget(m_file, 1);
    parts->addWidget(choose);
    addField(tr("&File"), row, QStringLiteral("row"))->setBuddy(m_file);
    m_file->setObjectName(QStringLiteral("importDialog.file"));
    m_file->setAccessibleName(tr("File"));
    m_file->setPlaceholderText(tr("root file system as tar, compressed or not"));
    addField(tr("&Name and tag"), m_reference, QStringLiteral("reference"));
    m_reference->setPlaceholderText(tr("for example rootfs:1"));
    addField(tr("&Message"), m_message, QStringLiteral("message"));
    m_message->setPlaceholderText(tr("optional"));
    addField(tr("C&hanges"), m_changes, QStringLiteral("changes"));
    m_changes->setProperty("framed", true);
    m_changes->setFixedHeight(kChangesHeight);
    m_changes->setTabChangesFocus(true);
    m_changes->setPlaceholderText(
        tr("a line each, as in a Dockerfile:\nCMD [\"/bin/sh\"]\nENV LANG=C.UTF-8"));
    connect(choose, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    connect(m_file, &QLineEdit::textChanged, this, &ImportDialog::proposeName);
    for (QLineEdit* field : {m_file, m_reference})
        connect(field, &QLineEdit::textChanged, this, &ImportDialog::check);
    check();
}

void ImportDialog::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose an archive"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

// As long as nobody has written another one.
void ImportDialog::proposeName(const QString& file) {
    const QString proposed = nameForArchive(file);
    if (m_reference->text() == m_proposed)
        m_reference->setText(proposed);
    m_proposed = proposed;
}

QString ImportDialog::problem() const {
    if (m_file->text().isEmpty())
        return tr("Choose a file.");
    if (!QFileInfo(m_file->text()).isFile())
        return tr("There is no such file.");
    return imageNameProblem(m_reference->text());
}

QVariantMap ImportDialog::options() const {
    QVariantMap options;
    if (const QString message = m_message->text().trimmed(); !message.isEmpty())
        options.insert(QStringLiteral("message"), message);
    QStringList changes;
    for (const QString& line : m_changes->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            changes.append(line.trimmed());
    }
    if (!changes.isEmpty())
        options.insert(QStringLiteral("changes"), changes);
    return options;
}

void ImportDialog::submit() {
    const QString reference = m_reference->text().trimmed();
    const QString what = tr("Import %1").arg(reference);
    const auto input = openArchive(m_file->text());
    if (!input)
        return showError(input.error(), what);
    m_client.importImage(*input, reference, options(), this,
                         [this, what, reference](const Result<Job*>& job) {
                             if (!job)
                                 return showError(job.error(), what);
                             Q_EMIT begun(*job, reference);
                             accept();
                         });
}

} // namespace escale::gui
