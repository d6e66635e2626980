#include "engine/base/digest.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class DigestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsTheDigestOfKnownData() {
        // FIPS 180-2, appendix B.1
        QCOMPARE(Digest::ofData("abc").toString(),
                 std::string("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
    void refusesWhatIsNoDigest_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("other algorithm") << QByteArray("sha512:") + QByteArray(64, 'a');
        QTest::newRow("short") << QByteArray("sha256:") + QByteArray(63, 'a');
        QTest::newRow("upper case") << QByteArray("sha256:") + QByteArray(64, 'A');
        QTest::newRow("path") << QByteArray("sha256:../") + QByteArray(61, 'a');
    }
    void refusesWhatIsNoDigest() {
        QFETCH(QByteArray, text);
        const auto digest = Digest::parse(text.toStdString());
        QVERIFY(!digest);
        QCOMPARE(digest.error().code, ErrorCode::InvalidArgument);
    }
    void hashesAStreamInPieces() {
        DigestHasher hasher;
        hasher.update("a");
        hasher.update("bc");
        QCOMPARE(hasher.finish(), Digest::ofData("abc"));
    }
};
ESCALE_TEST(DigestTest)

#include "digest_test.moc"
