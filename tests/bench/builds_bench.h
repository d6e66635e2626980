// Builds as a client on the bus makes them: the Dockerfile by descriptor, the files by sendContext().
#pragma once

#include "tests/bench/bench_client.h"

namespace escale::bench {

/// build CONTEXT DOCKERFILE TAG [--target STAGE] [--build-arg NAME=VALUE] [--no-cache]: what `docker build -t
/// TAG` is asked for. Prints one JSON object: "ms" from the call to the job's end, "steps", "cached"; of one
/// that fails the output of its steps.
void benchBuild(BenchClient& client, const QStringList& arguments);

/// save IMAGE FILE: as `docker save` writes it.
void saveImage(BenchClient& client, const QString& image, const QString& file);

/// forget-builds IMAGE…: the images by these names, and all that is kept for a next build.
void forgetBuilds(BenchClient& client, const QStringList& images);

} // namespace escale::bench
