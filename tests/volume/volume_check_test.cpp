// What Volumes::check() says of a volume that somebody wants to make.
#include "engine/volume/volumes.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

using Options = std::map<std::string, std::string>;

class VolumeCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatDockerDocuments_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("device");
        QTest::addColumn<QByteArray>("o");
        const auto row = [](const char* name, const char* type, const char* device, const char* o) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(device) << QByteArray(o);
        };
        row("plain", "", "", "");
        row("nfs", "nfs", ":/export", "addr=10.0.0.1,nfsvers=4");
        row("nfs with a host", "nfs", "server:/export", "");
        row("nfs by IPv6", "nfs4", "[fd00::1]:/export", "rw,soft");
        row("tmpfs", "tmpfs", "tmpfs", "size=100m,uid=1000,mode=0700");
        row("folder", "none", "/srv/data", "bind");
        row("device", "ext4", "/dev/sdb1", "noatime");
        row("share", "cifs", "//server/share", "username=me,password=\"a,b\"");
    }
    void acceptsWhatDockerDocuments() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, device);
        QFETCH(QByteArray, o);
        Options options;
        if (!type.isEmpty())
            options = {
                {"type", type.toStdString()}, {"device", device.toStdString()}, {"o", o.toStdString()}};
        const auto problems = Volumes::check({"web", options, {}});
        if (!problems.empty())
            QFAIL(problems.front().error.text().c_str());
    }

    void namesTheOptionThatIsWrong_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("device");
        QTest::addColumn<QByteArray>("o");
        QTest::addColumn<QByteArray>("wrong");
        const auto row = [](const char* name, const char* type, const char* device, const char* o,
                            const char* wrong) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(device) << QByteArray(o)
                                << QByteArray(wrong);
        };
        row("a device without a type", "", "/dev/sdb1", "", "type");
        row("a view of the kernel", "proc", "proc", "", "type");
        row("a mount of mounts", "overlay", "overlay", "lowerdir=/a:/b", "type");
        row("a type with a slash", "ext4/../x", "/dev/sdb1", "", "type");
        row("no device", "ext4", "", "", "device");
        row("a folder without bind", "none", "/srv", "", "o");
        row("a folder by a relative path", "none", "srv", "bind", "device");
        row("bind of a device", "ext4", "/dev/sdb1", "bind", "type");
        row("no server", "nfs", ":/export", "nfsvers=4", "o");
        row("no export", "nfs", "server", "", "device");
        row("an id beyond the range", "tmpfs", "", "uid=65536", "o");
        row("a size that is none", "tmpfs", "", "size=lots", "o");
        row("a word that tmpfs lacks", "tmpfs", "", "addr=x", "o");
        row("set-id programs", "ext4", "/dev/sdb1", "suid", "o");
    }
    void namesTheOptionThatIsWrong() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, device);
        QFETCH(QByteArray, o);
        QFETCH(QByteArray, wrong);
        const auto problems = Volumes::check(
            {"web",
             {{"type", type.toStdString()}, {"device", device.toStdString()}, {"o", o.toStdString()}},
             {}});
        QVERIFY(!problems.empty());
        QCOMPARE(problems.front().option, wrong.toStdString());
        QVERIFY(!problems.front().error.hint.empty());
    }
    void tellsAllProblemsAtOnce() {
        const auto problems = Volumes::check({"-web", {{"type", "none"}, {"device", "srv"}, {"o", ""}}, {}});
        QCOMPARE(problems.size(), std::size_t{3});
        QCOMPARE(problems.at(0).option, std::string("name"));
    }
};

ESCALE_TEST(VolumeCheckTest)
#include "volume_check_test.moc"
