#include "gui/stacks/gallery_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/stacks/compose_text.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr QSize kSize(940, 660);
static constexpr int kListWidth = 230, kItemPadding = 14;

GalleryDialog::GalleryDialog(QWidget* parent)
    : QDialog(parent)
    , m_samples(stackSamples())
    , m_list(new QListWidget(this))
    , m_title(label({}, "heading", this))
    , m_text(label({}, "muted", this))
    , m_facts(label({}, "muted", this))
    , m_problem(label({}, "muted", this))
    , m_preview(new ComposeText(true, this))
    , m_folder(new QLineEdit(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_write(primaryButton(tr("Write it"), QStringLiteral("galleryDialog.accept"), this)) {
    setObjectName(QStringLiteral("galleryDialog"));
    setWindowTitle(tr("New stack from a sample"));
    resize(kSize);
    m_list->setObjectName(QStringLiteral("galleryDialog.list"));
    m_list->setAccessibleName(tr("Samples"));
    m_list->setProperty("framed", true);
    m_list->setSpacing(2);
    m_list->setIconSize(QSize(15, 15));
    for (const StackSample& each : std::as_const(m_samples)) {
        auto* item = new QListWidgetItem(u' ' + each.title, m_list);
        item->setIcon(icon(each.isOffline ? QStringLiteral("stacks") : QStringLiteral("download")));
        item->setData(Qt::AccessibleTextRole, each.title);
        item->setToolTip(each.text);
        item->setSizeHint({0, fontMetrics().height() + kItemPadding});
    }
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(1);
    m_facts->setObjectName(QStringLiteral("galleryDialog.facts"));
    m_preview->setObjectName(QStringLiteral("galleryDialog.preview"));
    m_preview->setAccessibleName(tr("The sample's Compose file"));
    m_preview->setProperty("framed", true);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_folder->setObjectName(QStringLiteral("galleryDialog.folder"));
    m_problem->setObjectName(QStringLiteral("galleryDialog.problem"));
    m_cancel->setAutoDefault(false);
    m_write->setDefault(true);
    buildLayout();
    connect(m_list, &QListWidget::currentRowChanged, this, &GalleryDialog::showCurrent);
    connect(m_folder, &QLineEdit::textChanged, this, &GalleryDialog::check);
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_isOwnFolder = true; });
    connect(m_cancel, &QPushButton::clicked, this, &GalleryDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &GalleryDialog::submit);
    m_list->setCurrentRow(0);
    check();
}

void GalleryDialog::buildLayout() {
    auto* about = new QVBoxLayout;
    about->setSpacing(6);
    about->addWidget(m_title);
    about->addWidget(m_text);
    about->addWidget(m_facts);
    about->addSpacing(4);
    about->addWidget(m_preview, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(14);
    m_list->setFixedWidth(kListWidth);
    middle->addWidget(m_list);
    middle->addLayout(about, 1);
    auto* choose = new QPushButton(tr("Ch&oose…"), this);
    choose->setObjectName(QStringLiteral("galleryDialog.choose"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &GalleryDialog::chooseFolder);
    auto* name = new QLabel(tr("&Folder of the stack"), this);
    name->setBuddy(m_folder);
    m_folder->setAccessibleName(tr("Folder of the stack"));
    auto* place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(name);
    place->addWidget(m_folder, 1);
    place->addWidget(choose);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_write);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_error);
    column->addLayout(middle, 1);
    column->addLayout(place);
    column->addWidget(m_confirmation);
    column->addLayout(foot);
}

const StackSample* GalleryDialog::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && row < m_samples.size() ? &m_samples[row] : nullptr;
}

void GalleryDialog::select(const QString& name) {
    for (int row = 0; row < m_samples.size(); ++row) {
        if (m_samples[row].name == name)
            m_list->setCurrentRow(row);
    }
}

void GalleryDialog::setFolder(const QString& folder) {
    m_isOwnFolder = true;
    m_folder->setText(folder);
}

void GalleryDialog::showCurrent() {
    const StackSample* chosen = current();
    if (chosen == nullptr)
        return;
    m_title->setText(chosen->title);
    m_text->setText(chosen->text);
    QStringList facts{chosen->isOffline ? tr("Runs without a network: its image is part of Escale")
                                        : tr("Pulls its images from the network")};
    QStringList ports;
    for (const int port : chosen->ports)
        ports << QString::number(port);
    if (!ports.isEmpty())
        facts << tr("ports: %1").arg(ports.join(QStringLiteral(", ")));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_preview->setPlainText(QString::fromUtf8(chosen->compose()));
    m_preview->moveCursor(QTextCursor::Start);
    if (!m_isOwnFolder)
        m_folder->setText(QDir::homePath() + QStringLiteral("/stacks/") + chosen->name);
}

void GalleryDialog::check() {
    const QString folder = m_folder->text().trimmed();
    QString problem;
    if (folder.isEmpty())
        problem = tr("Choose the folder of the stack.");
    else if (!QDir::isAbsolutePath(folder))
        problem = tr("The folder's name begins with “/”.");
    else if (QFileInfo::exists(folder) && !QFileInfo(folder).isDir())
        problem = tr("That is a file.");
    const qsizetype files = current() == nullptr ? 0 : current()->files().size();
    m_problem->setText(problem.isEmpty()
                           ? tr("%n file(s) are written into it.", nullptr, static_cast<int>(files))
                           : problem);
    m_write->setEnabled(problem.isEmpty() && current() != nullptr);
}

void GalleryDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder of the stack"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &GalleryDialog::setFolder);
    dialog->open();
}

void GalleryDialog::submit() {
    const StackSample* chosen = current();
    if (chosen == nullptr)
        return;
    const QStringList there = existingSampleFiles(*chosen, m_folder->text().trimmed());
    if (there.isEmpty())
        return write(false);
    m_confirmation->ask(tr("The folder has %1 already.").arg(there.mid(0, 4).join(QStringLiteral(", "))),
                        tr("Replace"), [this] { write(true); });
}

void GalleryDialog::write(bool replaces) {
    const StackSample* chosen = current();
    if (chosen == nullptr)
        return;
    m_error->dismiss();
    const auto file = writeSample(*chosen, m_folder->text().trimmed(), replaces);
    if (!file)
        return m_error->show(file.error(), tr("Write the sample"));
    Q_EMIT written(*file);
    accept();
}

// Escape answers the question first.
void GalleryDialog::reject() {
    if (m_confirmation->isVisible())
        return m_confirmation->hide();
    QDialog::reject();
}

} // namespace escale::gui
