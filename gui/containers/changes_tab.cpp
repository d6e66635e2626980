#include "gui/containers/changes_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
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
#include <QVBoxLayout>

namespace escale::gui {

ChangesTab::ChangesTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new ChangesModel(this))
    , m_proxy(new ChangesProxy)
    , m_stack(new TableStack(new Table(m_proxy, nullptr), this))
    , m_error(new ErrorBanner(this))
    , m_transfer(new TransferBar(this)) {
    setObjectName(QStringLiteral("containersPane.changes"));
    buildActions();
    buildTable();
    m_bar = makeBar();
    auto* notices = new QVBoxLayout;
    notices->setContentsMargins(12, 8, 12, 4);
    notices->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(notices);
    column->addWidget(m_bar);
    column->addWidget(m_stack, 1);
    column->addWidget(m_transfer);
    connect(&m_stack->empty(), &EmptyState::actionRequested, this, &ChangesTab::refresh);
    setContainer(nullptr);
}

void ChangesTab::buildTable() {
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("changes.table"));
    table.setAccessibleName(tr("Changed files"));
    table.setSource(m_model, ChangesModel::Path);
    table.setColumnWidth(ChangesModel::Kind, 130);
    table.addActions({m_open, m_copyPath, m_refresh});
    connect(&table, &Table::currentIdChanged, this, &ChangesTab::updateActions);
    connect(&table, &QAbstractItemView::activated, this, &ChangesTab::openCurrent);
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
                      [this] { QApplication::clipboard()->setText(m_stack->table().currentId()); });
    m_refresh = make("refresh", tr("&Refresh"), &ChangesTab::refresh);
    m_refresh->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_refresh->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_refresh);
    m_commit = make("images", tr("Save as an image…"), &ChangesTab::saveAsImage);
    m_export = make("download", tr("Export…"), &ChangesTab::askForExport);
    m_export->setToolTip(tr("Saves all files of the container as a .tar archive"));
}

QWidget* ChangesTab::makeBar() {
    auto* bar = new QWidget(this);
    m_filter = searchField(QStringLiteral("changes.filter"), bar);
    m_filter->setPlaceholderText(tr("Filter by path"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setMaximumWidth(320);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_stack->table().setFilter(text);
        showState();
    });
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(6);
    row->addWidget(m_filter, 1);
    for (const int kind : {ChangesModel::Modified, ChangesModel::Added, ChangesModel::Deleted}) {
        auto* button = new QToolButton(bar);
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
        row->addWidget(button);
    }
    auto* refresh = flatButton(QStringLiteral("refresh"), tr("Refresh"), bar);
    refresh->setObjectName(QStringLiteral("changes.refresh"));
    connect(refresh, &QToolButton::clicked, this, &ChangesTab::refresh);
    row->addWidget(refresh);
    row->addStretch();
    row->addWidget(actionButton(m_export, QStringLiteral("changes.export"), bar));
    row->addWidget(actionButton(m_commit, QStringLiteral("changes.commit"), bar));
    return bar;
}

void ChangesTab::setContainer(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    const bool other = id != m_id;
    m_id = id;
    m_name = container != nullptr ? container->name : QString();
    m_image = container != nullptr ? container->image : QString();
    if (other) {
        m_known = false;
        m_model->setChanges({});
        m_error->dismiss();
        if (isVisible())
            refresh();
    }
    showState();
}

void ChangesTab::refresh() {
    if (m_id.isEmpty() || m_client.state() != EngineClient::State::Ready || m_reading)
        return;
    m_reading = true;
    const QString id = m_id;
    m_client.changes(id, this, [this, id](const Result<dbus::FileChanges>& changes) {
        m_reading = false;
        if (id != m_id)
            return refresh();
        if (!changes)
            return m_error->show(changes.error(), tr("Read the changes"), tr("Try again"),
                                 [this] { refresh(); });
        m_error->dismiss();
        take(*changes);
    });
}

void ChangesTab::take(const dbus::FileChanges& changes) {
    m_known = true;
    Table& table = m_stack->table();
    const QString current = table.currentId();
    m_model->setChanges(changes);
    table.selectId(current);
    if (!table.currentIndex().isValid() && m_proxy->rowCount() > 0)
        table.setCurrentIndex(m_proxy->index(0, 0));
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
    m_bar->setVisible(!m_id.isEmpty());
    updateActions();
    if (m_proxy->rowCount() > 0)
        return m_stack->showTable();
    const QString symbol = QStringLiteral("changes");
    EmptyState& empty = m_stack->empty();
    if (m_id.isEmpty())
        empty.set(symbol, tr("No container selected"), tr("Select one above."));
    else if (!m_known)
        empty.set(symbol, tr("Comparing with the image…"), {});
    else if (m_model->rowCount() > 0)
        empty.set(symbol, tr("No change matches the filter"),
                  tr("Write less into it, or choose other kinds."));
    else
        empty.set(
            symbol, tr("Nothing has changed"),
            tr("The container's files are still those of its image. What it writes from now on shows up "
               "here."),
            tr("Look again"));
    m_stack->showEmpty();
}

void ChangesTab::updateActions() {
    const int row = m_stack->table().currentRow();
    const bool any = row >= 0 && row < m_model->rowCount();
    m_open->setEnabled(any && m_model->at(row).kind != ChangesModel::Deleted);
    m_copyPath->setEnabled(any);
    m_commit->setEnabled(!m_id.isEmpty());
    m_export->setEnabled(!m_id.isEmpty() && !m_transfer->isBusy());
}

void ChangesTab::openCurrent() {
    if (m_open->isEnabled())
        Q_EMIT fileRequested(m_stack->table().currentId());
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
        return m_error->show({ErrorCode::SystemFailure, file->errorString().toStdString(), {}, {}},
                             tr("Save the archive"));
    }
    updateActions();
    m_client.exportContainer(m_id, this, [this, file](const Result<ArchiveOut>& begun) {
        if (!begun) {
            m_transfer->stop();
            updateActions();
            return m_error->show(begun.error(), tr("Export"));
        }
        m_transfer->setJob(begun->job);
        const auto copy = [archive = begun->archive, file](Transfer::Control& control) {
            return copyStream(archive.fileDescriptor(), file->handle(), control);
        };
        m_transfer->start(0, copy, [this, file](const Result<void>& outcome) {
            updateActions();
            if (!outcome) {
                file->cancelWriting();
                return m_error->show(outcome.error(), tr("Export"));
            }
            if (!file->commit())
                m_error->show({ErrorCode::SystemFailure, file->errorString().toStdString(), {}, {}},
                              tr("Save the archive"));
        });
    });
}

void ChangesTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace escale::gui
