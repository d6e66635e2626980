#include "engine/runtime/cli/arguments.h"

#include <set>

namespace escale {
namespace {

// Options that take a value, and those that do not.
const std::set<std::string>& valued() {
    static const std::set<std::string> names{"--root",           "--log",      "--log-format",
                                             "--bundle",         "-b",         "--pid-file",
                                             "--console-socket", "--log-path", "--exit-file"};
    return names;
}
const std::set<std::string>& flags() {
    static const std::set<std::string> names{"--force", "-f", "--all", "-a", "--version", "-v", "--debug"};
    return names;
}

Result<void> take(Arguments& arguments, const std::string& name, const std::string& value) {
    if (name == "--root")
        arguments.root = value;
    else if (name == "--log")
        arguments.log = value;
    else if (name == "--log-format") {
        if (value != "json" && value != "text")
            return fail(ErrorCode::InvalidArgument, "--log-format is json or text, not \"" + value + "\"");
        arguments.jsonErrors = value == "json";
    } else if (name == "--version" || name == "-v")
        arguments.version = true;
    else
        arguments.options[name == "-b"   ? "--bundle"
                          : name == "-f" ? "--force"
                          : name == "-a" ? "--all"
                                         : name] = value;
    return {};
}

} // namespace

std::string Arguments::option(const std::string& name, const std::string& fallback) const {
    const auto found = options.find(name);
    return found == options.end() ? fallback : found->second;
}

Result<std::string> Arguments::id() const {
    if (operands.size() == 1)
        return operands.front();
    return fail(ErrorCode::InvalidArgument, command + " takes one container id");
}

Result<void> parseArguments(const std::vector<std::string>& words, Arguments& arguments) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with('-') || word == "-") {
            if (arguments.command.empty())
                arguments.command = word;
            else
                arguments.operands.push_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (flags().contains(name) && equals == std::string::npos) {
            TRY(take(arguments, name, "true"));
        } else if (valued().contains(name) && equals != std::string::npos) {
            TRY(take(arguments, name, word.substr(equals + 1)));
        } else if (valued().contains(name) && i + 1 < words.size()) {
            TRY(take(arguments, name, words[++i]));
        } else {
            return fail(ErrorCode::InvalidArgument, "unknown or incomplete option " + name,
                        "See escale-runtime without arguments");
        }
    }
    return {};
}

} // namespace escale
