#include "gui/containers/changes_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/common/tar_stream.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/changes_model.h"
#include "gui/containers/commit_dialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSaveFile>
#include <QToolButton>

namespace escale::gui {

ChangesTab::ChangesTab(EngineClient& client, QWidget* parent)
    : ContainerTab(client, QStringLiteral("changes"), parent)
    , m_model(new ChangesModel(this))
    , m_proxy(new ChangesProxy)
    , m_table(new Table(m_proxy, this))
    , m_transfer(new TransferBar(this)) {
    buildActions();
    buildTable();
    buildTools();
    addPage(m_table);
    addBelow(m_transfer);
    setContainer(nullptr);
}

void ChangesTab::buildTable() {
    m_table->setObjectName(QStringLiteral("changes.table"));
    m_table->setAccessibleName(tr("Changed files"));
    m_table->setSource(m_model, ChangesModel::Path);
    m_table->setColumnWidth(ChangesModel::Kind, 130);
    m_table->addActions({m_open, m_copyPath, m_refresh});
    connect(m_table, &Table::currentIdChanged, this, &ChangesTab::updateActions);
    connect(m_table, &QAbstractItemView::activated, this, &ChangesTab::openCurrent);
}

void ChangesTab::buildActions() {
    const auto make = [this](const char* symbol, const QString& text, auto run) {
        auto* action = new QAction(text, this);
        if (symbol != nullptr)
            action->setIcon(icon(QString::fromLatin1(symbol)));
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    m_open = make("folder", tr("Show among the &files"), &ChangesTab::openCurrent);
    m_copyPath = make("copy", tr("&Copy the path"),
                      [this] { QApplication::clipboard()->setText(m_table->currentId()); });
    m_refresh = make("refresh", tr("&Refresh"), &ChangesTab::read);
    m_refresh->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_refresh->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_refresh);
    m_commit = make("images", tr("Save as an image…"), &ChangesTab::saveAsImage);
    m_export = make("download", tr("Export…"), &ChangesTab::askForExport);
    m_export->setToolTip(tr("Saves all files of the container as a .tar archive"));
}

void ChangesTab::buildTools() {
    QLineEdit* filter = addFilter(QStringLiteral("changes.filter"));
    filter->setPlaceholderText(tr("Filter by path"));
    filter->setAccessibleName(filter->placeholderText());
    connect(filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_table->setFilter(text);
        showState();
    });
    for (const int kind : {ChangesModel::Modified, ChangesModel::Added, ChangesModel::Deleted}) {
        auto* button = new QToolButton(this);
        button->setProperty("role", "flat");
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolTip(tr("Shows or hides these changes"));
        button->setObjectName(QStringLiteral("changes.kind.%1").arg(kind));
        button->setCheckable(true);
        button->setChecked(true);
        connect(button, &QToolButton::toggled, this, [this, kind](bool wanted) {
            m_proxy->setWanted(kind, wanted);
            showState();
        });
        m_kinds[static_cast<std::size_t>(kind)] = button;
        tools().addWidget(button);
    }
    auto* refresh = flatButton(QStringLiteral("refresh"), tr("Refresh"), this);
    refresh->setObjectName(QStringLiteral("changes.refresh"));
    connect(refresh, &QToolButton::clicked, m_refresh, &QAction::trigger);
    tools().addWidget(refresh);
    tools().addStretch();
    tools().addWidget(actionButton(m_export, QStringLiteral("changes.export"), this));
    tools().addWidget(actionButton(m_commit, QStringLiteral("changes.commit"), this));
}

void ChangesTab::setContainer(const dbus::Container* container) {
    m_name = container != nullptr ? container->name : QString();
    m_image = container != nullptr ? container->image : QString();
    if (takeId(container)) {
        m_known = false;
        m_model->setChanges({});
        if (isVisible())
            read();
    }
    showState();
}

