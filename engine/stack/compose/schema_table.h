// The parts of the one table of properties(), by what they are about. Docs are ours; paths, types and values
// are facts of the Compose Specification's JSON schema (compose-spec.json).
#pragma once

#include "engine/stack/compose/schema.h"

// lupdate finds what is to be translated by this name.
#define QT_TRANSLATE_NOOP(context, text) text

namespace escale::compose {

constexpr std::uint16_t kValues = kText | kNumber | kBoolean | kNull; // of environment, labels and their like

std::span<const Property>
projectProperties(); // the top level, with networks, volumes, secrets, configs, models
std::span<const Property> serviceProperties();        // what runs and how long
std::span<const Property> serviceLimitProperties();   // what it may use and what it may do
std::span<const Property> serviceNetworkProperties(); // networks, ports, names
std::span<const Property> serviceFileProperties();    // volumes, configs, secrets
std::span<const Property> buildProperties();
std::span<const Property> deployProperties();
std::span<const Property> developProperties();

} // namespace escale::compose
