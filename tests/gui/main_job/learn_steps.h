// Steps of the main job in the Learn pane, against the live engine.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// For a picture; the containers run already, `container` is the one to look at. An unknown one is answered
/// with the list.
Result<void> showLearn(Driver& driver, const QString& pane, const QString& container);

} // namespace escale::test
