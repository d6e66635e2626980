// What a new container has to know of its image.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <string>

namespace escale::docker_api {

class Bus;

struct ImageFacts {
    std::string platform; // "linux/arm64/v8"
    Texts exposedPorts;   // "80/tcp"
    Texts environment;
    Texts command;
};
/// NotFound: there is no such image. `image`: as the engine calls it.
Result<ImageFacts> imageFacts(const Bus& bus, const std::string& image);

/// What a client wrote ("demo", "demo:1", "sha256:…", the beginning of an id) as the engine calls it: a full
/// reference, or digits of a digest. A name comes before an id, as with dockerd. The image need not be there.
/// InvalidArgument.
Result<std::string> engineImageName(const Bus& bus, const std::string& text);

/// "linux/arm64" fits an image for "linux/arm64/v8"; "arm64" alone, too.
bool fitsPlatform(const std::string& wanted, const std::string& platform);

} // namespace escale::docker_api
