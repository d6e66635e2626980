#include "gui/build/build_start.h"

#include "engine/base/thread.h"
#include "engine/build/context_receiver.h"
#include "gui/build/build_events_reader.h"
#include "tests/gui/build_sample.h"
#include "tests/gui/fake_engine.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <thread>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

class BuildStartTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    static QString s(const char* text) { return QString::fromUtf8(text); }
    static void write(const QString& path, const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    // A folder to be built, and an engine that takes it.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        BuildStart start{client};
        QTemporaryDir folder, kept;
        BuildSettings settings;
        QSignalSpy begun{&start, &BuildStart::begun}, sent{&start, &BuildStart::sent},
            failed{&start, &BuildStart::failed};

        explicit Scene(const FakeBus& bus)
            : engine(bus) {
            write(folder.filePath(s("main.go")), "package main\n");
            write(folder.filePath(s("secret.txt")), "keep out\n");
            write(folder.filePath(s(".dockerignore")), "secret.txt\n");
            settings.folder = folder.path();
            settings.dockerfile = folder.filePath(s("Dockerfile"));
            settings.tags = {s("shop:latest")};
            client.open();
        }
        bool isReady() const { return client.state() == EngineClient::State::Ready; }
        // What the engine's worker does with the other end.
        Result<ContextTotals> receive() {
            const int into =
                ::open(kept.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            UniqueFd folderFd(into);
            TRY_ASSIGN(ContextIndex index, loadContext(into, "boot"));
            const Cancellation none;
            auto totals = receiveContext(
                into, engine.context.fileDescriptor(), index, [](const auto&) {}, none);
            engine.context = {};
            return totals;
        }
        QStringList files() const {
            return QDir(kept.filePath(s("files"))).entryList(QDir::Files | QDir::Hidden);
        }
    };

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
    }
    void cleanupTestCase() { m_bus.reset(); }

    void theTextIsBuiltAsItIsShown() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        // Given a Dockerfile that is saved nowhere, when it is built, then the engine reads it.
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        QCOMPARE(scene.engine.dockerfile, QByteArray("FROM scratch\n"));
        const FakeEngine::Call* call = scene.engine.last(s("Build"));
        QCOMPARE(call->options().value(s("name")).toString(), scene.folder.path());
        QCOMPARE(call->options().value(s("tags")).toStringList(), QStringList(s("shop:latest")));
        scene.engine.context = {};
    }

    void theFilesAreSentWithoutThoseThatAreIgnored() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.start.start(scene.settings, "FROM scratch\nCOPY . .\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        Result<ContextTotals> totals;
        std::thread worker([&] { totals = scene.receive(); });
        QTRY_COMPARE(scene.sent.size(), 1);
        worker.join();
        QVERIFY2(totals.has_value(), totals ? "" : totals.error().message.c_str());
        QVERIFY(scene.files().contains(s("main.go")));
        QVERIFY(!scene.files().contains(s("secret.txt")));
        QVERIFY(!scene.start.isBusy());
    }

    void aSecretsFileIsLentAndItsContentIsNotInTheCall() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        const QString file = scene.kept.filePath(s("token"));
        write(file, "hunter2");
        scene.settings.secrets = {{s("token"), file}};
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        const auto lent =
            qdbus_cast<dbus::NamedDescriptors>(scene.engine.last(s("Build"))->options().value(s("secrets")));
        QCOMPARE(lent.size(), 1);
        QCOMPARE(lent.first().id, s("token"));
        std::array<char, 16> bytes{};
        QCOMPARE(::pread(lent.first().descriptor.fileDescriptor(), bytes.data(), bytes.size(), 0), 7);
        scene.engine.context = {};
    }

    void anAgentIsLentByItsSocketAlone() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        qputenv("SSH_AUTH_SOCK", scene.folder.path().toLocal8Bit()); // any place: it is not connected to here
        scene.settings.usesAgent = true;
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        const auto lent =
            qdbus_cast<dbus::NamedDescriptors>(scene.engine.last(s("Build"))->options().value(s("ssh")));
        QCOMPARE(lent.first().id, s("default"));
        QVERIFY(::fcntl(lent.first().descriptor.fileDescriptor(), F_GETFL) & O_PATH);
        qunsetenv("SSH_AUTH_SOCK");
        scene.engine.context = {};
    }

    void aSecretThatIsNotThereIsSaidBeforeAnythingBegins() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.settings.secrets = {{s("token"), s("/nowhere/token")}};
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.failed.size(), 1);
        QVERIFY(scene.engine.last(s("Build")) == nullptr);
        QVERIFY(!scene.start.isBusy());
    }

    void aRefusalIsTold() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.engine.refusals.insert(s("Build"), {s("PermissionDenied"), s("not allowed")});
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.failed.size(), 1);
        QCOMPARE(scene.failed.first().first().value<Error>().code, ErrorCode::PermissionDenied);
    }

    void aBuildThatEndsWhileItsFilesAreSentLeavesTheNextOneAlone() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        // Given a build whose files nobody takes: more than a socket holds
        for (int i = 0; i < 3000; ++i)
            write(scene.folder.filePath(s("file-with-a-long-name-%1.txt").arg(i, 80, 10, QLatin1Char('0'))),
                  "x");
        scene.start.start(scene.settings, "FROM scratch\nCOPY . .\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        const QDBusUnixFileDescriptor unread = scene.engine.context;
        // when it ends, and another one is begun at once
        scene.start.cancel();
        scene.start.start(scene.settings, "FROM scratch\nCOPY . .\n", {});
        // then that begins, and its files arrive.
        QTRY_COMPARE(scene.begun.size(), 2);
        Result<ContextTotals> totals;
        std::thread worker([&] { totals = scene.receive(); });
        QTRY_COMPARE(scene.sent.size(), 1);
        worker.join();
        QVERIFY2(totals.has_value(), totals ? "" : totals.error().message.c_str());
        QVERIFY(scene.files().contains(s("main.go")));
    }

    void anEngineThatWantsNoMoreFilesIsNoFailure() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isReady());
        scene.start.start(scene.settings, "FROM scratch\n", {});
        QTRY_COMPARE(scene.begun.size(), 1);
        scene.engine.calls.clear(); // have a copy
        scene.engine.context = {};
        QTRY_VERIFY(!scene.start.isBusy());
        QCOMPARE(scene.failed.size(), 0);
    }

    void eventsAreFollowedAsTheyAreWritten() {
        BuildEventsReader reader;
        QList<BuildEvent> all;
        connect(&reader, &BuildEventsReader::events, this,
                [&all](const QList<BuildEvent>& events) { all += events; });
        QTemporaryDir folder;
        const QString path = folder.filePath(s("events"));
        const test::EventList running = test::runningEvents(1000);
        const QByteArray lines = running.lines();
        // Given half of the events, cut within a line, when the rest is appended, then all are told once.
        write(path, lines.left(lines.size() / 2));
        reader.open(UniqueFd(::open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC)));
        QTRY_VERIFY(!all.isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(lines.mid(lines.size() / 2));
        file.flush();
        QTRY_COMPARE(all.size(), running.all.size());
        QCOMPARE(all, running.all);
    }

    void aLineThatIsNoEventIsLeftOut() {
        BuildEventsReader reader;
        QList<BuildEvent> all;
        connect(&reader, &BuildEventsReader::events, this,
                [&all](const QList<BuildEvent>& events) { all += events; });
        QTemporaryDir folder;
        const QString path = folder.filePath(s("events"));
        write(path, "what?\n" + test::runningEvents(1000).lines());
        reader.open(UniqueFd(::open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC)));
        QTRY_COMPARE(all.size(), test::runningEvents(1000).all.size());
    }
};

ESCALE_TEST(BuildStartTest)
#include "build_start_test.moc"