void ChangesTab::read() {
    ask<dbus::FileChanges>(&EngineClient::changes, tr("Read the changes"),
                           [this](const dbus::FileChanges& changes) { take(changes); });
}

void ChangesTab::take(const dbus::FileChanges& changes) {
    m_known = true;
    const QString current = m_table->currentId();
    m_model->setChanges(changes);
    m_table->selectId(current);
    if (!m_table->currentIndex().isValid() && m_proxy->rowCount() > 0)
        m_table->setCurrentIndex(m_proxy->index(0, 0));
    showState();
}

void ChangesTab::showState() {
    for (std::size_t kind = 0; kind < m_kinds.size(); ++kind) {
        if (m_kinds[kind] == nullptr)
            return;
        const int number = m_model->count(static_cast<ChangesModel::FileKind>(kind));
        m_kinds[kind]->setVisible(number > 0);
        m_kinds[kind]->setText(
            QStringLiteral("%1 %2").arg(ChangesModel::kindText(static_cast<int>(kind))).arg(number));
    }
    showTools(!m_id.isEmpty());
    updateActions();
    if (m_proxy->rowCount() > 0)
        showPage(m_table);
    else if (!m_known)
        showEmpty(tr("Comparing with the image…"), {});
    else if (m_model->rowCount() > 0)
        showEmpty(tr("No change matches the filter"), tr("Write less into it, or choose other kinds."));
    else
        showEmpty(
            tr("Nothing has changed"),
            tr("The container's files are still those of its image. What it writes from now on shows up "
               "here."),
            tr("Look again"));
}

void ChangesTab::updateActions() {
    const int row = m_table->currentRow();
    const bool any = row >= 0 && row < m_model->rowCount();
    m_open->setEnabled(any && m_model->at(row).kind != ChangesModel::Deleted);
    m_copyPath->setEnabled(any);
    m_commit->setEnabled(!m_id.isEmpty());
    m_export->setEnabled(!m_id.isEmpty() && !m_transfer->isBusy());
}

void ChangesTab::openCurrent() {
    if (m_open->isEnabled())
        Q_EMIT fileRequested(m_table->currentId());
}

void ChangesTab::saveAsImage() {
    auto* dialog = new CommitDialog(m_client, m_id, m_name, m_image, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ChangesTab::askForExport() {
    auto* dialog = new QFileDialog(window(), tr("Export “%1”").arg(m_name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->setNameFilters({tr("Tar archives (*.tar)"), tr("All files (*)")});
    dialog->selectFile(m_name + QStringLiteral(".tar"));
    connect(dialog, &QFileDialog::fileSelected, this, &ChangesTab::exportTo);
    dialog->open();
}

// The file gets its name when the archive is whole.
void ChangesTab::exportTo(const QString& path) {
    if (m_id.isEmpty() || !m_transfer->begin(tr("Export of “%1”").arg(m_name)))
        return;
    auto file = std::make_shared<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly)) {
        m_transfer->stop();
        return error().show({ErrorCode::SystemFailure, file->errorString().toStdString(), {}, {}},
                            tr("Save the archive"));
    }
    updateActions();
    m_client.exportContainer(m_id, this, [this, file](const Result<ArchiveOut>& begun) {
        if (!begun) {
            m_transfer->stop();
            updateActions();
            return error().show(begun.error(), tr("Export"));
        }
        m_transfer->setJob(begun->job);
        const auto copy = [archive = begun->archive, file](Transfer::Control& control) {
            return copyStream(archive.fileDescriptor(), file->handle(), control);
        };
        m_transfer->start(0, copy, [this, file](const Result<void>& outcome) {
            updateActions();
            if (!outcome) {
                file->cancelWriting();
                return error().show(outcome.error(), tr("Export"));
            }
            if (!file->commit())
                error().show({ErrorCode::SystemFailure, file->errorString().toStdString(), {}, {}},
                             tr("Save the archive"));
        });
    });
}

} // namespace escale::gui
