#include "gui/client/run_sources.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/mount_option.h"
#include "gui/containers/row_list.h"
#include "gui/containers/run_time_mounts.h"
#include "tests/gui/volume_sample.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>

using namespace escale;
using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

class MountOptionTest : public QObject {
    Q_OBJECT

    static QStringList mountsOf(const char* line) {
        const auto parsed = parseDockerRun(u(line));
        return parsed ? parsed->request.options.value(u("mounts")).toStringList()
                      : QStringList(QString::fromStdString(parsed.error().message));
    }

private Q_SLOTS:
    void aPastedLineKeepsItsMounts_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("mount");
        QTest::newRow("volume") << u("docker run -v web:/data debian:12")
                                << u("type=volume,source=web,target=/data");
        QTest::newRow("anonymous") << u("docker run -v /data debian:12") << u("type=volume,target=/data");
        QTest::newRow("folder") << u("docker run --volume=/srv/web:/www:ro debian:12")
                                << u("type=bind,source=/srv/web,target=/www,readonly,bind-create-src");
        QTest::newRow("from home")
            << u("docker run -v ./site:/www debian:12")
            << u("type=bind,source=%1/site,target=/www,bind-create-src").arg(QDir::homePath());
        QTest::newRow("mount") << u("docker run --mount type=bind,src=/srv,dst=/s,ro debian:12")
                               << u("type=bind,source=/srv,target=/s,readonly");
        QTest::newRow("memory")
            << u("docker run --mount type=tmpfs,destination=/run,tmpfs-mode=700 debian:12")
            << u("type=tmpfs,target=/run,tmpfs-mode=0700");
    }
    void aPastedLineKeepsItsMounts() {
        QFETCH(QString, line);
        const auto parsed = parseDockerRun(line);
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        QCOMPARE(parsed->warnings.size(), line.contains(u("./site")) ? 1 : 0); // which folder that is
        QTEST(parsed->request.options.value(u("mounts")).toStringList().join(u' '), "mount");
        // And the line that is shown for it reads as the same.
        const auto again = parseDockerRun(dockerRunLine(parsed->request));
        QVERIFY(again);
        QCOMPARE(again->request.options, parsed->request.options);
    }

    void theShortFormIsShownWhereItSaysTheSame() {
        QCOMPARE(mountWords(u("type=volume,source=web,target=/data,readonly")).join(u' '),
                 u("-v web:/data:ro"));
        QCOMPARE(mountWords(u("type=volume,source=web,target=/data,volume-nocopy")).value(0), u("--mount"));
        // -v would make a missing folder.
        QCOMPARE(mountWords(u("type=bind,source=/srv,target=/s")).value(0), u("--mount"));
    }

    void aWrongMountIsToldWithItsOption() {
        const QString message = mountsOf("docker run -v web:data debian:12").value(0);
        QVERIFY2(message.startsWith(u("-v web:data")), qPrintable(message));
    }

    void whatIsWrongIsSaidInPlainWords() {
        QVERIFY(rules::mount(u("type=volume,source=web,target=/data")).isEmpty());
        QVERIFY(rules::mount(u("type=volume,source=web,target=")).contains(u("path inside")));
        QVERIFY(rules::mount(u("type=volume,source=web,target=data")).contains(u("slash")));
        QVERIFY(rules::mount(u("type=volume,source=/srv,target=/data")).contains(u("bind")));
        QVERIFY(rules::mount(u("type=bind,target=/data")).contains(u("Name the folder")));
        QVERIFY(!rules::volumesFrom(u("web:rx")).isEmpty());
        QVERIFY(rules::volumesFrom(u("web:ro")).isEmpty());
        QVERIFY(rules::secret(u("/home/me/key:/run/secrets/key")).isEmpty());
        QVERIFY(!rules::secret(u("key:/run/secrets/key")).isEmpty());
    }

    void aRowReadsAndWritesAnyMount_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"type=volume,source=web,target=/data", "type=volume,target=/data,readonly",
              "type=bind,source=/srv,target=/s,bind-propagation=rslave",
              "type=tmpfs,target=/run,tmpfs-size=64,tmpfs-mode=0700", R"(type=bind,"source=/a,b",target=/c)"})
            QTest::newRow(text) << u(text);
    }
    void aRowReadsAndWritesAnyMount() {
        QFETCH(QString, text);
        const RowShape shape = mountShape();
        QCOMPARE(shape.join(shape.split(text)), text);
    }

    void aChosenFolderMakesItABind() {
        const RowShape shape = mountShape();
        QCOMPARE(shape.browsed({u("volume"), u("/srv"), {}, u("rw"), {}}).first(), u("bind"));
    }

    void sourcesAreOpenedHereAndOnlyPointedAt() {
        const QTemporaryDir folder;
        const QString mount = u("type=bind,source=%1/new,target=/s,bind-create-src").arg(folder.path());
        QFile secret(folder.filePath(u("key")));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.close();
        const auto opened =
            withSources({u("debian:12"),
                         {},
                         {{u("mounts"), QStringList{u("type=volume,source=web,target=/data"), mount}},
                          {u("secrets"), QStringList(secret.fileName() + u(":/run/secrets/key"))}}});
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        const auto sources = opened->options.value(u("bind-sources")).value<dbus::FileList>();
        QCOMPARE(sources.size(), 1); // of the binds alone
        QVERIFY((::fcntl(sources[0].fileDescriptor(), F_GETFL) & O_PATH) != 0);
        QVERIFY(QDir(folder.filePath(u("new"))).exists());
        const auto secrets = opened->options.value(u("secrets")).value<dbus::SecretFiles>();
        QCOMPARE(secrets.value(0).target, u("/run/secrets/key"));
        QCOMPARE(secrets.value(0).mode, 0444U);
    }

    void aMissingSourceIsNamed() {
        const auto opened = withSources(
            {u("debian:12"), {}, {{u("mounts"), QStringList(u("type=bind,source=/no/such,target=/s"))}}});
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::NotFound);
        QVERIFY(QString::fromStdString(opened.error().message).contains(u("/no/such")));
    }

    void whatIsMountedByOptionsIsMarkedAmongTheFiles() {
        const QStringList mounts =
            runTimeMounts({{u("mounts"), QStringList(u("type=volume,source=web,target=/var/data/"))}});
        QVERIFY(mountsIn(mounts, u("/var")).contains(u("data")));
    }

    void aNewContainerKeepsTheAnonymousVolumesOfTheOld() {
        const QStringList kept = anonymousMounts(test::someVolumes(), u("c-db"));
        QCOMPARE(kept.size(), 1);
        const QString name = test::someVolumes()[3].name;
        // Where the options name no volume, the old one is named; where another is mounted, that stays.
        QCOMPARE(withVolumes({u("type=volume,target=/var/lib/db")}, kept),
                 QStringList(u("type=volume,source=%1,target=/var/lib/db").arg(name)));
        QCOMPARE(withVolumes({u("type=volume,source=other,target=/var/lib/db")}, kept),
                 QStringList(u("type=volume,source=other,target=/var/lib/db")));
        QCOMPARE(withVolumes({}, kept).size(), 1);
    }
};

ESCALE_TEST(MountOptionTest)
#include "mount_option_test.moc"
