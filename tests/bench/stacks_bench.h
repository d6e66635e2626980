// Stacks as a client on the bus brings them up: loaded here, handed over as values and descriptors.
#pragma once

#include "tests/bench/bench_client.h"

namespace escale::bench {

/// stack-up FILE…: as `docker compose -f FILE… up -d`. Prints one JSON object: "load" (ms, of reading the
/// files) and "up" (ms, from the call to the job's end).
void benchStackUp(BenchClient& client, const QStringList& files);

/// stack-down PROJECT: as `docker compose -p PROJECT down`. "down", ms.
void benchStackDown(BenchClient& client, const QString& project);

/// stack-started PROJECT: a JSON object, when each service's first container was started (Unix milliseconds).
void printStarted(BenchClient& client, const QString& project);

} // namespace escale::bench
