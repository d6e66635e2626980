// "Try it": writes, removes or makes a file in the container by a command that is shown, to see what its
// layers do. GUI thread.
#pragma once

#include "engine/base/error.h"
#include "gui/learn/layer_trial.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;

namespace escale::gui {

class Confirmation;
class EngineClient;
class Session;

class LayerTrialBar : public QWidget {
    Q_OBJECT
public:
    LayerTrialBar(EngineClient& client, const QString& name, QWidget* parent);
    ~LayerTrialBar() override;
    /// Where it is tried. `why`: why nothing can be; empty: it can.
    void setContainer(const QString& container, const QString& why);
    /// What is appended to and removed: a file that is seen. Empty: there is none.
    void setFile(const QString& path);
    /// Of the file that is made.
    void setNewFile(const QString& path);

Q_SIGNALS:
    void failed(const escale::Error& error);

private:
    void tryIt(LayerTrial trial);
    void run(LayerTrial trial, const QString& path);
    void end(const QString& words);
    void updateButtons();

    EngineClient& m_client;
    QString m_container, m_why, m_file, m_newFile;
    QPushButton *m_append, *m_remove, *m_create;
    QLabel *m_line, *m_outcome;
    Confirmation* m_confirmation;
    std::unique_ptr<Session> m_session;
    QByteArray m_said; // to standard error
    bool m_isRunning = false;
};

} // namespace escale::gui
