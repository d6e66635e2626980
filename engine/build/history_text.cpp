#include "engine/build/history_text.h"

#include "engine/base/go_duration.h"

#include <array>

namespace escale {
namespace {

// A step with a layer that the instruction itself has made; WORKDIR's has no such mark.
constexpr std::string_view kMark = " # buildkit";

template <class Texts>
std::string joined(const Texts& texts) {
    std::string all;
    for (const auto& text : texts)
        all += (all.empty() ? "" : " ") + text;
    return all;
}

std::string quotedList(const std::vector<std::string>& texts) {
    std::vector<std::string> all;
    for (const auto& text : texts)
        all.push_back(quoted(text));
    return '[' + joined(all) + ']';
}

std::string pairs(const std::vector<NameValue>& values) {
    std::string text;
    for (const auto& [name, value] : values)
        text.append(" ").append(name).append("=").append(value);
    return text;
}

std::string of(const ArgInstruction& arg) {
    std::string text = "ARG";
    for (const auto& [name, value] : arg.values)
        text += ' ' + name + (value ? '=' + *value : std::string());
    return text;
}

std::string of(const CopyInstruction& copy) {
    std::string text = copy.isAdd ? "ADD" : "COPY";
    if (copy.keepsParents)
        text += " --parents";
    if (!copy.owner.empty())
        text += " --chown=" + copy.owner;
    if (!copy.mode.empty())
        text += " --chmod=" + copy.mode;
    for (const auto& source : copy.sources)
        text += ' ' + source;
    for (const auto& document : copy.documents)
        text += " <<" + document.name;
    return text.append(" ").append(copy.target).append(kMark);
}

std::string of(const HealthInstruction& health) {
    const auto duration = [](const std::string& written) {
        return goDurationText(parseGoDuration(written).value_or(0));
    };
    return "HEALTHCHECK {Test:[" + joined(health.command.words) + "] Interval:" + duration(health.interval) +
           " Timeout:" + duration(health.timeout) + " StartPeriod:" + duration(health.startPeriod) +
           " StartInterval:" + duration(health.startInterval) + " Retries:" + std::to_string(health.retries) +
           '}';
}

std::string of(const CmdInstruction& cmd) {
    return "CMD " + quotedList(cmd.command.words);
}
std::string of(const EntrypointInstruction& entrypoint) {
    return "ENTRYPOINT " + quotedList(entrypoint.command.words);
}
std::string of(const EnvInstruction& env) {
    return "ENV" + pairs(env.values);
}
std::string of(const LabelInstruction& label) {
    return "LABEL" + pairs(label.values);
}
std::string of(const ExposeInstruction& expose) {
    return "EXPOSE [" + joined(expose.ports) + ']';
}
std::string of(const MaintainerInstruction& maintainer) {
    return "MAINTAINER " + maintainer.name;
}
std::string of(const OnBuildInstruction& /*onBuild*/) {
    return {};
}
std::string of(const ShellInstruction& shell) {
    return "SHELL [" + joined(shell.words) + ']';
}
std::string of(const StopSignalInstruction& stopSignal) {
    return "STOPSIGNAL " + stopSignal.signal;
}
std::string of(const UserInstruction& user) {
    return "USER " + user.user;
}
std::string of(const VolumeInstruction& volume) {
    return "VOLUME [" + joined(volume.paths) + ']';
}
std::string of(const WorkdirInstruction& workdir) {
    return "WORKDIR " + workdir.path;
}

std::string ofRun(const HistoryContext& context) {
    std::string text = "RUN ";
    if (!context.arguments.empty())
        text += '|' + std::to_string(context.arguments.size()) + ' ' + joined(context.arguments) + ' ';
    return text.append(joined(context.words)).append(kMark);
}

} // namespace

std::string quoted(std::string_view text) {
    constexpr std::string_view kLetters = "abtnvfr"; // of \a (7) to \r (13)
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string all = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            all.append({'\\', c});
        else if (byte >= 7 && byte <= 13)
            all.append({'\\', kLetters[byte - 7U]});
        else if (byte < 0x20 || byte == 0x7f)
            all.append({'\\', 'x', kHex[byte >> 4U], kHex[byte & 15U]});
        else
            all += c;
    }
    return all + '"';
}

std::string historyText(const BuildInstruction& instruction, const HistoryContext& context) {
    if (std::holds_alternative<RunInstruction>(instruction))
        return ofRun(context);
    return std::visit(
        [](const auto& each) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(each)>, RunInstruction>)
                return {};
            else
                return of(each);
        },
        instruction);
}

} // namespace escale
