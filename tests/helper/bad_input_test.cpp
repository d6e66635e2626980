// What registries and images can do wrong, met over D-Bus by the real helper and worker: a named error that
// says which image, and an engine that is as it was before.
#include "engine/base/file.h"
#include "helper/dbus/types.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;
using namespace escale::test;

namespace {

const QString kImages = QStringLiteral("org.escale.Engine1.Images");
const QString kContainers = QStringLiteral("org.escale.Engine1.Containers");
const QString kJob = QStringLiteral("org.escale.Engine1.Job");
constexpr int kPatience = 30'000;
const std::string kRepository = "bad";

/// Makes the server answer for kRepository:1.
struct Script {
    void (*prepare)(ScriptedHttpServer& server) = nullptr;
};

const std::string kManifestPath = "/v2/" + kRepository + "/manifests/1";

std::string blobPath(const std::string& bytes) {
    return "/v2/" + kRepository + "/blobs/" + Digest::ofData(bytes).toString();
}

TestLayer fineLayer() {
    return gzipLayer(TarBuilder().folder("etc").file("etc/name", "fine").finish());
}

void serveLayer(ScriptedHttpServer& server, const TestLayer& layer) {
    TestImage({layer}).serve(server, kRepository, "1");
}

void serveTar(ScriptedHttpServer& server, const TarBuilder& tar) {
    serveLayer(server, gzipLayer(tar.finish()));
}

/// An image whose manifest says another size of its layer.
void serveWithLayerSize(ScriptedHttpServer& server, int difference) {
    TestImage image({fineLayer()});
    Json wrong = image.manifest.at("layers").items().front();
    wrong.set("size", Json(std::uint64_t{image.layers[0].blob.size() + difference}));
    image.manifest.set("layers", Json(Json::Array{wrong}));
    image.serve(server, kRepository, "1");
}

/// An archive, then more zeros than a layer of this size may unpack to: nothing of them reaches the disk of
/// the machine that tests.
TestLayer bomb() {
    constexpr std::size_t kFrame = 64U << 20;
    constexpr std::size_t kUnpacked = 1200U << 20;
    TestLayer layer = zstdLayer(TarBuilder().file("small").finish());
    const std::string frame = zstd(std::string(kFrame, '\0'));
    for (std::size_t size = 0; size < kUnpacked; size += kFrame)
        layer.blob += frame;
    return layer;
}

} // namespace

class BadInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const std::string reason = enterOwnNetwork();
        SKIP_UNLESS(reason.empty(), reason.c_str());
        m_server = std::make_unique<ScriptedHttpServer>();
        TestImage({gzipLayer(TarBuilder().folder("proc").folder("dev").folder("sys").folder("etc").finish())})
            .serve(*m_server, "good", "1");
        m_good = QString::fromStdString(m_server->host() + "/good:1");
        auto bus = PrivateBus::start({"--idle-seconds", "0"});
        VERIFY_RESULT(bus);
        m_bus = std::move(*bus);
        m_root.emplace(m_bus->connectAs(0));
        QCOMPARE(pull(m_good).state, QStringLiteral("done"));
    }
    void cleanup() {
        if (QTest::currentTestFailed() && m_bus)
            qWarning("%s", m_bus->log().c_str());
    }
    void cleanupTestCase() {
        m_bus.reset();
        m_server.reset();
    }

    void aPullThatCannotSucceedSaysWhyAndChangesNothing_data() {
        QTest::addColumn<Script>("script");
        QTest::addColumn<QString>("error");
        addRegistryRows();
        addLyingRows();
        addHostileLayerRows();
    }
    void aPullThatCannotSucceedSaysWhyAndChangesNothing() {
        QFETCH(Script, script);
        QFETCH(QString, error);
        // Given an engine with a good image, and a registry that misbehaves
        ScriptedHttpServer server;
        script.prepare(server);
        const QStringList before = everything();
        QVERIFY(before.join(QLatin1Char(' ')).contains(QLatin1String("/good")));
        // When
        const QString reference = QString::fromStdString(server.host() + "/" + kRepository + ":1");
        const auto status = pull(reference);
        // Then
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, QLatin1String(dbus::kErrorPrefix) + error);
        QVERIFY(status.errorMessage.contains(reference));
        verifySaysNothingInternal(status);
        const QStringList after = everything();
        QVERIFY2(after == before, qPrintable(after.join(QLatin1Char('\n'))));
        QVERIFY(listDirectory(m_bus->folder() + "/state/staging")->empty());
    }
    void aProgramThatIsNotInTheImageIsNamedAndNothingIsLeft() {
        // Given
        const QStringList before = everything();
        // When
        const auto reply = call(*m_root, kContainers, QStringLiteral("Run"),
                                {m_good, QStringList{QStringLiteral("no-such-program")}, QVariantMap()});
        QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
        const auto status = ended(reply.arguments().value(1));
        // Then
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, QLatin1String(dbus::kErrorPrefix) + QStringLiteral("NotFound"));
        QVERIFY(status.errorMessage.contains(QLatin1String("no-such-program")));
        verifySaysNothingInternal(status);
        const QStringList after = everything();
        QVERIFY2(after == before, qPrintable(after.join(QLatin1Char('\n'))));
    }
    void theGoodImageStillPullsAfterAllThis() { QCOMPARE(pull(m_good).state, QStringLiteral("done")); }

