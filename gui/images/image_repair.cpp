#include "gui/images/image_repair.h"

#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/common/error_banner.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/bulk_action.h"
#include "gui/images/images_model.h"
#include "gui/images/verify_dialog.h"
#include "gui/registry/registry_accounts.h"

namespace escale::gui {

ImageRepair::ImageRepair(EngineClient& client, RegistryAccounts& accounts, ErrorBanner& error,
                         ActionNotice& notice, QWidget* pane)
    : QObject(pane)
    , m_client(client)
    , m_accounts(accounts)
    , m_error(error)
    , m_notice(notice)
    , m_pane(pane) {}

void ImageRepair::verify() {
    start(false, [this](const QList<VerifyFinding>& findings) { show(findings); });
}

void ImageRepair::start(bool mend, std::function<void(const QList<VerifyFinding>&)> then) {
    m_error.dismiss();
    Q_EMIT busyChanged(true);
    QVariantMap options;
    if (mend)
        options.insert(QStringLiteral("mend"), true);
    m_client.verifyImages(options, this, [this, then = std::move(then)](const Result<Job*>& job) {
        if (!job) {
            Q_EMIT busyChanged(false);
            return m_error.show(job.error(), tr("Verify the images"), tr("Try again"), [this] { verify(); });
        }
        Q_EMIT begun(*job);
        if (!(*job)->isRunning())
            return take(*job, then);
        connect(*job, &Job::ended, this, [this, job = *job, then] { take(job, then); });
    });
}

void ImageRepair::take(Job* job, const std::function<void(const QList<VerifyFinding>&)>& then) {
    Q_EMIT busyChanged(false);
    if (job->isCancelled())
        return;
    const auto findings = job->isDone() ? verifyFindings(job->status().result)
                                        : Result<QList<VerifyFinding>>(fail(job->error()));
    if (!findings)
        return m_error.show(findings.error(), tr("Verify the images"), tr("Try again"), [this] { verify(); });
    then(*findings);
}

void ImageRepair::show(const QList<VerifyFinding>& findings) {
    if (findings.isEmpty())
        return m_notice.showOutcome(tr("All images are as they were pulled."));
    auto* dialog = new VerifyDialog(findings, m_pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &VerifyDialog::mendRequested, this, &ImageRepair::mend);
    dialog->open();
}

void ImageRepair::mend(const QStringList& images) {
    start(true, [this, images](const QList<VerifyFinding>&) { pullAgain(images); });
}

void ImageRepair::pullAgain(const QStringList& images) {
    QList<BulkTarget> targets;
    for (const QString& image : images)
        targets.append({image, familiarName(image)});
    const auto pull = [this](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        const auto reference = Reference::parse(target.id.toStdString());
        if (!reference)
            return answer(fail(reference.error()));
        const QString registry = QString::fromStdString(reference->registry);
        m_accounts.find(
            registry, guard, [this, target, guard, answer, registry](const Result<RegistryAccount>& account) {
                const auto options =
                    RegistryAccounts::pullOptions(registry, account.value_or(RegistryAccount()));
                if (!options)
                    return answer(fail(options.error()));
                m_client.pull(target.id, *options, guard, [this, guard, answer](const Result<Job*>& job) {
                    if (job)
                        Q_EMIT begun(*job);
                    whenEnded(job, guard, answer);
                });
            });
    };
    Q_EMIT busyChanged(true);
    BulkAction::run(targets, this, pull, [this](const BulkOutcome& outcome) {
        Q_EMIT busyChanged(false);
        if (!outcome.failures.isEmpty())
            return m_error.show(outcome.error(), tr("Mend the images"));
        m_notice.showOutcome(tr("%n image(s) were mended.", nullptr, static_cast<int>(outcome.done.size())));
    });
}

} // namespace escale::gui
