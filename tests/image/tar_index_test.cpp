// What is where in a tar archive: tests/helper/worker/load_test.cpp reads those of real tools.
#include "engine/image/tar_index.h"

#include "tests/helper/worker/archive_fixture.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

namespace {

Result<std::string> contentOf(const std::string& archive, const std::string& path) {
    TRY_ASSIGN(const auto index, TarIndex::read(inMemory(archive), archive.size()));
    TRY_ASSIGN(const auto member, index->find(path));
    if (!member)
        return fail(ErrorCode::NotFound, "no such member");
    return readMember(*member, 1 << 20, path);
}

/// A field as no tar writes it.
std::string changed(std::string archive, std::size_t position, const std::string& bytes) {
    archive.replace(position, bytes.size(), bytes);
    archive.replace(148, 8, "        ");
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i)
        sum += static_cast<unsigned char>(archive[i]);
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%06o", sum);
    return archive.replace(148, 7, text.data(), 7);
}

} // namespace

class TarIndexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsAFileByItsPath_data() {
        const std::string longName = std::string(90, 'a') + "/" + std::string(90, 'b');
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char* name, const TarBuilder& tar, const std::string& path) {
            QTest::newRow(name) << QByteArray::fromStdString(tar.finish()) << QByteArray::fromStdString(path);
        };
        row("plain", TarBuilder().file("other").file("a/b", "content"), "a/b");
        row("with ./", TarBuilder().folder("./").file("./a", "content"), "a");
        row("absolute", TarBuilder().file("/a", "content"), "a");
        row("old file type", TarBuilder().add({.name = "a", .type = '\0', .content = "content"}), "a");
        row("pax", TarBuilder().file(longName, "content"), longName);
        row("GNU",
            TarBuilder()
                .add({.name = "././@LongLink", .type = 'L', .content = longName + '\0'})
                .file(longName.substr(0, 100), "content"),
            longName);
        row("after a global header",
            TarBuilder()
                .add({.name = "pax_global_header", .type = 'g', .content = "13 comment=x\n"})
                .file("a", "content"),
            "a");
        row("by a symbolic link",
            TarBuilder()
                .file("one/layer.tar", "content")
                .add({.name = "two/layer.tar", .type = '2', .link = "../one/layer.tar"}),
            "two/layer.tar");
        row("by a hard link",
            TarBuilder()
                .file("one/layer.tar", "content")
                .add({.name = "two/layer.tar", .type = '1', .link = "one/layer.tar"}),
            "two/layer.tar");
        QTest::newRow("without an end")
            << QByteArray::fromStdString(TarBuilder().file("a", "content").bytes()) << QByteArray("a");
    }
    void findsAFileByItsPath() {
        QFETCH(QByteArray, archive);
        QFETCH(QByteArray, path);
        const auto content = contentOf(archive.toStdString(), path.toStdString());
        VERIFY_RESULT(content);
        QCOMPARE(*content, std::string("content"));
    }
    void aSizeMayBeInBase256() {
        const std::string size("\x80\0\0\0\0\0\0\0\0\0\0\x07", 12);
        const auto content = contentOf(changed(TarBuilder().file("a", "content").finish(), 124, size), "a");
        VERIFY_RESULT(content);
        QCOMPARE(*content, std::string("content"));
    }
    void whatIsNotThereIsNoError() {
        QCOMPARE(contentOf(TarBuilder().file("a").finish(), "b").error().code, ErrorCode::NotFound);
    }

    void refusesWhatNoHonestToolWrites_data() {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const std::string& archive, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(archive) << QByteArray(says);
        };
        const std::string good = TarBuilder().file("a", std::string(2000, 'x')).finish();
        row("nothing", {}, "it is empty");
        row("zeros", std::string(10'240, '\0'), "it is empty");
        row("no tar", std::string(2048, 'z'), "does not begin with a header");
        row("a cut header", good.substr(0, 300), "cut off in a header");
        row("a cut file", good.substr(0, 1500), "cut off: an entry says it has 2000 bytes");
        row("a size beyond all",
            changed(good, 124, std::string("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12)), "cut off");
        row("a negative size",
            changed(good, 124, std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12)),
            "is no number");
        row("a size in letters", changed(good, 124, "abc"), "is no number");
        row("..", TarBuilder().file("../../etc/passwd").finish(), "leads out of it");
        row("the same name twice", TarBuilder().file("a", "1").file("./a", "2").finish(),
            "holds \"a\" twice");
        row("a file that is a folder, too", TarBuilder().file("a").folder("a").finish(), "twice");
        row("sparse, GNU", TarBuilder().add({.name = "a", .type = 'S'}).finish(), "sparse");
        row("sparse, pax", TarBuilder().add({.name = "a", .pax = {{"GNU.sparse.major", "1"}}}).finish(),
            "sparse");
        row("a pax header that lies",
            TarBuilder().add({.name = "x", .type = 'x', .content = "99 path=a\n"}).finish(),
            "pax header is malformed");
        row("a pax header of 1 MB",
            TarBuilder().add({.name = "x", .type = 'x', .content = std::string(1 << 20, 'x')}).finish(),
            "extended header has 1048576 bytes");
    }
    void refusesWhatNoHonestToolWrites() {
        QFETCH(QByteArray, archive);
        QFETCH(QByteArray, says);
        const std::string bytes = archive.toStdString();
        const auto index = TarIndex::read(inMemory(bytes), bytes.size());
        QVERIFY(!index);
        QCOMPARE(index.error().code, ErrorCode::Untrusted);
        QVERIFY2(index.error().message.find(says.toStdString()) != std::string::npos,
                 index.error().message.c_str());
    }
    void refusesALinkThatLeadsNowhereGood_data() {
        QTest::addColumn<QByteArray>("link");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("out") << QByteArray("../../etc/shadow") << QByteArray("leads out of the archive");
        QTest::newRow("absolute") << QByteArray("/etc/shadow") << QByteArray("leads out of the archive");
        QTest::newRow("out by a detour")
            << QByteArray("b/../../../x") << QByteArray("leads out of the archive");
        QTest::newRow("to itself") << QByteArray("layer.tar") << QByteArray("in a circle");
        QTest::newRow("to a folder") << QByteArray("../folder") << QByteArray("is no file");
    }
    void refusesALinkThatLeadsNowhereGood() {
        QFETCH(QByteArray, link);
        QFETCH(QByteArray, says);
        const auto content =
            contentOf(TarBuilder()
                          .folder("folder")
                          .add({.name = "a/layer.tar", .type = '2', .link = link.toStdString()})
                          .finish(),
                      "a/layer.tar");
        QVERIFY(!content);
        QCOMPARE(content.error().code, ErrorCode::Untrusted);
        QVERIFY2(content.error().message.find(says.toStdString()) != std::string::npos,
                 content.error().message.c_str());
    }
    void tenMillionMembersAreNotRemembered() {
        // Given an archive of ten million empty files, made up as it is read
        std::uint64_t reads = 0;
        const ReadAt endless = [&](std::uint64_t offset, std::span<std::uint8_t> out) -> Result<std::size_t> {
            ++reads;
            const std::string header = TarBuilder().file(std::to_string(offset)).bytes();
            std::memcpy(out.data(), header.data(), std::min<std::size_t>(out.size(), 512));
            return 512;
        };
        const auto index = TarIndex::read(endless, 10'000'000ULL * 512);
        QVERIFY(!index);
        QCOMPARE(index.error().code, ErrorCode::Untrusted);
        QCOMPARE(reads, std::uint64_t{TarIndex::kMostMembers} + 1);
    }
};
ESCALE_TEST(TarIndexTest)

#include "tar_index_test.moc"
