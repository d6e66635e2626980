#include "helper/validation/network_options.h"

#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

namespace escale {
namespace {

constexpr qsizetype kLongestWord = 128; // names, subnets, interfaces
constexpr qsizetype kMostSubnets = 16;
constexpr qsizetype kMostLabels = 1000;

Result<std::string> word(const QVariantMap& options, const char* key) {
    const QString text = options.value(QLatin1String(key)).toString();
    if (text.size() > kLongestWord)
        return fail(ErrorCode::InvalidArgument, std::string("the option ") + key + " is too long");
    return text.toStdString();
}

Result<std::vector<std::string>> subnets(const QVariantMap& options, const char* key) {
    const QStringList texts = options.value(QLatin1String(key)).toStringList();
    if (texts.size() > kMostSubnets)
        return fail(ErrorCode::InvalidArgument, std::string("there is too much in the option ") + key);
    return boundedWords(texts, key);
}

Result<std::map<std::string, std::string>> labels(const QVariantMap& options) {
    const auto map = qdbus_cast<dbus::TextMap>(options.value(QStringLiteral("labels")));
    if (map.size() > kMostLabels)
        return fail(ErrorCode::InvalidArgument, "there are too many labels");
    TRY(boundedWords(map.keys() + map.values(), "the labels"));
    std::map<std::string, std::string> result;
    for (auto label = map.begin(); label != map.end(); ++label)
        result[label.key().toStdString()] = label.value().toStdString();
    return result;
}

} // namespace

Result<std::string> checkNetworkId(const QString& text) {
    if (text.isEmpty() || text.size() > kLongestWord)
        return fail(ErrorCode::InvalidArgument, "no network is named");
    return text.toStdString();
}

Result<NetworkOptions> networkOptions(const QString& name, const QVariantMap& options) {
    NetworkOptions result;
    result.name = name.left(200).toStdString();
    const auto flag = [&options](const char* key, bool otherwise) {
        return options.value(QLatin1String(key), otherwise).toBool();
    };
    if (options.contains(QStringLiteral("driver"))) {
        TRY_ASSIGN(result.driver, word(options, "driver"));
    }
    TRY_ASSIGN(result.subnets, subnets(options, "subnet"));
    TRY_ASSIGN(result.ranges, subnets(options, "ip-range"));
    TRY_ASSIGN(result.gateways, subnets(options, "gateway"));
    result.ipv6 = flag("ipv6", false);
    result.internal = flag("internal", false);
    result.icc = flag("icc", true);
    result.masquerade = flag("masquerade", true);
    result.mtu = options.value(QStringLiteral("mtu")).toUInt();
    TRY_ASSIGN(result.parent, word(options, "parent"));
    TRY_ASSIGN(result.mode, word(options, "mode"));
    TRY_ASSIGN(result.labels, labels(options));
    return result;
}

Result<EndpointRequest> endpointRequest(const QVariantMap& options) {
    EndpointRequest request;
    TRY_ASSIGN(request.aliases,
               boundedWords(options.value(QStringLiteral("aliases")).toStringList(), "the aliases"));
    TRY_ASSIGN(request.mac, word(options, "mac-address"));
    for (const auto& [key, into] : {std::pair("ip", &request.ip), std::pair("ip6", &request.ip6)}) {
        TRY_ASSIGN(const std::string text, word(options, key));
        if (text.empty())
            continue;
        TRY_ASSIGN(const IpAddress address, IpAddress::parse(text));
        if (address.isV6 != (into == &request.ip6))
            return fail(ErrorCode::InvalidArgument,
                        text + " is not an address of IPv" + (into == &request.ip6 ? "6" : "4"));
        *into = address;
    }
    TRY(checkEndpointRequest(request));
    return request;
}

} // namespace escale
