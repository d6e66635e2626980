// What a Compose file may hold: one table of all properties of the Compose Specification, each with its
// types, a sentence that explains it, and whether Escale honours it. The loader checks by it, the editor
// completes and explains by it.
#pragma once

#include "engine/stack/compose/problem.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace escale::compose {

enum class Support : std::uint8_t {
    Honoured,
    NoEffect, // accepted, and means nothing on one machine or on Linux; a note says so (`reason`)
    Warned,   // "not supported: … , because …": the rest works without it
    Refused,  // the same, and nothing is brought up: the container would be something else
};

// Types a value may have, as bits.
enum Types : std::uint16_t {
    kText = 1,
    kNumber = 2,
    kInteger = 4,
    kBoolean = 8,
    kNull = 16,
    kList = 32,
    kMap = 64,
    kDuration = 128, // a text such as "1m30s"
    kBytes = 256,    // "512m", or a number
};

struct Property {
    std::string_view path; // "services.*.ports[].published"; "*" any key, "[]" any item
    std::uint16_t types = kText;
    std::string_view
        doc; // one to three sentences of our own, English; gui/stacks puts them into the person's language
    Support support = Support::Honoured;
    std::string_view reason = {};  // why not, to be read after "because"; when it is not honoured
    std::string_view values = {};  // the only ones, separated by "|"; empty: any
    std::string_view example = {}; // a value as it could stand there, YAML
    std::uint16_t items = 0;       // types of a list's items; 0: not a list
    std::uint16_t members = 0;     // types of the values of a map whose keys are free; 0: no such map
    std::string_view usual = {};   // a value that asks for what happens anyway: nothing is said of it
};

/// All of them, parents before children.
std::span<const Property> properties();
/// The one that a way in a file leads to: "services.web.ports[0].published" or with "*" and "[]"; null: there
/// is none. x-… is never there.
const Property* findProperty(std::string_view path);
/// Of the properties below a path, one level: what can be written there.
std::vector<const Property*> propertiesBelow(std::string_view path);

/// checkShape() and checkSupport(): of one file as it stands, interpolated.
/// `part`: the path that `node` is at ("" for a whole file).
void checkSchema(const Node& node, std::string_view part, Problems& problems);
/// Unknown keys (with the nearest known one), wrong types, wrong values. x-… is left alone.
void checkShape(const Node& node, std::string_view part, Problems& problems);
/// What is not honoured: Refused is an error, Warned a warning, NoEffect a note. Also of a canonical or
/// merged tree, and of a service alone ("services.web"): what has no place has been written by nobody.
void checkSupport(const Node& node, std::string_view part, Problems& problems);

} // namespace escale::compose
