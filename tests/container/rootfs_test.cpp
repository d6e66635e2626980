// The shifted layers and overlay on them, as the kernel really does it.
#include "engine/container/rootfs.h"

#include "engine/base/file.h"
#include "engine/container/layer_mounts.h"
#include "engine/image/erofs_image.h"
#include "tests/container/container_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class RootfsTest : public QObject {
    Q_OBJECT

    static constexpr std::uint32_t kBase = 1'900'544;
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<LayerMounts> m_layers;
    std::string m_target;
    std::string m_container;

    // Mounted for the container "c".
    Result<std::vector<std::string>> acquire(LayerMounts& mounts, const std::string& user = "c") {
        TRY_ASSIGN(const auto list, layers());
        return mounts.acquire(kBase, list, user);
    }
    [[nodiscard]] std::string mounted(const std::string& name) const {
        return m_layers->folder() + "/" + name;
    }
    Result<std::vector<Layer>> layers() {
        TRY_ASSIGN(auto image, m_store->findImage(kAlice, kImage));
        return image.layers;
    }
    Result<void> mountIt() {
        TRY_ASSIGN(auto shifted, acquire(*m_layers));
        TRY(makeContainerFolders(m_container));
        TRY(makeDirectories(m_target));
        return mountRootfs({m_layers->folder(), std::move(shifted), m_container, m_target, kBase});
    }
    // Runs `body` in a thread with another file-system id (setfsuid(2) is per thread).
    static bool asContainerRoot(const std::function<bool()>& body) {
        bool outcome = false;
        const pid_t child = ::fork();
        if (child == 0) {
            // Without the host root's power over every file.
            if (::setresgid(kBase, kBase, kBase) != 0 || ::setresuid(kBase, kBase, kBase) != 0)
                ::_exit(2);
            ::_exit(body() ? 0 : 1);
        }
        int status = 1;
        ::waitpid(child, &status, 0);
        outcome = status == 0;
        return outcome;
    }
    static struct stat statOf(const std::string& path) {
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0)
            info.st_uid = 12345678;
        return info;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        ::chmod(m_folder.path().toUtf8().constData(), 0755);
        const std::string root = m_folder.path().toStdString();
        auto store = Store::open(root + "/state");
        VERIFY_RESULT(store);
        m_store = *std::move(store);
        VERIFY_RESULT(commitBusybox(*m_store, kAlice));
        m_layers = std::make_unique<LayerMounts>(m_store->layersFolder(), root + "/idmap");
        m_target = root + "/rootfs";
        m_container = m_store->containerFolder(std::string(64, 'a'));
        ::chmod((root + "/state").c_str(), 0755); // the tests look as another user
        ::chmod((root + "/state/containers").c_str(), 0755);
    }
    void cleanup() {
        if (!m_layers)
            return;
        VERIFY_RESULT(unmountRootfs(m_target));
        m_layers->release("c");
        VERIFY_RESULT(m_layers->removeUnused());
        VERIFY_RESULT(removeTree(m_container));
    }

    void showsLayersShifted() {
        VERIFY_RESULT(mountIt());
        QCOMPARE(statOf(m_target + "/bin/busybox").st_uid, kBase);
        QCOMPARE(statOf(m_target + "/etc/app-file").st_uid, kBase + 1000);
        QCOMPARE(statOf(m_target).st_uid, kBase);
        QCOMPARE(statOf(m_target).st_mode & 07777u, 0755u);
    }

    void honoursWhiteoutsAndOpaqueFolders() {
        VERIFY_RESULT(mountIt());
        QVERIFY(!exists(m_target + "/etc/removed"));
        QVERIFY(exists(m_target + "/etc/passwd"));
        QCOMPARE(*listDirectory(m_target + "/opaque"), (std::vector<std::string>{"shown"}));
    }

    void letsTheContainersRootWrite() {
        VERIFY_RESULT(mountIt());
        QVERIFY(asContainerRoot([this] {
            return ::unlink((m_target + "/etc/passwd").c_str()) == 0 &&
                   bool(openFile(m_target + "/etc/new", O_WRONLY | O_CREAT, 0600)) &&
                   ::rename((m_target + "/opaque/shown").c_str(), (m_target + "/etc/moved").c_str()) == 0;
        }));
        QVERIFY(!exists(m_target + "/etc/passwd"));
        QCOMPARE(statOf(m_container + "/upper/etc/new").st_uid, kBase);
        QCOMPARE(statOf(m_container + "/upper/etc/moved").st_uid, kBase);
        QVERIFY(S_ISCHR(statOf(m_container + "/upper/etc/passwd").st_mode));
    }

    void leavesTheLayersAsTheyWere() {
        VERIFY_RESULT(mountIt());
        const auto list = layers();
        VERIFY_RESULT(list);
        const std::string base = m_store->layersFolder() + "/" + std::to_string(list->front().number);
        QVERIFY(asContainerRoot([this] { return ::chmod((m_target + "/bin/busybox").c_str(), 0700) == 0; }));
        QCOMPARE(statOf(base + "/bin/busybox").st_uid, 0u);
        QCOMPARE(statOf(base + "/bin/busybox").st_mode & 07777u, 0755u);
    }

    void keepsChangesForTheNextStart() {
        VERIFY_RESULT(mountIt());
        QVERIFY(asContainerRoot(
            [this] { return bool(openFile(m_target + "/root/kept", O_WRONLY | O_CREAT, 0600)); }));
        VERIFY_RESULT(unmountRootfs(m_target));
        VERIFY_RESULT(mountIt());
        QVERIFY(exists(m_target + "/root/kept"));
    }

    void showsLayersThatAreCommittedLater() {
        VERIFY_RESULT(mountIt());
        VERIFY_RESULT(makeDirectories(m_store->layersFolder() + "/999"));
        QCOMPARE(statOf(mounted(std::to_string(kBase) + "/999")).st_uid, kBase);
        VERIFY_RESULT(removeTree(m_store->layersFolder() + "/999"));
    }

    void sharesOneMountAnOwner() {
        const auto one = acquire(*m_layers, "c");
        VERIFY_RESULT(one);
        QCOMPARE(*acquire(*m_layers, "d"), *one);
        m_layers->release("c");
        VERIFY_RESULT(m_layers->removeUnused());
        QVERIFY(exists(mounted(one->front())));
        // It stays for the next container, until it is cleared away.
        m_layers->release("d");
        QVERIFY(exists(mounted(one->front())));
        VERIFY_RESULT(m_layers->removeUnused());
        QVERIFY(!exists(mounted(one->front())));
    }

    void takesAFormerHelpersMountOver() {
        const auto one = acquire(*m_layers);
        VERIFY_RESULT(one);
        LayerMounts next(m_store->layersFolder(), m_layers->folder());
        QCOMPARE(*acquire(next), *one);
        next.release("c");
        VERIFY_RESULT(next.removeUnused());
        QVERIFY(!exists(mounted(one->front())));
    }

    void removesMountsThatNobodyUses() {
        const auto one = acquire(*m_layers);
        VERIFY_RESULT(one);
        LayerMounts next(m_store->layersFolder(), m_layers->folder());
        VERIFY_RESULT(next.removeUnused());
        QVERIFY(!exists(mounted(one->front())));
    }

    void stacksImagesAndFolders() {
        // Given an image of a layer beside one that is a folder
        if (const auto can = tryErofs(m_folder.path().toStdString()); !can)
            QSKIP(can.error().text().c_str());
        const std::string path = m_store->layersFolder() + "/1000";
        {
            const auto file = openFile(path, O_RDWR | O_CREAT | O_EXCL, 0600);
            VERIFY_RESULT(file);
            ErofsImage image(file->get());
            VERIFY_RESULT(image.makeDirectory({"", "etc"}, {}));
            VERIFY_RESULT(image.makeDirectory({"", "owned"}, {.owner = 7}));
            VERIFY_RESULT(image.makeSymlink({"etc", "passwd"}, "from-the-image", {.owner = 1000}));
            VERIFY_RESULT(image.makeWhiteout("bin", "sh"));
            VERIFY_RESULT(image.finish());
        }
        auto list = layers();
        VERIFY_RESULT(list);
        list->push_back({1000, Digest::ofData("x"), 0});
        // When both are mounted under a container
        auto shifted = m_layers->acquire(kBase, *list, "c");
        VERIFY_RESULT(shifted);
        VERIFY_RESULT(makeContainerFolders(m_container));
        VERIFY_RESULT(makeDirectories(m_target));
        VERIFY_RESULT(mountRootfs({m_layers->folder(), *shifted, m_container, m_target, kBase}));
        // Then the image's entries are shifted and win over the folder's, and the container can write over
        // them
        QCOMPARE(statOf(m_target + "/owned").st_uid, kBase + 7);
        QCOMPARE(statOf(m_target + "/etc/passwd").st_uid, kBase + 1000);
        QVERIFY(S_ISLNK(statOf(m_target + "/etc/passwd").st_mode));
        QVERIFY(exists(m_target + "/bin/busybox"));
        QVERIFY(!exists(m_target + "/bin/sh"));
        QVERIFY(asContainerRoot([this] { return ::unlink((m_target + "/etc/passwd").c_str()) == 0; }));
        // And a missing layer is told
        list->push_back({1001, Digest::ofData("x"), 0});
        QCOMPARE(m_layers->acquire(kBase, *list, "d").error().code, ErrorCode::NotFound);
        QVERIFY(::unlink(path.c_str()) == 0);
    }

    void stacksAHundredLayers() {
        std::vector<Layer> many;
        for (int number = 100'000; number < 100'100; ++number) {
            VERIFY_RESULT(makeDirectories(m_store->layersFolder() + "/" + std::to_string(number)));
            many.push_back({number, Digest::ofData("x"), 0});
        }
        VERIFY_RESULT(makeContainerFolders(m_container));
        VERIFY_RESULT(makeDirectories(m_target));
        const auto shifted = m_layers->acquire(kBase, many, "c");
        VERIFY_RESULT(shifted);
        VERIFY_RESULT(mountRootfs({m_layers->folder(), *shifted, m_container, m_target, kBase}));
    }

    void refusesMoreLayersThanOverlayStacks() {
        const std::vector<std::string> many(501, "1");
        const auto mounted = mountRootfs({"/nowhere", many, m_container, m_target, kBase});
        QVERIFY(!mounted);
        QCOMPARE(mounted.error().code, ErrorCode::Unsupported);
    }

    void makesTheWorkingFolder() {
        VERIFY_RESULT(mountIt());
        const auto path = ensureFolderInRootfs(m_target, "srv//app/../web/", kBase);
        VERIFY_RESULT(path);
        QCOMPARE(*path, std::string("/srv/web"));
        QCOMPARE(statOf(m_target + "/srv/web").st_uid, kBase);
        QVERIFY(!exists(m_target + "/srv/app"));
    }

    void makesTheWorkingFolderInsideTheRootOnly() {
        VERIFY_RESULT(mountIt());
        QCOMPARE(::symlink("/../../../../tmp", (m_target + "/link").c_str()), 0);
        VERIFY_RESULT(ensureFolderInRootfs(m_target, "/link/inside", kBase));
        QVERIFY(exists(m_target + "/tmp/inside"));
        QVERIFY(!exists("/tmp/inside"));
    }

    void refusesAFileAsWorkingFolder() {
        VERIFY_RESULT(mountIt());
        QVERIFY(!ensureFolderInRootfs(m_target, "/etc/group/x", kBase));
    }
};

ESCALE_TEST(RootfsTest)
#include "rootfs_test.moc"
