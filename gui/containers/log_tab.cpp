#include "gui/containers/log_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
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
    connect(m_follower, &LogFollower::restarted, m_view, &LogView::restart);
    connect(m_follower, &LogFollower::skipped, m_view, &LogView::setSkipped);
    connect(m_follower, &LogFollower::failed, this, [this](const Error& error) { m_error->show(error); });
    m_view->setCanSaveWhole();
    connect(m_view, &LogView::wholeLogRequested, this, &LogTab::saveWhole);
    connect(m_follower, &LogFollower::putAside, this, &LogTab::open);
    // A log that could not be opened while the engine was away is opened when it is back.
    connect(&m_client, &EngineClient::stateChanged, this, [this] {
        const bool wanted = !m_follower->isOpen() || m_follower->isPutAside();
        if (m_client.state() == EngineClient::State::Ready && wanted && isVisible())
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
    m_view->reset();
    m_view->setLogName(shortDigest(id));
    m_opened = false;
    if (isVisible())
        open();
}

void LogTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!m_opened)
        open();
}

// QDBusUnixFileDescriptor closes its own.
static Result<std::vector<UniqueFd>> keep(const dbus::FileList& files) {
    std::vector<UniqueFd> kept;
    for (const QDBusUnixFileDescriptor& file : files) {
        UniqueFd own(fcntl(file.fileDescriptor(), F_DUPFD_CLOEXEC, 3));
        if (!own)
            return failErrno("cannot keep the log open");
        kept.push_back(std::move(own));
    }
    return kept;
}

// Also again, when the file that was followed is full.
void LogTab::open() {
    if (m_id.isEmpty())
        return;
    m_opened = true;
    const QString id = m_id;
    m_client.openLog(id, this, [this, id](const Result<dbus::FileList>& log) {
        if (id != m_id)
            return;
        auto files = log.and_then(keep);
        if (!files)
            return m_error->show(files.error(), tr("Open the log"), tr("Try again"), [this] { open(); });
        m_error->dismiss();
        if (m_follower->isPutAside()) {
            m_follower->resume(std::move(*files));
        } else {
            m_view->restart(); // what was read before an error comes once more
            m_follower->open(std::move(*files));
        }
    });
}

// Opened anew: the files may have been put aside since.
void LogTab::saveWhole(const QString& path) {
    m_client.openLog(m_id, this, [this, path](const Result<dbus::FileList>& log) {
        m_view->saveWhole(path, log.and_then(keep));
    });
}

} // namespace escale::gui
