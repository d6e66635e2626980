// An error shown where it happened: what failed, what to do next, an action when there is one, and a way to
// dismiss it.
#pragma once

#include "engine/base/error.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace escale::gui {

class ErrorBanner : public QFrame {
    Q_OBJECT
public:
    explicit ErrorBanner(QWidget* parent = nullptr);

    /// Shows the error; `what` ("Pull debian:12") goes before the message. A cancelled action is no error:
    /// then it hides.
    void show(const Error& error, const QString& what = {});
    /// As above with a button that does something about it.
    void show(const Error& error, const QString& what, const QString& action, std::function<void()> act);
    void dismiss();

    [[nodiscard]] QString message() const;
    [[nodiscard]] QString hint() const;

private:
    void changeEvent(QEvent* event) override;
    void drawIcon();

    QLabel* m_icon;
    QLabel* m_message;
    QLabel* m_hint;
    QPushButton* m_action;
    std::function<void()> m_act;
};

/// What can be done about an error whose sender gave no hint; may be empty.
QString defaultHint(ErrorCode code);

} // namespace escale::gui
