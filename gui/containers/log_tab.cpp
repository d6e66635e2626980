#include "gui/containers/log_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/common/log_follower.h"
#include "gui/common/log_view.h"

#include <QDBusUnixFileDescriptor>
#include <QVBoxLayout>

#include <fcntl.h>

namespace escale::gui {

LogTab::LogTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_view(new LogView(this))
    , m_error(new ErrorBanner(this))
    , m_follower(new LogFollower(this)) {
    m_view->setObjectName(QStringLiteral("containersPane.log"));
    m_view->setPlaceholder(tr("Nothing written yet"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* margin = new QVBoxLayout;
    margin->setContentsMargins(12, 8, 12, 0);
    margin->addWidget(m_error);
    column->addLayout(margin);
    column->addWidget(m_view, 1);
    connect(m_follower, &LogFollower::lines, m_view, &LogView::append);
    connect(m_follower, &LogFollower::restarted, m_view, &LogView::clear);
    connect(m_follower, &LogFollower::failed, this, [this](const Error& error) { m_error->show(error); });
    connect(m_view, &LogView::throttle, m_follower, &LogFollower::setThrottled);
    // A log that could not be opened while the engine was away is opened when it is back.
    connect(&m_client, &EngineClient::stateChanged, this, [this] {
        if (m_client.state() == EngineClient::State::Ready && !m_follower->isOpen() && isVisible())
            open();
    });
}

void LogTab::setContainer(const QString& id, qint64 run) {
    if (id == m_id && run == m_run)
        return;
    const bool same = id == m_id && m_run != 0 && m_follower->isOpen();
    m_run = run;
    if (same)
        return; // started again: the same file goes on
    m_id = id;
    m_follower->close();
    m_error->dismiss();
    m_view->clear();
    m_opened = false;
    if (isVisible())
        open();
}

void LogTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!m_opened)
        open();
}

void LogTab::open() {
    if (m_id.isEmpty())
        return;
    m_opened = true;
    const QString id = m_id;
    m_client.openLog(id, this, [this, id](const Result<QDBusUnixFileDescriptor>& log) {
        if (id != m_id)
            return;
        if (!log)
            return m_error->show(log.error(), tr("Open the log"), tr("Try again"), [this] { open(); });
        // QDBusUnixFileDescriptor closes its own.
        UniqueFd file(fcntl(log->fileDescriptor(), F_DUPFD_CLOEXEC, 3));
        if (!file)
            return m_error->show(systemError("cannot keep the log open"));
        m_error->dismiss();
        m_follower->open(std::move(file));
    });
}

} // namespace escale::gui
