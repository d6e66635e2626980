// Steps of the main job in the tabs of one container: terminal, processes, health.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// A shell in the selected container computes and knows its size.
Result<void> openShell(Driver& driver);
/// Its end is told in words, and Enter begins again.
Result<void> endShell(Driver& driver);
/// Runs and removes a container of its own; nothing of the others is selected afterwards.
Result<void> attachToFirst(Driver& driver);
/// The first process and the shell are listed.
Result<void> listProcesses(Driver& driver);
/// Runs a container that turns unhealthy.
Result<void> watchHealth(Driver& driver);
/// A shell with something coloured in it, for a picture.
Result<void> listRoot(Driver& driver);

} // namespace escale::test
