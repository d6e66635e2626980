// One build as it is shown: its stages, their steps and where each of them is. Before a build it comes from
// the Dockerfile's text, then from the build's events (engine/build/build_events.h). Also what its steps have
// written, within bounds. Pure.
#pragma once

#include "engine/build/build_events.h"
#include "gui/common/log_parser.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <deque>
#include <map>
#include <string>

namespace escale::gui {

enum class StepState { Waiting, Cached, Running, Done, Failed, Cancelled };

struct ShownStep {
    QString id; // "1.2"
    QString stage;
    QString text;    // "RUN make"
    QString keyword; // "RUN"
    int line = 0;    // in the Dockerfile, from 1; 0: not known
    QStringList inputs;
    StepState state = StepState::Waiting;
    qint64 started = 0, finished = 0; // Unix milliseconds; 0: not yet
    quint64 size = 0;                 // bytes of its layer's files
    QString layer;                    // diffId; empty: it has none
    int exitCode = 0;
    QString error;
    int warnings = 0;

    /// Whether it can take time or bytes: RUN, COPY, ADD, FROM and WORKDIR.
    [[nodiscard]] bool makesFiles() const;
    /// Milliseconds so far; 0 before it begins.
    [[nodiscard]] qint64 duration(qint64 now) const;
    bool operator==(const ShownStep&) const = default;
};

struct ShownStage {
    QString id, name, base, platform;
    bool isNeeded = true; // by the target
    QList<ShownStep> steps;
    QStringList images = {}; // those that its steps take files of, as a plan knows them

    /// "builder", or "stage 2".
    [[nodiscard]] QString title() const;
    bool operator==(const ShownStage&) const = default;
};

/// What the plan of a text is made for.
struct PlanRequest {
    std::string target;
    std::map<std::string, std::string> arguments;
    std::string platform;
};

class BuildModel {
public:
    enum class State { Planned, Running, Done, Failed, Cancelled };
    /// Of one step's output, then of all of them; what is older goes.
    static constexpr qsizetype kMostOfStep = 2 << 20, kMostOfAll = 32 << 20;

    /// The stages and steps that a build of this text would have. A text with mistakes gives what can be read
    /// of it.
    static BuildModel plan(const std::string& text, const PlanRequest& request);
    /// Something has happened. The first event ("build") forgets what was planned.
    void apply(const BuildEvent& event);

    [[nodiscard]] const QList<ShownStage>& stages() const { return m_stages; }
    [[nodiscard]] const ShownStep* step(const QString& id) const;
    /// All of them, in the file's order.
    [[nodiscard]] QList<const ShownStep*> steps() const;
    [[nodiscard]] const ShownStep* failedStep() const;
    /// The step on that line of the Dockerfile.
    [[nodiscard]] const ShownStep* stepAtLine(int line) const;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    [[nodiscard]] qint64 started() const { return m_started; }
    [[nodiscard]] qint64 duration(qint64 now) const;
    /// Steps that can take time, and how many of them are over.
    [[nodiscard]] int stepCount() const;
    /// Of these, those whose files a later build may find in the cache.
    [[nodiscard]] int keptCount() const;
    [[nodiscard]] int endedCount() const;
    [[nodiscard]] int cachedCount() const;
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const QString& error() const { return m_error; }
    [[nodiscard]] const QString& hint() const { return m_hint; }
    [[nodiscard]] const QString& image() const { return m_image; }
    [[nodiscard]] const QStringList& names() const { return m_names; }
    [[nodiscard]] quint64 size() const { return m_size; }
    [[nodiscard]] int warnings() const { return m_warnings; }
    [[nodiscard]] const QString& target() const { return m_target; }

    /// What a step has written.
    [[nodiscard]] QList<LogLine> log(const QString& step) const;
    /// Its last lines, as many.
    [[nodiscard]] QStringList lastLines(const QString& step, int count) const;
    /// Lines ever, so that whoever shows them knows which are new; those that went count, too.
    [[nodiscard]] qint64 logEnd(const QString& step) const;
    /// From that one on, as far as they are there.
    [[nodiscard]] QList<LogLine> logFrom(const QString& step, qint64 first) const;
    /// Older lines of it were left out.
    [[nodiscard]] bool isLogCut(const QString& step) const;

private:
    struct Log {
        std::deque<LogLine> lines;
        qsizetype bytes = 0;
        qint64 dropped = 0;
    };
    ShownStep* find(const QString& id);
    ShownStage* findStage(const QString& id);
    void begin(const BuildEvent& event);
    void addStep(const BuildEvent& event);
    void finish(ShownStep& step, const BuildEvent& event);
    void addLog(const QString& step, qint64 time, const QString& text);
    void dropFirst(Log& log);
    void end(const BuildEvent& event);

    QList<ShownStage> m_stages;
    QHash<QString, std::pair<qsizetype, qsizetype>> m_places; // stage and step, by id
    QHash<QString, Log> m_logs;
    qsizetype m_logBytes = 0;
    State m_state = State::Planned;
    qint64 m_started = 0, m_ended = 0;
    QString m_text, m_target, m_error, m_hint, m_image;
    QStringList m_names;
    quint64 m_size = 0;
    int m_warnings = 0;
};

} // namespace escale::gui
