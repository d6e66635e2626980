// A container's cgroup as a tree of files, in folders that look like the two versions' hierarchies.
#include "engine/inspect/cgroup_tree.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <algorithm>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace escale;

class CgroupTreeTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;

    std::string top(const std::string& name = {}) { return m_folder->path().toStdString() + "/" + name; }
    void write(const std::string& file, const std::string& content) {
        VERIFY_RESULT(makeDirectories(top(file).substr(0, top(file).rfind('/'))));
        VERIFY_RESULT(writeFileAtomically(top(file), content));
    }
    CgroupLayout unified() { return CgroupLayout({{2, top("two"), {"cpu", "memory", "pids", "io"}}}); }
    CgroupLayout older() {
        return CgroupLayout({{1, top("memory"), {"memory"}}, {1, top("cpu,cpuacct"), {"cpu", "cpuacct"}}});
    }
    // "file=value" in their order.
    static std::vector<std::string> filesOf(const CgroupNode& node) {
        std::vector<std::string> files;
        for (const CgroupFile& file : node.files)
            files.push_back(file.controller + " " + file.file + "=" + file.value);
        return files;
    }
    static QStringList pathsOf(const std::vector<CgroupNode>& nodes) {
        QStringList paths;
        for (const CgroupNode& node : nodes)
            paths.append(QString::fromStdString(node.path));
        return paths;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void limitsComeBeforeUseAndWhatIsMissingIsLeftOut() {
        write("two/escale/x/memory.current", "4096\n");
        write("two/escale/x/memory.max", "max\n");
        write("two/escale/x/cpu.max", "50000 100000\n");
        write("two/escale/x/cgroup.controllers", "cpu memory\n");
        write("two/escale/x/memory.stat", "anon 1\nfile 2\n");
        const auto nodes = readCgroupTree(unified(), "/escale/x");
        VERIFY_RESULT(nodes);
        const CgroupNode& own = nodes->back();
        QCOMPARE(filesOf(own),
                 (std::vector<std::string>{"cgroup cgroup.controllers=cpu memory", "cpu cpu.max=50000 100000",
                                           "memory memory.max=max", "memory memory.current=4096",
                                           "memory memory.stat=anon 1\nfile 2"}));
        QVERIFY(std::all_of(own.files.begin(), own.files.end(),
                            [](const CgroupFile& file) { return file.version == 2; }));
    }

    void theTreeGoesFromTheTopToWhatIsBelow() {
        write("two/a/b/x/cgroup.procs", "1\n2\n3\n");
        write("two/a/b/x/jobs/second/cgroup.procs", "4\n");
        write("two/a/b/x/jobs/first/cgroup.procs", "");
        write("two/a/b/neighbour/cgroup.procs", "9\n");
        const auto nodes = readCgroupTree(unified(), "/a/b/x");
        VERIFY_RESULT(nodes);
        QCOMPARE(pathsOf(*nodes),
                 QStringList({QStringLiteral("/a"), QStringLiteral("/a/b"), QStringLiteral("/a/b/x"),
                              QStringLiteral("/a/b/x/jobs"), QStringLiteral("/a/b/x/jobs/first"),
                              QStringLiteral("/a/b/x/jobs/second")}));
        QVERIFY(nodes->at(1).relation == CgroupNode::Relation::Above);
        QVERIFY(nodes->at(2).relation == CgroupNode::Relation::Itself);
        QVERIFY(nodes->at(3).relation == CgroupNode::Relation::Below);
        QCOMPARE(nodes->at(2).processes, 3U);
        QCOMPARE(nodes->at(5).processes, 1U);
    }

    void aboveThereAreLimitsAndTotalsAlone() {
        for (const char* file :
             {"memory.max", "memory.current", "memory.stat", "pids.events", "cgroup.events"})
            write(std::string("two/escale/") + file, "1\n");
        write("two/escale/x/memory.max", "max\n");
        const auto nodes = readCgroupTree(unified(), "/escale/x");
        VERIFY_RESULT(nodes);
        QCOMPARE(filesOf(nodes->front()),
                 (std::vector<std::string>{"memory memory.max=1", "memory memory.current=1"}));
    }

    void olderHierarchiesAreOneTree() {
        write("memory/escale/x/memory.limit_in_bytes", "67108864\n");
        write("cpu,cpuacct/escale/x/cpu.shares", "512\n");
        write("cpu,cpuacct/escale/x/cpuacct.usage", "77\n");
        // What a controller's name stands on elsewhere is not its file.
        write("memory/escale/x/cpu.shares", "1\n");
        // A container may make cgroups in some of them.
        write("memory/escale/x/inner/memory.limit_in_bytes", "1\n");
        const auto nodes = readCgroupTree(older(), "/escale/x");
        VERIFY_RESULT(nodes);
        QCOMPARE(nodes->size(), std::size_t{3});
        QCOMPARE(filesOf(nodes->at(1)),
                 (std::vector<std::string>{"cpu cpu.shares=512", "cpuacct cpuacct.usage=77",
                                           "memory memory.limit_in_bytes=67108864"}));
        QCOMPARE(filesOf(nodes->at(2)), (std::vector<std::string>{"memory memory.limit_in_bytes=1"}));
        QCOMPARE(nodes->at(2).files.front().version, 1);
    }

    void longValuesAreCutBehindALine() {
        std::string text;
        for (int line = 0; text.size() < 10'000; ++line)
            text += "name_" + std::to_string(line) + " 123456\n";
        write("two/x/memory.stat", text);
        write("two/x/memory.max", std::string(5000, '9'));
        write("two/x/io.stat", std::string(4095, 'a') + "\n");
        const auto nodes = readCgroupTree(unified(), "/x");
        VERIFY_RESULT(nodes);
        for (const CgroupFile& file : nodes->front().files) {
            QVERIFY(file.value.size() <= 4096);
            if (file.file == "memory.stat")
                QVERIFY(file.value.size() > 4000 && text.starts_with(file.value + "\n"));
            if (file.file == "memory.max")
                QCOMPARE(file.value.size(), std::size_t{4096});
            if (file.file == "io.stat")
                QCOMPARE(file.value.size(), std::size_t{4095});
        }
        QCOMPARE(nodes->front().files.size(), std::size_t{3});
    }

    void noLinkLeadsElsewhere() {
        write("two/secret/memory.max", "5\n");
        write("outside/memory.max", "6\n");
        QCOMPARE(::symlink(top("outside").c_str(), top("two/link").c_str()), 0);
        QCOMPARE(readCgroupTree(unified(), "/link").error().code, ErrorCode::NotFound);
        QCOMPARE(readCgroupTree(unified(), "/../outside").error().code, ErrorCode::NotFound);
    }

    void twoHundredAtMost() {
        for (int i = 0; i < 300; ++i)
            VERIFY_RESULT(makeDirectories(top("two/x/" + std::to_string(i))));
        const auto nodes = readCgroupTree(unified(), "/x");
        VERIFY_RESULT(nodes);
        QCOMPARE(nodes->size(), std::size_t{200});
    }

    // A container that may divide its cgroup must not take the descriptors of everybody's engine.
    void fewAreOpenAtATime() {
        for (int i = 0; i < 300; ++i)
            VERIFY_RESULT(makeDirectories(top("two/x/" + std::to_string(i) + "/inner")));
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const int next = ::open("/", O_PATH | O_CLOEXEC);
        ::close(next);
        const rlimit few{static_cast<rlim_t>(next) + 20, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        const auto nodes = readCgroupTree(unified(), "/x");
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        VERIFY_RESULT(nodes);
        QCOMPARE(nodes->size(), std::size_t{200});
    }

    void oneThatIsGoneIsNotFound() {
        VERIFY_RESULT(makeDirectories(top("two/escale")));
        QCOMPARE(readCgroupTree(unified(), "/escale/x").error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(CgroupTreeTest)
#include "cgroup_tree_test.moc"
