#include "engine/image/decompress.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTest>

#include <cstring>
#include <isa-l/crc.h>

using namespace escale;
using namespace escale::test;

namespace {

Decompressor::Source sourceOf(const std::string& bytes, std::size_t most) {
    return [&bytes, most,
            position = std::size_t{0}](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
        const std::size_t size = std::min({most, out.size(), bytes.size() - position});
        std::memcpy(out.data(), bytes.data() + position, size);
        position += size;
        return size;
    };
}

Result<std::string> decompress(const std::string& bytes, LayerCompression promised = LayerCompression::None,
                               Decompressor::Limits limits = {}, std::size_t pieces = 1 << 20) {
    TRY_ASSIGN(const auto reader, Decompressor::open(sourceOf(bytes, pieces), promised, limits));
    std::string all;
    std::string piece(10'000, '\0');
    for (;;) {
        TRY_ASSIGN(const std::size_t size,
                   reader->read({reinterpret_cast<std::uint8_t*>(piece.data()), piece.size()}));
        if (size == 0)
            return all;
        all.append(piece, 0, size);
    }
}

/// What "xz" or "bzip2" makes of it.
std::string compressedBy(const char* program, const std::string& text) {
    QProcess process;
    process.start(QLatin1String(program), {QStringLiteral("-c")});
    process.write(text.data(), static_cast<qint64>(text.size()));
    process.closeWriteChannel();
    return process.waitForFinished(60'000) ? process.readAllStandardOutput().toStdString() : std::string();
}

std::string sample(std::size_t size) {
    std::string text;
    for (unsigned i = 0; text.size() < size; ++i)
        text += std::to_string(i * 2654435761U);
    text.resize(size);
    return text;
}

} // namespace

class DecompressTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEachFormatInPiecesOfAnySize_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("pieces");
        const std::string text = sample(300'000);
        for (const int pieces : {1, 7, 4096, 1 << 20}) {
            QTest::addRow("plain by %d", pieces) << QByteArray::fromStdString(text) << pieces;
            QTest::addRow("gzip by %d", pieces) << QByteArray::fromStdString(gzip(text)) << pieces;
            QTest::addRow("zstd by %d", pieces) << QByteArray::fromStdString(zstd(text)) << pieces;
            QTest::addRow("xz by %d", pieces)
                << QByteArray::fromStdString(compressedBy("xz", text)) << pieces;
            QTest::addRow("bzip2 by %d", pieces)
                << QByteArray::fromStdString(compressedBy("bzip2", text)) << pieces;
        }
    }
    void readsEachFormatInPiecesOfAnySize() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, pieces);
        const auto result =
            decompress(bytes.toStdString(), LayerCompression::None, {}, static_cast<std::size_t>(pieces));
        VERIFY_RESULT(result);
        QVERIFY(*result == sample(300'000));
    }
    void joinsGzipMembersAndZstdFrames() {
        const std::string skippable("\x50\x2a\x4d\x18\x04\x00\x00\x00skip", 12);
        for (const std::string& bytes :
             {gzip("one ") + gzip("") + gzip("two"), zstd("one ") + skippable + zstd("two") + skippable}) {
            for (const std::size_t pieces : {1u, 1u << 20}) {
                const auto result = decompress(bytes, LayerCompression::None, {}, pieces);
                VERIFY_RESULT(result);
                QCOMPARE(*result, std::string("one two"));
            }
        }
    }
    void readsGzipHeadersWithNameAndChecksum() {
        // Given a member with FNAME and FHCRC (RFC 1952)
        const std::string bytes = gzip("content");
        std::string header = bytes.substr(0, 10);
        header[3] = 0x0a;
        header += std::string("layer.tar\0", 10);
        const auto crc =
            crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(header.data()), header.size());
        header += static_cast<char>(crc & 0xff);
        header += static_cast<char>((crc >> 8) & 0xff);
        const auto result = decompress(header + bytes.substr(10));
        VERIFY_RESULT(result);
        QCOMPARE(*result, std::string("content"));
        // When the header's checksum is wrong, it is refused
        header.back() = static_cast<char>(header.back() ^ 1);
        QVERIFY(!decompress(header + bytes.substr(10)));
    }
    void refusesAStreamThatEndsInTheMiddle_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("gzip") << QByteArray::fromStdString(gzip(sample(100'000)));
        QTest::newRow("zstd") << QByteArray::fromStdString(zstd(sample(100'000)));
    }
    void refusesAStreamThatEndsInTheMiddle() {
        QFETCH(QByteArray, bytes);
        for (const int cut : {1, 4, 9, static_cast<int>(bytes.size()) / 2}) {
            const auto result = decompress(bytes.chopped(cut).toStdString());
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Untrusted);
            QVERIFY2(result.error().message.find("ends in the middle") != std::string::npos,
                     result.error().message.c_str());
        }
    }
    void refusesXzAndBzip2ThatEndInTheMiddleOrAreChanged_data() {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* program : {"xz", "bzip2"})
            QTest::newRow(program) << QByteArray::fromStdString(compressedBy(program, sample(100'000)));
    }
    void refusesXzAndBzip2ThatEndInTheMiddleOrAreChanged() {
        QFETCH(QByteArray, bytes);
        for (const int cut : {1, 4, 9, static_cast<int>(bytes.size()) / 2}) {
            const auto result = decompress(bytes.chopped(cut).toStdString());
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Untrusted);
        }
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(!decompress(bytes.toStdString()));
    }
    void refusesAnXzThatWantsTooMuchMemory() {
        // Given one whose header asks for a dictionary of 256 MiB
        QProcess process;
        process.start(QStringLiteral("xz"),
                      {QStringLiteral("-c"), QStringLiteral("--lzma2=preset=0,dict=256MiB")});
        process.write("content");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        const auto result = decompress(process.readAllStandardOutput().toStdString());
        QVERIFY(!result);
        QVERIFY2(result.error().message.find("more than 128 MiB of memory") != std::string::npos,
                 result.error().message.c_str());
    }
    void refusesAChangedByte() {
        std::string bytes = gzip(sample(100'000));
        bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);
        const auto result = decompress(bytes);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
    }
    void toleratesZerosAfterTheEndButNothingElse() {
        VERIFY_RESULT(decompress(gzip("x") + std::string(600'000, '\0')));
        VERIFY_RESULT(decompress(zstd("x") + std::string(600'000, '\0')));
        QVERIFY(!decompress(gzip("x") + "rubbish"));
        QVERIFY(!decompress(zstd("x") + "rubbish"));
        QVERIFY(!decompress(gzip("x") + std::string(600'000, '\0') + "rubbish"));
    }
    void stopsAtTheLimit() {
        const std::string bomb = gzip(std::string(64u << 20, '\0'));
        QVERIFY(bomb.size() < 1'000'000);
        const auto result = decompress(bomb, LayerCompression::Gzip, {.produced = 1u << 20});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
        QVERIFY(result.error().message.find("unpacks to more than 1 MiB") != std::string::npos);
    }
    void refusesPlainBytesWhereCompressionWasPromised() {
        const auto result = decompress("plain", LayerCompression::Gzip);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Untrusted);
    }
    void passesTheSourcesErrorOn() {
        const auto reader = Decompressor::open(
            [](std::span<std::uint8_t>) -> Result<std::size_t> {
                return fail(ErrorCode::Cancelled, "stopped");
            },
            LayerCompression::None, {});
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, ErrorCode::Cancelled);
    }
};
ESCALE_TEST(DecompressTest)

#include "decompress_test.moc"