private:
    static void row(const char* name, void (*prepare)(ScriptedHttpServer&), const char* error) {
        QTest::newRow(name) << Script{prepare} << QString::fromLatin1(error);
    }
    static void addRegistryRows() {
        row(
            "401", [](auto& server) { server.on(kManifestPath, answer(401)); }, "AuthenticationNeeded");
        row(
            "404", [](auto& server) { server.on(kManifestPath, answer(404)); }, "NotFound");
        row(
            "429 for an hour",
            [](auto& server) { server.on(kManifestPath, answer(429).header("Retry-After", "3600")); },
            "RateLimited");
        row(
            "429 again and again",
            [](auto& server) { server.on(kManifestPath, answer(429).header("Retry-After", "0")); },
            "RateLimited");
        row(
            "500", [](auto& server) { server.on(kManifestPath, answer(500)); }, "RemoteFailure");
        row(
            "no HTTP", [](auto& server) { server.on(kManifestPath, rawAnswer("\x01\x02 nonsense\r\n\r\n")); },
            "RemoteFailure");
        row(
            "a page instead of a manifest",
            [](auto& server) { server.on(kManifestPath, answer(200, "<html>Hello</html>", "text/html")); },
            "RemoteFailure");
        row(
            "garbage as a manifest",
            [](auto& server) { server.on(kManifestPath, answer(200, "\x7f{]garbage", kManifestType)); },
            "RemoteFailure");
        row(
            "manifest stops in the middle",
            [](auto& server) {
                const TestImage image({fineLayer()});
                image.serve(server, kRepository, "1");
                server.on(kManifestPath, answer(200, image.manifest.dump(), kManifestType).cutAfterBytes(50));
            },
            "Unreachable");
        row(
            "layer stops in the middle",
            [](auto& server) {
                const TestLayer layer = fineLayer();
                serveLayer(server, layer);
                server.on(blobPath(layer.blob), answer(200, layer.blob).cutAfterBytes(20));
            },
            "Unreachable");
    }
    static void addLyingRows() {
        row(
            "manifest says too small a size", [](auto& server) { serveWithLayerSize(server, -10); },
            "Untrusted");
        row(
            "manifest says too large a size", [](auto& server) { serveWithLayerSize(server, 10); },
            "Untrusted");
        row(
            "layer of another digest",
            [](auto& server) {
                const TestLayer layer = fineLayer();
                serveLayer(server, layer);
                std::string other = layer.blob;
                other[9] = static_cast<char>(other[9] ^ 1); // the system that made it: still good gzip
                server.on(blobPath(layer.blob), answer(200, other));
            },
            "Untrusted");
        row(
            "configuration of another digest",
            [](auto& server) {
                const TestImage image({fineLayer()});
                image.serve(server, kRepository, "1");
                const std::string config = image.config.dump();
                server.on(blobPath(config), answer(200, std::string(config.size(), ' ')));
            },
            "Untrusted");
        row(
            "other content than the configuration says",
            [](auto& server) {
                TestLayer layer = fineLayer();
                layer.tar += "x";
                serveLayer(server, layer);
            },
            "Untrusted");
        row(
            "other architecture",
            [](auto& server) { TestImage({fineLayer()}, "s390x").serve(server, kRepository, "1"); },
            "Unsupported");
    }
    static void addHostileLayerRows() {
        row(
            "..", [](auto& server) { serveTar(server, TarBuilder().file("../../escape")); }, "Untrusted");
        row(
            "hard link out",
            [](auto& server) {
                serveTar(server, TarBuilder().add({.name = "shadow", .type = '1', .link = "/etc/shadow"}));
            },
            "Untrusted");
        row(
            "symlinked parent",
            [](auto& server) {
                serveTar(server,
                         TarBuilder().add({.name = "a", .type = '2', .link = "../../.."}).file("a/x"));
            },
            "Untrusted");
        row(
            "truncated",
            [](auto& server) {
                TestLayer layer = fineLayer();
                layer.blob.resize(layer.blob.size() - 12);
                serveLayer(server, layer);
            },
            "Untrusted");
        row(
            "decompression bomb", [](auto& server) { serveLayer(server, bomb()); }, "Untrusted");
        row(
            "more entries than its size allows",
            [](auto& server) {
                TarBuilder many;
                for (int i = 0; i < 60'000; ++i)
                    many.add({.name = "a", .type = '5'});
                serveTar(server, many);
            },
            "Untrusted");
    }

    /// Waits for the end of a job, given as the object path that a method answered.
    dbus::JobStatus ended(const QVariant& job) {
        dbus::JobStatus status;
        const QString path = job.value<QDBusObjectPath>().path();
        (void)QTest::qWaitFor(
            [&] {
                status = qdbus_cast<dbus::JobStatus>(
                    call(*m_root, kJob, QStringLiteral("Status"), {}, path).arguments().value(0));
                return status.state != QLatin1String("running");
            },
            kPatience);
        if (!status.errorMessage.isEmpty())
            qInfo("%s: %s", qPrintable(status.errorName), qPrintable(status.errorMessage));
        return status;
    }
    dbus::JobStatus pull(const QString& reference) {
        return ended(
            call(*m_root, kImages, QStringLiteral("Pull"), {reference, QVariantMap()}).arguments().value(0));
    }
    void verifySaysNothingInternal(const dbus::JobStatus& status) const {
        const QString text = status.errorMessage + QLatin1Char(' ') + status.hint;
        const QStringList internals{QString::fromStdString(m_bus->folder()),
                                    QStringLiteral("sql"),
                                    QStringLiteral("SELECT "),
                                    QStringLiteral("INSERT "),
                                    QStringLiteral("constraint failed"),
                                    QStringLiteral("staging"),
                                    QStringLiteral("escale-worker"),
                                    QStringLiteral("std::"),
                                    QStringLiteral("errno")};
        for (const QString& internal : internals)
            QVERIFY2(!text.contains(internal, Qt::CaseInsensitive), qPrintable(text));
    }
    /// What the engine tells of its images and containers, and what it has on the disk.
    QStringList everything() {
        QStringList all;
        const auto images = call(*m_root, kImages, QStringLiteral("List")).arguments().value(0);
        for (const auto& image : qdbus_cast<dbus::ImageList>(images)) {
            all.append(QStringLiteral("%1 %2:%3 %4 %5 %6")
                           .arg(image.digest, image.repository, image.tag)
                           .arg(image.pulledAt)
                           .arg(image.size)
                           .arg(image.layers.size()));
        }
        const auto containers = call(*m_root, kContainers, QStringLiteral("List")).arguments().value(0);
        for (const auto& container : qdbus_cast<dbus::ContainerList>(containers))
            all.append(container.id);
        // Not /run/idmap: layers stay mounted for a while, for the next container.
        for (const char* folder : {"/state/staging", "/state/layers", "/state/blobs/sha256",
                                   "/state/containers", "/run/containers", "/run/runtime"}) {
            auto names = listDirectory(m_bus->folder() + folder).value_or(std::vector<std::string>());
            std::sort(names.begin(), names.end());
            std::erase(names, ".seccomp"); // compiled filters, kept between containers on purpose
            for (const auto& name : names)
                all.append(QString::fromStdString(folder + ("/" + name)));
        }
        return all;
    }

    std::unique_ptr<ScriptedHttpServer> m_server; // of the good image
    std::unique_ptr<PrivateBus> m_bus;
    std::optional<QDBusConnection> m_root;
    QString m_good;
};
ESCALE_TEST(BadInputTest)

#include "bad_input_test.moc"
