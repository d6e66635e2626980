#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// All steps, in order; stops at the first that fails.
bool runMainJob(Driver& driver);
/// Those of the Build pane alone, after a pull.
bool runBuildJob(Driver& driver);
/// The same of the Stacks pane.
bool runStackJob(Driver& driver);
/// Brings one pane to a state worth a picture: a pull, a run, a log and a chart with some history.
Result<void> showPane(Driver& driver, const QString& pane);

} // namespace escale::test
