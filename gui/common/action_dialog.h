// A small form that does one thing: fields, what is wrong with them while one types, an error of the engine
// in place, and a button that is enabled when all is right. It stays, with all entries, until accept().
#pragma once

#include "engine/base/error.h"

#include <QDialog>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace escale::gui {

class ErrorBanner;

class ActionDialog : public QDialog {
    Q_OBJECT
public:
    /// `objectName` begins those of the parts: "NAME.accept", "NAME.problem".
    ActionDialog(const QString& objectName, const QString& title, const QString& doIt, QWidget* parent);

protected:
    void showEvent(QShowEvent* event) override;
    /// What is wrong; empty: nothing is.
    [[nodiscard]] virtual QString problem() const { return {}; }
    /// Called once, when all is right; then come setBusy(false), showError() or accept().
    virtual void submit() = 0;
    /// A sentence above the fields.
    void addWords(const QString& text);
    /// `text` with its mnemonic.
    QLabel* addField(const QString& text, QWidget* field, const QString& name);
    /// Below the fields, over the whole width.
    void addBelow(QWidget* widget, int stretch = 0);
    /// Shows what is wrong: call it when an entry changed.
    void check();
    void setBusy(bool busy);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    void setDoIt(const QString& words);
    void showError(const Error& error, const QString& what);
    [[nodiscard]] ErrorBanner& error() { return *m_error; }
    /// Grows where more is to be shown than there is room for.
    void fit();

private:
    ErrorBanner* m_error;
    QVBoxLayout *m_above, *m_below;
    QGridLayout* m_fields;
    QLabel* m_problem;
    QPushButton *m_cancel, *m_accept;
    bool m_busy = false;
};

} // namespace escale::gui
