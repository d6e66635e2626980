#include "helper/service/call.h"

#include "helper/dbus/error_text.h"
#include "helper/jobs/job.h"

#include <QThreadPool>

namespace escale {

Call::Call(QDBusConnection bus, QDBusMessage message)
    : m_bus(std::move(bus))
    , m_message(std::move(message)) {
    m_message.setDelayedReply(true);
    ++unanswered;
}

Call::~Call() {
    if (!m_answered)
        refuse(Error{ErrorCode::Internal,
                     m_message.member().toStdString() + " was dropped without an answer",
                     {},
                     {}});
    --unanswered;
}

void Call::admit(QVariantList arguments, QVariantMap options) {
    m_arguments = std::move(arguments);
    m_options = std::move(options);
}

void Call::reply(const QVariantList& values) {
    send(m_message.createReply(values));
}

void Call::refuse(const Error& error) {
    const auto text = dbus::errorText(error);
    refuse(text.name, text.text());
}

void Call::refuse(const QString& errorName, const QString& text) {
    send(m_message.createErrorReply(errorName, text));
}

void Call::answer(const Result<QVariantList>& result) {
    if (result)
        reply(*result);
    else
        refuse(result.error());
}

void Call::send(const QDBusMessage& reply) {
    if (!m_answered.exchange(true) && m_message.isReplyRequired())
        m_bus.send(reply);
}

void answerFrom(QThreadPool& pool, CallPointer call, std::function<Result<QVariantList>()> work) {
    pool.start([call = std::move(call), work = std::move(work)] { call->answer(work()); });
}

void answerWithJob(const CallPointer& call, const Result<Job*>& job) {
    if (job)
        call->reply({QVariant::fromValue(QDBusObjectPath((*job)->path()))});
    else
        call->refuse(job.error());
}

} // namespace escale
