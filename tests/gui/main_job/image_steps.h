// Steps of the main job that look into an image.
#pragma once

#include "tests/gui/main_job/driver.h"

namespace escale::test {

/// The tab of the selected image with that number.
Result<void> showImageTab(Driver& driver, int index);
/// The layers of the selected image are read, and their files shown; a filter narrows them.
Result<void> lookIntoLayers(Driver& driver);
/// What is found about the files, the configuration with its warnings, and the history.
Result<void> readAboutImage(Driver& driver);
/// For a picture: "image-layers", "image-files", "image-findings", "image-config", "image-history",
/// "image-used".
Result<void> showImage(Driver& driver, const QString& pane);

} // namespace escale::test
