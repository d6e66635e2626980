#include "helper/service/options.h"

#include "engine/base/identifier.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale {
namespace {

constexpr std::size_t kLongestInterface = 15; // IFNAMSIZ without its end

Result<void> checkFolder(const std::string& name, const std::string& path) {
    const bool good =
        path.size() > 1 && path.front() == '/' && (path + '/').find("/../") == std::string::npos;
    if (!good)
        return fail(ErrorCode::InvalidArgument,
                    name + " needs an absolute path without \"..\", not \"" + path + '"');
    return {};
}

Result<void> checkWord(const std::string& name, const std::string& word, std::size_t longest) {
    if (word.size() > longest || !validateName(word))
        return fail(ErrorCode::InvalidArgument, name + " needs a name of at most " + std::to_string(longest) +
                                                    " letters and digits, not \"" + word + '"');
    return {};
}

Result<int> parseSeconds(const std::string& text) {
    int seconds = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > 24 * 60 * 60)
        return fail(ErrorCode::InvalidArgument,
                    "--idle-seconds needs a number from 0 to 86400, not \"" + text + '"');
    return seconds;
}

Result<void> take(HelperOptions& options, const std::string& name, const std::string& value) {
    const std::array<std::pair<const char*, std::string*>, 7> texts{
        {{"--state", &options.stateFolder},
         {"--run", &options.runFolder},
         {"--cgroup-parent", &options.cgroupParent},
         {"--bridge", &options.bridge},
         {"--table", &options.table},
         {"--pools", &options.pools},
         {"--layers", &options.layers}}};
    if (name == "--idle-seconds") {
        TRY_ASSIGN(options.idleSeconds, parseSeconds(value));
        return {};
    }
    const auto text =
        std::find_if(texts.begin(), texts.end(), [&](const auto& each) { return name == each.first; });
    if (text == texts.end())
        return fail(ErrorCode::InvalidArgument, "no option \"" + name + '"',
                    "escale-helper --help lists them.");
    *text->second = value;
    return {};
}

} // namespace

Result<HelperOptions> parseHelperOptions(const std::vector<std::string>& arguments) {
    HelperOptions options;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (*argument == "--purge") {
            options.purge = true;
        } else if (*argument == "--help") {
            options.help = true;
        } else if (*argument == "--version") {
            options.version = true;
        } else if (const auto equals = argument->find('='); equals != std::string::npos) {
            TRY(take(options, argument->substr(0, equals), argument->substr(equals + 1)));
        } else if (std::next(argument) != arguments.end()) {
            const std::string& name = *argument++;
            TRY(take(options, name, *argument));
        } else {
            TRY(take(options, *argument, {})); // names an unknown option before a missing value
            return fail(ErrorCode::InvalidArgument, *argument + " needs a value");
        }
    }
    TRY(checkFolder("--state", options.stateFolder));
    TRY(checkFolder("--run", options.runFolder));
    TRY(checkFolder("--cgroup-parent", options.cgroupParent));
    TRY(checkWord("--bridge", options.bridge, kLongestInterface));
    TRY(checkWord("--table", options.table, 64));
    if (options.layers != "auto" && options.layers != "image" && options.layers != "folder")
        return fail(ErrorCode::InvalidArgument,
                    "--layers needs auto, image or folder, not \"" + options.layers + '"');
    return options;
}

const char* helperUsage() {
    return "usage: escale-helper [OPTION…]   (started by D-Bus; root only)\n"
           "  --state DIR          images, layers and containers (/var/lib/escale)\n"
           "  --run DIR            mounts and bundles of running containers (/run/escale)\n"
           "  --cgroup-parent PATH below each cgroup hierarchy (/escale)\n"
           "  --bridge NAME        interface of the network \"bridge\" (escale0)\n"
           "  --table NAME         nftables table (escale)\n"
           "  --pools LIST         blocks of addresses that networks get their subnets from, and the "
           "subnets' "
           "length\n"
           "                       (172.16.0.0/12:16,192.168.0.0/16:20,10.0.0.0/8:24)\n"
           "  --layers FORM        of layers that are pulled: image (EROFS), folder, or auto: image where "
           "the\n"
           "                       kernel mounts one (auto)\n"
           "  --idle-seconds N     quits when nothing has run or been asked for so long; 0: never (120)\n"
           "  --purge              removes every container, mount, cgroup, bridge and table of this "
           "instance, and exits\n"
           "  --version, --help\n"
           "The bus is the system's, or the one at DBUS_SYSTEM_BUS_ADDRESS.\n";
}

} // namespace escale
