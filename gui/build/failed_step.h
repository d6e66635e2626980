// A look into what a failed step has left: a container of it with a terminal, that goes with the terminal.
#pragma once

#include "gui/client/call.h"
#include "gui/client/run_request.h"

namespace escale::gui {

class EngineClient;

struct FailedStep {
    RunRequest request;
    QString command; // what the step ran
};

/// Of the result of Builds.OpenFailed. Untrusted when it is something else. Pure.
Result<FailedStep> failedStepOf(const QString& json);

/// A container that runs, and what to say at its terminal's top.
struct OpenedStep {
    QString container, words;
};
void openFailedStep(EngineClient& client, const QString& build, QObject* guard, Answer<OpenedStep> answer);

} // namespace escale::gui
