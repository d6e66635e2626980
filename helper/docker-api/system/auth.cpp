#include "helper/docker-api/system/auth.h"

#include "engine/registry/registry_check.h"
#include "helper/docker-api/api/registry_auth.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {
namespace {

Result<RegistryReport> checkAt(const std::string& registry, const Credentials& account) {
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    RegistryOptions options;
    options.credentials = account;
    options.wantsIdentityToken = account.identityToken.empty();
    TRY_ASSIGN(options.access, machine.accessTo(registry));
    options.userAgent = "Escale/" ESCALE_VERSION;
    return checkRegistry(registry, std::move(options), Cancellation());
}

} // namespace

Result<void> checkAccount(Exchange& exchange, const Bus& /*bus*/) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(const std::string registry, registryOfServer(body.at("serveraddress").toString()));
    TRY_ASSIGN(const auto account, credentialsOf(body));
    if (!account)
        return fail(ErrorCode::InvalidArgument, "no account to check: a user name and a password are needed");
    TRY_ASSIGN(const RegistryReport report, checkAt(registry, *account));
    if (report.contact)
        return fail(Error(*report.contact).prefixed("login attempt to " + registry + " failed"));
    if (!report.isGood())
        return fail(ErrorCode::AuthenticationNeeded,
                    "login attempt to " + registry + " failed: unauthorized: " +
                        (report.refusal ? report.refusal->message : "incorrect username or password"));
    const std::string token = report.keep ? report.keep->identityToken : std::string();
    return exchange.reply(200, Json().set("Status", "Login Succeeded").set("IdentityToken", token));
}

} // namespace escale::docker_api
