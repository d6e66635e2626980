// The life of containers by the docker command line: what it prints, its exit status, and what became of the
// container.
#include "tests/helper/docker-api/container_life.h"

#include <QDBusUnixFileDescriptor>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

using namespace escale;
using namespace escale::test;

namespace {

bool contains(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

} // namespace

class DockerContainerLifeTest : public ContainerLifeTest {
    Q_OBJECT
    /// One whose program does this when it is asked to stop, and is ready for that.
    std::string runTrapping(const std::string& what) {
        const std::string ready = shared() + "/ready";
        ::unlink(ready.c_str());
        const std::string id = runDetached(
            {"-v", shared() + ":/shared", "--stop-signal", "TERM"},
            {"/bin/sh", "-c", "trap '" + what + "' TERM; touch /shared/ready; while :; do sleep 0.1; done"});
        (void)QTest::qWaitFor([&ready] { return exists(ready); }, 30'000);
        return id;
    }
    Result<UniqueFd> connected() {
        UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        socket().copy(&address.sun_path[0], sizeof address.sun_path - 1);
        const timeval longest{.tv_sec = 60, .tv_usec = 0};
        (void)::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
        if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            return failErrno("cannot connect to " + socket());
        return client;
    }
    /// What comes, up to these words or the end.
    static std::string readUntil(const UniqueFd& client, const std::string& words) {
        std::string text;
        char c = 0;
        while (!text.ends_with(words) && ::read(client.get(), &c, 1) == 1)
            text += c;
        return text;
    }

private Q_SLOTS:
    void runs() {
        const std::string id = runDetached({"--name", "runs"});
        QCOMPARE(id.size(), std::size_t(64));
        QCOMPARE(stateOf(id), std::string("running"));
        QCOMPARE(container(id).name, QStringLiteral("runs"));
        removed(id);
    }
    void createsAndStarts() {
        const Ran created = docker({"create", "--name", "later", image(), "/bin/sleep", "1000"});
        QCOMPARE(created.code, 0);
        QCOMPARE(stateOf(created.text()), std::string("created"));
        const Ran started = docker({"start", "later"});
        QCOMPARE(started.text(), std::string("later"));
        QCOMPARE(stateOf(created.text()), std::string("running"));
        // One that runs already is no error.
        QCOMPARE(docker({"start", "later"}).code, 0);
        QVERIFY(contains(curl("POST", "/containers/later/start").output, "304 Not Modified"));
        removed("later");
    }
    void saysThatAnImageIsMissing() {
        const Ran ran = curl("POST", "/containers/create", R"({"Image":"not/there"})");
        QVERIFY2(contains(ran.output, "404 Not Found"), ran.output.c_str());
        QVERIFY2(contains(ran.output, R"({"message":"No such image: not/there:latest"})"),
                 ran.output.c_str());
    }
    // Else the command line would pull an image for nothing.
    void aNetworkThatIsMissingIsNoMissingImage() {
        const Ran ran = docker({"create", "--network", "nowhere", image()});
        QCOMPARE(ran.code, 1);
        QVERIFY2(contains(ran.errors, "nowhere") && !contains(ran.errors, "Unable to find image"),
                 ran.errors.c_str());
    }
    void aNameIsGivenOnce() {
        const std::string id = runDetached({"--name", "taken"});
        const Ran second = docker({"run", "-d", "--name", "taken", image()});
        QCOMPARE(second.code, 125);
        QVERIFY2(
            contains(second.errors,
                     "Conflict. The container name \"/taken\" is already in use by container \"" + id +
                         "\". You have to remove (or rename) that container to be able to reuse that name."),
            second.errors.c_str());
        removed(id);
    }
    void aProgramThatIsMissingIs127() {
        const Ran ran = docker({"run", "-d", "--name", "typo", image(), "no-such-program"});
        QCOMPARE(ran.code, 127);
        QVERIFY2(contains(ran.errors, "executable file not found"), ran.errors.c_str());
        removed("typo");
    }
    void aFileThatIsNoProgramIs126() {
        const Ran ran = docker({"run", "-d", "--rm", "--name", "folder", image(), "/tmp"});
        QCOMPARE(ran.code, 126);
        QVERIFY2(contains(ran.errors, "permission denied"), ran.errors.c_str());
        // --rm: nothing stays of it.
        QVERIFY(contains(docker({"start", "folder"}).errors, "No such container: folder"));
    }

    void stops() {
        const std::string id = runTrapping("exit 5");
        const Ran ran = docker({"stop", id});
        QCOMPARE(ran.text(), id);
        QCOMPARE(stateOf(id), std::string("exited"));
        QCOMPARE(container(id).exitCode, 5);
        QVERIFY(contains(curl("POST", "/containers/" + id + "/stop").output, "304 Not Modified"));
        removed(id);
    }
    void killsWhatDoesNotStopInTime() {
        const std::string id = runTrapping("");
        QCOMPARE(docker({"stop", "-t", "1", id}).code, 0);
        QCOMPARE(container(id).exitCode, 137);
        removed(id);
    }
    void stopsWithAnotherSignal() {
        const std::string id = runDetached(
            {"--restart", "always"}, {"/bin/sh", "-c", "trap 'exit 7' USR1; while :; do sleep 0.1; done"});
        QVERIFY(contains(curl("POST", "/containers/" + id + "/stop?signal=USR1").output, "204 No Content"));
        QCOMPARE(stateOf(id), std::string("exited"));
        removed(id);
    }
    void waitsWhileTheEngineHasNoPlaceForAnotherJob() {
        const std::string id = docker({"create", image(), "/bin/sleep", "1000"}).text();
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        UniqueFd writing(ends[1]);
        const auto copy = [&] {
            return m_machine->ask(kUser, "CopyIn",
                                  {QString::fromStdString(id), QStringLiteral("/tmp"),
                                   QVariant::fromValue(QDBusUnixFileDescriptor(reading.get())),
                                   QVariantMap()});
        };
        int jobs = 0;
        while (jobs < 100 && copy().type() == QDBusMessage::ReplyMessage)
            ++jobs; // each of them until its archive has ended
        QVERIFY2(jobs > 0 && jobs < 100, qPrintable(QString::number(jobs)));
        auto removing = begin({dockerProgram(), "rm", id}, {});
        VERIFY_RESULT(removing);
        QVERIFY(contains(docker({"ps", "-aq", "--no-trunc"}).output, id));
        writing.reset();
        const auto status = removing->wait();
        VERIFY_RESULT(status);
        QVERIFY(status->success());
        QVERIFY(!contains(docker({"ps", "-aq", "--no-trunc"}).output, id));
    }
    void killsOneThatIsRemovedThen() {
        for (int i = 0; i < 5; ++i) { // its name is free at once
            const std::string id = runDetached({"--rm", "--name", "again"});
            QVERIFY2(id.size() == 64, id.c_str());
            QCOMPARE(docker({"kill", "again"}).code, 0);
        }
    }
    void restarts() {
        const std::string id = runDetached({});
        const qint64 first = container(id).started;
        QCOMPARE(docker({"restart", "-t", "0", id}).text(), id);
        QCOMPARE(stateOf(id), std::string("running"));
        QVERIFY(container(id).started > first);
        removed(id);
    }
    void sendsSignals() {
        const std::string id =
            runDetached({}, {"/bin/sh", "-c", "trap 'exit 3' USR1; while :; do sleep 0.1; done"});
        QCOMPARE(docker({"kill", "-s", "USR1", id}).text(), id);
        QCOMPARE(docker({"wait", id}).text(), std::string("3"));
        const Ran again = docker({"kill", id});
        QCOMPARE(again.code, 1);
        QVERIFY2(contains(again.errors, "is not running"), again.errors.c_str());
        QVERIFY(contains(docker({"kill", "-s", "MAGIC", id}).errors, "Invalid signal: MAGIC"));
        removed(id);
    }
    void pauses() {
        const std::string id = runDetached({"--name", "calm"});
        QCOMPARE(docker({"pause", "calm"}).text(), std::string("calm"));
        QCOMPARE(stateOf(id), std::string("paused"));
        QVERIFY(contains(docker({"pause", "calm"}).errors, "is already paused"));
        QVERIFY(contains(docker({"start", "calm"}).errors,
                         "cannot start a paused container, try unpause instead"));
        QCOMPARE(docker({"unpause", "calm"}).text(), std::string("calm"));
        QCOMPARE(stateOf(id), std::string("running"));
        QVERIFY(contains(docker({"unpause", "calm"}).errors, "is not paused"));
        removed(id);
    }
    void renames() {
        const std::string id = runDetached({"--name", "before"});
        const std::string other = runDetached({"--name", "other"});
        QCOMPARE(docker({"rename", "before", "after"}).code, 0);
        QCOMPARE(container(id).name, QStringLiteral("after"));
        const Ran taken = docker({"rename", "after", "other"});
        QVERIFY2(contains(taken.errors, "Error when allocating new name: Conflict."), taken.errors.c_str());
        removed(id);
        removed(other);
    }
    void updates() {
        const std::string id = runDetached({"-m", "64m"});
        const Ran ran =
            docker({"update", "-m", "96m", "--memory-swap", "-1", "--restart", "on-failure:3", id});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), id);
        const QVariantMap options = optionsOf(id);
        QCOMPARE(options.value(QStringLiteral("memory")).toULongLong(), 96u << 20);
        QCOMPARE(options.value(QStringLiteral("restart")).toString(), QStringLiteral("on-failure"));
        QCOMPARE(options.value(QStringLiteral("restart-max")).toUInt(), 3u);
        // What is not named stays.
        QCOMPARE(docker({"update", "--cpus", "0.5", id}).code, 0);
        QCOMPARE(optionsOf(id).value(QStringLiteral("memory")).toULongLong(), 96u << 20);
        removed(id);
    }

