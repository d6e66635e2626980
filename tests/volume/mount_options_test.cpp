#include "engine/volume/mount_options.h"
#include "tests/support/test_registry.h"

#include <sys/mount.h>

using namespace escale;
using namespace escale::test;

class MountOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void flagsAreTheKernelsAndTheRestIsTheFileSystems() {
        const auto options = parseMountOptions("ro,noatime,addr=10.0.0.1,nfsvers=4,soft");
        VERIFY_RESULT(options);
        QCOMPARE(options->flags, static_cast<unsigned long>(MS_RDONLY | MS_NOATIME | MS_NOSUID | MS_NODEV));
        QCOMPARE(options->text(), std::string("addr=10.0.0.1,nfsvers=4,soft"));
    }
    void theLastWordCounts() {
        const auto options = parseMountOptions("ro,rw,size=1m,size=2m");
        VERIFY_RESULT(options);
        QCOMPARE(options->flags & MS_RDONLY, 0UL);
        QVERIFY(options->find("size") != nullptr);
        QCOMPARE(options->find("size")->value.value_or(""), std::string("2m"));
    }
    void whatOnlyFstabNeedsIsLeftOut() {
        const auto options =
            parseMountOptions("defaults,_netdev,nofail,x-systemd.automount,x-gvfs-show,size=1m");
        VERIFY_RESULT(options);
        QCOMPARE(options->text(), std::string("size=1m"));
    }
    void aQuotedValueMayHoldCommas() {
        const auto options = parseMountOptions("password=\"a,b\",ro");
        VERIFY_RESULT(options);
        QCOMPARE(options->find("password")->value.value_or(""), std::string("a,b"));
        QVERIFY((options->flags & MS_RDONLY) != 0);
    }
    void bindAndRbindAreTold() {
        QVERIFY(parseMountOptions("bind")->isBind);
        QVERIFY(!parseMountOptions("bind")->isRecursive);
        QVERIFY(parseMountOptions("rbind,ro")->isRecursive);
    }
    void setIdProgramsAndDevicesAreNeverAllowed_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* const text :
             {"suid", "ro,dev", "loop", "loop=/dev/loop0", "remount", "rshared", "a=\"b", "a=\nb"})
            QTest::newRow(text) << QByteArray(text);
    }
    void setIdProgramsAndDevicesAreNeverAllowed() {
        QFETCH(QByteArray, text);
        const auto options = parseMountOptions(text.toStdString());
        QVERIFY(!options);
        QCOMPARE(options.error().code, ErrorCode::InvalidArgument);
    }
};

ESCALE_TEST(MountOptionsTest)
#include "mount_options_test.moc"
