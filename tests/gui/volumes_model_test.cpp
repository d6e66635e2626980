#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/volumes/connection_text.h"
#include "gui/volumes/volume_text.h"
#include "gui/volumes/volume_users_model.h"
#include "gui/volumes/volumes_model.h"
#include "tests/gui/volume_sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

class VolumesModelTest : public QObject {
    Q_OBJECT

    static QString cell(const VolumesModel& model, int row, int column) {
        return model.index(row, column).data().toString();
    }

private Q_SLOTS:
    void rowsFollowTheList() {
        VolumesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        dbus::VolumeList volumes = test::someVolumes();
        model.setVolumes(volumes);
        QCOMPARE(model.rowCount(), 6);
        // When one goes, one comes and one changes, then the others keep their rows.
        const QPersistentModelIndex photos = model.index(2, VolumesModel::State);
        volumes.removeAt(1);
        volumes[1].state = u("mounted");
        volumes[1].problem.clear();
        volumes.append(test::volume(u("new")));
        model.setVolumes(volumes);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(photos.data().toString(), u("mounted"));
        QVERIFY(model.find(u("old")) == nullptr);
    }

    void aRowSaysWhatItIsAndWhoHasIt() {
        VolumesModel model;
        model.setVolumes(test::someVolumes());
        QCOMPARE(cell(model, 0, VolumesModel::UsedBy), u("web (running), db"));
        QCOMPARE(cell(model, 0, VolumesModel::Size), formatBytes(1'200'000'000));
        QCOMPARE(cell(model, 0, VolumesModel::LastUsed), u("now"));
        QCOMPARE(cell(model, 1, VolumesModel::UsedBy), u("nobody"));
        QCOMPARE(cell(model, 2, VolumesModel::Kind), u("NFS · nas.home:/export/photos"));
        QVERIFY(model.index(0, VolumesModel::Size).data(Qt::ToolTipRole).toString().contains(u("counted")));
    }

    void anAnonymousOneIsShortenedAndSaysWhatMadeIt() {
        VolumesModel model;
        model.setVolumes(test::someVolumes());
        QCOMPARE(cell(model, 3, VolumesModel::Name), u("0123456789ab…  made for db, at /var/lib/db"));
        QCOMPARE(cell(model, 4, VolumesModel::Name), u("fedcba987654…  made for a container that is gone"));
        // Copied and acted on is the whole name.
        QCOMPARE(model.index(3, 0).data(kIdRole).toString().size(), 64);
    }

    void whatIsNotCountedOffersToCount() {
        VolumesModel model;
        model.setVolumes(test::someVolumes());
        QCOMPARE(cell(model, 2, VolumesModel::Size), u("Count"));
        model.setCounting({u("photos")});
        QCOMPARE(cell(model, 2, VolumesModel::Size), u("counting…"));
    }

    void aServerThatDoesNotAnswerIsToldWithItsHint() {
        VolumesModel model;
        model.setVolumes(test::someVolumes());
        const QModelIndex state = model.index(2, VolumesModel::State);
        QCOMPARE(state.data().toString(), u("does not answer"));
        QCOMPARE(state.data(kToneRole).toInt(), static_cast<int>(Tone::Bad));
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(u("switched on")));
        QVERIFY(model.index(2, 0).data(Qt::AccessibleTextRole).toString().contains(u("nas.home")));
    }

    void unusedOnesCanBeFilteredOut() {
        VolumesModel model;
        model.setVolumes(test::someVolumes());
        VolumesProxy proxy;
        proxy.setFilterKeyColumn(-1);
        proxy.setSourceModel(&model);
        QCOMPARE(proxy.rowCount(), 6);
        proxy.setUnusedOnly(true);
        QCOMPARE(proxy.rowCount(), 3);
        proxy.setFilterFixedString(u("old"));
        QCOMPARE(proxy.rowCount(), 1);
    }

    void whatWouldBeLostIsNamed() {
        const dbus::VolumeList volumes = test::someVolumes();
        const QString words = lossText(volumes[0]);
        QVERIFY2(words.contains(formatBytes(1'200'000'000)) && words.contains(u("3402")) &&
                     words.contains(u("last used: now")),
                 qPrintable(words));
        dbus::Volume fresh = test::volume(u("fresh"));
        QVERIFY(lossText(fresh).contains(u("nobody has counted")));
        QVERIFY(lossText(fresh).contains(u("no container has used it yet")));
        // A name for what is elsewhere loses nothing.
        QVERIFY(!losesFiles(volumes[2]));
    }

    void filesInMemoryAreSeenOnlyWhileItIsUsed() {
        dbus::Volume scratch = test::someVolumes().last();
        QVERIFY(!unreadableText(scratch).isEmpty());
        scratch.state = u("mounted");
        QVERIFY(unreadableText(scratch).isEmpty());
    }

    void nfsOptionsReadBackAsTheyWereWritten() {
        const NfsSource source{u("nas.home"), u("/export/photos"), u("4.2"), u("ro,soft")};
        const dbus::TextMap options = nfsOptions(source);
        QCOMPARE(options.value(u("o")), u("addr=nas.home,nfsvers=4.2,ro,soft"));
        const NfsSource read = nfsSource(options);
        QCOMPARE(read.server + read.path + read.version + read.options,
                 source.server + source.path + source.version + source.options);
        // Also as host:/path.
        QCOMPARE(nfsSource({{u("type"), u("nfs4")}, {u("device"), u("nas:/x")}}).server, u("nas"));
    }

    void aTestThatWentWellIsToldInWords() {
        const auto report = connectionReport(u(
            R"({"milliseconds": 12, "total": 4000000, "free": 1000000, "uid": 0, "gid": 0, "mode": 493, "writable": true})"));
        QVERIFY(report.has_value());
        const QString words = connectionSentences(*report, false).join(u' ');
        QVERIFY2(words.contains(u("12 ms")) && words.contains(u("drwxr-xr-x")) &&
                     words.contains(u("may write")),
                 qPrintable(words));
        QVERIFY(!connectionReport(u("nonsense")).has_value());
    }

    void whereContainersMayNotWriteTheRemedyIsNamed() {
        ConnectionReport report;
        report.uid = 1000;
        report.gid = 100;
        report.seenAs = 1000000;
        const QString words = connectionSentences(report, true).join(u' ');
        QVERIFY2(words.contains(u("user 1000000")) && words.contains(u("all_squash")) &&
                     words.contains(u("anonuid=1000")) && words.contains(u("anongid=100")),
                 qPrintable(words));
    }

    void usersKeepTheirRowsWhenOneStops() {
        VolumeUsersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<dbus::VolumeUser> users = test::someVolumes()[0].users;
        model.setUsers(users);
        const QPersistentModelIndex web = model.index(1, VolumeUsersModel::State);
        users[1].isRunning = false;
        model.setUsers(users);
        QVERIFY(web.isValid());
        QCOMPARE(web.data().toString(), u("stopped"));
        QCOMPARE(model.index(0, VolumeUsersModel::Access).data().toString(), u("reads only"));
    }
};

ESCALE_TEST(VolumesModelTest)
#include "volumes_model_test.moc"
