#include "gui/build/build_settings.h"

#include "gui/build/build_arguments.h"
#include "gui/build/failed_step.h"
#include "gui/containers/build_trace.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class BuildSettingsTest : public QObject {
    Q_OBJECT

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static void touch(const QString& path) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    static BuildSettings full() {
        BuildSettings settings;
        settings.folder = s("/home/ada/shop");
        settings.dockerfile = s("/home/ada/shop/docker/Dockerfile");
        settings.tags = {s("shop:1"), s("shop:latest")};
        settings.target = s("final");
        settings.arguments = {{s("GO"), s("1.23")}};
        settings.labels = {{s("team"), s("shop")}};
        settings.noCache = settings.pull = true;
        settings.platform = s("linux/arm64");
        settings.network = s("none");
        settings.limits = {{s("memory"), qulonglong(1 << 30)}, {s("cpus"), 1.5}};
        settings.allowed = {s("security.insecure")};
        return settings;
    }

private Q_SLOTS:
    void anImageIsListedByItsNameOrWhereItIsKept() {
        QCOMPARE(builtImageId(s("shop"), s("sha256:1")), s("docker.io/library/shop:latest"));
        QCOMPARE(builtImageId({}, s("sha256:1")), s("localhost/build@sha256:1"));
    }

    void whatTheEngineTellsUnaskedIsNoSetting() {
        const QVariantMap told{{s("shm-size"), qulonglong(64 << 20)},
                               {s("memory"), qulonglong(0)},
                               {s("cpus"), 0.0},
                               {s("extra-hosts"), QStringList()}};
        QCOMPARE(settingsOf(told), BuildSettings());
    }

    void whatIsAskedForComesBackFromTheRecord() { QCOMPARE(settingsOf(buildOptions(full())), full()); }

    void whatIsNotSetIsNotSent() {
        BuildSettings settings;
        settings.folder = s("/home/ada/shop");
        settings.dockerfile = s("/home/ada/shop/Dockerfile");
        QCOMPARE(buildOptions(settings).keys(), QStringList({s("dockerfile"), s("name")}));
    }

    void secretsOfARecordHaveNoFiles() {
        QVariantMap options = buildOptions(full());
        options.insert(s("secrets"), QStringList(s("token")));
        options.insert(s("ssh"), QStringList(s("default")));
        const BuildSettings settings = settingsOf(options);
        QCOMPARE(settings.secrets, QList<BuildSecret>({{s("token"), {}}}));
        QVERIFY(settings.usesAgent);
        QVERIFY(settingsProblem(settings).contains(s("token")) || !settingsProblem(settings).isEmpty());
    }

    void tagsAreChecked_data() {
        QTest::addColumn<QString>("tag");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("short") << s("shop") << true;
        QTest::newRow("with a registry") << s("localhost:5000/team/shop:1.2") << true;
        QTest::newRow("capitals") << s("Shop:1") << false;
        QTest::newRow("a blank tag") << s("shop:") << false;
        QTest::newRow("a digest") << s("shop@sha256:") + QString(64, u'a') << false;
    }
    void tagsAreChecked() {
        QFETCH(QString, tag);
        QFETCH(bool, isRight);
        QCOMPARE(tagProblem(tag).isEmpty(), isRight);
    }

    void tagsAreSplitAtSpacesAndCommas() {
        QCOMPARE(splitTags(s(" a:1, b  a:1 ")), QStringList({s("a:1"), s("b")}));
    }

    void aFoldersNameBecomesATag() {
        QCOMPARE(proposedTag(s("/home/ada/My Shop!")), s("my-shop:latest"));
        QCOMPARE(proposedTag(s("/")), s("image:latest"));
    }

    void theLikeliestDockerfileIsFirst() {
        QTemporaryDir folder;
        for (const char* name : {"Dockerfile.dev", "Dockerfile", "Dockerfile.dockerignore", "notes.txt"})
            touch(folder.filePath(s(name)));
        QCOMPARE(dockerfilesIn(folder.path()), QStringList({s("Dockerfile"), s("Dockerfile.dev")}));
        // A folder, or a Dockerfile of one, is dropped.
        QCOMPARE(settingsForPath(folder.path()).dockerfile,
                 QDir(folder.path()).canonicalPath() + s("/Dockerfile"));
        QCOMPARE(settingsForPath(folder.filePath(s("Dockerfile.dev"))).folder,
                 QDir(folder.path()).canonicalPath());
        QCOMPARE(settingsForPath(folder.filePath(s("nothing"))), BuildSettings());
    }

    void theDockerCommandAsksForTheSame() {
        QCOMPARE(dockerBuildLine(buildOptions(full()), s("."), {{s("token"), s("/home/ada/token")}}, true),
                 s("docker build -t shop:1 -t shop:latest -f docker/Dockerfile --target final --platform "
                   "linux/arm64 --network none --build-arg GO=1.23 --label team=shop --memory 1g --cpus 1.5 "
                   "--allow security.insecure --no-cache --pull --secret "
                   "id=token,src=/home/ada/token --ssh default ."));
    }

    void everyArgIsOfferedOnceWithItsFirstDefault() {
        const BuildFile file =
            readBuildFile(parseDockerfile("ARG GO=1.22\nFROM golang:$GO\nARG GO\nARG TOKEN\n"));
        QCOMPARE(declaredArguments(file),
                 QList<DeclaredArgument>({{s("GO"), s("1.22"), true}, {s("TOKEN"), {}, false}}));
    }

    void aFailedStepBecomesAContainerWithATerminal() {
        const auto step =
            failedStepOf(s("{\"image\":\"sha256:abc\",\"command\":[\"/bin/sh\",\"-c\",\"make all\"],"
                           "\"environment\":[\"A=1\"],\"workdir\":\"/src\",\"user\":\"1000\"}"));
        QVERIFY(step.has_value());
        QCOMPARE(step->command, s("make all"));
        QCOMPARE(step->request.image, s("sha256:abc"));
        const QVariantMap& options = step->request.options;
        QCOMPARE(options.value(s("entrypoint")).toStringList(), QStringList(s("/bin/sh")));
        QCOMPARE(options.value(s("workdir")).toString(), s("/src"));
        QCOMPARE(options.value(s("user")).toString(), s("1000"));
        QVERIFY(options.value(s("remove")).toBool() && options.value(s("tty")).toBool());
        QVERIFY(options.value(s("environment")).toStringList().contains(s("A=1")));
        QCOMPARE(failedStepOf(s("[]")).error().code, ErrorCode::Untrusted);
    }
};

ESCALE_TEST(BuildSettingsTest)
#include "build_settings_test.moc"
