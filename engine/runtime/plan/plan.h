// What the parent prepares for the child: the flat list of steps and everything the steps point at.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/cgroup.h"
#include "engine/runtime/child/step.h"
#include "engine/runtime/spec/spec.h"

#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// What a prepared mount is, in words; for the record of a start.
struct MountOrigin {
    std::string type; // "bind" or a file system's
    std::string source;
    std::string options; // as mount(8) takes them
};

/// Owns the strings, arrays and descriptors; must stay as it is until the child is cloned.
class Plan {
public:
    /// Adds a step; `what` completes the sentence "cannot …" when it fails.
    child::Step& add(child::StepKind kind, std::string what);
    /// The same before the first step of the kind `mark`; at the end when there is none.
    child::Step& addBefore(child::StepKind mark, child::StepKind kind, const std::string& what);
    /// A place for a mount; `prepared` (owned by the plan from here on) or one that a step will make.
    int addSlot(UniqueFd prepared = UniqueFd(), MountOrigin origin = {});

    /// Borrowed; -1 when a step will make it.
    [[nodiscard]] int slot(int number) const { return m_slots.at(static_cast<std::size_t>(number)); }

    /// Empty for one that a step makes.
    [[nodiscard]] const MountOrigin& origin(int number) const {
        return m_origins.at(static_cast<std::size_t>(number));
    }

    // Copies that live as long as the plan.
    const char* keep(std::string text);
    /// `last` (may be null) is borrowed.
    const char* const* keepList(const std::vector<std::string>& texts, const char* last = nullptr);
    /// Pairs for MakeFilesystem: "mode=755" → "mode", "755"; "newinstance" → "newinstance", null.
    const char* const* keepOptions(const std::vector<std::string>& options, const std::string& source);
    template <class T>
    const T* keepArray(const std::vector<T>& values) {
        auto& bytes = m_arrays.emplace_back(values.size() * sizeof(T));
        std::copy(values.begin(), values.end(), reinterpret_cast<T*>(bytes.data()));
        return reinterpret_cast<const T*>(bytes.data());
    }
    int keepFd(UniqueFd fd);
    /// Bytes that the child changes in its copy; `text` is what they begin with.
    char* keepBuffer(std::string_view text, std::size_t size);

    [[nodiscard]] const std::vector<child::Step>& steps() const { return m_steps; }
    [[nodiscard]] const std::string& what(std::uint32_t step) const { return m_what.at(step); }
    [[nodiscard]] child::Walk walk(int channel);
    /// Walk::proc is needed: a sysctl, or a label.
    [[nodiscard]] bool writesToProcfs() const;
    /// Prepared mounts that get the container's id mapping once its user namespace is there.
    [[nodiscard]] const std::vector<int>& idmappedSlots() const { return m_idmapped; }
    void addIdmapped(int slot) { m_idmapped.push_back(slot); }

private:
    std::vector<child::Step> m_steps;
    std::vector<std::string> m_what;
    std::vector<int> m_slots;
    std::vector<MountOrigin> m_origins; // of each slot
    std::vector<int> m_idmapped;
    std::vector<UniqueFd> m_fds;
    std::deque<std::string> m_texts; // a deque never moves what it holds
    std::deque<std::vector<const char*>> m_lists;
    std::deque<std::vector<unsigned char>> m_arrays;
};

/// The child writes its own pid, as the container sees it, in its place.
constexpr std::int64_t kPidPlaceholder = 1000000000;

struct PlanSurroundings {
    const CgroupLayout& layout;
    const Cgroup& cgroup;
    std::array<int, 3> stdio;    // borrowed
    std::string seccompCache;    // folder, see plan/seccomp_cache.h
    int listener = -1;           // borrowed: gets the descriptor of a filter that notifies, with:
    std::string listenerState{}; // JSON whose pids are kPidPlaceholder
    int console = -1; // borrowed: the socket that gets the terminal's master; -1 without a terminal
    bool noNewKeyring = false;
    bool noPivot = false;
    unsigned preserveFds = 0; // descriptors 3 and on that stay open
    std::string bundle{};     // absolute: hooks begin there
    std::string hookState{};  // for hooks in the container: state JSON whose pid is kPidPlaceholder
};

/// The container that a process joins.
struct JoinTarget {
    UniqueFd pidFd;     // of its first process
    int namespaces = 0; // CLONE_NEW…: those it does not share with us
};

/// The steps of a process that `exec` brings into a container which lives: `spec` is the container's, with
/// that process in the place of its own.
Result<Plan> buildJoinPlan(const spec::Spec& spec, const PlanSurroundings& surroundings, JoinTarget target);

/// Opens what the container's own namespaces could not (bind sources, devices, cgroups) and lists all steps.
/// Errors: NotFound or PermissionDenied for a source, Unsupported for what this machine lacks.
Result<Plan> buildPlan(const spec::Spec& spec, const PlanSurroundings& surroundings);

/// The step that opens the terminal of a process in the container's root; `console` gets its master.
child::Step& addTerminal(const spec::Process& process, int console, Plan& plan);

/// After the user namespace was entered.
void planBecomeRoot(const spec::Spec& spec, Plan& plan);

/// One step a hook; `environment` is what a hook without its own gets, `folder` (or null) where it begins.
void planHooks(const std::vector<spec::Hook>& hooks, const std::string& state, const char* const* environment,
               const char* folder, Plan& plan);

// The parts of buildPlan, each in its own file.
Result<void> planFilesystems(const spec::Spec& spec, const PlanSurroundings& surroundings, Plan& plan);
/// The last part of both plans. A first process waits for the start (StepKind::WaitForStart), one that joins
/// becomes a member (StepKind::BecomeMember).
Result<void> planProcess(const spec::Spec& spec, const PlanSurroundings& surroundings,
                         child::StepKind lastStop, Plan& plan);

} // namespace escale
