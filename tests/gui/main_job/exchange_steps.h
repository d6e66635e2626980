// Steps of the main job in which images leave this machine and come back: pushed to a registry, saved in an
// archive and loaded, made of a root file system.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// A push that is cancelled half way names nothing in the registry; begun again, it does.
Result<void> cancelPush(Driver& driver, const QString& image);
/// A pushed image is seen in the registry's pane, and its tag is deleted there.
Result<void> pushAndDeleteTag(Driver& driver, const QString& image);
/// A push to a registry that does not answer is told above the images, with a way to try again.
Result<void> pushToNowhere(Driver& driver, const QString& image);
/// The image and the one below it go into one archive; the lower one is removed, and comes back.
Result<void> saveAndLoad(Driver& driver, const QString& image, const QString& below);
/// The selected container's files become an image of that name and tag, which starts the same command.
Result<void> importExport(Driver& driver, const QString& reference);
/// For a picture: "images-pushing", "images-tag", "images-import", "images-load".
Result<void> showExchange(Driver& driver, const QString& pane);

} // namespace escale::test
