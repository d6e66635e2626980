// Images that go into registries, over the bus; skopeo reads there what has come of them.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/test_registry.h"

#include <QCryptographicHash>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

using namespace escale;
using namespace escale::test;

static constexpr auto kImages = "org.escale.Engine1.Images";

class HelperPushTest : public HelperTest {
    Q_OBJECT
    std::unique_ptr<DockerRegistry> m_other;

    QDBusMessage images(uid_t user, const char* member, const QVariantList& arguments = {}) {
        return call(m_machine->as(user), QLatin1String(kImages), QLatin1String(member), arguments);
    }
    QVariant begin(const QString& image, const QVariantMap& options, uid_t user = kUser) {
        const auto reply = images(user, "Push", {image, options});
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return reply.arguments().value(0);
    }
    dbus::JobStatus push(const QString& image, const QString& target, QVariantMap options = {},
                         uid_t user = kUser) {
        if (!target.isEmpty())
            options.insert(QStringLiteral("target"), target);
        return m_machine->ended(user, begin(image, options, user));
    }
    static Json resultOf(const dbus::JobStatus& status) {
        return Json::parse(status.result.toStdString()).value_or(Json());
    }
    /// present, mounted, sent
    static std::vector<std::int64_t> counts(const dbus::JobStatus& status) {
        const Json result = resultOf(status);
        return {result.at("present").toInteger(), result.at("mounted").toInteger(),
                result.at("sent").toInteger()};
    }
    static QByteArray run(const QString& program, const QStringList& arguments) {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qWarning("%s", process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }
    static QByteArray rawManifest(const QString& reference) {
        return run(QStringLiteral("skopeo"),
                   {QStringLiteral("inspect"), QStringLiteral("--raw"), QStringLiteral("--tls-verify=false"),
                    QStringLiteral("docker:") + QStringLiteral("//") + reference});
    }
    static Json manifestOf(const QString& reference) {
        return Json::parse(rawManifest(reference).toStdString()).value_or(Json());
    }
    /// Digests of the layers' tars, as skopeo fetches them (and proves their blobs' digests).
    static QStringList tarDigests(const QString& reference) {
        const QTemporaryDir folder;
        run(QStringLiteral("skopeo"), {QStringLiteral("copy"), QStringLiteral("--src-tls-verify=false"),
                                       QStringLiteral("docker:") + QStringLiteral("//") + reference,
                                       QStringLiteral("dir:") + folder.path()});
        QStringList digests;
        const Json manifest =
            Json::parse(readFile(folder.path().toStdString() + "/manifest.json").value_or(""))
                .value_or(Json());
        for (const Json& layer : manifest.at("layers").items()) {
            const bool isZstd = layer.at("mediaType").toString().ends_with("zstd");
            const QString file =
                folder.path() + u'/' + QString::fromStdString(layer.at("digest").toString()).section(u':', 1);
            const QByteArray sum =
                run(QStringLiteral("sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("%1 -dc < %2 | sha256sum")
                         .arg(isZstd ? QStringLiteral("zstd") : QStringLiteral("gzip"), file)});
            digests.append(QStringLiteral("sha256:") + QString::fromLatin1(sum.left(64)));
        }
        return digests;
    }
    dbus::Image imageOf(const QString& tag, uid_t user = kUser) {
        const auto list = images(user, "List").arguments().value(0);
        for (const auto& image : qdbus_cast<dbus::ImageList>(list)) {
            if (image.repository + u':' + image.tag == tag)
                return image;
        }
        return {};
    }
    static QStringList diffIds(const dbus::Image& image) {
        QStringList ids;
        for (const auto& layer : image.layers)
            ids.append(layer.diffId);
        return ids;
    }
    static inline const std::string kUploads = "/v2/slow/blobs/uploads/";
    /// A push to a registry that never answers when it is asked to take something.
    QVariant beginSlowly(ScriptedHttpServer& registry) {
        registry.on(kUploads, neverAnswers());
        return begin(m_machine->image(),
                     {{QStringLiteral("target"), QString::fromStdString(registry.host() + "/slow:1")}});
    }
    /// The helper's process that talks to a registry; 0: there is none.
    pid_t pushWorker() {
        const std::string parent = "PPid:\t" + std::to_string(m_machine->bus().helperPid()) + "\n";
        for (const auto& name : listDirectory("/proc").value_or(std::vector<std::string>())) {
            const std::string command = readFile("/proc/" + name + "/cmdline").value_or("");
            const std::string status = readFile("/proc/" + name + "/status").value_or("");
            if (command.ends_with(std::string("push\0", 5)) && status.find(parent) != std::string::npos)
                return std::atoi(name.c_str());
        }
        return 0;
    }
    [[nodiscard]] QString here(const char* name) const {
        return QString::fromStdString(m_machine->registry().host()) + u'/' + QLatin1String(name);
    }
    [[nodiscard]] QString there(const char* name) const {
        return QString::fromStdString(m_other->host()) + u'/' + QLatin1String(name);
    }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(exists("/usr/bin/skopeo"), "skopeo is not installed");
        if (!m_other)
            m_other = DockerRegistry::start().value();
    }
    void inItsOwnRegistryNothingIsSent() {
        // Given an image that was pulled, when it is pushed to another repository of its registry,
        const auto status = push(m_machine->image(), here("copy:1"));
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        // then the registry takes all from where it came,
        QCOMPARE(counts(status), (std::vector<std::int64_t>{0, 1, 0}));
        QCOMPARE(resultOf(status).at("bytes").toInteger(), std::int64_t{0});
        QCOMPARE(status.steps.value(0).phase, QStringLiteral("present"));
        // and the image there is the same to the byte.
        QCOMPARE(rawManifest(here("copy:1")), rawManifest(m_machine->image()));
        QCOMPARE(QString::fromStdString(resultOf(status).at("digest").toString()),
                 imageOf(m_machine->image()).digest);
        QCOMPARE(QString::fromStdString(resultOf(status).at("reference").toString()), here("copy:1"));
        // It is told as Docker tells it.
        const auto events =
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1"), QStringLiteral("ListEvents"),
                 {QVariantMap{{QStringLiteral("filters"), QStringList{QStringLiteral("event=push")}}}});
        const auto event = qdbus_cast<dbus::EventList>(events.arguments().value(0)).value(0);
        QCOMPARE(event.attributes.value(QStringLiteral("name")), here("copy:1"));
        // Once more, it is there.
        QCOMPARE(counts(push(m_machine->image(), here("copy:2"))), (std::vector<std::int64_t>{1, 0, 0}));
    }
    void inAnotherRegistryLayersArePackedOnce() {
        const auto first = push(m_machine->image(), there("app:1"));
        QVERIFY2(first.state == QLatin1String("done"), qPrintable(first.errorMessage));
        QCOMPARE(counts(first), (std::vector<std::int64_t>{0, 0, 1}));
        QVERIFY(resultOf(first).at("bytes").toInteger() > 100'000);
        QCOMPARE(first.steps.value(0).phase, QStringLiteral("done"));
        // The image is the same by its configuration and what its layers hold.
        QCOMPARE(manifestOf(there("app:1")).at("config").dump(),
                 manifestOf(m_machine->image()).at("config").dump());
        QCOMPARE(tarDigests(there("app:1")), diffIds(imageOf(m_machine->image())));
        QCOMPARE(
            "sha256:" +
                QCryptographicHash::hash(rawManifest(there("app:1")), QCryptographicHash::Sha256).toHex(),
            QByteArray::fromStdString(resultOf(first).at("digest").toString()));
        // The second time nothing is packed, and nothing sent.
        const auto second = push(m_machine->image(), there("app:2"));
        QCOMPARE(counts(second), (std::vector<std::int64_t>{1, 0, 0}));
        QCOMPARE(resultOf(second).at("bytes").toInteger(), std::int64_t{0});
        QCOMPARE(rawManifest(there("app:2")), rawManifest(there("app:1")));
        // A name of it in that registry shows another repository where to take it from.
        QCOMPARE(images(kUser, "Tag", {m_machine->image(), there("app:1")}).type(),
                 QDBusMessage::ReplyMessage);
        QCOMPARE(counts(push(m_machine->image(), there("team/app:1"))), (std::vector<std::int64_t>{0, 1, 0}));
    }
    void layersArePackedAsAsked() {
        // What a registry has is never packed again: this one has nothing.
        const auto empty = DockerRegistry::start().value();
        const QString target = QString::fromStdString(empty->host() + "/zstd:1");
        const auto status =
            push(m_machine->image(), target, {{QStringLiteral("compression"), QStringLiteral("zstd")}});
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        QCOMPARE(manifestOf(target).at("layers").items().at(0).at("mediaType").toString(),
                 std::string("application/vnd.oci.image.layer.v1.tar+zstd"));
        QCOMPARE(tarDigests(target), diffIds(imageOf(m_machine->image())));
    }
    void dockersTypesStay() {
        // Given an image in Docker's own form, pulled by its digest,
        TarBuilder tar;
        TestImage image({gzipLayer(tar.file("a", std::string(50'000, 'a')).finish())});
        image.layers[0].mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip";
        const std::string type = "application/vnd.docker.distribution.manifest.v2+json";
        image.manifest.set("mediaType", type);
        image.manifest.set("config", test::descriptor("application/vnd.docker.container.image.v1+json",
                                                      image.config.dump()));
        image.manifest.set("layers",
                           Json::Array{test::descriptor(image.layers[0].mediaType, image.layers[0].blob)});
        for (const std::string& blob : {image.layers[0].blob, image.config.dump()})
            VERIFY_RESULT(m_machine->registry().pushBlob("docker", blob));
        VERIFY_RESULT(m_machine->registry().pushManifest("docker", "1", type, image.manifest.dump()));
        const auto pulled = images(kUser, "Pull", {here("docker:1"), QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, pulled.arguments().value(0)).state, QStringLiteral("done"));
        // when it goes elsewhere, then it has the same types,
        const auto status = push(here("docker:1"), there("docker:1"));
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        const Json manifest = manifestOf(there("docker:1"));
        QCOMPARE(manifest.at("mediaType").toString(), type);
        QCOMPARE(manifest.at("layers").items().at(0).at("mediaType").toString(), image.layers[0].mediaType);
        QCOMPARE(manifest.at("config").dump(), image.manifest.at("config").dump());
        // and these know no zstd.
        const auto zstd = push(here("docker:1"), there("docker-zstd:1"),
                               {{QStringLiteral("compression"), QStringLiteral("zstd")}});
        QCOMPARE(zstd.errorName, kErrors + QStringLiteral("Unsupported"));
    }
    void whatACommitMadeIsPushed() {
        // Given an image of a container,
        const QString id = m_machine->run(kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                                  QStringLiteral("echo mine > /etc/mine && sleep 1000")});
        QVERIFY(!id.isEmpty());
        const auto reply = m_machine->ask(kUser, "Commit", {id, QStringLiteral("made:1"), QVariantMap()});
        const auto made = m_machine->ended(kUser, reply.arguments().value(0));
        QVERIFY2(made.state == QLatin1String("done"), qPrintable(made.errorMessage));
        m_machine->remove(kUser, id);
        // when it goes to the registry of its base, then only its own layer is sent.
        const auto status = push(QStringLiteral("made:1"), here("made:1"));
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        QCOMPARE(counts(status), (std::vector<std::int64_t>{0, 1, 1}));
        QCOMPARE(tarDigests(here("made:1")), diffIds(imageOf(QStringLiteral("docker.io/library/made:1"))));
        QCOMPARE(counts(push(QStringLiteral("made:1"), here("made:2"))),
                 (std::vector<std::int64_t>{2, 0, 0}));
    }
    void severalLayersGoAtOnce() {
        // Given an image of many layers, one of them twice and one empty,
        std::vector<TestLayer> layers;
        for (const char* name : {"a", "b", "c", "d", "a", "e", "f"})
            layers.push_back(gzipLayer(TarBuilder().file(name, std::string(300'000, *name)).finish()));
        layers.push_back(gzipLayer(TarBuilder().finish()));
        VERIFY_RESULT(TestImage(layers).push(m_machine->registry(), "many", "1"));
        const auto pulled = images(kUser, "Pull", {here("many:1"), QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, pulled.arguments().value(0)).state, QStringLiteral("done"));
        // when it is pushed, then each arrives as it was.
        const auto status = push(here("many:1"), there("many:1"));
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
        QCOMPARE(counts(status), (std::vector<std::int64_t>{0, 0, 8}));
        QCOMPARE(status.steps.size(), 8);
        QCOMPARE(status.done, status.total);
        QCOMPARE(tarDigests(there("many:1")), diffIds(imageOf(here("many:1"))));
    }
    void aLayerThatCannotBePackedIsNamed() {
        // Given a layer of whose tar nothing is known, as older versions kept it,
        const TestImage image({gzipLayer(TarBuilder().file("lost", "record").finish())});
        VERIFY_RESULT(image.push(m_machine->registry(), "lost", "1"));
        const auto pulled = images(kUser, "Pull", {here("lost:1"), QVariantMap()});
        QCOMPARE(m_machine->ended(kUser, pulled.arguments().value(0)).state, QStringLiteral("done"));
        const QString folder =
            QString::fromStdString(m_machine->bus().folder()) + QStringLiteral("/state/layers");
        int last = 0;
        for (const QString& name : QDir(folder).entryList({QStringLiteral("*.record")}, QDir::Files))
            last = std::max(last, name.section(u'.', 0, 0).toInt());
        QVERIFY(QFile::remove(QStringLiteral("%1/%2.record").arg(folder).arg(last)));
        // when it would have to be packed, then it is said what to do;
        const auto status = push(here("lost:1"), there("lost:1"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("NotFound"));
        QVERIFY2(status.hint.contains(QLatin1String("ull")), qPrintable(status.errorMessage + status.hint));
        // where the registry has it, nothing is missing.
        QCOMPARE(push(here("lost:1"), here("found:1")).state, QStringLiteral("done"));
    }
    void anImageOfSomebodyElseIsNone() {
        QCOMPARE(images(0, "Tag", {m_machine->image(), QStringLiteral("roots:1")}).type(),
                 QDBusMessage::ReplyMessage);
        QCOMPARE(push(QStringLiteral("roots:1"), there("stolen:1")).errorName,
                 kErrors + QStringLiteral("NotFound"));
        QVERIFY(push(QStringLiteral("roots:1"), there("mine:1"), {}, 0).state == QLatin1String("done"));
    }
    void whatCannotBePushedIsRefused() {
        const QString invalid = kErrors + QStringLiteral("InvalidArgument");
        const QString image = m_machine->image();
        const auto refusal = [&](const QString& name, const QVariantMap& options) {
            return images(kUser, "Push", {name, options}).errorName();
        };
        QCOMPARE(refusal(QStringLiteral("a b"), {}), invalid);
        QCOMPARE(refusal(image, {{QStringLiteral("target"), QStringLiteral("a b")}}), invalid);
        QCOMPARE(refusal(image, {{QStringLiteral("target"), QString()}}), invalid);
        QCOMPARE(refusal(image, {{QStringLiteral("compression"), QStringLiteral("xz")}}), invalid);
        QCOMPARE(refusal(image, {{QStringLiteral("username"), QStringLiteral("ada")}}), invalid);
        QCOMPARE(refusal(image, {{QStringLiteral("unknown"), true}}), invalid);
        // What only the image shows
        const QString digest = imageOf(image).digest;
        QCOMPARE(push(digest, QString()).errorName, invalid);
        QCOMPARE(push(image, there("x@") + digest).errorName, invalid);
        QCOMPARE(push(QStringLiteral("no-such-image"), there("x:1")).errorName,
                 kErrors + QStringLiteral("NotFound"));
        QCOMPARE(push(digest, there("by-digest:1")).state, QStringLiteral("done"));
    }
    void asksForAnAccount() {
        const auto guarded = DockerRegistry::start(true).value();
        const QString target = QString::fromStdString(guarded->host() + "/team/app:1");
        const auto refused = push(m_machine->image(), target);
        QCOMPARE(refused.errorName, kErrors + QStringLiteral("AuthenticationNeeded"));
        QVERIFY2(refused.errorMessage.contains(target), qPrintable(refused.errorMessage));
        const auto status = push(m_machine->image(), target,
                                 {{QStringLiteral("username"), QLatin1String(DockerRegistry::kUser)},
                                  {QStringLiteral("password"), QLatin1String(DockerRegistry::kPassword)}});
        QVERIFY2(status.state == QLatin1String("done"), qPrintable(status.errorMessage));
    }
    void theWorkerMayDoNothingElse() {
        // Given a push that waits for its registry,
        ScriptedHttpServer slow;
        const QVariant job = beginSlowly(slow);
        QTRY_VERIFY_WITH_TIMEOUT(slow.count(kUploads) > 0, 20'000);
        // when one looks at the worker that talks to it, then that is nobody, and confined;
        const pid_t worker = pushWorker();
        QVERIFY(worker > 0);
        const auto status = readFile("/proc/" + std::to_string(worker) + "/status");
        VERIFY_RESULT(status);
        for (const char* line :
             {"Uid:\t65534\t65534\t65534\t65534\n", "Groups:\t \n", "CapPrm:\t0000000000000000\n",
              "CapEff:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Seccomp:\t2\n"})
            QVERIFY2(status->find(line) != std::string::npos, (line + *status).c_str());
        // when it dies, then the job says so, and nothing of it is left.
        QCOMPARE(::kill(worker, SIGKILL), 0);
        const auto ended = m_machine->ended(kUser, job);
        QCOMPARE(ended.errorName, kErrors + QStringLiteral("SystemFailure"));
        QVERIFY2(ended.errorMessage.contains(QLatin1String("was ended by signal 9")),
                 qPrintable(ended.errorMessage));
        QCOMPARE(pushWorker(), 0);
    }
    void canBeCancelled() {
        // Given a registry that does not get on with an upload,
        ScriptedHttpServer slow;
        const QVariant job = beginSlowly(slow);
        QTRY_VERIFY_WITH_TIMEOUT(slow.count(kUploads) > 0, 20'000);
        // when the job is cancelled, then it ends.
        call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"), {},
             job.value<QDBusObjectPath>().path());
        QCOMPARE(m_machine->ended(kUser, job).state, QStringLiteral("cancelled"));
        QCOMPARE(pushWorker(), 0);
    }
    void aFailureSaysWhatIsThere() {
        // Given a registry that has all blobs, and takes no manifest,
        ScriptedHttpServer stubborn;
        stubborn.before([](const HttpRequest& request) -> std::optional<HttpAnswer> {
            return request.method == "HEAD" ? answer(200) : answer(400, "{}");
        });
        const auto status = push(m_machine->image(), QString::fromStdString(stubborn.host() + "/stubborn:1"));
        // then a person learns that nothing has the name.
        QCOMPARE(status.errorName, kErrors + QStringLiteral("RemoteFailure"));
        QVERIFY2(status.errorMessage.contains(QLatin1String("1 of 1 layers are in")),
                 qPrintable(status.errorMessage));
    }
};
ESCALE_TEST(HelperPushTest)

#include "helper_push_test.moc"
