// Random damage to good documents: whatever comes in, it is read or refused, never a crash (run it under
// `asan`, too).
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "engine/image/reference.h"
#include "tests/image/sample_documents.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <random>

using namespace escale;
using escale::test::sample;

static std::string mutated(std::string text, std::mt19937& random) {
    const auto below = [&random](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    constexpr std::string_view kPieces[] = {"{",     "}",    "[",       "]",    "null", "-1",
                                            "1e999", "\"\"", "\\u0000", "\xff", ","};
    for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
        const std::size_t at = below(text.size());
        switch (below(5)) {
        case 0:
            text[at] = static_cast<char>(random());
            break;
        case 1:
            text.erase(at, 1 + below(40));
            break;
        case 2:
            text.insert(at, kPieces[below(std::size(kPieces))]);
            break;
        case 3:
            text.insert(at, text.substr(below(text.size()), below(200)));
            break;
        default:
            text.resize(at);
        }
    }
    return text;
}

class DocumentMutationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesDamagedManifests() {
        std::mt19937 random(20'261'124); // fixed: a failure must come back
        const std::string samples[] = {sample("oci_manifest.json"), sample("docker_manifest.json"),
                                       sample("oci_index.json"), sample("docker_list.json")};
        int refused = 0;
        for (int i = 0; i < 10'000; ++i) {
            const auto document = parseManifest(mutated(samples[i % 4], random));
            if (!document) {
                ++refused;
                QVERIFY(document.error().code == ErrorCode::Untrusted ||
                        document.error().code == ErrorCode::Unsupported);
            } else if (const auto* index = std::get_if<ImageIndex>(&*document)) {
                (void)choosePlatform(*index, Platform::ofThisMachine()).has_value();
            }
        }
        QVERIFY(refused > 1000);
    }
    void survivesDamagedConfigurations() {
        std::mt19937 random(1);
        const std::string good = sample("config.json");
        for (int i = 0; i < 10'000; ++i) {
            const auto parsed = parseImageConfig(mutated(good, random), 2);
            QVERIFY(!parsed || parsed->diffIds.size() == 2);
        }
    }
    void survivesDamagedReferences() {
        std::mt19937 random(2);
        const std::string good = "registry.example.com:5000/some/name:tag@sha256:" + std::string(64, 'e');
        for (int i = 0; i < 10'000; ++i) {
            const auto reference = Reference::parse(mutated(good, random));
            if (reference)
                QVERIFY(Reference::parse(reference->toString()).value() == *reference);
        }
    }
};
ESCALE_TEST(DocumentMutationTest)

#include "document_mutation_test.moc"
