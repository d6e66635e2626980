#include "helper/docker-api/images/registry_way.h"

namespace escale::docker_api {

Result<RegistryOptions> registryOptions(const std::string& registry, std::optional<Credentials> account) {
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    RegistryOptions options;
    options.credentials = std::move(account);
    TRY_ASSIGN(options.access, machine.accessTo(registry));
    if (!options.access.proxy.isSet())
        options.access.proxy = ProxySettings::ofEnvironment();
    options.userAgent = "Escale/" ESCALE_VERSION;
    options.attempts = 2;
    options.connectTimeout = std::chrono::seconds(5);
    options.stallTimeout = std::chrono::seconds(15);
    options.longestWait = std::chrono::seconds(2);
    options.longestDocument = std::chrono::seconds(30);
    return options;
}

void addProxy(QVariantMap& options) {
    const ProxySettings proxy = ProxySettings::ofEnvironment();
    if (!proxy.isSet())
        return;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty())
            options.insert(QLatin1String(name), QString::fromStdString(text));
    };
    add("http-proxy", proxy.http);
    add("https-proxy", proxy.https);
    add("no-proxy", proxy.noProxy);
}

} // namespace escale::docker_api
