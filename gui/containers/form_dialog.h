// What the Run and the Edit dialog have in common: the pages of a form, what is wrong with it and where, an
// error of the engine, and a button that is enabled only when all is right. It stays, with all entries, until
// accept().
#pragma once

#include <QDialog>

class QLabel;
class QPushButton;
class QTabWidget;

namespace escale::gui {

class ErrorBanner;
class OptionPage;
class RunForm;

class FormDialog : public QDialog {
    Q_OBJECT
public:
    /// `objectName` begins those of the parts.
    FormDialog(const QString& objectName, const QString& doIt, QWidget* parent);
    [[nodiscard]] RunForm& form() const { return *m_form; }

protected:
    /// What else must be right; empty: it is. Shown beside the button.
    [[nodiscard]] virtual QString otherProblem() const { return {}; }
    /// Does it; neither called twice at once nor when something is wrong.
    virtual void submit() = 0;
    /// Other words on the button that does it.
    void setDoIt(const QString& words);
    /// Between submit() and its outcome the button says so and is disabled.
    void setBusy(bool busy);
    void showProblem();
    /// Puts a widget between the pages and the buttons.
    void addBelow(QWidget* widget);
    /// Puts a button beside that which does it; `follows`: it is enabled as that is.
    void addButton(QPushButton* button, bool follows = false);
    [[nodiscard]] ErrorBanner& error() const { return *m_error; }

private:
    void buildLayout(const QString& objectName);
    void goToProblem();

    QString m_doIt;
    RunForm* m_form;
    ErrorBanner* m_error;
    QTabWidget* m_tabs;
    QList<OptionPage*> m_pages;
    QLayout *m_below, *m_buttons;
    QLabel* m_problem;
    QPushButton *m_show, *m_submit;
    QList<QPushButton*> m_followers;
    bool m_busy = false;
};

} // namespace escale::gui
