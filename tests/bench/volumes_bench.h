// What volumes cost, as a client on the bus sees it. Each prints lines "name value".
#pragma once

#include "tests/bench/bench_client.h"

namespace escale::bench {

/// Starts with none, one and eight volumes: "0 MS", "1 MS", "8 MS", each `count` times.
void benchMounts(BenchClient& client, const QString& image, int count);
/// Create and start with a volume at /many, an empty one, which gets what the image has there, and then a
/// filled one: "empty MS", "filled MS".
void benchCopyUp(BenchClient& client, const QString& image, int count);
/// Makes a volume of an archive.
void fillVolume(BenchClient& client, const QString& volume, const QString& archive);
/// To the last byte, which is thrown away: "backup MS", "bytes COUNT".
void benchBackup(BenchClient& client, const QString& volume, const QString& compression);
/// "list MS", "files COUNT".
void benchListFiles(BenchClient& client, const QString& volume, const QString& path);

} // namespace escale::bench
