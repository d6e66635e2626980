// The chains, maps and sets of published ports (see port_rules.h) as nftables commands, and what a listing
// says of them. Used inside this module only. `table` is a valid name, of the family inet.
#pragma once

#include "engine/network/published_port.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale::port_ruleset {

/// Map and key: no two ports may have the same.
std::string keyOf(const PublishedPort& port);

/// An element of a set that follows from ports: it is there while any of them is.
struct Member {
    std::string_view set;
    std::string element;
    auto operator<=>(const Member&) const = default;
};
std::vector<Member> membersOf(const InstalledPort& port);

/// Makes all but the elements; chains that somebody has changed are as they should be then.
std::string structure(const std::string& table);
/// Takes all of it away, after structure(): what is missing could not be deleted.
std::string removal(const std::string& table);

/// `verb`: "add" (no error when it is there already) or "delete" (an error when it is not). One command a map
/// or set, however many there are.
std::string elements(std::string_view verb, const std::string& table,
                     const std::vector<InstalledPort>& ports);
std::string members(std::string_view verb, const std::string& table, const std::vector<Member>& members);

struct Present {
    std::vector<InstalledPort> ports;
    bool hasParts = false; // chains, maps or sets
};
/// What the kernel has: slow with thousands of ports.
Result<Present> read(const std::string& table);

} // namespace escale::port_ruleset
