#include "tests/bench/builds_bench.h"

#include "engine/base/cancellation.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/build/build_events.h"
#include "engine/build/context_sender.h"
#include "job_proxy.h"

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <thread>

namespace escale::bench {
namespace {

QVariantMap buildOptions(const QStringList& arguments) {
    dbus::TextMap variables;
    QVariantMap options{{QStringLiteral("name"), arguments.at(0)},
                        {QStringLiteral("dockerfile"), arguments.at(1)},
                        {QStringLiteral("tags"), QStringList{arguments.at(2)}}};
    for (qsizetype i = 3; i < arguments.size(); ++i) {
        if (arguments.at(i) == QLatin1String("--no-cache"))
            options.insert(QStringLiteral("no-cache"), true);
        else if (arguments.at(i) == QLatin1String("--target"))
            options.insert(QStringLiteral("target"), arguments.value(++i));
        else if (arguments.at(i) == QLatin1String("--build-arg"))
            variables.insert(arguments.value(i + 1).section(u'=', 0, 0),
                             arguments.value(i + 1).section(u'=', 1)),
                ++i;
        else
            stop(QStringLiteral("no option \"%1\"").arg(arguments.at(i)));
    }
    if (!variables.isEmpty())
        options.insert(QStringLiteral("arguments"), QVariant::fromValue(variables));
    return options;
}

IgnoreFile ignoreFileOf(const QString& context, const QString& dockerfile) {
    for (const QString& name :
         {dockerfile + QStringLiteral(".dockerignore"), context + QStringLiteral("/.dockerignore")}) {
        if (const auto text = readFile(name.toStdString())) {
            auto ignored = IgnoreFile::parse(*text);
            if (!ignored)
                stop(QString::fromStdString(ignored.error().message));
            return *std::move(ignored);
        }
    }
    return {};
}

/// Sends the files as long as it lives.
class ContextThread {
public:
    ContextThread(UniqueFd socket, UniqueFd folder, IgnoreFile ignored)
        : m_thread(
              [this, socket = std::move(socket), folder = std::move(folder), ignored = std::move(ignored)] {
                  (void)sendContext(socket.get(), folder.get(), ignored, {}, m_cancellation);
              }) {}
    ~ContextThread() {
        m_cancellation.cancel();
        m_thread.join();
    }
    ContextThread(const ContextThread&) = delete;
    ContextThread& operator=(const ContextThread&) = delete;

private:
    Cancellation m_cancellation;
    std::thread m_thread;
};

/// What a build's steps have printed, and what went wrong.
void printOutput(BenchClient& client, const QString& id) {
    const auto reply = answered(client.builds.OpenEvents(id));
    const std::string text = readFd(reply.value().fileDescriptor()).value_or("");
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto event = parseBuildEvent(std::string_view(text).substr(begin, end - begin));
        if (event && (event->kind == BuildEvent::Kind::Step || event->kind == BuildEvent::Kind::Log))
            std::fprintf(stderr, "%s %s\n", event->step.c_str(), event->text.c_str());
        else if (event && !event->error.empty())
            std::fprintf(stderr, "%s %s %s\n", event->step.c_str(), event->error.c_str(),
                         event->hint.c_str());
        begin = end + 1;
    }
}

dbus::JobStatus ended(BenchClient& client, const QDBusObjectPath& path) {
    OrgEscaleEngine1JobInterface job(QString::fromLatin1(dbus::kService), path.path(), client.bus);
    dbus::JobStatus status;
    waitFor(
        [&] {
            status = answered(job.Status()).value();
            return status.state != QLatin1String("running");
        },
        std::chrono::milliseconds(1));
    return status;
}

} // namespace

void benchBuild(BenchClient& client, const QStringList& arguments) {
    if (arguments.size() < 3)
        stop(QStringLiteral("build needs a context, a Dockerfile and a tag"));
    const QVariantMap options = buildOptions(arguments);
    const UniqueFd dockerfile(::open(arguments.at(1).toUtf8().constData(), O_RDONLY | O_CLOEXEC));
    UniqueFd folder(::open(arguments.at(0).toUtf8().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    std::array<int, 2> ends{-1, -1};
    if (!dockerfile.valid() || !folder.valid() ||
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        stop(QStringLiteral("the Dockerfile or the context cannot be opened"));
    QElapsedTimer timer;
    timer.start();
    UniqueFd theirs(ends[1]);
    const ContextThread sender(UniqueFd{ends[0]}, std::move(folder),
                               ignoreFileOf(arguments.at(0), arguments.at(1)));
    const auto started = answered(client.builds.Build(QDBusUnixFileDescriptor(dockerfile.get()),
                                                      QDBusUnixFileDescriptor(theirs.get()), options));
    theirs.reset();
    const dbus::JobStatus status = ended(client, started.argumentAt<1>());
    const double time = milliseconds(timer);
    if (status.state != QLatin1String("done")) {
        printOutput(client, started.argumentAt<0>());
        std::fprintf(stderr, "%s: %s\n", qPrintable(status.title), qPrintable(status.errorMessage));
        std::exit(1);
    }
    const Json result = Json::parse(status.result.toStdString()).value_or(Json());
    std::printf("{\"ms\": %.1f, \"steps\": %d, \"cached\": %d}\n", time,
                static_cast<int>(result.at("steps").toInteger()),
                static_cast<int>(result.at("cached").toInteger()));
}

void saveImage(BenchClient& client, const QString& image, const QString& file) {
    const UniqueFd output(::open(file.toUtf8().constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    client.finishLong(
        answered(client.images.Save({image}, QDBusUnixFileDescriptor(output.get()), {})).value());
}

void forgetBuilds(BenchClient& client, const QStringList& images) {
    for (const QString& image : images)
        answered(client.images.Remove(image.section(u':', 0, 0), image.section(u':', 1), {}));
    answered(client.builds.PruneCache({}));
}

} // namespace escale::bench
