// The answer of Containers.Overview: containers, what stays of each as it was made, and the networks that
// they are in, of one moment.
#pragma once

#include "engine/container/containers.h"

#include <QVariantList>

#include <string>
#include <vector>

namespace escale {

/// What is asked for: those with these ids; none: all, or those that run.
struct OverviewChoice {
    std::vector<std::string> ids;
    ContainerChoice choice = ContainerChoice::All;
};

/// Any thread.
Result<QVariantList> containerOverview(Containers& containers, uid_t owner, const OverviewChoice& asked);

} // namespace escale
