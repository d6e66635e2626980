// Pulls that run at the same time and want the same layers: each layer is fetched once.
#include "helper/worker/layer_claims.h"
#include "tests/helper/worker/pull_fixture.h"
#include "tests/store/store_fixture.h"

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace escale;
using namespace escale::test;
using namespace std::chrono_literals;

namespace {

TestLayer layerOf(const std::string& name) {
    return gzipLayer(TarBuilder().file(name, noise(400'000) + name).finish());
}

std::string blobPath(const std::string& repository, const TestLayer& layer) {
    return "/v2/" + repository + "/blobs/" + Digest::ofData(layer.blob).toString();
}

/// A pull on a thread of its own; tells when it is where a test waits for.
class RunningPull {
public:
    RunningPull(Store& store, uid_t owner, const std::string& reference) {
        m_request.owner = owner;
        m_request.reference = reference;
        m_thread = std::jthread([this, &store] {
            auto done = pullImage(
                store, kWorker, m_request, [this](const auto& layers) { take(layers); }, m_cancellation);
            const std::lock_guard lock(m_mutex);
            m_result = std::move(done);
            m_changed.notify_all();
        });
    }
    /// False when it ended before.
    bool waitFor(const std::function<bool(const std::vector<LayerProgress>&)>& condition) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_result || (!m_layers.empty() && condition(m_layers)); });
        return !m_result;
    }
    void cancel() { m_cancellation.cancel(); }
    Result<Pulled> finish() {
        if (m_thread.joinable())
            m_thread.join();
        return *m_result;
    }

private:
    void take(const std::vector<LayerProgress>& layers) {
        const std::lock_guard lock(m_mutex);
        m_layers = layers;
        m_changed.notify_all();
    }
    PullRequest m_request;
    Cancellation m_cancellation;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<LayerProgress> m_layers;
    std::optional<Result<Pulled>> m_result;
    std::jthread m_thread;
};

bool isFetching(const std::vector<LayerProgress>& layers) {
    return std::any_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.received > 0; });
}

bool isWaiting(const std::vector<LayerProgress>& layers) {
    return std::all_of(layers.begin(), layers.end(),
                       [](const auto& layer) { return layer.phase == LayerPhase::Waiting; });
}

} // namespace

class SharedLayersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void pullsAtOnceFetchEachLayerOnce_data() {
        QTest::addColumn<int>("pulls");
        for (const int pulls : {2, 3, 5})
            QTest::addRow("%d", pulls) << pulls;
    }
    void pullsAtOnceFetchEachLayerOnce() {
        // Given images of which each shares its layers with the next, in a circle, and all of them one,
        QFETCH(int, pulls);
        ScriptedHttpServer server;
        std::vector<TestLayer> layers;
        for (int i = 0; i < pulls; ++i)
            layers.push_back(layerOf("layer" + std::to_string(i)));
        const TestLayer base = layerOf("base");
        for (int i = 0; i < pulls; ++i)
            TestImage({base, layers.at(i), layers.at((i + 1) % pulls)})
                .serve(server, "image", std::to_string(i));
        for (const TestLayer& layer : layers)
            server.on(blobPath("image", layer),
                      answer(200, layer.blob, "application/octet-stream").slowedBy(2ms));
        PullFixture fixture;
        // when they are pulled at once, for several owners,
        std::vector<std::unique_ptr<RunningPull>> running;
        for (int i = 0; i < pulls; ++i)
            running.push_back(std::make_unique<RunningPull>(*fixture.store, kOwner + i,
                                                            server.host() + "/image:" + std::to_string(i)));
        for (auto& pull : running)
            VERIFY_RESULT(pull->finish());
        // then all are there, and each layer came once.
        layers.push_back(base);
        for (const TestLayer& layer : layers)
            QCOMPARE(server.count(blobPath("image", layer)), std::size_t{1});
        QCOMPARE(storedLayers(*fixture.store), layers.size());
        for (int i = 0; i < pulls; ++i)
            QCOMPARE(fixture.store->images(kOwner + i)->size(), std::size_t{1});
        QVERIFY(listDirectory(fixture.folder() + "/staging")->empty());
    }
    void whatACancelledPullHadIsFetchedByTheOneThatWaited() {
        // Given a pull that waits for another's layer,
        ScriptedHttpServer server;
        const TestLayer layer = layerOf("shared");
        TestImage({layer}).serve(server, "image", "1");
        server.on(blobPath("image", layer),
                  std::vector<HttpAnswer>{answer(200, layer.blob, "application/octet-stream").slowedBy(60ms),
                                          answer(200, layer.blob, "application/octet-stream")});
        PullFixture fixture;
        RunningPull first(*fixture.store, kOwner, server.host() + "/image:1");
        QVERIFY(first.waitFor(isFetching));
        RunningPull second(*fixture.store, kOwner + 1, server.host() + "/image:1");
        QVERIFY(second.waitFor(isWaiting));
        QCOMPARE(server.count(blobPath("image", layer)), std::size_t{1});
        // when that one is cancelled, then the one that waited fetches it.
        first.cancel();
        QCOMPARE(first.finish().error().code, ErrorCode::Cancelled);
        VERIFY_RESULT(second.finish());
        QCOMPARE(server.count(blobPath("image", layer)), std::size_t{2});
    }
    void aPullThatWaitsCanBeCancelled() {
        // Given a pull that waits for another's layer,
        ScriptedHttpServer server;
        const TestLayer layer = layerOf("shared");
        TestImage({layer}).serve(server, "image", "1");
        server.on(blobPath("image", layer),
                  answer(200, layer.blob, "application/octet-stream").slowedBy(60ms));
        PullFixture fixture;
        RunningPull first(*fixture.store, kOwner, server.host() + "/image:1");
        QVERIFY(first.waitFor(isFetching));
        RunningPull second(*fixture.store, kOwner + 1, server.host() + "/image:1");
        QVERIFY(second.waitFor(isWaiting));
        // when it is cancelled, then it ends, and the other goes on.
        second.cancel();
        QCOMPARE(second.finish().error().code, ErrorCode::Cancelled);
        VERIFY_RESULT(first.finish());
        QCOMPARE(server.count(blobPath("image", layer)), std::size_t{1});
    }
    void nobodyWaitsForAnotherSource() {
        // Given a claim on a layer of one registry,
        PullFixture fixture;
        const Digest layer = Digest::ofData("layer");
        LayerClaim slow(*fixture.store, {"slow.example", {}}, {layer});
        // then a pull from another has it at once, and so has one that reaches the registry by a way of its
        // own.
        RegistryAccess own;
        own.insecure = true;
        for (const LayerSource& source :
             {LayerSource{"fast.example", {}}, LayerSource{"slow.example", own}}) {
            LayerClaim other(*fixture.store, source, {layer});
            QCOMPARE(other.next({}).value().size(), std::size_t{1});
        }
    }
    void patienceEnds() {
        // Given a claim that is never given up,
        PullFixture fixture;
        const Digest layer = Digest::ofData("layer");
        LayerClaim first(*fixture.store, {"registry.example", {}}, {layer});
        LayerClaim second(*fixture.store, {"registry.example", {}}, {layer});
        // then who waits for it takes the layer in the end,
        QCOMPARE(second.next({}, 1ms).value().size(), std::size_t{1});
        // once.
        QVERIFY(second.next({}, 1ms)->empty());
    }
    void theEarliestThatWaitsIsNext() {
        // Given two that wait for a third,
        PullFixture fixture;
        const Digest layer = Digest::ofData("layer");
        const LayerSource source{"registry.example", {}};
        std::optional<LayerClaim> first;
        first.emplace(*fixture.store, source, std::vector{layer});
        LayerClaim second(*fixture.store, source, {layer});
        LayerClaim third(*fixture.store, source, {layer});
        // when that ends, then the earlier one has it, and the later one once that one has let it go.
        first.reset();
        QCOMPARE(second.next({}).value().size(), std::size_t{1});
        second.release(layer);
        QCOMPARE(third.next({}).value().size(), std::size_t{1});
        QVERIFY(second.next({})->empty());
    }
};
ESCALE_TEST(SharedLayersTest)

#include "shared_layers_test.moc"
