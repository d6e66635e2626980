// What happens in a build, as the classic builder tells it: "Step 1/5 : FROM …", the output of RUN, " --->
// id". Pure.
//
// Stages are built at the same time, but told one after the other: the first step that has not ended is told
// as it goes, those behind it when it is their turn.
#pragma once

#include "engine/build/build_events.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::docker_api {

class BuildOutput {
public:
    /// `buildId`: shown where dockerd shows the container that a step runs in; there is none here that could
    /// be asked for.
    explicit BuildOutput(std::string_view buildId)
        : m_buildId(buildId.substr(0, 12)) {}

    /// Lines that can be told now, each with its end.
    std::vector<std::string> add(const BuildEvent& event);
    /// The rest, when the build has ended: what is left of the steps, and warnings.
    std::vector<std::string> finish();

    /// Of the RUN that failed, in dockerd's words.
    struct FailedCommand {
        std::string message; // "The command '/bin/sh -c false' returned a non-zero code: 1"
        int exitCode = 1;
    };
    [[nodiscard]] const std::optional<FailedCommand>& failedCommand() const { return m_failed; }

private:
    struct Step {
        std::string text;
        std::vector<std::string> waiting; // lines not told yet
        BuildEvent end;
        bool isStarted = false, hasEnded = false;
        bool isTold = false, isRunTold = false, isEndTold = false;
    };
    using Number = std::vector<int>; // "1.0.2" in its order
    static Number numberOf(std::string_view text);
    void tellTurn(std::vector<std::string>& lines);
    void tell(const Number& number, Step& step, std::vector<std::string>& lines) const;

    std::string m_buildId;
    std::map<Number, Step> m_steps;
    Number m_turn; // the steps before it are told
    std::vector<std::string> m_warnings;
    std::optional<FailedCommand> m_failed;
};

} // namespace escale::docker_api
