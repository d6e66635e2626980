// One method call that was admitted and authorised. Whoever holds it answers once, from any thread; a call
// that is dropped without an answer gets an Internal error, so no caller ever waits in vain.
#pragma once

#include "engine/base/result.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

#include <atomic>
#include <functional>
#include <memory>
#include <sys/types.h>

class QThreadPool;

namespace escale {

class Job;

class Call {
public:
    Call(QDBusConnection bus, QDBusMessage message);
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call();

    [[nodiscard]] const QDBusMessage& message() const { return m_message; }
    [[nodiscard]] QString path() const { return m_message.path(); }
    [[nodiscard]] uid_t owner() const { return m_owner; }
    /// Without the options.
    [[nodiscard]] const QVariantList& arguments() const { return m_arguments; }
    [[nodiscard]] const QVariantMap& options() const { return m_options; }
    void admit(QVariantList arguments, QVariantMap options);
    void setOwner(uid_t owner) { m_owner = owner; }
    /// Held for as long as the call lives (the dispatcher's limit per user).
    void hold(std::shared_ptr<const char> place) { m_place = std::move(place); }

    void reply(const QVariantList& values = {});
    void refuse(const Error& error);
    /// With a standard error name, for what D-Bus itself defines (UnknownMethod…).
    void refuse(const QString& errorName, const QString& text);
    void answer(const Result<QVariantList>& result);

    /// Calls that wait for their answer now.
    static int pending() { return unanswered; }

private:
    void send(const QDBusMessage& reply);

    QDBusConnection m_bus;
    QDBusMessage m_message;
    std::shared_ptr<const char> m_place;
    uid_t m_owner = static_cast<uid_t>(-1);
    QVariantList m_arguments;
    QVariantMap m_options;
    std::atomic<bool> m_answered = false;
    static inline std::atomic<int> unanswered = 0;
};

using CallPointer = std::shared_ptr<Call>;

/// Runs `work` on the pool and answers with its result: for what may wait for a disk.
void answerFrom(QThreadPool& pool, CallPointer call, std::function<Result<QVariantList>()> work);

/// Answers with the path of a job that was started, or with why none was.
void answerWithJob(const CallPointer& call, const Result<Job*>& job);

} // namespace escale
