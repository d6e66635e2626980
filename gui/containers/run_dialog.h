// Asks how to run an image, and teaches how: each option says what it does and what docker calls it, and the
// whole is shown as a docker run line. Enter runs with what is there: every field has a good default. It
// closes when the engine has taken the container. One that is only made, to be started later, is docker
// create's: the button says that line.
#pragma once

#include "gui/client/call.h"
#include "gui/client/run_request.h"
#include "gui/containers/form_dialog.h"
#include "helper/dbus/types.h"

#include <functional>

namespace escale::gui {

class CommandLine;
class EngineClient;
class Job;

class RunDialog : public FormDialog {
    Q_OBJECT
public:
    /// EngineClient's run and create, or what stands for them.
    struct Engine {
        std::function<void(const RunRequest& request, QObject* guard,
                           Answer<std::pair<QString, Job*>> answer)>
            run;
        std::function<void(const RunRequest& request, QObject* guard, Answer<QString> answer)> create;
        // To choose from:
        std::function<void(QObject* guard, Answer<dbus::NetworkList> answer)> networks = {};
        std::function<void(QObject* guard, Answer<dbus::VolumeList> answer)> volumes = {};
    };
    static Engine engineOf(EngineClient& client);

    /// `name`: what to run, as people write it ("debian:12"). Of the image of that name among `images`, those
    /// on this machine, the command and the ports are shown.
    RunDialog(const QString& name, dbus::ImageList images, Engine engine, QWidget* parent = nullptr);
    /// What would run now, with the image's full name.
    [[nodiscard]] RunRequest request() const;

Q_SIGNALS:
    /// The engine has taken it and the dialog is closed; the job goes on.
    void started(const QString& id, const QString& image, Job* job);
    /// It was made without starting it, and the dialog is closed.
    void created(const QString& id);

protected:
    [[nodiscard]] QString otherProblem() const override;
    void submit() override;

private:
    void takeChange();
    void create();
    bool end(const Result<>& taken, const QString& what);
    void takeImage();

    dbus::ImageList m_images;
    QString m_shownImage; // whose command and ports are shown
    Engine m_engine;
    CommandLine* m_line;
    QPushButton* m_create;
};

} // namespace escale::gui
