// The parts of makeStack(), by what they are about: each reads one service of the canonical tree.
#pragma once

#include "engine/stack/compose/make_stack.h"
#include "engine/stack/compose/part.h"

namespace escale::compose {

/// What they share.
struct Making {
    const Project& project;
    const Variables& variables;
    const ReadFile& read;
    MadeStack made;

    [[nodiscard]] Part root() { return {made.problems, &project.root, {}}; }
    std::uint32_t addSource(StackSource source);
    /// The value of a name alone: that of the environment.
    [[nodiscard]] const std::string* variable(const std::string& name) const;
};

/// "NAME=value", sorted; a name without a value gets that of the environment, or is left out.
Texts environmentOf(const Making& making, const Part& part);

void makeProgram(const Making& making, const Part& service, ContainerOptions& options);
void makeLife(const Part& service, ContainerOptions& options); // restart, stop, health, log
void makeLimits(const Part& service, ContainerOptions& options);
void makeSecurity(const Making& making, const Part& service, ContainerOptions& options);
void makeHooks(const Making& making, const Part& service, StackService& made);
/// Also the networks that it uses, into the stack.
void makeNetworking(Making& making, const Part& service, StackService& made);
/// Mounts, with their sources, and the volumes.
void makeMounts(Making& making, const Part& service, StackService& made);
/// Secrets and configs.
void makeFiles(Making& making, const Part& service, StackService& made);
/// How its image comes: pulled or built, and what it is called.
void makeImage(Making& making, const Part& service, StackService& made);
/// `links` of all services: further names of those that they lead to.
void makeLinks(Making& making);
/// "host" and "none", which are words of the options and no networks of the engine.
void leaveMachineNetworksOut(Stack& stack);

} // namespace escale::compose
