#include "engine/container/option_forms.h"

#include "engine/base/byte_size.h"
#include "engine/base/capability_names.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace escale {
namespace {

tl::unexpected<Error> bad(std::string_view text, const std::string& what, const std::string& right) {
    return fail(ErrorCode::InvalidArgument, '"' + std::string(text.substr(0, 200)) + "\" is no " + what,
                right);
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

constexpr std::array<std::string_view, 16> kUlimits{
    "core",   "cpu",   "data", "fsize",  "locks",  "memlock",    "msgqueue", "nice",
    "nofile", "nproc", "rss",  "rtprio", "rttime", "sigpending", "stack",    "as"};

} // namespace

Result<Ulimit> parseUlimit(std::string_view text) {
    const auto wrong = [text] {
        return bad(text, "ulimit", "Write NAME=SOFT:HARD, for example nofile=1024:4096.");
    };
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return wrong();
    const auto name = text.substr(0, equals);
    if (std::find(kUlimits.begin(), kUlimits.end(), name) == kUlimits.end())
        return wrong();
    const auto values = text.substr(equals + 1);
    const auto colon = values.find(':');
    const auto limit = [](std::string_view word) -> std::optional<std::uint64_t> {
        return word == "-1" || word == "unlimited" ? UINT64_MAX : number<std::uint64_t>(word);
    };
    const auto soft = limit(values.substr(0, colon));
    const auto hard = colon == std::string_view::npos ? soft : limit(values.substr(colon + 1));
    if (!soft || !hard)
        return wrong();
    if (*soft > *hard)
        return fail(ErrorCode::InvalidArgument,
                    "the ulimit \"" + std::string(text) + "\" has a soft limit above its hard limit");
    return Ulimit{"RLIMIT_" + upper(name), *soft, *hard};
}

Result<DeviceOption> parseDevice(std::string_view text) {
    const auto wrong = [text] {
        return bad(text, "device", "Write /dev/HOST, /dev/HOST:/dev/INSIDE or /dev/HOST:/dev/INSIDE:rwm.");
    };
    DeviceOption device;
    const auto isAccess = [](std::string_view word) {
        return !word.empty() && word.find_first_not_of("rwm") == std::string_view::npos;
    };
    std::vector<std::string_view> parts;
    for (std::string_view rest = text;;) {
        const auto colon = rest.find(':');
        parts.push_back(rest.substr(0, colon));
        if (colon == std::string_view::npos)
            break;
        rest.remove_prefix(colon + 1);
    }
    if (parts.size() > 3)
        return wrong();
    device.hostPath = parts[0];
    device.path = device.hostPath;
    if (parts.size() == 2 && isAccess(parts[1]))
        device.access = parts[1];
    else if (parts.size() >= 2)
        device.path = parts[1];
    if (parts.size() == 3) {
        if (!isAccess(parts[2]))
            return wrong();
        device.access = parts[2];
    }
    for (const auto* path : {&device.hostPath, &device.path}) {
        if (!path->starts_with('/') || path->ends_with('/') || path->find("/../") != std::string::npos)
            return wrong();
    }
    return device;
}

Result<Json> parseDeviceRule(std::string_view text) {
    const auto wrong = [text] {
        return bad(text, "device rule", "Write TYPE MAJOR:MINOR ACCESS, for example \"c 10:229 rwm\".");
    };
    // "c 1:3 rwm": exactly one blank between the three.
    const auto first = text.find(' ');
    const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    if (second == std::string_view::npos)
        return wrong();
    const auto type = text.substr(0, first);
    const auto numbers = text.substr(first + 1, second - first - 1);
    const auto access = text.substr(second + 1);
    const auto colon = numbers.find(':');
    if ((type != "a" && type != "b" && type != "c") || colon == std::string_view::npos || access.empty() ||
        access.find_first_not_of("rwm") != std::string_view::npos)
        return wrong();
    Json rule;
    rule.set("allow", true).set("type", type).set("access", access);
    for (const auto& [key, word] :
         {std::pair("major", numbers.substr(0, colon)), std::pair("minor", numbers.substr(colon + 1))}) {
        if (word == "*")
            continue;
        const auto value = number<std::uint32_t>(word);
        if (!value)
            return wrong();
        rule.set(key, std::int64_t(*value));
    }
    return rule;
}

Result<DeviceNumber> parseDeviceNumber(std::string_view text) {
    const auto colon = text.rfind(':');
    if (!text.starts_with("/dev/") || colon == std::string_view::npos)
        return bad(text, "limit of a device", "Write /dev/DEVICE:NUMBER, for example /dev/sda:10m.");
    TRY_ASSIGN(const auto value, parseByteSize(text.substr(colon + 1)));
    return DeviceNumber{std::string(text.substr(0, colon)), value};
}

Result<std::string> parseCapability(std::string_view text) {
    std::string name = upper(text);
    if (name == "ALL")
        return name;
    if (name.starts_with("CAP_"))
        name.erase(0, 4);
    if (std::find(kCapabilityNames.begin(), kCapabilityNames.end(), name) == kCapabilityNames.end())
        return bad(text, "capability", "See capabilities(7); for example NET_ADMIN.");
    return "CAP_" + name;
}

const std::vector<std::string>& defaultCapabilities() {
    static const std::vector<std::string> list = {
        "CAP_AUDIT_WRITE", "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
        "CAP_KILL",        "CAP_MKNOD",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",   "CAP_SETFCAP",
        "CAP_SETGID",      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
    return list;
}

Result<std::vector<std::string>> capabilitiesOf(const std::vector<std::string>& add,
                                                const std::vector<std::string>& drop, bool privileged) {
    std::vector<std::string> all;
    for (const auto name : kCapabilityNames)
        all.push_back("CAP_" + std::string(name));
    std::vector<std::string> added;
    std::vector<std::string> dropped;
    for (const auto& text : add) {
        TRY_ASSIGN(added.emplace_back(), parseCapability(text));
    }
    for (const auto& text : drop) {
        TRY_ASSIGN(dropped.emplace_back(), parseCapability(text));
    }
    const auto holds = [](const std::vector<std::string>& list, const std::string& name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    std::vector<std::string> result;
    for (const auto& name : all) {
        bool has = holds(added, name);
        if (privileged)
            has = true;
        else if (holds(added, "ALL"))
            has = !holds(dropped, name);
        else if (!holds(dropped, "ALL"))
            has = has || (holds(defaultCapabilities(), name) && !holds(dropped, name));
        if (has)
            result.push_back(name);
    }
    std::sort(result.begin(), result.end());
    return result;
}

namespace {

struct PortRange {
    std::uint16_t first = 0, last = 0;
};

std::optional<PortRange> portRange(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = number<std::uint16_t>(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number<std::uint16_t>(text.substr(dash + 1));
    if (!first || !last || *first == 0 || *last < *first)
        return std::nullopt;
    return PortRange{*first, *last};
}

bool isAddress(const std::string& text) {
    std::array<unsigned char, 16> buffer{};
    return ::inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

} // namespace

Result<std::vector<PortRequest>> parsePublish(std::string_view text) {
    const auto wrong = [text] {
        return bad(text, "published port", "Write [ADDRESS:][PORT:]CONTAINERPORT[/tcp|udp|sctp].");
    };
    std::string_view rest = text;
    PortRequest port;
    if (const auto slash = rest.rfind('/'); slash != std::string_view::npos) {
        port.protocol = rest.substr(slash + 1);
        rest = rest.substr(0, slash);
        if (port.protocol != "tcp" && port.protocol != "udp" && port.protocol != "sctp")
            return wrong();
    }
    const auto last = rest.rfind(':');
    const auto inside = portRange(rest.substr(last == std::string_view::npos ? 0 : last + 1));
    if (!inside)
        return wrong();
    std::optional<PortRange> outside;
    if (last != std::string_view::npos) {
        std::string_view host = rest.substr(0, last);
        const auto colon = host.rfind(':');
        const bool addressed = colon != std::string_view::npos;
        std::string_view hostPort = addressed ? host.substr(colon + 1) : host;
        if (addressed) {
            std::string_view address = host.substr(0, colon);
            if (address.starts_with('[') && address.ends_with(']'))
                address = address.substr(1, address.size() - 2);
            port.hostAddress = address;
            if (!isAddress(port.hostAddress))
                return wrong();
        }
        if (!hostPort.empty()) {
            outside = portRange(hostPort);
            if (!outside)
                return wrong();
        } else if (!addressed) {
            return wrong();
        }
    }
    const unsigned count = inside->last - inside->first + 1U;
    if (outside && outside->last - outside->first + 1U != count)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text) + "\" publishes " + std::to_string(count) + " ports on " +
                        std::to_string(outside->last - outside->first + 1) + " of this machine",
                    "Make both ranges equally long.");
    std::vector<PortRequest> ports;
    for (unsigned i = 0; i < count; ++i) {
        port.port = static_cast<std::uint16_t>(inside->first + i);
        port.hostPort = outside ? static_cast<std::uint16_t>(outside->first + i) : std::uint16_t(0);
        ports.push_back(port);
    }
    return ports;
}

Result<std::string> parseDetachKeys(std::string_view text) {
    std::string keys;
    for (std::string_view rest = text; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto key = rest.substr(0, comma);
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        const char last = key.empty() ? '\0' : key.back();
        const bool isLetter = (last >= 'a' && last <= 'z') || (last >= '@' && last <= '_');
        if (key.size() == 1 && last > 0)
            keys += last;
        else if (key.size() == 6 && key.starts_with("ctrl-") && isLetter)
            keys += static_cast<char>(last & 0x1F);
        else
            return bad(text, "sequence of keys",
                       "Write keys with commas between, for example ctrl-p,ctrl-q.");
    }
    if (keys.size() > 16)
        return bad(text, "sequence of keys", "Name 16 keys at most.");
    return keys;
}

Result<std::string> parseAddress(std::string_view text) {
    if (!isAddress(std::string(text)))
        return bad(text, "address", "Write an IPv4 or IPv6 address.");
    return std::string(text);
}

Result<VolumesFrom> parseVolumesFrom(std::string_view text) {
    const auto colon = std::min(text.find(':'), text.size());
    const auto mode = text.substr(colon);
    if (colon == 0 || (!mode.empty() && mode != ":ro" && mode != ":rw"))
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text.substr(0, 200)) + "\" names no container's volumes",
                    "Write CONTAINER, CONTAINER:ro or CONTAINER:rw.");
    return VolumesFrom{std::string(text.substr(0, colon)), mode == ":ro"};
}

Result<ExtraHost> parseExtraHost(std::string_view text) {
    const auto separator = text.find_first_of(":=");
    ExtraHost host;
    if (separator != std::string_view::npos) {
        host.name = text.substr(0, separator);
        std::string_view address = text.substr(separator + 1);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        host.address = address;
    }
    const bool named = !host.name.empty() && host.name.find_first_of(" \t\n#") == std::string::npos;
    if (!named || (host.address != "host-gateway" && !isAddress(host.address)))
        return bad(text, "host", "Write NAME:ADDRESS, for example db:192.168.1.5.");
    return host;
}

Result<NamespaceMode> parseNamespaceMode(std::string_view text) {
    using Kind = NamespaceMode::Kind;
    static constexpr std::array<std::pair<std::string_view, Kind>, 5> kWords{{{"", Kind::Private},
                                                                              {"private", Kind::Private},
                                                                              {"shareable", Kind::Shareable},
                                                                              {"none", Kind::None},
                                                                              {"host", Kind::Host}}};
    for (const auto& [word, kind] : kWords) {
        if (text == word)
            return NamespaceMode{kind, {}};
    }
    if (text.starts_with("container:") && text.size() > 10)
        return NamespaceMode{Kind::Container, std::string(text.substr(10))};
    return bad(text, "namespace mode", "Write private, host or container:NAME.");
}

} // namespace escale
