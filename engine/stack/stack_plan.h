// What has to be done to bring a stack to what its file says: a list of steps, each with the steps that it
// waits for. Pure: the same values give the same plan, and a window can show it before anybody does it.
#pragma once

#include "engine/base/result.h"
#include "engine/stack/stack.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace escale {

/// A container of the project as it is, by its labels.
struct ObservedContainer {
    std::string id;
    std::string name;
    std::string service;
    unsigned number = 0;
    ContainerState state = ContainerState::Created;
    std::string health;
    int exitCode = 0;
    bool oneOff = false;
    std::string configHash;
    std::string imageDigest;
    std::string replaces; // id, or empty
    Texts networks;       // names of those that it is in
    Texts shares;         // ids of containers whose namespaces it is in
    std::vector<StackDependency> dependencies;
    std::vector<StackHook> preStop;
    std::int64_t createdAt = 0;
};
struct ObservedNetwork {
    std::string id, name, key, configHash;
    bool ours = false; // by its label of the project
};
struct ObservedVolume {
    std::string name, key, configHash;
    bool ours = false;
};
struct Observed {
    std::vector<ObservedContainer> containers;
    std::vector<ObservedNetwork> networks; // of the project, and those that the stack names
    std::vector<ObservedVolume> volumes;
};

enum class Recreate : std::uint8_t { Diverged, Always, Never };

struct UpOptions {
    std::set<std::string> services; // of these and what they depend on; empty: all
    bool dependencies = true;       // --no-deps: false
    Recreate recreate = Recreate::Diverged;
    Recreate recreateDependencies = Recreate::Diverged;
    bool renewAnonymousVolumes = false; // -V
    bool removeOrphans = false;
    bool start = true; // --no-start: false
    bool wait = false; // until all run or are healthy
    std::map<std::string, unsigned> scale;
    unsigned stopTimeout = 0; // seconds; 0: each container's own
};

struct StackStep {
    enum class Kind : std::uint8_t {
        CreateNetwork,
        RemoveNetwork,
        CreateVolume,
        RemoveVolume, // name: in the engine
        Create,       // a container `name` of service and number
        Recreate,     // the same in the place of `container`: make, stop, remove, rename
        Start,        // with its hooks after it
        Stop,         // with its hooks before it
        Restart,
        Remove,
        Rename,    // what a cancelled Recreate has left
        Wait,      // until `service` is as `condition` says; name: of whom
        WaitReady, // of --wait: runs, or is healthy when it has a check
    };
    Kind kind = Kind::Create;
    std::string service;
    unsigned number = 0;
    std::string container; // id of one that is there; empty: made by an earlier step of this plan
    std::string name;
    DependsOn condition = DependsOn::Started;
    bool required = true;           // else a failure is told and does not end the rest
    std::vector<std::size_t> after; // steps that must be done before; always lower numbers
    std::string why;                // in words, for a person: "its configuration has changed"; may be empty
};

struct StackPlan {
    std::vector<StackStep> steps;
    Texts warnings; // what is different and stays so: a volume with other options, an orphan …
    /// Services whose containers stay as they are.
    std::set<std::string> unchanged;
};

/// The services that these options choose: theirs, and what they depend on. NotFound: one that the stack has
/// not.
Result<std::set<std::string>> chosenServices(const Stack& stack, const UpOptions& options);

/// `images`: each service's image now, by service; one that is not there counts as it was. NotFound: an
/// external network or volume is missing (all are named), or a service of the options. InvalidArgument: a
/// container_name for several.
Result<StackPlan> planUp(const Stack& stack, const Observed& observed,
                         const std::map<std::string, std::string>& images, const UpOptions& options);

struct DownOptions {
    std::set<std::string> services; // empty: all, and networks
    bool volumes = false;           // those of the project, and anonymous ones
    bool removeOrphans = true;      // by labels alone nobody can tell them; with a stack: those that it lacks
    unsigned stopTimeout = 0;
};
/// Reverse order of the dependencies that the containers' labels tell.
StackPlan planDown(const std::string& project, const Observed& observed, const DownOptions& options);

enum class StackVerb : std::uint8_t { Start, Stop, Restart, Remove };
/// Of containers that are there, in the order of their dependencies (Stop, Remove: reversed). Restart takes
/// those along whose dependency says `restart`.
Result<StackPlan> planVerb(StackVerb verb, const Observed& observed, const std::set<std::string>& services,
                           unsigned stopTimeout);

std::string_view stepName(StackStep::Kind kind); // "create-network" …

} // namespace escale
