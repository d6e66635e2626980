// A container's network namespace takes the kernel as long as all the others together: it is made on another
// thread while this one reads the configuration and makes the cgroup.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/runtime/spec/spec.h"

#include <memory>
#include <thread>

namespace escale {

class EarlyNetwork {
public:
    /// Begins, unless the namespace must be made by the container's first process itself: then its own user
    /// namespace owns it.
    explicit EarlyNetwork(const spec::Spec& spec);
    EarlyNetwork(const EarlyNetwork&) = delete;
    EarlyNetwork& operator=(const EarlyNetwork&) = delete;
    ~EarlyNetwork();

    /// Waits, ends the thread, and tells the record of a start. The namespace, its loopback up; invalid when
    /// the first process is to make it.
    Result<UniqueFd> take();

private:
    struct Outcome {
        int result = 0; // a negative errno
        UniqueFd file{};
        std::int64_t begin = 0; // monotonicNanoseconds()
        std::int64_t duration = 0;
    };
    std::unique_ptr<Outcome> m_outcome; // written by the thread until it has ended
    std::thread m_thread;
};

} // namespace escale
