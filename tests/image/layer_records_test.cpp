#include "engine/image/layer_records.h"

#include "engine/base/file.h"
#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class LayerRecordsTest : public QObject {
    Q_OBJECT

    static std::string written(const std::function<void(LayerRecordWriter&)>& write) {
        const UniqueFd memory(::memfd_create("records", MFD_CLOEXEC));
        LayerRecordWriter writer(memory.get());
        write(writer);
        ::lseek(memory.get(), 0, SEEK_SET);
        return readFd(memory.get()).value_or("");
    }
    static std::string sample() {
        return written([](LayerRecordWriter& writer) {
            LayerList list;
            list.file("etc/a", 300'000'000'000)
                .opaque("b")
                .whiteout("b/c")
                .secret("key", SecretSign::PrivateKey);
            auto entries = list.entries();
            entries[1].modified = -86'400;
            entries[2].owner = UINT32_MAX;
            entries[2].name = "дальше"; // a cut in it must not make fields of its bytes
            entries[2].target = "../elsewhere";
            entries[2].link = UINT64_MAX;
            (void)writer.beginLayer();
            for (const auto& entry : entries)
                (void)writer.entry(entry);
            (void)writer.listed();
            (void)writer.content(0, 2, ContentMark{1, 2, 3});
            (void)writer.end();
        });
    }
    static ErrorCode refusal(const std::string& bytes) {
        LayerRecordReader reader;
        const auto taken = reader.take(bytes);
        return taken ? ErrorCode::Internal : taken.error().code;
    }

private Q_SLOTS:
    void whatIsWrittenIsReadInPiecesOfAnyLength_data() {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 2, 7, 64, 100'000})
            QTest::addRow("%d", piece) << piece;
    }
    void whatIsWrittenIsReadInPiecesOfAnyLength() {
        QFETCH(int, piece);
        const std::string bytes = sample();
        LayerRecordReader reader;
        for (std::size_t at = 0; at < bytes.size(); at += static_cast<std::size_t>(piece)) {
            QVERIFY(!reader.hasEnded());
            VERIFY_RESULT(reader.take(std::string_view(bytes).substr(at, static_cast<std::size_t>(piece))));
        }
        QVERIFY(reader.hasEnded() && reader.isListed());
        QCOMPARE(reader.contents().size(), std::size_t{1});
        QCOMPARE(reader.contents().front().entry, 2U);
        const auto layers = reader.takeLayers();
        QCOMPARE(layers.size(), std::size_t{1});
        const auto& entries = layers.front();
        QCOMPARE(entries.size(), std::size_t{6});
        QCOMPARE(entries[1].modified, std::int64_t{-86'400});
        QCOMPARE(entries[2].size, std::uint64_t{300'000'000'000});
        QCOMPARE(entries[2].owner, UINT32_MAX);
        QCOMPARE(entries[2].link, UINT64_MAX);
        QCOMPARE(entries[2].name, std::string("дальше"));
        QCOMPARE(entries[2].target, std::string("../elsewhere"));
        QVERIFY(entries[3].opaque && entries[4].whiteout);
        QVERIFY(entries[5].secret == SecretSign::PrivateKey);
    }

    void aHostileStreamIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::function<void(LayerRecordWriter&)>& write) {
            QTest::newRow(name) << QByteArray::fromStdString(written(write));
        };
        const auto beginning = [](LayerRecordWriter& writer) {
            (void)writer.beginLayer();
            (void)writer.entry(LayerList().entries().front());
        };
        const auto named = [&](const char* name, std::uint32_t parent = 0) {
            return [=](LayerRecordWriter& writer) {
                beginning(writer);
                LayerEntry entry;
                entry.name = name;
                entry.mode = S_IFREG;
                entry.parent = parent;
                (void)writer.entry(entry);
                (void)writer.end();
            };
        };
        row("a path as a name", named("a/b"));
        row("up", named(".."));
        row("no name", named(""));
        row("a folder that comes later", named("a", 1));
        row("no root", [](LayerRecordWriter& writer) {
            (void)writer.beginLayer();
            (void)writer.end();
        });
        row("digests before the list's end", [&](LayerRecordWriter& writer) {
            beginning(writer);
            (void)writer.content(0, 0, {});
            (void)writer.end();
        });
        row("a digest of no file", [&](LayerRecordWriter& writer) {
            beginning(writer);
            (void)writer.listed();
            (void)writer.content(1, 0, {});
            (void)writer.end();
        });
        row("more than its end", [&](LayerRecordWriter& writer) {
            beginning(writer);
            (void)writer.listed();
            (void)writer.end();
            (void)writer.end();
        });
        QTest::newRow("something else") << QByteArray("Not a list of files at all");
        // A name that claims to be longer than any file system has it.
        QTest::newRow("a long name") << QByteArray("EscLay1\n\x01\x02\0\0\xff\xff\xff\xff\x0f", 17);
        QTest::newRow("a number without end") << QByteArray("EscLay1\n\x01\x02\0") + QByteArray(12, '\xff');
    }
    void aHostileStreamIsRefused() {
        QFETCH(QByteArray, bytes);
        QCOMPARE(refusal(bytes.toStdString()), ErrorCode::Untrusted);
    }

    // Every byte of a good stream replaced: an error or other content, never a crash.
    void aDamagedStreamIsSurvived() {
        const std::string good = sample();
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const char byte : {'\0', '\x01', '\x7f', '\xff'}) {
                std::string bytes = good;
                bytes[at] = byte;
                LayerRecordReader reader;
                if (reader.take(bytes) && reader.isListed())
                    (void)LayerStack(reader.takeLayers()).nodeCount();
            }
        }
    }
};

ESCALE_TEST(LayerRecordsTest)
#include "layer_records_test.moc"
