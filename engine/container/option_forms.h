// The small languages inside Docker's options ("nofile=1024:2048", "/dev/sda:/dev/xvda:r", "10m"): text to
// values. Pure. Each fails with InvalidArgument that shows the text and the form that would be right.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct Ulimit {
    std::string type; // "RLIMIT_NOFILE"
    std::uint64_t soft = 0;
    std::uint64_t hard = 0; // UINT64_MAX: no limit
};
/// "nofile=1024" or "nofile=1024:2048"; -1 or "unlimited" for no limit.
Result<Ulimit> parseUlimit(std::string_view text);

struct DeviceOption {
    std::string hostPath;
    std::string path; // inside
    std::string access = "rwm";
};
/// "/dev/fuse", "/dev/sda:/dev/xvda", "/dev/sda:/dev/xvda:r".
Result<DeviceOption> parseDevice(std::string_view text);

/// "c 1:3 rwm", "b *:* r" as linux.resources.devices has it (config-linux.md#allowed-device-list).
Result<Json> parseDeviceRule(std::string_view text);

struct DeviceNumber {
    std::string path;
    std::uint64_t value = 0;
};
/// "/dev/sda:1048576", with a size or a plain number behind the last colon.
Result<DeviceNumber> parseDeviceNumber(std::string_view text);

/// "net_admin", "CAP_NET_ADMIN" → "CAP_NET_ADMIN"; "ALL" stays.
Result<std::string> parseCapability(std::string_view text);
/// Docker's arithmetic of --cap-add and --cap-drop over its default set, sorted. `privileged` gives all.
Result<std::vector<std::string>> capabilitiesOf(const std::vector<std::string>& add,
                                                const std::vector<std::string>& drop, bool privileged);
/// Docker's fourteen default capabilities.
const std::vector<std::string>& defaultCapabilities();

/// A port to publish as it is asked for; network/published_port.h is what becomes of it.
struct PortRequest {
    std::string hostAddress;    // empty: every address of this machine
    std::uint16_t hostPort = 0; // 0: one that is free
    std::uint16_t port = 0;
    std::string protocol = "tcp";
};
/// "80", "8080:80", "127.0.0.1:8080:80/udp", "[::1]::80", ranges "8000-8002:80-82": one entry a port.
Result<std::vector<PortRequest>> parsePublish(std::string_view text);

/// "ctrl-p,ctrl-q", "ctrl-@,x": the bytes that a terminal sends for them, at most 16.
Result<std::string> parseDetachKeys(std::string_view text);

/// An IPv4 or IPv6 address, as it is.
Result<std::string> parseAddress(std::string_view text);

struct VolumesFrom {
    std::string container; // id or name
    bool readOnly = false; // whatever they are there
};
/// "container", "container:ro", "container:rw".
Result<VolumesFrom> parseVolumesFrom(std::string_view text);

struct ExtraHost {
    std::string name;
    std::string address; // or "host-gateway"
};
/// "name:address", also "name=address".
Result<ExtraHost> parseExtraHost(std::string_view text);

/// What a namespace option says.
struct NamespaceMode {
    enum class Kind : std::uint8_t { Private, Shareable, None, Host, Container };
    Kind kind = Kind::Private;
    std::string container; // of Kind::Container: id or name
};
/// "", "private", "shareable", "none", "host", "container:ID". Which of them an option may have is its
/// check's business.
Result<NamespaceMode> parseNamespaceMode(std::string_view text);

} // namespace escale
