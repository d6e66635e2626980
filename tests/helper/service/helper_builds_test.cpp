// Builds over the bus, as an ordinary user: from the Dockerfile to a container of what it made.
#include "tests/helper/service/build_test.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr std::array kMoments{0,   5,   30,  60,  90,  120,
                              160, 200, 250, 300, 400, 600}; // of a build, milliseconds

} // namespace

class HelperBuildsTest : public BuildTest {
    Q_OBJECT
    /// Bundles and mounts of steps.
    QStringList leftSteps() {
        const std::string folder = m_machine->bus().folder();
        QStringList found;
        for (const char* below : {"/run/steps", "/run/files"}) {
            for (const auto& name : listDirectory(folder + below).value_or(std::vector<std::string>()))
                found.append(QString::fromStdString(name));
        }
        const std::string mounts = readFile("/proc/self/mountinfo").value_or("");
        for (const QString& line : QString::fromStdString(mounts).split(u'\n')) {
            if (line.contains(QString::fromStdString(folder + "/run/steps")))
                found.append(line);
        }
        return found;
    }
    static void fill(ContextFolder& context) {
        for (int i = 0; i < 300; ++i)
            context.write("src/f" + std::to_string(i), std::string(20'000, 'x') + std::to_string(i));
    }
    /// Files, a step with mounts, and another stage that copies.
    std::string longFile() const {
        return from() + "COPY . /all\nRUN --mount=type=cache,target=/c --mount=type=bind,target=/b "
                        "dd if=/dev/zero of=/c/x bs=1M count=20; cp -r /b /y\n"
                        "FROM scratch\nCOPY --from=0 /all /all\nCOPY --from=0 /y /y\n";
    }
    QString refused(const QVariantMap& options) {
        const ContextFolder context;
        return client().start("FROM scratch\n", context, options).reply.errorName();
    }

    /// Where the time goes, in milliseconds since the call was taken; nothing depends on it.
    void tellTimes(const FinishedBuild& built, qint64 all) {
        const auto record = client().list().first();
        QString text;
        for (const BuildEvent& event : client().events(built.id)) {
            if (event.time != 0 && event.kind != BuildEvent::Kind::Log)
                text += QStringLiteral(" %1%2@%3")
                            .arg(QLatin1Char("bsSslwfie"[static_cast<int>(event.kind)]))
                            .arg(QString::fromStdString(event.step))
                            .arg(event.time - record.started);
        }
        qInfo("%lld ms; record ended at %lld;%s", static_cast<long long>(all),
              static_cast<long long>(record.ended - record.started), qPrintable(text));
    }

private Q_SLOTS:
    void anImageIsBuiltAndRuns() {
        ContextFolder context;
        context.write("hello.txt", "hello");
        const auto built = client().build(from() + "WORKDIR /srv\nCOPY hello.txt .\n"
                                                   "RUN cat hello.txt hello.txt > twice\nENV A=b\nUSER 7:8\n",
                                          context, tagged("built:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QCOMPARE(built.result.at("steps").toInteger(), 3);
        QCOMPARE(built.result.at("cached").toInteger(), 0);
        QVERIFY(client().runs(QStringLiteral("docker.io/library/built:1"),
                              "test \"$(cat twice)\" = hellohello && test $A = b && test $(id -u) = 7"));
        const auto record = client().list().first();
        QCOMPARE(record.id, built.id);
        QCOMPARE(record.state, QStringLiteral("done"));
        QCOMPARE(record.image, built.image());
        QCOMPARE(record.tags, QStringList{QStringLiteral("built:1")});
        QVERIFY(client().finished(built.id, "RUN").layer.starts_with("sha256:"));
        QTRY_COMPARE(leftOvers(), QStringList());
    }
    void whatWasBuiltBeforeIsFound() {
        ContextFolder context;
        context.write("a", "1").write("d/b", "2");
        const std::string file =
            from() + "COPY a /a\nRUN cat /a > /b\nWORKDIR /x/y\nCOPY d .\nCMD [\"true\"]\n";
        const auto first = client().build(file, context, tagged("again:1"));
        QCOMPARE(first.status.state, QStringLiteral("done"));
        const auto second = client().build(file, context, tagged("again:2"));
        // Then every step is cached, and the image is the very same
        QCOMPARE(second.result.at("cached").toInteger(), second.result.at("steps").toInteger());
        QCOMPARE(second.image(), first.image());
        // When a file has changed, what comes after it is built again
        context.write("d/b", "3");
        const auto third = client().build(file, context, tagged("again:3"));
        QCOMPARE(third.result.at("cached").toInteger(), third.result.at("steps").toInteger() - 1);
        QVERIFY(client().runs(QStringLiteral("docker.io/library/again:3"), "test $(cat /x/y/b) = 3"));
        // And without the cache nothing is found
        const auto fourth = client().build(file, context, with(tagged("again:4"), "no-cache", true));
        QCOMPARE(fourth.result.at("cached").toInteger(), 0);
    }
    void anImageIsBuiltFromScratch() {
        ContextFolder context;
        context.write("only", "file");
        const auto built = client().build("FROM scratch\nCOPY only /etc/\n", context, {});
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QCOMPARE(built.result.at("names").items().size(), std::size_t{1});
        QVERIFY(built.result.at("names").items()[0].toString().starts_with("localhost/build@sha256:"));
        // Its files as an archive
        QTemporaryDir folder;
        const UniqueFd output(::open(folder.filePath(QStringLiteral("a.tar")).toLocal8Bit().constData(),
                                     O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        const auto reply =
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Images"), QStringLiteral("Export"),
                 {built.image(), QVariant::fromValue(QDBusUnixFileDescriptor(output.get()))});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-tf"), folder.filePath(QStringLiteral("a.tar"))});
        QVERIFY(tar.waitForFinished());
        QCOMPARE(tar.readAllStandardOutput(), QByteArray("etc/\netc/only\n"));
    }
    void stagesAreBuiltAsTheTargetNeedsThem() {
        const ContextFolder context;
        const std::string file = from() + "RUN echo one > /one\n" + from().substr(0, from().size() - 1) +
                                 " AS two\nRUN echo two > /two\nFROM scratch AS last\nCOPY --from=0 /one "
                                 "/\nCOPY --from=two /two /\n";
        const auto built = client().build(file, context, tagged("stages:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QCOMPARE(
            document(QStringLiteral("docker.io/library/stages:1")).at("rootfs").at("diff_ids").items().size(),
            std::size_t{2});
        const auto target =
            client().build(file, context, with(tagged("stages:2"), "target", QStringLiteral("two")));
        QCOMPARE(target.result.at("steps").toInteger(), 1);
        QVERIFY(
            client().runs(QStringLiteral("docker.io/library/stages:2"), "test -e /two && test ! -e /one"));
    }
    void argumentsReachTheSteps() {
        const ContextFolder context;
        const std::string file = from() + "ARG NAME=nobody\nLABEL who=$NAME\nRUN echo $NAME > /name\n";
        const auto built = client().build(
            file, context,
            with(with(tagged("args:1"), "arguments", texts({{QStringLiteral("NAME"), QStringLiteral("me")}})),
                 "labels", texts({{QStringLiteral("more"), QStringLiteral("yes")}})));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/args:1"), "test $(cat /name) = me"));
        const Json labels = document(QStringLiteral("docker.io/library/args:1")).at("config").at("Labels");
        QCOMPARE(labels.at("who").toString() + labels.at("more").toString(), std::string("meyes"));
        // And the record tells what was asked for
        const auto asked = qdbus_cast<QVariantMap>(client().ask("Inspect", {built.id}).arguments().value(0));
        QCOMPARE(
            qdbus_cast<dbus::TextMap>(asked.value(QStringLiteral("arguments"))).value(QStringLiteral("NAME")),
            QStringLiteral("me"));
    }
    void aSecretIsNowhereAfterwards() {
        const std::string secret = "hunter2-" + std::to_string(::getpid());
        const UniqueFd file = memoryFile(secret);
        const dbus::NamedDescriptors lent{{QStringLiteral("pass"), QDBusUnixFileDescriptor(file.get())}};
        const ContextFolder context;
        const auto built = client().build(
            from() + "RUN --mount=type=secret,id=pass --mount=type=secret,id=pass,env=PASS,target=/other "
                     "test \"$(cat /run/secrets/pass)\" = \"$PASS\" && test -n \"$PASS\" && cat /other > "
                     "/dev/null && touch /good\n",
            context, with(tagged("secret:1"), "secrets", QVariant::fromValue(lent)));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/secret:1"),
                              "test -e /good && test ! -e /run/secrets/pass"));
        QCOMPARE(filesWith(secret, m_machine->bus().folder()), QByteArray());
        const auto asked = qdbus_cast<QVariantMap>(client().ask("Inspect", {built.id}).arguments().value(0));
        QCOMPARE(asked.value(QStringLiteral("secrets")).toStringList(), QStringList{QStringLiteral("pass")});
    }
    void anImageHasAllItsNamesOrNone() {
        const ContextFolder context;
        const QStringList names{QStringLiteral("docker.io/library/many:1"),
                                QStringLiteral("example.test/many:2")};
        const auto bad = client().build(from() + "RUN false\n", context, {{QStringLiteral("tags"), names}});
        QCOMPARE(bad.status.state, QStringLiteral("failed"));
        QVERIFY(!client().runs(names[0], "true"));
        const auto good = client().build(from() + "RUN true\n", context, {{QStringLiteral("tags"), names}});
        QCOMPARE(good.result.at("names").items().size(), std::size_t{2});
        QVERIFY(client().runs(names[0], "true"));
        QVERIFY(client().runs(names[1], "true"));
    }
    void aStepThatChangesNothingHasNoLayer() {
        const ContextFolder context;
        const auto built = client().build(from() + "RUN true\nRUN touch /x\n", context, tagged("nothing:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QCOMPARE(client().finished(built.id, "RUN true").layer, std::string());
        const Json made = document(QStringLiteral("docker.io/library/nothing:1"));
        QCOMPARE(made.at("rootfs").at("diff_ids").items().size(), std::size_t{2});
        const auto& history = made.at("history").items();
        QVERIFY(history[history.size() - 2].at("empty_layer").toBool());
        QCOMPARE(history.back().at("created_by").toString(),
                 std::string("RUN /bin/sh -c touch /x # buildkit"));
    }
    void deletedFilesAreGone() {
        ContextFolder context;
        context.write("a", "1").write("d/x", "1");
        const auto built = client().build(from() + "COPY . /\nRUN rm -r /a /d && mkdir /d && touch /d/y\n",
                                          context, tagged("deleted:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/deleted:1"),
                              "test ! -e /a && test ! -e /d/x && test -e /d/y"));
    }
    void mountsAreThereForOneStepOnly() {
        ContextFolder context;
        context.write("script", "echo from-context > /out");
        const std::string file =
            from() + "RUN --mount=type=bind,target=/ctx . /ctx/script\n"
                     "RUN --mount=type=cache,id=c,target=/cache echo x >> /cache/n; cat /cache/n > /n\n"
                     "RUN --mount=type=tmpfs,target=/t touch /t/x\n";
        const auto built = client().build(file, context, tagged("mounts:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/mounts:1"),
                              "test $(cat /out) = from-context && test ! -e /cache/n && test ! -e /t/x"));
        // And a cache holds what an earlier build has put there
        const auto again = client().build(file, context, with(tagged("mounts:2"), "no-cache", true));
        QCOMPARE(again.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/mounts:2"), "test $(cat /n | wc -l) = 2"));
    }

    void aFailedStepCanBeLookedInto() {
        ContextFolder context;
        context.write("a", "content");
        const auto built =
            client().build(from() + "COPY a /\nENV B=c\nWORKDIR /w\n"
                                    "RUN echo half > /half; echo why; exit 3\n",
                           context, with(tagged("failing:1"), "name", QStringLiteral("failing")));
        QCOMPARE(built.status.state, QStringLiteral("failed"));
        QVERIFY2(built.status.errorMessage.contains(QStringLiteral("exit code 3")),
                 qPrintable(built.status.errorMessage));
        const BuildEvent failed = client().finished(built.id, "RUN echo half");
        QCOMPARE(failed.state, BuildEvent::State::Failed);
        QCOMPARE(failed.exitCode, 3);
        QCOMPARE(client().events(built.id).back().state, BuildEvent::State::Failed);
        QVERIFY(client().list().first().keepsFailedStep);
        const auto reply = client().ask("OpenFailed", {built.id});
        const auto opened = m_machine->ended(kUser, reply.arguments().value(0));
        QCOMPARE(opened.state, QStringLiteral("done"));
        const Json result = Json::parse(opened.result.toStdString()).value_or(Json());
        QCOMPARE(result.at("workdir").toString(), std::string("/w"));
        QCOMPARE(result.at("command").items().size(), std::size_t{3});
        QVERIFY(client().runs(QString::fromStdString(result.at("image").toString()),
                              "test $(cat /half) = half && test $(cat /a) = content && test $B = c"));
        // And it goes when the same context is built well
        const auto good = client().build(from() + "RUN true\n", context,
                                         with(tagged("failing:1"), "name", QStringLiteral("failing")));
        QCOMPARE(good.status.state, QStringLiteral("done"));
        QCOMPARE(m_machine->ended(kUser, client().ask("OpenFailed", {built.id}).arguments().value(0)).state,
                 QStringLiteral("failed"));
    }
    void aBuildIsCancelled() {
        const ContextFolder context;
        const auto running =
            client().start(from() + "RUN touch /x; sleep 1000\n", context, tagged("cancelled:1"));
        QTRY_VERIFY_WITH_TIMEOUT(client().events(running.id()).size() >= 5, 20'000);
        QCOMPARE(client().list().first().state, QStringLiteral("running"));
        QCOMPARE(client().ask("Remove", {QStringList{running.id()}}).errorName(),
                 kErrors + QStringLiteral("InUse"));
        call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"), {},
             running.job().value<QDBusObjectPath>().path());
        QCOMPARE(m_machine->ended(kUser, running.job()).state, QStringLiteral("cancelled"));
        QCOMPARE(client().list().first().state, QStringLiteral("cancelled"));
        QCOMPARE(client().events(running.id()).back().state, BuildEvent::State::Cancelled);
        QTRY_COMPARE(leftOvers(), QStringList());
        // And it goes from the list
        QCOMPARE(client().ask("Remove", {QStringList{running.id()}}).type(), QDBusMessage::ReplyMessage);
        QVERIFY(client().list().isEmpty() || client().list().first().id != running.id());
    }
    void aBuildWaitsForItsFilesUntilTheClientHasGone() {
        const UniqueFd file = memoryFile(from() + "RUN true\nCOPY . /x\n");
        for (const bool isCancelled : {true, false}) {
            std::array<int, 2> ends{-1, -1};
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
            UniqueFd ours(ends[0]), theirs(ends[1]);
            ::lseek(file.get(), 0, SEEK_SET);
            const auto reply = client().ask(
                "Build", {QVariant::fromValue(QDBusUnixFileDescriptor(file.get())),
                          QVariant::fromValue(QDBusUnixFileDescriptor(theirs.get())), QVariantMap()});
            theirs.reset();
            const QString id = reply.arguments().value(0).toString();
            QTRY_VERIFY_WITH_TIMEOUT(client().finished(id, "RUN true").state == BuildEvent::State::Done ||
                                         client().finished(id, "RUN true").state == BuildEvent::State::Cached,
                                     20'000);
            if (isCancelled)
                call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"),
                     {}, reply.arguments().value(1).value<QDBusObjectPath>().path());
            else
                ours.reset();
            QCOMPARE(m_machine->ended(kUser, reply.arguments().value(1)).state,
                     isCancelled ? QStringLiteral("cancelled") : QStringLiteral("failed"));
            QTRY_COMPARE(leftOvers(), QStringList());
        }
    }
    void twoBuildsOfOneContextGoOnAtTheSameTime() {
        ContextFolder context;
        context.write("a", "1");
        const std::string file = from() + "COPY a /\nARG N\nRUN echo $N > /n\n";
        const auto first = client().start(
            file, context,
            with(tagged("pair:1"), "arguments", texts({{QStringLiteral("N"), QStringLiteral("1")}})));
        const auto second = client().start(
            file, context,
            with(tagged("pair:2"), "arguments", texts({{QStringLiteral("N"), QStringLiteral("2")}})));
        QCOMPARE(m_machine->ended(kUser, first.job()).state, QStringLiteral("done"));
        QCOMPARE(m_machine->ended(kUser, second.job()).state, QStringLiteral("done"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/pair:1"), "test $(cat /n)$(cat /a) = 11"));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/pair:2"), "test $(cat /n)$(cat /a) = 21"));
    }
    void theSameTimeGivesTheSameImage() {
        ContextFolder context;
        context.write("a", "1");
        const std::string file = from() + "WORKDIR /w\nCOPY a .\nRUN touch b; mkdir c; ln b c/d\n";
        const QVariantMap options =
            with(with(tagged("epoch:1"), "no-cache", true), "arguments",
                 texts({{QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("1600000000")}}));
        const auto first = client().build(file, context, options);
        QCOMPARE(first.status.state, QStringLiteral("done"));
        QTest::qWait(1100); // file systems' clocks count seconds here
        const auto second = client().build(file, context, options);
        QCOMPARE(second.result.at("cached").toInteger(), 0);
        QCOMPARE(second.image(), first.image());
        QCOMPARE(document(QStringLiteral("docker.io/library/epoch:1")).at("created").toString(),
                 std::string("2020-09-13T12:26:40.000Z"));
    }
    void theCacheIsListedAndPruned() {
        const ContextFolder context;
        const std::string file = from() + "RUN echo pruned > /pruned\n";
        QCOMPARE(client().build(file, context, {}).status.state, QStringLiteral("done"));
        const auto cache = client().cache();
        QVERIFY(std::any_of(cache.begin(), cache.end(), [](const auto& entry) {
            return entry.kind == QLatin1String("step") &&
                   entry.text.startsWith(QLatin1String("RUN echo pruned"));
        }));
        const auto reply = client().ask("PruneCache", {QVariantMap()});
        QVERIFY(reply.arguments().value(0).toUInt() > 0);
        QCOMPARE(client().cache().size(), 0);
        const auto again = client().build(file, context, {});
        QCOMPARE(again.result.at("cached").toInteger(), 0);
    }
    void aStepsFilesAreTold() {
        const ContextFolder context;
        const auto built = client().build(from() + "RUN echo told > /told\n", context, {});
        const QString layer = QString::fromStdString(client().finished(built.id, "RUN").layer);
        const auto reply = client().ask("ReadStep", {layer});
        QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
        const auto records =
            readFd(reply.arguments().value(1).value<QDBusUnixFileDescriptor>().fileDescriptor());
        VERIFY_RESULT(records);
        QVERIFY(records->find("told") != std::string::npos);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        // And to nobody else
        QCOMPARE(client().ask("ReadStep", {layer}, 0).errorName(), kErrors + QStringLiteral("NotFound"));
    }
    void anImageIsPulledForABuild() {
        const ContextFolder context;
        const auto built =
            client().build(from() + "RUN true\n", context,
                           with(with(tagged("pulled:1"), "pull", true), "insecure-registries",
                                QStringList{QString::fromStdString(m_machine->registry().host())}));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        const auto missing =
            client().build("FROM " + m_machine->registry().host() + "/nothing:1\n", context,
                           {{QStringLiteral("insecure-registries"),
                             QStringList{QString::fromStdString(m_machine->registry().host())}}});
        QCOMPARE(missing.status.state, QStringLiteral("failed"));
    }
    void aDockerfileThatIsNoneFails() {
        const ContextFolder context;
        const auto built = client().build("FROM scratch\nWHAT is this\n", context, {});
        QCOMPARE(built.status.state, QStringLiteral("failed"));
        QVERIFY2(built.status.errorMessage.contains(QStringLiteral("WHAT")),
                 qPrintable(built.status.errorMessage));
        QCOMPARE(client().list().first().state, QStringLiteral("failed"));
        QCOMPARE(client().events(built.id).back().kind, BuildEvent::Kind::Ended);
    }

    void othersSeeNothing() {
        const ContextFolder context;
        const auto built = client().build(from() + "RUN true\n", context, tagged("mine:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client().list(0).isEmpty());
        QVERIFY(client().cache(0).isEmpty());
        for (const char* member : {"Inspect", "OpenEvents"})
            QCOMPARE(client().ask(member, {built.id}, 0).errorName(), kErrors + QStringLiteral("NotFound"));
        QCOMPARE(client().ask("Remove", {QStringList{built.id}}, 0).errorName(),
                 kErrors + QStringLiteral("NotFound"));
    }
    void impossibleOptionsAreRefused() {
        const QString invalid = kErrors + QStringLiteral("InvalidArgument");
        QCOMPARE(refused({{QStringLiteral("tags"), QStringList{QStringLiteral("UPPER CASE")}}}), invalid);
        QCOMPARE(
            refused({{QStringLiteral("tags"), QStringList{QStringLiteral("a@sha256:") + QString(64, u'0')}}}),
            invalid);
        QCOMPARE(refused({{QStringLiteral("memory"), QVariant::fromValue(quint64{1000})}}), invalid);
        QCOMPARE(refused({{QStringLiteral("extra-hosts"), QStringList{QStringLiteral("nameonly")}}}),
                 invalid);
        QCOMPARE(refused({{QStringLiteral("network"), QStringLiteral("somewhere")}}), invalid);
        QCOMPARE(refused({{QStringLiteral("platform"), QStringLiteral("linux")}}), invalid);
        const QString denied = refused({{QStringLiteral("network"), QStringLiteral("host")}});
        QVERIFY2(!denied.isEmpty() && denied != invalid, qPrintable(denied));
        QVERIFY(!refused({{QStringLiteral("no-such-option"), true}}).isEmpty());
        // Descriptors that are not what they should be
        const UniqueFd file = memoryFile("FROM scratch\n");
        const QVariant passed = QVariant::fromValue(QDBusUnixFileDescriptor(file.get()));
        QCOMPARE(client().ask("Build", {passed, passed, QVariantMap()}).errorName(), invalid);
        QCOMPARE(client().ask("Inspect", {QStringLiteral("../../x")}).errorName(), invalid);
    }
    void fiveBuildsAtOnceAreTooMany() {
        const ContextFolder context;
        std::vector<BuildClient::Running> running;
        for (int i = 0; i < 4; ++i)
            running.push_back(client().start(from() + "RUN sleep 1000\n", context, {}));
        QCOMPARE(client().start("FROM scratch\n", context, {}).reply.errorName(),
                 kErrors + QStringLiteral("WrongState"));
        for (const auto& build : running) {
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"), {},
                 build.job().value<QDBusObjectPath>().path());
            QCOMPARE(m_machine->ended(kUser, build.job()).state, QStringLiteral("cancelled"));
        }
    }
    void aHelperThatIsKilledLeavesNothing() {
        ContextFolder context;
        context.write("a", "1");
        const auto running =
            client().start(from() + "COPY a /\nRUN touch /x; sleep 1000\n", context, tagged("killed:1"));
        QTRY_VERIFY_WITH_TIMEOUT(client().events(running.id()).size() >= 8, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!filesWith("sleep 1000", m_machine->bus().folder()).isEmpty(), 20'000);
        const pid_t helper = m_machine->bus().helperPid();
        QVERIFY(helper > 0);
        QCOMPARE(::kill(helper, SIGKILL), 0);
        QTRY_VERIFY(m_machine->bus().helperPid() != helper);
        // Then the next one knows that it has failed, and what it left is gone
        QTRY_VERIFY_WITH_TIMEOUT(!client().list().isEmpty(), 20'000);
        const auto record = client().list().first();
        QCOMPARE(record.id, running.id());
        QCOMPARE(record.state, QStringLiteral("failed"));
        QCOMPARE(record.error, QStringLiteral("the engine ended"));
        QCOMPARE(client().events(running.id()).back().kind, BuildEvent::Kind::Ended);
        QTRY_COMPARE_WITH_TIMEOUT(leftOvers(), QStringList(), 20'000);
        const auto steps = listDirectory(m_machine->bus().folder() + "/run/steps");
        QVERIFY(!steps || steps->empty());
        // And the next build works
        const auto built = client().build(from() + "COPY a /\nRUN touch /x\n", context, tagged("killed:1"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
    }
    void aHelperMayBeKilledAtAnyMoment() {
        ContextFolder context;
        fill(context);
        for (const int milliseconds : kMoments) {
            context.write("changing", std::to_string(milliseconds));
            const auto running = client().start(longFile(), context, with({}, "no-cache", true));
            QTest::qWait(milliseconds); // any moment is as good
            const pid_t helper = m_machine->bus().helperPid();
            QCOMPARE(::kill(helper, SIGKILL), 0);
            QTRY_VERIFY(m_machine->bus().helperPid() != helper);
            QTRY_VERIFY_WITH_TIMEOUT(!client().list().isEmpty(), 20'000);
            for (const auto& record : client().list())
                QVERIFY(record.state != QLatin1String("running"));
            QTRY_COMPARE_WITH_TIMEOUT(leftOvers(), QStringList(), 20'000);
            QTRY_COMPARE(leftSteps(), QStringList());
        }
        // And the files that the next build needs are all there
        const auto built =
            client().build(longFile() + "COPY --from=0 /all/changing /c\n", context, tagged("killed:2"));
        QCOMPARE(built.status.state, QStringLiteral("done"));
        QVERIFY(client()
                    .build("FROM killed:2 AS files\n" + from() +
                               "RUN --mount=type=bind,from=files,target=/f test $(cat /f/c) = " +
                               std::to_string(kMoments.back()) + " && test $(ls /f/all/src | wc -l) = 300\n",
                           context, {})
                    .status.state == QLatin1String("done"));
    }
    void aBuildMayBeCancelledAtAnyMoment() {
        ContextFolder context;
        fill(context);
        for (const int milliseconds : kMoments) {
            context.write("changing", std::to_string(milliseconds));
            const auto running = client().start(longFile(), context, with({}, "no-cache", true));
            QTest::qWait(milliseconds); // any moment is as good
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"), {},
                 running.job().value<QDBusObjectPath>().path());
            const auto end = m_machine->ended(kUser, running.job());
            QVERIFY(end.state == QLatin1String("cancelled") || end.state == QLatin1String("done"));
            QCOMPARE(client().list().first().state, end.state);
            QCOMPARE(client().events(running.id()).back().kind, BuildEvent::Kind::Ended);
            QTRY_COMPARE_WITH_TIMEOUT(leftOvers(), QStringList(), 20'000);
            QTRY_COMPARE(leftSteps(), QStringList());
        }
    }
    void aRebuildOfManyFilesIsAllCached() {
        ContextFolder context;
        for (int i = 0; i < 2000; ++i)
            context.write("src/d" + std::to_string(i % 40) + "/f" + std::to_string(i),
                          "content of " + std::to_string(i));
        const std::string file = from() +
                                 "ENV A=b\nWORKDIR /app\nCOPY src/d1 d1\nRUN cat d1/f1 > one\nCOPY . .\n"
                                 "RUN touch two\nLABEL l=m\nEXPOSE 80\nCMD [\"true\"]\n";
        QElapsedTimer clock;
        clock.start();
        const auto first = client().build(file, context, tagged("measured:1"));
        QCOMPARE(first.status.state, QStringLiteral("done"));
        tellTimes(first, clock.elapsed());
        for (int i = 0; i < 3; ++i) {
            clock.restart();
            const auto again = client().build(file, context, tagged("measured:1"));
            tellTimes(again, clock.elapsed());
            QCOMPARE(again.result.at("cached").toInteger(), again.result.at("steps").toInteger());
            QCOMPARE(again.image(), first.image());
        }
    }
};

ESCALE_TEST(HelperBuildsTest)
#include "helper_builds_test.moc"
