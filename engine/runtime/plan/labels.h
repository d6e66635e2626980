// What a security module of the kernel is told: AppArmor's profile and SELinux's labels
// (config.md#linux-process, config-linux.md#mount-label).
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/spec/spec.h"

namespace escale {

bool hasAppArmor();
bool hasSelinux();

/// Unsupported when a profile or a label of the process is asked for that nothing here would enforce. A label
/// of mounts confines nobody by itself: without SELinux it is warned of.
Result<void> checkLabels(const spec::Process& process, const std::string& mountLabel);

/// Opens the process's own attributes, while /proc is the host's: what the image has there is not asked.
void planOpenLabels(const spec::Process& process, Plan& plan);
/// From the next execve(2) on. After hooks, which are no programs of the container.
void planWriteLabels(const spec::Process& process, Plan& plan);

} // namespace escale
