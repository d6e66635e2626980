#include "tests/gui/main_job/exchange_steps.h"

#include "engine/registry/client.h"
#include "gui/client/job.h"
#include "gui/common/error_banner.h"
#include "gui/containers/changes_tab.h"
#include "gui/registry/tags_model.h"
#include "tests/support/docker_registry.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <set>

namespace escale::test {
namespace {

using gui::Job;

const QString kImages = QStringLiteral("imagesPane.table");
const QString kRepositories = QStringLiteral("registryPane.repositories");
const QString kTags = QStringLiteral("registryPane.tags");
const QString kRepository = QStringLiteral("team/copy");
const QString kTag = QStringLiteral("1.0");
constexpr int kLong = 120'000; // milliseconds

QString told(Driver& driver, const QString& label) {
    const auto found = driver.find<QLabel>(label);
    return found ? (*found)->text() : QString();
}

Result<void> browse(Driver& driver, const QString& registry, const QString& repository) {
    driver.key(Qt::Key_1, Qt::ControlModifier);
    TRY(driver.type(QStringLiteral("registryPane.address"), registry));
    TRY(driver.click(QStringLiteral("registryPane.browse")));
    return driver.clickRow(kRepositories, repository);
}

Result<void> selectImage(Driver& driver, const QString& image) {
    driver.key(Qt::Key_2, Qt::ControlModifier);
    return driver.clickRow(kImages, image);
}

Result<Job*> newJob(Driver& driver, const QString& kind, qsizetype before) {
    const auto& jobs = driver.window().client().jobs().all();
    TRY(driver.waitFor([&] { return jobs.size() > before && jobs.last()->status().kind == kind; },
                       "a job begins: " + kind.toStdString()));
    return jobs.last();
}

Result<Job*> push(Driver& driver, const QString& image, const QString& target) {
    TRY(selectImage(driver, image));
    const auto before = driver.window().client().jobs().all().size();
    driver.key(Qt::Key_P, Qt::ControlModifier);
    TRY(driver.type(QStringLiteral("pushDialog.target"), target));
    TRY(driver.click(QStringLiteral("pushDialog.accept")));
    return newJob(driver, QStringLiteral("push"), before);
}

// Until the job ends; answers with the phases that its steps went through.
Result<std::set<QString>> follow(Driver& driver, Job* job) {
    std::set<QString> phases;
    TRY(driver.waitFor(
        [&] {
            for (const dbus::JobStep& step : job->status().steps)
                phases.insert(step.phase);
            return !job->isRunning();
        },
        "the job ends", kLong));
    if (!job->isDone())
        return fail(job->error());
    return phases;
}

Result<void> waitToBeTold(Driver& driver, const QString& word) {
    const auto notice = [&] { return told(driver, QStringLiteral("actionNotice.text")); };
    const auto isTold = driver.waitFor([&] { return notice().contains(word); },
                                       "\"" + word.toStdString() + "\" is told above the images");
    if (isTold)
        return {};
    const bool asks = driver.find<QDialog>(QStringLiteral("pushDialog")).has_value();
    return fail(ErrorCode::Timeout, isTold.error().message + "; it says \"" + notice().toStdString() + "\"" +
                                        (asks ? ", and the dialog is open" : ""));
}

// A path that is pasted, and Enter.
Result<void> chooseFile(Driver& driver, const QString& path) {
    QLineEdit* name = nullptr;
    TRY(driver.waitFor(
        [&] {
            const auto found = driver.find<QLineEdit>(QStringLiteral("fileNameEdit"));
            name = found ? *found : nullptr;
            return name != nullptr;
        },
        "a file can be chosen"));
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    return driver.waitFor(
        [&] { return !driver.find<QFileDialog>(QStringLiteral("QFileDialog")).has_value(); },
        "the file dialog closes");
}

Result<void> mayNotBeNamed(const std::string& registry) {
    TRY_ASSIGN(const auto client, RegistryClient::create(registry, RegistryOptions()));
    const auto tags = client->tags(kRepository.toStdString(), {}, 10, Cancellation());
    if (tags && !tags->names.empty())
        return fail(ErrorCode::WrongState, "a push that was cancelled named an image");
    return {};
}

} // namespace

Result<void> cancelPush(Driver& driver, const QString& image) {
    TRY_ASSIGN(const auto registry, DockerRegistry::start());
    const QString target = QString::fromStdString(registry->host()) + u'/' + kRepository + u':' + kTag;
    TRY_ASSIGN(Job * job, push(driver, image, target));
    TRY(driver.waitFor([&] { return job->status().done > 1'000'000 || !job->isRunning(); },
                       "the push is in the middle", kLong));
    const quint64 done = job->status().done, total = job->status().total;
    TRY(driver.click(QStringLiteral("imagesPane.cancel")));
    TRY(driver.waitFor([&] { return !job->isRunning(); }, "the cancelled push ends"));
    if (!job->isCancelled())
        return fail(ErrorCode::WrongState,
                    "the push ended as \"" + job->status().state.toStdString() + "\", not cancelled");
    std::printf("     cancelled at %llu of %llu bytes\n", static_cast<unsigned long long>(done),
                static_cast<unsigned long long>(total));
    TRY(mayNotBeNamed(registry->host()));
    TRY_ASSIGN(job, push(driver, image, target));
    TRY_ASSIGN(const auto phases, follow(driver, job));
    if (!phases.contains(QStringLiteral("sending")))
        return fail(ErrorCode::WrongState, "nothing was seen to be sent");
    return waitToBeTold(driver, target);
}

Result<void> pushAndDeleteTag(Driver& driver, const QString& image) {
    TRY_ASSIGN(const auto registry, DockerRegistry::start());
    const QString host = QString::fromStdString(registry->host());
    const QString target = host + u'/' + kRepository + u':' + kTag;
    TRY_ASSIGN(Job * job, push(driver, image, target));
    TRY(follow(driver, job));
    TRY(waitToBeTold(driver, target));
    // Nothing of it is sent again.
    TRY_ASSIGN(job, push(driver, image, target));
    TRY_ASSIGN(const auto phases, follow(driver, job));
    if (phases.contains(QStringLiteral("sending")) || !phases.contains(QStringLiteral("present")))
        return fail(ErrorCode::WrongState, "what was there was sent again");

    TRY(browse(driver, host, kRepository));
    TRY(driver.clickRow(kTags, kTag));
    TRY(driver.waitFor([&] { return !driver.cell(kTags, kTag, gui::TagsModel::Digest).isEmpty(); },
                       "the tag's manifest is read"));
    TRY(driver.waitFor(
        [&] {
            const QString cost = told(driver, QStringLiteral("registryPane.cost"));
            return !cost.isEmpty() && !cost.contains(QChar(QChar::Nbsp));
        },
        "all of its layers are here"));
    TRY(driver.click(QStringLiteral("registryPane.deleteTag")));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    TRY(driver.waitForNoRow(kTags, kTag));
    return browse(driver, qEnvironmentVariable("ESCALE_REGISTRY"), QStringLiteral("escale/demo"));
}

Result<void> pushToNowhere(Driver& driver, const QString& image) {
    TRY_ASSIGN(auto registry, DockerRegistry::start());
    const QString target = QString::fromStdString(registry->host()) + u'/' + kRepository + u':' + kTag;
    registry.reset();
    TRY_ASSIGN(Job * job, push(driver, image, target));
    TRY(driver.waitFor([&] { return !job->isRunning(); }, "the push fails", kLong));
    TRY_ASSIGN(const auto* banner, driver.find<gui::ErrorBanner>(QStringLiteral("errorBanner")));
    if (!banner->message().contains(target.section(u'/', 0, 0)))
        return fail(ErrorCode::WrongState,
                    "the registry is not named in \"" + banner->message().toStdString() + "\"");
    return driver.click(QStringLiteral("errorBanner.dismiss"));
}

Result<void> saveAndLoad(Driver& driver, const QString& image, const QString& below) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("two.tar"));
    TRY(selectImage(driver, image));
    driver.key(Qt::Key_Down, Qt::ShiftModifier);
    const auto before = driver.window().client().jobs().all().size();
    driver.key(Qt::Key_S, Qt::ControlModifier);
    TRY(chooseFile(driver, file));
    TRY_ASSIGN(Job * job, newJob(driver, QStringLiteral("save"), before));
    TRY(follow(driver, job));
    TRY(waitToBeTold(driver, QStringLiteral("two.tar")));
    TRY(driver.clickRow(kImages, below));
    driver.key(Qt::Key_Delete);
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    TRY(driver.waitForNoRow(kImages, below));
    driver.key(Qt::Key_O, Qt::ControlModifier);
    TRY(chooseFile(driver, file));
    TRY_ASSIGN(job, newJob(driver, QStringLiteral("load"), before + 1));
    TRY(follow(driver, job));
    TRY(driver.waitForRow(kImages, below));
    return waitToBeTold(driver, below);
}

