#include "helper/service/failed_step.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/log.h"
#include "engine/base/user_namespace.h"
#include "engine/image/image_documents.h"
#include "engine/image/media_types.h"
#include "engine/image/platform.h"
#include "helper/worker/upper_layer.h"

#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr const char* kRepository = "localhost/failed-step";
constexpr std::uint64_t kLeastFree = 64ULL << 20U; // bytes

Json describe(const BuildRoot& base, const RunRequest& request) {
    Json::Array layers;
    for (const RootLayer& each : base.layers)
        layers.emplace_back(Json::Object{{"diffId", each.layer.diffId.toString()},
                                         {"blob", each.blobDigest.toString()},
                                         {"blobSize", each.blobSize},
                                         {"mediaType", each.mediaType}});
    // The environment as the builder gave it: secrets come later.
    return Json::Object{{"layers", std::move(layers)},
                        {"command", Json::strings(request.words)},
                        {"environment", Json::strings(request.environment)},
                        {"workdir", request.workingDirectory},
                        {"user", request.user}};
}

Result<void> keep(const BuildWork& work, const BuildRoot& base, const RunRequest& request,
                  const std::string& upper) {
    // Where the disk is full, that is why it has failed, and what it has made is in the way.
    struct statvfs disk {};
    if (::statvfs(work.parts.store.folder().c_str(), &disk) == 0 &&
        std::uint64_t{disk.f_bavail} * disk.f_frsize < kLeastFree)
        return {};
    const std::string folder = work.parts.records.failedOf(work.id);
    if (::mkdir(folder.c_str(), 0700) != 0)
        return errno == EEXIST ? Result<void>() : failErrno("cannot make folder " + folder);
    const std::string target = folder + "/upper";
    if (std::rename(upper.c_str(), target.c_str()) != 0 &&
        (errno != ENOENT || ::mkdir(target.c_str(), 0755) != 0))
        return failErrno("cannot keep " + upper);
    TRY(writeFileAtomically(folder + "/step.json", describe(base, request).dump()));
    return work.parts.records.limitFailed(work.owner);
}

Result<std::vector<ImageLayer>> layersBelow(Store& store, KeptLayers& kept, const Json& step) {
    std::vector<ImageLayer> layers;
    for (const Json& each : step.at("layers").items()) {
        TRY_ASSIGN(const std::string diffText, each.getString("diffId"));
        TRY_ASSIGN(const std::string blobText, each.getString("blob"));
        TRY_ASSIGN(Digest diffId, Digest::parse(diffText));
        TRY_ASSIGN(Digest blob, Digest::parse(blobText));
        TRY_ASSIGN(const auto found, store.findLayer(diffId));
        if (!found)
            return fail(ErrorCode::NotFound, "a layer below the failed step has gone from the store",
                        "Build it again.");
        TRY(kept.add(found->number));
        std::uint64_t size = each.at("blobSize").toUnsigned().value_or(0);
        if (size == 0) {
            TRY_ASSIGN(size, store.tarSizeOf(found->number));
        }
        layers.push_back({std::move(diffId), std::move(blob), size, each.at("mediaType").toString(),
                          found->size, std::nullopt});
    }
    return layers;
}

ImageConfig settingsOf(const Json& step) {
    const Platform here = Platform::ofThisMachine();
    ImageConfig settings;
    settings.architecture = here.architecture;
    settings.os = here.os;
    settings.variant = here.variant;
    settings.user = step.at("user").toString();
    settings.workingDir = step.at("workdir").toString();
    settings.command = step.getStrings("command").value_or(std::vector<std::string>());
    settings.environment = step.getStrings("environment").value_or(std::vector<std::string>());
    settings.created = nowMilliseconds();
    return settings;
}

/// Nothing when the step has changed no file.
Result<std::optional<ImageLayer>> ownLayer(const BuildParts& parts, uid_t owner, const std::string& upper,
                                           const Cancellation& cancellation) {
    TRY_ASSIGN(const auto changed, listDirectory(upper));
    if (changed.empty())
        return std::optional<ImageLayer>();
    TRY_ASSIGN(const std::uint32_t base, parts.store.idRangeOf(owner));
    TRY_ASSIGN(const UniqueFd userNamespace, makeUserNamespace(base));
    TRY_ASSIGN(const UniqueFd folder, openFile(upper, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    TRY_ASSIGN(UpperLayer staged,
               stageUpper(parts.store, parts.workerProgram, {{folder.get(), userNamespace.get()}, {}, {}, {}},
                          cancellation));
    if (staged.entries == 0)
        return std::optional<ImageLayer>();
    return std::optional(std::move(staged.layer));
}

} // namespace

void keepFailedStep(const BuildWork& work, const BuildRoot& base, const RunRequest& request,
                    const std::string& upper) {
    if (const auto kept = keep(work, base, request, upper); !kept)
        logWarning("a failed step cannot be kept: " + kept.error().text());
}

Result<std::string> openFailedStep(const BuildParts& parts, uid_t owner, const std::string& build,
                                   const Cancellation& cancellation) {
    TRY(parts.records.find(owner, build));
    if (!parts.records.keepsFailed(build))
        return fail(ErrorCode::NotFound, "nothing was kept of a failed step of this build",
                    "The last " + std::to_string(BuildRecords::kMostFailed) +
                        " are kept, until a build of the same context ends well.");
    const std::string folder = parts.records.failedOf(build);
    TRY_ASSIGN(const std::string text, readFile(folder + "/step.json"));
    TRY_ASSIGN(const Json step, Json::parse(text));
    auto kept = parts.store.keepLayers();
    TRY_ASSIGN(auto layers, layersBelow(parts.store, kept, step));
    TRY_ASSIGN(auto own, ownLayer(parts, owner, folder + "/upper", cancellation));
    if (own)
        layers.push_back(*std::move(own));
    const ImageConfig settings = settingsOf(step);
    std::string config = writeImageConfig(settings, layers, {"a step that failed", {}, {}});
    std::string manifest = writeManifest(config, layers);
    const Digest digest = Digest::ofData(manifest);
    const Digest configDigest = Digest::ofData(config);
    TRY(cancellation.check());
    TRY(parts.store.commitImage({.owner = owner,
                                 .repository = kRepository,
                                 .tag = {},
                                 .mediaType = kOciManifest,
                                 .manifest = std::move(manifest),
                                 .config = std::move(config),
                                 .manifestDigest = digest,
                                 .configDigest = configDigest,
                                 .settings = settings,
                                 .layers = std::move(layers)}));
    parts.news.changed(owner, digest.toString());
    return Json(Json::Object{{"image", digest.toString()},
                             {"command", step.at("command")},
                             {"environment", step.at("environment")},
                             {"workdir", step.at("workdir")},
                             {"user", step.at("user")}})
        .dump();
}

} // namespace escale
