// A stack as the engine takes it: everything resolved, nothing left to be read. Who makes it of Compose files
// is engine/stack/compose, in the process of the files' owner; who brings it up is the helper. Plain values.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// compose-spec 05-services.md, depends_on.
enum class DependsOn : std::uint8_t { Started, Healthy, CompletedSuccessfully };
std::string_view dependsOnName(DependsOn condition); // "service_started" …
std::optional<DependsOn> dependsOnOf(std::string_view name);

struct StackDependency {
    std::string service;
    DependsOn condition = DependsOn::Started;
    bool restart = false; // when that one is made anew or restarted by hand, so is this one
    bool required = true; // else its absence or failure is a warning
    bool operator==(const StackDependency&) const = default;
};

/// A command run in the container after its start or before its stop.
struct StackHook {
    Texts command;
    std::string user;
    std::string workingDirectory;
    Texts environment;
    bool privileged = false;
    bool operator==(const StackHook&) const = default;
};

/// A file of a secret or a config, in each container of the service. What it holds comes beside.
struct StackFile {
    std::string path; // inside
    std::uint32_t user = 0;
    std::uint32_t group = 0;
    std::uint32_t mode = 0444;
    std::uint32_t source = 0;  // which of the passed descriptors
    std::string contentDigest; // "sha256:…"; part of the service's hash
    bool operator==(const StackFile&) const = default;
};

/// compose-spec 05-services.md, pull_policy.
enum class PullPolicy : std::uint8_t { Missing, Always, Never, Build };

/// How a service's image is built: Builds.Build's arguments. The options are beside (helper: a{sv}).
struct StackBuild {
    std::uint32_t dockerfile = 0; // which of the passed descriptors, as the next
    std::uint32_t context = 0;
};

struct StackService {
    std::string name;
    std::string image;    // what is pulled, or the name of what is built
    std::string platform; // empty: this machine's
    PullPolicy pullPolicy = PullPolicy::Missing;
    std::optional<StackBuild> build;
    unsigned replicas = 1;
    /// Of each container. `name` is container_name or empty; `image` is empty. What refers to other services
    /// of the stack says so: network, ipc, pid "service:NAME", volumesFrom "service:NAME[:ro]" ("container:"
    /// for those that are no service's). Networks and volumes have the names that they have in the engine.
    /// Mounts of type bind have a descriptor each, in their order: `binds`. No label of Compose is in it but
    /// those of stack_labels.h that fixedLabels() lists.
    ContainerOptions options;
    std::vector<std::uint32_t> binds; // which of the passed descriptors
    std::vector<StackFile> files;
    std::vector<StackDependency> dependencies; // those that the above implies, too
    std::vector<StackHook> postStart;
    std::vector<StackHook> preStop;
};

/// Escale's options of a network (Networks.Create).
struct StackNetwork {
    std::string key;       // in the file
    std::string name;      // in the engine
    bool external = false; // it must be there
    std::string driver;    // empty: bridge
    Texts subnets, ranges, gateways;
    bool ipv6 = false, internal = false, icc = true, masquerade = true;
    unsigned mtu = 0;
    std::string parent, mode;
    TextMap labels;
    bool operator==(const StackNetwork&) const = default;
};

struct StackVolume {
    std::string key;
    std::string name;
    bool external = false;
    std::string driver; // empty: local
    TextMap driverOptions;
    TextMap labels;
    bool operator==(const StackVolume&) const = default;
};

struct Stack {
    std::string project; // [a-z0-9][a-z0-9_-]*
    std::string workingDirectory;
    Texts configFiles;
    Texts environmentFiles;
    std::vector<StackNetwork> networks; // those that an enabled service uses
    std::vector<StackVolume> volumes;
    std::vector<StackService> services; // enabled ones
    Texts disabled;                     // others of the file: their containers are no orphans
    /// The canonical form of the files (Stacks.Config); kept by the engine, so no content of a secret is in
    /// it.
    std::string config;
};

/// Of all services together, however they are scaled.
constexpr unsigned kMostStackContainers = 1000;

/// Checks that root makes before it believes one: names, references to services and indices are of what is
/// there, no dependency goes in a circle, numbers are within bounds. InvalidArgument names the service.
Result<void> checkStack(const Stack& stack, std::size_t descriptors);

/// "sha256" (hex) over everything that makes a container of the service what it is: options, image name,
/// files (with their contents' digests), hooks, and what its networks and volumes are. Not: replicas,
/// dependencies, how its image comes, binds' descriptors, where the files lie. Another value: the container
/// must be made anew.
std::string serviceHash(const Stack& stack, const StackService& service);
std::string networkHash(const StackNetwork& network);
std::string volumeHash(const StackVolume& volume);

} // namespace escale
