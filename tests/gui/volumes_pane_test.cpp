#include "gui/volumes/volumes_pane.h"

#include "gui/app/action_history.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/containers/file_search_dialog.h"
#include "gui/containers/files_model.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/found_files_model.h"
#include "gui/containers/permissions_dialog.h"
#include "gui/containers/run_dialog.h"
#include "gui/volumes/backup_dialog.h"
#include "gui/volumes/create_volume_dialog.h"
#include "gui/volumes/prune_volumes_dialog.h"
#include "gui/volumes/restore_dialog.h"
#include "gui/volumes/volume_actions.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/volume_sample.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>

#include <sys/stat.h>

#include <memory>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

class VolumesPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    // The pane of an engine with a volume of each kind.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        VolumesPane pane{client};

        explicit Scene(const FakeBus& bus, const dbus::VolumeList& volumes = test::someVolumes())
            : engine(bus) {
            engine.volumes = volumes;
            engine.files = {{u("notes.txt"), S_IFREG | 0644, 20, 1'767'225'600'000, 0, 0, {}},
                            {u("sub"), S_IFDIR | 0755, 0, 1'767'225'600'000, 0, 0, {}}};
            pane.resize(1100, 760);
            pane.show();
            client.open();
        }
        [[nodiscard]] bool isListed() { return table().proxy().rowCount() == engine.volumes.size(); }
        [[nodiscard]] Table& table() { return *pane.findChild<Table*>(u("volumesPane.table")); }
        [[nodiscard]] FilesTab& files() { return *pane.findChild<FilesTab*>(); }
        [[nodiscard]] Table& fileTable() { return *pane.findChild<Table*>(u("files.table")); }
        [[nodiscard]] QAction* action(VolumeActions::Kind kind) {
            return pane.findChild<QAction*>(u("volumes.action.%1").arg(int(kind)));
        }
        template <class Dialog>
        Dialog* open(VolumeActions::Kind kind) {
            action(kind)->trigger();
            return pane.findChild<Dialog*>();
        }
        [[nodiscard]] QString notice() { return pane.findChild<QLabel*>(u("actionNotice.text"))->text(); }
        [[nodiscard]] ErrorBanner& error() { return *pane.findChild<ErrorBanner*>(); }
        static void confirm(QWidget* in) {
            in->findChild<Confirmation*>()->findChild<QPushButton*>(u("confirmation.yes"))->click();
        }
        static QString question(QWidget* in) {
            return in->findChild<Confirmation*>()->findChild<QLabel*>()->text();
        }
        void select(const char* volume) { table().selectId(u(volume)); }
    };
    static void write(QWidget* dialog, const char* field, const QString& text) {
        dialog->findChild<QLineEdit*>(u(field))->setText(text);
    }
    static QString text(QWidget* dialog, const char* label) {
        return dialog->findChild<QLabel*>(u(label))->text();
    }
    static QPushButton* accept(QWidget* dialog) {
        return dialog->findChild<QPushButton*>(dialog->objectName() + u(".accept"));
    }
    static QStringList filesIn(const QTemporaryDir& folder) {
        return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
    }
    void cleanupTestCase() { m_bus.reset(); }

    void theListFollowsTheSignal() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.engine.volumes.removeLast();
        scene.engine.tellChanged(u("volumes"));
        QTRY_COMPARE(scene.table().proxy().rowCount(), 5);
    }

    void anEmptyListSaysWhatToDoNext() {
        Scene scene(*m_bus, {});
        auto* empty = scene.pane.findChild<EmptyState*>(u("volumesPane.empty"));
        QTRY_COMPARE(empty->title(), u("No volumes yet"));
        Q_EMIT empty->actionRequested();
        QVERIFY(scene.pane.findChild<CreateVolumeDialog*>() != nullptr);
    }

    void aServerThatDoesNotAnswerIsToldAboveItsFiles() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("photos");
        QVERIFY(scene.pane.findChild<QWidget*>(u("volumesPane.warning"))->isVisible());
        QVERIFY(text(&scene.pane, "volumesPane.warningText").contains(u("switched on")));
        scene.select("old");
        QVERIFY(!scene.pane.findChild<QWidget*>(u("volumesPane.warning"))->isVisible());
    }

    void aClickOnCountCounts() {
        Scene scene(*m_bus, {test::volume(u("fresh"))});
        QTRY_VERIFY(scene.isListed());
        Q_EMIT scene.table().clicked(scene.table().proxy().index(0, 2));
        QTRY_VERIFY(scene.engine.last(u("Measure")) != nullptr);
        QCOMPARE(qdbus_cast<QStringList>(scene.engine.last(u("Measure"))->arguments[0]),
                 QStringList(u("fresh")));
        QCOMPARE(scene.table().proxy().index(0, 2).data().toString(), u("counting…"));
    }

    void aRemovalNamesWhatIsLost() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("old");
        scene.action(VolumeActions::Remove)->trigger();
        const QString question = Scene::question(&scene.pane);
        QVERIFY2(question.contains(u("old")) && question.contains(u("12 file")) &&
                     question.contains(u("last used")),
                 qPrintable(question));
        QVERIFY(scene.engine.last(u("Remove")) == nullptr);
        Scene::confirm(&scene.pane);
        QTRY_VERIFY(scene.engine.last(u("Remove")) != nullptr);
        QCOMPARE(scene.engine.last(u("Remove"))->text(0), u("old"));
    }

    void whatIsUsedIsNotRemovedAndItsUsersAreNamed() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("web-data");
        scene.action(VolumeActions::Remove)->trigger();
        QVERIFY2(scene.error().message().contains(u("web, db")), qPrintable(scene.error().message()));
        QSignalSpy asked(&scene.pane, &VolumesPane::containerRequested);
        scene.error().findChild<QPushButton*>(u("errorBanner.action"))->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(scene.engine.last(u("Remove")) == nullptr);
    }

    void aPruneShowsNamesAndSizesBefore() {
        Scene scene(*m_bus);
        scene.engine.prunes = {QStringList{u("fedc"), u("old"), u("scratch")}, QVariant(quint64(8'000'000))};
        QTRY_VERIFY(scene.isListed());
        auto* dialog = scene.open<PruneVolumesDialog>(VolumeActions::Prune);
        // The one that no container has, of those without a name; named ones by choice only.
        QCOMPARE(dialog->plan().size(), 1);
        dialog->findChild<QComboBox*>(u("pruneVolumesDialog.kind"))->setCurrentIndex(1);
        QCOMPARE(dialog->plan().size(), 3);
        QVERIFY(text(dialog, "pruneVolumesDialog.told").contains(u("3 volume")));
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Prune")) != nullptr);
        QVERIFY(scene.engine.last(u("Prune"))->options().value(u("all")).toBool());
        QTRY_VERIFY(scene.notice().contains(u("3 volume")));
    }

    void unusedOnesAreShownAlone() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.action(VolumeActions::UnusedOnly)->trigger();
        QCOMPARE(scene.table().proxy().rowCount(), 3);
    }

    void itsContainerIsGoneTo() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        QSignalSpy asked(&scene.pane, &VolumesPane::containerRequested);
        scene.select("photos");
        scene.action(VolumeActions::OpenContainer)->trigger();
        QCOMPARE(asked.value(0).value(0).toString(), u("c-db"));
        // With several the person chooses.
        scene.select("web-data");
        scene.action(VolumeActions::OpenContainer)->trigger();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(scene.pane.findChild<QTabWidget*>(u("volumesPane.tabs"))->currentIndex(), 1);
    }

    void aContainerIsRunWithIt() {
        Scene scene(*m_bus);
        scene.engine.images = {test::image(u("docker.io/library/debian"), u("12"))};
        QTRY_VERIFY(scene.isListed());
        scene.select("old");
        scene.action(VolumeActions::RunWith)->trigger();
        QTRY_VERIFY(scene.pane.findChild<RunDialog*>() != nullptr);
        const RunRequest request = scene.pane.findChild<RunDialog*>()->request();
        QCOMPARE(request.options.value(u("mounts")).toStringList(),
                 QStringList(u("type=volume,source=old,target=/data")));
        QVERIFY(request.image.endsWith(u("debian:12")));
    }

    void eachAnswerStandsUnderItsField() {
        Scene scene(*m_bus);
        scene.engine.checkVolume = [](const QString& name, const QVariantMap&) {
            return name == u("taken")
                       ? dbus::VolumeProblems{{u("name"), u("it is there"), u("Choose another")}}
                       : dbus::VolumeProblems();
        };
        QTRY_VERIFY(scene.isListed());
        auto* dialog = scene.open<CreateVolumeDialog>(VolumeActions::Create);
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "createVolumeDialog.name", u("taken"));
        QTRY_VERIFY(text(dialog, "createVolumeDialog.name.note").contains(u("it is there")));
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "createVolumeDialog.name", u("fresh"));
        QTRY_VERIFY(accept(dialog)->isEnabled());
        QCOMPARE(text(dialog, "createVolumeDialog.line"), u("docker volume create fresh"));
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Create")) != nullptr);
        QCOMPARE(scene.engine.last(u("Create"))->text(0), u("fresh"));
        QTRY_VERIFY(scene.notice().contains(u("fresh")));
    }

    void anNfsVolumeIsTriedBefore() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        auto* dialog = scene.open<CreateVolumeDialog>(VolumeActions::Create);
        dialog->setKind(u("nfs"));
        auto* test = dialog->findChild<QPushButton*>(u("createVolumeDialog.test"));
        QVERIFY(test->isVisible() && !test->isEnabled());
        write(dialog, "createVolumeDialog.name", u("photos2"));
        write(dialog, "createVolumeDialog.server", u("nas.home"));
        write(dialog, "createVolumeDialog.path", u("export"));
        QVERIFY(text(dialog, "createVolumeDialog.path.note").contains(u("slash")));
        write(dialog, "createVolumeDialog.path", u("/export"));
        QCOMPARE(
            text(dialog, "createVolumeDialog.line"),
            u("docker volume create --opt device=:/export --opt o=addr=nas.home --opt type=nfs photos2"));
        test->click();
        QTRY_VERIFY(scene.engine.last(u("TestConnection")) != nullptr);
        QVERIFY(!test->isEnabled());
        // When the server lets nobody write, then the remedy is said.
        scene.engine.endJob(
            u("done"),
            u(R"({"milliseconds":3,"total":9000,"free":800,"uid":1000,"gid":1000,"mode":493,"writable":false})"));
        QTRY_VERIFY2(text(dialog, "createVolumeDialog.tested").contains(u("all_squash")),
                     qPrintable(text(dialog, "createVolumeDialog.tested")));
        QVERIFY(test->isEnabled());
        // What is changed afterwards is not what was tried.
        write(dialog, "createVolumeDialog.server", u("nas2.home"));
        QVERIFY(text(dialog, "createVolumeDialog.tested").isEmpty());
    }

    void aConnectionThatFailsSaysWhy() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        auto* dialog = scene.open<CreateVolumeDialog>(VolumeActions::Create);
        dialog->setKind(u("nfs"));
        write(dialog, "createVolumeDialog.server", u("nas.home"));
        write(dialog, "createVolumeDialog.path", u("/export"));
        dialog->findChild<QPushButton*>(u("createVolumeDialog.test"))->click();
        QTRY_VERIFY(scene.engine.last(u("TestConnection")) != nullptr);
        scene.engine.endJob(u("failed"), u("Unreachable"), u("nas.home does not answer"));
        QTRY_VERIFY(text(dialog, "createVolumeDialog.tested").contains(u("does not answer")));
    }

    void aBackUpHasItsNameWhenAllOfItIsThere() {
        Scene scene(*m_bus);
        scene.engine.archive = "an archive";
        QTRY_VERIFY(scene.isListed());
        const QTemporaryDir folder;
        scene.select("web-data");
        auto* dialog = scene.open<BackupDialog>(VolumeActions::Backup);
        // Given a container that runs with it, a pause is offered.
        QVERIFY(dialog->findChild<QCheckBox*>(u("backupDialog.pause"))->isChecked());
        write(dialog, "backupDialog.file", folder.filePath(u("web.tar.zst")));
        dialog->findChild<QComboBox*>(u("backupDialog.compression"))->setCurrentIndex(1);
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Backup")) != nullptr);
        QCOMPARE(scene.engine.last(u("Backup"))->options().value(u("compression")).toString(), u("gzip"));
        QVERIFY(scene.engine.last(u("Backup"))->options().value(u("pause")).toBool());
        // While the job is not done, then there is no file of that name,
        QTRY_COMPARE(filesIn(folder).size(), 1);
        QVERIFY(!filesIn(folder).contains(u("web.tar.gz")));
        scene.engine.endJob(u("done"), {});
        QTRY_COMPARE(filesIn(folder), QStringList(u("web.tar.gz")));
        QFile file(folder.filePath(u("web.tar.gz")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("an archive"));
        QTRY_VERIFY(scene.notice().contains(u("web.tar.gz")));
    }

    void nothingOfABackUpThatFailedStays() {
        Scene scene(*m_bus);
        scene.engine.archive = "half an arch";
        QTRY_VERIFY(scene.isListed());
        const QTemporaryDir folder;
        scene.select("old");
        auto* dialog = scene.open<BackupDialog>(VolumeActions::Backup);
        QVERIFY(dialog->findChild<QCheckBox*>(u("backupDialog.pause")) == nullptr);
        write(dialog, "backupDialog.file", folder.filePath(u("old.tar.zst")));
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Backup")) != nullptr);
        QCOMPARE(filesIn(folder).size(), 1);
        scene.engine.endJob(u("failed"), u("SystemFailure"), u("cannot read /x: Input/output error"));
        QTRY_VERIFY(scene.error().message().contains(u("Input/output error")));
        QTRY_VERIFY(filesIn(folder).isEmpty());
    }

    void aRestoreSaysWhatItReplacesAndWantsItsTick() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        const QTemporaryDir folder;
        QFile archive(folder.filePath(u("fresh-2026-11-28.tar.zst")));
        QVERIFY(archive.open(QIODevice::WriteOnly));
        archive.close();
        scene.table().setCurrentIndex({});
        auto* dialog = scene.open<RestoreDialog>(VolumeActions::Restore);
        dialog->setFile(archive.fileName());
        // Into a new one that is called as the back-up is.
        QCOMPARE(dialog->findChild<QComboBox*>(u("restoreDialog.name"))->currentText(), u("fresh"));
        QVERIFY(accept(dialog)->isEnabled());
        dialog->findChild<QComboBox*>(u("restoreDialog.name"))->setCurrentText(u("old"));
        QVERIFY(text(dialog, "restoreDialog.words").contains(u("12 file")));
        QVERIFY(!accept(dialog)->isEnabled());
        dialog->findChild<QCheckBox*>(u("restoreDialog.replace"))->setChecked(true);
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Restore")) != nullptr);
        QVERIFY(scene.engine.last(u("Restore"))->options().value(u("replace")).toBool());
        scene.engine.endJob(u("done"), {});
        QTRY_VERIFY(scene.notice().contains(u("old")));
    }

    void whatAContainerRunsWithIsNotRestoredInto() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        const QTemporaryDir folder;
        QFile archive(folder.filePath(u("x.tar")));
        QVERIFY(archive.open(QIODevice::WriteOnly));
        scene.select("web-data");
        auto* dialog = scene.open<RestoreDialog>(VolumeActions::Restore);
        dialog->setFile(archive.fileName());
        dialog->findChild<QCheckBox*>(u("restoreDialog.replace"))->setChecked(true);
        QVERIFY(!accept(dialog)->isEnabled());
        QVERIFY(text(dialog, "restoreDialog.problem").contains(u("Stop")));
    }

    void itsFilesAreBrowsedWithoutAContainer() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("old");
        QTRY_COMPARE(scene.files().model().rowCount(), 2);
        QCOMPARE(scene.files().place().id, u("old"));
        // Folders first.
        QCOMPARE(scene.fileTable().proxy().index(0, 0).data().toString(), u("sub"));
    }

    void aFileIsRenamedInPlace() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("old");
        QTRY_COMPARE(scene.files().model().rowCount(), 2);
        const int row = scene.files().model().rowOf(u("notes.txt"));
        QVERIFY(
            scene.files().model().flags(scene.files().model().index(row, 0)).testFlag(Qt::ItemIsEditable));
        scene.files().model().setData(scene.files().model().index(row, 0), u("letter.txt"), Qt::EditRole);
        QTRY_VERIFY(scene.engine.last(u("MoveFile")) != nullptr);
        QCOMPARE(scene.engine.last(u("MoveFile"))->text(1), u("/notes.txt"));
        QCOMPARE(scene.engine.last(u("MoveFile"))->text(2), u("/letter.txt"));
    }

    void deleteAmongTheFilesMeansThem() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("old");
        QTRY_COMPARE(scene.files().model().rowCount(), 2);
        scene.fileTable().selectAll();
        scene.fileTable().setFocus();
        QTest::keyClick(&scene.fileTable(), Qt::Key_Delete);
        const QString question = Scene::question(&scene.files());
        QVERIFY2(question.contains(u("“sub”, “notes.txt”")) && question.contains(u("1 folder")) &&
                     question.contains(formatBytes(20)),
                 qPrintable(question));
        Scene::confirm(&scene.files());
        QTRY_VERIFY(scene.engine.last(u("RemoveFiles")) != nullptr);
        QCOMPARE(qdbus_cast<QStringList>(scene.engine.last(u("RemoveFiles"))->arguments[1]),
                 QStringList({u("/sub"), u("/notes.txt")}));
        QVERIFY(scene.engine.last(u("Remove")) == nullptr);
    }

    void permissionsAreBoxesAndANumber() {
        EngineClient client;
        const dbus::FileEntry folder{u("sub"), S_IFDIR | 0755, 0, 0, 33, 33, {}};
        PermissionsDialog dialog(client, FilesPlace::volume(u("old")), u("/sub"), folder, nullptr);
        QVERIFY(!accept(&dialog)->isEnabled()); // nothing is changed
        dialog.findChild<QCheckBox*>(u("permissionsDialog.bit.4"))->setChecked(true);
        QCOMPARE(dialog.findChild<QLineEdit*>(u("permissionsDialog.octal"))->text(), u("775"));
        QCOMPARE(dialog.options().value(u("mode")).toUInt(), 0775U);
        QVERIFY(!dialog.options().contains(u("user")));
        auto* octal = dialog.findChild<QLineEdit*>(u("permissionsDialog.octal"));
        octal->clear();
        QTest::keyClicks(octal, u("2700"));
        QCOMPARE(dialog.mode(), 02700U);
        dialog.findChild<QCheckBox*>(u("permissionsDialog.recursive"))->setChecked(true);
        QCOMPARE(dialog.options().value(u("user")).toUInt(), 33U); // also of what is in it
    }

    void aSearchShowsWhatIsFoundAsItIsFound() {
        Scene scene(*m_bus);
        scene.engine.archive = R"({"path":"/a/Invoice.pdf","mode":33188,"size":5,"modified":1})"
                               "\n"
                               R"({"path":"/invoices","mode":16877,"size":0,"modified":1})"
                               "\n";
        QTRY_VERIFY(scene.isListed());
        FileSearchDialog dialog(scene.client, FilesPlace::volume(u("old")), u("/"), nullptr);
        dialog.show();
        QSignalSpy chosen(&dialog, &FileSearchDialog::chosen);
        dialog.findChild<QLineEdit*>(u("fileSearch.text"))->setText(u("invoice"));
        QTRY_COMPARE(dialog.model().rowCount(), 2);
        QCOMPARE(scene.engine.last(u("SearchFiles"))->text(2), u("invoice"));
        QTRY_VERIFY(text(&dialog, "fileSearch.words").startsWith(u("2 file")));
        auto* table = dialog.findChild<Table*>(u("fileSearch.table"));
        table->selectId(u("/a/Invoice.pdf"));
        Q_EMIT table->activated(table->currentIndex());
        QCOMPARE(chosen.value(0).value(0).toString(), u("/a/Invoice.pdf"));
    }

    void theHistoryShowsWhatDockerUsersWrite() {
        Scene scene(*m_bus);
        const ActionHistory history(scene.client);
        QTRY_VERIFY(scene.isListed());
        scene.client.removeVolume(u("old"), &scene.pane, [](const Result<>&) {});
        QTRY_VERIFY(!history.all().isEmpty());
        const auto trace = history.all().first()->trace();
        QVERIFY(trace.has_value());
        QCOMPARE(trace->docker, u("docker volume rm old"));
        QVERIFY(!trace->kernel.isEmpty());
    }
};

ESCALE_TEST(VolumesPaneTest)
#include "volumes_pane_test.moc"
