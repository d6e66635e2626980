// Loads a project while its files are written: on a worker thread, once nobody has typed for a moment. What
// it tells is of what was asked last; one load at a time.
#pragma once

#include "engine/stack/compose/make_stack.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace escale::gui {

/// What the loader has made of the files. `made` is null while `loaded` has errors.
using LoadedPtr = std::shared_ptr<const compose::Loaded>;
using MadeStackPtr = std::shared_ptr<const compose::MadeStack>;

class ComposeCheck : public QObject {
    Q_OBJECT
public:
    /// `request` says what to load, on this thread, when its turn has come; without files there is nothing.
    ComposeCheck(std::function<compose::LoadRequest()> request, QObject* parent);
    /// Something is another: loads later, when nothing else changes.
    void ask();
    /// Loads what waits, now.
    void hurry();
    /// Whether the last report is of the last question.
    [[nodiscard]] bool isUpToDate() const { return m_reported == m_asked; }
    /// How long nothing must change: milliseconds.
    static constexpr int kPause = 250;

Q_SIGNALS:
    void reported(escale::gui::LoadedPtr loaded, escale::gui::MadeStackPtr made);

private:
    void loadNow();

    std::function<compose::LoadRequest()> m_request;
    QTimer m_pause;
    quint64 m_asked = 0, m_reported = 0; // questions
    bool m_isLoading = false;
};

} // namespace escale::gui
