// Writes the script of made_script.h: its text grows block by block. For made_script.cpp (what holds it
// together, and the machine's part), script_network.cpp and script_inside.cpp (the container's first
// process).
#pragma once

#include "engine/base/shell_word.h"
#include "engine/inspect/by_hand.h"
#include "engine/inspect/made_script.h"

#include <algorithm>
#include <optional>
#include <string>

namespace escale::by_hand {

class ScriptWriter {
public:
    ScriptWriter(const MadeSteps& steps, const ScriptFacts& facts)
        : m_plan(steps)
        , m_facts(facts)
        , m_name(safeName(facts.container, 40)) {
        if (m_name.empty())
            m_name = "container";
        m_name += "-by-hand";
    }
    std::string write();

private:
    void line(const std::string& words = {}) { m_text += words + "\n"; }
    void indented(const std::string& words) { line("    " + words); }
    void perl(const std::string& words) { line("        " + words); }
    void note(const std::string& words) { indented("# " + commentText(words)); }
    // The comment above a function and the function's head.
    void begin(const std::string& comment, const std::string& name) {
        line("\n# " + comment);
        line(name + "() {");
    }
    void end() { line("}"); }

    void writeTop();
    void writePorts();
    void writeOwnMounts();
    void writeLayers();
    void writeRoot();
    void writeFiles();
    void writePrepared();
    void writeCgroup();
    [[nodiscard]] std::string joinWords() const;
    [[nodiscard]] std::string joinedPath() const {
        return m_plan.cgroups.empty() ? "" : m_plan.cgroups.front().path;
    }
    // Another's user namespace: it has a root of its own, and makes none.
    [[nodiscard]] bool joinsUsers() const {
        return has("namespace-join") && has("user-root") && !m_plan.hasUsers;
    }
    void writeFirstProcess();
    void writeIds();
    void writeLimits();
    void writeNetwork();
    void writeCable(const Cable& cable, std::size_t index);
    void writeBridge(const std::string& name);
    void writeGuard(const Cable& cable, std::size_t index);
    void writePublish();
    void writeWait();
    void writeBecomeRoot();
    void writeContainer();
    void writeInside(const MadeStep& step);
    void writeName(const MadeStep& step);
    void writeSetting(const MadeStep& step);
    void writeMount(const MadeStep& step);
    void writeLink(const MadeStep& step);
    void writeDevice(const MadeStep& step);
    /// "at folder" the one that the path's last part is in; that part, as "$AT"/part.
    std::string atParent(const std::string& path);
    void writeProgram();
    void writeIdentity();
    void writeCapabilities();
    void writeExecution();
    void writeMain();

    [[nodiscard]] std::string sourceOf(const std::string& path) const;
    [[nodiscard]] std::string owner() const {
        const auto user = m_plan.rootId("uid");
        return user.empty() ? "0:0" : user + ":" + m_plan.rootId("gid");
    }
    [[nodiscard]] std::string hostName(std::size_t index) const {
        const auto recorded = safeName(m_plan.cables[index].link->detail("host"), 12);
        return (recorded.empty() ? "hand" : recorded) + "h" + std::to_string(index);
    }
    // The one whose address published ports lead to: the first with one of IPv4, as its first.
    [[nodiscard]] std::optional<std::size_t> publishingCable() const {
        const auto found = std::find_if(m_plan.cables.begin(), m_plan.cables.end(), [](const Cable& cable) {
            return !cable.addresses.empty() && cable.addresses.front().find(':') == std::string::npos;
        });
        if (!m_plan.makesNetwork || found == m_plan.cables.end())
            return std::nullopt;
        return static_cast<std::size_t>(found - m_plan.cables.begin());
    }
    [[nodiscard]] bool has(std::string_view operation) const { return m_plan.find(operation) != nullptr; }
    [[nodiscard]] std::string table() const {
        auto name = m_name;
        std::replace_if(
            name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
        return "hand_" + name.substr(0, 20);
    }

    Plan m_plan;
    const ScriptFacts& m_facts;
    std::string m_name;
    std::string m_text;
};

} // namespace escale::by_hand
