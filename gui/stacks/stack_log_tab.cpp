#include "gui/stacks/stack_log_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/log_follower.h"
#include "gui/common/log_style.h"
#include "gui/common/log_view.h"
#include "gui/common/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <fcntl.h>

namespace escale::gui {

static constexpr int kGather = 60;          // milliseconds that lines of several are put in order over
static constexpr qsizetype kMost = 200'000; // lines that are held back at most
static constexpr qsizetype kMostSources = 255;

StackLogTab::StackLogTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_view(new LogView(this))
    , m_error(new ErrorBanner(this))
    , m_choices(new QWidget(this)) {
    m_view->setObjectName(QStringLiteral("stacksPane.log"));
    m_view->setPlaceholder(tr("Nothing written yet"));
    m_choices->setObjectName(QStringLiteral("stacksPane.logServices"));
    auto* row = new QHBoxLayout(m_choices);
    row->setContentsMargins(12, 8, 12, 0);
    row->setSpacing(14);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_error);
    column->addWidget(m_choices);
    column->addWidget(m_view, 1);
    m_flush.setSingleShot(true);
    m_flush.setInterval(kGather);
    connect(&m_flush, &QTimer::timeout, this, &StackLogTab::flush);
}

void StackLogTab::setContainers(const QString& project, const dbus::StackContainers& containers) {
    if (project != m_project) {
        m_project = project;
        qDeleteAll(m_followers);
        m_followers.clear();
        m_reading.clear();
        m_merge.clear();
        m_services.clear();
        m_view->reset();
        m_view->setLogName(project);
        m_error->dismiss();
    }
    m_containers = containers;
    QStringList services = m_services;
    for (const dbus::StackContainer& container : containers) {
        if (!services.contains(container.service) && services.size() < kMostSources)
            services << container.service;
    }
    if (services != m_services || m_boxes.size() != services.size()) {
        m_services = services;
        buildChoices();
    }
    if (isVisible())
        openNew();
}

void StackLogTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    openNew();
}

void StackLogTab::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorChoices();
}

void StackLogTab::openNew() {
    for (const dbus::StackContainer& container : std::as_const(m_containers)) {
        const qsizetype number = m_services.indexOf(container.service);
        QString name = container.service + u'-' + QString::number(container.number);
        if (container.isOneOff)
            name = container.name;
        m_merge.setSource(container.id, name, static_cast<quint8>(std::max<qsizetype>(number, 0)),
                          serviceColor(static_cast<int>(number)));
    }
    for (const dbus::StackContainer& container : std::as_const(m_containers)) {
        if (m_followers.contains(container.id))
            continue;
        followerFor(container.id);
        m_reading.insert(container.id);
        open(container.id);
    }
}

LogFollower* StackLogTab::followerFor(const QString& container) {
    auto* follower = new LogFollower(this);
    m_followers.insert(container, follower);
    connect(follower, &LogFollower::lines, this, [this, container](const QList<LogLine>& lines) {
        m_merge.add(container, lines);
        if (m_reading.isEmpty() || m_merge.count() > kMost)
            m_flush.start();
    });
    connect(follower, &LogFollower::caughtUp, this, [this, container] { takeCaughtUp(container); });
    connect(follower, &LogFollower::skipped, m_view, &LogView::setSkipped);
    connect(follower, &LogFollower::putAside, this, [this, container] { open(container); });
    connect(follower, &LogFollower::failed, this, [this, container](const Error& error) {
        takeCaughtUp(container);
        m_error->show(error, tr("Read the log"));
    });
    return follower;
}

// Also again, when the file that was followed is full.
void StackLogTab::open(const QString& container) {
    m_client.openLog(container, this, [this, container](const Result<dbus::FileList>& log) {
        LogFollower* follower = m_followers.value(container);
        if (follower == nullptr)
            return;
        if (!log) { // it is gone by now, or writes no log: the others are shown
            takeCaughtUp(container);
            if (log.error().code != ErrorCode::NotFound)
                m_error->show(log.error(), tr("Open the log"));
            return;
        }
        std::vector<UniqueFd> files;
        for (const QDBusUnixFileDescriptor& file : *log)
            files.emplace_back(::fcntl(file.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
        if (follower->isPutAside())
            follower->resume(std::move(files));
        else
            follower->open(std::move(files));
    });
}

// What they have written before is shown once all of it is there: else it could not be put in order.
void StackLogTab::takeCaughtUp(const QString& container) {
    m_reading.remove(container);
    if (m_reading.isEmpty() && m_merge.count() > 0 && !m_flush.isActive())
        m_flush.start();
}

void StackLogTab::flush() {
    m_view->append(m_merge.take());
}

void StackLogTab::buildChoices() {
    QHash<QString, bool> before;
    for (QCheckBox* box : std::as_const(m_boxes)) {
        before.insert(box->property("service").toString(), box->isChecked());
        delete box;
    }
    m_boxes.clear();
    auto* row = static_cast<QHBoxLayout*>(m_choices->layout());
    while (QLayoutItem* item = row->takeAt(0))
        delete item;
    for (const QString& service : std::as_const(m_services)) {
        auto* box = new QCheckBox(service, m_choices);
        box->setObjectName(QStringLiteral("stacksPane.logService.") + service);
        box->setProperty("service", service);
        box->setChecked(before.value(service, true));
        box->setToolTip(tr("Show the lines of %1").arg(service));
        connect(box, &QCheckBox::toggled, this, &StackLogTab::takeChoice);
        row->addWidget(box);
        m_boxes.append(box);
    }
    row->addStretch();
    m_choices->setVisible(m_services.size() > 1);
    colorChoices();
    takeChoice();
}

// A square of the colour that its lines begin with.
void StackLogTab::colorChoices() {
    const Colors colors = Colors::current();
    for (int i = 0; i < m_boxes.size(); ++i) {
        TextStyle style;
        style.foreground = TextStyle::kIndexed | static_cast<quint32>(serviceColor(i));
        QPixmap square(10, 10);
        square.fill(colorsOf(style, colors.text, colors.base).ink);
        m_boxes[i]->setIcon(square);
        m_boxes[i]->setIconSize(QSize(10, 10));
    }
}

void StackLogTab::takeChoice() {
    LogSources hidden;
    for (int i = 0; i < m_boxes.size(); ++i)
        hidden.set(static_cast<std::size_t>(i), !m_boxes[i]->isChecked());
    m_view->hideSources(hidden);
}

void StackLogTab::showOnly(const QString& service) {
    for (QCheckBox* box : std::as_const(m_boxes))
        box->setChecked(service.isEmpty() || box->property("service").toString() == service);
}

} // namespace escale::gui
