// Settings' part about the docker command line: whether Escale answers it, and whether it knows Escale.
#pragma once

#include "engine/base/result.h"
#include "gui/app/docker_context.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace escale::gui {

class DockerSection : public QWidget {
    Q_OBJECT
public:
    explicit DockerSection(QWidget* parent);

private:
    // What was found out, on another thread.
    struct Findings {
        Result<void> done;
        Result<DockerContext::State> context;
        bool answers = false, canStart = false;
    };
    /// Does it on another thread, then looks anew and shows what is so now.
    void perform(std::function<Result<void>()> work);
    static Findings find(const std::function<Result<void>()>& work);
    void take(const Findings& findings);
    void tell(const Findings& findings);

    QPointer<QWidget> m_pressed; // gets the keyboard back: what is disabled for a moment loses it
    QLabel* m_state;
    QPushButton* m_start;
    QCheckBox *m_known, *m_current;
    QLabel* m_note;
};

} // namespace escale::gui
