// Names given, and images without any taken away.
#include "engine/base/json.h"
#include "engine/image/reference.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

/// As Images.Prune takes them.
Result<QVariantMap> pruneOptions(const Filters& filters) {
    if (filters.has("label!"))
        return fail(ErrorCode::Unsupported, "images cannot be pruned by a label that they lack (\"label!=\")",
                    "List them with \"docker images --filter\" and remove them by name.");
    TRY_ASSIGN(const auto dangling, filters.flag("dangling"));
    QVariantMap options{{QStringLiteral("all"), !dangling.value_or(true)}};
    if (const auto& until = filters.values("until"); !until.empty()) {
        if (until.size() > 1)
            return fail(ErrorCode::InvalidArgument, "more than one until filter specified");
        TRY_ASSIGN(const std::int64_t time, readTime(until.front()));
        options.insert(QStringLiteral("until"),
                       QVariant::fromValue(qint64(time / kNanosecondsPerMillisecond)));
    }
    if (filters.has("label"))
        options.insert(QStringLiteral("label"), toStringList(filters.values("label")));
    return options;
}

/// Of the images that were there, those that have lost their names. The engine takes all of an image's or
/// none.
Json deletedLines(const std::vector<KnownImage>& images, const QStringList& removed) {
    Json lines = Json::Array();
    for (const KnownImage& image : images) {
        bool isGone = false;
        for (const ImageTagName& name : image.names) {
            const std::string text = name.repository + (name.tag.empty() ? "@" + image.id : ":" + name.tag);
            if (!removed.contains(toQString(text)))
                continue;
            isGone = true;
            lines.append(Json().set("Untagged", name.familiar(image.id)));
        }
        if (isGone)
            lines.append(Json().set("Deleted", image.id));
    }
    return lines;
}

} // namespace

Result<void> tagImage(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("name");
    const std::string repository = exchange.query().text("repo");
    const std::string tag = exchange.query().text("tag");
    const auto target = Reference::parse(repository + (tag.empty() ? "" : ":" + tag));
    if (!target)
        return fail(ErrorCode::InvalidArgument, "invalid reference format: " + target.error().message,
                    target.error().hint);
    TRY_ASSIGN(const auto images, knownImages(bus));
    TRY_ASSIGN(const FoundImage found, findImage(images, name));
    auto tagged = bus.ask<>(Face::Images, "Tag", toQString(found.image.id), toQString(target->toString()));
    if (!tagged)
        return fail(aboutImage(std::move(tagged).error(), name));
    return exchange.replyEmpty(201);
}

Result<void> pruneImages(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Filters filters,
               Filters::parse(exchange.query(), {"dangling", "until", "label", "label!"}));
    TRY_ASSIGN(const QVariantMap options, pruneOptions(filters));
    TRY_ASSIGN(const auto images, knownImages(bus));
    TRY_ASSIGN(const auto pruned, (bus.ask<QStringList, qulonglong>(Face::Images, "Prune", options)));
    return exchange.reply(200, Json()
                                   .set("ImagesDeleted", deletedLines(images, std::get<0>(pruned)))
                                   .set("SpaceReclaimed", std::uint64_t(std::get<1>(pruned))));
}

} // namespace escale::docker_api
