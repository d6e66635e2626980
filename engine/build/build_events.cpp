#include "engine/build/build_events.h"

#include "engine/base/json.h"
#include "engine/base/valid_text.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

using Kind = BuildEvent::Kind;
using State = BuildEvent::State;

constexpr std::array<const char*, 9> kKinds = {"build",   "stage",    "step",  "started", "log",
                                               "warning", "finished", "image", "ended"};
constexpr std::array<const char*, 5> kStates = {"", "done", "cached", "failed", "cancelled"};

/// Members whose text is empty are left out.
class Members {
public:
    Members& text(const char* name, const std::string& value) {
        if (!value.empty())
            m_json.set(name, validText(value));
        return *this;
    }
    Members& number(const char* name, std::int64_t value) {
        if (value != 0)
            m_json.set(name, value);
        return *this;
    }
    Members& texts(const char* name, const std::vector<std::string>& values) {
        Json list(Json::Array{});
        for (const auto& value : values)
            list.append(validText(value));
        if (!values.empty())
            m_json.set(name, std::move(list));
        return *this;
    }
    [[nodiscard]] std::string line() const { return m_json.dump() + '\n'; }

private:
    Json m_json;
};

template <class Names>
std::optional<std::size_t> indexOf(const Names& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

} // namespace

std::string writeBuildEvent(const BuildEvent& event) {
    Members members;
    members.text("event", kKinds.at(static_cast<std::size_t>(event.kind)))
        .text("step", event.step)
        .text("stage", event.stage)
        .number("time", event.time)
        .text("name", event.name)
        .text("text", event.text)
        .text("base", event.base)
        .text("platform", event.platform)
        .text("target", event.target)
        .number("line", event.line)
        .texts("inputs", event.inputs)
        .text("state", kStates.at(static_cast<std::size_t>(event.state)))
        .text("layer", event.layer)
        .text("digest", event.digest)
        .texts("names", event.names)
        .number("size", static_cast<std::int64_t>(event.size))
        .number("exit", event.exitCode)
        .text("error", event.error)
        .text("hint", event.hint);
    return members.line();
}

Result<BuildEvent> parseBuildEvent(std::string_view line) {
    TRY_ASSIGN(const Json json, Json::parse(line));
    TRY_ASSIGN(const std::string kind, json.getString("event"));
    const auto known = indexOf(kKinds, kind);
    if (!known)
        return fail(ErrorCode::InvalidArgument, "\"" + kind + "\" is no event of a build");
    BuildEvent event;
    event.kind = static_cast<Kind>(*known);
    event.time = json.at("time").toInteger();
    event.line = static_cast<int>(json.at("line").toInteger());
    event.size = json.at("size").toUnsigned().value_or(0);
    event.exitCode = static_cast<int>(json.at("exit").toInteger());
    event.state = static_cast<State>(indexOf(kStates, json.at("state").toString()).value_or(0));
    for (const auto& [name, into] :
         {std::pair("step", &event.step), std::pair("stage", &event.stage), std::pair("name", &event.name),
          std::pair("text", &event.text), std::pair("base", &event.base),
          std::pair("platform", &event.platform), std::pair("target", &event.target),
          std::pair("layer", &event.layer), std::pair("digest", &event.digest),
          std::pair("error", &event.error), std::pair("hint", &event.hint)}) {
        TRY_ASSIGN(*into, json.getOptionalString(name));
    }
    TRY_ASSIGN(event.inputs, json.getStrings("inputs"));
    TRY_ASSIGN(event.names, json.getStrings("names"));
    return event;
}

} // namespace escale
