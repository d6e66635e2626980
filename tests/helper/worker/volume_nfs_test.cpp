// Volumes of a real NFS server, mounted by the real escale-worker: used, and dead at the worst moments.
#include "engine/base/user_namespace.h"
#include "helper/worker/mount_worker.h"
#include "tests/support/nfs_server.h"
#include "tests/volume/volume_fixture.h"

#include <sys/mount.h>

using namespace escale;
using namespace escale::test;

class VolumeNfsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VolumesMachine> m_machine;
    std::unique_ptr<NfsExport> m_export;
    std::string m_shared;
    const Cancellation m_never;

    /// `patience`: of the mounter.
    Result<void> open(std::chrono::milliseconds patience = std::chrono::seconds(60)) {
        m_machine = std::make_unique<VolumesMachine>(m_folder->path().toStdString());
        return m_machine->open(mountBy(ESCALE_BIN "/escale-worker", patience));
    }
    Result<void> share(const std::string& options) {
        TRY_ASSIGN(auto shared, NfsExport::make(m_shared, options));
        m_export = std::make_unique<NfsExport>(std::move(shared));
        return {};
    }
    VolumeRequest request(const std::string& options) const {
        return {
            "shared", {{"type", "nfs"}, {"device", ":" + m_shared}, {"o", "addr=127.0.0.1," + options}}, {}};
    }
    std::string mountPoint(const VolumeRecord& record) const {
        return m_folder->path().toStdString() + "/run/volumes/" + std::to_string(record.number);
    }
    static bool isMounted(const std::string& path) {
        return readFile("/proc/self/mountinfo").value_or("").find(" " + path + " ") != std::string::npos;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        SKIP_UNLESS(kernelHasNfs(), "this kernel has no NFS client");
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>(QStringLiteral("/var/tmp/escale-nfs-XXXXXX"));
        m_shared = m_folder->path().toStdString() + "/shared";
        QCOMPARE(::chmod(m_folder->path().toStdString().c_str(), 0755), 0);
        VERIFY_RESULT(makeDirectories(m_shared, 0777));
        QCOMPARE(::chmod(m_shared.c_str(), 0777), 0);
        if (const auto shared = share("no_root_squash"); !shared)
            QSKIP(shared.error().text().c_str());
        VERIFY_RESULT(open());
    }
    void cleanup() {
        if (m_machine && m_machine->volumes) {
            if (const auto record = m_machine->volumes->find(kAlice, "shared"))
                (void)m_machine->volumes->release(*record, "one");
        }
        m_machine.reset();
        m_export.reset();
        m_folder.reset();
    }

    void isUsedWithEachVersion_data() {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("the newest that both know") << QByteArray("rw");
        QTest::newRow("version 4") << QByteArray("nfsvers=4");
        QTest::newRow("version 4.1") << QByteArray("vers=4.1,hard");
        QTest::newRow("version 3") << QByteArray("vers=3,soft,timeo=50");
    }
    void isUsedWithEachVersion() {
        QFETCH(QByteArray, options);
        const auto record = m_machine->volumes->create(kAlice, request(options.toStdString()));
        VERIFY_RESULT(record);
        VERIFY_RESULT(m_machine->volumes->acquire(*record, "one", m_never));
        QCOMPARE(m_machine->volumes->stateOf(*record).state, std::string("mounted"));
        const auto content = m_machine->volumes->openContent(*record, m_machine->base);
        VERIFY_RESULT(content);
        {
            const auto file = openFileAt(content->get(), "file", O_WRONLY | O_CREAT, 0644);
            VERIFY_RESULT(file);
            VERIFY_RESULT(writeAll(file->get(), "text", "file"));
        }
        QCOMPARE(textOf(m_shared + "/file"), std::string("text"));
        VERIFY_RESULT(m_machine->volumes->release(*record, "one"));
        QVERIFY(!isMounted(mountPoint(*record)));
    }
    void isNotFilledFromAnImage() {
        const auto record = m_machine->volumes->create(kAlice, request("nfsvers=4"));
        VERIFY_RESULT(record);
        VERIFY_RESULT(m_machine->volumes->acquire(*record, "one", m_never));
        VERIFY_RESULT(m_machine->fill(*record));
        QCOMPARE(entries(m_shared), std::size_t{0});
    }
    void aTestSaysWhatThereIs() {
        const auto connection = m_machine->volumes->testConnection(request("rw"), m_machine->base, m_never);
        VERIFY_RESULT(connection);
        QVERIFY(connection->total > 0);
        QCOMPARE(connection->mode & 07777, 0777U);
        QVERIFY(connection->isWritable);
    }
    void aTestSaysWhetherAContainersRootMayWrite() {
        QCOMPARE(::chmod(m_shared.c_str(), 0755), 0);
        const auto refused = m_machine->volumes->testConnection(request("rw"), m_machine->base, m_never);
        VERIFY_RESULT(refused);
        QVERIFY(!refused->isWritable);
        QCOMPARE(*refused->seenAs, m_machine->base);
        // The remedy: everybody is the owner of the folder.
        QCOMPARE(::chown(m_shared.c_str(), 1234, 1234), 0);
        m_export.reset();
        VERIFY_RESULT(share("all_squash,anonuid=1234,anongid=1234"));
        const auto squashed = m_machine->volumes->testConnection(request("rw"), m_machine->base, m_never);
        VERIFY_RESULT(squashed);
        QVERIFY(squashed->isWritable);
    }
    void aNewHelperTakesItOver() {
        const auto record = m_machine->volumes->create(kAlice, request("rw"));
        VERIFY_RESULT(record);
        VERIFY_RESULT(m_machine->volumes->acquire(*record, "one", m_never));
        VERIFY_RESULT(open());
        QCOMPARE(m_machine->volumes->stateOf(*record).state, std::string("mounted"));
        m_machine->volumes->adopt(*record, "one");
        VERIFY_RESULT(m_machine->volumes->release(*record, "one"));
        QVERIFY(!isMounted(mountPoint(*record)));
    }
    void whatIsNotExportedIsRefused() {
        VolumeRequest other = request("nfsvers=4");
        other.options["device"] = ":/nowhere/at/all";
        const auto tested = m_machine->volumes->testConnection(other, m_machine->base, m_never);
        QVERIFY(!tested);
        QVERIFY(tested.error().code == ErrorCode::NotFound ||
                tested.error().code == ErrorCode::PermissionDenied);
    }

    void aServerThatDiesIsLetGo() {
        const auto record = m_machine->volumes->create(kAlice, request("nfsvers=4,hard"));
        VERIFY_RESULT(record);
        VERIFY_RESULT(m_machine->volumes->acquire(*record, "one", m_never));
        m_machine.reset();
        VERIFY_RESULT(NfsExport::setThreads(0));
        // A new helper finds it, and is not held up.
        VERIFY_RESULT(open(std::chrono::seconds(5)));
        QCOMPARE(m_machine->volumes->stateOf(*record).state, std::string("mounted"));
        m_machine->volumes->adopt(*record, "one");
        // Who looks learns it, and who comes next is told.
        QCOMPARE(m_machine->volumes->openContent(*record, m_machine->base).error().code,
                 ErrorCode::Unreachable);
        QCOMPARE(m_machine->volumes->stateOf(*record).state, std::string("unreachable"));
        QCOMPARE(m_machine->volumes->acquire(*record, "two", m_never).error().code, ErrorCode::Unreachable);
        VERIFY_RESULT(m_machine->volumes->list(kAlice));
        // And it goes at once.
        VERIFY_RESULT(m_machine->volumes->release(*record, "one"));
        QVERIFY(!isMounted(mountPoint(*record)));
        VERIFY_RESULT(NfsExport::setThreads(4));
    }

    void aServerThatNeverAnswersIsUnreachable_data() {
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("3") << QByteArray("vers=3,mountproto=tcp");
        QTest::newRow("4") << QByteArray("vers=4.2");
    }
    void aServerThatNeverAnswersIsUnreachable() {
        QFETCH(QByteArray, version);
        const auto silent = SilentServer::start();
        VERIFY_RESULT(silent);
        m_machine.reset();
        VERIFY_RESULT(open(std::chrono::seconds(3)));
        const auto record =
            m_machine->volumes->create(kAlice, request(version.toStdString() + ",port=" + silent->port() +
                                                       ",mountport=" + silent->port()));
        VERIFY_RESULT(record);
        const auto acquired = m_machine->volumes->acquire(*record, "one", m_never);
        QVERIFY(!acquired);
        if (acquired.error().code != ErrorCode::Unreachable)
            QFAIL(acquired.error().text().c_str());
        QCOMPARE(m_machine->volumes->stateOf(*record).state, std::string("unreachable"));
        VERIFY_RESULT(m_machine->volumes->remove(*record));
    }
};

ESCALE_TEST(VolumeNfsTest)
#include "volume_nfs_test.moc"
