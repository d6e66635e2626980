#include "engine/image/image_history.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

bool beginsWithInstruction(std::string_view text) {
    static constexpr std::array<std::string_view, 18> kWords = {
        "ADD",   "ARG", "CMD",     "COPY",       "ENTRYPOINT", "ENV",   "EXPOSE", "FROM",   "HEALTHCHECK",
        "LABEL", "RUN", "ONBUILD", "MAINTAINER", "STOPSIGNAL", "SHELL", "USER",   "VOLUME", "WORKDIR"};
    const std::string_view word = text.substr(0, text.find(' '));
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// "|2 A=1 B=2 /bin/sh -c make": build arguments before the command.
std::string_view withoutArguments(std::string_view text) {
    if (!text.starts_with('|'))
        return text;
    const auto shell = text.find("/bin/sh -c ");
    return shell == std::string_view::npos ? text : text.substr(shell);
}

} // namespace

std::string instructionOf(std::string_view createdBy) {
    constexpr std::string_view kShell = "/bin/sh -c ", kNothing = "#(nop)", kBuildKit = "# buildkit";
    std::string_view text = trimmed(createdBy);
    if (text.ends_with(kBuildKit))
        text = trimmed(text.substr(0, text.size() - kBuildKit.size()));
    const bool isRun = text.starts_with("RUN ");
    if (isRun)
        text = trimmed(text.substr(4));
    text = withoutArguments(text);
    if (!text.starts_with(kShell))
        return (isRun || (!text.empty() && text.front() == '|') ? "RUN " : "") + std::string(text);
    text = trimmed(text.substr(kShell.size()));
    if (text.starts_with(kNothing)) {
        text = trimmed(text.substr(kNothing.size()));
        return std::string(text);
    }
    return beginsWithInstruction(text) && !isRun ? std::string(text) : "RUN " + std::string(text);
}

Result<std::vector<HistoryStep>> imageHistory(std::string_view config, std::size_t layers) {
    TRY_ASSIGN(const Json json, Json::parse(config));
    if (!json.isObject())
        return fail(ErrorCode::InvalidArgument, "the image's configuration is not a JSON object");
    std::vector<HistoryStep> steps;
    std::size_t next = 0;
    for (const Json& written : json.at("history").items()) {
        HistoryStep step;
        step.instruction = instructionOf(written.at("created_by").toString());
        step.author = written.at("author").toString();
        step.comment = written.at("comment").toString();
        step.created = parseTimestamp(written.at("created").toString());
        if (!written.at("empty_layer").toBool() && next < layers)
            step.layer = next++;
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace escale
