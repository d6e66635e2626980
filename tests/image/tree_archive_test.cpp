// Files as archives and back, on a tree that is somebody else's; the worker that does it for containers is
// tested in tests/helper/worker/archive_test.cpp.
#include "engine/image/tree_archive.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <atomic>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

UniqueFd memory(const std::string& content = {}) {
    UniqueFd fd(::memfd_create("archive", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::string contentOf(const UniqueFd& fd) {
    ::lseek(fd.get(), 0, SEEK_SET);
    return readFd(fd.get(), 64u << 20).value_or("");
}

struct stat statOf(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        info.st_mode = 0;
    return info;
}

} // namespace

class TreeArchiveTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
    std::string m_outside;
    UniqueFd m_rootFd;

    void write(const std::string& name, const std::string& content) {
        VERIFY_RESULT(writeFileAtomically(m_root + "/" + name, content, 0644));
    }
    Result<std::string> archived(const std::string& path, bool follow = false, const char* name = nullptr) {
        TRY_ASSIGN(const TreeEntry entry, openTreeEntry(m_rootFd.get(), path, follow));
        const UniqueFd output = memory();
        TRY(archiveTree(entry, name != nullptr ? name : entry.name, output.get()));
        return contentOf(output);
    }
    Result<TreeTotals> extract(const std::string& archive, const std::string& path = "/",
                               const ExtractOptions& options = {}) {
        TRY_ASSIGN(const TreeEntry folder, openTreeEntry(m_rootFd.get(), path, true));
        return extractTree(folder.fd.get(), options, memory(archive).get());
    }
    // What GNU tar, an independent reader, finds in it.
    std::string listed(const std::string& archive) {
        const std::string file = m_folder->path().toStdString() + "/archive.tar";
        (void)writeFileAtomically(file, archive);
        return runProgram({"/usr/bin/tar", "-tf", file}).value_or("damaged");
    }
    static ErrorCode codeOf(const Result<TreeTotals>& result) {
        return result ? ErrorCode::Internal : result.error().code;
    }

private Q_SLOTS:
    void initTestCase() { ::umask(0); }                   // as the worker
    void cleanup() { VERIFY_RESULT(removeTree(m_root)); } // names that Qt cannot remove
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString() + "/root";
        m_outside = m_folder->path().toStdString() + "/outside";
        for (const auto& folder : {m_root, m_outside})
            VERIFY_RESULT(makeDirectories(folder));
        VERIFY_RESULT(writeFileAtomically(m_outside + "/data", "secret"));
        m_rootFd = UniqueFd(::open(m_root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }

    void namesBeginWithTheLastComponent() {
        VERIFY_RESULT(makeDirectories(m_root + "/srv/site"));
        write("srv/site/index.html", "hello");
        QCOMPARE(listed(archived("/srv/site").value()), std::string("site/\nsite/index.html\n"));
        QCOMPARE(listed(archived("srv/site/index.html").value()), std::string("index.html\n"));
        QCOMPARE(listed(archived("/srv/site/.").value()), std::string("./\n./index.html\n"));
        QCOMPARE(listed(archived("/", false, "").value()),
                 std::string("srv/\nsrv/site/\nsrv/site/index.html\n"));
    }

    void aTreeComesBackAsItWas() {
        VERIFY_RESULT(makeDirectories(m_root + "/from/deep", 0750));
        write("from/deep/file", "content");
        QCOMPARE(::link((m_root + "/from/deep/file").c_str(), (m_root + "/from/twin").c_str()), 0);
        QCOMPARE(::symlink("/nowhere/\xff", (m_root + "/from/l\xffnk").c_str()), 0);
        QCOMPARE(::mkfifo((m_root + "/from/pipe").c_str(), 0620), 0);
        QCOMPARE(::chmod((m_root + "/from/deep/file").c_str(), 04711), 0);
        write("from/n\u00e4me", "utf-8");
        const bool hasXattrs =
            ::setxattr((m_root + "/from/deep/file").c_str(), "user.note", "n\0te", 4, 0) == 0;
        const timespec old[] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, (m_root + "/from/deep").c_str(), old, 0), 0);
        const UniqueFd sparse(::open((m_root + "/from/sparse").c_str(), O_WRONLY | O_CREAT, 0600));
        QCOMPARE(::pwrite(sparse.get(), "end", 3, 30 << 20), 3);
        VERIFY_RESULT(makeDirectories(m_root + "/to"));

        const auto archive = archived("/from");
        VERIFY_RESULT(archive);
        QVERIFY2(archive->size() < (1 << 20), "holes are not written out");
        const auto totals = extract(*archive, "/to");
        VERIFY_RESULT(totals);
        QCOMPARE(totals->bytes, archive->size());
        const std::string made = m_root + "/to/from";
        QCOMPARE(statOf(made + "/deep").st_mode, mode_t(S_IFDIR | 0750));
        QCOMPARE(statOf(made + "/deep").st_mtim.tv_sec, time_t(1'000'000'000));
        QCOMPARE(readFile(made + "/deep/file").value(), std::string("content"));
        QCOMPARE(statOf(made + "/deep/file").st_mode, mode_t(S_IFREG | 04711));
        QCOMPARE(statOf(made + "/deep/file").st_ino, statOf(made + "/twin").st_ino);
        QCOMPARE(statOf(made + "/pipe").st_mode, mode_t(S_IFIFO | 0620));
        QCOMPARE(readLinkAt(AT_FDCWD, made + "/l\xffnk").value_or(""), std::string("/nowhere/\xff"));
        QCOMPARE(readFile(made + "/n\u00e4me").value_or(""), std::string("utf-8"));
        QCOMPARE(statOf(made + "/sparse").st_size, off_t((30 << 20) + 3));
        QVERIFY(statOf(made + "/sparse").st_blocks < 1000);
        if (hasXattrs) {
            char value[8] = {};
            QCOMPARE(::getxattr((made + "/deep/file").c_str(), "user.note", value, 8), ssize_t(4));
            QCOMPARE(std::string(value, 4), std::string("n\0te", 4));
        }
    }

    void aLinkIsFollowedWhenAsked() {
        write("file", "content");
        QCOMPARE(::symlink("/file", (m_root + "/link").c_str()), 0);
        QCOMPARE(extract(archived("/link", false, "same").value()).value().entries, 1U);
        QVERIFY(S_ISLNK(statOf(m_root + "/same").st_mode));
        VERIFY_RESULT(extract(archived("/link", true, "other").value()));
        QCOMPARE(readFile(m_root + "/other").value(), std::string("content"));
    }

    void linksLeadNowhereOutside() {
        QCOMPARE(::symlink(m_outside.c_str(), (m_root + "/out").c_str()), 0);
        QCOMPARE(::symlink("../outside", (m_root + "/up").c_str()), 0);
        for (const char* path : {"/out/data", "/up/data", "/../outside/data"})
            QCOMPARE(archived(path).error().code, ErrorCode::NotFound);
    }

    void whatFailsLacksTheEndMark() {
        const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
        write("file", std::string(1 << 20, 'x'));
        const auto entry = openTreeEntry(m_rootFd.get(), "/file", false);
        VERIFY_RESULT(entry);
        QCOMPARE(codeOf(archiveTree(*entry, "file", full.get())), ErrorCode::NoSpace);
        std::string deep = m_root + "/deep";
        VERIFY_RESULT(makeDirectories(deep));
        UniqueFd folder(::open(deep.c_str(), O_RDONLY | O_DIRECTORY));
        for (int i = 0; i < 600; ++i) {
            QCOMPARE(::mkdirat(folder.get(), "d", 0755), 0);
            folder.reset(::openat(folder.get(), "d", O_RDONLY | O_DIRECTORY));
        }
        const auto top = openTreeEntry(m_rootFd.get(), "/deep", false);
        const UniqueFd output = memory();
        QCOMPARE(codeOf(archiveTree(*top, "deep", output.get())), ErrorCode::Unsupported);
        const std::string begun = contentOf(output);
        QVERIFY(begun.size() < 1024 || begun.substr(begun.size() - 1024) != std::string(1024, '\0'));
    }

    void hostileArchivesAreRefused_data() {
        QTest::addColumn<QByteArray>("archive");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
        };
        row("..", TarBuilder().file("../outside/new", "x").finish());
        row("absolute", TarBuilder().file("/new", "x").finish());
        row("through a link that leads out", TarBuilder().file("out/new", "x").finish());
        row("through a link of its own",
            TarBuilder().add({.name = "l", .type = '2', .link = "../outside"}).file("l/new", "x").finish());
        row("hard link to outside",
            TarBuilder().add({.name = "h", .type = '1', .link = "../outside/data"}).finish());
        row("hard link through a link",
            TarBuilder().add({.name = "h", .type = '1', .link = "out/data"}).finish());
        row("device", TarBuilder().add({.name = "d", .type = '3'}).finish());
        row("cut", TarBuilder().file("f", std::string(4096, 'x')).finish().substr(0, 2000));
        row("nonsense", std::string(4096, 'n'));
    }
    void hostileArchivesAreRefused() {
        QFETCH(const QByteArray, archive);
        QCOMPARE(::symlink(m_outside.c_str(), (m_root + "/out").c_str()), 0);
        QCOMPARE(codeOf(extract(archive.toStdString())), ErrorCode::Untrusted);
        QCOMPARE(listDirectory(m_outside).value(), std::vector<std::string>{"data"});
        QVERIFY(!exists(m_root + "/h") && !exists(m_root + "/d"));
    }

    void linksThatStayInsideAreFollowed() {
        VERIFY_RESULT(makeDirectories(m_root + "/usr/lib"));
        QCOMPARE(::symlink("usr/lib", (m_root + "/lib").c_str()), 0);
        VERIFY_RESULT(extract(TarBuilder().file("lib/new", "x").finish()));
        QCOMPARE(readFile(m_root + "/usr/lib/new").value(), std::string("x"));
    }

    void whatIsThereGivesWay() {
        VERIFY_RESULT(makeDirectories(m_root + "/name/below"));
        const std::string asFile = TarBuilder().file("name", "x").finish();
        const std::string asFolder = TarBuilder().folder("name", 0711).finish();
        QCOMPARE(codeOf(extract(asFile, "/", {true, {}})), ErrorCode::InvalidArgument);
        QVERIFY(exists(m_root + "/name/below"));
        VERIFY_RESULT(extract(asFolder, "/", {true, {}}));
        QVERIFY(exists(m_root + "/name/below"));
        QCOMPARE(statOf(m_root + "/name").st_mode, mode_t(S_IFDIR | 0711));
        VERIFY_RESULT(extract(asFile));
        QCOMPARE(readFile(m_root + "/name").value(), std::string("x"));
        QCOMPARE(codeOf(extract(asFolder, "/", {true, {}})), ErrorCode::InvalidArgument);
        VERIFY_RESULT(extract(asFolder));
        QVERIFY(S_ISDIR(statOf(m_root + "/name").st_mode));
    }

    void compressedArchivesAreRead() {
        VERIFY_RESULT(extract(gzip(TarBuilder().file("one", "1").finish())));
        VERIFY_RESULT(extract(zstd(TarBuilder().file("two", "2").finish())));
        QCOMPARE(readFile(m_root + "/one").value() + readFile(m_root + "/two").value(), std::string("12"));
    }

    void anUpperFolderBecomesALayer() {
        if (::geteuid() != 0)
            QSKIP("needs root");
        VERIFY_RESULT(makeDirectories(m_root + "/opaque/sub"));
        write("opaque/sub/file", "x");
        if (::setxattr((m_root + "/opaque").c_str(), "user.overlay.opaque", "y", 1, 0) != 0)
            QSKIP("needs user.* attributes");
        QCOMPARE(::mknod((m_root + "/gone").c_str(), S_IFCHR, 0), 0);
        QCOMPARE(::mknod((m_root + "/null").c_str(), S_IFCHR, 0x103), 0);
        VERIFY_RESULT(makeDirectories(m_root + "/etc"));
        write("etc/hosts", "");
        write("etc/hostname", "mine");
        const UniqueFd output = memory();
        VERIFY_RESULT(archiveLayer(m_rootFd.get(), output.get()));
        const std::string layer = contentOf(output);
        QCOMPARE(listed(layer), std::string("etc/\netc/hostname\n.wh.gone\nopaque/\nopaque/.wh..wh..opq\n"
                                            "opaque/sub/\nopaque/sub/file\n"));
        QVERIFY(layer.find("overlay.opaque") == std::string::npos);
    }

    void theLayerOfABuildHasEmptyFilesWhereContainersMount() {
        VERIFY_RESULT(makeDirectories(m_root + "/etc"));
        write("etc/resolv.conf", "");
        const UniqueFd output = memory();
        VERIFY_RESULT(archiveLayer(m_rootFd.get(), output.get(), {}, {.keepsMountPlaces = true}));
        QCOMPARE(listed(contentOf(output)), std::string("etc/\netc/resolv.conf\n"));
    }

    void aLayerWithALatestTimeIsTheSameWheneverItWasMade() {
        // Given the same files, made in another order and at other times, with holes or without
        const auto make = [this](const std::string& root, const std::vector<std::string>& order,
                                 time_t time) {
            VERIFY_RESULT(makeDirectories(root + "/d"));
            for (const auto& name : order)
                VERIFY_RESULT(writeFileAtomically(root + "/" + name, "content of " + name, 0644));
            QCOMPARE(::link((root + "/b").c_str(), (root + "/d/hard").c_str()), 0);
            const UniqueFd sparse(::open((root + "/sparse").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
            QCOMPARE(::ftruncate(sparse.get(), 1 << 20), 0);
            if (order.front() == "a")
                VERIFY_RESULT(writeAll(sparse.get(), std::string(1 << 20, '\0'), "sparse"));
            for (const char* name : {"/a", "/b", "/d/c", "/sparse", "/d"}) {
                const std::array<timespec, 2> times{timespec{time, 5}, timespec{time, 7}};
                QCOMPARE(::utimensat(AT_FDCWD, (root + name).c_str(), times.data(), 0), 0);
            }
        };
        const auto layerOf = [](const std::string& root, std::optional<std::int64_t> latest) {
            const UniqueFd folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            const UniqueFd output = memory();
            ArchiveOptions options;
            options.latestTime = latest;
            (void)archiveLayer(folder.get(), output.get(), {}, options);
            return contentOf(output);
        };
        make(m_root + "/1", {"a", "b", "d/c"}, 1'700'000'000);
        make(m_root + "/2", {"d/c", "b", "a"}, 1'700'009'999);
        QVERIFY(layerOf(m_root + "/1", {}) != layerOf(m_root + "/2", {}));
        const std::string first = layerOf(m_root + "/1", 1'600'000'000);
        QVERIFY(first.size() > 1U << 20);
        QVERIFY(first == layerOf(m_root + "/2", 1'600'000'000));
        // And what is older keeps its time
        QVERIFY(layerOf(m_root + "/1", 1'800'000'000) != layerOf(m_root + "/2", 1'800'000'000));
    }

    void aFolderMayBeListed() {
        write("b", "12");
        QCOMPARE(::symlink("b", (m_root + "/a").c_str()), 0);
        auto list = listTree(m_rootFd.get(), "/", 10);
        VERIFY_RESULT(list);
        QCOMPARE(list->entries.size(), 2U);
        QCOMPARE(list->entries[0].name + ">" + list->entries[0].linkTarget, std::string("a>b"));
        QCOMPARE(list->entries[1].size, 2U);
        QVERIFY(!list->isCut);
        QVERIFY(listTree(m_rootFd.get(), "/", 1)->isCut);
        QCOMPARE(listTree(m_rootFd.get(), "/b", 1).error().code, ErrorCode::InvalidArgument);
    }

    void aListTakesBoundedMemory() {
        const std::string target(4000, 't');
        QCOMPARE(::symlinkat(target.c_str(), m_rootFd.get(), "first"), 0);
        for (int i = 0; i < 4400; ++i)
            QCOMPARE(::linkat(m_rootFd.get(), "first", m_rootFd.get(), std::to_string(i).c_str(), 0), 0);
        const auto list = listTree(m_rootFd.get(), "/", 65'536);
        VERIFY_RESULT(list);
        QVERIFY(list->isCut && list->entries.size() > 4000);
    }

    // A container exchanges a folder for a link to the host's, as fast as it can, on the path itself and
    // below the folder that is copied.
    void aRaceOfLinksLeadsNowhereOutside() {
        VERIFY_RESULT(makeDirectories(m_root + "/top/swap"));
        write("top/swap/data", "inside");
        QCOMPARE(::symlink(m_outside.c_str(), (m_root + "/top/link").c_str()), 0);
        std::atomic<bool> stop = false;
        std::atomic<int> swaps = 0;
        std::thread racer([&, top = m_root + "/top"] {
            const UniqueFd folder(::open(top.c_str(), O_RDONLY | O_DIRECTORY));
            while (!stop) {
                ::syscall(SYS_renameat2, folder.get(), "swap", folder.get(), "link", 2 /* RENAME_EXCHANGE */);
                ++swaps;
            }
        });
        const std::string archive = TarBuilder().file("swap/new", "x").finish();
        const std::string direct = TarBuilder().file("new", "x").finish();
        int seen = 0;
        bool leaked = false;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; (i < 3000 || swaps < 10'000) && (clock.elapsed() < 8000 || swaps < 2000); ++i) {
            for (const char* path : {"/top/swap/data", "/top"}) {
                const auto out = archived(path, (i & 1) != 0);
                leaked = leaked || (out && out->find("secret") != std::string::npos);
                seen += out && out->find("inside") != std::string::npos ? 1 : 0;
            }
            (void)extract(archive, "/top");
            (void)extract(direct, "/top/swap");
            (void)listTree(m_rootFd.get(), "/top/swap", 10);
        }
        stop = true;
        racer.join();
        QVERIFY(!leaked);
        QVERIFY2(seen > 100, std::to_string(seen).c_str());
        QCOMPARE(listDirectory(m_outside).value(), std::vector<std::string>{"data"});
        QCOMPARE(readFile(m_outside + "/data").value(), std::string("secret"));
    }
};
ESCALE_TEST(TreeArchiveTest)

#include "tree_archive_test.moc"
