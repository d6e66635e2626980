// Asks which image's tools a debug terminal is to have, says what happens, pulls the image when it is not
// here and starts the container. Stays open, with the reason, when that fails.
#pragma once

#include "gui/client/engine_client.h"

#include <QDialog>
#include <QPointer>

#include <functional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace escale::gui {

class ErrorBanner;

class DebugDialog : public QDialog {
    Q_OBJECT
public:
    /// The engine's calls, or what stands for them. They answer when it has ended.
    struct Calls {
        /// `begun` gets the job before, for its progress.
        std::function<void(const QString& reference, QObject* guard, std::function<void(Job*)> begun,
                           Answer<> answer)>
            pull;
        /// Answers with the id when it runs; on an error nothing of it is left.
        std::function<void(const RunRequest& request, QObject* guard, Answer<QString> answer)> run;
    };
    static Calls callsOf(EngineClient& client);

    DebugDialog(ContainerDetails target, const dbus::ImageList& images, Calls calls, QWidget* parent);

    /// Cancels the pull. A start takes a moment only: it is waited for.
    void reject() override;

Q_SIGNALS:
    /// The debug container runs; the dialog is closed.
    void started(const QString& id, const QString& image);

private:
    void buildLayout();
    [[nodiscard]] QString image() const;
    void submit();
    void pull(const QString& image);
    void run(const QString& image);
    void follow(Job* job);
    void showError(const Error& error, const QString& what);
    void fit();
    void setBusy(const QString& words);
    void update();

    ContainerDetails m_target;
    dbus::ImageList m_images;
    Calls m_calls;
    QComboBox* m_image;
    QLabel *m_note, *m_words;
    ErrorBanner* m_error;
    QProgressBar* m_progress;
    QPushButton *m_cancel, *m_open;
    QPointer<Job> m_job;
    bool m_busy = false, m_starts = false;
};

} // namespace escale::gui
