#include "engine/base/file.h"
#include "engine/container/stats_sampler.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace escale;

// With folders that look like cgroups of a v2 machine.
class StatsSamplerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StatsSampler> m_sampler;

    void use(const std::string& id, int milliseconds) const {
        const std::string folder = m_folder->path().toStdString() + "/" + id;
        VERIFY_RESULT(makeDirectories(folder));
        // In place, as the kernel does: the file stays the same.
        QFile file(QString::fromStdString(folder + "/cpu.stat"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("usage_usec " + QByteArray::number(milliseconds * 1000) + "\n");
    }
    std::uint64_t cpuOf(const std::string& id) const {
        const auto stats = m_sampler->latest(id);
        return stats ? stats->cgroup.cpuNanoseconds / 1'000'000 : 0;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto sampler = StatsSampler::start(CgroupLayout({{2, m_folder->path().toStdString(), {"cpu"}}}),
                                           std::chrono::milliseconds(20));
        VERIFY_RESULT(sampler);
        m_sampler = std::move(*sampler);
    }
    void cleanup() { m_sampler.reset(); }

    void readsWithoutBeingAskedFor() {
        // Given a container that is measured,
        use("one", 10);
        m_sampler->watch("one", "/one");
        QTRY_VERIFY(!m_sampler->history("one", 0).empty());
        QCOMPARE(cpuOf("one"), std::uint64_t(10));
        // when it works, then the next reading tells, and so do the points of the chart.
        use("one", 40);
        QTRY_COMPARE(cpuOf("one"), std::uint64_t(40));
        QTRY_VERIFY(
            std::ranges::any_of(m_sampler->history("one", 0), [](const auto& p) { return p.cpu > 0; }));
    }
    void aReadingIsThereAtOnce() {
        use("one", 10);
        m_sampler->watch("one", "/one");
        const auto stats = m_sampler->latest("one");
        VERIFY_RESULT(stats);
        QCOMPARE(stats->cgroup.cpuNanoseconds, std::uint64_t(10'000'000));
        QVERIFY(stats->interfaces.empty());
    }
    void tellsNothingOfWhatIsNotWatched() {
        QCOMPARE(m_sampler->latest("one").error().code, ErrorCode::NotFound);
        QVERIFY(m_sampler->history("one", 0).empty());
    }
    void forgetsWhatHasEnded() {
        use("one", 10);
        m_sampler->watch("one", "/one");
        QTRY_VERIFY(!m_sampler->history("one", 0).empty());
        m_sampler->forget("one");
        QCOMPARE(m_sampler->latest("one").error().code, ErrorCode::NotFound);
    }
    void readsALimitThatWasChanged() {
        use("one", 10);
        const QString file = m_folder->path() + QLatin1String("/one/cpu.max");
        const auto limit = [&file](const char* text) {
            QFile limits(file);
            QVERIFY(limits.open(QIODevice::WriteOnly | QIODevice::Truncate));
            limits.write(text);
        };
        const auto processors = [this] {
            const auto stats = m_sampler->latest("one");
            return stats ? stats->cgroup.cpuLimit : -1;
        };
        // Given a limit that has been read
        limit("200000 100000");
        m_sampler->watch("one", "/one");
        QCOMPARE(processors(), 2.0);
        // When it is changed and the sampler told so, then the next readings have it
        limit("50000 100000");
        m_sampler->limitsChanged("one");
        QTRY_COMPARE(processors(), 0.5);
        // Somebody else's change is seen after a while, too
        limit("max 100000");
        QTRY_COMPARE(processors(), 0.0);
    }
    void oneThatIsGoneDoesNotStopTheOthers() {
        use("two", 10);
        m_sampler->watch("gone", "/gone");
        m_sampler->watch("two", "/two");
        QTRY_VERIFY(m_sampler->history("two", 0).size() > 2);
        QCOMPARE(m_sampler->latest("gone").error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(StatsSamplerTest)
#include "stats_sampler_test.moc"
