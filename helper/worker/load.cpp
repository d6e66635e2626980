#include "helper/worker/load.h"

#include "engine/base/cached_stat.h"
#include "engine/image/entry_path.h"
#include "engine/image/image_archive.h"
#include "engine/image/reference.h"
#include "engine/store/store.h"
#include "helper/worker/archive_protocol.h"

#include <algorithm>
#include <optional>
#include <sys/stat.h>

namespace escale {
namespace {

using worker::ArchivedImage;
using worker::Kind;

// More layers than this are not shown together: they are told ten times a second.
constexpr std::size_t kMostShownLayers = 2000;

std::uint32_t number(Kind kind) {
    return static_cast<std::uint32_t>(kind);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Whether somebody who wrote this name meant a tag: Reference::parse() gives "latest" to one without.
bool hasTag(const std::string& written) {
    const std::size_t slash = written.rfind('/');
    return written.find(':', slash == std::string::npos ? 0 : slash) != std::string::npos;
}

/// One archive, step by step, on the caller's thread.
class Loading {
public:
    Loading(Store& store, const std::string& program, const LoadRequest& request, const ImageLoaded& loaded,
            const std::function<void(const LoadProgress&)>& progress, const Cancellation& cancellation)
        : m_store(store)
        , m_program(program)
        , m_request(request)
        , m_loaded(loaded)
        , m_report(progress)
        , m_cancellation(cancellation) {}

    Result<void> run();
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

private:
    Result<std::vector<ArchivedImage>> open(WorkerProcess& archive);
    Result<void> takeProgress(Message& message);
    Result<std::vector<Reference>> referencesOf(const ArchivedImage& image) const;
    Result<Reference> referenceOfNameless(const ArchivedImage& image) const;
    Result<void> load(WorkerProcess& archive, std::size_t number, const std::vector<Reference>& references);
    Result<std::optional<Image>> imageOfConfig(const std::string& config) const;
    Result<Digest> obtain(WorkerProcess& archive, const worker::Documents& documents, const Reference& name);
    void report();

    Store& m_store;
    const std::string& m_program;
    const LoadRequest& m_request;
    const ImageLoaded& m_loaded;
    const std::function<void(const LoadProgress&)>& m_report;
    const Cancellation& m_cancellation;
    Platform m_platform;
    LoadProgress m_progress;
    std::size_t m_nameless = 0;
    std::vector<std::string> m_names;
};

Result<std::vector<ArchivedImage>> Loading::open(WorkerProcess& archive) {
    TRY_ASSIGN(const UniqueFd spool, m_store.openSpool());
    TRY(worker::sendArchive(archive.channel(), m_platform.toString(), m_request.owner, m_request.input,
                            spool.get()));
    std::vector<ArchivedImage> images;
    std::size_t nameBytes = 0;
    for (;;) {
        TRY_ASSIGN(Message message, archive.receive(m_cancellation));
        if (message.kind() == number(Kind::Failed))
            return fail(worker::readError(message));
        if (message.kind() == number(Kind::Received)) {
            TRY(takeProgress(message));
        } else if (message.kind() == number(Kind::ArchivedImage) &&
                   images.size() < ImageArchive::kMostImages) {
            TRY_ASSIGN(ArchivedImage image, worker::readArchivedImage(message));
            m_nameless += image.names.empty() ? 1 : 0;
            for (const std::string& name : image.names)
                nameBytes += name.size() + sizeof(std::string);
            // An honest one has read them in a document of this length; the rest pays for many short ones.
            if (nameBytes > 8 * kLongestManifest)
                return fail(ErrorCode::Untrusted, "the archive holds too many names");
            images.push_back(std::move(image));
        } else if (message.kind() == number(Kind::ArchiveOpened)) {
            TRY(message.end());
            return images;
        } else {
            return fail(ErrorCode::Untrusted,
                        "the worker sent an unexpected message " + worker::kindName(message.kind()));
        }
    }
}

Result<void> Loading::takeProgress(Message& message) {
    TRY_ASSIGN(const std::uint64_t what, message.number());
    TRY_ASSIGN(m_progress.read, message.number());
    TRY(message.end());
    if (what != worker::kWholeArchive)
        return fail(ErrorCode::Untrusted, "malformed message: no layer was asked for");
    report();
    return {};
}

Result<std::vector<Reference>> Loading::referencesOf(const ArchivedImage& image) const {
    std::vector<Reference> references;
    for (const std::string& name : image.names) {
        auto reference = Reference::parse(name);
        if (!reference)
            return fail(ErrorCode::Untrusted, "the archive names an image " + quotedName(name) +
                                                  ", which is no name: " + reference.error().message);
        reference->digest.reset(); // its own documents decide
        references.push_back(*std::move(reference));
    }
    if (references.empty()) {
        TRY_ASSIGN(Reference reference, referenceOfNameless(image));
        references.push_back(std::move(reference));
    }
    return references;
}

/// The name that was asked for, with its tag, the archive's tag, or no tag: kept by digest.
Result<Reference> Loading::referenceOfNameless(const ArchivedImage& image) const {
    const std::string tag = image.tag.empty() ? "" : " but the tag " + quotedName(image.tag);
    if (m_request.name.empty())
        return fail(ErrorCode::InvalidArgument, "an image in the archive has no name" + tag,
                    "Say under which name it is to be kept.");
    TRY_ASSIGN(Reference reference, Reference::parse(m_request.name));
    if (reference.digest)
        return fail(ErrorCode::InvalidArgument, "an image is named by a tag, not by a digest");
    if (!hasTag(m_request.name))
        reference.tag = isTag(image.tag) ? image.tag : std::string();
    else if (m_nameless > 1)
        return fail(ErrorCode::InvalidArgument,
                    std::to_string(m_nameless) + " images in the archive have no name, and only one can be " +
                        reference.familiar(),
                    "Give a name without a tag: they are kept by their digests then.");
    return reference;
}

/// The owner's image with that configuration, if it is whole. It names the same layers and the same settings:
/// an archive that holds the layers in another form (unpacked, as they are saved) is no other image.
Result<std::optional<Image>> Loading::imageOfConfig(const std::string& config) const {
    const Digest digest = Digest::ofData(config);
    TRY_ASSIGN(const auto images, m_store.images(m_request.owner));
    const auto known = std::find_if(images.begin(), images.end(),
                                    [&](const auto& name) { return name.image.configDigest == digest; });
    if (known == images.end())
        return std::optional<Image>();
    for (const Layer& layer : known->image.layers) {
        TRY_ASSIGN(const auto present, m_store.findLayer(layer.diffId));
        if (!present)
            return std::optional<Image>();
    }
    return std::optional(known->image);
}

Result<Digest> Loading::obtain(WorkerProcess& archive, const worker::Documents& documents,
                               const Reference& name) {
    if (m_progress.layers.size() > kMostShownLayers)
        m_progress.layers.clear();
    TRY_ASSIGN(const auto known, imageOfConfig(documents.config));
    if (known) {
        TRY(m_store.tagImage(m_request.owner, known->digest.toString(), name.name(), name.tag));
        for (const Layer& layer : known->layers)
            m_progress.layers.push_back({layer.diffId.toString(), LayerPhase::Present, 0, layer.size});
        report();
        return known->digest;
    }
    const std::size_t before = m_progress.layers.size();
    const auto progress = [&](const std::vector<LayerProgress>& layers) {
        m_progress.layers.resize(before);
        m_progress.layers.insert(m_progress.layers.end(), layers.begin(), layers.end());
        report();
    };
    return obtainImage(m_store, m_program, archive, documents,
                       {m_request.owner, name.name(), name.tag, m_platform}, progress, m_cancellation);
}

Result<void> Loading::load(WorkerProcess& archive, std::size_t number,
                           const std::vector<Reference>& references) {
    MessageWriter want(static_cast<std::uint32_t>(Kind::WantImage));
    TRY(archive.channel().send(want.number(number)));
    TRY_ASSIGN(const worker::Documents documents, receiveDocuments(archive, m_cancellation));
    const Reference& first = references.front();
    TRY_ASSIGN(const Digest digest, obtain(archive, documents, first));
    for (const Reference& reference : references) {
        if (&reference != &first) {
            TRY(m_store.tagImage(m_request.owner, digest.toString(), reference.name(), reference.tag));
        }
        m_names.push_back(reference.tag.empty() ? reference.name() + "@" + digest.toString()
                                                : reference.name() + ":" + reference.tag);
        m_loaded(digest, m_names.back());
    }
    return {};
}

Result<void> Loading::run() {
    TRY_ASSIGN(m_platform, Platform::parseOrThisMachine(m_request.platform));
    TRY(m_cancellation.check());
    if (const auto info = cachedStat(m_request.input); S_ISREG(info.stx_mode))
        m_progress.size = info.stx_size;
    TRY_ASSIGN(WorkerProcess archive, WorkerProcess::start(m_program, "archive"));
    TRY_ASSIGN(const auto images, open(archive));
    std::vector<std::vector<Reference>> references; // all are checked before the first is loaded
    for (const ArchivedImage& image : images) {
        TRY_ASSIGN(auto names, referencesOf(image));
        references.push_back(std::move(names));
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        TRY(m_cancellation.check());
        if (auto done = load(archive, i, references[i]); !done) {
            // With one image nobody needs to be told which.
            return images.size() == 1
                       ? std::move(done)
                       : fail(std::move(done).error().prefixed(references[i].front().familiar()));
        }
    }
    return {};
}

void Loading::report() {
    if (m_report)
        m_report(m_progress);
}

} // namespace

Result<std::vector<std::string>> loadImages(Store& store, const std::string& workerProgram,
                                            const LoadRequest& request, const ImageLoaded& loaded,
                                            const std::function<void(const LoadProgress&)>& progress,
                                            const Cancellation& cancellation) {
    Loading loading(store, workerProgram, request, loaded, progress, cancellation);
    auto done = loading.run();
    if (done)
        return loading.names();
    const std::string before =
        loading.names().empty() ? "" : "; these came in before: " + joined(loading.names());
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "the loading was cancelled" + before);
    done.error().message += before;
    return fail(std::move(done).error().prefixed("cannot load the archive"));
}

} // namespace escale
