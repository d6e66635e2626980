// An engine that is nothing but values: what a plan's steps do to what is there, each refused where the real
// one would refuse it.
#pragma once

#include "engine/stack/run_plan.h"
#include "engine/stack/stack_plan.h"

#include <map>
#include <set>
#include <string>

namespace escale::test {

using ImageDigests = std::map<std::string, std::string>;

/// A service of one container in the project's default network.
StackService service(const std::string& name, const std::vector<StackDependency>& dependencies = {});
/// The project "p" with the network p_default.
Stack stackOf(std::vector<StackService> services);
ImageDigests imagesOf(const Stack& stack);
StackService& serviceIn(Stack& stack, const std::string& name);

class StackSimulation {
public:
    Observed observed;
    std::set<std::string> leaving; // ids: nobody waits for these

    /// Plans and does it; why not, or "".
    std::string up(const Stack& stack, const UpOptions& options = {});
    std::string up(const Stack& stack, const ImageDigests& images, const UpOptions& options = {});
    std::string down(const DownOptions& options = {});
    /// One step; what speaks against it, or "".
    std::string apply(const StackStep& step, const Stack& stack, const ImageDigests& images);
    /// All of them, in their order.
    std::string apply(const StackPlan& plan, const Stack& stack, const ImageDigests& images);

    ObservedContainer* find(const std::string& nameOrId);
    void remove(const std::string& name);

private:
    ObservedContainer make(const Stack& stack, const StackStep& step, const ImageDigests& images);
    ObservedContainer* first(const std::string& service);
    unsigned m_lastId = 0;
};

/// "recreate p-db-1", a line each; with `why` where it is wanted: "recreate p-db-1: its image has changed".
std::string wordsOf(const StackPlan& plan, bool why = false);
/// The step with those words; the plan's size when there is none.
std::size_t stepOf(const StackPlan& plan, const std::string& words);
/// Whether the first is done before the second begins, whatever the threads do.
bool comesBefore(const StackPlan& plan, const std::string& first, const std::string& second);

} // namespace escale::test
