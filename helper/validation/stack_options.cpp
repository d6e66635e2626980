#include "helper/validation/stack_options.h"

#include "helper/dbus/stack_map.h"
#include "helper/validation/arguments.h"
#include "helper/validation/network_options.h"
#include "helper/validation/volume_options.h"

#include <algorithm>

namespace escale {
namespace {

constexpr unsigned kMostReplicas = 1000;
constexpr unsigned kLongestWait = 24 * 60 * 60; // seconds
constexpr qsizetype kMostServices = 500;
constexpr qsizetype kLongestName = 100;
constexpr std::size_t kMostSources = 4096;
constexpr qsizetype kMostConfigBytes = 1 << 20;
constexpr qsizetype kLongestHookText = 64 * 1024;

tl::unexpected<Error> invalid(std::string message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}
/// "service:NAME" is the stack's word for what Run calls "container:NAME".
QVariantMap inWordsOfRun(QVariantMap options) {
    static const QString kService = QStringLiteral("service:");
    for (const char* key : {"network", "ipc", "pid"}) {
        const auto value = options.find(QLatin1String(key));
        if (value != options.end() && value->toString().startsWith(kService))
            *value = QString(QStringLiteral("container:") + value->toString().mid(kService.size()));
    }
    const auto from = options.find(QStringLiteral("volumes-from"));
    if (from != options.end()) {
        QStringList names = from->toStringList();
        for (QString& name : names) {
            for (const QString& prefix : {kService, QStringLiteral("container:")}) {
                if (name.startsWith(prefix))
                    name.remove(0, prefix.size());
            }
        }
        *from = names;
    }
    return options;
}

/// Indices, each for one purpose.
class Sources {
public:
    Result<void> add(std::uint32_t index, StackSourceKind kind) {
        if (index >= kMostSources)
            return invalid("there is no source " + std::to_string(index));
        if (!m_kinds.emplace(index, kind).second)
            return invalid("the source " + std::to_string(index) + " is named twice");
        return {};
    }
    std::map<std::uint32_t, StackSourceKind> take() { return std::move(m_kinds); }

private:
    std::map<std::uint32_t, StackSourceKind> m_kinds;
};

Result<std::map<std::string, std::uint32_t>> lentOf(const QList<dbus::LentSource>& list, qsizetype most,
                                                    StackSourceKind kind, Sources& sources) {
    if (list.size() > most)
        return invalid("a build can have " + std::to_string(most) + " secrets or agents at most");
    std::map<std::string, std::uint32_t> lent;
    for (const auto& one : list) {
        TRY(checkLentId(one.id.toStdString()));
        if (!lent.emplace(one.id.toStdString(), one.source).second)
            return invalid("two have the id " + quoted(one.id));
        TRY(sources.add(one.source, kind));
    }
    return lent;
}

Result<StackBuildOrder> buildOf(const dbus::StackBuild& build, Sources& sources) {
    StackBuildOrder order;
    TRY_ASSIGN(order.order, buildOrder(build.options));
    TRY(sources.add(build.dockerfile, StackSourceKind::Dockerfile));
    TRY(sources.add(build.context, StackSourceKind::Context));
    TRY_ASSIGN(order.secrets,
               lentOf(build.secrets, kMostBuildSecrets, StackSourceKind::BuildSecret, sources));
    TRY_ASSIGN(order.agents, lentOf(build.agents, kMostBuildAgents, StackSourceKind::Agent, sources));
    return order;
}

Result<void> checkHooks(const QList<dbus::StackHook>& hooks) {
    for (const auto& hook : hooks) {
        TRY(checkCommand(hook.command));
        TRY(checkEnvironment(hook.environment));
        if (hook.user.size() > kLongestHookText || hook.workingDirectory.size() > kLongestHookText)
            return invalid("a hook's user or working directory is too long");
    }
    return {};
}

Result<void> checkService(const dbus::StackService& service, StackOrder& order, Sources& sources) {
    TRY(checkReference(service.image));
    TRY(checkPlatform(service.platform));
    const QStringList command = service.options.value(QStringLiteral("command")).toStringList();
    QVariantMap options = inWordsOfRun(service.options);
    options.remove(QStringLiteral("command"));
    TRY(containerOptions(service.image, command, options));
    for (const quint32 bind : service.binds)
        TRY(sources.add(bind, StackSourceKind::Path));
    for (const auto& file : service.files)
        TRY(sources.add(file.source, StackSourceKind::Content));
    TRY(checkHooks(service.postStart));
    TRY(checkHooks(service.preStop));
    if (service.build.size() > 1)
        return invalid("it is built in two ways");
    if (!service.build.isEmpty()) {
        auto build = buildOf(service.build.constFirst(), sources);
        if (!build)
            return fail(std::move(build).error().prefixed("its build"));
        order.builds.emplace(service.name.toStdString(), *std::move(build));
    }
    return {};
}

Result<void> checkTexts(const dbus::Stack& stack) {
    TRY(boundedWords(stack.configFiles, "the Compose files"));
    TRY(boundedWords(stack.environmentFiles, "the environment files"));
    TRY(boundedWords(stack.disabled, "the disabled services"));
    if (stack.config.size() > kMostConfigBytes)
        return invalid("the project's canonical form is longer than 1 MiB");
    return {};
}

Result<PullPolicy> policyOf(const QString& name) {
    const auto policy = pullPolicyOf(name);
    if (!policy)
        return invalid("there is no pull policy " + quoted(name),
                       "There are missing, always, never and build.");
    return *policy;
}

Result<unsigned> secondsOf(const QVariantMap& options, const char* key) {
    const unsigned seconds = options.value(QLatin1String(key)).toUInt();
    if (seconds > kLongestWait)
        return invalid(std::string("the option ") + key + " is more than a day");
    return seconds;
}

} // namespace

Result<StackOrder> stackOrder(const dbus::Stack& stack) {
    StackOrder order;
    Sources sources;
    TRY(checkTexts(stack));
    for (const auto& network : stack.networks) {
        if (const auto good = networkOptions(network.name, network.options); !good)
            return fail(Error(good.error()).prefixed("the network " + quoted(network.name)));
    }
    for (const auto& volume : stack.volumes) {
        const auto request = volumeRequest(volume.name, volume.options);
        const auto driver = checkVolumeDriver(volume.options);
        if (!request || !driver)
            return fail(Error(!request ? request.error() : driver.error())
                            .prefixed("the volume " + quoted(volume.name)));
    }
    for (const auto& service : stack.services) {
        if (auto good = checkService(service, order, sources); !good)
            return fail(std::move(good).error().prefixed("the service " + quoted(service.name)));
    }
    TRY_ASSIGN(order.stack, stackFromBus(stack));
    order.sources = sources.take();
    const std::size_t descriptors = order.sources.empty() ? 0 : order.sources.rbegin()->first + 1;
    TRY(checkStack(order.stack, descriptors));
    return order;
}

Result<StackUpOrder> upOrder(const QVariantMap& options) {
    const auto flag = [&options](const char* key) { return options.value(QLatin1String(key)).toBool(); };
    StackUpOrder order;
    TRY_ASSIGN(order.up.services, checkServices(options.value(QStringLiteral("services")).toStringList()));
    order.up.dependencies = !flag("no-deps");
    if (flag("force-recreate") && flag("no-recreate"))
        return invalid("the options force-recreate and no-recreate exclude each other");
    if (flag("force-recreate"))
        order.up.recreate = order.up.recreateDependencies = Recreate::Always;
    if (flag("no-recreate"))
        order.up.recreate = order.up.recreateDependencies = Recreate::Never;
    // Dependencies that nobody has named are made anew only when they differ, as docker compose has it.
    if (flag("force-recreate") && !order.up.services.empty())
        order.up.recreateDependencies = Recreate::Diverged;
    if (flag("always-recreate-deps"))
        order.up.recreateDependencies = Recreate::Always;
    order.up.renewAnonymousVolumes = flag("renew-anon-volumes");
    order.up.removeOrphans = flag("remove-orphans");
    order.up.start = !flag("no-start");
    order.up.wait = flag("wait");
    TRY_ASSIGN(order.waitTimeout, secondsOf(options, "wait-timeout"));
    TRY_ASSIGN(order.up.stopTimeout, secondsOf(options, "timeout"));
    TRY_ASSIGN(order.up.scale,
               replicasOf(qdbus_cast<dbus::CountMap>(options.value(QStringLiteral("scale")))));
    if (const auto pull = options.constFind(QStringLiteral("pull")); pull != options.constEnd()) {
        TRY_ASSIGN(order.pull, policyOf(pull->toString()));
    }
    order.build = flag("build");
    order.noBuild = flag("no-build");
    if (order.build && order.noBuild)
        return invalid("the options build and no-build exclude each other");
    TRY_ASSIGN(order.registries, registryChoices(options));
    return order;
}

Result<std::map<std::string, unsigned>> replicasOf(const dbus::CountMap& counts) {
    std::map<std::string, unsigned> replicas;
    if (counts.size() > kMostServices)
        return invalid("too many services are scaled");
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        TRY(checkServices({count.key()}));
        if (count.value() > kMostReplicas)
            return invalid("a service can have " + std::to_string(kMostReplicas) + " containers at most");
        replicas.emplace(count.key().toStdString(), count.value());
    }
    return replicas;
}

