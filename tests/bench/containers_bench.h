// How fast the life of containers is, as a client on the bus sees it. Each prints one JSON object.
#pragma once

#include "tests/bench/bench_client.h"

namespace escale::bench {

/// `true` in a container that runs: from the call to its recorded end, ms.
void benchExec(BenchClient& client, const QString& image, int count);
/// One that ends at SIGTERM: from the call to its recorded end, ms.
void benchStop(BenchClient& client, const QString& image, int count);
/// With that many containers: making one, and listing all, ms.
void benchList(BenchClient& client, const QString& image, int count);
/// From the call to the recorded end of one that writes 100 MiB of lines; `options` of the log.
void benchLog(BenchClient& client, const QString& image, const QVariantMap& options);
/// With that many that sleep: what the helper uses while nobody asks (percent of a processor, over ten
/// seconds, and KiB), and the median monitor (KiB, of its own and resident).
void benchCrowd(BenchClient& client, const QString& image, int count);

} // namespace escale::bench
