// escale-runtime's command line: global options, a command, its options, its operands. Names and letters are
// those of runc and crun, which podman, containerd and Docker use.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

struct Option {
    enum class Value : std::uint8_t { None, Needed, Optional }; // Optional: only as --name=value
    std::string_view name;                                      // with its dashes: "--bundle"
    char letter = 0;                                            // 0: none
    Value value = Value::None;
    std::string_view
        fallback; // "" : none; what the option counts as when it is named without its optional value
};

class Arguments;

struct Command {
    std::string_view name;
    std::string_view operands; // for the usage line
    std::span<const Option> options;
    Result<int> (*run)(const Arguments&); // the exit status
    bool entersContainer = false;         // a container may see the process that runs it
    bool programFollows = false; // what follows the first operand is another program's, options and all
};

class Arguments {
public:
    /// Both "--name value" and "--name=value", "-n value" and flags in one word ("-it"). InvalidArgument for
    /// what the command does not know. What was read before the mistake stays, so that the error can be told
    /// in the form asked for. Borrows `commands`.
    Result<void> parse(const std::vector<std::string>& words, std::span<const Command> commands);

    std::string root = "/run/escale/runtime";
    std::string log; // also append errors to this file
    bool jsonErrors = false;
    bool debug = false;
    bool version = false;
    bool help = false;
    bool systemdCgroup = false;       // --systemd-cgroup, or --cgroup-manager=systemd
    bool noCgroups = false;           // --cgroup-manager=disabled
    const Command* command = nullptr; // null: none was named
    std::vector<std::string> operands;

    [[nodiscard]] bool has(std::string_view name) const;
    /// The last one given, or the fallback.
    [[nodiscard]] std::string option(std::string_view name, const std::string& fallback = {}) const;
    /// All that were given, in order.
    [[nodiscard]] std::vector<std::string> options(std::string_view name) const;
    /// A whole number of that option; nothing when it was not given, InvalidArgument when it is no number.
    [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view name) const;
    /// The only operand, the container's id.
    [[nodiscard]] Result<std::string> id() const;

private:
    Result<void> take(const Option& option, const std::string& value);
    Result<void> takeGlobal(std::string_view name, const std::string& value);
    [[nodiscard]] std::span<const Option> known() const;

    std::vector<std::pair<std::string_view, std::string>> m_options;
};

} // namespace escale
