// The docker run line of a request: shown, copied, and typed or pasted to fill a form. What is wrong with a
// line, or left out of it, is said beneath. GUI thread.
#pragma once

#include "gui/client/run_request.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;

namespace escale::gui {

class CommandLine : public QWidget {
    Q_OBJECT
public:
    explicit CommandLine(QWidget* parent = nullptr);
    /// Shows its line; a line that was entered and reads as this request stays as it is.
    void setRequest(const RunRequest& request);
    [[nodiscard]] QString text() const;
    /// Why the line as it stands cannot be read; empty: it can.
    [[nodiscard]] const QString& problem() const { return m_problem; }

Q_SIGNALS:
    /// A line that can be read was typed or pasted. Ports without an address are published to this computer
    /// only: docker would open them to the network, and a README is not the person's decision.
    void entered(const RunRequest& request);
    void problemChanged();

private:
    void read();
    void fitHeight();
    void showWords(const QString& words, const char* role);

    QPlainTextEdit* m_edit;
    QLabel* m_words;
    QTimer m_pause; // between the last key and the reading
    std::optional<RunRequest> m_entered;
    QString m_problem;
    bool m_setting = false;
};

} // namespace escale::gui
