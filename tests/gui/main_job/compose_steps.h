// Pictures of the Compose editor alone, over the window: no engine is needed.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// "compose-edit", "compose-keys", "compose-all-keys", "compose-values", "compose-variables",
/// "compose-problems", "compose-explain", "compose-explain-variable".
Result<void> showCompose(Driver& driver, const QString& pane);

} // namespace escale::test
