// Errors as dockerd answers them: {"message": …} and a status that clients act on.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale::docker_api {

class Bus;
class Exchange;

/// 400, 401, 403, 404, 409, 501, 503 … of an error's code.
int statusOf(ErrorCode code);
/// The message with what to do about it.
std::string messageOf(const Error& error);
/// Answers with the error, where an answer can still begin; else the connection is cut. Nothing for a client that has gone.
void answerWith(Exchange& exchange, const Error& error);

/// The server's handler: finds the route, asks it, answers with its error.
void dispatch(Exchange& exchange, const Bus& bus);

// Some clients look for these words.
Error noSuchContainer(const std::string& name); // "No such container: NAME"
Error noSuchImage(const std::string& name);     // "No such image: NAME"
/// An error of the engine's about that container, with NotFound in dockerd's words.
Error aboutContainer(Error error, const std::string& name);
Error aboutImage(Error error, const std::string& name);

} // namespace escale::docker_api
