// Steps of the main job in the Stacks pane, against the live engine.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// A sample of the gallery is written, brought up, waited for, looked at, changed, scaled and taken down. The
/// demo image is here.
bool runStackSteps(Driver& driver);
/// For a picture: "stack", "stack-empty", "stack-edit", "stack-graph", "stack-up", "stack-timeline",
/// "stack-log", "stack-environment", "stack-changes", "stack-gallery", "stack-convert", "stack-service",
/// "stack-failed".
Result<void> showStack(Driver& driver, const QString& pane);

} // namespace escale::test
