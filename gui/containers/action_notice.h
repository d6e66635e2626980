// A line above the list: what is done to a container now, with Cancel, and what came of it, when that is no
// error; with a way back where there is one.
#pragma once

#include "gui/containers/recreate.h"

#include <QFrame>
#include <QTimer>

class QAction;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace escale::gui {

class ActionNotice : public QFrame {
    Q_OBJECT
public:
    explicit ActionNotice(QWidget* parent = nullptr);
    /// Work goes on: `cancellable` shows the button.
    void showWork(const QString& text, bool cancellable);
    /// It is over; stays until it is dismissed.
    void showOutcome(const QString& text);
    /// The same for a moment, with a way back that is in the menus, too. Not in the place of work that goes
    /// on or of a question.
    void showBriefly(const QString& text, QAction* undo);
    /// Something needs a decision; stays until it is dismissed.
    void ask(const QString& text, const QList<QAction*>& choices);
    [[nodiscard]] QString text() const;
    /// "web: stopping the old container…"
    static QString words(Recreate::Step step, const QString& name);

Q_SIGNALS:
    void cancelled();

private:
    void show(const QString& text, bool works, bool cancellable);
    void addChoices(const QList<QAction*>& choices);
    void clearChoices();
    void fade();

    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QHBoxLayout* m_choices;
    QToolButton* m_dismiss;
    QTimer m_moment;
    bool m_working = false, m_asking = false;
};

} // namespace escale::gui
