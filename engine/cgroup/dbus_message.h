// Messages of the D-Bus wire protocol (D-Bus Specification, "Message Protocol"): as much of it as asking
// systemd for a scope takes. The runtime is a static program that starts in a millisecond; a D-Bus library is
// more than it.
//
// Pure: no socket here. Little-endian only, as every machine that Escale is built for.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace escale {

/// A value of a unit's property, with the D-Bus type it is sent as.
using UnitValue = std::variant<std::string,                                       // s
                               bool,                                              // b
                               std::uint64_t,                                     // t
                               std::int32_t,                                      // i
                               std::vector<std::string>,                          // as
                               std::vector<std::uint32_t>,                        // au
                               std::vector<std::uint8_t>,                         // ay
                               std::vector<std::pair<std::string, std::string>>>; // a(ss)
using UnitProperties = std::vector<std::pair<std::string, UnitValue>>;

/// Whom a call is for.
struct DbusObject {
    std::string_view destination;
    std::string_view path;
    std::string_view interface;
};
inline constexpr DbusObject kSystemdObject{"org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                                           "org.freedesktop.systemd1.Manager"};
/// The message bus itself.
inline constexpr DbusObject kBusObject{"org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus"};

/// The body of a call, value by value, padded as the specification asks.
class DbusWriter {
public:
    DbusWriter& text(std::string_view value);             // s
    DbusWriter& boolean(bool value);                      // b
    DbusWriter& properties(const UnitProperties& values); // a(sv)
    DbusWriter& noAuxiliaryUnits();                       // a(sa(sv)), empty

    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    [[nodiscard]] const std::string& signature() const { return m_signature; }

private:
    friend std::string dbusCall(std::uint32_t, std::string_view, const DbusWriter&, const DbusObject&);
    void pad(std::size_t alignment);
    void number(std::uint32_t value);
    void wide(std::uint64_t value);
    void string(std::string_view value);
    void shortString(std::string_view value); // a signature
    void variant(const UnitValue& value);
    std::string m_bytes;
    std::string m_signature;
};

/// A call as bytes to send. `serial` is not 0.
std::string dbusCall(std::uint32_t serial, std::string_view member, const DbusWriter& body,
                     const DbusObject& object = kSystemdObject);

struct DbusMessage {
    enum class Kind : std::uint8_t { Call = 1, Return = 2, Error = 3, Signal = 4 };
    Kind kind = Kind::Call;
    std::uint32_t replyTo = 0;
    std::string member;
    std::string errorName;
    std::string sender; // a connection's name, by the message bus; empty without a bus
    /// Strings and object paths of the body, in order, up to the first value of another type but u.
    std::vector<std::string> texts;
};

constexpr std::size_t kDbusHeader = 16;              // enough to know a message's size
constexpr std::size_t kLongestDbusMessage = 1 << 20; // systemd's answers are some hundred bytes

/// The whole size of the message whose first kDbusHeader bytes these are; Untrusted when they are none.
Result<std::size_t> dbusMessageSize(std::string_view header);
/// Untrusted when a length or a string leads outside.
Result<DbusMessage> parseDbusMessage(std::string_view bytes);

} // namespace escale
