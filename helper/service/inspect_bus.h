// What engine/inspect reads as the structures of the bus.
#pragma once

#include "engine/base/made_step.h"
#include "engine/inspect/cgroup_tree.h"
#include "engine/inspect/mount_table.h"
#include "engine/inspect/namespace_facts.h"
#include "engine/inspect/process_facts.h"
#include "engine/inspect/syscall_verdicts.h"
#include "helper/dbus/types.h"

namespace escale {

/// `container`: its id; `role`: as the XML has it.
dbus::InspectedProcess toBus(const ProcessFacts& facts, const QString& container, const char* role);
dbus::NamespaceFacts toBus(const NamespaceFacts& facts);
dbus::MountList toBus(const std::vector<MountFacts>& mounts);
dbus::SyscallVerdicts toBus(const std::vector<SyscallVerdict>& verdicts);
dbus::CgroupNodes toBus(const std::vector<CgroupNode>& nodes);
/// Their beginnings count from the first one's.
dbus::MadeSteps toBus(const MadeSteps& steps);

} // namespace escale
