#include "tests/bench/stacks_bench.h"

#include "engine/stack/compose/make_stack.h"
#include "engine/stack/stack_labels.h"
#include "gui/client/stack_request.h"
#include "job_proxy.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>

namespace escale::bench {
namespace {

void stopAtErrors(const compose::Problems& problems) {
    for (const compose::Problem& problem : problems) {
        if (problem.severity == compose::Problem::Severity::Error)
            stop(QString::fromStdString(problem.path + ": " + problem.what));
    }
}

compose::MadeStack load(const QStringList& files) {
    compose::LoadRequest request;
    for (const QString& file : files)
        request.files.push_back(QFileInfo(file).absoluteFilePath().toStdString());
    const auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        request.environment.emplace(name.toStdString(), environment.value(name).toStdString());
    const compose::Loaded loaded = compose::loadProject(request);
    stopAtErrors(loaded.problems);
    compose::MadeStack made = compose::makeStack(loaded.project, loaded.variables);
    stopAtErrors(made.problems);
    return made;
}

void finish(BenchClient& client, const QDBusObjectPath& path) {
    OrgEscaleEngine1JobInterface job(QString::fromLatin1(dbus::kService), path.path(), client.bus);
    dbus::JobStatus status;
    waitFor(
        [&] {
            status = answered(job.Status()).value();
            return status.state != QLatin1String("running");
        },
        std::chrono::milliseconds(1));
    if (status.state != QLatin1String("done"))
        stop(status.title + QLatin1String(": ") + status.errorMessage);
}

} // namespace

void benchStackUp(BenchClient& client, const QStringList& files) {
    QElapsedTimer timer;
    timer.start();
    const compose::MadeStack made = load(files);
    auto opened = gui::openStack(made);
    if (!opened)
        stop(QString::fromStdString(opened.error().what));
    const double loading = milliseconds(timer);
    timer.start();
    const auto begun = answered(client.stacks.Up(opened->stack, opened->delivery->begin(), {}));
    finish(client, begun.argumentAt<0>());
    std::printf("{\"load\": %.1f, \"up\": %.1f}\n", loading, milliseconds(timer));
}

void benchStackDown(BenchClient& client, const QString& project) {
    QElapsedTimer timer;
    timer.start();
    finish(client, answered(client.stacks.Down(project, {})).argumentAt<0>());
    std::printf("{\"down\": %.1f}\n", milliseconds(timer));
}

void printStarted(BenchClient& client, const QString& project) {
    QJsonObject started;
    for (const dbus::Container& container : answered(client.containers.List()).value()) {
        if (container.labels.value(QLatin1String(stack_labels::kProject)) == project)
            started.insert(container.labels.value(QLatin1String(stack_labels::kService)), container.started);
    }
    std::printf("%s\n", QJsonDocument(started).toJson(QJsonDocument::Compact).constData());
}

} // namespace escale::bench
