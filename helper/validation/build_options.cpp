#include "helper/validation/build_options.h"

#include "engine/base/identifier.h"
#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

#include <algorithm>
#include <cmath>

namespace escale {
namespace {

constexpr qsizetype kLongestName = 4096;
constexpr qsizetype kLongestStage = 128;
constexpr qsizetype kMostTags = 64;
constexpr qsizetype kMostTexts = 256;
constexpr std::size_t kMostTextBytes = 32 * 1024; // of all arguments, and of all labels
constexpr qsizetype kMostAccounts = 32;
constexpr qsizetype kLongestPassword = 16 * 1024; // access tokens are long
constexpr quint64 kLeastMemory = 6ULL << 20U;     // Docker's
constexpr quint64 kMostMemory = 1ULL << 50U;
constexpr double kMostCpus = 4096; // the engine knows how many there are
constexpr qsizetype kMostIds = 100;

tl::unexpected<Error> invalid(std::string message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}

/// Printable, of bounded length.
Result<std::string> line(const QVariantMap& options, const char* key, qsizetype longest,
                         const std::string& otherwise = {}) {
    const auto value = options.constFind(QLatin1String(key));
    if (value == options.constEnd())
        return otherwise;
    const QString text = value->toString();
    const bool isPrintable =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c != u'\x7f'; });
    if (text.size() > longest || !isPrintable)
        return invalid(std::string("the option ") + key + " is too long, or no text");
    return text.toStdString();
}

Result<std::map<std::string, std::string>> texts(const QVariantMap& options, const char* key) {
    const auto map = qdbus_cast<dbus::TextMap>(options.value(QLatin1String(key)));
    std::map<std::string, std::string> result;
    std::size_t size = 0;
    for (auto one = map.begin(); one != map.end(); ++one) {
        const std::string name = one.key().toStdString();
        std::string value = one.value().toStdString();
        if (name.empty() || name.find('=') != std::string::npos ||
            (name + value).find('\0') != std::string::npos)
            return invalid(std::string("the option ") + key + " has a name that is none");
        size += name.size() + value.size();
        result.emplace(name, std::move(value));
    }
    if (map.size() > kMostTexts || size > kMostTextBytes)
        return invalid(std::string("there is too much in the option ") + key,
                       "All of it together has 32 KiB at most.");
    return result;
}

Result<std::vector<std::string>> words(const QVariantMap& options, const char* key, qsizetype most,
                                       qsizetype longest) {
    const QStringList list = options.value(QLatin1String(key)).toStringList();
    if (list.size() > most)
        return invalid("there are more than " + std::to_string(most) + " texts in the option " + key);
    std::vector<std::string> result;
    for (const QString& word : list) {
        if (word.isEmpty() || word.size() > longest || word.contains(QChar::Null) || word.contains(u'\n'))
            return invalid(quoted(word) + " cannot stand in the option " + key);
        result.push_back(word.toStdString());
    }
    return result;
}

/// A registry's host, as it stands in references.
Result<std::string> registryHost(const QString& text) {
    TRY_ASSIGN(std::string host, checkReference(text));
    if (host.find_first_of("/@") != std::string::npos)
        return invalid(quoted(text) + " is no registry", "Write it as registry.example:5000.");
    return host;
}

Result<std::vector<BuildAccount>> accountsOf(const QVariantMap& options) {
    const auto list = qdbus_cast<dbus::RegistryAccounts>(options.value(QStringLiteral("accounts")));
    if (list.size() > kMostAccounts)
        return invalid("there are too many accounts");
    std::vector<BuildAccount> result;
    for (const auto& account : list) {
        TRY_ASSIGN(std::string host, registryHost(account.registry));
        // No message shows anything else of it.
        if (account.user.size() > kLongestName || account.password.size() > kLongestPassword ||
            account.identityToken.size() > kLongestPassword || account.user.contains(u':'))
            return invalid("the account for " + host + " is malformed");
        if (account.identityToken.isEmpty() == account.password.isEmpty())
            return invalid("the account for " + host + " needs either a password or an identity token");
        result.push_back({std::move(host),
                          {account.user.toStdString(), account.password.toStdString(),
                           account.identityToken.toStdString()}});
    }
    return result;
}

