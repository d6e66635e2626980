// Workers that wait for their job (helper/worker/spare_worker.h).
#include "helper/worker/files_worker.h"
#include "helper/worker/spare_worker.h"
#include "tests/helper/worker/pull_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class SpareWorkerTest : public QObject {
    Q_OBJECT

    static std::vector<pid_t> spares() { return workers(std::string(kSpareMode)); }
    static void askForOne() {
        const auto taken = takeSpareWorker(kWorker, "describe"); // and let it go
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void theFirstDemandMakesThemReady() {
        askForOne();
        QTRY_COMPARE(spares().size(), std::size_t(2));
    }
    void oneTakesTheJobAndItsName() {
        askForOne();
        QTRY_VERIFY(!spares().empty());
        auto worker = takeSpareWorker(kWorker, "describe");
        QVERIFY(worker);
        const pid_t pid = worker->process.pid();
        QTRY_VERIFY(workers("describe") == std::vector<pid_t>{pid});
    }
    void whatItAnswersIsWhatANewOneWould() {
        const QTemporaryDir folder;
        VERIFY_RESULT(writeFileAtomically(folder.path().toStdString() + "/a", "1", 0644));
        const auto root = openFile(folder.path().toStdString(), O_RDONLY | O_DIRECTORY);
        VERIFY_RESULT(root);
        askForOne();
        QTRY_VERIFY(!spares().empty());
        const auto list = FilesWorker(kWorker).list({root->get(), -1}, "/");
        VERIFY_RESULT(list);
        QCOMPARE(list->entries.size(), std::size_t(1));
        QCOMPARE(list->entries.front().name, std::string("a"));
    }
    void oneThatWasKilledIsNotGivenOut() {
        askForOne();
        QTRY_COMPARE(spares().size(), std::size_t(2));
        for (const pid_t pid : spares())
            QCOMPARE(::kill(pid, SIGKILL), 0);
        QTRY_VERIFY(spares().empty());
        QVERIFY(!takeSpareWorker(kWorker, "describe"));
    }
    void anUnknownJobIsRefused() {
        askForOne();
        QTRY_VERIFY(!spares().empty());
        auto worker = takeSpareWorker(kWorker, "fetch"); // of the other program
        QVERIFY(worker);
        const auto ended = worker->process.wait();
        VERIFY_RESULT(ended);
        QCOMPARE(ended->code, 2);
    }
    void theyGoWhenNobodyAsksAnyLonger() {
        askForOne();
        QTRY_VERIFY(!spares().empty());
        QTRY_VERIFY_WITH_TIMEOUT(spares().empty(), 20'000);
    }
};

ESCALE_TEST(SpareWorkerTest)
#include "spare_worker_test.moc"
