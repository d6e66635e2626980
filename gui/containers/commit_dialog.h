// Makes an image of a container: asks for its name, shows how far it is, and stays open when it fails.
#pragma once

#include "engine/base/error.h"

#include <QDialog>
#include <QPointer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class Job;

class CommitDialog : public QDialog {
    Q_OBJECT
public:
    CommitDialog(EngineClient& client, QString id, const QString& name, const QString& image,
                 QWidget* parent);
    /// "registry:5000/group/name:tag" of the container's image makes "group/name:changed".
    static QString proposal(const QString& image, const QString& name);

private:
    void buildLayout(const QString& name);
    void submit();
    void follow(Job* job);
    void showError(const Error& error);
    void setBusy(bool busy);
    void updateButton();

    EngineClient& m_client;
    QString m_id;
    QLineEdit *m_reference, *m_comment, *m_author;
    QCheckBox* m_pause;
    ErrorBanner* m_error;
    QProgressBar* m_progress;
    QPushButton *m_cancel, *m_save;
    QPointer<Job> m_job;
    bool m_busy = false;
};

} // namespace escale::gui
