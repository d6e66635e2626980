// The labels that Docker Compose puts on what it makes, so that it and Escale see each other's projects.
// github.com/docker/compose, pkg/api/labels.go
#pragma once

#include "engine/container/container.h"

#include <string>

namespace escale::stack_labels {

constexpr auto kProject = "com.docker.compose.project";
constexpr auto kService = "com.docker.compose.service";
constexpr auto kNumber = "com.docker.compose.container-number"; // from 1
constexpr auto kOneOff = "com.docker.compose.oneoff";           // "True": of `run`; else "False"
constexpr auto kSlug = "com.docker.compose.slug";               // of a one-off
constexpr auto kConfigHash = "com.docker.compose.config-hash";  // of containers, networks and volumes
constexpr auto kConfigFiles = "com.docker.compose.project.config_files"; // joined by ","
constexpr auto kWorkingDirectory = "com.docker.compose.project.working_dir";
constexpr auto kEnvironmentFile = "com.docker.compose.project.environment_file"; // joined by ","
constexpr auto kDependsOn =
    "com.docker.compose.depends_on";                // "db:service_healthy:false,cache:service_started:true"
constexpr auto kImage = "com.docker.compose.image"; // digest of the image that it was made of
constexpr auto kReplace =
    "com.docker.compose.replace"; // id or name of the container that it takes the place of
constexpr auto kNetwork = "com.docker.compose.network"; // key in the file
constexpr auto kVolume = "com.docker.compose.volume";
constexpr auto kVersion = "com.docker.compose.version"; // some clients take a project for theirs by it only
/// Escale's own: hooks before a stop as JSON (a list of {"command", "user", "workdir", "environment",
/// "privileged"}), so that down and stop need no file.
constexpr auto kPreStop = "org.escale.stack.pre-stop";

/// What a label says; empty: there is none.
std::string valueOf(const TextMap& labels, const char* name);
/// kNumber; 0: there is none, or it is no number.
unsigned numberOf(const TextMap& labels);

} // namespace escale::stack_labels
