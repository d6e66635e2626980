// Steps of the main job around volumes.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// Makes a volume in the dialog.
Result<void> makeVolume(Driver& driver, const QString& name);
/// Runs a container from the volume's menu, which writes a file into the volume.
Result<void> runWithVolume(Driver& driver, const QString& volume, const QString& container);
/// The file is among the volume's, whether or not a container has it.
Result<void> seeFileIn(Driver& driver, const QString& volume);
/// A new folder, its new name, its removal.
Result<void> changeFilesOf(Driver& driver, const QString& volume);
Result<void> backUpVolume(Driver& driver, const QString& volume, const QString& file);
Result<void> removeVolume(Driver& driver, const QString& volume);
Result<void> restoreVolume(Driver& driver, const QString& volume, const QString& file);
/// For a picture: "volumes", "volumes-files", "volumes-users", "volumes-details", "volumes-create",
/// "volumes-create-nfs", "volumes-prune", "volumes-backup", "volumes-restore", "volumes-permissions",
/// "volumes-remove", "volumes-run", "volumes-empty".
Result<void> showVolumes(Driver& driver, const QString& pane);

} // namespace escale::test
