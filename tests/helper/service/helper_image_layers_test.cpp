// What is in an image's layers, over the bus, as an ordinary user: records through a pipe, and the documents.
#include "engine/base/file.h"
#include "engine/image/image_config.h"
#include "engine/image/image_efficiency.h"
#include "engine/image/image_findings.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>

#include <fcntl.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr uid_t kUser = PrivateBus::kNobody;
const QString kImages = QStringLiteral("org.escale.Engine1.Images");
const QString kErrors = QStringLiteral("org.escale.Error.");

UniqueFd received(const QVariant& value) {
    return UniqueFd(::fcntl(value.value<QDBusUnixFileDescriptor>().fileDescriptor(), F_DUPFD_CLOEXEC, 3));
}

/// Three layers with all that layers can hold.
TestImage layeredImage() {
    const std::string library(5000, 'l');
    TarBuilder base;
    base.folder("usr").folder("usr/bin").folder("old").folder("root").folder("root/.ssh", 0700).folder("lib");
    base.add({.name = "usr/bin/su", .content = "su", .mode = 04755, .owner = 0, .group = 0});
    base.add({.name = "usr/bin/link", .type = '1', .link = "usr/bin/su"});
    base.add({.name = "usr/bin/sh", .type = '2', .link = "busybox"});
    base.add({.name = "root/.ssh/id_rsa",
              .content = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n",
              .mode = 0600,
              .owner = 0,
              .group = 0});
    base.file("old/a", "aaaa").file("old/b", "bb").file("lib/same.so", library);
    TarBuilder middle;
    middle.file("old/.wh..wh..opq").file("old/new", "n").folder("opt").file("opt/same.so", library);
    TarBuilder top;
    top.file("root/.wh..ssh")
        .add({.name = "usr/bin/su", .content = "su", .mode = 0755, .owner = 7, .group = 8});
    return TestImage({gzipLayer(base.finish()), zstdLayer(middle.finish()), gzipLayer(top.finish())});
}

} // namespace

class HelperImageLayersTest : public QObject {
    Q_OBJECT
    std::unique_ptr<HelperMachine> m_machine;
    QString m_image;

    QDBusMessage ask(const char* member, const QString& image, uid_t user = kUser) {
        return call(m_machine->as(user), kImages, QLatin1String(member), {image});
    }
    // The whole stream, read to its end.
    Result<LayerRecordReader> records(const QString& image) {
        const auto reply = ask("ReadLayers", image);
        if (reply.type() != QDBusMessage::ReplyMessage)
            return fail(ErrorCode::Internal, reply.errorMessage().toStdString());
        LayerRecordReader reader;
        TRY_ASSIGN(const std::string bytes, readFd(received(reply.arguments().value(1)).get()));
        TRY(reader.take(bytes));
        const auto status = m_machine->ended(kUser, reply.arguments().value(0));
        if (status.state != QLatin1String("done"))
            return fail(ErrorCode::Internal, status.errorMessage.toStdString());
        return reader;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string reason = enterOwnNetwork();
        SKIP_UNLESS(reason.empty(), reason.c_str());
        SKIP_UNLESS(DockerRegistry::isInstalled(), "needs docker-registry");
        SKIP_UNLESS(exists("/bin/busybox"), "needs busybox-static");
        auto machine = HelperMachine::start();
        VERIFY_RESULT(machine);
        m_machine = std::move(*machine);
        VERIFY_RESULT(layeredImage().push(m_machine->registry(), "layered", "1"));
        m_image = QString::fromStdString(m_machine->registry().host() + "/layered:1");
        const auto reply = call(m_machine->as(kUser), kImages, QStringLiteral("Pull"),
                                {m_image, QVariantMap{{QStringLiteral("insecure"), true}}});
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
    }
    void cleanup() {
        if (QTest::currentTestFailed() && m_machine)
            qWarning("%s", m_machine->bus().log().c_str());
    }
    void cleanupTestCase() { m_machine.reset(); }

