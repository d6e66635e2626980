#include "engine/build/step_key.h"

#include "tests/support/test_registry.h"

#include <functional>

using namespace escale;

namespace {

RunRequest program() {
    RunRequest request;
    request.words = {"/bin/sh", "-c", "make"};
    request.environment = {"A=1"};
    request.workingDirectory = "/";
    request.network = "default";
    return request;
}

CopyRequest files() {
    CopyRequest request;
    request.patterns = {"a", "b"};
    request.target = "/x/";
    return request;
}

} // namespace

class StepKeyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameHasTheSameKeyForEver() {
        // Written down: a key that changes throws everybody's cache away.
        QCOMPARE(folderKey("", {"/x", {}, {}}),
                 std::string("sha256:9340093ce474f90cda0d235d38e0edd49e3bdf270951d6ca8e8b032dd24e9dfb"));
        QVERIFY(folderKey("", {"/x", "me", {}}) != folderKey("", {"/x", {}, {}}));
        QCOMPARE(runKey("c", program(), {}), runKey("c", program(), {}));
        QCOMPARE(copyKey("c", files(), "d"), copyKey("c", files(), "d"));
    }
    void everyPartOfARunCounts() {
        const std::string plain = runKey("c", program(), {});
        const std::vector<std::function<void(RunRequest&)>> changes = {
            [](auto& r) {
                r.words = {"/bin/sh", "-cmake"};
            },
            [](auto& r) { r.environment = {"A=2"}; },
            [](auto& r) { r.workingDirectory = "/w"; },
            [](auto& r) { r.user = "app"; },
            [](auto& r) {
                r.files.push_back({"f", "x"});
            },
            [](auto& r) { r.network = "none"; },
            [](auto& r) { r.isInsecure = true; },
            [](auto& r) { r.latestTime = 0; }};
        for (const auto& change : changes) {
            RunRequest request = program();
            change(request);
            QVERIFY(runKey("c", request, {}) != plain);
        }
        QVERIFY(runKey("d", program(), {}) != plain);
        QVERIFY(runKey("c", program(), {}, {"db:10.0.0.1"}) != plain);
        RunMount cache;
        cache.kind = RunMount::Kind::Cache;
        QVERIFY(runKey("c", program(), {{cache, {}}}) != plain);
        QVERIFY(runKey("c", program(), {{cache, {}}}) != runKey("c", program(), {{cache, "x"}}));
    }
    void whereACopyComesFromDoesNotCountButWhatItHoldsDoes() {
        CopyRequest other = files();
        other.from = {false, 7};
        QCOMPARE(copyKey("c", other, "d"), copyKey("c", files(), "d"));
        QVERIFY(copyKey("c", files(), "e") != copyKey("c", files(), "d"));
        const std::vector<std::function<void(CopyRequest&)>> changes = {
            [](auto& r) { r.target = "/x"; },
            [](auto& r) { r.owner = "1"; },
            [](auto& r) { r.mode = "644"; },
            [](auto& r) { r.unpacks = true; },
            [](auto& r) { r.unpacksFetched = true; },
            [](auto& r) { r.keepsParents = true; },
            [](auto& r) {
                r.files.push_back({"f", "x"});
            },
            [](auto& r) { r.patterns = {"ab"}; },
            [](auto& r) { r.latestTime = 5; },
            [](auto& r) {
                r.addresses = {"a", "b"}, r.patterns.clear();
            }};
        for (const auto& change : changes) {
            CopyRequest request = files();
            change(request);
            QVERIFY(copyKey("c", request, "d") != copyKey("c", files(), "d"));
        }
    }
    void aChainGrowsWithLayersAlone() {
        QCOMPARE(chainAfter("c", ""), std::string("c"));
        QCOMPARE(chainOf({}), std::string());
        QCOMPARE(chainOf({"a", "b"}), chainAfter(chainAfter("", "a"), "b"));
        QVERIFY(chainOf({"a", "b"}) != chainOf({"b", "a"}));
        QVERIFY(chainOf({"ab"}) != chainOf({"a", "b"}));
    }
};
ESCALE_TEST(StepKeyTest)
#include "step_key_test.moc"
