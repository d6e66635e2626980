// The stack in front of somebody: its files as they are written now, what the engine has of it, and what is
// done to it, followed by its events. GUI thread.
#pragma once

#include "engine/stack/compose/make_stack.h"
#include "gui/client/engine_client.h"
#include "gui/common/list_reader.h"
#include "gui/stacks/stack_changes.h"
#include "gui/stacks/stack_graph.h"
#include "gui/stacks/stacks_model.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace escale::gui {

class GrowingLines;
class RegistryAccounts;

enum class StackAction { Up, Down, Start, Stop, Restart, Pause, Unpause, Pull, Build, Scale };

class CurrentStack : public QObject {
    Q_OBJECT
public:
    using LoadedPtr = std::shared_ptr<const compose::Loaded>;
    using MadePtr = std::shared_ptr<const compose::MadeStack>;

    CurrentStack(EngineClient& client, RegistryAccounts& accounts, QObject* parent = nullptr);
    ~CurrentStack() override;

    /// Another one: what was of the one before goes, but for what is done to it in the engine.
    void open(const ListedStack& stack);
    /// What the loader says of its files.
    void take(const LoadedPtr& loaded, const MadePtr& made);

    /// Empty: not known yet.
    [[nodiscard]] const QString& project() const { return m_project; }
    [[nodiscard]] const LoadedPtr& loaded() const { return m_loaded; }
    /// There are files, and they can be brought up.
    [[nodiscard]] bool canBeBroughtUp() const;
    /// It has containers.
    [[nodiscard]] bool isHere() const { return !m_containers.isEmpty(); }
    [[nodiscard]] const dbus::StackContainers& containers() const { return m_containers; }
    [[nodiscard]] int runningCount() const;
    [[nodiscard]] const StackProgress& progress() const { return m_progress; }
    [[nodiscard]] StackGraph graph() const;
    /// From something's wish to its end.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] StackAction action() const { return m_action; }

    /// What is in the files and not in what runs; not while it does not run.
    [[nodiscard]] const QList<StackChange>& changes() const { return m_changes; }
    /// What an Up would do, beside starting what is there.
    [[nodiscard]] const dbus::StackSteps& plan() const { return m_plan; }
    /// How many things are not applied; 0: all are, or it does not run.
    [[nodiscard]] int unappliedCount() const;
    /// Volumes that a Down with volumes would take away, by their names in the engine.
    [[nodiscard]] QStringList volumes() const;

    /// `options`: those of the verb in Stacks. `services` empty: all. Ignored while something is done.
    void act(StackAction action, const QStringList& services = {}, const QVariantMap& options = {});
    void scale(const QString& service, quint32 replicas);
    void cancel();

Q_SIGNALS:
    /// Anything of it is another one.
    void changed();
    /// The state of what is done, many times a second.
    void progressed();
    /// It has ended; progress() says how. Once.
    void ended();
    /// It could not begin, or failed in a way that no step tells.
    void failed(const escale::Error& error, const QString& what);
    /// What asks for something that cannot be opened stands there.
    void misplaced(const escale::compose::Problem& problem);

private:
    void setProject(const QString& project);
    void refresh();
    void readConfig();
    void takeConfig(const QByteArray& text);
    void loadConfig(const std::string& text);
    void compare();
    void askPlan();
    void begin(StackAction action);
    void withStack(std::function<void(const OpenedStack& stack, const QVariantMap& accounts)> then);
    void withDemoImage(std::function<void()> then);
    Answer<StackWork> taker();
    void follow(const StackWork& work);
    void takeJobEnd();
    void finish();

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    ListReader<dbus::StackContainers> m_reader;
    ListedStack m_listed;
    QString m_project;
    LoadedPtr m_loaded;
    MadePtr m_made;
    dbus::StackContainers m_containers;
    std::optional<compose::Node> m_running; // the canonical form of what runs
    QList<StackChange> m_changes;
    dbus::StackSteps m_plan;
    StackProgress m_progress;
    StackAction m_action = StackAction::Up;
    GrowingLines* m_events;
    QPointer<Job> m_job;
    QTimer m_patience; // for the last events, once the job has ended
    QTimer m_pause;    // of plans, while one types
    bool m_isBusy = false, m_isCancelled = false;
    bool m_isAsked = false; // the engine has been asked to do it
    quint64 m_number = 0;   // of what is done
};

/// "Bring shop up"
QString stackActionText(StackAction action, const QString& name);

} // namespace escale::gui
