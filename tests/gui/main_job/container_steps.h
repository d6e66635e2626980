// Steps of the main job in the tabs of one container: terminal, processes, health, files, changes, inspect.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// A shell in the selected container computes and knows its size.
Result<void> openShell(Driver& driver);
/// A container whose image has no shell: the terminal says so and offers a debug terminal,
Result<void> showNoShell(Driver& driver);
/// which asks for an image with tools,
Result<void> askDebug(Driver& driver);
/// and sees the container's files, processes and network.
Result<void> lookAround(Driver& driver);
/// All of that; it goes when its tab is closed, and the container stays.
Result<void> debugBare(Driver& driver);
/// Its end is told in words, and Enter begins again.
Result<void> endShell(Driver& driver);
/// Runs and removes a container of its own; nothing of the others is selected afterwards.
Result<void> attachToFirst(Driver& driver);
/// The first process and the shell are listed.
Result<void> listProcesses(Driver& driver);
/// Browses to /etc, looks at a file, edits it and uploads another; the container's shell reads both.
Result<void> browseFiles(Driver& driver);
/// The files of a container that does not run are there as before.
Result<void> browseStopped(Driver& driver);
/// A file among others with its content, for a picture.
Result<void> showFiles(Driver& driver);
/// What was edited and uploaded is among the changes.
Result<void> listChanges(Driver& driver);
/// A folder comes to this machine, and the whole container as an archive.
Result<void> downloadFiles(Driver& driver);
/// An image is made of the container, and removed.
Result<void> saveAsImage(Driver& driver);
/// The tree and the JSON of the selected container.
Result<void> inspectContainer(Driver& driver);
/// Runs a container that turns unhealthy.
Result<void> watchHealth(Driver& driver);
/// A shell with something coloured in it, for a picture.
Result<void> listRoot(Driver& driver);

} // namespace escale::test
