#include "helper/validation/arguments.h"

#include "engine/base/digest.h"
#include "engine/base/identifier.h"

#include <algorithm>
#include <cmath>

namespace escale {
namespace {

constexpr qsizetype kLongestReference = 512;
constexpr qsizetype kLongestId = 128;
constexpr qsizetype kMostWords = 4096;
constexpr std::size_t kLongestWords = 128 * 1024;
constexpr qsizetype kLongestSecret = 16 * 1024;  // access tokens are long
constexpr std::uint64_t kLeastMemory = 6u << 20; // less cannot start a process; Docker's limit, too
constexpr double kLeastCpus = 0.01;
constexpr double kMostCpus = 4096;
constexpr unsigned kLongestStop = 24 * 60 * 60;

bool isLetterOrDigit(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

bool consistsOf(const QString& text, const char* others) {
    const QLatin1String allowed(others);
    return std::all_of(text.begin(), text.end(),
                       [&](QChar c) { return isLetterOrDigit(c) || allowed.contains(c); });
}

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

Result<std::optional<Credentials>> credentials(const QVariantMap& options) {
    const QString user = options.value(QStringLiteral("username")).toString();
    const QString password = options.value(QStringLiteral("password")).toString();
    if (user.isEmpty() && password.isEmpty())
        return std::optional<Credentials>();
    if (user.isEmpty() || password.isEmpty())
        return fail(ErrorCode::InvalidArgument, "a user name and a password are needed together");
    if (user.size() > kLongestReference || password.size() > kLongestSecret)
        return fail(ErrorCode::InvalidArgument, "the user name or the password is too long");
    if (user.contains(u':'))
        return fail(ErrorCode::InvalidArgument, "a user name must not contain \":\" (RFC 7617)");
    return std::optional(Credentials{user.toStdString(), password.toStdString()});
}

Result<void> readLimits(ContainerOptions& into, const QVariantMap& options) {
    if (const auto memory = options.constFind(QStringLiteral("memory")); memory != options.constEnd()) {
        into.memoryBytes = memory->toULongLong();
        if (into.memoryBytes != 0 && into.memoryBytes < kLeastMemory)
            return fail(ErrorCode::InvalidArgument,
                        "a memory limit of " + std::to_string(into.memoryBytes) + " bytes is too small",
                        "Give at least 6 MiB, or 0 for no limit.");
    }
    if (const auto cpus = options.constFind(QStringLiteral("cpus")); cpus != options.constEnd()) {
        into.cpus = cpus->toDouble();
        const bool sensible = std::isfinite(into.cpus) &&
                              (into.cpus == 0 || (into.cpus >= kLeastCpus && into.cpus <= kMostCpus));
        if (!sensible)
            return fail(ErrorCode::InvalidArgument,
                        "the number of CPUs must be 0 (no limit) or between 0.01 and 4096");
    }
    if (const auto pids = options.constFind(QStringLiteral("pids")); pids != options.constEnd())
        into.pidsLimit = pids->toULongLong();
    return {};
}

} // namespace

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

Result<PullRequest> pullRequest(uid_t owner, const QString& reference, const QVariantMap& options) {
    PullRequest request;
    request.owner = owner;
    TRY_ASSIGN(request.reference, checkReference(reference));
    TRY_ASSIGN(request.platform, checkPlatform(options.value(QStringLiteral("platform")).toString()));
    TRY_ASSIGN(request.credentials, credentials(options));
    request.insecure = options.value(QStringLiteral("insecure")).toBool();
    return request;
}

Result<ContainerOptions> containerOptions(const QString& image, const QStringList& command,
                                          const QVariantMap& options) {
    ContainerOptions result;
    TRY_ASSIGN(result.image, checkReference(image));
    TRY_ASSIGN(result.command, checkCommand(command));
    TRY_ASSIGN(result.environment,
               checkEnvironment(options.value(QStringLiteral("environment")).toStringList()));
    if (const auto name = options.constFind(QStringLiteral("name")); name != options.constEnd()) {
        result.name = name->toString().toStdString();
        TRY(validateName(result.name));
    }
    TRY(readLimits(result, options));
    if (const auto timeout = options.constFind(QStringLiteral("stop-timeout"));
        timeout != options.constEnd()) {
        result.stopTimeoutSeconds = timeout->toUInt();
        if (result.stopTimeoutSeconds > kLongestStop)
            return fail(ErrorCode::InvalidArgument, "a stop timeout of more than a day is not possible");
    }
    if (const auto network = options.constFind(QStringLiteral("network")); network != options.constEnd()) {
        result.network = network->toString().toStdString();
        if (result.network != "bridge" && result.network != "none")
            return fail(ErrorCode::NotFound, "no network " + quoted(network->toString()),
                        "Choose \"bridge\" or \"none\".");
    }
    result.removeWhenStopped = options.value(QStringLiteral("remove")).toBool();
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
