#include "gui/images/usage_view.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr int kMoment = 400; // milliseconds

QList<UsagePart> usageParts(const dbus::TotalUsage& total) {
    const quint64 spare = std::min(total.reclaimableImages, total.images);
    return {{UsageView::tr("Images in use"), total.images - spare, UsagePart::Shade::Used},
            {UsageView::tr("Images that no container uses"), spare, UsagePart::Shade::Spare},
            {UsageView::tr("Files of containers"), total.containers, UsagePart::Shade::Changes},
            {UsageView::tr("Logs"), total.logs, UsagePart::Shade::Logs}};
}

UsageView::UsageView(EngineClient& client, QWidget* parent)
    : QFrame(parent)
    , m_client(client)
    , m_reader(
          this,
          [this](QObject* guard, Answer<DiskUsage> answer) { m_client.diskUsage(guard, std::move(answer)); },
          [this](const Result<DiskUsage>& usage) {
              if (!usage)
                  return m_error->show(usage.error(), tr("Read the disk usage"), tr("Try again"),
                                       [this] { refresh(); });
              take(*usage);
          })
    , m_total(label({}, "heading", this))
    , m_spare(label({}, "muted", this))
    , m_bar(new UsageBar(this))
    , m_prune(new QPushButton(tr("Remove unused images…"), this))
    , m_error(new ErrorBanner(this)) {
    setProperty("role", "card");
    setObjectName(QStringLiteral("imagesPane.usage"));
    m_total->setObjectName(QStringLiteral("imagesPane.usageTotal"));
    m_prune->setObjectName(QStringLiteral("imagesPane.usagePrune"));
    m_prune->setEnabled(false);
    connect(m_prune, &QPushButton::clicked, this, &UsageView::pruneRequested);
    m_later.setSingleShot(true);
    m_later.setInterval(kMoment);
    connect(&m_later, &QTimer::timeout, this, &UsageView::refresh);
    const auto later = [this] {
        if (isVisible())
            m_later.start();
    };
    connect(&m_client, &EngineClient::imagesChanged, this, later);
    connect(&m_client, &EngineClient::containersChanged, this, later);
    m_total->setText(tr("Counting…"));
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_total);
    head->addWidget(m_spare, 1);
    head->addWidget(m_prune);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 14, 12);
    column->setSpacing(10);
    column->addWidget(m_error);
    column->addLayout(head);
    column->addWidget(m_bar);
}

void UsageView::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    refresh();
}

void UsageView::refresh() {
    if (isVisible() && m_client.state() == EngineClient::State::Ready)
        m_reader.refresh();
}

void UsageView::take(const DiskUsage& usage) {
    m_error->dismiss();
    const dbus::TotalUsage& total = usage.total;
    m_total->setText(tr("%1 on the disk").arg(formatBytes(total.images + total.containers + total.logs)));
    const bool isWhole = std::all_of(usage.containers.begin(), usage.containers.end(),
                                     [](const dbus::ContainerUsage& container) { return container.isWhole; });
    QStringList words;
    if (total.reclaimableContainers > 0)
        words.append(tr("stopped containers hold %1").arg(formatBytes(total.reclaimableContainers)));
    if (!isWhole)
        words.append(tr("not all containers' files were counted: that takes too long"));
    m_spare->setText(words.join(QStringLiteral(" · ")));
    m_bar->setParts(usageParts(total));
    m_prune->setEnabled(total.reclaimableImages > 0);
    Q_EMIT read(usage);
}

} // namespace escale::gui
