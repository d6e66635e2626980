#include "gui/stacks/compose_check.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace escale::gui {

ComposeCheck::ComposeCheck(std::function<compose::LoadRequest()> request, QObject* parent)
    : QObject(parent)
    , m_request(std::move(request)) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ComposeCheck::loadNow);
}

void ComposeCheck::ask() {
    ++m_asked;
    m_pause.start();
}

void ComposeCheck::hurry() {
    if (m_pause.isActive())
        loadNow();
}

void ComposeCheck::loadNow() {
    m_pause.stop();
    if (m_isLoading)
        return; // when it is done, what was asked meanwhile comes
    compose::LoadRequest request = m_request();
    if (request.files.empty()) {
        m_reported = m_asked;
        return;
    }
    m_isLoading = true;
    QThreadPool::globalInstance()->start(
        [self = QPointer(this), turn = m_asked, request = std::move(request)] {
            const auto loaded = std::make_shared<const compose::Loaded>(compose::loadProject(request));
            MadeStackPtr made;
            if (!compose::hasErrors(loaded->problems))
                made = std::make_shared<const compose::MadeStack>(
                    compose::makeStack(loaded->project, loaded->variables));
            QMetaObject::invokeMethod(
                qApp,
                [self, turn, loaded, made] {
                    if (self == nullptr)
                        return;
                    self->m_isLoading = false;
                    // Places of an older text would be wrong ones in this.
                    if (turn != self->m_asked)
                        return self->m_pause.isActive() ? void() : self->loadNow();
                    self->m_reported = turn;
                    Q_EMIT self->reported(loaded, made);
                },
                Qt::QueuedConnection);
        });
}

} // namespace escale::gui
