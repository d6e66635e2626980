// A line above the list while a container is replaced, or its image looked for: what is done now, and Cancel;
// at the end what came of it, when that is no error.
#pragma once

#include "gui/containers/recreate.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace escale::gui {

class RecreateNotice : public QFrame {
    Q_OBJECT
public:
    explicit RecreateNotice(QWidget* parent = nullptr);
    /// Work goes on: `cancellable` shows the button.
    void showWork(const QString& text, bool cancellable);
    /// It is over; stays until it is dismissed.
    void showOutcome(const QString& text);
    [[nodiscard]] QString text() const;
    /// "web: stopping the old container…"
    static QString words(Recreate::Step step, const QString& name);

Q_SIGNALS:
    void cancelled();

private:
    void show(const QString& text, bool works, bool cancellable);

    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QToolButton* m_dismiss;
};

} // namespace escale::gui
