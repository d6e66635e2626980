// The layers of an image that comes in, as the steps of a job.
#pragma once

#include "helper/jobs/job.h"
#include "helper/worker/obtain_image.h"

namespace escale {

/// A layer that arrives has the phase "downloading".
JobProgress::Report toReport(const std::vector<LayerProgress>& layers);

} // namespace escale
