#include "engine/build/builder.h"

#include "engine/build/build_run.h"

namespace escale {

Result<BuilderResult> buildImage(const BuilderRequest& request, BuildOperations& operations,
                                 const BuildEventSink& events) {
    return BuildRun(request, operations, events).run();
}

} // namespace escale
