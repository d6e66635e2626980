// Steps of the main job about what is pulled, and what becomes of images: names, disk usage, pruning,
// verifying.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// The tags of the chosen repository get their sizes; the chosen one tells its layers.
Result<void> readTags(Driver& driver);
/// A tag whose layers are all here says that nothing is to be downloaded.
Result<void> readCost(Driver& driver);
/// A tag some of whose layers are here says so; for a picture.
Result<void> readCostInPart(Driver& driver);
/// The selected image gets another name, which is then taken off again.
Result<void> tagAndUntag(Driver& driver, const QString& image);
/// What is on the disk is told, with the columns that belong to it.
Result<void> showDiskUsage(Driver& driver);
/// A prune says what would go before it goes; nothing does.
Result<void> previewPrune(Driver& driver);
/// All images are as they were pulled.
Result<void> verifyImages(Driver& driver);
/// A layer that the disk has changed is found, and mended by pulling it again; root's alone.
Result<void> mendImages(Driver& driver);
/// For a picture: "images-usage", "images-prune", "images-push", "images-verify".
Result<void> showManaging(Driver& driver, const QString& pane);

} // namespace escale::test
