// Steps of the main job that change a container, and what the window tells about what was done.
#pragma once

#include "tests/gui/main_job/driver.h"

class QDialog;

namespace escale::test {

/// The form of the selected container, with another host name.
Result<QDialog*> openEdit(Driver& driver);
/// Edits the container whose row begins so; then looks for a newer image of it, which there is not.
Result<void> recreate(Driver& driver, const QString& row);
/// Ctrl+Z takes the last actions on that container back: the edit of recreate(), a stop, other limits.
Result<void> undoChanges(Driver& driver, const QString& row);
/// A container that is only made stays so when it is recreated.
Result<void> makeWithoutStarting(Driver& driver);
/// Usage of more containers than the engine takes in one call, the one that runs last.
Result<void> readManyStats(Driver& driver);
/// Leaves that container as a window does that is killed while it replaces it, and has it found; answers with
/// its id.
Result<QString> leaveHalfReplaced(Driver& driver, const QString& row);
/// The same, put back.
Result<void> putLeftoverBack(Driver& driver, const QString& row);
/// Opens the drawer, and in it the action whose docker command begins so.
Result<void> showHistory(Driver& driver, const QString& docker);

} // namespace escale::test
