#include "helper/docker-api/containers/image_facts.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/image/reference.h"
#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {
namespace {

constexpr std::size_t kLongestConfig = 8u << 20;

constexpr std::size_t kFewestDigits = 6;

bool isId(std::string_view text) {
    return text.size() >= kFewestDigits && text.size() <= 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

Result<ImageFacts> imageFacts(const Bus& bus, const std::string& image) {
    using File = QDBusUnixFileDescriptor;
    const auto documents = bus.ask<QString, File, File>(Face::Images, "OpenDocuments", toQString(image));
    TRY(documents);
    TRY_ASSIGN(const UniqueFd file, taken(std::get<2>(*documents)));
    TRY_ASSIGN(const std::string text, readFd(file.get(), kLongestConfig));
    TRY_ASSIGN(const Json document, Json::parse(text));
    const Json& config = document.at("config");
    ImageFacts facts;
    facts.platform = document.at("os").toString() + "/" + document.at("architecture").toString();
    if (const std::string variant = document.at("variant").toString(); !variant.empty())
        facts.platform += "/" + variant;
    for (const auto& [port, nothing] : config.at("ExposedPorts").members())
        facts.exposedPorts.push_back(port);
    TRY_ASSIGN(facts.environment, config.getStrings("Env"));
    TRY_ASSIGN(facts.command, config.getStrings("Cmd"));
    return facts;
}

Result<std::string> engineImageName(const Bus& bus, const std::string& text) {
    constexpr std::string_view kDigest = "sha256:";
    if (text.starts_with(kDigest) && isId(std::string_view(text).substr(kDigest.size())))
        return text;
    auto reference = Reference::parse(text);
    if (!reference)
        return isId(text) ? Result<std::string>(text)
                          : fail(std::move(reference).error().prefixed("invalid reference format"));
    if (isId(text) && !imageFacts(bus, reference->toString()))
        return text;
    return reference->toString();
}

bool fitsPlatform(const std::string& wanted, const std::string& platform) {
    return ("/" + platform + "/").find("/" + wanted + "/") != std::string::npos;
}

} // namespace escale::docker_api