    void everyFileOfEveryLayerIsTold() {
        auto reader = records(m_image);
        VERIFY_RESULT(reader);
        QVERIFY(reader->hasEnded());
        const LayerStack stack(reader->takeLayers());
        QCOMPARE(stack.layerCount(), std::size_t{3});
        const auto entry = [&](const char* path, std::size_t layer) {
            return stack.entryAt(stack.find(path), layer);
        };
        // Types, modes, owners, targets
        QCOMPARE(entry("/usr/bin/su", 0)->mode & 07777U, 04755U);
        QCOMPARE(entry("/usr/bin/su", 2)->owner, 7U);
        QCOMPARE(entry("/usr/bin/su", 2)->group, 8U);
        QCOMPARE(entry("/usr/bin/sh", 0)->target, std::string("busybox"));
        QCOMPARE(entry("/lib/same.so", 0)->size, std::uint64_t{5000});
        QCOMPARE(entry("/lib/same.so", 0)->modified, std::int64_t{1'600'000'000});
        // Two names of one file
        QVERIFY(entry("/usr/bin/link", 0)->link != 0);
        QCOMPARE(entry("/usr/bin/link", 0)->link, entry("/usr/bin/su", 0)->link);
        // Whiteouts and opaque folders
        QVERIFY(!stack.existsAt(stack.find("/root/.ssh/id_rsa"), 2));
        QVERIFY(stack.existsAt(stack.find("/root/.ssh/id_rsa"), 1));
        QVERIFY(!stack.existsAt(stack.find("/old/a"), 1));
        QVERIFY(stack.existsAt(stack.find("/old/new"), 1));
    }

    void secretsAndDoublesAreFound() {
        auto reader = records(m_image);
        VERIFY_RESULT(reader);
        const auto contents = reader->contents();
        const auto findings = fileFindings(LayerStack(reader->takeLayers()), contents);
        const auto has = [&](FindingCode code, const std::string& path) {
            return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
                return finding.code == code && finding.paths.front() == path;
            });
        };
        QVERIFY(has(FindingCode::PrivateKey, "/root/.ssh/id_rsa"));
        QVERIFY(has(FindingCode::StoredTwice, "/opt/same.so"));
        QVERIFY(has(FindingCode::SameFileAgain, "/usr/bin/su"));
        QVERIFY(has(FindingCode::RemovedLater, "/old/a"));
    }

    void documentsAreThoseOfTheRegistry() {
        const TestImage image = layeredImage();
        const auto reply = ask("OpenDocuments", m_image);
        QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
        const std::string manifest = image.manifest.dump();
        QCOMPARE(reply.arguments().value(0).toString().toStdString(), Digest::ofData(manifest).toString());
        QCOMPARE(readFd(received(reply.arguments().value(1)).get()).value_or(""), manifest);
        const UniqueFd config = received(reply.arguments().value(2));
        QCOMPARE(readFd(config.get()).value_or(""), image.config.dump());
        // Nobody can write into the store through them.
        QCOMPARE(::fcntl(config.get(), F_GETFL) & O_ACCMODE, O_RDONLY);
    }

    void aDigestNamesTheImageToo() {
        const QString digest = ask("OpenDocuments", m_image).arguments().value(0).toString();
        VERIFY_RESULT(records(digest));
        VERIFY_RESULT(records(m_image.section(u':', 0, 1) + u'@' + digest));
    }

    void onlyWhoHasANameForItMayLook() {
        for (const char* member : {"ReadLayers", "OpenDocuments"}) {
            QCOMPARE(ask(member, m_image, 0).errorName(), kErrors + QStringLiteral("NotFound"));
            QCOMPARE(ask(member, QStringLiteral("no/such:1")).errorName(),
                     kErrors + QStringLiteral("NotFound"));
            QCOMPARE(ask(member, QStringLiteral("../escape me")).errorName(),
                     kErrors + QStringLiteral("InvalidArgument"));
        }
    }

    void anImageGetsMoreNames() {
        const auto tag = [&](const QString& image, const QString& name, uid_t user = kUser) {
            return call(m_machine->as(user), kImages, QStringLiteral("Tag"), {image, name}).errorName();
        };
        const QString digest = ask("OpenDocuments", m_image).arguments().value(0).toString();
        QCOMPARE(tag(digest, QStringLiteral("shop")), QString());
        QCOMPARE(ask("OpenDocuments", QStringLiteral("docker.io/library/shop:latest"))
                     .arguments()
                     .value(0)
                     .toString(),
                 digest);
        // A name moves from one image to the other, and the one it left stays under its own.
        QCOMPARE(tag(m_machine->image(), QStringLiteral("shop")), QString());
        QVERIFY(ask("OpenDocuments", QStringLiteral("docker.io/library/shop:latest"))
                    .arguments()
                    .value(0)
                    .toString() != digest);
        VERIFY_RESULT(records(m_image));
        QCOMPARE(tag(digest, QStringLiteral("shop"), 0), kErrors + QStringLiteral("NotFound"));
        QCOMPARE(tag(digest, QStringLiteral("Not A Name")), kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(tag(digest, QStringLiteral("UPPER")), kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(tag(digest, QStringLiteral("shop@") + digest), kErrors + QStringLiteral("InvalidArgument"));
    }

    void whoLooksAwayEndsTheJob() {
        // Given a client that reads nothing and closes the pipe,
        const QVariant job = ask("ReadLayers", m_machine->image()).arguments().value(0);
        // then the job ends (the records of such a small image fit into the pipe: that is no failure).
        QVERIFY(m_machine->ended(kUser, job).state != QLatin1String("running"));
    }
};

ESCALE_TEST(HelperImageLayersTest)
#include "helper_image_layers_test.moc"