Result<void> takeLimits(const QVariantMap& options, BuildOrder& order) {
    order.shmSize = options.value(QStringLiteral("shm-size"), quint64{order.shmSize}).toULongLong();
    order.memory = options.value(QStringLiteral("memory")).toULongLong();
    order.cpus = options.value(QStringLiteral("cpus")).toDouble();
    if (order.shmSize == 0 || order.shmSize > kMostMemory)
        return invalid("the size of /dev/shm is out of bounds");
    if (order.memory != 0 && (order.memory < kLeastMemory || order.memory > kMostMemory))
        return invalid("a memory limit is 6 MiB at least");
    if (!std::isfinite(order.cpus) || order.cpus < 0 || order.cpus > kMostCpus)
        return invalid("the number of processors is out of bounds");
    return {};
}

Result<void> takeNetwork(const QVariantMap& options, BuildOrder& order) {
    TRY_ASSIGN(order.network, line(options, "network", kLongestStage, "default"));
    if (order.network != "default" && order.network != "none" && order.network != "host")
        return invalid("no network \"" + order.network + "\"", "There are default, none and host.");
    TRY_ASSIGN(const auto allowed, words(options, "allow", 2, kLongestStage));
    for (const auto& word : allowed) {
        if (word != "network.host" && word != "security.insecure")
            return invalid("\"" + word + "\" cannot be allowed",
                           "There are network.host and security.insecure.");
        order.allowed.insert(word);
    }
    TRY_ASSIGN(order.extraHosts, words(options, "extra-hosts", kMostTexts, kLongestName));
    for (const auto& host : order.extraHosts) {
        if (const auto colon = host.find(':'); colon == 0 || colon == std::string::npos)
            return invalid("\"" + host.substr(0, 80) + "\" is no name with its address",
                           "Write it as name:address.");
    }
    return {};
}

} // namespace

Result<RegistryChoices> registryChoices(const QVariantMap& options) {
    RegistryChoices choices;
    TRY_ASSIGN(choices.accounts, accountsOf(options));
    const QStringList insecure = options.value(QStringLiteral("insecure-registries")).toStringList();
    if (insecure.size() > kMostAccounts)
        return invalid("there are too many insecure registries");
    for (const QString& registry : insecure) {
        TRY_ASSIGN(std::string host, registryHost(registry));
        choices.insecure.insert(std::move(host));
    }
    return choices;
}

Result<BuildOrder> buildOrder(const QVariantMap& options) {
    BuildOrder order;
    TRY_ASSIGN(order.name, line(options, "name", kLongestName));
    TRY_ASSIGN(order.dockerfile, line(options, "dockerfile", kLongestName, "Dockerfile"));
    TRY_ASSIGN(order.target, line(options, "target", kLongestStage));
    const QStringList tags = options.value(QStringLiteral("tags")).toStringList();
    if (tags.size() > kMostTags)
        return invalid("more than " + std::to_string(kMostTags) + " tags were given");
    for (const QString& tag : tags) {
        TRY_ASSIGN(std::string reference, checkReference(tag));
        if (reference.find('@') != std::string::npos)
            return invalid("an image that is built is named by a tag, not by a digest");
        order.tags.push_back(std::move(reference));
    }
    TRY_ASSIGN(order.arguments, texts(options, "arguments"));
    TRY_ASSIGN(order.labels, texts(options, "labels"));
    order.usesCache = !options.value(QStringLiteral("no-cache")).toBool();
    TRY_ASSIGN(order.stagesWithoutCache, words(options, "no-cache-filter", kMostTags, kLongestStage));
    order.pulls = options.value(QStringLiteral("pull")).toBool();
    TRY_ASSIGN(order.platform, checkPlatform(options.value(QStringLiteral("platform")).toString()));
    TRY(takeNetwork(options, order));
    TRY(takeLimits(options, order));
    TRY_ASSIGN(order.secrets, lentSecrets(options));
    TRY_ASSIGN(order.agents, lentAgents(options));
    TRY_ASSIGN(order.registries, registryChoices(options));
    return order;
}

