// Why a build has failed, where it did: the step, the last lines it wrote, and what can be done about it.
#pragma once

#include "gui/build/build_model.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace escale::gui {

class FailureNote : public QFrame {
    Q_OBJECT
public:
    explicit FailureNote(QWidget* parent = nullptr);
    /// Hidden when no step of it has failed. `keepsStep`: one can look into it.
    void show(const BuildModel& model, bool keepsStep);
    void dismiss();

Q_SIGNALS:
    void lineRequested();
    void terminalRequested();

private:
    void changeEvent(QEvent* event) override;
    void drawIcon();

    QLabel *m_icon, *m_title, *m_lines, *m_hint;
    QPushButton *m_line, *m_terminal;
};

} // namespace escale::gui
