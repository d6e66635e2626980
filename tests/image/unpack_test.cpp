#include "engine/image/layer_tree.h"
#include "engine/image/unpack.h"

#include "engine/base/file.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>

using namespace escale;
using namespace escale::test;

namespace {

/// A folder to unpack into, in a tree that must stay as it is.
class Target {
public:
    explicit Target(const QString& below = QDir::tempPath())
        : m_folder(below + "/escale-unpack-XXXXXX") {
        ::mkdir((path() + "/layer").c_str(), 0755);
        ::mkdir((path() + "/outside").c_str(), 0755);
        m_directory = openFile(path() + "/layer", O_RDONLY | O_DIRECTORY).value();
    }
    ~Target() { (void)removeTree(path()); } // Qt cannot remove names that are no UTF-8
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string at(const std::string& name) const { return path() + "/layer/" + name; }
    [[nodiscard]] struct stat statOf(const std::string& name) const {
        struct stat info {};
        if (::lstat(at(name).c_str(), &info) != 0)
            info.st_mode = 0;
        return info;
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        return readFile(at(name)).value_or("<missing>");
    }
    [[nodiscard]] std::string xattr(const std::string& name, const char* key) const {
        std::string value(100, '\0');
        const auto size = ::lgetxattr(at(name).c_str(), key, value.data(), value.size());
        return size < 0 ? "<none>" : value.substr(0, static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool isWhiteout(const std::string& name) const {
        const auto info = statOf(name);
        return S_ISCHR(info.st_mode) && info.st_rdev == 0;
    }
    [[nodiscard]] bool outsideIsUntouched() const {
        return listDirectory(path()).value() == std::vector<std::string>{"layer", "outside"} &&
               listDirectory(path() + "/outside").value().empty();
    }

    Result<UnpackedLayer> unpack(const std::string& blob, LayerCompression promised = LayerCompression::None,
                                 std::optional<UnpackLimits> limits = {}) {
        const UniqueFd input(::memfd_create("layer", MFD_CLOEXEC));
        TRY(writeAll(input.get(), blob, "layer"));
        ::lseek(input.get(), 0, SEEK_SET);
        TRY_ASSIGN(const auto tree, LayerTree::create(m_directory.get()));
        return unpackLayer(input.get(), *tree, promised, limits.value_or(UnpackLimits::forBlob(blob.size())));
    }

private:
    QTemporaryDir m_folder;
    UniqueFd m_directory;
};

constexpr int kNobody = 65534;

} // namespace

class UnpackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesFilesFoldersAndLinksWithTheirAttributes() {
        Target target;
        const auto tar =
            TarBuilder()
                .folder("./etc/", 0750)
                .add({.name = "./etc/passwd", .content = "root", .mode = 0600, .modified = 1'500'000'000})
                .add({.name = "etc/link", .type = '2', .link = "../../../outside/x"})
                .add({.name = "/etc/hard", .type = '1', .link = "/etc/passwd"})
                .add({.name = "bin/su", .content = "ELF", .mode = 04755})
                .add({.name = "pipe", .type = '6', .mode = 0622})
                .finish();
        const auto layer = target.unpack(gzip(tar), LayerCompression::Gzip);
        VERIFY_RESULT(layer);
        QCOMPARE(layer->diffId.toString(), Digest::ofData(tar).toString());
        QCOMPARE(layer->blobDigest.toString(), Digest::ofData(gzip(tar)).toString());
        QCOMPARE(layer->blobSize, gzip(tar).size());
        QCOMPARE(layer->size, std::uint64_t{7});
        QCOMPARE(layer->entries, std::uint64_t{6});
        QCOMPARE(target.read("etc/passwd"), std::string("root"));
        QCOMPARE(target.statOf("etc/passwd").st_mode, mode_t(S_IFREG | 0600));
        QCOMPARE(target.statOf("etc/passwd").st_mtim.tv_sec, time_t(1'500'000'000));
        QCOMPARE(target.statOf("etc").st_mode, mode_t(S_IFDIR | 0750));
        QCOMPARE(target.statOf("etc").st_mtim.tv_sec, time_t(1'600'000'000));
        QCOMPARE(target.statOf("etc/hard").st_ino, target.statOf("etc/passwd").st_ino);
        QCOMPARE(target.statOf("bin/su").st_mode, mode_t(S_IFREG | 04755));
        QCOMPARE(target.statOf("bin").st_mode, mode_t(S_IFDIR | 0755));
        QCOMPARE(target.statOf("pipe").st_mode, mode_t(S_IFIFO | 0622));
        QCOMPARE(QFile::symLinkTarget(QString::fromStdString(target.at("etc/link"))).isEmpty(), false);
        QVERIFY(target.outsideIsUntouched());
    }
    void readsZstdAndPlainTars() {
        const auto tar = TarBuilder().file("a", std::string(700'000, 'x')).finish();
        for (const auto& blob : {tar, zstd(tar)}) {
            Target target;
            const auto layer = target.unpack(blob);
            VERIFY_RESULT(layer);
            QCOMPARE(layer->diffId.toString(), Digest::ofData(tar).toString());
            QCOMPARE(target.statOf("a").st_size, off_t(700'000));
        }
    }
    void acceptsAnEmptyLayer() {
        Target target;
        const auto layer = target.unpack(gzip(TarBuilder().finish()), LayerCompression::Gzip);
        VERIFY_RESULT(layer);
        QCOMPARE(layer->entries, std::uint64_t{0});
    }
    void keepsLongAndForeignNamesAsTheyAre() {
        Target target;
        const std::string folder(200, 'd');
        const std::string decomposed = "Cafe\xcc\x81"; // NFD, must not become NFC
        const std::string latin1 = "caf\xe9";          // no UTF-8 at all
        const auto tar = TarBuilder()
                             .file(folder + "/" + std::string(150, 'f'), "long")
                             .file(decomposed, "nfd")
                             .add({.name = "x", .content = "pax", .pax = {{"path", "e\xcc\x81-pax"}}})
                             .file(latin1, "latin")
                             .add({.name = "link", .type = '2', .link = std::string(300, 'l')})
                             .finish();
        VERIFY_RESULT(target.unpack(tar));
        QCOMPARE(target.read(folder + "/" + std::string(150, 'f')), std::string("long"));
        QCOMPARE(target.read(decomposed), std::string("nfd"));
        QCOMPARE(target.read("e\xcc\x81-pax"), std::string("pax"));
        QCOMPARE(target.read(latin1), std::string("latin"));
        QCOMPARE(target.statOf("link").st_size, off_t(300));
    }
    void keepsHolesOfSparseFiles() {
        // Given GNU tar's sparse format 1.0: 8 MiB with 4 bytes at 1 MiB
        Target target;
        std::string map = "2\n1048576\n4\n8388608\n0\n";
        map.resize(512, '\0');
        const auto tar = TarBuilder()
                             .add({.name = "GNUSparseFile.0/holes",
                                   .content = map + "DATA",
                                   .pax = {{"GNU.sparse.major", "1"},
                                           {"GNU.sparse.minor", "0"},
                                           {"GNU.sparse.name", "holes"},
                                           {"GNU.sparse.realsize", "8388608"}}})
                             .finish();
        const auto layer = target.unpack(tar);
        VERIFY_RESULT(layer);
        QCOMPARE(target.statOf("holes").st_size, off_t(8388608));
        QVERIFY(target.statOf("holes").st_blocks < 100);
        QCOMPARE(target.read("holes").substr(1048576, 4), std::string("DATA"));
        QCOMPARE(layer->size, std::uint64_t{4});
    }
    void laterEntriesReplaceEarlierOnes() {
        Target target;
        const auto tar = TarBuilder()
                             .file("file", "old")
                             .file("file", "new")
                             .file("was-folder/inside/x")
                             .file("was-folder", "file")
                             .file("was-file")
                             .folder("was-file")
                             .file("was-file/x", "y")
                             .folder("twice", 0700)
                             .file("twice/kept", "kept")
                             .folder("twice", 0711)
                             .finish();
        VERIFY_RESULT(target.unpack(tar));
        QCOMPARE(target.read("file"), std::string("new"));
        QCOMPARE(target.read("was-folder"), std::string("file"));
        QCOMPARE(target.read("was-file/x"), std::string("y"));
        QCOMPARE(target.read("twice/kept"), std::string("kept"));
        QCOMPARE(target.statOf("twice").st_mode, mode_t(S_IFDIR | 0711));
    }
    void replacesAFolderThatItIsJustFilling() {
        Target target;
        const auto tar = TarBuilder().file("a/b/c").file("a", "file").finish();
        VERIFY_RESULT(target.unpack(tar));
        QCOMPARE(target.read("a"), std::string("file"));
        // And again as a folder, with the old descriptor gone
        Target other;
        VERIFY_RESULT(other.unpack(
            TarBuilder().file("a/b/c").file("a", "f").folder("a").file("a/b/d", "new").finish()));
        QCOMPARE(other.read("a/b/d"), std::string("new"));
        QVERIFY(!exists(other.at("a/b/c")));
    }
    void turnsWhiteoutsIntoOverlayfsForm() {
        Target target;
        const auto tar = TarBuilder()
                             .file("etc/.wh.gone")
                             .folder("opaque")
                             .file("opaque/.wh..wh..opq")
                             .file("opaque/new")
                             .file(".wh..wh.plnk/1.2")
                             .file(".wh.recreated")
                             .folder("recreated")
                             .folder("made-first")
                             .file(".wh.made-first")
                             .file("replaced", "x")
                             .file(".wh.replaced")
                             .finish();
        VERIFY_RESULT(target.unpack(tar));
        QVERIFY(target.isWhiteout("etc/gone"));
        QVERIFY(!exists(target.at("etc/.wh.gone")));
        for (const char* name : {"opaque", "recreated", "made-first"})
            QCOMPARE(target.xattr(name, "user.overlay.opaque"), std::string("y"));
        QVERIFY(exists(target.at("opaque/new")));
        QVERIFY(!exists(target.at("opaque/.wh..wh..opq")));
        QVERIFY(!exists(target.at(".wh..wh.plnk")));
        QCOMPARE(target.read("replaced"), std::string("x"));
    }
    void leavesDevicesOut() {
        Target target;
        const auto layer = target.unpack(TarBuilder()
                                             .add({.name = "dev/mem", .type = '3'})
                                             .add({.name = "dev/sda", .type = '4'})
                                             .file("dev/file", "x")
                                             .finish());
        VERIFY_RESULT(layer);
        QVERIFY(!exists(target.at("dev/mem")) && !exists(target.at("dev/sda")));
        QCOMPARE(target.read("dev/file"), std::string("x"));
    }
    void setsOnlyHarmlessExtendedAttributes() {
        Target target;
        const auto tar = TarBuilder()
                             .add({.name = "x",
                                   .pax = {{"SCHILY.xattr.user.note", "hi"},
                                           {"SCHILY.xattr.user.overlay.redirect", "/etc"},
                                           {"SCHILY.xattr.trusted.overlay.opaque", "y"},
                                           {"SCHILY.xattr.security.selinux", "x"}}})
                             .finish();
        VERIFY_RESULT(target.unpack(tar));
        QCOMPARE(target.xattr("x", "user.note"), std::string("hi"));
        QCOMPARE(target.xattr("x", "user.overlay.redirect"), std::string("<none>"));
        QCOMPARE(target.xattr("x", "trusted.overlay.opaque"), std::string("<none>"));
    }

    void refusesHostileLayers_data() {
        QTest::addColumn<QByteArray>("tar");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const TarBuilder& tar, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(tar.finish()) << QByteArray(says);
        };
        row("..", TarBuilder().file("../outside/x"), "\"../outside/x\" has \"..\"");
        row(".. in the middle", TarBuilder().file("a/../../outside/x"), "has \"..\"");
        row(".. as a folder", TarBuilder().folder("a/.."), "has \"..\"");
        row("absolute ..", TarBuilder().file("/../outside/x"), "has \"..\"");
        row("symlinked parent",
            TarBuilder().add({.name = "a", .type = '2', .link = "../outside"}).file("a/x"),
            "\"a\" is used as a folder");
        row("absolute symlinked parent",
            TarBuilder().add({.name = "a", .type = '2', .link = "/tmp"}).file("a/b/x"),
            "\"a\" is used as a folder");
        row("symlinked grandparent",
            TarBuilder().folder("d").add({.name = "d/a", .type = '2', .link = "/"}).file("d/a/tmp/x"),
            "\"d/a\" is used as a folder");
        row("symlink to a folder of the layer as parent",
            TarBuilder().folder("real").add({.name = "a", .type = '2', .link = "real"}).file("a/x"),
            "is used as a folder");
        row("file as parent", TarBuilder().file("a").file("a/x"), "is used as a folder");
        row("cached parent becomes a link",
            TarBuilder().file("a/x").add({.name = "a", .type = '2', .link = "../outside"}).file("a/y"),
            "is used as a folder");
        row("hard link out", TarBuilder().add({.name = "a", .type = '1', .link = "../outside"}),
            "has \"..\"");
        row("hard link to an absolute path",
            TarBuilder().add({.name = "a", .type = '1', .link = "/etc/passwd"}), "which is not in the layer");
        row("hard link through a symlink",
            TarBuilder()
                .add({.name = "l", .type = '2', .link = "/etc"})
                .add({.name = "a", .type = '1', .link = "l/passwd"}),
            "which is not in the layer");
        row("hard link to a folder", TarBuilder().folder("d").add({.name = "a", .type = '1', .link = "d"}),
            "hard link to a folder");
        row("hard link to a whiteout",
            TarBuilder().file(".wh.w").add({.name = "a", .type = '1', .link = "w"}),
            "which is not in the layer");
        row("root as a file", TarBuilder().file("./"), "layer");
        row("root as a link", TarBuilder().add({.name = ".", .type = '2', .link = "/"}),
            "would replace the layer's root");
        row("whiteout of nothing", TarBuilder().file("a/.wh."), "is a whiteout of nothing");
        row("whiteout of .", TarBuilder().file("a/.wh.."), "is a whiteout of nothing");
        row("whiteout of ..", TarBuilder().file("a/.wh..."), "is a whiteout of nothing");
        row("below a whiteout", TarBuilder().file(".wh.a/b"), "lies below a whiteout");
        row("whiteout as a link", TarBuilder().add({.name = ".wh.a", .type = '2', .link = "/"}),
            "is no file");
        row("long component", TarBuilder().file(std::string(256, 'n')), "has too long a name");
        std::string deep;
        for (int i = 0; i < 300; ++i)
            deep += "d/";
        row("too deep", TarBuilder().file(deep + "x"), "is nested too deep");
        std::string longPath;
        for (int i = 0; i < 50; ++i)
            longPath += std::string(100, 'p') + "/";
        row("long path", TarBuilder().file(longPath), "has too long a name");
        row("control characters in messages", TarBuilder().file("../a\x1b[2J"), "\"../a?[2J\"");
    }
    void refusesHostileLayers() {
        QFETCH(QByteArray, tar);
        QFETCH(QByteArray, says);
        Target target;
        const auto result = target.unpack(gzip(tar.toStdString()), LayerCompression::Gzip);
        if (!result) {
            QCOMPARE(result.error().code, ErrorCode::Untrusted);
            QVERIFY2(result.error().message.find(says.toStdString()) != std::string::npos,
                     result.error().message.c_str());
        } else {
            // libarchive takes a file named "./" for a folder, as tar does
            QCOMPARE(QTest::currentDataTag(), "root as a file");
        }
        QVERIFY(target.outsideIsUntouched());
    }
    void refusesATruncatedLayer() {
        const std::string blob = gzip(TarBuilder().file("a", std::string(100'000, 'x')).finish());
        Target target;
        auto limits = UnpackLimits::forBlob(blob.size());
        const auto result = target.unpack(blob.substr(0, blob.size() - 20), LayerCompression::Gzip, limits);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY(result.error().message.find("ends in the middle") != std::string::npos);
        // And when the manifest lies along
        const auto lied = target.unpack(blob.substr(0, blob.size() - 20), LayerCompression::Gzip);
        QVERIFY(!lied);
        QCOMPARE(lied.error().code, ErrorCode::Untrusted);
        // And when only the tar inside is cut
        Target other;
        const auto cut =
            other.unpack(gzip(TarBuilder().file("a", std::string(5'000, 'x')).bytes().substr(0, 3'000)));
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, ErrorCode::Untrusted);
    }
    void refusesALayerLongerThanDeclared() {
        const std::string blob = gzip(TarBuilder().file("a", "x").finish());
        Target target;
        const auto result = target.unpack(blob + std::string(10, '\0'), LayerCompression::Gzip,
                                          UnpackLimits::forBlob(blob.size()));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY(result.error().message.find("longer than") != std::string::npos);
    }
    void refusesHiddenContentAfterTheEnd() {
        const std::string tar = TarBuilder().file("a", "x").finish();
        Target target;
        VERIFY_RESULT(target.unpack(gzip(tar + std::string(1'000'000, '\0'))));
        for (const std::size_t padding : {0u, 512u, 300'000u}) {
            Target other;
            const auto result = other.unpack(gzip(tar + std::string(padding, '\0') + "hidden"));
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Untrusted);
        }
    }
    void refusesADecompressionBomb() {
        // 1 MiB of gzip that becomes 1 GiB and more: many members of the same zeros
        std::string blob = gzip(TarBuilder().file("a").bytes());
        const std::string zeros = gzip(std::string(256u << 20, '\0'));
        TarEntry big{.name = "bomb"};
        std::string header = TarBuilder().add(big).bytes();
        std::memcpy(header.data() + 124, "77777777777", 12); // 8 GiB
        std::memset(header.data() + 148, ' ', 8);
        unsigned sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        std::snprintf(header.data() + 148, 8, "%06o", sum);
        blob += gzip(header);
        for (int i = 0; i < 5; ++i)
            blob += zeros;
        Target target;
        auto limits = UnpackLimits::forBlob(blob.size());
        limits.tarSize = 64u << 20; // the rule is the same; the test need not write a GiB
        const auto result = target.unpack(blob, LayerCompression::Gzip, limits);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY2(result.error().message.find("unpacks to more than 64 MiB") != std::string::npos,
                 result.error().message.c_str());
    }
    void boundsWhatALayerMayNeedByItsSize() {
        QCOMPARE(UnpackLimits::forBlob(1000).tarSize, std::uint64_t{1} << 30);
        QCOMPARE(UnpackLimits::forBlob(100u << 20).tarSize, std::uint64_t{200} * (100u << 20));
        QCOMPARE(UnpackLimits::forBlob(UINT64_MAX).tarSize, std::uint64_t{256} << 30);
        QCOMPARE(UnpackLimits::forBlob(1000).entries, std::uint64_t{50'000});
        QCOMPARE(UnpackLimits::forBlob(1u << 30).entries, std::uint64_t{1'000'000});
    }
    void refusesAMillionEmptyEntriesSoon() {
        TarBuilder tar;
        for (int i = 0; i < 1'000'000; ++i)
            tar.file("f" + std::to_string(i));
        const std::string blob = gzip(tar.finish());
        // In memory: ext4 is slow to give out inodes that the last run of this test has freed.
        Target target("/dev/shm");
        const auto result = target.unpack(blob, LayerCompression::Gzip);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY2(result.error().message.find("too many for its size") != std::string::npos,
                 result.error().message.c_str());
    }
    void refusesAnApparentSizeBeyondTheLimit() {
        Target target;
        std::string map = "1\n0\n0\n";
        map.resize(512, '\0');
        const auto tar = TarBuilder()
                             .add({.name = "GNUSparseFile.0/holes",
                                   .content = map,
                                   .pax = {{"GNU.sparse.major", "1"},
                                           {"GNU.sparse.minor", "0"},
                                           {"GNU.sparse.name", "holes"},
                                           {"GNU.sparse.realsize", "9000000000000000"}}})
                             .finish();
        const auto result = target.unpack(tar);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
    }
    void refusesRubbish() {
        Target target;
        const auto result =
            target.unpack("<html>not a layer, but a captive portal</html>" + std::string(2000, 'x'));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY(result.error().message.find("no valid tar") != std::string::npos);
    }
    void givesEntriesTheirOwners() {
        SKIP_UNLESS(::geteuid() == 0, "only root can give files away");
        Target target;
        const auto tar =
            TarBuilder()
                .add({.name = "d", .type = '5', .mode = 02755, .owner = 1000, .group = 50})
                .add({.name = "d/f", .content = "x", .mode = 06755, .owner = kNobody, .group = kNobody})
                .add({.name = "d/root", .owner = 0, .group = 0})
                .add({.name = "d/l", .type = '2', .link = "f", .owner = 7, .group = 8})
                .finish();
        VERIFY_RESULT(target.unpack(tar));
        QCOMPARE(target.statOf("d").st_uid, uid_t(1000));
        QCOMPARE(target.statOf("d").st_mode, mode_t(S_IFDIR | 02755));
        QCOMPARE(target.statOf("d/f").st_uid, uid_t(kNobody));
        QCOMPARE(target.statOf("d/f").st_mode, mode_t(S_IFREG | 06755));
        QCOMPARE(target.statOf("d/root").st_gid, gid_t(0));
        QCOMPARE(target.statOf("d/l").st_gid, gid_t(8));
    }
    void keepsFileCapabilities() {
        SKIP_UNLESS(::geteuid() == 0, "only root can set file capabilities");
        Target target;
        // cap_net_raw+ep, version 2 (linux/capability.h)
        const std::string capability(
            "\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 20);
        const auto tar = TarBuilder()
                             .add({.name = "ping",
                                   .mode = 0755,
                                   .owner = 3,
                                   .pax = {{"SCHILY.xattr.security.capability", capability}}})
                             .finish();
        VERIFY_RESULT(target.unpack(tar));
        QVERIFY(target.xattr("ping", "security.capability") == capability);
    }
};
ESCALE_TEST(UnpackTest)

#include "unpack_test.moc"
