// The frame of a tab that reads one thing about the selected container: errors, a row of tools, and the
// content or why there is none. It asks the engine when somebody looks, one question at a time.
#pragma once

#include "gui/client/engine_client.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QStackedWidget;
class QVBoxLayout;

namespace escale::gui {

class EmptyState;
class ErrorBanner;

class ContainerTab : public QWidget {
    Q_OBJECT
protected:
    /// `name`: of its icon; the object is containersPane.NAME.
    ContainerTab(EngineClient& client, const QString& name, QWidget* parent);

    /// Asks the engine (with ask()) for what is shown.
    virtual void read() = 0;
    /// Also that often while somebody looks. Then an error is shown once, and one that says that the
    /// container does not run never: the list of containers says so in a moment.
    void readEvery(int milliseconds);
    /// Another container than before: what is known of that one is to be forgotten.
    bool takeId(const dbus::Container* container);
    /// A method of EngineClient about the container; `take` gets what it tells, `what` goes before an error.
    template <class T>
    void ask(void (EngineClient::*method)(const QString&, QObject*, Answer<T>), const QString& what,
             std::function<void(const T&)> take) {
        if (mayAsk())
            (m_client.*method)(m_id, this,
                               [this, id = m_id, what, take = std::move(take)](const Result<T>& told) {
                                   if (takeAnswer(id, told ? nullptr : &told.error(), what))
                                       take(*told);
                               });
    }

    /// From above: notices (the error is the first), tools, pages of which one is shown, what is below them.
    void addNotice(QWidget* notice);
    void addPage(QWidget* page);
    void addBelow(QWidget* widget);
    /// The row of tools and, in it, a field that narrows down what is shown.
    [[nodiscard]] QHBoxLayout& tools() const { return *m_tools; }
    QLineEdit* addFilter(const QString& objectName);
    void showTools(bool shown) { m_bar->setVisible(shown); }
    void showPage(QWidget* page);
    /// Instead of a page; without a container that is said, whatever is given.
    void showEmpty(const QString& title, const QString& text, const QString& action = {});
    [[nodiscard]] ErrorBanner& error() const { return *m_error; }

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

    EngineClient& m_client;
    QString m_id; // of the container, or empty

private:
    bool mayAsk();
    bool takeAnswer(const QString& id, const Error* error, const QString& what);

    QString m_symbol;
    ErrorBanner* m_error;
    QWidget* m_bar;
    QHBoxLayout* m_tools;
    QVBoxLayout *m_notices, *m_column;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QTimer m_timer;
    bool m_reading = false, m_again = false, m_failed = false;
};

} // namespace escale::gui