    void waits() {
        const std::string id = runDetached({}, {"/bin/sh", "-c", "exit 4"});
        QCOMPARE(docker({"wait", id}).text(), std::string("4"));
        QCOMPARE(docker({"wait", id}).text(), std::string("4")); // also when it has ended already
        removed(id);
        const Ran gone = docker({"wait", id});
        QCOMPARE(gone.code, 1);
        QVERIFY2(contains(gone.errors, "No such container: " + id), gone.errors.c_str());
    }
    // docker run asks before it starts: the head must come while nothing has happened yet.
    void waitsForWhatIsNotStartedYet_data() {
        QTest::addColumn<QString>("condition");
        QTest::newRow("next-exit") << QStringLiteral("next-exit");
        QTest::newRow("removed") << QStringLiteral("removed");
    }
    void waitsForWhatIsNotStartedYet() {
        QFETCH(QString, condition);
        const std::string id = docker({"create", "--rm", image(), "/bin/sh", "-c", "exit 6"}).text();
        auto client = connected();
        VERIFY_RESULT(client);
        VERIFY_RESULT(writeAll(client->get(),
                               "POST /containers/" + id + "/wait?condition=" + condition.toStdString() +
                                   " HTTP/1.1\r\nHost: docker\r\n\r\n",
                               "the socket"));
        const std::string head = readUntil(*client, "\r\n\r\n");
        QVERIFY2(contains(head, "200 OK"), head.c_str());
        QCOMPARE(docker({"start", id}).code, 0);
        const std::string body = readUntil(*client, "}");
        QVERIFY2(contains(body, "{\"StatusCode\":6}"), body.c_str());
    }
    void aWaitOfAnUnknownKindIsRefused() {
        const std::string id = runDetached({});
        QVERIFY(
            contains(curl("POST", "/containers/" + id + "/wait?condition=never").output, "400 Bad Request"));
        removed(id);
    }

