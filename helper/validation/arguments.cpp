#include "helper/validation/arguments.h"

#include "engine/base/digest.h"
#include "engine/base/identifier.h"
#include "engine/container/container_options.h"
#include "helper/validation/container_options.h"

#include <algorithm>

namespace escale {
namespace {

constexpr qsizetype kLongestReference = 512;
constexpr qsizetype kLongestId = 128;
constexpr qsizetype kMostWords = 4096;
constexpr std::size_t kLongestPath = 4096; // PATH_MAX
constexpr std::size_t kLongestWords = 128 * 1024;
constexpr qsizetype kLongestSecret = 16 * 1024; // access tokens are long
constexpr unsigned kMostCpus = 4096;            // the engine knows how many there are
constexpr unsigned kLongestStop = 24 * 60 * 60;

bool isLetterOrDigit(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

bool consistsOf(const QString& text, const char* others) {
    const QLatin1String allowed(others);
    return std::all_of(text.begin(), text.end(),
                       [&](QChar c) { return isLetterOrDigit(c) || allowed.contains(c); });
}

Result<std::optional<Credentials>> credentials(const QVariantMap& options) {
    const QString user = options.value(QStringLiteral("username")).toString();
    const QString password = options.value(QStringLiteral("password")).toString();
    const QString identity = options.value(QStringLiteral("identity-token")).toString();
    if (user.isEmpty() && password.isEmpty() && identity.isEmpty())
        return std::optional<Credentials>();
    if (!password.isEmpty() && !identity.isEmpty())
        return fail(ErrorCode::InvalidArgument, "an identity token takes the place of a password");
    if (identity.isEmpty() && (user.isEmpty() || password.isEmpty()))
        return fail(ErrorCode::InvalidArgument, "a user name and a password are needed together");
    if (user.size() > kLongestReference || password.size() > kLongestSecret ||
        identity.size() > kLongestSecret)
        return fail(ErrorCode::InvalidArgument, "the user name or the password is too long");
    if (user.contains(u':'))
        return fail(ErrorCode::InvalidArgument, "a user name must not contain \":\" (RFC 7617)");
    return std::optional(Credentials{user.toStdString(), password.toStdString(), identity.toStdString()});
}

/// An address for curl, which reads a proxy's without a scheme as well; nothing that could end a line.
Result<std::string> proxyText(const QVariantMap& options, const char* name) {
    const QString text = options.value(QLatin1String(name)).toString();
    const bool isPlain = std::all_of(text.begin(), text.end(),
                                     [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
    if (text.size() > kLongestReference || !isPlain)
        return fail(ErrorCode::InvalidArgument, std::string("\"") + name + "\" is no proxy setting");
    return text.toStdString();
}

Result<RegistryAccess> registryAccess(const QVariantMap& options) {
    RegistryAccess access;
    access.insecure = options.value(QStringLiteral("insecure")).toBool();
    access.certificates = options.value(QStringLiteral("certificates")).toString().toStdString();
    if (access.certificates.size() > kLongestCertificates / 2)
        return fail(ErrorCode::InvalidArgument, "the certificates are longer than 32 KiB");
    const QStringList mirrors = options.value(QStringLiteral("mirrors")).toStringList();
    if (static_cast<std::size_t>(mirrors.size()) > kMostMirrors)
        return fail(ErrorCode::InvalidArgument,
                    "more than " + std::to_string(kMostMirrors) + " mirrors were given");
    for (const QString& location : mirrors) {
        TRY_ASSIGN(RegistryMirror mirror, RegistryMirror::parse(location.left(600).toStdString()));
        access.mirrors.push_back(std::move(mirror));
    }
    TRY_ASSIGN(access.proxy.http, proxyText(options, "http-proxy"));
    TRY_ASSIGN(access.proxy.https, proxyText(options, "https-proxy"));
    TRY_ASSIGN(access.proxy.noProxy, proxyText(options, "no-proxy"));
    return access;
}

} // namespace

std::string quoted(const QString& text) {
    return '"' + text.left(80).toStdString() + '"';
}

Result<std::vector<std::string>> boundedWords(const QStringList& words, const char* what) {
    if (words.size() > kMostWords)
        return fail(ErrorCode::InvalidArgument, std::string(what) + " has more than 4096 words");
    std::vector<std::string> result;
    std::size_t total = 0;
    for (const QString& word : words) {
        result.push_back(word.toStdString());
        total += result.back().size() + 1;
        if (total > kLongestWords)
            return fail(ErrorCode::InvalidArgument, std::string(what) + " is longer than 128 KiB");
    }
    return result;
}

Result<std::string> checkReference(const QString& text) {
    if (text.isEmpty() || text.size() > kLongestReference || !consistsOf(text, "._:/@-"))
        return fail(ErrorCode::InvalidArgument, quoted(text) + " is not an image reference",
                    "Write it as name:tag or registry/name:tag, for example debian:12.");
    if (const auto at = text.indexOf(u'@'); at >= 0 && !Digest::parse(text.mid(at + 1).toStdString()))
        return fail(ErrorCode::InvalidArgument,
                    "an \"@\" in an image reference must be followed by a sha256 digest",
                    "Give user name and password apart from the reference.");
    return text.toStdString();
}

Result<std::string> checkPlatform(const QString& text) {
    const auto parts = text.split(u'/');
    const bool good = text.isEmpty() || (text.size() <= 64 && parts.size() >= 2 && parts.size() <= 3 &&
                                         consistsOf(text, "/._-") && !parts.contains(QString()));
    if (!good)
        return fail(ErrorCode::InvalidArgument, quoted(text) + " is not a platform",
                    "Write it as system/architecture, for example linux/amd64.");
    return text.toStdString();
}

Result<std::string> checkContainerId(const QString& text) {
    if (text.isEmpty() || text.size() > kLongestId || !consistsOf(text, "_.-"))
        return fail(ErrorCode::InvalidArgument,
                    quoted(text) + " is neither the id nor the name of a container");
    return text.toStdString();
}

Result<std::vector<std::string>> checkContainerIds(const QStringList& texts, int most) {
    if (texts.size() > most)
        return fail(ErrorCode::InvalidArgument,
                    "more than " + std::to_string(most) + " containers in one call");
    std::vector<std::string> ids;
    for (const QString& text : texts) {
        TRY_ASSIGN(auto id, checkContainerId(text));
        ids.push_back(std::move(id));
    }
    return ids;
}

Result<std::vector<std::string>> checkCommand(const QStringList& words) {
    return boundedWords(words, "the command");
}

Result<std::vector<std::string>> checkEnvironment(const QStringList& variables) {
    for (const QString& variable : variables) {
        // The value may be a secret, so the message shows the name only.
        if (variable.indexOf(u'=') < 1)
            return fail(ErrorCode::InvalidArgument, "an environment variable is not of the form NAME=value");
    }
    return boundedWords(variables, "the environment");
}

Result<std::string> checkPathInside(const QString& text) {
    std::string path = text.left(kLongestPath).toStdString();
    if (!path.starts_with('/') || path.size() >= kLongestPath || path.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, quoted(text) + " is not an absolute path");
    return path;
}

Result<std::string> checkEntryName(const QString& text) {
    std::string name = text.left(256).toStdString();
    if (name.size() > 255 || name.find('/') != std::string::npos || name.find('\0') != std::string::npos ||
        name == "..")
        return fail(ErrorCode::InvalidArgument, quoted(text) + " is not the name of a file");
    return name;
}

Result<std::optional<std::pair<uid_t, gid_t>>> copiedOwner(const QVariantMap& options) {
    const auto user = options.constFind(QStringLiteral("user"));
    const auto group = options.constFind(QStringLiteral("group"));
    if ((user == options.constEnd()) != (group == options.constEnd()))
        return fail(ErrorCode::InvalidArgument, "the options user and group are needed together");
    if (user == options.constEnd())
        return std::optional<std::pair<uid_t, gid_t>>();
    // The last one means "leave it" to chown(2).
    if (user->toUInt() == UINT32_MAX || group->toUInt() == UINT32_MAX)
        return fail(ErrorCode::InvalidArgument, "no file can belong to this user or group");
    return std::optional(std::pair<uid_t, gid_t>(user->toUInt(), group->toUInt()));
}

Result<PullRequest> pullRequest(uid_t owner, const QString& reference, const QVariantMap& options) {
    PullRequest request;
    request.owner = owner;
    TRY_ASSIGN(request.reference, checkReference(reference));
    TRY_ASSIGN(request.platform, checkPlatform(options.value(QStringLiteral("platform")).toString()));
    TRY_ASSIGN(request.credentials, credentials(options));
    TRY_ASSIGN(request.access, registryAccess(options));
    return request;
}

Result<LoadRequest> loadRequest(uid_t owner, const QVariantMap& options) {
    LoadRequest request;
    request.owner = owner;
    TRY_ASSIGN(request.platform, checkPlatform(options.value(QStringLiteral("platform")).toString()));
    if (const QString name = options.value(QStringLiteral("name")).toString(); !name.isEmpty()) {
        TRY_ASSIGN(request.name, checkReference(name));
    }
    return request;
}

Result<PushRequest> pushRequest(uid_t owner, const QString& image, const QVariantMap& options) {
    PushRequest request;
    request.owner = owner;
    TRY_ASSIGN(request.image, checkReference(image));
    if (const auto target = options.constFind(QStringLiteral("target")); target != options.constEnd()) {
        TRY_ASSIGN(request.target, checkReference(target->toString()));
    }
    const QString compression =
        options.value(QStringLiteral("compression"), QStringLiteral("gzip")).toString();
    if (compression == QLatin1String("zstd"))
        request.compression = LayerCompression::Zstd;
    else if (compression != QLatin1String("gzip"))
        return fail(ErrorCode::InvalidArgument,
                    "\"compression\" is \"gzip\" or \"zstd\", not " + quoted(compression));
    TRY_ASSIGN(request.credentials, credentials(options));
    TRY_ASSIGN(request.access, registryAccess(options));
    return request;
}

Result<ContainerOptions> containerOptions(const QString& image, const QStringList& command,
                                          const QVariantMap& options) {
    ContainerOptions result;
    TRY_ASSIGN(result.image, checkReference(image));
    TRY_ASSIGN(result.command, checkCommand(command));
    if (const auto name = options.constFind(QStringLiteral("name")); name != options.constEnd())
        TRY(validateName(name->toString().toStdString()));
    // Before the others: its values may be secrets that no message shows.
    TRY(checkEnvironment(options.value(QStringLiteral("environment")).toStringList()));
    TRY(applyOptions(options, result));
    TRY(checkOptions(result, {kMostCpus, 0}));
    return result;
}

Result<std::optional<unsigned>> stopTimeout(const QVariantMap& options) {
    const auto timeout = options.constFind(QStringLiteral("timeout"));
    if (timeout == options.constEnd())
        return std::optional<unsigned>();
    if (timeout->toUInt() > kLongestStop)
        return fail(ErrorCode::InvalidArgument, "a stop timeout of more than a day is not possible");
    return std::optional(timeout->toUInt());
}

} // namespace escale
