#include "tests/gui/main_job/manage_steps.h"

#include "gui/client/job.h"
#include "gui/images/image_actions.h"
#include "gui/images/images_model.h"
#include "gui/registry/tags_model.h"

#include <QAction>
#include <QComboBox>
#include <QDBusConnectionInterface>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <unistd.h>

namespace escale::test {
namespace {

const QString kTags = QStringLiteral("registryPane.tags");
const QString kImages = QStringLiteral("imagesPane.table");

QString text(Driver& driver, const QString& label) {
    const auto found = driver.find<QLabel>(label);
    return found ? (*found)->text() : QString();
}

Result<void> trigger(Driver& driver, gui::ImageActions::Kind kind) {
    auto* action = driver.window().findChild<QAction*>(QStringLiteral("images.action.%1").arg(int(kind)));
    if (action == nullptr || !action->isEnabled())
        return fail(ErrorCode::WrongState, "the action is not there, or not possible");
    action->trigger();
    return {};
}

Result<void> openDialog(Driver& driver, gui::ImageActions::Kind kind, const QString& name) {
    TRY(trigger(driver, kind));
    return driver.waitFor([&] { return driver.find<QDialog>(name).has_value(); },
                          name.toStdString() + " opens");
}

// What a disk may do: one byte of a layer is another one.
Result<void> damageALayer() {
    const QDBusConnection bus =
        QDBusConnection::connectToBus(QDBusConnection::SystemBus, QStringLiteral("escale-damage"));
    const QDBusReply<uint> pid = bus.interface()->servicePid(QString::fromLatin1(dbus::kService));
    QFile command(QStringLiteral("/proc/%1/cmdline").arg(pid.isValid() ? pid.value() : 0));
    if (!command.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, "the helper's command line cannot be read");
    const QList<QByteArray> words = command.readAll().split('\0');
    const QDir layers(QString::fromUtf8(words.value(words.indexOf("--state") + 1)) +
                      QStringLiteral("/layers"));
    const QStringList files = layers.entryList(QDir::Files, QDir::Size);
    QFile layer(layers.filePath(files.value(0)));
    if (files.isEmpty() || !layer.open(QIODevice::ReadWrite) || !layer.seek(layer.size() / 2))
        return fail(ErrorCode::NotFound, "no layer is a file here");
    char byte = 0;
    if (!layer.getChar(&byte) || !layer.seek(layer.size() / 2) || !layer.putChar(static_cast<char>(~byte)))
        return fail(ErrorCode::SystemFailure, "the layer cannot be damaged");
    return {};
}

} // namespace

Result<void> readTags(Driver& driver) {
    TRY(driver.waitFor(
        [&] { return !driver.cell(kTags, QStringLiteral("gzip"), gui::TagsModel::Size).isEmpty(); },
        "the tags get their sizes"));
    return driver.waitFor(
        [&] { return text(driver, QStringLiteral("registryPane.cost")).contains(QChar(QChar::Nbsp)); },
        "the chosen tag tells what it would cost");
}

Result<void> readCost(Driver& driver) {
    TRY(driver.clickRow(kTags, QStringLiteral("zstd")));
    return driver.waitFor(
        [&] {
            const QString cost = text(driver, QStringLiteral("registryPane.cost"));
            return !cost.isEmpty() && !cost.contains(QChar(QChar::Nbsp));
        },
        "nothing is to be downloaded: its layers came with the other tag");
}

Result<void> readCostInPart(Driver& driver) {
    return driver.waitFor(
        [&] { return text(driver, QStringLiteral("registryPane.costDetail")).contains(QChar(QChar::Nbsp)); },
        "a part of it is here");
}

Result<void> tagAndUntag(Driver& driver, const QString& image) {
    const QString name = QStringLiteral("main-job/another");
    driver.key(Qt::Key_2, Qt::ControlModifier);
    TRY(driver.clickRow(kImages, image));
    driver.key(Qt::Key_T, Qt::ControlModifier);
    TRY(driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("tagDialog")).has_value(); },
                       "the tag dialog opens"));
    TRY(driver.type(QStringLiteral("tagDialog.name"), QStringLiteral("main-job/Another:1")));
    TRY_ASSIGN(auto* accept, driver.find<QPushButton>(QStringLiteral("tagDialog.accept")));
    if (accept->isEnabled())
        return fail(ErrorCode::WrongState, "a name that is none can be given");
    TRY(driver.type(QStringLiteral("tagDialog.name"), name + QStringLiteral(":1")));
    TRY(driver.click(QStringLiteral("tagDialog.accept")));
    TRY(driver.waitForRow(kImages, name));
    TRY(driver.clickRow(kImages, name));
    driver.key(Qt::Key_Delete);
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    TRY(driver.waitForNoRow(kImages, name));
    return driver.waitForRow(kImages, image); // it has kept its own
}

