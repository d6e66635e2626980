#include "gui/build/cache_tab.h"

#include "gui/build/build_cache_model.h"
#include "gui/build/prune_cache_dialog.h"
#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/table.h"
#include "gui/containers/action_notice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

CacheTab::CacheTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new BuildCacheModel(this))
    , m_entries(
          this,
          [this](QObject* guard, Answer<dbus::BuildCache> a) {
              m_client.listBuildCache(guard, std::move(a));
          },
          [this](const Result<dbus::BuildCache>& entries) { takeEntries(entries); })
    , m_stack(new TableStack(this))
    , m_error(new ErrorBanner(this))
    , m_notice(new ActionNotice(this))
    , m_told(label({}, "figure", this))
    , m_prune(new QPushButton(icon(QStringLiteral("clear")), tr("&Shrink the cache…"), this)) {
    setObjectName(QStringLiteral("buildCache"));
    m_told->setObjectName(QStringLiteral("buildCache.told"));
    m_prune->setObjectName(QStringLiteral("buildCache.prune"));
    Table& table = m_stack->table();
    table.setObjectName(QStringLiteral("buildCache.table"));
    table.setAccessibleName(tr("Build cache"));
    table.setSource(m_model, BuildCacheModel::Size, Qt::DescendingOrder);
    const std::pair<int, int> widths[] = {{BuildCacheModel::Kind, 150},
                                          {BuildCacheModel::Size, 100},
                                          {BuildCacheModel::Used, 130},
                                          {BuildCacheModel::Made, 130},
                                          {BuildCacheModel::State, 90}};
    for (const auto& [column, width] : widths)
        table.setColumnWidth(column, width);
    table.giveRoomTo(BuildCacheModel::Text);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 4);
    head->addWidget(m_told);
    head->addStretch();
    head->addWidget(m_prune);
    auto* frame = card(this);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->setSpacing(0);
    inner->addLayout(head);
    inner->addWidget(m_stack, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_error);
    column->addWidget(m_notice);
    column->addWidget(frame, 1);
    connect(m_prune, &QPushButton::clicked, this, &CacheTab::askPrune);
    connect(&m_client, &EngineClient::buildsChanged, this, [this] {
        if (isVisible())
            m_entries.refresh();
    });
    takeEntries(dbus::BuildCache());
}

void CacheTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_entries.refresh();
}

void CacheTab::setFilter(const QString& text) {
    m_stack->table().setFilter(text);
}

void CacheTab::focusContent() {
    m_stack->table().setFocus(Qt::OtherFocusReason);
}

void CacheTab::takeEntries(const Result<dbus::BuildCache>& entries) {
    if (!entries) {
        m_isUnread = true;
        return m_error->show(entries.error(), tr("Read the build cache"), tr("Try again"),
                             [this] { m_entries.refresh(); });
    }
    if (std::exchange(m_isUnread, false))
        m_error->dismiss();
    m_model->setEntries(*entries);
    m_prune->setEnabled(!entries->isEmpty());
    m_told->setText(entries->isEmpty() ? QString()
                                       : tr("%n entry(ies), %1", nullptr, static_cast<int>(entries->size()))
                                             .arg(formatBytes(cacheSize(*entries))));
    m_stack->empty().set(QStringLiteral("build"), tr("The cache is empty"),
                         tr("Builds keep here what each step has made, so that the next one need not make it "
                            "again."));
    if (entries->isEmpty())
        m_stack->showEmpty();
    else
        m_stack->showTable();
}

void CacheTab::askPrune() {
    auto* dialog = new PruneCacheDialog(m_client, m_model->entries(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneCacheDialog::pruned, this, [this](const PrunedBuildCache& gone) {
        m_error->dismiss();
        m_notice->showOutcome(
            tr("%n entry(ies) removed, %1 are free again.", nullptr, static_cast<int>(gone.removed))
                .arg(formatBytes(gone.freed)));
        m_entries.refresh();
    });
    dialog->open();
}

} // namespace escale::gui
