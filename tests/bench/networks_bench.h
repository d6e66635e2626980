// How fast containers come into networks, as a client on the bus sees it. Each prints "NAME MILLISECONDS"
// lines, one a repetition: whoever compares engines pools the lines of alternating rounds.
#pragma once

#include "tests/bench/bench_client.h"

namespace escale::bench {

/// Makes a network.
void makeNetwork(BenchClient& client, const QString& name);
/// Starts one that sleeps, with published ports ("15201:5201,15202:5202") if any; prints "PID ADDRESS ID".
void startMember(BenchClient& client, const QString& image, const QString& network, const QString& name,
                 const QString& publish);
/// "start": of a container that exists, in that network, with an alias and published ports, until it runs.
void benchStart(BenchClient& client, const QString& image, const QString& network, const QString& publish,
                int count);
/// "connect" and "disconnect" of containers that run: all of them in, then all of them out again.
void benchConnect(BenchClient& client, const QString& network, const QStringList& containers);

} // namespace escale::bench
