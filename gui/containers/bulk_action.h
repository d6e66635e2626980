// One action on several containers: a few calls at a time, every outcome kept, one answer at the end.
#pragma once

#include "gui/client/call.h"

#include <QObject>
#include <QString>

#include <deque>

namespace escale::gui {

class Job;

struct BulkTarget {
    QString id, name;
};

QStringList idsOf(const QList<BulkTarget>& targets);

struct BulkFailure {
    QString name;
    Error error;
};

struct BulkOutcome {
    int asked = 0;
    QList<BulkTarget> done;
    QList<BulkFailure> failures;
    bool cancelled = false; // the person closed the question for a password: the rest was not tried

    /// Every error in one, as an error banner shows it: "web: not found; db: in use".
    [[nodiscard]] Error error() const;
};

class BulkAction : public QObject {
    Q_OBJECT
public:
    using Act = std::function<void(const BulkTarget&, QObject* guard, Answer<> answer)>;
    using Done = std::function<void(const BulkOutcome&)>;

    /// Deletes itself when it is over; nothing is told when `owner` has gone before. `done` runs once, later
    /// or at once.
    static void run(const QList<BulkTarget>& targets, QObject* owner, Act act, Done done);

private:
    BulkAction(const QList<BulkTarget>& targets, QObject* owner, Act act, Done done);
    void next();
    void take(const BulkTarget& target, const Result<void>& result);

    std::deque<BulkTarget> m_waiting;
    int m_running = 0;
    bool m_starting = false;
    Act m_act;
    Done m_done;
    BulkOutcome m_outcome;
};

/// Answers when a job has ended: with its error, when it has one.
void whenEnded(const Result<Job*>& job, QObject* guard, const Answer<>& answer);

} // namespace escale::gui
