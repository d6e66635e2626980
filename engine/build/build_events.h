// What happens in a build, as it is written to the build's file of events: a JSON object a line, appended
// while the build runs, kept with the build's record. The builder writes it, whoever shows builds reads it.
// Pure.
//
//   {"event":"build","time":…,"text":the Dockerfile,"name":"Dockerfile","target":"final"}
//   {"event":"stage","stage":"1","name":"builder","base":"docker.io/library/golang:1.22","platform":"linux/amd64"}
//   {"event":"step","step":"1.2","stage":"1","text":"RUN make","line":12,"inputs":["1.1","0.4"]}   all of
//       them, before the first begins; step "S.0" is the stage's FROM. What only a base image tells comes
//       later: its triggers (ONBUILD) are steps "S.0.1", "S.0.2", and may need one more stage
//   {"event":"started","step":"1.2","time":…}
//   {"event":"log","step":"1.2","time":…,"text":"…"}              lines of output, and what the builder says
//   {"event":"warning","step":"1.2","line":12,"text":"…"}
//   {"event":"finished","step":"1.2","time":…,"state":"done","layer":"sha256:…","size":…}
//       state: "done", "cached", "failed" (with "error", "exit"), "cancelled"
//   {"event":"image","time":…,"digest":"sha256:…","names":["…"],"size":…}
//   {"event":"ended","time":…,"state":"done"}                     "failed" (with "error", "hint"),
//   "cancelled"
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct BuildEvent {
    enum class Kind : std::uint8_t { Build, Stage, Step, Started, Log, Warning, Finished, Image, Ended };
    enum class State : std::uint8_t { None, Done, Cached, Failed, Cancelled };
    Kind kind = Kind::Log;
    std::int64_t time = 0; // Unix milliseconds
    std::string step;      // "1.2": second instruction after FROM of the second stage
    std::string stage;     // "1"
    std::string name;      // of the stage, or the Dockerfile's
    std::string text;
    std::string base, platform, target;
    int line = 0;                    // in the Dockerfile, from 1
    std::vector<std::string> inputs; // steps that it needs
    State state = State::None;
    std::string layer; // diffId
    std::string digest;
    std::vector<std::string> names;
    std::uint64_t size = 0;
    int exitCode = 0;
    std::string error, hint;
    bool operator==(const BuildEvent&) const = default;
};

/// One line, with its end. Bytes of `text` that are no UTF-8 become U+FFFD.
std::string writeBuildEvent(const BuildEvent& event);
/// InvalidArgument: no such object. Members that are not known are left out.
Result<BuildEvent> parseBuildEvent(std::string_view line);

} // namespace escale
