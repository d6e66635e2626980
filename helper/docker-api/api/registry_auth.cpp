#include "helper/docker-api/api/registry_auth.h"

#include "engine/base/json.h"
#include "engine/image/reference.h"

#include <QByteArray>

namespace escale::docker_api {
namespace {

constexpr std::size_t kLongestHeader = 64 * 1024;

/// Both alphabets, with padding or without: clients differ.
std::optional<std::string> decoded(std::string_view text) {
    QByteArray plain = QByteArray(text.data(), static_cast<qsizetype>(text.size())).trimmed();
    plain.replace('+', '-').replace('/', '_');
    while (plain.endsWith('='))
        plain.chop(1);
    const auto result =
        QByteArray::fromBase64Encoding(plain, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals |
                                                  QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return (*result).toStdString();
}

Result<Json> readHeader(std::string_view name, std::string_view header) {
    const auto refused = [&](const char* why) {
        return fail(ErrorCode::InvalidArgument, "invalid " + std::string(name) + " header: " + why);
    };
    if (header.empty())
        return Json();
    if (header.size() > kLongestHeader)
        return refused("it is too long");
    const auto text = decoded(header);
    if (!text)
        return refused("it is not base64 in the alphabet for URLs (RFC 4648, section 5)");
    auto json = Json::parse(*text);
    // The parser's own words could quote it.
    if (!json || !(json->isObject() || json->isNull()))
        return refused("what it encodes is no JSON object");
    return json;
}

} // namespace

Result<std::optional<Credentials>> credentialsOf(const Json& account) {
    Credentials credentials{account.at("username").toString(), account.at("password").toString(),
                            account.at("identitytoken").toString()};
    if (!account.at("registrytoken").toString().empty())
        return fail(ErrorCode::Unsupported,
                    "a \"registrytoken\" cannot be used: the engine asks for its tokens itself",
                    "Give a user name and a password or an identity token.");
    if (const std::string both = account.at("auth").toString();
        credentials.password.empty() && !both.empty()) {
        const auto text = decoded(both);
        const std::size_t colon = text ? text->find(':') : std::string::npos;
        if (colon == std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "the account's \"auth\" is not base64 of \"name:password\"");
        credentials.username = text->substr(0, colon);
        credentials.password = text->substr(colon + 1);
        while (credentials.password.ends_with('\0')) // as old clients pad it
            credentials.password.pop_back();
    }
    if (credentials.password.empty() && credentials.identityToken.empty())
        return std::optional<Credentials>();
    if (!credentials.identityToken.empty())
        credentials.password.clear(); // as dockerd: the token counts
    return std::optional(std::move(credentials));
}

Result<std::optional<Credentials>> readRegistryAuth(std::string_view header) {
    TRY_ASSIGN(const Json account, readHeader("X-Registry-Auth", header));
    return credentialsOf(account);
}

Result<std::map<std::string, Credentials>> readRegistryConfig(std::string_view header) {
    TRY_ASSIGN(const Json accounts, readHeader("X-Registry-Config", header));
    std::map<std::string, Credentials> known;
    for (const auto& [server, account] : accounts.members()) {
        // Clients send all that they know: one that is of no use here keeps nothing from being built.
        const auto registry = registryOfServer(server);
        auto credentials = credentialsOf(account);
        if (registry && credentials && *credentials)
            known.emplace(*registry, **std::move(credentials));
    }
    return known;
}

Result<std::string> registryOfServer(std::string_view serverAddress) {
    std::string_view host = serverAddress;
    for (const std::string_view scheme : {"https://", "http://"})
        host.remove_prefix(host.starts_with(scheme) ? scheme.size() : 0);
    host = host.substr(0, host.find('/'));
    if (serverAddress.empty() || host == "index.docker.io" || host == "registry-1.docker.io" ||
        host == "hub.docker.com")
        return std::string("docker.io");
    if (!isRegistryHost(host))
        return fail(ErrorCode::InvalidArgument, "\"serveraddress\" does not name a registry's host",
                    "Write it as host:port.");
    return std::string(host);
}

void addAccount(QVariantMap& options, const std::optional<Credentials>& account) {
    if (!account)
        return;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty())
            options.insert(QLatin1String(name), QString::fromStdString(text));
    };
    add("username", account->username);
    add("password", account->password);
    add("identity-token", account->identityToken);
}

} // namespace escale::docker_api
