#include "gui/containers/container_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace escale::gui {

ContainerTab::ContainerTab(EngineClient& client, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_symbol(name)
    , m_error(new ErrorBanner(this))
    , m_bar(new QWidget(this))
    , m_tools(new QHBoxLayout(m_bar))
    , m_notices(new QVBoxLayout)
    , m_column(new QVBoxLayout(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this)) {
    setObjectName(QStringLiteral("containersPane.") + name);
    m_tools->setContentsMargins(12, 0, 12, 8);
    m_tools->setSpacing(8);
    m_bar->hide();
    m_notices->setContentsMargins(12, 8, 12, 4);
    m_notices->addWidget(m_error);
    m_stack->addWidget(m_empty);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addLayout(m_notices);
    m_column->addWidget(m_bar);
    m_column->addWidget(m_stack, 1);
    const auto readIfSeen = [this] {
        if (isVisible())
            read();
    };
    connect(m_empty, &EmptyState::actionRequested, this, readIfSeen);
    connect(&client, &EngineClient::stateChanged, this, readIfSeen);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_reading && !window()->isMinimized())
            read();
    });
}

void ContainerTab::readEvery(int milliseconds) {
    m_timer.setInterval(milliseconds);
}

bool ContainerTab::takeId(const dbus::Container* container) {
    const QString id = container != nullptr ? container->id : QString();
    if (id == m_id)
        return false;
    m_id = id;
    m_error->dismiss();
    m_failed = false;
    return true;
}

// What is asked while an answer is awaited is asked after it.
bool ContainerTab::mayAsk() {
    if (m_id.isEmpty() || m_client.state() != EngineClient::State::Ready)
        return false;
    m_again = std::exchange(m_reading, true);
    return !m_again;
}

bool ContainerTab::takeAnswer(const QString& id, const Error* error, const QString& what) {
    m_reading = false;
    if (std::exchange(m_again, false) || id != m_id) {
        read();
        return false;
    }
    if (error == nullptr) {
        if (std::exchange(m_failed, false))
            m_error->dismiss();
        return true;
    }
    const bool wasTold = std::exchange(m_failed, true);
    if (m_timer.interval() == 0)
        m_error->show(*error, what, tr("Try again"), [this] { read(); });
    else if (!wasTold && error->code != ErrorCode::WrongState)
        m_error->show(*error, what);
    return false;
}

void ContainerTab::addNotice(QWidget* notice) {
    m_notices->addWidget(notice);
}

void ContainerTab::addPage(QWidget* page) {
    m_stack->addWidget(page);
}

void ContainerTab::addBelow(QWidget* widget) {
    m_column->addWidget(widget);
}

QLineEdit* ContainerTab::addFilter(const QString& objectName) {
    QLineEdit* filter = searchField(objectName, m_bar);
    filter->setMaximumWidth(320);
    m_tools->addWidget(filter, 1);
    return filter;
}

void ContainerTab::showPage(QWidget* page) {
    m_stack->setCurrentWidget(page);
}

void ContainerTab::showEmpty(const QString& title, const QString& text, const QString& action) {
    if (m_id.isEmpty())
        m_empty->set(m_symbol, tr("No container selected"), tr("Select one above."));
    else
        m_empty->set(m_symbol, title, text, action);
    m_stack->setCurrentWidget(m_empty);
}

void ContainerTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_timer.interval() > 0)
        m_timer.start();
    read();
}

void ContainerTab::hideEvent(QHideEvent* event) {
    m_timer.stop();
    QWidget::hideEvent(event);
}

} // namespace escale::gui
