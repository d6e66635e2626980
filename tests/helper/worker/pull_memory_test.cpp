// What a pull takes of memory does not depend on how large a layer is.
#include "tests/helper/worker/pull_fixture.h"

#include <fcntl.h>
#include <map>

using namespace escale;
using namespace escale::test;

namespace {

constexpr std::size_t kLayer = 200'000'000;
constexpr std::size_t kMost = 64U << 20;

std::size_t bytesIn(const std::string& process, const std::string& name) {
    const std::string status = readFile("/proc/" + process + "/status").value_or("");
    const std::size_t at = status.find("\n" + name + ":");
    return at == std::string::npos ? 0
                                   : std::strtoull(status.c_str() + at + name.size() + 2, nullptr, 10) << 10;
}

/// The most that it ever had for itself: what it shares with all others (programs, libraries) is not counted.
std::size_t peakOf(const std::string& process) {
    const std::size_t most = bytesIn(process, "VmHWM");
    return most - std::min(most, bytesIn(process, "RssFile"));
}

} // namespace

class PullMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        auto started = DockerRegistry::start();
        VERIFY_RESULT(started);
        m_registry = std::move(*started);
    }
    void cleanupTestCase() { m_registry.reset(); }

    void isBounded_data() {
        QTest::addColumn<bool>("isZstd");
        QTest::newRow("gzip") << false;
        QTest::newRow("zstd") << true;
    }
    void isBounded() {
        // Given a large layer in a real registry, and a pull that has warmed up,
        QFETCH(bool, isZstd);
        const std::string repository = isZstd ? "zstd" : "gzip";
        {
            const std::string tar = TarBuilder().file("large", noise(kLayer)).finish();
            VERIFY_RESULT(
                TestImage({isZstd ? zstdLayer(tar) : gzipLayer(tar)}).push(*m_registry, repository, "1"));
        }
        VERIFY_RESULT(
            TestImage({gzipLayer(TarBuilder().file("small").finish())}).push(*m_registry, "small", "1"));
        PullFixture fixture;
        fixture.store->setLayerForm(LayerForm::Image);
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/small:1"));
        const UniqueFd clear(::open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC));
        VERIFY_RESULT(writeAll(clear.get(), "5", "clear_refs")); // VmHWM begins anew
        const std::size_t before = bytesIn("self", "VmRSS");
        // when it is pulled,
        std::map<pid_t, std::size_t> peaks;
        fixture.onProgress = [&](const std::vector<LayerProgress>&) {
            for (const char* mode : {"fetch", "describe", "unpack"}) {
                for (const pid_t pid : workers(mode)) {
                    std::size_t& peak = peaks[pid];
                    peak = std::max(peak, peakOf(std::to_string(pid)));
                }
            }
        };
        VERIFY_RESULT(fixture.pull(m_registry->host() + "/" + repository + ":1"));
        // then helper and workers together never had more than the bound, above what the helper had.
        const std::size_t after = bytesIn("self", "VmHWM");
        std::size_t sum = after > before ? after - before : 0;
        QString figures = QStringLiteral("helper %1 KiB").arg(sum >> 10);
        for (const auto& [pid, peak] : peaks) {
            sum += peak;
            figures += QStringLiteral(", worker %1 KiB").arg(peak >> 10);
        }
        qInfo("%s", qPrintable(figures));
        QVERIFY(peaks.size() >= 2);
        QVERIFY2(sum < kMost, qPrintable(figures));
    }

private:
    std::unique_ptr<DockerRegistry> m_registry;
};
ESCALE_TEST(PullMemoryTest)

#include "pull_memory_test.moc"