Result<void> importExport(Driver& driver, const QString& reference) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("root.tar"));
    TRY_ASSIGN(auto* changes, driver.find<gui::ChangesTab>(QStringLiteral("containersPane.changes")));
    changes->exportTo(file);
    TRY(driver.waitFor([&] { return QFileInfo::exists(file); }, "the archive is here"));
    driver.key(Qt::Key_2, Qt::ControlModifier);
    TRY(driver.waitForRow(kImages, QStringLiteral("escale")));
    driver.key(Qt::Key_I, Qt::ControlModifier);
    TRY(driver.type(QStringLiteral("importDialog.file"), file));
    TRY_ASSIGN(const auto* name, driver.find<QLineEdit>(QStringLiteral("importDialog.reference")));
    if (name->text() != QLatin1String("root:latest"))
        return fail(ErrorCode::WrongState, "no name is proposed for the file");
    TRY(driver.type(QStringLiteral("importDialog.reference"), reference));
    TRY(driver.type(QStringLiteral("importDialog.changes"), QStringLiteral("CMD /bin/demo")));
    const auto before = driver.window().client().jobs().all().size();
    TRY(driver.click(QStringLiteral("importDialog.accept")));
    TRY_ASSIGN(Job * job, newJob(driver, QStringLiteral("import"), before));
    TRY(follow(driver, job));
    TRY(waitToBeTold(driver, reference));
    return driver.waitForRow(kImages, reference.section(u':', 0, 0));
}

