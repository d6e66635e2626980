// The build in front of somebody: planned while the Dockerfile is written, then begun, followed by its
// events, and ended. GUI thread.
#pragma once

#include "gui/build/build_events_reader.h"
#include "gui/build/build_model.h"
#include "gui/build/build_start.h"
#include "gui/client/engine_client.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace escale::gui {

class RegistryAccounts;

class CurrentBuild : public QObject {
    Q_OBJECT
public:
    CurrentBuild(EngineClient& client, RegistryAccounts& accounts, QObject* parent = nullptr);
    [[nodiscard]] const BuildModel& model() const { return m_model; }
    [[nodiscard]] const BuildSettings& settings() const { return m_settings; }
    /// The engine's id of it; empty: it has not begun.
    [[nodiscard]] const QString& id() const { return m_id; }
    /// From the wish to the end.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// What would be built. Ignored while one is; what an earlier build has shown goes.
    void plan(const std::string& text, const PlanRequest& request);
    void start(const BuildSettings& settings, const QString& text);
    void cancel();

Q_SIGNALS:
    /// The model is another one, or further on.
    void changed();
    void begun(escale::gui::Job* job);
    /// "Sending the files: …"; empty: they are there.
    void progressed(const QString& words);
    /// It has ended; model() says how. Once a build.
    void ended();
    /// It could not begin, or failed in a way that no step tells.
    void failed(const escale::Error& error);

private:
    void follow(const BegunBuild& build);
    void readEvents();
    void takeEvents(const QList<BuildEvent>& events);
    void takeJobEnd();
    void finish();

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    BuildModel m_model;
    BuildSettings m_settings;
    BuildStart* m_start;
    BuildEventsReader* m_reader;
    QPointer<Job> m_job;
    QString m_id;
    std::optional<Error> m_sendError;
    QTimer m_patience; // for the last events, once the job has ended
    bool m_isBusy = false;
    quint64 m_number = 0; // of the build that was wished for last
};

} // namespace escale::gui