Result<std::string> checkProject(const QString& text) {
    const auto isGood = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
    };
    if (text.isEmpty() || text.size() > kLongestName || !std::all_of(text.begin(), text.end(), isGood))
        return invalid(quoted(text) + " is not the name of a project");
    return text.toStdString();
}

Result<std::set<std::string>> checkServices(const QStringList& names) {
    if (names.size() > kMostServices)
        return invalid("too many services are named");
    std::set<std::string> services;
    for (const QString& name : names) {
        if (name.isEmpty() || name.size() > kLongestName)
            return invalid(quoted(name) + " is not the name of a service");
        services.insert(name.toStdString());
    }
    return services;
}

Result<StackDownOrder> downOrder(const QVariantMap& options) {
    StackDownOrder order;
    TRY_ASSIGN(order.down.services, checkServices(options.value(QStringLiteral("services")).toStringList()));
    order.down.volumes = options.value(QStringLiteral("volumes")).toBool();
    order.down.removeOrphans = options.value(QStringLiteral("remove-orphans"), true).toBool();
    TRY_ASSIGN(order.down.stopTimeout, secondsOf(options, "timeout"));
    const QString images = options.value(QStringLiteral("images")).toString();
    order.removesAllImages = images == QLatin1String("all");
    order.removesBuiltImages = images == QLatin1String("local") || order.removesAllImages;
    if (!images.isEmpty() && !order.removesBuiltImages)
        return invalid("the option images is \"local\" or \"all\", not " + quoted(images));
    return order;
}

} // namespace escale
