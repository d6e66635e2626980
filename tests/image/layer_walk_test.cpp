// Layers as they lie in the store, walked by descriptors.
#include "engine/image/layer_walk.h"

#include "engine/base/file.h"
#include "engine/image/layer_stack.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace escale;

class LayerWalkTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const std::string& name) { return m_folder->path().toStdString() + "/" + name; }
    void write(const std::string& name, const std::string& content = "x") {
        VERIFY_RESULT(makeDirectories(path(name).substr(0, path(name).rfind('/'))));
        VERIFY_RESULT(writeFileAtomically(path(name), content, 0644));
    }
    Result<LayerRecordReader> walk(int layers) {
        std::vector<UniqueFd> folders;
        for (int i = 0; i < layers; ++i) {
            TRY_ASSIGN(UniqueFd folder, openFile(path(std::to_string(i)), O_RDONLY | O_DIRECTORY));
            folders.push_back(std::move(folder));
        }
        const UniqueFd memory(::memfd_create("records", MFD_CLOEXEC));
        TRY(writeLayerRecords(folders, memory.get()));
        ::lseek(memory.get(), 0, SEEK_SET);
        TRY_ASSIGN(const std::string bytes, readFd(memory.get(), 256u << 20));
        LayerRecordReader reader;
        TRY(reader.take(bytes));
        return reader;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(::unshare(CLONE_NEWNS) == 0 &&
                        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0,
                    "needs mount namespaces");
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void linksAreToldAndNotFollowed() {
        VERIFY_RESULT(makeDirectories(path("0")));
        write("outside/secret");
        QCOMPARE(::symlink(path("outside").c_str(), path("0/out").c_str()), 0);
        auto reader = walk(1);
        VERIFY_RESULT(reader);
        const LayerStack stack(reader->takeLayers());
        QCOMPARE(stack.nodeCount(), std::size_t{2});
        QCOMPARE(stack.entryAt(stack.find("/out"), 0)->target, path("outside"));
    }

    void marksOfTheStoreAreRead() {
        write("0/gone");
        write("0/folder/hidden");
        VERIFY_RESULT(makeDirectories(path("1/folder")));
        QCOMPARE(::mknod(path("1/gone").c_str(), S_IFCHR, 0), 0);
        if (::setxattr(path("1/folder").c_str(), "user.overlay.opaque", "y", 1, 0) != 0)
            QSKIP("the temporary folder keeps no user attributes");
        auto reader = walk(2);
        VERIFY_RESULT(reader);
        const LayerStack stack(reader->takeLayers());
        QVERIFY(!stack.existsAt(stack.find("/gone"), 1));
        QVERIFY(!stack.existsAt(stack.find("/folder/hidden"), 1));
        QVERIFY(stack.existsAt(stack.find("/folder"), 1));
    }

    void onlyFilesOfOneNameAndSizeInTwoLayersAreCompared() {
        write("0/a/lib", "same content");
        write("0/b/lib", "same content");
        write("0/other", "0123");
        write("1/c/lib", "Same content");
        write("1/other", "01234");
        auto reader = walk(2);
        VERIFY_RESULT(reader);
        const auto& contents = reader->contents();
        QCOMPARE(contents.size(), std::size_t{3});
        QVERIFY(contents[0].mark == contents[1].mark);
        QVERIFY(contents[0].mark != contents[2].mark);
    }

    // No timed assertion: the figure is for whoever reads the log.
    void aHundredThousandFilesAreWalked() {
        VERIFY_RESULT(makeDirectories(path("0")));
        SKIP_UNLESS(::mount("none", path("0").c_str(), "tmpfs", 0, "nr_inodes=200k") == 0, "needs tmpfs");
        for (int folder = 0; folder < 1000; ++folder) {
            const std::string name = path("0/" + std::to_string(folder));
            QCOMPARE(::mkdir(name.c_str(), 0755), 0);
            for (int file = 0; file < 100; ++file)
                QCOMPARE(::mknod((name + "/file-" + std::to_string(file)).c_str(), S_IFREG | 0644, 0), 0);
        }
        QElapsedTimer timer;
        timer.start();
        auto reader = walk(1);
        const qint64 walked = timer.restart();
        VERIFY_RESULT(reader);
        const LayerStack stack(reader->takeLayers());
        std::printf("     %zu files: walked and read in %lld ms, merged in %lld ms\n", stack.nodeCount() - 1,
                    static_cast<long long>(walked), static_cast<long long>(timer.elapsed()));
        QCOMPARE(stack.nodeCount(), std::size_t{101'001});
        ::umount2(path("0").c_str(), MNT_DETACH);
    }
};

ESCALE_TEST(LayerWalkTest)
#include "layer_walk_test.moc"
