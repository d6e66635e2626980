// One asynchronous D-Bus call with a typed answer: written once here, used by every method of EngineClient.
// The answer arrives on the caller's (GUI) thread, exactly once, and never after `guard` is gone.
#pragma once

#include "engine/base/result.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QObject>

#include <functional>
#include <tuple>
#include <type_traits>

namespace escale::gui {

template <class T = void>
using Answer = std::function<void(Result<T>)>;

/// "org.escale.Error.NotFound" and "message\nhint" become an Error; the bus's own errors get a sentence and a
/// hint.
Error errorFrom(const QDBusError& error);
/// The same for an error that travels as words, as in a job's status.
Error errorFrom(const QString& name, const QString& message, const QString& hint);

namespace detail {
template <class T>
struct Reply {
    using Type = QDBusPendingReply<T>;
    static T value(const Type& reply) { return reply.value(); }
};
template <class A, class B>
struct Reply<std::tuple<A, B>> {
    using Type = QDBusPendingReply<A, B>;
    static std::tuple<A, B> value(const Type& reply) {
        return {reply.template argumentAt<0>(), reply.template argumentAt<1>()};
    }
};
template <class A, class B, class C>
struct Reply<std::tuple<A, B, C>> {
    using Type = QDBusPendingReply<A, B, C>;
    static std::tuple<A, B, C> value(const Type& reply) {
        return {reply.template argumentAt<0>(), reply.template argumentAt<1>(),
                reply.template argumentAt<2>()};
    }
};
template <>
struct Reply<void> {
    using Type = QDBusPendingReply<>;
};
} // namespace detail

/// T: what the method returns: void, one value, or a std::tuple of two or three.
template <class T>
void call(const QDBusPendingCall& pending, QObject* guard, Answer<T> answer) {
    auto* watcher = new QDBusPendingCallWatcher(pending, guard);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, guard,
                     [answer = std::move(answer)](QDBusPendingCallWatcher* done) {
                         done->deleteLater();
                         const typename detail::Reply<T>::Type reply(*done);
                         if (reply.isError())
                             return answer(fail(errorFrom(reply.error())));
                         if constexpr (std::is_void_v<T>)
                             answer({});
                         else
                             answer(detail::Reply<T>::value(reply));
                     });
}

} // namespace escale::gui
