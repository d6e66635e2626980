#include "engine/runtime/cli/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {
namespace {

using Value = Option::Value;

constexpr std::array<Option, 12> kGlobal{{{"--root", 0, Value::Needed, {}},
                                          {"--log", 0, Value::Needed, {}},
                                          {"--log-format", 0, Value::Needed, {}},
                                          {"--log-level", 0, Value::Needed, {}},
                                          {"--debug", 0, Value::None, {}},
                                          {"--systemd-cgroup", 0, Value::Optional, "true"},
                                          {"--cgroup-manager", 0, Value::Needed, {}},
                                          {"--rootless", 0, Value::Needed, {}},
                                          {"--criu", 0, Value::Needed, {}},
                                          {"--version", 'v', Value::None, {}},
                                          {"--help", 'h', Value::None, {}},
                                          {"-V", 'V', Value::None, {}}}};

const Option* find(std::span<const Option> options, std::string_view name) {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const auto& one) { return one.name == name; });
    return found == options.end() ? nullptr : &*found;
}

const Option* find(std::span<const Option> options, char letter) {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const auto& one) { return one.letter == letter; });
    return found == options.end() ? nullptr : &*found;
}

tl::unexpected<Error> unknown(const std::string& word, const Command* command) {
    return fail(ErrorCode::InvalidArgument,
                "unknown option " + word +
                    (command == nullptr ? std::string() : " of " + std::string(command->name)),
                "See escale-runtime --help");
}

} // namespace

bool Arguments::has(std::string_view name) const {
    return std::any_of(m_options.begin(), m_options.end(),
                       [&](const auto& one) { return one.first == name; });
}

std::string Arguments::option(std::string_view name, const std::string& fallback) const {
    const auto found = std::find_if(m_options.rbegin(), m_options.rend(),
                                    [&](const auto& one) { return one.first == name; });
    return found == m_options.rend() ? fallback : found->second;
}

std::vector<std::string> Arguments::options(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [given, value] : m_options) {
        if (given == name)
            values.push_back(value);
    }
    return values;
}

Result<std::optional<std::int64_t>> Arguments::number(std::string_view name) const {
    if (!has(name))
        return std::optional<std::int64_t>();
    const std::string text = option(name);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return fail(ErrorCode::InvalidArgument,
                    std::string(name) + " takes a whole number, not \"" + text + "\"");
    return std::optional(value);
}

Result<std::string> Arguments::id() const {
    if (operands.size() == 1)
        return operands.front();
    return fail(ErrorCode::InvalidArgument, std::string(command->name) + " takes one container id");
}

std::span<const Option> Arguments::known() const {
    return command == nullptr ? std::span<const Option>() : command->options;
}

Result<void> Arguments::takeGlobal(std::string_view name, const std::string& value) {
    if (name == "--root")
        root = value;
    else if (name == "--log")
        log = value.starts_with("file:") ? value.substr(5) : value;
    else if (name == "--log-format") {
        if (value != "json" && value != "text")
            return fail(ErrorCode::InvalidArgument, "--log-format is json or text, not \"" + value + "\"");
        jsonErrors = value == "json";
    } else if (name == "--systemd-cgroup")
        systemdCgroup = value == "true";
    else if (name == "--cgroup-manager") {
        if (value != "cgroupfs" && value != "systemd" && value != "disabled")
            return fail(ErrorCode::InvalidArgument,
                        "--cgroup-manager is cgroupfs, systemd or disabled, not \"" + value + "\"");
        systemdCgroup = value == "systemd";
        noCgroups = value == "disabled";
    } else if (name == "--debug")
        debug = true;
    else if (name == "--version" || name == "-V")
        version = true;
    else if (name == "--help")
        help = true;
    return {}; // --log-level, --rootless and --criu are taken for the peers' sake
}

Result<void> Arguments::take(const Option& option, const std::string& value) {
    if (find(kGlobal, option.name) == &option)
        return takeGlobal(option.name, value);
    m_options.emplace_back(option.name, value);
    return {};
}

Result<void> Arguments::parse(const std::vector<std::string>& words, std::span<const Command> commands) {
    bool onlyOperands = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!onlyOperands && word == "--") {
            onlyOperands = true;
            continue;
        }
        if (onlyOperands || word.size() < 2 || word.front() != '-') {
            if (command != nullptr) {
                operands.push_back(word);
                onlyOperands = onlyOperands || command->programFollows;
                continue;
            }
            const auto named = std::find_if(commands.begin(), commands.end(),
                                            [&](const Command& one) { return one.name == word; });
            if (named == commands.end())
                return fail(ErrorCode::InvalidArgument, "unknown command \"" + word + "\"",
                            "See escale-runtime --help");
            command = &*named;
            continue;
        }
        const bool isLong = word[1] == '-';
        // "-it" is "-i -t"; a letter that takes a value takes the rest of its word.
        for (std::size_t letter = 1; letter < (isLong ? 2 : word.size()); ++letter) {
            const auto equals = isLong ? word.find('=') : std::string::npos;
            const auto* option = isLong ? find(known(), word.substr(0, equals)) : find(known(), word[letter]);
            if (option == nullptr)
                option = isLong ? find(kGlobal, word.substr(0, equals)) : find(kGlobal, word[letter]);
            if (option == nullptr)
                return unknown(isLong ? word.substr(0, equals) : std::string("-") + word[letter], command);
            const bool hasValue = equals != std::string::npos;
            if (option->value == Value::None && hasValue)
                return fail(ErrorCode::InvalidArgument, std::string(option->name) + " takes no value");
            std::string value = option->value == Value::None ? "true" : std::string(option->fallback);
            if (hasValue) {
                value = word.substr(equals + 1);
            } else if (option->value == Value::Needed && !isLong && letter + 1 < word.size()) {
                value = word.substr(letter + 1);
                letter = word.size();
            } else if (option->value == Value::Needed) {
                if (++i == words.size())
                    return fail(ErrorCode::InvalidArgument, std::string(option->name) + " needs a value",
                                "See escale-runtime --help");
                value = words[i];
                letter = word.size();
            }
            TRY(take(*option, value));
        }
    }
    return {};
}

} // namespace escale
