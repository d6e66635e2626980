// RUN's mounts, made ready for a step: folders opened, caches taken, secrets filled in, agents lent. They
// last as long as this object.
#pragma once

#include "helper/service/build_context.h"
#include "helper/service/build_work.h"
#include "helper/worker/agent_worker.h"

#include <deque>
#include <map>
#include <vector>

namespace escale {

class BuildMounts {
public:
    BuildMounts(const BuildWork& work, BuildContext& context)
        : m_work(work)
        , m_context(context) {}
    ~BuildMounts();

    /// Fills in mounts and variables. Locked caches are waited for.
    Result<void> prepare(const RunRequest& request, StepContainer& step);

private:
    Result<void> add(const StepMount& mount, StepContainer& step);
    Result<StepContainerMount> bind(const StepMount& mount, bool isPrivileged);
    Result<void> take(const StepMount& mount);
    Result<StepContainerMount> cache(const StepMount& mount);
    Result<void> secret(const StepMount& mount, StepContainer& step);
    Result<StepContainerMount> agent(const StepMount& mount);
    Result<UniqueFd> openSource(const StepMount& mount);
    Result<void> fill(const StepMount& mount, const std::string& folder);

    const BuildWork& m_work;
    BuildContext& m_context;
    std::deque<ContainerRoot> m_roots;
    std::map<std::string, CacheFolder> m_folders; // caches, by id
    std::deque<AgentWorker> m_agents;
};

/// Such a root as a folder to read in; nothing for the empty one.
Result<std::optional<ContainerRoot>> openBuildRoot(const BuildWork& work, const BuildRoot& root);

} // namespace escale
