#include "gui/build/failed_step.h"

#include "gui/client/engine_client.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/shell.h"
#include "gui/containers/shell_words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QRandomGenerator>

namespace escale::gui {
namespace {

QStringList texts(const QJsonValue& value) {
    QStringList all;
    for (const QJsonValue& one : value.toArray())
        all.append(one.toString());
    return all;
}

// "/bin/sh -c make" is what the engine runs, "make" what the person wrote.
QString shownCommand(const QStringList& words) {
    return words.size() == 3 && words[1] == u"-c" ? words[2] : joinWords(words);
}

QString hintFor(const FailedStep& step) {
    return QCoreApplication::translate("FailedStep",
                                       "The files as the failed step has left them, with its user, "
                                       "folder and variables. It ran: %1")
        .arg(step.command.simplified());
}

void run(EngineClient& client, const FailedStep& step, QObject* guard, const Answer<OpenedStep>& answer) {
    client.run(step.request, guard, [guard, step, answer](const Result<std::pair<QString, Job*>>& begun) {
        if (!begun)
            return answer(fail(begun.error()));
        whenEnded(Result<Job*>(begun->second), guard, [id = begun->first, step, answer](const Result<>& ran) {
            if (!ran)
                return answer(fail(ran.error()));
            answer(OpenedStep{id, hintFor(step)});
        });
    });
}

} // namespace

Result<FailedStep> failedStepOf(const QString& json) {
    const QJsonObject told = QJsonDocument::fromJson(json.toUtf8()).object();
    const QString image = told.value(QStringLiteral("image")).toString();
    if (image.isEmpty())
        return fail(ErrorCode::Untrusted, "the engine's answer names no image of the failed step");
    FailedStep step;
    step.command = shownCommand(texts(told.value(QStringLiteral("command"))));
    const QString name = QStringLiteral("failed-step-%1")
                             .arg(QRandomGenerator::global()->bounded(0x10000), 4, 16, QLatin1Char('0'));
    QStringList environment = texts(told.value(QStringLiteral("environment")));
    environment.append(QStringLiteral("COLORTERM=truecolor"));
    step.request.image = image;
    step.request.command = QStringList{QStringLiteral("-c"), bestShell()};
    step.request.options = {{QStringLiteral("name"), name},
                            {QStringLiteral("remove"), true},
                            {QStringLiteral("stdin"), true},
                            {QStringLiteral("stdin-once"), true},
                            {QStringLiteral("tty"), true},
                            {QStringLiteral("entrypoint"), QStringList{QStringLiteral("/bin/sh")}},
                            {QStringLiteral("environment"), environment},
                            // What is typed here is nobody's business.
                            {QStringLiteral("log-driver"), QStringLiteral("none")}};
    for (const char* key : {"user", "workdir"}) {
        if (const QString value = told.value(QLatin1String(key)).toString(); !value.isEmpty())
            step.request.options.insert(QLatin1String(key), value);
    }
    return step;
}

void openFailedStep(EngineClient& client, const QString& build, QObject* guard, Answer<OpenedStep> answer) {
    client.openFailedStep(build, guard, [&client, guard, answer](const Result<Job*>& begun) {
        const QPointer<Job> job = begun ? *begun : nullptr;
        whenEnded(begun, guard, [&client, guard, answer, job](const Result<>& made) {
            if (!made)
                return answer(fail(made.error()));
            const Result<FailedStep> step = failedStepOf(job != nullptr ? job->status().result : QString());
            if (!step)
                return answer(fail(step.error()));
            run(client, *step, guard, answer);
        });
    });
}

} // namespace escale::gui
