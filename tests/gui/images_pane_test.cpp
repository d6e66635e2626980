#include "gui/images/images_pane.h"

#include "gui/app/action_history.h"
#include "gui/common/error_banner.h"
#include "gui/common/job_panel.h"
#include "gui/common/table.h"
#include "gui/images/image_actions.h"
#include "gui/images/images_model.h"
#include "gui/images/import_dialog.h"
#include "gui/images/prune_dialog.h"
#include "gui/images/push_dialog.h"
#include "gui/images/tag_dialog.h"
#include "gui/images/usage_view.h"
#include "gui/images/verify_dialog.h"
#include "gui/registry/registry_accounts.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

#include <memory>
#include <unistd.h>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

dbus::Image image(const char* repository, const char* tag, char digit) {
    dbus::Image made = test::image(u(repository), u(tag), 5000);
    made.digest = u("sha256:") + QString(64, QLatin1Char(digit));
    made.layers = {{u("sha256:base"), 4000}, {u("sha256:top") + QLatin1Char(digit), 1000}};
    made.created = 1'767'225'600'000;
    return made;
}

} // namespace

class ImagesPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    // The pane of an engine with these images, the first of which is selected.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        RegistryAccounts accounts;
        ImagesPane pane{client, accounts};

        Scene(const FakeBus& bus, const dbus::ImageList& images)
            : engine(bus) {
            engine.images = images;
            pane.resize(1000, 700);
            pane.show();
            client.open();
        }
        [[nodiscard]] Table& table() { return *pane.findChild<Table*>(u("imagesPane.table")); }
        [[nodiscard]] QAction* action(ImageActions::Kind kind) {
            return pane.findChild<QAction*>(u("images.action.%1").arg(int(kind)));
        }
        template <class Dialog>
        Dialog* open(ImageActions::Kind kind) {
            action(kind)->trigger();
            return pane.findChild<Dialog*>();
        }
        [[nodiscard]] QString notice() { return pane.findChild<QLabel*>(u("actionNotice.text"))->text(); }
        [[nodiscard]] QString error() { return pane.findChild<ErrorBanner*>()->message(); }
    };
    static void write(QWidget* dialog, const char* field, const char* text) {
        dialog->findChild<QLineEdit*>(u(field))->setText(u(text));
    }
    static QString text(QWidget* dialog, const char* label) {
        return dialog->findChild<QLabel*>(u(label))->text();
    }
    static QPushButton* accept(QWidget* dialog) {
        return dialog->findChild<QPushButton*>(dialog->objectName() + u(".accept"));
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("DOCKER_CONFIG", "/nonexistent");
    }

    void cleanupTestCase() { m_bus.reset(); }

    void theSelectionSaysWhatIsPossible() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a'), image("docker.io/library/b", "1", 'b')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 2);
        QVERIFY(scene.action(ImageActions::Push)->isEnabled());
        scene.table().selectAll();
        // Several are saved and removed together, but tagged and pushed one by one.
        QVERIFY(scene.action(ImageActions::Save)->isEnabled());
        QVERIFY(scene.action(ImageActions::Remove)->isEnabled());
        QVERIFY(!scene.action(ImageActions::Push)->isEnabled());
        QVERIFY(!scene.action(ImageActions::Tag)->isEnabled());
    }

    void aTagIsCheckedAsItIsTyped() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a'), image("docker.io/library/b", "1", 'b')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 2);
        auto* dialog = scene.open<TagDialog>(ImageActions::Tag);
        QVERIFY(dialog != nullptr);
        // Its own name is none that is new,
        QVERIFY(!accept(dialog)->isEnabled());
        // nor is what no registry takes.
        for (const char* wrong : {"", "A:1", "a b", "a:x:y", "a@sha256:1"}) {
            write(dialog, "tagDialog.name", wrong);
            QVERIFY2(!accept(dialog)->isEnabled(), wrong);
            QVERIFY2(!text(dialog, "tagDialog.problem").isEmpty(), wrong);
        }
        // A name that another image has moves, which is said before.
        write(dialog, "tagDialog.name", "b:1");
        QVERIFY2(text(dialog, "tagDialog.note").contains(u("moves")),
                 qPrintable(text(dialog, "tagDialog.note")));
        write(dialog, "tagDialog.name", "registry.lan:5000/team/a:2");
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Tag")) != nullptr);
        QCOMPARE(scene.engine.last(u("Tag"))->text(0),
                 u("docker.io/library/a@sha256:") + QString(64, QLatin1Char('a')));
        QCOMPARE(scene.engine.last(u("Tag"))->text(1), u("registry.lan:5000/team/a:2"));
        QTRY_VERIFY(scene.pane.findChild<TagDialog*>() == nullptr);
    }

    void aRefusalIsSaidInTheDialog() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        scene.engine.refusals.insert(u("Tag"), {u("NoSpace"), u("the disk is full\nRemove something.")});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        auto* dialog = scene.open<TagDialog>(ImageActions::Tag);
        write(dialog, "tagDialog.name", "x");
        accept(dialog)->click();
        QTRY_VERIFY(dialog->findChild<ErrorBanner*>()->message().contains(u("the disk is full")));
        QVERIFY(dialog->isVisible());
        QVERIFY(accept(dialog)->isEnabled()); // once more
    }

    void aPushSaysWhereToAndHow() {
        Scene scene(*m_bus, {image("127.0.0.1:1/team/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        auto* dialog = scene.open<PushDialog>(ImageActions::Push);
        QCOMPARE(dialog->findChild<QLineEdit*>(u("pushDialog.target"))->text(), u("127.0.0.1:1/team/a:1"));
        QTRY_VERIFY2(text(dialog, "pushDialog.account").startsWith(u("nobody")),
                     qPrintable(text(dialog, "pushDialog.account")));
        dialog->findChild<QComboBox*>(u("pushDialog.compression"))->setCurrentIndex(1);
        write(dialog, "pushDialog.target", "127.0.0.1:2/other/a:2");
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Push")) != nullptr);
        const FakeEngine::Call& call = *scene.engine.last(u("Push"));
        QCOMPARE(call.text(0), u("127.0.0.1:1/team/a:1"));
        QCOMPARE(call.options().value(u("target")).toString(), u("127.0.0.1:2/other/a:2"));
        QCOMPARE(call.options().value(u("compression")).toString(), u("zstd"));
        // The job shows in the pane, and its end is told.
        auto* panel = scene.pane.findChild<JobPanel*>();
        QTRY_VERIFY(panel->isVisible());
        scene.engine.endJob(u("done"), u("{\"present\":1,\"mounted\":1,\"sent\":1,\"bytes\":2000}"));
        QTRY_COMPARE(scene.notice().replace(QChar(QChar::Nbsp), u' '),
                     u("127.0.0.1:2/other/a:2 was pushed: 2.0 kB sent, 2 layer(s) were there already."));
    }

    void aPushShowsItsLayersAndTheTimeLeft() {
        Scene scene(*m_bus, {image("127.0.0.1:1/team/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        accept(scene.open<PushDialog>(ImageActions::Push))->click();
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        scene.engine.tellProgress(2'000'000, 10'000'000, 1'000'000,
                                  {{u("sha256:1"), u("present"), 0, 0},
                                   {u("sha256:2"), u("packing"), 1'000'000, 4'000'000},
                                   {u("sha256:3"), u("sending"), 1'000'000, 6'000'000}});
        const auto words = [&](const char* name) {
            const auto* label = scene.pane.findChild<QLabel*>(u("imagesPane.") + u(name));
            return label == nullptr ? QString() : label->text().replace(QChar(QChar::Nbsp), u' ');
        };
        QTRY_COMPARE(words("layerWords.0"), u("already there"));
        QCOMPARE(words("layerWords.1"), u("packing 1.0 MB of 4.0 MB"));
        QCOMPARE(words("layerWords.2"), u("1.0 MB of 6.0 MB"));
        QCOMPARE(words("jobWords"), u("2.0 MB of 10.0 MB · 1.0 MB/s · 8 s left"));
    }

    void aPushThatNobodyMayLeadsToTheLogIn() {
        Scene scene(*m_bus, {image("127.0.0.1:1/team/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        accept(scene.open<PushDialog>(ImageActions::Push))->click();
        QTRY_VERIFY(scene.engine.last(u("Push")) != nullptr);
        // To its own name no target is needed.
        QVERIFY(!scene.engine.last(u("Push"))->options().contains(u("target")));
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        scene.engine.endJob(u("failed"), u("AuthenticationNeeded"),
                            u("the registry wants to know who you are"));
        QTRY_VERIFY(scene.error().contains(u("who you are")));
        scene.pane.findChild<ErrorBanner*>()->findChild<QPushButton*>(u("errorBanner.action"))->click();
        QVERIFY(scene.pane.findChild<QDialog*>(u("registryDialog")) != nullptr);
    }

    void anArchiveHasItsNameWhenItIsWhole_data() {
        QTest::addColumn<QString>("state");
        QTest::newRow("done") << u("done");
        QTest::newRow("failed") << u("failed");
        QTest::newRow("cancelled") << u("cancelled");
    }
    void anArchiveHasItsNameWhenItIsWhole() {
        QFETCH(const QString, state);
        QTemporaryDir folder;
        const QString file = folder.filePath(u("a.tar"));
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        // Given an image that is being saved,
        scene.pane.findChild<ImageActions*>()->saveTo({u("docker.io/library/a:1")}, file);
        QTRY_VERIFY(scene.engine.last(u("Save")) != nullptr);
        const auto output = scene.engine.last(u("Save"))->arguments.value(1).value<QDBusUnixFileDescriptor>();
        QCOMPARE(::write(output.fileDescriptor(), "tar", 3), 3);
        QVERIFY(!QFile::exists(file));
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        // when the job ends, then the file is there only if it succeeded, and nothing else is left.
        scene.engine.endJob(state, state == u("failed") ? u("NoSpace") : u("{\"bytes\":3}"), u("no room"));
        if (state == u("done")) {
            QTRY_VERIFY(QFile::exists(file));
            QVERIFY(scene.notice().contains(u("a.tar")));
        } else if (state == u("failed")) {
            QTRY_VERIFY(scene.error().contains(u("no room")));
        }
        QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
                     state == u("done") ? QStringList(u("a.tar")) : QStringList());
    }

    void aDroppedArchiveIsLoaded() {
        QTemporaryDir folder;
        QFile archive(folder.filePath(u("two.tar")));
        QVERIFY(archive.open(QIODevice::WriteOnly) && archive.write("tar") == 3);
        archive.close();
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(archive.fileName())});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&scene.pane, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&scene.pane, &drop);
        QTRY_VERIFY(scene.engine.last(u("Load")) != nullptr);
        char bytes[4] = {};
        const auto input = scene.engine.last(u("Load"))->arguments.value(0).value<QDBusUnixFileDescriptor>();
        QCOMPARE(::read(input.fileDescriptor(), bytes, 3), 3);
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        // What came is told and selected.
        scene.engine.images.append(image("docker.io/library/new", "1", 'c'));
        scene.engine.endJob(u("done"), u("{\"images\":[\"docker.io/library/new:1\"]}"));
        QTRY_COMPARE(scene.notice(), u("Loaded: new:1"));
        scene.engine.tellImagesChanged();
        QTRY_COMPARE(scene.table().currentId(), u("docker.io/library/new:1"));
    }

    void aRootFileSystemThatIsLoadedCanBeImported() {
        QTemporaryDir folder;
        QFile archive(folder.filePath(u("exported.tar")));
        QVERIFY(archive.open(QIODevice::WriteOnly));
        archive.close();
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        scene.pane.findChild<ImageActions*>()->load({archive.fileName()});
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        scene.engine.endJob(u("failed"), u("Untrusted"), u("this is no archive of images"));
        QTRY_VERIFY(scene.error().contains(u("no archive of images")));
        // Then a click leads to the import of that very file.
        scene.pane.findChild<ErrorBanner*>()->findChild<QPushButton*>(u("errorBanner.action"))->click();
        auto* dialog = scene.pane.findChild<ImportDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->findChild<QLineEdit*>(u("importDialog.reference"))->text(), u("exported:latest"));
    }

    void whatHasNoNameIsAskedForOne() {
        QTemporaryDir folder;
        QFile archive(folder.filePath(u("layout.tar")));
        QVERIFY(archive.open(QIODevice::WriteOnly));
        archive.close();
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        scene.pane.findChild<ImageActions*>()->load({archive.fileName()});
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        scene.engine.endJob(u("failed"), u("InvalidArgument"), u("an image in the archive has no name"));
        QTRY_VERIFY(scene.error().contains(u("has no name")));
        scene.pane.findChild<ErrorBanner*>()->findChild<QPushButton*>(u("errorBanner.action"))->click();
        auto* dialog = scene.pane.findChild<QInputDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->textValue(), u("layout"));
        dialog->accept();
        QTRY_COMPARE(scene.engine.last(u("Load"))->options().value(u("name")).toString(), u("layout"));
    }

    void whatIsNoFileIsNotLoaded() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        scene.pane.findChild<ImageActions*>()->load({u("/dev/zero")});
        QVERIFY(scene.error().contains(u("/dev/zero")));
        QVERIFY(scene.engine.last(u("Load")) == nullptr);
    }

    void aRootFileSystemIsImported() {
        QTemporaryDir folder;
        QFile archive(folder.filePath(u("My Root_fs.tar.xz")));
        QVERIFY(archive.open(QIODevice::WriteOnly));
        archive.close();
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        auto* dialog = scene.open<ImportDialog>(ImageActions::Import);
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "importDialog.file", qPrintable(archive.fileName()));
        // A name is proposed, however the file was given.
        QCOMPARE(dialog->findChild<QLineEdit*>(u("importDialog.reference"))->text(),
                 nameForArchive(archive.fileName()));
        write(dialog, "importDialog.message", "by hand");
        dialog->findChild<QPlainTextEdit*>(u("importDialog.changes"))
            ->setPlainText(u("CMD [\"/bin/sh\"]\n\nENV A=b\n"));
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Import")) != nullptr);
        const FakeEngine::Call& call = *scene.engine.last(u("Import"));
        QCOMPARE(call.text(1), u("my-root-fs:latest"));
        QCOMPARE(call.options().value(u("changes")).toStringList(),
                 QStringList({u("CMD [\"/bin/sh\"]"), u("ENV A=b")}));
        QCOMPARE(call.options().value(u("message")).toString(), u("by hand"));
    }

    void aPruneShowsWhatWouldGo() {
        // Given an image without a tag, one that is used, and one that is not,
        dbus::Image dangling = image("docker.io/library/old", "", 'd');
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a'), image("docker.io/library/b", "1", 'b'),
                             dangling});
        dbus::Container container = test::container(u("1"));
        container.imageDigest = u("sha256:") + QString(64, QLatin1Char('a'));
        scene.engine.containers = {container};
        scene.engine.prunes = {QStringList{u("x"), u("y")}, QVariant(quint64(2000))};
        QTRY_COMPARE(scene.table().proxy().rowCount(), 3);
        auto* dialog = scene.open<PruneDialog>(ImageActions::Prune);
        // then at first only what dangles would go, and of it what no other image has;
        QTRY_COMPARE(dialog->plan().count, 1);
        QCOMPARE(dialog->plan().bytes, quint64(1000));
        // with all, what is used stays.
        dialog->findChild<QComboBox*>(u("pruneDialog.kind"))->setCurrentIndex(1);
        QCOMPARE(dialog->plan().count, 2);
        QCOMPARE(dialog->plan().bytes, quint64(2000));
        QVERIFY(scene.engine.last(u("Prune")) == nullptr);
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Prune")) != nullptr);
        QCOMPARE(scene.engine.last(u("Prune"))->options(), QVariantMap({{u("all"), true}}));
        QTRY_VERIFY2(scene.notice().startsWith(u("2 name(s) of images removed, 2.0")),
                     qPrintable(scene.notice()));
    }

    void whatIsDamagedIsMendedByPullingAgain() {
        Scene scene(*m_bus, {image("127.0.0.1:1/team/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        scene.action(ImageActions::Verify)->trigger();
        QTRY_VERIFY(scene.engine.last(u("Verify")) != nullptr);
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        // Given a layer that the disk has changed,
        scene.engine.endJob(u("done"),
                            u("[{\"kind\":\"layer\",\"digest\":\"sha256:base\",\"problem\":\"changed\","
                              "\"images\":[\"127.0.0.1:1/team/a:1\"]}]"));
        QTRY_VERIFY(scene.pane.findChild<VerifyDialog*>() != nullptr);
        auto* dialog = scene.pane.findChild<VerifyDialog*>();
        QCOMPARE(dialog->findChild<Table*>(u("verifyDialog.findings"))->proxy().rowCount(), 1);
        // when it is mended, then it is marked,
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Verify"))->options().value(u("mend")).toBool());
        QVERIFY(scene.engine.last(u("Pull")) == nullptr);
        QTRY_VERIFY(scene.client.jobs().all().size() == 2);
        scene.engine.endJob(u("done"), u("[]"));
        // and the image is pulled again.
        QTRY_VERIFY(scene.engine.last(u("Pull")) != nullptr);
        QCOMPARE(scene.engine.last(u("Pull"))->text(0), u("127.0.0.1:1/team/a:1"));
        QTRY_VERIFY(scene.client.jobs().all().size() == 3);
        scene.engine.endJob(u("done"), u("sha256:1"));
        QTRY_VERIFY2(scene.notice() == u("1 image(s) were mended."),
                     qPrintable(scene.notice() + scene.error()));
    }

    void whatIsWholeIsSaidToBe() {
        Scene scene(*m_bus, {image("127.0.0.1:1/team/a", "1", 'a')});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        scene.action(ImageActions::Verify)->trigger();
        QTRY_VERIFY(scene.pane.findChild<JobPanel*>()->isVisible());
        scene.engine.endJob(u("done"), u("[]"));
        QTRY_COMPARE(scene.notice(), u("All images are as they were pulled."));
        QVERIFY(scene.action(ImageActions::Verify)->isEnabled());
    }

    void theDiskUsageHasItsColumns() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        scene.engine.imageUsages = {{scene.engine.images.first().digest, 5000, 4000, 1000, 2}};
        scene.engine.usage = {5000, 1000, 300, 100, 200};
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        QVERIFY(scene.table().isColumnHidden(ImagesModel::Unique));
        scene.action(ImageActions::Usage)->trigger();
        QVERIFY(!scene.table().isColumnHidden(ImagesModel::Unique));
        const auto cell = [&](int column) {
            return scene.table().proxy().index(0, column).data().toString().replace(QChar(QChar::Nbsp), u' ');
        };
        QTRY_COMPARE(cell(ImagesModel::Unique), u("1.0 kB"));
        QCOMPARE(cell(ImagesModel::Shared), u("4.0 kB"));
        QCOMPARE(cell(ImagesModel::Users), u("2"));
        QTRY_COMPARE(text(&scene.pane, "imagesPane.usageTotal").replace(QChar(QChar::Nbsp), u' '),
                     u("5.5 kB on the disk"));
        scene.action(ImageActions::Usage)->trigger();
        QVERIFY(scene.table().isColumnHidden(ImagesModel::Unique));
    }

    void whoeverRefusesARemovalIsShown() {
        Scene scene(*m_bus, {image("docker.io/library/a", "1", 'a')});
        scene.engine.refusals.insert(u("Remove"), {u("InUse"), u("the image is used by web")});
        QTRY_COMPARE(scene.table().proxy().rowCount(), 1);
        scene.action(ImageActions::Remove)->trigger();
        scene.pane.findChild<QPushButton*>(u("confirmation.yes"))->click();
        QTRY_VERIFY(scene.error().contains(u("used by web")));
        auto* button = scene.pane.findChild<ErrorBanner*>()->findChild<QPushButton*>(u("errorBanner.action"));
        QCOMPARE(button->text(), u("Show who uses it"));
        button->click();
        QTRY_VERIFY(scene.pane.findChild<Table*>(u("usedBy.table")) != nullptr);
    }

    void labelsNarrowAPrune() {
        const dbus::ImageList images{image("a/a", "1", 'a'), image("b/b", "1", 'b')};
        const QHash<QString, QStringList> labels{{images[0].digest, {u("stage=build")}}};
        PruneChoice choice;
        choice.all = true;
        choice.labels = {u("stage")};
        QCOMPARE(prunePlan(images, {}, choice, labels).count, 1);
        choice.labels = {u("stage=build")};
        QCOMPARE(prunePlan(images, {}, choice, labels).count, 1);
        choice.labels = {u("stage=test")};
        QCOMPARE(prunePlan(images, {}, choice, labels).count, 0);
        choice.labels.clear();
        choice.until = images[0].created; // made before, not then
        QCOMPARE(prunePlan(images, {}, choice, labels).count, 0);
    }
};

ESCALE_TEST(ImagesPaneTest)
#include "images_pane_test.moc"
