// The tree of a cgroup of this machine, whatever version it has, beside what its files say to somebody who
// reads them.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/cgroup/cgroup.h"
#include "engine/inspect/cgroup_tree.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

#include <algorithm>
#include <unistd.h>

using namespace escale;

class CgroupFilesTest : public QObject {
    Q_OBJECT
    CgroupLayout m_layout{{}};
    std::string m_parent;

    // What changes from one look to the next even in a cgroup without processes.
    static bool isSteady(const std::string& file) {
        return file != "devices.list" && file.find("pressure") == std::string::npos;
    }
    static std::string trimmed(std::string text) {
        if (text.ends_with('\n'))
            text.pop_back();
        return text;
    }

    // The first value that is not what its file says.
    std::string difference(const std::string& path) const {
        const auto nodes = readCgroupTree(m_layout, path);
        if (!nodes)
            return nodes.error().text();
        for (const CgroupNode& node : *nodes) {
            for (const CgroupFile& file : node.files) {
                const auto* hierarchy =
                    file.version == 2 ? m_layout.unified() : m_layout.find(file.controller);
                if (hierarchy == nullptr)
                    return "no hierarchy of " + file.controller;
                const auto text = readFile(hierarchy->mountPoint + node.path + "/" + file.file);
                if (isSteady(file.file) && file.value != trimmed(text.value_or("?")))
                    return node.path + " " + file.file + " " + file.value;
            }
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        m_parent = "/escale-test-" + shortId(randomId());
        auto layout = CgroupLayout::detect();
        VERIFY_RESULT(layout);
        m_layout = *layout;
    }
    void cleanup() {
        if (!m_parent.empty())
            (void)Cgroup::open(m_layout, m_parent + "/x").remove();
    }

    void everyValueIsWhatTheFileSays() {
        // Given a cgroup with limits, and one below it,
        const auto cgroup = Cgroup::create(m_layout, m_parent + "/x");
        VERIFY_RESULT(cgroup);
        CgroupLimits limits;
        limits.memory = 64 << 20;
        limits.pids = 33;
        limits.cpuQuota = 50000;
        limits.cpuPeriod = 100000;
        VERIFY_RESULT(cgroup->apply(limits));
        VERIFY_RESULT(cgroup->makeBelow("jobs"));
        // when it is read as a tree,
        const auto nodes = readCgroupTree(m_layout, cgroup->path());
        VERIFY_RESULT(nodes);
        // then each value is the file's (the kernel's own memory comes and goes), and the limits are among
        // them.
        QCOMPARE(nodes->size(), std::size_t{3});
        for (const CgroupNode& node : *nodes)
            QVERIFY(node.files.size() > 10);
        QTRY_COMPARE(difference(cgroup->path()), std::string());
        const auto& files = nodes->at(1).files;
        const auto has = [&files](const std::string& name, const std::string& value) {
            return std::any_of(files.begin(), files.end(), [&](const CgroupFile& file) {
                return file.file == name && file.value == value;
            });
        };
        QVERIFY(has("memory.limit_in_bytes", "67108864") || has("memory.max", "67108864"));
        QVERIFY(has("cpu.cfs_quota_us", "50000") || has("cpu.max", "50000 100000"));
        QVERIFY(has("pids.max", "33"));
    }

    void readsInMilliseconds() {
        const auto cgroup = Cgroup::create(m_layout, m_parent + "/x");
        VERIFY_RESULT(cgroup);
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 50; ++i)
            VERIFY_RESULT(readCgroupTree(m_layout, cgroup->path()));
        qInfo("a tree of two cgroups: %.2f ms", static_cast<double>(clock.nsecsElapsed()) / 50e6);
    }
};

ESCALE_TEST(CgroupFilesTest)
#include "cgroup_files_test.moc"
