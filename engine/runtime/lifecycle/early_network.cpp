#include "engine/runtime/lifecycle/early_network.h"

#include "engine/base/making.h"
#include "engine/base/syscalls.h"
#include "engine/base/thread.h"
#include "engine/runtime/child/context.h"

namespace escale {

EarlyNetwork::EarlyNetwork(const spec::Spec& spec) {
    if (!spec.makesNamespace(CLONE_NEWNET) || spec.findNamespace(CLONE_NEWUSER) != nullptr)
        return;
    m_outcome = std::make_unique<Outcome>();
    auto thread = startThread([outcome = m_outcome.get()] {
        outcome->begin = monotonicNanoseconds();
        outcome->result = child::newNetworkNamespace();
        outcome->duration = monotonicNanoseconds() - outcome->begin;
        if (outcome->result < 0)
            return;
        outcome->file.reset(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
        outcome->result = outcome->file ? 0 : -errno;
    });
    if (thread)
        m_thread = std::move(*thread);
    else // no room for a thread: there may be some for the container
        m_outcome.reset();
}

EarlyNetwork::~EarlyNetwork() {
    if (m_thread.joinable())
        m_thread.join();
}

Result<UniqueFd> EarlyNetwork::take() {
    if (!m_outcome)
        return UniqueFd();
    m_thread.join();
    if (m_outcome->result < 0)
        return fail(systemError(-m_outcome->result, "cannot make a network namespace")
                        .withHint("The kernel may limit namespaces: see /proc/sys/user/"));
    Making::tell("netns-create", {}, m_outcome->begin, m_outcome->duration);
    return std::move(m_outcome->file);
}

} // namespace escale
