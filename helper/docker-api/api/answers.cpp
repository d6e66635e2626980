#include "helper/docker-api/api/answers.h"

#include "engine/base/log.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {

int statusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::Untrusted: // what the client has sent is not what it says
    case ErrorCode::InvalidArgument:
        return 400;
    case ErrorCode::AuthenticationNeeded:
        return 401;
    case ErrorCode::PermissionDenied:
    case ErrorCode::AuthorizationNeeded:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::AlreadyExists:
    case ErrorCode::InUse:
    case ErrorCode::WrongState:
        return 409;
    case ErrorCode::RateLimited:
        return 429;
    case ErrorCode::Unsupported:
        return 501;
    case ErrorCode::Cancelled:
        return 503;
    case ErrorCode::Unreachable:
    case ErrorCode::RemoteFailure:
    case ErrorCode::NoSpace:
    case ErrorCode::Timeout:
    case ErrorCode::SystemFailure:
    case ErrorCode::Internal:
        return 500;
    }
    return 500;
}

std::string messageOf(const Error& error) {
    return error.text();
}

void answerWith(Exchange& exchange, const Error& error) {
    if (exchange.hasAnswered())
        return; // what was begun and not ended is cut
    // One that nobody hears is the server's affair.
    (void)exchange.reply(statusOf(error.code), Json().set("message", messageOf(error)));
}

void dispatch(Exchange& exchange, const Bus& bus) {
    const auto route = findRoute(exchange.editRequest());
    if (!route)
        return answerWith(exchange, route.error());
    if (const auto done = (*route)->handler(exchange, bus); !done)
        answerWith(exchange, done.error());
}

Error noSuchContainer(const std::string& name) {
    return {ErrorCode::NotFound, "No such container: " + name, {}, {}};
}

Error noSuchImage(const std::string& name) {
    return {ErrorCode::NotFound, "No such image: " + name, {}, {}};
}

Error aboutContainer(Error error, const std::string& name) {
    // "demo:1" is no container's name: clients ask for an image of it next.
    const bool isNoName =
        error.code == ErrorCode::InvalidArgument && name.find_first_of(":@") != std::string::npos;
    return error.code == ErrorCode::NotFound || isNoName ? noSuchContainer(name) : error;
}

Error aboutImage(Error error, const std::string& name) {
    return error.code == ErrorCode::NotFound ? noSuchImage(name) : error;
}

} // namespace escale::docker_api
