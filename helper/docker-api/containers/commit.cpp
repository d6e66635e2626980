#include "helper/docker-api/containers/commit.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

namespace escale::docker_api {
namespace {

QStringList namesOf(const Json& object) {
    QStringList names;
    for (const auto& [name, value] : object.members())
        names.append(toQString(name));
    return names;
}

dbus::TextMap textsOf(const Json& object) {
    dbus::TextMap texts;
    for (const auto& [name, value] : object.members())
        texts.insert(toQString(name), toQString(value.toString()));
    return texts;
}

// What an image of a container's says beside its files; a container's other members are not an image's.
Result<void> addConfig(const Json& config, QVariantMap& options) {
    for (const char* member : {"Volumes", "OnBuild", "Healthcheck"}) {
        if (!config.at(member).members().empty() || !config.at(member).items().empty())
            return fail(ErrorCode::Unsupported, std::string("a commit cannot change ") + member,
                        "Build the image from a Dockerfile: FROM what was committed, and this one.");
    }
    for (const auto& [member, option] :
         {std::pair{"Cmd", "command"}, {"Entrypoint", "entrypoint"}, {"Env", "environment"}}) {
        TRY_ASSIGN(const auto words, config.getStrings(member));
        if (!words.empty())
            options.insert(QLatin1String(option), toStringList(words));
    }
    for (const auto& [member, option] :
         {std::pair{"User", "user"}, {"WorkingDir", "workdir"}, {"StopSignal", "stop-signal"}}) {
        TRY_ASSIGN(const std::string text, config.getOptionalString(member));
        if (!text.empty())
            options.insert(QLatin1String(option), toQString(text));
    }
    if (const QStringList ports = namesOf(config.at("ExposedPorts")); !ports.isEmpty())
        options.insert(QStringLiteral("exposed-ports"), ports);
    if (const auto labels = textsOf(config.at("Labels")); !labels.isEmpty())
        options.insert(QStringLiteral("labels"), QVariant::fromValue(labels));
    return {};
}

// Several in one text, too: a line each.
QStringList changesOf(const Query& query) {
    QStringList changes;
    for (const std::string& text : query.texts("changes"))
        changes += toQString(text).split(u'\n', Qt::SkipEmptyParts);
    return changes;
}

} // namespace

Result<QVariantMap> commitOptions(const Query& query, const Json& config) {
    QVariantMap options{{QStringLiteral("pause"), query.flag("pause", true)}};
    for (const char* name : {"author", "comment"}) {
        if (const std::string text = query.text(name); !text.empty())
            options.insert(QLatin1String(name), toQString(text));
    }
    if (const QStringList changes = changesOf(query); !changes.isEmpty())
        options.insert(QStringLiteral("changes"), changes);
    TRY(addConfig(config, options));
    return options;
}

Result<void> commitContainer(Exchange& exchange, const Bus& bus) {
    const Query& query = exchange.query();
    const std::string name = query.text("container"), repository = query.text("repo"),
                      tag = query.text("tag");
    if (repository.empty() && !tag.empty())
        return fail(ErrorCode::InvalidArgument, "a tag needs a repository");
    const std::string reference = repository + (tag.empty() ? "" : ":" + tag);
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(const QVariantMap options, commitOptions(query, body));
    const auto job =
        bus.ask<QDBusObjectPath>(Face::Containers, "Commit", toQString(name), toQString(reference), options);
    if (!job)
        return fail(aboutContainer(job.error(), name));
    TRY_ASSIGN(const QString digest, bus.finish(*job, exchange));
    return exchange.reply(201, Json().set("Id", digest.toStdString()));
}

} // namespace escale::docker_api
