// Mounts as an ordinary user gets them over the bus.
#include "engine/base/file.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

QVariant sources(const std::vector<std::string>& paths, int flags = O_PATH) {
    dbus::FileList list;
    for (const auto& path : paths) {
        const UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC));
        list.append(QDBusUnixFileDescriptor(fd.get()));
    }
    return QVariant::fromValue(list);
}

QVariant secret(const std::string& content, const char* target = "/run/secrets/key") {
    const UniqueFd fd(::memfd_create("secret", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    ::lseek(fd.get(), 0, SEEK_SET);
    return QVariant::fromValue(
        dbus::SecretFiles{{QString::fromLatin1(target), 0, 0, 0400, QDBusUnixFileDescriptor(fd.get())}});
}

} // namespace

class HelperMountsTest : public HelperTest {
    Q_OBJECT

    QTemporaryDir m_files;

    std::string folder(const char* name, uid_t uid, mode_t mode) {
        const std::string made = m_files.filePath(QString::fromLatin1(name)).toStdString();
        ::mkdir(made.c_str(), 0700);
        ::chown(made.c_str(), uid, uid);
        ::chmod(made.c_str(), mode);
        return made;
    }
    static QVariantMap bind(const std::string& source, const QVariant& opened, const QString& more = {}) {
        return {{QStringLiteral("mounts"), QStringList{QStringLiteral("type=bind,target=/data,source=") +
                                                       QString::fromStdString(source) + more}},
                {QStringLiteral("bind-sources"), opened}};
    }
    QString errorOfRun(const QVariantMap& options, uid_t user = kUser) {
        return error("Run", {m_machine->image(), kSleep, options}, user);
    }
    std::string says(const QString& id, const QString& command) {
        const auto reply = m_machine->ask(
            kUser, "Exec",
            {id, QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), command}, QVariantMap()});
        const auto socket = reply.arguments().value(1).value<QDBusUnixFileDescriptor>();
        SessionClient client(UniqueFd(::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
        return client.awaitEnd() ? client.output : "no end";
    }

private Q_SLOTS:
    void init() { ::chmod(m_files.path().toLocal8Bit().constData(), 0755); }

    void whatTheContainerMakesIsTheCallers() {
        const auto home = folder("home", kUser, 0700);
        const QString id = m_machine->run(kUser, kSleep, bind(home, sources({home})));
        QVERIFY(!id.isEmpty());
        QCOMPARE(says(id, QStringLiteral("echo x > /data/file; id -u")), std::string("0\n"));
        struct stat info {};
        QCOMPARE(::stat((home + "/file").c_str(), &info), 0);
        QCOMPARE(info.st_uid, kUser);
        m_machine->remove(kUser, id);
    }
    void nobodyGainsAccessByMounting() {
        const auto closed = folder("closed", 4711, 0700);
        QCOMPARE(errorOfRun(bind(closed, sources({closed}))), kErrors + QStringLiteral("PermissionDenied"));
        QCOMPARE(errorOfRun(bind("/root", sources({"/root"}))), kErrors + QStringLiteral("PermissionDenied"));
    }
    void eachBindMountNeedsItsSource() {
        const auto home = folder("home", kUser, 0755);
        const auto wrong = kErrors + QStringLiteral("InvalidArgument");
        QCOMPARE(errorOfRun(bind(home, sources({}))), wrong);
        QCOMPARE(errorOfRun(bind(home, sources({home, home}))), wrong);
        QCOMPARE(errorOfRun(bind(home, sources({home}, O_RDONLY))), wrong); // not O_PATH
        QCOMPARE(errorOfRun({{QStringLiteral("bind-sources"), sources({home})}}), wrong);
    }
    void mountsThatAppearOnThisMachineNeedAnAdministrator() {
        const auto home = folder("home", kUser, 0755);
        QCOMPARE(errorOfRun(bind(home, sources({home}), QStringLiteral(",bind-propagation=rshared"))),
                 kErrors + QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(errorOfRun({{QStringLiteral("mounts"),
                              QStringList{QStringLiteral(
                                  "source=nas,target=/a,volume-opt=type=nfs,volume-opt=device=:/x")}}}),
                 kErrors + QStringLiteral("AuthorizationNeeded"));
    }
    void aVolumeOutlivesItsContainer() {
        const QVariantMap options{
            {QStringLiteral("mounts"), QStringList{QStringLiteral("source=web,target=/data")}}};
        QString id = m_machine->run(kUser, kSleep, options);
        QVERIFY(!id.isEmpty());
        QCOMPARE(says(id, QStringLiteral("echo kept > /data/file")), std::string());
        m_machine->remove(kUser, id);
        id = m_machine->run(kUser, kSleep, options);
        QCOMPARE(says(id, QStringLiteral("cat /data/file")), std::string("kept\n"));
        m_machine->remove(kUser, id);
    }
    void aSecretIsInNoAnswer() {
        const QString id = m_machine->run(kUser, kSleep, {{QStringLiteral("secrets"), secret("xyzzy")}});
        QVERIFY(!id.isEmpty());
        QCOMPARE(says(id, QStringLiteral("cat /run/secrets/key")), std::string("xyzzy"));
        const auto reply = m_machine->ask(kUser, "Inspect", {id});
        const auto options = qdbus_cast<QVariantMap>(reply.arguments().value(1));
        QVERIFY(!options.contains(QStringLiteral("secrets")));
        QCOMPARE(m_machine->bus().log().find("xyzzy"), std::string::npos);
        m_machine->remove(kUser, id);
    }
    void aSecretThatNeverEndsHoldsNobodyUp() {
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        const UniqueFd writing(ends[1]);
        const QVariant endless = QVariant::fromValue(
            dbus::SecretFiles{{QStringLiteral("/x"), 0, 0, 0400, QDBusUnixFileDescriptor(reading.get())}});
        QCOMPARE(errorOfRun({{QStringLiteral("secrets"), endless}}), kErrors + QStringLiteral("Timeout"));
        QCOMPARE(errorOfRun({{QStringLiteral("secrets"), secret(std::string((1U << 20) + 1, 'x'))}}),
                 kErrors + QStringLiteral("InvalidArgument"));
    }
};

ESCALE_TEST(HelperMountsTest)
#include "helper_mounts_test.moc"
