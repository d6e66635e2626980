// What the engine really did to make the container, step by step, with the shell command that does the same.
#pragma once

#include "engine/base/made_step.h"
#include "gui/learn/learn_page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace escale::gui {

class EngineClient;

class MakingPage : public LearnPage {
    Q_OBJECT
public:
    explicit MakingPage(EngineClient& client, QWidget* parent = nullptr);
    [[nodiscard]] const MadeSteps& steps() const { return m_steps; }
    /// All of it as one script.
    [[nodiscard]] QString script() const;
    /// Writes it, so that it can be executed.
    Result<> exportScript(const QString& file) const;

protected:
    void refresh() override;
    void containerChanged() override;
    [[nodiscard]] QString explanationOf(const QString& id) const override;
    [[nodiscard]] bool showsStopped() const override { return true; }

private:
    void buildBelow();
    void take(const dbus::MadeSteps& steps);
    void takeError(const Error& error);
    void showCommand(const QString& id) const;
    void askExport();

    EngineClient& m_client;
    MadeSteps m_steps;
    bool m_isRead = false;
    QLabel* m_commandTitle;
    QPlainTextEdit* m_command;
    QPushButton *m_copy, *m_copyScript, *m_exportScript;
};

} // namespace escale::gui
