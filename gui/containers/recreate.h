// Puts a new container in an old one's place: the old one is stopped and put aside under another name, and
// goes only when the new one is up (and healthy, when it has a check); one that does not run is replaced by
// one that is made and not started. Whatever fails before is undone: the
// new one is removed, the old one gets its name back and runs again if it ran. A state machine without a
// widget. GUI thread.
#pragma once

#include "gui/client/call.h"
#include "gui/client/run_request.h"
#include "helper/dbus/types.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace escale::gui {

class EngineClient;

class Recreate : public QObject {
    Q_OBJECT
public:
    enum class Step { Stopping, PuttingAside, Making, Starting, Waiting, Removing, RollingBack };

    /// The engine's calls, or what stands for them. Those that are jobs answer when the job has ended.
    struct Calls {
        using OfId = std::function<void(const QString& id, QObject* guard, Answer<> answer)>;
        OfId stop, start, remove; // remove: also when it runs
        std::function<void(const QString& id, const QString& name, QObject* guard, Answer<> answer)> rename;
        /// Answer with the id when it runs, or is made; on an error nothing of it is left.
        std::function<void(const RunRequest&request, QObject*guard, Answer<QString> answer)> run, create;
        std::function<void(const QString& id, QObject* guard, Answer<dbus::Container> answer)> inspect;
        /// Its anonymous volumes as mounts that name them: the new one gets the same files. May be empty.
        std::function<void(const QString& id, QObject* guard, Answer<QStringList> answer)> volumes = {};
    };
    static Calls callsOf(EngineClient& client);

    struct Outcome {
        QString
            id; // of the new container, also when all that failed is the removal of the old one; else empty
        Result<> done;           // an error says in which state things are; Cancelled: that is as before
        bool isHalfDone = false; // both containers are there, or the old one is not as it was
    };

    /// In milliseconds.
    struct Times {
        int poll = 500;
        int settle = 3000;     // without a check: it must have run for so long
        int healthy = 120'000; // with one
    };
    /// As long as the check may take by its own options, and at least two minutes.
    static Times timesFor(const QVariantMap& options);

    /// `request`: with the name that the new one gets.
    Recreate(dbus::Container old, RunRequest request, Calls calls, Times times, QObject* parent = nullptr);
    void start();
    /// Undoes what an earlier one has left: `aside` is the old one's name meanwhile, empty if it kept its
    /// own; `newId` may be empty. It ends as after a cancel.
    void putBack(const QString& aside, const QString& newId, bool wasAlive);
    /// Undoes what was done. Too late once the old one is being removed.
    void cancel();
    [[nodiscard]] bool canCancel() const;
    [[nodiscard]] const dbus::Container& old() const { return m_old; }
    /// What the old one is called meanwhile.
    [[nodiscard]] const QString& aside() const { return m_aside; }

Q_SIGNALS:
    void progressed(Recreate::Step step);
    /// Exactly once.
    void ended(const Recreate::Outcome& outcome);

private:
    void go(Step step);
    void putAside();
    void makeNew();
    void keepVolumes();
    void runNew();
    void check();
    void takeState(const dbus::Container& container);
    void removeOld();
    void rollBack(const Error& why);
    void renameBack();
    void startAgain();
    void finish();
    [[nodiscard]] bool stopsHere();
    template <class T, class Then>
    Answer<T> next(Then then);

    dbus::Container m_old;
    RunRequest m_request;
    Calls m_calls;
    Times m_times;
    QString m_aside; // the old one's name meanwhile
    QString m_new;   // the new one's id
    bool m_wasAlive = false, m_isAside = false, m_cancelled = false;
    Step m_step = Step::Stopping;
    Error m_why; // the roll-back's cause
    QList<Error> m_undoErrors;
    QElapsedTimer m_waited;
    QTimer m_poll;
};

} // namespace escale::gui
