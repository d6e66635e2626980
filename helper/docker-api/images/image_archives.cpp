// Images as archives: save, load, and import of a root file system.
#include "engine/image/reference.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace escale::docker_api {
namespace {

constexpr int kPipe = 1 << 20; // bytes

struct Pipe {
    UniqueFd reading, writing;
    static Result<Pipe> make() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return failErrno("cannot make a pipe");
        (void)::fcntl(ends[1], F_SETPIPE_SZ, kPipe); // fewer turns; without it, it works the same
        return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
    }
};

/// As Images.Save takes it: with its tag, so that the archive names it, or as a digest.
Result<void> addSaved(const std::vector<KnownImage>& images, const std::string& written, QStringList& saved) {
    const qsizetype before = saved.size();
    const auto reference = Reference::parse(written);
    for (const KnownImage& image : images) { // as docker: a repository's name stands for all of its tags
        for (const ImageTagName& name : image.names) {
            if (reference && isNameOnly(written) && name.repository == reference->name() && !name.tag.empty())
                saved.append(toQString(name.repository + ":" + name.tag));
        }
    }
    if (saved.size() > before)
        return {};
    TRY_ASSIGN(const FoundImage found, findImage(images, written));
    const bool hasTag = found.name && !found.name->tag.empty();
    saved.append(toQString(hasTag ? found.name->repository + ":" + found.name->tag : found.image.id));
    return {};
}

Result<void> save(Exchange& exchange, const Bus& bus, const std::vector<std::string>& names) {
    if (names.empty())
        return fail(ErrorCode::InvalidArgument, "no image was named", "Say which with \"names\".");
    TRY_ASSIGN(const auto images, knownImages(bus));
    QStringList saved;
    for (const std::string& name : names)
        TRY(addSaved(images, name, saved));
    saved.removeDuplicates();
    TRY_ASSIGN(Pipe pipe, Pipe::make());
    TRY_ASSIGN(const auto job,
               bus.ask<QDBusObjectPath>(Face::Images, "Save", saved,
                                        QDBusUnixFileDescriptor(pipe.writing.get()), QVariantMap()));
    pipe.writing.reset();
    const auto streamed = [&]() -> Result<void> {
        TRY(exchange.waitFor({pipe.reading.get()}));
        int ready = 0;
        if (::ioctl(pipe.reading.get(), FIONREAD, &ready) == 0 && ready == 0)
            return {}; // it failed before there was anything to send
        TRY(exchange.beginStream(200, "application/x-tar"));
        return exchange.copyFrom(pipe.reading.get());
    };
    if (auto done = streamed(); !done) {
        bus.cancel(job);
        return done;
    }
    TRY(bus.finish(job, exchange));
    return exchange.endStream();
}

/// The request's body goes into the job that `start` begins with the pipe's other end.
template <class Start>
Result<QString> finishWithBody(Exchange& exchange, const Bus& bus, const Start& start) {
    TRY_ASSIGN(Pipe pipe, Pipe::make());
    TRY_ASSIGN(const QDBusObjectPath job, start(QDBusUnixFileDescriptor(pipe.reading.get())));
    pipe.reading.reset();
    if (auto sent = exchange.copyBodyTo(pipe.writing.get()); !sent) {
        bus.cancel(job);
        return fail(std::move(sent).error());
    }
    pipe.writing.reset();
    return bus.finish(job, exchange);
}

} // namespace

Result<void> saveImages(Exchange& exchange, const Bus& bus) {
    return save(exchange, bus, exchange.query().texts("names"));
}

Result<void> saveImage(Exchange& exchange, const Bus& bus) {
    return save(exchange, bus, {exchange.parameter("name")});
}

Result<void> loadImages(Exchange& exchange, const Bus& bus) {
    QVariantMap options;
    if (const std::string platform = exchange.query().text("platform"); !platform.empty())
        options.insert(QStringLiteral("platform"), toQString(platform));
    TRY_ASSIGN(const QString result, finishWithBody(exchange, bus, [&](const QDBusUnixFileDescriptor& input) {
                   return bus.ask<QDBusObjectPath>(Face::Images, "Load", input, options);
               }));
    TRY_ASSIGN(const Json loaded, Json::parse(result.toStdString()));
    TRY_ASSIGN(const auto images, knownImages(bus));
    TRY(exchange.beginStream(200, "application/json"));
    for (const Json& entry : loaded.at("images").items()) {
        const auto found = findImage(images, entry.toString());
        const bool hasTag = found && found->name && !found->name->tag.empty();
        TRY(exchange.writeLine(Json().set(
            "stream", hasTag ? "Loaded image: " + found->name->familiar(found->image.id) + "\n"
                             : "Loaded image ID: " + (found ? found->image.id : entry.toString()) + "\n")));
    }
    return exchange.endStream();
}

Result<void> importImage(Exchange& exchange, const Bus& bus) {
    const Query& query = exchange.query();
    if (query.text("fromSrc") != "-")
        return fail(ErrorCode::Unsupported, "a root file system is not fetched from an address",
                    "Fetch it yourself: curl ADDRESS | docker import - NAME");
    const std::string repository = query.text("repo");
    const std::string tag = query.text("tag");
    const std::string name = repository + (tag.empty() ? "" : ":" + tag);
    QVariantMap options;
    if (const auto changes = query.texts("changes"); !changes.empty())
        options.insert(QStringLiteral("changes"), toStringList(changes));
    for (const char* key : {"message", "platform"}) {
        if (const std::string text = query.text(key); !text.empty())
            options.insert(QLatin1String(key), toQString(text));
    }
    TRY_ASSIGN(const QString result, finishWithBody(exchange, bus, [&](const QDBusUnixFileDescriptor& input) {
                   return bus.ask<QDBusObjectPath>(Face::Images, "Import", input, toQString(name), options);
               }));
    TRY_ASSIGN(const Json imported, Json::parse(result.toStdString()));
    TRY(exchange.beginStream(200, "application/json"));
    TRY(exchange.writeLine(Json().set("status", imported.at("digest").toString())));
    return exchange.endStream();
}

} // namespace escale::docker_api
