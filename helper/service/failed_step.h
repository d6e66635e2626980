// What a step of a build that failed has left: kept beside the build's record, and made an image of when
// somebody wants to look into it.
//
//   <state>/builds/<id>/failed/upper       what it has changed, as overlayfs has it, of the owner's ids
//   <state>/builds/<id>/failed/step.json   the root below, and what was run; written last
#pragma once

#include "helper/service/build_work.h"

namespace escale {

/// `upper` is moved there. The first one of a build is kept. A failure is logged: the build fails anyway.
void keepFailedStep(const BuildWork& work, const BuildRoot& base, const RunRequest& request,
                    const std::string& upper);

/// Answers with OpenFailed's result. NotFound: nothing was kept, or a layer below has gone.
Result<std::string> openFailedStep(const BuildParts& parts, uid_t owner, const std::string& build,
                                   const Cancellation& cancellation);

} // namespace escale
