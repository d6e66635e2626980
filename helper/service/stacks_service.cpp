#include "helper/service/stacks_service.h"

#include "engine/base/identifier.h"
#include "engine/base/process.h"
#include "engine/container/container_options.h"
#include "engine/image/named_image.h"
#include "helper/dbus/stack_map.h"
#include "helper/service/container_bus.h"
#include "helper/service/stack_members.h"
#include "helper/validation/arguments.h"
#include "helper/validation/one_off_options.h"

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>

#include <algorithm>

namespace escale {
namespace {

constexpr int kMostReceiving = 4; // of one user: each holds a thread for half a minute
constexpr int kMostReceivers = 32;

QStringList namesOf(const QVariantMap& options) {
    return options.value(QStringLiteral("services")).toStringList();
}

Json imagesJson(const std::map<std::string, std::string>& digests) {
    Json images(Json::Object{});
    for (const auto& [service, digest] : digests)
        images.set(service, digest);
    return Json(Json::Object{{"images", std::move(images)}});
}

/// "nginx" → "docker.io/library/nginx:latest", as images are named here; what is none is a digest.
std::string wholeName(const std::string& image) {
    const auto reference = Reference::parse(image);
    return reference ? reference->toString() : image;
}

Result<StackOrder> orderOf(const CallPointer& call) {
    TRY_ASSIGN(StackOrder order, stackOrder(call->arguments().at(0).value<dbus::Stack>()));
    for (StackService& service : order.stack.services)
        service.image = wholeName(service.image);
    return order;
}

/// Of Build, Pull and Push.
struct ImageCall {
    UpOptions chosen;
    ImageOrder order;
};
Result<ImageCall> imageCall(const QVariantMap& options) {
    ImageCall call;
    TRY_ASSIGN(call.chosen.services, checkServices(namesOf(options)));
    call.chosen.dependencies = options.value(QStringLiteral("include-deps")).toBool();
    call.order.ignoresFailures = options.value(QStringLiteral("ignore-failures")).toBool();
    call.order.ignoresBuildable = options.value(QStringLiteral("ignore-buildable")).toBool();
    TRY_ASSIGN(call.order.registries, registryChoices(options));
    return call;
}

dbus::StackSteps toBus(const StackPlan& plan, const std::vector<StackMember>& members) {
    dbus::StackSteps steps;
    for (const StackStep& step : plan.steps) {
        dbus::StackStep one;
        one.kind = toQString(stepName(step.kind));
        one.service = toQString(step.service);
        one.number = step.number;
        one.container = toQString(step.container);
        one.name = toQString(step.name);
        if (step.kind == StackStep::Kind::Wait)
            one.condition = toQString(dependsOnName(step.condition));
        one.why = toQString(step.why);
        one.required = step.required;
        one.after = QList<quint32>(step.after.begin(), step.after.end());
        for (const StackMember& member : members) {
            if (member.container.id == step.container)
                one.state = toQString(stateName(member.container.state));
        }
        steps.append(one);
    }
    return steps;
}

} // namespace

class StacksService::Alone {
public:
    static Result<std::unique_ptr<Alone>> take(StacksService& service, uid_t owner,
                                               const std::string& project) {
        const std::lock_guard lock(service.m_mutex);
        if (!service.m_busy.emplace(owner, project).second)
            return fail(ErrorCode::InUse, "the stack \"" + project + "\" is being changed already",
                        "Wait for the end of that job, or cancel it.");
        return std::unique_ptr<Alone>(new Alone(service, {owner, project}));
    }
    ~Alone() {
        const std::lock_guard lock(m_service.m_mutex);
        m_service.m_busy.erase(m_key);
    }

private:
    Alone(StacksService& service, std::pair<uid_t, std::string> key)
        : m_service(service)
        , m_key(std::move(key)) {}
    StacksService& m_service;
    std::pair<uid_t, std::string> m_key;
};

StacksService::StacksService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_session{m_parts.build.containers, m_parts.build.store, m_parts.places} {
    m_receivers.setMaxThreadCount(kMostReceivers);
    const auto handle = [&dispatcher](const char* member, Dispatcher::Handler handler) {
        dispatcher.handle("org.escale.Engine1.Stacks", member, std::move(handler));
    };
    const auto route = [&handle, this](const char* member,
                                       void (StacksService::*method)(const CallPointer&)) {
        handle(member, [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    route("Up", &StacksService::up);
    route("Plan", &StacksService::plan);
    route("Scale", &StacksService::scale);
    route("Run", &StacksService::run);
    route("Build", &StacksService::build);
    route("Pull", &StacksService::pull);
    route("Push", &StacksService::push);
    route("Down", &StacksService::down);
    route("Remove", &StacksService::remove);
    route("Kill", &StacksService::kill);
    handle("Start", [this](const CallPointer& call) { verb(call, "stack-start", StackVerb::Start); });
    handle("Stop", [this](const CallPointer& call) { verb(call, "stack-stop", StackVerb::Stop); });
    handle("Restart", [this](const CallPointer& call) { verb(call, "stack-restart", StackVerb::Restart); });
    handle("Pause", [this](const CallPointer& call) {
        each(call, "stack-pause", {ContainerState::Running}, [this](uid_t owner, const std::string& id) {
            return m_parts.build.containers.pause(owner, id);
        });
    });
    handle("Unpause", [this](const CallPointer& call) {
        each(call, "stack-unpause", {ContainerState::Paused}, [this](uid_t owner, const std::string& id) {
            return m_parts.build.containers.unpause(owner, id);
        });
    });
}

StacksService::~StacksService() {
    m_ending.cancel();
    m_receivers.waitForDone();
}

void StacksService::startJob(const CallPointer& call, const char* kind, const std::string& title,
                             const std::shared_ptr<StackEvents>& events, Work work) {
    const auto reader = events->reader();
    if (!reader) {
        call->refuse(reader.error());
        return;
    }
    const auto job =
        m_parts.jobs.start({call->owner(), QLatin1String(kind), toQString(title)},
                           [this, owner = call->owner(), title, events, work = std::move(work)](
                               JobProgress& progress, const Cancellation& cancellation) -> Result<QString> {
                               events->tellJob(&progress);
                               auto result = work(*events, cancellation);
                               if (!result && cancellation.isCancelled())
                                   result = fail(ErrorCode::Cancelled, "the work on the stack was cancelled");
                               events->end(result ? nullptr : &result.error());
                               events->tellJob(nullptr);
                               m_parts.changed(owner, title);
                               if (!result)
                                   return fail(std::move(result).error());
                               return toQString(result->dump());
                           });
    if (!job) {
        call->refuse(job.error());
        return;
    }
    call->reply({QVariant::fromValue(QDBusObjectPath((*job)->path())),
                 QVariant::fromValue(QDBusUnixFileDescriptor(reader->get()))});
}

void StacksService::receiveThenBegin(const CallPointer& call, const char* kind, SentWork work) {
    const auto sent = std::make_shared<Sent>();
    sent->owner = call->owner();
    auto socket = takePacketSocket(call->arguments().at(1).value<QDBusUnixFileDescriptor>());
    if (!socket) {
        call->refuse(socket.error());
        return;
    }
    if (m_receiving.value(call->owner()) >= kMostReceiving) {
        call->refuse(
            {ErrorCode::WrongState,
             "the files of " + std::to_string(kMostReceiving) + " stacks of yours are on their way already",
             "Wait until they have come.",
             {}});
        return;
    }
    ++m_receiving[call->owner()];
    const auto shared = std::make_shared<UniqueFd>(*std::move(socket));
    m_receivers.start([this, call, kind, sent, shared, work = std::move(work)] {
        const auto receive = [&]() -> Result<void> {
            TRY_ASSIGN(sent->order, orderOf(call));
            TRY_ASSIGN(sent->events, StackEvents::make());
            return sent->sources.receive(std::move(*shared), sent->owner, sent->order, m_ending);
        };
        const auto received = receive();
        QMetaObject::invokeMethod(
            this,
            [this, call, kind, sent, work, received] {
                if (--m_receiving[call->owner()] == 0)
                    m_receiving.remove(call->owner());
                if (received)
                    begin(call, kind, sent, work);
                else
                    call->refuse(received.error());
            },
            Qt::QueuedConnection);
    });
}

void StacksService::begin(const CallPointer& call, const char* kind, const SentPointer& sent,
                          const SentWork& work) {
    startJob(
        call, kind, sent->order.stack.project, sent->events,
        [sent, work](StackEvents&, const Cancellation& cancellation) { return work(*sent, cancellation); });
}

/// `kept`: holds the images while containers are made of them.
StackUp StacksService::stackUp(Sent& sent, const StackUpOrder& order, ObtainedImages& kept, bool savesConfig,
                               const Cancellation& cancellation) {
    StackUp up{sent.order.stack, order.up, std::chrono::seconds(order.waitTimeout), {}, {}};
    up.images = [this, &sent, &order, &kept, savesConfig, &cancellation](
                    const std::set<std::string>& services) -> Result<std::map<std::string, std::string>> {
        if (services.empty())
            return std::map<std::string, std::string>();
        ImageOrder wanted;
        wanted.services = services;
        wanted.pull = order.pull;
        wanted.build = order.build;
        wanted.noBuild = order.noBuild;
        wanted.registries = order.registries;
        StackImages images({m_parts.build, m_parts.builds}, sent.owner, sent.order, sent.sources,
                           *sent.events);
        TRY_ASSIGN(kept, images.obtain(wanted, cancellation));
        sent.sources.closeContexts();
        if (savesConfig)
            TRY(m_parts.configs.save(sent.owner, sent.order.stack.project, sent.order.stack.config));
        return kept.digests;
    };
    up.sources = [&sent](const StackService& service) { return sent.sources.mountSources(service); };
    return up;
}

Result<Json> StacksService::upNow(Sent& sent, const StackUpOrder& order, const Cancellation& cancellation) {
    TRY_ASSIGN(const auto alone, Alone::take(*this, sent.owner, sent.order.stack.project));
    ObtainedImages kept;
    StackSession session(m_session, sent.owner, *sent.events, cancellation);
    TRY_ASSIGN(const StackOutcome outcome, session.up(stackUp(sent, order, kept, true, cancellation)));
    return toJson(outcome);
}

void StacksService::up(const CallPointer& call) {
    const auto order = upOrder(call->options());
    if (!order) {
        call->refuse(order.error());
        return;
    }
    receiveThenBegin(call, "stack-up", [this, order = *order](Sent& sent, const Cancellation& cancellation) {
        return upNow(sent, order, cancellation);
    });
}

void StacksService::scale(const CallPointer& call) {
    auto order = upOrder(call->options());
    const auto replicas = replicasOf(qdbus_cast<dbus::CountMap>(call->arguments().at(2)));
    if (!order || !replicas) {
        call->refuse(!order ? order.error() : replicas.error());
        return;
    }
    if (replicas->empty()) {
        call->refuse({ErrorCode::InvalidArgument, "no service is scaled", {}, {}});
        return;
    }
    order->up.scale = *replicas;
    for (const auto& [service, count] : *replicas)
        order->up.services.insert(service);
    order->up.recreate = order->up.recreateDependencies = Recreate::Never;
    receiveThenBegin(call, "stack-scale",
                     [this, order = *order](Sent& sent, const Cancellation& cancellation) {
                         return upNow(sent, order, cancellation);
                     });
}

void StacksService::plan(const CallPointer& call) {
    const auto order = upOrder(call->options());
    if (!order) {
        call->refuse(order.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, call, order = *order]() -> Result<QVariantList> {
        TRY_ASSIGN(const StackOrder sent, orderOf(call));
        const Stack& stack = sent.stack;
        Containers& containers = m_parts.build.containers;
        const auto images = StackImages::present(m_parts.build.store, call->owner(), stack);
        TRY_ASSIGN(const StackPlan plan, planNow(containers, call->owner(), stack, images, order.up));
        TRY_ASSIGN(const auto members, stackMembers(containers, call->owner()));
        return QVariantList{QVariant::fromValue(toBus(plan, members)), toStringList(plan.warnings)};
    });
}

Result<Json> StacksService::runNow(Sent& sent, const StackUpOrder& order, OneOff oneOff, bool serviceHasPorts,
                                   const Cancellation& cancellation) {
    const Stack& stack = sent.order.stack;
    const auto service = std::find_if(stack.services.begin(), stack.services.end(),
                                      [&](const auto& each) { return each.name == oneOff.service; });
    if (service == stack.services.end())
        return fail(ErrorCode::NotFound, "the stack has no service \"" + oneOff.service + '"');
    // What it depends on is brought up: an up or a down meanwhile would have other ideas of it.
    std::unique_ptr<Alone> alone;
    if (oneOff.dependencies) {
        TRY_ASSIGN(alone, Alone::take(*this, sent.owner, stack.project));
    }
    oneOff.slug = randomId().substr(0, 12);
    TRY_ASSIGN(oneOff.options, oneOffOptions(service->options, oneOff.options, serviceHasPorts));
    if (oneOff.options.name.empty())
        oneOff.options.name = stack.project + '-' + service->name + "-run-" + oneOff.slug;
    ObtainedImages kept;
    StackSession session(m_session, sent.owner, *sent.events, cancellation);
    TRY_ASSIGN(const std::string id,
               session.makeOneOff(stackUp(sent, order, kept, false, cancellation), oneOff));
    sent.events->container(id);
    Containers& containers = m_parts.build.containers;
    auto started = containers.start(sent.owner, id, cancellation);
    if (started)
        return Json(Json::Object{{"container", id}});
    Error error = std::move(started).error();
    if (const auto removed = containers.remove(sent.owner, id, true, true);
        !removed && removed.error().code != ErrorCode::NotFound)
        error.addCause(removed.error());
    return fail(std::move(error));
}

void StacksService::run(const CallPointer& call) {
    const auto order = upOrder(call->options());
    const auto services = checkServices({call->arguments().at(2).toString()});
    auto asked = askedOfOneOff(call->arguments().at(3).toStringList(), call->options());
    if (!order || !services || !asked) {
        call->refuse(!order ? order.error() : !services ? services.error() : asked.error());
        return;
    }
    OneOff oneOff{*services->begin(), *std::move(asked), {}, order->up.dependencies};
    const bool ports = call->options().value(QStringLiteral("service-ports")).toBool();
    receiveThenBegin(call, "stack-run",
                     [this, order = *order, oneOff, ports](Sent& sent, const Cancellation& cancellation) {
                         return runNow(sent, order, oneOff, ports, cancellation);
                     });
}

void StacksService::build(const CallPointer& call) {
    auto asked = imageCall(call->options());
    if (!asked) {
        call->refuse(asked.error());
        return;
    }
    asked->order.onlyBuild = true;
    asked->order.noCache = call->options().value(QStringLiteral("no-cache")).toBool();
    asked->order.pullBases = call->options().value(QStringLiteral("pull")).toBool();
    receiveThenBegin(call, "stack-build",
                     [this, asked = *asked](Sent& sent, const Cancellation& cancellation) -> Result<Json> {
                         ImageOrder wanted = asked.order;
                         TRY_ASSIGN(wanted.services, chosenServices(sent.order.stack, asked.chosen));
                         StackImages images({m_parts.build, m_parts.builds}, sent.owner, sent.order,
                                            sent.sources, *sent.events);
                         TRY_ASSIGN(const ObtainedImages built, images.obtain(wanted, cancellation));
                         return imagesJson(built.digests);
                     });
}

void StacksService::pull(const CallPointer& call) {
    auto asked = imageCall(call->options());
    const QString policy =
        call->options().value(QStringLiteral("policy"), QStringLiteral("always")).toString();
    if (!asked || (policy != QLatin1String("always") && policy != QLatin1String("missing"))) {
        call->refuse(
            !asked ? asked.error()
                   : Error{ErrorCode::InvalidArgument, "the option policy is always or missing", {}, {}});
        return;
    }
    asked->order.pull = pullPolicyOf(policy);
    asked->order.noBuild = true;
    beginWithoutFiles(call, "stack-pull",
                      [this, asked = *asked](Sent& sent, const Cancellation& cancellation) -> Result<Json> {
                          ImageOrder wanted = asked.order;
                          TRY_ASSIGN(wanted.services, chosenServices(sent.order.stack, asked.chosen));
                          StackImages images({m_parts.build, m_parts.builds}, sent.owner, sent.order,
                                             sent.sources, *sent.events);
                          TRY_ASSIGN(const ObtainedImages pulled, images.obtain(wanted, cancellation));
                          return imagesJson(pulled.digests);
                      });
}

void StacksService::push(const CallPointer& call) {
    auto asked = imageCall(call->options());
    if (!asked) {
        call->refuse(asked.error());
        return;
    }
    beginWithoutFiles(call, "stack-push",
                      [this, asked = *asked](Sent& sent, const Cancellation& cancellation) -> Result<Json> {
                          ImageOrder wanted = asked.order;
                          TRY_ASSIGN(wanted.services, chosenServices(sent.order.stack, asked.chosen));
                          StackImages images({m_parts.build, m_parts.builds}, sent.owner, sent.order,
                                             sent.sources, *sent.events);
                          TRY_ASSIGN(const auto pushed, images.push(wanted, cancellation));
                          return imagesJson(pushed);
                      });
}

void StacksService::beginWithoutFiles(const CallPointer& call, const char* kind, SentWork work) {
    m_parts.pool.start([this, call, kind, work = std::move(work)] {
        const auto sent = std::make_shared<Sent>();
        sent->owner = call->owner();
        const auto read = [&]() -> Result<void> {
            TRY_ASSIGN(sent->order, orderOf(call));
            TRY_ASSIGN(sent->events, StackEvents::make());
            return {};
        };
        if (const auto good = read(); !good) {
            call->refuse(good.error());
            return;
        }
        QMetaObject::invokeMethod(
            this, [this, call, kind, sent, work] { begin(call, kind, sent, work); }, Qt::QueuedConnection);
    });
}

void StacksService::beginOfProject(const CallPointer& call, const char* kind, bool alone, ProjectWork work) {
    const auto project = checkProject(call->arguments().at(0).toString());
    const auto events = StackEvents::make();
    if (!project || !events) {
        call->refuse(!project ? project.error() : events.error());
        return;
    }
    startJob(call, kind, *project, *events,
             [this, owner = call->owner(), project = *project, alone,
              work = std::move(work)](StackEvents& told, const Cancellation& cancellation) -> Result<Json> {
                 std::unique_ptr<Alone> held;
                 if (alone) {
                     TRY_ASSIGN(held, Alone::take(*this, owner, project));
                 }
                 StackSession session(m_session, owner, told, cancellation);
                 return work(session, told, owner, project);
             });
}

void StacksService::verb(const CallPointer& call, const char* kind, StackVerb verb) {
    const auto services = checkServices(call->arguments().at(1).toStringList());
    const auto timeout = stopTimeout(call->options());
    if (!services || !timeout) {
        call->refuse(!services ? services.error() : timeout.error());
        return;
    }
    beginOfProject(call, kind, true,
                   [verb, services = *services,
                    seconds = timeout->value_or(0)](StackSession& session, StackEvents&, uid_t,
                                                    const std::string& project) -> Result<Json> {
                       TRY_ASSIGN(const auto outcome, session.verb(verb, project, services, seconds));
                       return toJson(outcome);
                   });
}

void StacksService::remove(const CallPointer& call) {
    const auto services = checkServices(call->arguments().at(1).toStringList());
    if (!services) {
        call->refuse(services.error());
        return;
    }
    const bool stops = call->options().value(QStringLiteral("stop")).toBool();
    const bool volumes = call->options().value(QStringLiteral("volumes")).toBool();
    beginOfProject(call, "stack-remove", true,
                   [stops, volumes, services = *services](StackSession& session, StackEvents&, uid_t,
                                                          const std::string& project) -> Result<Json> {
                       if (stops)
                           TRY(session.verb(StackVerb::Stop, project, services, 0));
                       TRY_ASSIGN(const auto outcome,
                                  session.verb(StackVerb::Remove, project, services, 0, volumes));
                       return toJson(outcome);
                   });
}

void StacksService::each(const CallPointer& call, const char* kind, const std::set<ContainerState>& states,
                         const std::function<Result<void>(uid_t owner, const std::string& id)>& action) {
    const auto services = checkServices(call->arguments().at(1).toStringList());
    if (!services) {
        call->refuse(services.error());
        return;
    }
    // Not alone: who kills a container may be the only one to end what waits for it.
    beginOfProject(call, kind, false,
                   [services = *services, states, action](StackSession& session, StackEvents&, uid_t owner,
                                                          const std::string& project) -> Result<Json> {
                       const auto once = [&](const ObservedContainer& container) -> Result<void> {
                           return states.contains(container.state) ? action(owner, container.id)
                                                                   : Result<void>();
                       };
                       TRY_ASSIGN(const auto outcome, session.each(project, services, once));
                       return toJson(outcome);
                   });
}

void StacksService::kill(const CallPointer& call) {
    const auto signal = parseSignal(call->options()
                                        .value(QStringLiteral("signal"), QStringLiteral("KILL"))
                                        .toString()
                                        .left(40)
                                        .toStdString());
    if (!signal) {
        call->refuse(signal.error());
        return;
    }
    each(call, "stack-kill", {ContainerState::Running, ContainerState::Paused},
         [this, signal = *signal](uid_t owner, const std::string& id) {
             return m_parts.build.containers.kill(owner, id, signal);
         });
}

void StacksService::down(const CallPointer& call) {
    const auto order = downOrder(call->options());
    if (!order) {
        call->refuse(order.error());
        return;
    }
    beginOfProject(
        call, "stack-down", true,
        [this, order = *order](StackSession& session, StackEvents& events, uid_t owner,
                               const std::string& project) -> Result<Json> {
            std::set<std::string> images;
            if (const auto members = stackMembers(m_parts.build.containers, owner, project)) {
                for (const StackMember& member : *members) {
                    const std::string& image = member.container.options.image;
                    if (order.removesAllImages ||
                        (order.removesBuiltImages && image == wholeName(project + '-' + member.service)))
                        images.insert(image);
                }
            }
            TRY_ASSIGN(const auto outcome, session.down(project, order.down));
            removeImages(owner, images, events);
            if (const auto left = stackMembers(m_parts.build.containers, owner, project);
                !left && left.error().code == ErrorCode::NotFound)
                TRY(m_parts.configs.remove(owner, project));
            return toJson(outcome);
        });
}

// What others use stays, which is nothing to fail for.
void StacksService::removeImages(uid_t owner, const std::set<std::string>& images, StackListener& listener) {
    Store& store = m_parts.build.store;
    for (const std::string& image : images) {
        const auto found = findImageAsWritten(store, owner, image);
        if (!found || !found->name)
            continue;
        const auto removed = store.removeImageName(owner, found->name->name(), found->name->tag);
        if (!removed) {
            listener.warning("the image " + image + " stays: " + removed.error().message);
            continue;
        }
        m_parts.build.news.happened(owner, "untag", removed->toString(), found->name->toString());
        m_parts.build.news.isWithoutName(owner, *removed);
    }
}

} // namespace escale
