// Asks how to run an image, and teaches how: each option says what it does and what docker calls it, and the
// whole is shown as a docker run line. Enter runs with what is there: every field has a good default. It
// stays, with all entries, until the engine has taken the container.
#pragma once

#include "gui/client/call.h"
#include "gui/client/run_request.h"
#include "helper/dbus/types.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;
class QTabWidget;

namespace escale::gui {

class CommandLine;
class ErrorBanner;
class Job;
class OptionPage;
class RunForm;

class RunDialog : public QDialog {
    Q_OBJECT
public:
    /// EngineClient::run, or what stands for it.
    using Runner = std::function<void(const RunRequest& request, QObject* guard,
                                      Answer<std::pair<QString, Job*>> answer)>;
    /// `name`: what to run, as people write it ("debian:12"). Of the image of that name among `images`, those
    /// on this machine, the command and the ports are shown.
    RunDialog(const QString& name, dbus::ImageList images, Runner runner, QWidget* parent = nullptr);
    /// What would run now, with the image's full name.
    [[nodiscard]] RunRequest request() const;
    [[nodiscard]] RunForm& form() const { return *m_form; }

Q_SIGNALS:
    /// The engine has taken it and the dialog is closed; the job goes on.
    void started(const QString& id, const QString& image, Job* job);

private:
    void buildLayout();
    void takeChange();
    void takeImage();
    void showProblem();
    void goToProblem();
    void run();

    dbus::ImageList m_images;
    QString m_shownImage; // whose command and ports are shown
    Runner m_runner;
    RunForm* m_form;
    ErrorBanner* m_error;
    QTabWidget* m_tabs;
    QList<OptionPage*> m_pages;
    CommandLine* m_line;
    QLabel* m_problem;
    QPushButton *m_show, *m_run;
    bool m_running = false;
};

} // namespace escale::gui
