#include "helper/docker-api/builds/build_request.h"

#include "engine/base/json.h"
#include "engine/image/reference.h"
#include "helper/docker-api/api/registry_auth.h"
#include "helper/docker-api/builds/buildkit_refusal.h"
#include "helper/docker-api/bus/bus.h"

#include <array>
#include <charconv>

namespace escale::docker_api {
namespace {

constexpr double kDefaultPeriod = 100'000; // microseconds, the kernel's

Error refused(std::string what, std::string hint) {
    return {ErrorCode::Unsupported, std::move(what), std::move(hint), {}};
}

// The number a parameter holds; 0 when it is not there.
Result<std::int64_t> readNumber(const Query& query, const char* name) {
    const std::string text = query.text(name);
    if (text.empty())
        return std::int64_t(0);
    const auto number = query.number(name);
    if (!number)
        return fail(ErrorCode::InvalidArgument, std::string(name) + " is no whole number: \"" + text + '"');
    return *number;
}

Result<Json> readJson(const Query& query, const char* name) {
    const std::string text = query.text(name);
    if (text.empty())
        return Json();
    auto json = Json::parse(text);
    if (!json)
        return fail(std::move(json).error().prefixed(name));
    return json;
}

// {"NAME": "value"}; without a value (null): the client does not know it, and nothing is given.
Result<void> takeTexts(const Query& query, const char* name, const char* option, QVariantMap& options) {
    TRY_ASSIGN(const Json json, readJson(query, name));
    if (!json.isNull() && !json.isObject())
        return fail(ErrorCode::InvalidArgument, std::string(name) + " is no JSON object of texts");
    dbus::TextMap texts;
    for (const auto& [key, value] : json.members()) {
        if (!value.isNull() && !value.isString())
            return fail(ErrorCode::InvalidArgument,
                        std::string(name) + ": the value of \"" + key + "\" is no text");
        if (!value.isNull())
            texts.insert(toQString(key), toQString(value.toString()));
    }
    if (!texts.isEmpty())
        options.insert(QLatin1String(option), QVariant::fromValue(texts));
    return {};
}

// Limits of RUN.
Result<void> takeLimits(const Query& query, QVariantMap& options) {
    TRY_ASSIGN(const std::int64_t memory, readNumber(query, "memory"));
    TRY_ASSIGN(const std::int64_t swap, readNumber(query, "memswap"));
    TRY_ASSIGN(const std::int64_t quota, readNumber(query, "cpuquota"));
    TRY_ASSIGN(const std::int64_t period, readNumber(query, "cpuperiod"));
    TRY_ASSIGN(const std::int64_t shared, readNumber(query, "shmsize"));
    TRY_ASSIGN(const std::int64_t shares, readNumber(query, "cpushares"));
    if (memory < 0 || quota < 0 || period < 0 || shared < 0)
        return fail(ErrorCode::InvalidArgument, "a limit of the build is below 0");
    if (swap > 0 && swap != memory)
        return fail(
            refused("a build's steps have no limit for swap space alone", "Leave out --memory-swap."));
    if (shares != 0 && shares != 1024)
        return fail(refused("a build's steps have no weight for processors",
                            "Give --cpu-quota in place of --cpu-shares."));
    if (memory > 0)
        options.insert(QStringLiteral("memory"), QVariant::fromValue(quint64(memory)));
    if (quota > 0)
        options.insert(QStringLiteral("cpus"),
                       double(quota) / (period > 0 ? double(period) : kDefaultPeriod));
    if (shared > 0)
        options.insert(QStringLiteral("shm-size"), QVariant::fromValue(quint64(shared)));
    return {};
}

Result<void> takeNetwork(const Query& query, QVariantMap& options) {
    const std::string network = query.text("networkmode");
    if (network == "none" || network == "host")
        options.insert(QStringLiteral("network"), toQString(network));
    else if (!network.empty() && network != "default" && network != "bridge")
        return fail(refused("a build's steps cannot be in the network \"" + network + '"',
                            "There are default, none and host."));
    const auto hosts = query.texts("extrahosts");
    if (!hosts.empty())
        options.insert(QStringLiteral("extra-hosts"), toStringList(hosts));
    return {};
}

struct RefusedParameter {
    const char* name;
    const char* what;
    const char* hint;
};
constexpr std::array kRefused{
    RefusedParameter{"cpusetcpus", "a build's steps cannot be bound to processors", "Give --cpu-quota."},
    RefusedParameter{"cpusetmems", "a build's steps cannot be bound to memory nodes",
                     "Leave out --cpuset-mems."},
    RefusedParameter{"cgroupparent", "a build's steps are in a cgroup of the engine's",
                     "Leave out --cgroup-parent."},
    RefusedParameter{"securityopt", "a build's steps always have the engine's security settings",
                     "Leave out --security-opt."},
    RefusedParameter{
        "remote", "Escale takes a build's files from its client alone",
        "Fetch them (git clone, curl) and send the folder; the docker command does so for a git address."},
};

Result<void> refuseOthers(const Query& query) {
    const std::string version = query.text("version");
    if (!version.empty() && version != "1")
        return fail(
            refused("Escale has no BuildKit", "Build with DOCKER_BUILDKIT=0, by the classic builder."));
    for (const auto& [name, what, hint] : kRefused) {
        const std::string text = query.text(name);
        if (!text.empty() && text != "null" && text != "[]")
            return fail(refused(what, hint));
    }
    TRY_ASSIGN(const Json outputs, readJson(query, "outputs"));
    if (!outputs.items().empty())
        return fail(refused("a build's output is an image; --output needs BuildKit",
                            "Build the image, then `docker cp` files out of a container of it."));
    TRY_ASSIGN(const Json limits, readJson(query, "ulimits"));
    if (!limits.items().empty())
        return fail(
            refused("a build's steps have the engine's ulimits", "Leave out --ulimit; RUN may call ulimit."));
    if (query.flag("squash"))
        return fail(
            refused("Escale does not squash layers", "Copy what is wanted into a last stage: COPY --from."));
    const std::string isolation = query.text("isolation");
    if (!isolation.empty() && isolation != "default")
        return fail(
            refused("there is no isolation \"" + isolation + "\" on Linux", "Leave out --isolation."));
    return {};
}

// The same for the same tags, so that what was sent for the last build need not be sent to the engine again.
QString nameOf(const std::vector<std::string>& tags) {
    if (tags.empty())
        return QStringLiteral("docker build");
    const auto reference = Reference::parse(tags.front());
    return QStringLiteral("docker build ") + toQString(reference ? reference->familiar() : tags.front());
}

} // namespace

Result<BuildRequest> buildRequest(const Query& query) {
    TRY(refuseOthers(query));
    BuildRequest request;
    if (const std::string name = query.text("dockerfile"); !name.empty())
        request.dockerfile = name;
    request.isQuiet = query.flag("q");
    for (const std::string& tag : query.texts("t")) {
        if (!tag.empty())
            request.tags.push_back(tag);
    }
    QVariantMap& options = request.options;
    options.insert(QStringLiteral("name"), nameOf(request.tags));
    options.insert(QStringLiteral("dockerfile"), toQString(request.dockerfile));
    options.insert(QStringLiteral("tags"), toStringList(request.tags));
    options.insert(QStringLiteral("no-cache"), query.flag("nocache"));
    options.insert(QStringLiteral("pull"), query.flag("pull"));
    for (const char* name : {"target", "platform"}) {
        if (const std::string text = query.text(name); !text.empty())
            options.insert(QLatin1String(name), toQString(text));
    }
    TRY(takeTexts(query, "buildargs", "arguments", options));
    TRY(takeTexts(query, "labels", "labels", options));
    TRY(takeLimits(query, options));
    TRY(takeNetwork(query, options));
    return request;
}

Result<QVariantMap> accountOptions(const std::string& header) {
    TRY_ASSIGN(const auto known, readRegistryConfig(header));
    dbus::RegistryAccounts accounts;
    for (const auto& [registry, account] : known)
        accounts.append({toQString(registry), toQString(account.username), toQString(account.password),
                         toQString(account.identityToken)});
    QVariantMap options;
    if (!accounts.isEmpty())
        options.insert(QStringLiteral("accounts"), QVariant::fromValue(accounts));
    return options;
}

} // namespace escale::docker_api
