// The Layers and "How it was made" pages against the real helper: an image whose layers the test has made
// byte by byte, and a container that writes and removes.
#include "gui/learn/layers_page.h"

#include "engine/base/file.h"
#include "gui/client/engine_client.h"
#include "gui/learn/making_page.h"
#include "gui/learn/making_text.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

namespace {

constexpr int kPatience = 60'000;
constexpr std::size_t kObject = 30'000, kIssue = 500, kMotd = 1200;

TestImage shopImage() {
    TarBuilder base;
    for (const char* folder : {"bin", "proc", "dev", "sys", "etc", "tmp"})
        base.folder(folder);
    base.add({.name = "bin/busybox",
              .content = readFile("/bin/busybox").value_or(""),
              .mode = 0755,
              .owner = 0,
              .group = 0});
    for (const char* name : {"sh", "sleep", "rm"})
        base.add(
            {.name = std::string("bin/") + name, .type = '2', .link = "busybox", .owner = 0, .group = 0});
    base.file("etc/motd", std::string(kMotd, 'm')).file("etc/issue", std::string(kIssue, 'i'));
    TarBuilder build;
    build.folder("app")
        .folder("app/build")
        .file("app/main", "main")
        .file("app/build/a.o", std::string(kObject, 'o'));
    TarBuilder clean;
    clean.folder("app").file("app/.wh.build").folder("etc").file("etc/issue", "another");
    return TestImage({gzipLayer(base.finish()), gzipLayer(build.finish()), gzipLayer(clean.finish())});
}

} // namespace

class LayersPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DockerRegistry> m_registry;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<EngineClient> m_client;
    std::unique_ptr<LayersPage> m_page;
    QString m_image, m_id;

    static QString s(const char* text) { return QString::fromUtf8(text); }
    dbus::Container container(const QString& id) {
        std::optional<dbus::ContainerList> list;
        m_client->listContainers(this, [&](const Result<dbus::ContainerList>& answer) {
            list = answer ? *answer : dbus::ContainerList();
        });
        (void)QTest::qWaitFor([&] { return list.has_value(); }, kPatience);
        for (const dbus::Container& one : list.value_or(dbus::ContainerList())) {
            if (one.id == id)
                return one;
        }
        return {};
    }
    bool waitForEnd(QPointer<Job> job) {
        return QTest::qWaitFor([&] { return job == nullptr || !job->isRunning(); }, kPatience) &&
               job != nullptr && job->isDone();
    }
    bool pull() {
        QPointer<Job> job;
        m_client->pull(m_image, {{s("insecure"), true}}, this,
                       [&](const Result<Job*>& begun) { job = begun ? *begun : nullptr; });
        return QTest::qWaitFor([&] { return job != nullptr; }, kPatience) && waitForEnd(job);
    }
    QString made(const char* member,
                 const QStringList& command = {QStringLiteral("/bin/sleep"), QStringLiteral("1000")}) {
        const auto reply = call(m_bus->connectAs(0), s("org.escale.Engine1.Containers"), s(member),
                                {m_image, command, QVariantMap()});
        return reply.arguments().value(0).toString();
    }
    // The container's own layer, as it lies on this machine.
    std::string upper() {
        const std::string mounts =
            readFile("/proc/" + std::to_string(container(m_id).pid) + "/mountinfo").value_or("");
        const auto begin = mounts.find("upperdir=");
        return begin == std::string::npos
                   ? std::string()
                   : mounts.substr(begin + 9, mounts.find_first_of(",\n", begin) - begin - 9);
    }
    void click(const QString& name) {
        auto* button = m_page->findChild<QPushButton*>(name);
        QVERIFY2(button != nullptr, qPrintable(name));
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), kPatience);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    const OwnFile* own(const char* path) { return m_page->layers().own.file(s(path)); }
    QString change(const char* path) {
        for (const CellsRow& row : m_page->changes()) {
            if (row.cells.at(1).text == s(path))
                return row.cells.at(2).text;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        const std::string why = enterOwnNetwork();
        SKIP_UNLESS(why.empty(), why.c_str());
        SKIP_UNLESS(DockerRegistry::isInstalled(), "needs docker-registry");
        SKIP_UNLESS(exists("/bin/busybox"), "needs busybox-static");
        auto registry = DockerRegistry::start();
        VERIFY_RESULT(registry);
        m_registry = *std::move(registry);
        VERIFY_RESULT(shopImage().push(*m_registry, "shop", "1"));
        m_image = QString::fromStdString(m_registry->host() + "/shop:1");
        auto bus = PrivateBus::start({"--idle-seconds", "0"});
        VERIFY_RESULT(bus);
        m_bus = *std::move(bus);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus->address().toUtf8());
        m_client = std::make_unique<EngineClient>();
        m_client->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_client->state(), EngineClient::State::Ready, kPatience);
        QVERIFY(pull());
        m_id = made("Run");
        QVERIFY(!m_id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(container(m_id).state, s("running"), kPatience);
        m_page = std::make_unique<LayersPage>(*m_client);
        m_page->resize(1200, 800);
        m_page->show();
        m_page->setContainer(container(m_id));
        QTRY_VERIFY_WITH_TIMEOUT(m_page->layers().contents != nullptr, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->isWatched(), kPatience);
    }
    void cleanup() {
        if (QTest::currentTestFailed() && m_bus)
            qWarning("%s", m_bus->log().c_str());
    }
    void cleanupTestCase() {
        m_page.reset();
        m_client.reset();
        m_bus.reset();
    }

    void theStackIsTheImagesLayersAndTheContainersOwn() {
        QCOMPARE(m_page->rows().size(), 4);
        QCOMPARE(m_page->layers().digests.size(), 3);
        const TestImage image = shopImage();
        for (int layer = 0; layer < 3; ++layer)
            QCOMPARE(m_page->layers().digests.at(layer).toStdString(),
                     Digest::ofData(image.layers.at(static_cast<std::size_t>(layer)).tar).toString());
    }

    void theHiddenBytesAreThoseOfTheTars() {
        // given: a later layer has removed app/build, and replaced etc/issue
        QCOMPARE(m_page->layers().contents->hidden.bytes, std::uint64_t{kObject + kIssue});
        // then: what is followed without a choice is the largest of them
        QCOMPARE(m_page->layers().path, s("/app/build/a.o"));
        QTRY_COMPARE(m_page->layers().column().seen, -1);
    }

    void aLineAppendedToALowerFileIsACopyUp() {
        m_page->follow(s("/etc/motd"));
        click(s("learnLayers.trial.append"));
        QTRY_VERIFY_WITH_TIMEOUT(own("/etc/motd") != nullptr, kPatience);
        QCOMPARE(own("/etc/motd")->mark, OwnFile::Mark::CopiedUp);
        QTRY_VERIFY2(change("/etc/motd").startsWith(s("copied up from layer 1")) ||
                         !change("/etc/motd").isEmpty(),
                     qPrintable(change("/etc/motd")));
        QTRY_COMPARE(m_page->layers().column().seen, 3);
        QCOMPARE(m_page->layers().column().cells.at(0).hiddenBy, 3);
        // The kernel's upper folder has it whole, and one line more.
        struct stat file {};
        QCOMPARE(::lstat((upper() + "/etc/motd").c_str(), &file), 0);
        QVERIFY(static_cast<std::size_t>(file.st_size) > kMotd);
        QTRY_COMPARE(own("/etc/motd")->size, static_cast<quint64>(file.st_size));
    }

    void aRemovedLowerFileIsAWhiteout() {
        m_page->follow(s("/etc/issue"));
        QTRY_COMPARE(m_page->layers().column().seen, 2);
        click(s("learnLayers.trial.remove"));
        auto* yes = m_page->findChild<QPushButton*>(s("confirmation.yes"));
        QVERIFY(yes != nullptr);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(own("/etc/issue") != nullptr, kPatience);
        QCOMPARE(own("/etc/issue")->mark, OwnFile::Mark::Whiteout);
        QTRY_COMPARE(m_page->layers().column().seen, -1);
        QTRY_VERIFY2(change("/etc/issue").contains(s("layer 3")), qPrintable(change("/etc/issue")));
        struct stat file {};
        QCOMPARE(::lstat((upper() + "/etc/issue").c_str(), &file), 0);
        QVERIFY(S_ISCHR(file.st_mode));
        QCOMPARE(file.st_rdev, makedev(0, 0));
    }

    void aNewFileIsInTheOwnLayerAlone() {
        click(s("learnLayers.trial.create"));
        QTRY_VERIFY_WITH_TIMEOUT(own("/escale.txt") != nullptr, kPatience);
        QCOMPARE(own("/escale.txt")->mark, OwnFile::Mark::Created);
        QVERIFY(exists(upper() + "/escale.txt"));
    }

    void whatIsNotSeenIsNotWatched() {
        m_page->hide();
        QVERIFY(!m_page->isWatched());
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->isWatched(), kPatience);
        // What happened before is there again.
        QCOMPARE(own("/etc/issue")->mark, OwnFile::Mark::Whiteout);
    }

    void theStepsOfItsMakingAreListedAndExported() {
        MakingPage page(*m_client);
        page.resize(1200, 800);
        page.show();
        page.setContainer(container(m_id));
        QTRY_VERIFY_WITH_TIMEOUT(!page.steps().empty(), kPatience);
        QStringList operations;
        for (const MadeStep& step : page.steps()) {
            operations.append(QString::fromStdString(step.operation));
            QVERIFY2(step.operation == "other" || stepTitle(step) != operations.last(),
                     qPrintable(operations.last()));
        }
        for (const char* wanted : {"overlay-mount", "clone3", "seccomp-load", "execute"})
            QVERIFY2(operations.contains(s(wanted)),
                     qPrintable(s(wanted) + s(" of ") + operations.join(u' ')));
        QCOMPARE(page.rows().size(), operations.size());
        // A script that a shell takes.
        const QTemporaryDir folder;
        const QString file = folder.filePath(s("make.sh"));
        VERIFY_RESULT(page.exportScript(file));
        struct stat written {};
        QCOMPARE(::stat(qPrintable(file), &written), 0);
        QCOMPARE(written.st_mode & 0777U, 0700U); // passwords may stand in it
        QVERIFY(written.st_size > 500);
        QCOMPARE(QProcess::execute(s("/bin/sh"), {s("-n"), file}), 0);
        QVERIFY(!page.exportScript(s("/nonexistent/make.sh")));
    }

    // Its layers are what the store keeps: images of file systems, where the kernel mounts them.
    void theExportedScriptRunsTheSameProgramOnTheSameLayers() {
        SKIP_UNLESS(exists("/usr/bin/perl"), "needs perl");
        const QString id = made("Run", {s("/bin/busybox"), s("cat"), s("/etc/motd"), s("/etc/issue")});
        QTRY_COMPARE_WITH_TIMEOUT(container(id).state, s("exited"), kPatience);
        MakingPage page(*m_client);
        page.show();
        page.setContainer(container(id));
        QTRY_VERIFY_WITH_TIMEOUT(!page.steps().empty(), kPatience);
        const QTemporaryDir folder;
        const QString file = folder.filePath(s("make.sh"));
        VERIFY_RESULT(page.exportScript(file));
        QProcess shell;
        shell.start(s("/bin/sh"), {file});
        QVERIFY(shell.waitForFinished(kPatience));
        const QByteArray errors = shell.readAllStandardError();
        QVERIFY2(shell.exitStatus() == QProcess::NormalExit && shell.exitCode() == 0, errors.constData());
        QVERIFY2(shell.readAllStandardOutput().contains(QByteArray(kMotd, 'm') + "another"),
                 errors.constData());
    }

    void oneThatWasNeverStartedSaysWhatToDo() {
        const QString id = made("Create");
        MakingPage page(*m_client);
        page.show();
        page.setContainer(container(id));
        auto* empty = page.findChild<QWidget*>(s("learnMaking.empty"));
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), kPatience);
        QVERIFY(page.steps().empty());
    }
};

ESCALE_TEST(LayersPageTest)
#include "layers_page_test.moc"