Json orderToJson(const BuildOrder& order) {
    const auto object = [](const std::map<std::string, std::string>& map) {
        Json::Object members;
        for (const auto& [name, value] : map)
            members.emplace_back(name, value);
        return Json(std::move(members));
    };
    const auto ids = [](const std::vector<LentDescriptor>& lent) {
        Json::Array array;
        for (const auto& one : lent)
            array.emplace_back(one.id);
        return Json(std::move(array));
    };
    const auto list = [](const std::set<std::string>& set) {
        return Json::strings(std::vector<std::string>(set.begin(), set.end()));
    };
    Json json;
    json.set("name", order.name).set("dockerfile", order.dockerfile).set("tags", Json::strings(order.tags));
    json.set("target", order.target).set("arguments", object(order.arguments));
    json.set("labels", object(order.labels)).set("no-cache", !order.usesCache);
    json.set("no-cache-filter", Json::strings(order.stagesWithoutCache)).set("pull", order.pulls);
    json.set("platform", order.platform).set("network", order.network).set("allow", list(order.allowed));
    json.set("extra-hosts", Json::strings(order.extraHosts)).set("shm-size", order.shmSize);
    json.set("memory", order.memory).set("cpus", order.cpus);
    json.set("secrets", ids(order.secrets)).set("ssh", ids(order.agents));
    json.set("insecure-registries", list(order.registries.insecure));
    return json;
}

QVariantMap orderToBus(const Json& kept) {
    QVariantMap options;
    for (const auto& [name, value] : kept.members()) {
        const QString key = QString::fromStdString(name);
        if (name == "arguments" || name == "labels") {
            dbus::TextMap map;
            for (const auto& [member, text] : value.members())
                map.insert(QString::fromStdString(member), QString::fromStdString(text.toString()));
            options.insert(key, QVariant::fromValue(map));
        } else if (value.isArray()) {
            QStringList list;
            for (const Json& item : value.items())
                list.append(QString::fromStdString(item.toString()));
            options.insert(key, list);
        } else if (value.isBool()) {
            options.insert(key, value.toBool());
        } else if (name == "cpus") {
            options.insert(key, value.toDouble());
        } else if (value.isString()) {
            options.insert(key, QString::fromStdString(value.toString()));
        } else {
            options.insert(key, QVariant::fromValue(quint64{value.toUnsigned().value_or(0)}));
        }
    }
    return options;
}

Result<std::string> checkBuildId(const QString& text) {
    std::string id = text.left(65).toStdString();
    if (!isId(id))
        return invalid(quoted(text) + " is no id of a build");
    return id;
}

Result<std::vector<std::string>> checkBuildIds(const QStringList& texts) {
    if (texts.size() > kMostIds)
        return invalid("more than " + std::to_string(kMostIds) + " builds in one call");
    std::vector<std::string> ids;
    for (const QString& text : texts) {
        TRY_ASSIGN(std::string id, checkBuildId(text));
        ids.push_back(std::move(id));
    }
    return ids;
}

Result<CachePruneOrder> cachePruneOrder(const QVariantMap& options) {
    CachePruneOrder order;
    if (const auto until = options.constFind(QStringLiteral("until")); until != options.constEnd())
        order.until = until->toLongLong();
    if (const auto keep = options.constFind(QStringLiteral("keep-bytes")); keep != options.constEnd())
        order.keepBytes = keep->toULongLong();
    TRY_ASSIGN(const auto kinds, words(options, "kinds", 3, kLongestStage));
    for (const auto& kind : kinds) {
        if (kind != "step" && kind != "context" && kind != "mount")
            return invalid("the cache has no kind \"" + kind + "\"", "There are step, context and mount.");
        order.kinds.insert(kind);
    }
    return order;
}

} // namespace escale
