#include "gui/build/build_start.h"

#include "engine/base/file.h"
#include "gui/client/build_files.h"
#include "gui/common/format.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <array>
#include <fcntl.h>
#include <mutex>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {
namespace {

constexpr int kTick = 100; // milliseconds

std::string pathOf(const QString& path) {
    return QFile::encodeName(path).toStdString();
}

QDBusUnixFileDescriptor given(UniqueFd file) {
    QDBusUnixFileDescriptor descriptor;
    descriptor.giveFileDescriptor(file.release());
    return descriptor;
}

Result<dbus::NamedDescriptors> secretFiles(const QList<BuildSecret>& secrets) {
    dbus::NamedDescriptors opened;
    for (const BuildSecret& secret : secrets) {
        // What is no file must not hold up the build.
        TRY_ASSIGN(UniqueFd file, openFile(pathOf(secret.file), O_RDONLY | O_NONBLOCK));
        struct stat status {};
        if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
            return fail(ErrorCode::InvalidArgument, pathOf(secret.file) + " is no file");
        opened.append({secret.id, given(std::move(file))});
    }
    return opened;
}

} // namespace

// What is open for a build.
struct BuildStart::Lent {
    QDBusUnixFileDescriptor dockerfile, socket; // the engine's
    UniqueFd ours, folder;
    IgnoreFile ignored;
    dbus::NamedDescriptors secrets, agents;

    Result<void> open(const BuildSettings& settings, const QByteArray& text) {
        // Unsaved text is built as it is shown, so it comes from memory.
        TRY_ASSIGN(UniqueFd file,
                   sealedFile({text.constData(), static_cast<std::size_t>(text.size())}, "the Dockerfile"));
        dockerfile = given(std::move(file));
        if (!settings.folder.isEmpty()) {
            TRY_ASSIGN(folder, openFile(pathOf(settings.folder), O_RDONLY | O_DIRECTORY));
            TRY_ASSIGN(ignored, ignoredFiles(pathOf(settings.dockerfile), pathOf(settings.folder)));
        }
        TRY_ASSIGN(secrets, secretFiles(settings.secrets));
        if (settings.usesAgent) {
            TRY_ASSIGN(UniqueFd agent, openFile(qgetenv("SSH_AUTH_SOCK").toStdString(), O_PATH));
            agents.append({QStringLiteral("default"), given(std::move(agent))});
        }
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return failErrno("cannot make a socket for the build's files");
        ours.reset(ends[0]);
        socket = given(UniqueFd(ends[1]));
        return {};
    }
};

// What the thread and its owner share.
struct BuildStart::Shared {
    std::mutex mutex;
    ContextProgress progress;
};

BuildStart::BuildStart(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &BuildStart::tellProgress);
}

BuildStart::~BuildStart() = default;

void BuildStart::start(const BuildSettings& settings, const QByteArray& text, const QVariantMap& more) {
    m_settings = settings;
    m_text = text;
    m_more = more;
    m_isBusy = true;
    m_lent = std::make_shared<Lent>();
    if (!m_transfer.isRunning())
        return open();
    m_transfer.cancel();
    m_startsNext = true;
}

// On a thread: a folder may lie on a server that takes its time.
void BuildStart::open() {
    m_transfer.start([lent = m_lent, settings = m_settings,
                      text = m_text](Transfer::Control&) { return lent->open(settings, text); },
                     [this, lent = m_lent](const Result<void>& opened) {
                         if (std::exchange(m_startsNext, false))
                             return open();
                         const bool isWanted = lent == m_lent; // else it was cancelled meanwhile
                         if (opened && isWanted)
                             return ask();
                         end();
                         if (!opened)
                             Q_EMIT failed(opened.error());
                     });
}

void BuildStart::ask() {
    QVariantMap options = buildOptions(m_settings);
    options.insert(m_more);
    if (!m_lent->secrets.isEmpty())
        options.insert(QStringLiteral("secrets"), QVariant::fromValue(m_lent->secrets));
    if (!m_lent->agents.isEmpty())
        options.insert(QStringLiteral("ssh"), QVariant::fromValue(m_lent->agents));
    m_client.build(m_lent->dockerfile, m_lent->socket, options, this,
                   [this, lent = m_lent](const Result<BegunBuild>& build) {
                       const bool isWanted = lent == m_lent; // else it was cancelled meanwhile
                       if (!build) {
                           if (isWanted)
                               end();
                           return Q_EMIT failed(build.error());
                       }
                       if (!isWanted) {
                           if (build->job != nullptr)
                               build->job->cancel();
                           return;
                       }
                       Q_EMIT begun(*build);
                       send();
                   });
    // The engine has its own copies: the end of the stream is seen when it closes them.
    m_lent->dockerfile = {};
    m_lent->socket = {};
    m_lent->secrets.clear();
    m_lent->agents.clear();
}

void BuildStart::send() {
    m_shared = std::make_shared<Shared>();
    m_tick.start();
    m_transfer.start(
        [lent = m_lent, shared = m_shared](Transfer::Control& control) -> Result<void> {
            const auto note = [&shared](const ContextProgress& progress) {
                const std::lock_guard lock(shared->mutex);
                shared->progress = progress;
            };
            TRY_ASSIGN(const ContextProgress whole, sendContext(lent->ours.get(), lent->folder.get(),
                                                                lent->ignored, note, control.cancellation));
            note(whole);
            return {};
        },
        [this](const Result<void>& outcome) {
            if (std::exchange(m_startsNext, false))
                return open();
            end();
            if (outcome)
                return Q_EMIT sent();
            // A build that has ended does not want the rest: its job says why.
            if (outcome.error().code != ErrorCode::Unreachable &&
                outcome.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(outcome.error());
        });
}

void BuildStart::tellProgress() {
    if (!m_shared)
        return;
    const std::unique_lock lock(m_shared->mutex);
    const ContextProgress progress = m_shared->progress;
    Q_EMIT progressed(progress);
}

void BuildStart::cancel() {
    m_lent.reset();
    m_startsNext = false;
    m_transfer.cancel();
    if (!m_transfer.isRunning())
        end();
}

void BuildStart::end() {
    m_tick.stop();
    m_lent.reset();
    m_shared.reset();
    m_isBusy = false;
}

QString progressText(const ContextProgress& progress) {
    const QLocale locale;
    const auto number = [&locale](std::uint64_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    if (progress.allFiles == 0)
        return QCoreApplication::translate("BuildStart", "Listing the files: %1")
            .arg(number(progress.listed));
    return QCoreApplication::translate("BuildStart", "Sending the files: %1 of %2, %3 of %4")
        .arg(number(progress.files), number(progress.allFiles), formatBytes(progress.bytes),
             formatBytes(progress.allBytes));
}

} // namespace escale::gui
