// Does a plan's steps, several at a time, each when those that it waits for are done.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/stack/stack_plan.h"

#include <functional>

namespace escale {

enum class StepState : std::uint8_t { Waiting, Running, Done, Failed, Skipped };

/// Does one step; called from several threads.
using DoStep = std::function<Result<void>(std::size_t step, const Cancellation& cancellation)>;
/// Told under no lock, in an order that makes sense for each step.
using StepTold = std::function<void(std::size_t step, StepState state, const Error* error)>;

/// Answers when every step that can be done is done: of what waits for a failed step (one that is required)
/// nothing is begun, what is independent goes on. The error names the first failure and has the others as
/// causes. Cancelled: what runs is cancelled, nothing else begins. Any thread; ends its own `threads`.
Result<void> runPlan(const StackPlan& plan, unsigned threads, const DoStep& doStep, const StepTold& told,
                     const Cancellation& cancellation);

} // namespace escale