    void removes() {
        const std::string id = runDetached({"--name", "gone"});
        const Ran running = docker({"rm", "gone"});
        QCOMPARE(running.code, 1);
        QVERIFY2(
            contains(running.errors,
                     "cannot remove container \"/gone\": container is running: stop the container before "
                     "removing or force remove"),
            running.errors.c_str());
        QCOMPARE(docker({"rm", "-f", "gone"}).text(), std::string("gone"));
        QVERIFY(container(id).id.isEmpty());
        QVERIFY(contains(docker({"rm", "gone"}).errors, "No such container: gone"));
    }
    void removesAnonymousVolumesWhenItIsAsked() {
        const std::string id = docker({"create", "-v", "/data", image()}).text();
        const QString mount = optionsOf(id).value(QStringLiteral("mounts")).toStringList().value(0);
        const QString name = mount.section(QStringLiteral("source="), 1).section(u',', 0, 0);
        QVERIFY2(!name.isEmpty(), qPrintable(mount));
        const auto isThere = [this, &name] {
            return docker({"volume", "inspect", name.toStdString()}).code == 0;
        };
        QVERIFY(isThere());
        QCOMPARE(docker({"rm", "-v", id}).code, 0);
        QVERIFY(!isThere());
    }
    void prunes() {
        const std::string kept = docker({"create", "--label", "keep", image()}).text();
        const std::string gone = docker({"create", image()}).text();
        const std::string running = runDetached({});
        const Ran ran = docker({"container", "prune", "-f", "--filter", "label!=keep"});
        QCOMPARE(ran.code, 0);
        QVERIFY2(contains(ran.output, "Deleted Containers:\n" + gone + "\n"), ran.output.c_str());
        QVERIFY(!contains(ran.output, kept) && !contains(ran.output, running));
        QVERIFY(container(gone).id.isEmpty() && !container(kept).id.isEmpty());
        removed(kept);
        removed(running);
    }
    void restartsByItsPolicy() {
        const std::string id = runDetached({"--restart", "on-failure:2"}, {"/bin/sh", "-c", "exit 1"});
        QTRY_COMPARE_WITH_TIMEOUT(container(id).restartCount, 2u, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), std::string("exited"), 60'000);
        removed(id);
    }
    void goesWhenItStops() {
        const std::string id = runDetached({"--rm"}, {"/bin/true"});
        QTRY_VERIFY_WITH_TIMEOUT(container(id).id.isEmpty(), 30'000);
    }
};

ESCALE_TEST(DockerContainerLifeTest)
#include "container_life_test.moc"