Result<void> showDiskUsage(Driver& driver) {
    TRY(trigger(driver, gui::ImageActions::Usage));
    TRY(driver.waitFor(
        [&] { return text(driver, QStringLiteral("imagesPane.usageTotal")).contains(QChar(QChar::Nbsp)); },
        "the disk usage is told"));
    TRY_ASSIGN(auto* table, driver.find<gui::Table>(kImages));
    return driver.waitFor(
        [&] {
            return table->model()
                ->index(0, gui::ImagesModel::Unique)
                .data()
                .toString()
                .contains(QChar(QChar::Nbsp));
        },
        "each image tells what is its own");
}

Result<void> previewPrune(Driver& driver) {
    TRY(openDialog(driver, gui::ImageActions::Prune, QStringLiteral("pruneDialog")));
    TRY_ASSIGN(auto* kind, driver.find<QComboBox>(QStringLiteral("pruneDialog.kind")));
    kind->setCurrentIndex(1);
    TRY(driver.waitFor(
        [&] { return text(driver, QStringLiteral("pruneDialog.told")).contains(QChar(QChar::Nbsp)); },
        "what would go is told"));
    TRY(driver.click(QStringLiteral("pruneDialog.cancel")));
    return {};
}

Result<void> verifyImages(Driver& driver) {
    const auto count = driver.window().client().jobs().all().size();
    TRY(trigger(driver, gui::ImageActions::Verify));
    return driver.waitFor(
        [&] {
            const auto& jobs = driver.window().client().jobs().all();
            return jobs.size() > count && jobs.last()->isDone() &&
                   !text(driver, QStringLiteral("actionNotice.text")).isEmpty();
        },
        "all images are verified", 60'000);
}

Result<void> mendImages(Driver& driver) {
    if (::geteuid() != 0) {
        std::printf("     only root can damage a layer\n");
        return {};
    }
    if (const auto damaged = damageALayer(); !damaged && damaged.error().code == ErrorCode::NotFound) {
        std::printf("     not here: %s\n", damaged.error().message.c_str()); // layers are folders
        return {};
    } else if (!damaged) {
        return damaged;
    }
    const auto isTold = [&] { return driver.find<QDialog>(QStringLiteral("verifyDialog")).has_value(); };
    TRY(trigger(driver, gui::ImageActions::Verify));
    TRY(driver.waitFor(isTold, "what is damaged is told", 60'000));
    const auto& jobs = driver.window().client().jobs().all();
    const auto before = jobs.size();
    TRY(driver.click(QStringLiteral("verifyDialog.accept")));
    TRY(driver.waitFor(
        [&] {
            return jobs.size() > before && jobs.last()->status().kind == QLatin1String("pull") &&
                   jobs.last()->isDone();
        },
        "what was damaged is pulled again", 60'000));
    TRY(verifyImages(driver));
    return isTold() ? fail(ErrorCode::WrongState, "it is damaged still") : Result<void>();
}

Result<void> showManaging(Driver& driver, const QString& pane) {
    if (pane == QLatin1String("images-usage"))
        return showDiskUsage(driver);
    if (pane == QLatin1String("images-prune")) {
        TRY(openDialog(driver, gui::ImageActions::Prune, QStringLiteral("pruneDialog")));
        TRY_ASSIGN(auto* kind, driver.find<QComboBox>(QStringLiteral("pruneDialog.kind")));
        kind->setCurrentIndex(1);
        return driver.waitForRow(QStringLiteral("pruneDialog.preview"), QStringLiteral("escale/demo"));
    }
    if (pane == QLatin1String("images-push")) {
        TRY(driver.clickRow(kImages, QStringLiteral("escale/demo")));
        TRY(openDialog(driver, gui::ImageActions::Push, QStringLiteral("pushDialog")));
        return driver.waitFor(
            [&] { return !text(driver, QStringLiteral("pushDialog.account")).endsWith(QChar(0x2026)); },
            "the account is known");
    }
    TRY(damageALayer());
    TRY(trigger(driver, gui::ImageActions::Verify));
    return driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("verifyDialog")).has_value(); },
                          "what is damaged is told");
}

} // namespace escale::test
