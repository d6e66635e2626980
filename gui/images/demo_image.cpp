#include "gui/images/demo_image.h"

#include "engine/image/reference.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DemoImage)
};

// Beside the build tree's program, or where it is installed.
QString archivePath() {
    const QString built = QCoreApplication::applicationDirPath() + QStringLiteral("/../demo/escale-demo.tar");
    return QFile::exists(built) ? built : QStringLiteral(ESCALE_DEMO_ARCHIVE);
}

void load(EngineClient& client, QObject* guard, const Answer<>& answer) {
    QFile archive(archivePath());
    if (!archive.open(QIODevice::ReadOnly))
        return answer(fail(
            ErrorCode::NotFound,
            Words::tr("The demo image is not where it should be: %1").arg(archive.fileName()).toStdString(),
            Words::tr("Install Escale anew, or name another image.").toStdString()));
    client.loadImages(
        QDBusUnixFileDescriptor(archive.handle()), {}, guard, [guard, answer](const Result<Job*>& begun) {
            if (!begun)
                return answer(fail(begun.error()));
            Job* job = *begun;
            const auto ended = [job, answer] { answer(job->isDone() ? Result<void>() : fail(job->error())); };
            if (!job->isRunning())
                return ended();
            QObject::connect(job, &Job::ended, guard, ended, Qt::SingleShotConnection);
        });
}

} // namespace

QString demoImage() {
    return QStringLiteral("docker.io/escale/demo:1");
}

bool isDemoImage(const std::string& image) {
    const auto reference = Reference::parse(image);
    return reference && reference->registry == "docker.io" && reference->repository == "escale/demo" &&
           reference->tag == "1";
}

void provideDemoImage(EngineClient& client, QObject* guard, Answer<> answer) {
    client.listImages(guard, [&client, guard, answer](const Result<dbus::ImageList>& images) {
        if (!images)
            return answer(fail(images.error()));
        const bool isHere = std::any_of(images->begin(), images->end(), [](const dbus::Image& image) {
            return isDemoImage((image.repository + u':' + image.tag).toStdString());
        });
        if (isHere)
            return answer({});
        load(client, guard, answer);
    });
}

} // namespace escale::gui
