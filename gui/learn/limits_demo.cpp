#include "gui/learn/limits_demo.h"

#include "gui/client/engine_client.h"
#include "gui/images/demo_image.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>

namespace escale::gui {
namespace {

constexpr quint64 kMemory = 64 << 20;
constexpr double kProcessors = 0.5;
constexpr qlonglong kProcesses = 64;
constexpr auto kDiskRate = 10'000'000; // bytes a second

QString freeName(const dbus::ContainerList& containers) {
    const QString base = QStringLiteral("limits-demo");
    QString name = base;
    const auto isTaken = [&](const dbus::Container& one) { return one.name == name; };
    for (int number = 2; std::any_of(containers.begin(), containers.end(), isTaken); ++number)
        name = base + QLatin1Char('-') + QString::number(number);
    return name;
}

void takeJob(const QString& id, Job* job, QObject* guard, const Answer<QString>& answer,
             const std::function<void(const Error&)>& refuse) {
    const auto ended = [id, job, answer, refuse] {
        if (job->isDone())
            answer(id);
        else
            refuse(job->error());
    };
    if (!job->isRunning())
        return ended();
    QObject::connect(job, &Job::ended, guard, ended, Qt::SingleShotConnection);
}

// Once more without the limit of the disk, which not every machine can give.
void run(EngineClient& client, const QString& name, const QString& disk, QObject* guard,
         const Answer<QString>& answer) {
    const auto refuse = [&client, name, disk, guard, answer](const Error& error) {
        if (disk.isEmpty())
            return answer(fail(error));
        run(client, name, {}, guard, answer);
    };
    client.run(limitsDemo(name, disk), guard,
               [guard, answer, refuse](const Result<std::pair<QString, Job*>>& begun) {
                   if (!begun)
                       return refuse(begun.error());
                   takeJob(begun->first, begun->second, guard, answer, refuse);
               });
}

} // namespace

QString limitsDemoLabel() {
    return QStringLiteral("org.escale.learn");
}

RunRequest limitsDemo(const QString& name, const QString& disk) {
    QVariantMap options{{QStringLiteral("name"), name},
                        {QStringLiteral("labels"),
                         QVariant::fromValue(dbus::TextMap{{limitsDemoLabel(), QStringLiteral("limits")}})},
                        {QStringLiteral("memory"), QVariant(static_cast<qulonglong>(kMemory))},
                        {QStringLiteral("memory-swap"),
                         QVariant(static_cast<qlonglong>(kMemory))}, // no swap: it would put off the end
                        {QStringLiteral("cpus"), kProcessors},
                        {QStringLiteral("pids"), QVariant(kProcesses)}};
    if (!disk.isEmpty())
        options.insert(QStringLiteral("device-write-bps"),
                       QStringList{QStringLiteral("%1:%2").arg(disk).arg(kDiskRate)});
    return {demoImage(), {}, options};
}

QString diskBelow(const QString& folder) {
    struct stat info {};
    if (::stat(QFile::encodeName(folder).constData(), &info) != 0 || major(info.st_dev) == 0)
        return {};
    QFileInfo device(QStringLiteral("/sys/dev/block/%1:%2").arg(major(info.st_dev)).arg(minor(info.st_dev)));
    QString path = device.canonicalFilePath();
    if (path.isEmpty())
        return {};
    if (QFile::exists(path + QStringLiteral("/partition"))) // limits are those of whole disks
        path = path.section(QLatin1Char('/'), 0, -2);
    const QString node = QStringLiteral("/dev/") + path.section(QLatin1Char('/'), -1);
    return QFile::exists(node) ? node : QString();
}

void runLimitsDemo(EngineClient& client, QObject* guard, const Answer<QString>& answer) {
    provideDemoImage(client, guard, [&client, guard, answer](const Result<void>& provided) {
        if (!provided)
            return answer(fail(provided.error()));
        client.listContainers(guard, [&client, guard, answer](const Result<dbus::ContainerList>& containers) {
            if (!containers)
                return answer(fail(containers.error()));
            const QString store = QStringLiteral("/var/lib/escale");
            run(client, freeName(*containers),
                diskBelow(QFile::exists(store) ? store : QStringLiteral("/var/lib")), guard, answer);
        });
    });
}

} // namespace escale::gui