Result<void> showExchange(Driver& driver, const QString& pane) {
    TRY(selectImage(driver, QStringLiteral("escale/demo")));
    if (pane == QLatin1String("images-tag")) {
        driver.key(Qt::Key_T, Qt::ControlModifier);
        return driver.type(QStringLiteral("tagDialog.name"), QStringLiteral("web:1.2"));
    }
    if (pane == QLatin1String("images-import")) {
        static const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("rootfs.tar.xz")));
        if (!file.open(QIODevice::WriteOnly))
            return fail(ErrorCode::SystemFailure, "no file can be written");
        driver.key(Qt::Key_I, Qt::ControlModifier);
        return driver.type(QStringLiteral("importDialog.file"), file.fileName());
    }
    if (pane == QLatin1String("images-load")) {
        driver.key(Qt::Key_O, Qt::ControlModifier);
        return driver.waitFor(
            [&] { return driver.find<QLineEdit>(QStringLiteral("fileNameEdit")).has_value(); },
            "the file dialog opens");
    }
    // The registry must outlive the picture; the process ends right after it.
    static std::unique_ptr<DockerRegistry> registry;
    TRY_ASSIGN(registry, DockerRegistry::start());
    TRY_ASSIGN(Job * job, push(driver, QStringLiteral("escale/large"),
                               QString::fromStdString(registry->host()) + QStringLiteral("/team/large:1.0")));
    return driver.waitFor([&] { return !job->isRunning() || job->fraction() > 0.15; },
                          "the push is in the middle", kLong);
}

} // namespace escale::test
