// A layer as an image, mounted by the kernel and compared with the same layer as a folder, entry by entry.
#include "engine/image/erofs_image.h"

#include "engine/base/file.h"
#include "engine/image/layer_tree.h"
#include "engine/image/tree_files.h"
#include "engine/image/unpack.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fcntl.h>
#include <map>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

std::string xattrsOf(const std::string& path) {
    std::string names(4096, '\0');
    const auto size = ::llistxattr(path.c_str(), names.data(), names.size());
    std::map<std::string, std::string> found;
    for (std::size_t at = 0; size > 0 && at < static_cast<std::size_t>(size);) {
        const std::string name(names.c_str() + at);
        at += name.size() + 1;
        std::string value(70'000, '\0');
        const auto length = ::lgetxattr(path.c_str(), name.c_str(), value.data(), value.size());
        value.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
        found[name] = value;
    }
    std::string text;
    for (const auto& [name, value] : found)
        text += " " + name + "=" + Digest::ofData(value).toString();
    return text;
}

/// Everything that can be seen of a tree, a line an entry. Names of one file (hard links) say which was
/// first.
class Description {
public:
    explicit Description(std::string root)
        : m_root(std::move(root)) {
        walk("");
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    void walk(const std::string& path) {
        const std::string whole = m_root + path;
        struct stat info {};
        if (::lstat(whole.c_str(), &info) != 0) {
            m_text += path + " cannot be read\n";
            return;
        }
        const bool isFolder = S_ISDIR(info.st_mode);
        const auto [first, isNew] = m_first.emplace(info.st_ino, path);
        m_text += path + " mode " + std::to_string(info.st_mode) + " of " + std::to_string(info.st_uid) +
                  ":" + std::to_string(info.st_gid) + " links " +
                  std::to_string(isFolder ? 0 : info.st_nlink) + " first " + first->second + " device " +
                  std::to_string(info.st_rdev) + " size " + std::to_string(isFolder ? 0 : info.st_size) +
                  xattrsOf(whole);
        if (!S_ISCHR(info.st_mode)) // nobody sees the time of a whiteout
            m_text +=
                " at " + std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
        if (S_ISREG(info.st_mode))
            m_text += " " + Digest::ofData(readFile(whole, 1U << 30).value_or("unreadable")).toString();
        if (S_ISLNK(info.st_mode)) {
            std::string target(5000, '\0');
            const auto size = ::readlink(whole.c_str(), target.data(), target.size());
            m_text += " -> " + target.substr(0, static_cast<std::size_t>(size));
        }
        m_text += "\n";
        if (!isFolder)
            return;
        const UniqueFd folder(::open(whole.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        for (const auto& name : namesIn(folder.get()).value_or(std::vector<std::string>{"cannot be listed"}))
            walk(path + "/" + name);
    }

    std::string m_root;
    std::string m_text;
    std::map<ino_t, std::string> m_first;
};

/// A file of GNU tar's sparse format 1.0: `size` bytes with "DATA" at `place`.
TarEntry sparseFile(const std::string& name, std::uint64_t size, std::uint64_t place) {
    std::string map = "2\n" + std::to_string(place) + "\n4\n" + std::to_string(size) + "\n0\n";
    map.resize(512, '\0');
    return {.name = "GNUSparseFile.0/" + name,
            .content = map + "DATA",
            .pax = {{"GNU.sparse.major", "1"},
                    {"GNU.sparse.minor", "0"},
                    {"GNU.sparse.name", name},
                    {"GNU.sparse.realsize", std::to_string(size)}}};
}

} // namespace

class ErofsImageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::string at(const char* name) const { return m_folder->path().toStdString() + "/" + name; }
    static Result<UnpackedLayer> unpack(const std::string& tar, LayerSink& sink) {
        const UniqueFd input(::memfd_create("layer", MFD_CLOEXEC));
        TRY(writeAll(input.get(), tar, "layer"));
        ::lseek(input.get(), 0, SEEK_SET);
        return unpackLayer(input.get(), sink, LayerCompression::None, UnpackLimits::forBlob(tar.size()));
    }
    Result<UnpackedLayer> makeFolder(const std::string& tar) {
        TRY_ASSIGN(const UniqueFd folder, openFile(at("folder"), O_RDONLY | O_DIRECTORY));
        TRY_ASSIGN(const auto tree, LayerTree::create(folder.get()));
        return unpack(tar, *tree);
    }
    Result<UnpackedLayer> makeImage(const std::string& tar) {
        TRY_ASSIGN(const UniqueFd file, openFile(at("image"), O_RDWR | O_CREAT | O_EXCL, 0600));
        ErofsImage image(file.get());
        TRY_ASSIGN(auto layer, unpack(tar, image));
        if (::mount(at("image").c_str(), at("mounted").c_str(), "erofs", MS_RDONLY, nullptr) != 0)
            return failErrno("cannot mount the image");
        return layer;
    }
    void compare(const TarBuilder& builder) {
        const std::string tar = builder.finish();
        const auto folder = makeFolder(tar);
        VERIFY_RESULT(folder);
        const auto image = makeImage(tar);
        VERIFY_RESULT(image);
        QCOMPARE(image->size, folder->size);
        QCOMPARE(image->diffId.toString(), folder->diffId.toString());
        const Description wanted(at("folder"));
        const Description found(at("mounted"));
        if (wanted.text() != found.text())
            qWarning("as a folder:\n%.4000s\nas an image:\n%.4000s", wanted.text().c_str(),
                     found.text().c_str());
        QVERIFY(wanted.text() == found.text());
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(::unshare(CLONE_NEWNS) == 0 &&
                        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0,
                    "needs a mount namespace of its own");
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const char* name : {"folder", "mounted"})
            QVERIFY(::mkdir(at(name).c_str(), 0755) == 0);
        const UniqueFd file(::open(at("probe").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        ErofsImage image(file.get());
        VERIFY_RESULT(image.finish());
        if (::mount(at("probe").c_str(), at("mounted").c_str(), "erofs", MS_RDONLY, nullptr) != 0)
            QSKIP("this kernel mounts no EROFS image from a file");
        QVERIFY(::umount(at("mounted").c_str()) == 0);
    }
    void cleanup() {
        ::umount(at("mounted").c_str());
        (void)removeTree(at("folder"));
    }

    void anEmptyLayer() { compare(TarBuilder().folder("./")); }

    void filesOfEverySizeAroundABlock() {
        TarBuilder tar;
        tar.folder("./", 0711);
        for (const unsigned size : {0U, 1U, 100U, 3000U, 4031U, 4032U, 4033U, 4095U, 4096U, 4097U, 8191U,
                                    8192U, 12'345U, 1'048'576U, 3'000'001U}) {
            std::string content(size, '\0');
            for (std::size_t i = 0; i < content.size(); ++i)
                content[i] = static_cast<char>(i * 31 + size);
            tar.file("sizes/" + std::to_string(size), content);
        }
        tar.folder("sizes", 0755);
        compare(tar);
    }

    void everyKindOfEntry() {
        compare(
            TarBuilder()
                .folder("./", 0755)
                .folder("etc", 01777)
                .add({.name = "etc/passwd", .content = "root", .mode = 0600, .owner = 1000, .group = 70'000})
                .add({.name = "etc/link", .type = '2', .link = "../../outside/x", .owner = 7})
                .add({.name = "etc/long-link", .type = '2', .link = std::string(4095, 'l')})
                .add({.name = "etc/hard", .type = '1', .link = "etc/passwd"})
                .add({.name = "harder", .type = '1', .link = "etc/passwd"})
                .add({.name = "link-to-link", .type = '1', .link = "etc/link"})
                .add({.name = "su", .content = "ELF", .mode = 04755})
                .add({.name = "pipe", .type = '6', .mode = 0622, .owner = 3})
                .add({.name = "before-1970", .content = "x", .modified = -86'400})
                .add({.name = "after-2106", .content = "x", .modified = 5'000'000'000})
                .add({.name = "fraction", .content = "x", .pax = {{"mtime", "1600000000.123456789"}}})
                .add({.name = "caf\xe9", .content = "no UTF-8"}));
    }

    void extendedAttributes() {
        std::string acl("\2\0\0\0", 4);
        for (const auto& [tag, permissions] : {std::pair(1, 7), std::pair(4, 5), std::pair(32, 4)}) {
            acl += {static_cast<char>(tag), 0, static_cast<char>(permissions), 0};
            acl += "\xff\xff\xff\xff";
        }
        const std::string capability("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
        TarBuilder tar;
        tar.folder("./", 0755)
            .add({.name = "note",
                  .content = "x",
                  .pax = {{"SCHILY.xattr.user.note", "hi"}, {"SCHILY.xattr.user.b", ""}}})
            .add({.name = "ping",
                  .content = "ELF",
                  .mode = 0755,
                  .pax = {{"SCHILY.xattr.security.capability", capability}}})
            .add({.name = "folder",
                  .type = '5',
                  .mode = 0755,
                  .pax = {{"SCHILY.xattr.system.posix_acl_default", acl}}})
            .add({.name = "large",
                  .content = std::string(5000, 'c'),
                  .pax = {{"SCHILY.xattr.user.large", std::string(3000, 'v')}}});
        compare(tar);
    }

    void whiteoutsAndWhatReplacesWhat() {
        compare(TarBuilder()
                    .folder("./", 0755)
                    .file("file", "old")
                    .file("file", "new")
                    .folder("was-folder")
                    .folder("was-folder/inside")
                    .file("was-folder/inside/x")
                    .file("was-folder", "file")
                    .file("was-file")
                    .folder("was-file")
                    .file("was-file/x", "y")
                    .folder("twice", 0700)
                    .file("twice/kept", "kept")
                    .folder("twice", 0711)
                    .file(".wh.gone")
                    .folder("opaque")
                    .file("opaque/.wh..wh..opq")
                    .file("opaque/new")
                    .file(".wh.recreated")
                    .folder("recreated")
                    .folder("made-first")
                    .file(".wh.made-first")
                    .file("replaced", "x")
                    .file(".wh.replaced")
                    .file("one", "shared")
                    .add({.name = "two", .type = '1', .link = "one"})
                    .file("one", "alone")
                    .add({.name = "two", .type = '1', .link = "two"}));
    }

    void foldersOfManyBlocks() {
        TarBuilder tar;
        tar.folder("./").folder("many");
        for (int i = 0; i < 3000; ++i)
            tar.file("many/" + std::string(static_cast<std::size_t>(i % 200), '!') + std::to_string(i),
                     "c" + std::to_string(i));
        for (const int length : {1, 50, 150, 255})
            tar.file("many/" + std::string(static_cast<std::size_t>(length), '\xfe'));
        tar.folder("many"); // its time again, which the files have changed
        compare(tar);
    }

    void holesOfSparseFiles() {
        const auto tar = TarBuilder()
                             .folder("./")
                             .add(sparseFile("holes", 8'388'608, 1'048'576))
                             .add(sparseFile("odd", 100'000, 5001))
                             .add(sparseFile("vast", 30'000'000'000, 29'999'999'000))
                             .finish();
        VERIFY_RESULT(makeImage(tar));
        const auto content = readFile(at("mounted") + "/holes", 16U << 20);
        VERIFY_RESULT(content);
        QCOMPARE(content->size(), std::size_t(8'388'608));
        QCOMPARE(content->find_first_not_of('\0'), std::size_t(1'048'576));
        QCOMPARE(content->substr(1'048'576, 4), std::string("DATA"));
        QCOMPARE(readFile(at("mounted") + "/odd").value_or("").substr(5001, 4), std::string("DATA"));
        const UniqueFd vast(::open((at("mounted") + "/vast").c_str(), O_RDONLY | O_CLOEXEC));
        std::array<char, 4> data{};
        QCOMPARE(::pread(vast.get(), data.data(), 4, 29'999'999'000), ssize_t(4));
        QCOMPARE(std::string(data.data(), 4), std::string("DATA"));
        struct stat info {};
        QCOMPARE(::stat(at("image").c_str(), &info), 0);
        QVERIFY2(info.st_blocks < 400,
                 qPrintable(QString::number(info.st_blocks))); // the holes take no space
    }

    void aHundredThousandFiles() {
        TarBuilder tar;
        tar.folder("./");
        for (int i = 0; i < 100'000; ++i)
            tar.file("d" + std::to_string(i / 300) + "/f" + std::to_string(i),
                     std::string(static_cast<std::size_t>(i % 5000), 'x'));
        QElapsedTimer timer;
        timer.start();
        VERIFY_RESULT(makeImage(tar.finish()));
        const auto time = timer.elapsed();
        struct stat info {};
        QCOMPARE(::stat(at("image").c_str(), &info), 0);
        qInfo("100,000 files, 250 MB: %lld ms, %lld MB", static_cast<long long>(time),
              static_cast<long long>(info.st_size >> 20));
        QCOMPARE(readFile(at("mounted") + "/d333/f99999").value_or("").size(), std::size_t(4999));
    }

    void hostileEntriesAreRefusedAsInAFolder_data() {
        QTest::addColumn<QByteArray>("tar");
        const auto row = [](const char* name, const TarBuilder& tar) {
            QTest::newRow(name) << QByteArray::fromStdString(tar.finish());
        };
        row("symlinked parent",
            TarBuilder().add({.name = "a", .type = '2', .link = "../outside"}).file("a/x"));
        row("file as parent", TarBuilder().file("a").file("a/x"));
        row("cached parent becomes a link",
            TarBuilder().file("a/x").add({.name = "a", .type = '2', .link = "../outside"}).file("a/y"));
        row("hard link to what is not there",
            TarBuilder().add({.name = "a", .type = '1', .link = "etc/passwd"}));
        row("hard link through a symlink", TarBuilder()
                                               .add({.name = "l", .type = '2', .link = "/etc"})
                                               .add({.name = "a", .type = '1', .link = "l/passwd"}));
        row("hard link to a folder", TarBuilder().folder("d").add({.name = "a", .type = '1', .link = "d"}));
        row("hard link to a whiteout",
            TarBuilder().file(".wh.w").add({.name = "a", .type = '1', .link = "w"}));
        row("hard link to what is gone",
            TarBuilder().file("d/x").file("d", "f").add({.name = "a", .type = '1', .link = "d/x"}));
    }
    void hostileEntriesAreRefusedAsInAFolder() {
        QFETCH(QByteArray, tar);
        const auto folder = makeFolder(tar.toStdString());
        const auto image = makeImage(tar.toStdString());
        QVERIFY(!folder && !image);
        QCOMPARE(image.error().code, ErrorCode::Untrusted);
        QCOMPARE(QString::fromStdString(image.error().message),
                 QString::fromStdString(folder.error().message));
    }
};

ESCALE_TEST(ErofsImageTest)
#include "erofs_image_test.moc"
