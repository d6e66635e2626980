// What happens while a stack is brought up, taken down, …: made of the engine's events, a line of JSON each
// (Stacks.Up). Pure.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct ShownStackStep {
    enum class State { Waiting, Running, Done, Failed, Skipped };
    QString kind;    // "create", "start", … (engine/stack/stack_plan.h, stepName())
    QString service; // empty: a network's or a volume's
    QString name;    // of the container, network or volume
    QString condition;
    QString why;   // in the engine's words; may be empty
    QString error; // when it failed
    int number = 0;
    QList<int> after; // steps that it waits for
    State state = State::Waiting;
    qint64 began = 0, ended = 0; // Unix milliseconds; 0: not yet
};

/// A service's image on its way.
struct ShownStackImage {
    QString service;
    QString state; // "pulling", "building", "present", "done", "failed"
    QString error;
    QString build; // the build's id; may be empty
    qint64 began = 0, ended = 0;
};

class StackProgress {
public:
    enum class State { None, Running, Done, Failed, Cancelled };

    /// Something begins: nothing of what was before is kept.
    void begin(qint64 time);
    /// A line of the events. What is no event comes from another version, and is left out.
    void apply(const QByteArray& line);
    /// It is over, whatever the events have told: the job's end.
    void end(State state, qint64 time);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    [[nodiscard]] const QList<ShownStackStep>& steps() const { return m_steps; }
    [[nodiscard]] const QList<ShownStackImage>& images() const { return m_images; }
    [[nodiscard]] const QStringList& warnings() const { return m_warnings; }
    [[nodiscard]] qint64 began() const { return m_began; }
    [[nodiscard]] qint64 planned() const { return m_planned; } // 0: not yet
    [[nodiscard]] qint64 ended() const { return m_ended; }

    /// Steps that are done, and all of them.
    [[nodiscard]] int doneCount() const;
    /// What is done to a service now, in words: "waits for db: healthy"; empty: nothing.
    [[nodiscard]] QString workOn(const QString& service) const;
    /// Why something about that service failed; empty: it did not.
    [[nodiscard]] QString errorOf(const QString& service) const;
    /// Whether something is done to it now, or it waits for something.
    [[nodiscard]] bool isBusy(const QString& service) const;
    [[nodiscard]] bool isWaiting(const QString& service) const;
    /// What a step that has not begun waits for: "db: healthy"; empty: nothing.
    [[nodiscard]] QString waitsFor(const ShownStackStep& step) const;
    /// Of the steps that it is after, the one that ended last, or has not ended.
    [[nodiscard]] const ShownStackStep* lastBefore(const ShownStackStep& step) const;

private:
    State m_state = State::None;
    QList<ShownStackStep> m_steps;
    QList<ShownStackImage> m_images;
    QStringList m_warnings;
    qint64 m_began = 0, m_planned = 0, m_ended = 0;
};

/// "Create db-1", "Wait for db: healthy".
QString stackStepText(const ShownStackStep& step);
/// "healthy", "ended well"; empty for "started", which goes without saying.
QString conditionText(const QString& condition);
QString stackStepStateText(ShownStackStep::State state);
/// What can be done about a failure in these words; may be empty.
QString stackFailureHint(const QString& error);

} // namespace escale::gui
