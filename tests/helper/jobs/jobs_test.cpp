#include "helper/jobs/jobs.h"
#include "tests/support/test_registry.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QThread>

#include <poll.h>

using namespace escale;

namespace {

constexpr uid_t kOwner = 1000;
constexpr uid_t kOther = 1001;

Job::Description description(uid_t owner = kOwner) {
    return {owner, QStringLiteral("pull"), QStringLiteral("debian")};
}

Result<QString> untilCancelled(JobProgress&, const Cancellation& cancellation) {
    pollfd event{cancellation.fd(), POLLIN, 0};
    (void)::poll(&event, 1, 10'000);
    return fail(ErrorCode::Cancelled, "cancelled");
}

Job* started(Jobs& jobs, Job::Work work, uid_t owner = kOwner) {
    const auto job = jobs.start(description(owner), std::move(work));
    return job ? *job : nullptr;
}

} // namespace

class JobsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isDoneWithItsResult() {
        Jobs jobs;
        Job* job = started(jobs, [](JobProgress&, const Cancellation&) -> Result<QString> {
            return QStringLiteral("sha256:1");
        });
        QVERIFY(job != nullptr);
        QCOMPARE(job->status().state, QStringLiteral("running"));
        QTRY_COMPARE(job->status().state, QStringLiteral("done"));
        QCOMPARE(job->status().result, QStringLiteral("sha256:1"));
        QVERIFY(job->status().errorName.isEmpty());
    }
    void failsWithItsError() {
        Jobs jobs;
        Job* job = started(jobs, [](JobProgress&, const Cancellation&) -> Result<QString> {
            return fail(ErrorCode::Unreachable, "no answer", "Look at the cable.");
        });
        QTRY_COMPARE(job->status().state, QStringLiteral("failed"));
        QCOMPARE(job->status().errorName, QStringLiteral("org.escale.Error.Unreachable"));
        QCOMPARE(job->status().errorMessage, QStringLiteral("no answer"));
        QCOMPARE(job->status().hint, QStringLiteral("Look at the cable."));
    }
    void endsWhenCancelled() {
        Jobs jobs;
        Job* job = started(jobs, untilCancelled);
        job->cancel();
        QTRY_COMPARE(job->status().state, QStringLiteral("cancelled"));
        job->cancel(); // no harm
        QCOMPARE(job->status().state, QStringLiteral("cancelled"));
    }
    void isDoneWhenTheCancelCameTooLate() {
        Jobs jobs;
        QSemaphore cancelled;
        QSemaphore running;
        Job* job = started(jobs, [&](JobProgress&, const Cancellation&) -> Result<QString> {
            running.release();
            cancelled.acquire();
            return QString();
        });
        running.acquire();
        job->cancel();
        cancelled.release();
        QTRY_COMPARE(job->status().state, QStringLiteral("done"));
    }
    void tellsProgressAtMostOnceATick() {
        Jobs jobs;
        QSemaphore end;
        Job* job = started(jobs, [&end](JobProgress& progress, const Cancellation&) -> Result<QString> {
            for (quint64 done = 1; !end.tryAcquire(); ++done) {
                progress.report(
                    {done, 0, {{QStringLiteral("layer"), QStringLiteral("downloading"), done, 0}}});
                QThread::usleep(50);
            }
            return QString();
        });
        const QSignalSpy told(job, &Job::progressed);
        QTest::qWait(1050);
        end.release();
        QTRY_VERIFY(!job->isRunning());
        QVERIFY2(told.count() >= 3 && told.count() <= 12, qPrintable(QString::number(told.count())));
        QCOMPARE(job->status().steps.size(), 1);
        QCOMPARE(job->status().rate, quint64(0));
    }
    void tellsTheEndAlways() {
        Jobs jobs;
        Job* job = started(jobs, [](JobProgress& progress, const Cancellation&) -> Result<QString> {
            progress.report({7, 7, {}});
            return QString();
        });
        QSignalSpy told(job, &Job::progressed);
        QVERIFY(told.wait());
        QVERIFY(!job->isRunning());
        QCOMPARE(job->status().done, quint64(7));
    }
    void showsJobsToTheirOwnerOnly() {
        Jobs jobs;
        const Job* job = started(jobs, untilCancelled);
        VERIFY_RESULT(jobs.find(kOwner, job->path()));
        const auto found = jobs.find(kOther, job->path());
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        QVERIFY(jobs.of(kOther).isEmpty());
        QCOMPARE(jobs.of(kOwner).size(), 1);
    }
    void limitsTheRunningJobsOfAUser() {
        Jobs jobs(Jobs::Limits{.mostRunning = 2}, nullptr);
        QVERIFY(started(jobs, untilCancelled) != nullptr);
        QVERIFY(started(jobs, untilCancelled) != nullptr);
        const auto third = jobs.start(description(), untilCancelled);
        QVERIFY(!third);
        QCOMPARE(third.error().code, ErrorCode::WrongState);
        QVERIFY(started(jobs, untilCancelled, kOther) != nullptr);
    }
    void countsWhatRunsByItsKind() {
        Jobs jobs;
        Job* mine = started(jobs, untilCancelled);
        QVERIFY(started(jobs, untilCancelled, kOther) != nullptr);
        QCOMPARE(jobs.running(QStringLiteral("pull")), 2);
        QCOMPARE(jobs.running(QStringLiteral("pull"), kOwner), 1);
        QCOMPARE(jobs.running(QStringLiteral("push")), 0);
        mine->cancel();
        QTRY_COMPARE(jobs.running(QStringLiteral("pull"), kOwner), 0);
        QCOMPARE(jobs.running(QStringLiteral("pull")), 1);
    }
    void forgetsAJobAfterAWhile() {
        Jobs jobs(Jobs::Limits{.keepMilliseconds = 500}, nullptr);
        const QString path = started(jobs, [](JobProgress&, const Cancellation&) -> Result<QString> {
                                 return QString();
                             })->path();
        QTRY_VERIFY(!jobs.anyRunning());
        VERIFY_RESULT(jobs.find(kOwner, path));
        QTRY_VERIFY(!jobs.find(kOwner, path));
    }
    void keepsNoMoreEndedJobsThanTheLimit() {
        Jobs jobs(Jobs::Limits{.mostEnded = 3}, nullptr);
        for (int i = 0; i < 10; ++i) {
            started(jobs, [](JobProgress&, const Cancellation&) -> Result<QString> { return QString(); });
            QTRY_VERIFY(!jobs.anyRunning());
        }
        QCOMPARE(jobs.of(kOwner).size(), 3);
    }
    void waitsForItsWorkWhenItGoes() {
        std::atomic<bool> ended = false;
        {
            Jobs jobs;
            started(jobs, [&ended](JobProgress& progress, const Cancellation& cancellation) {
                auto result = untilCancelled(progress, cancellation);
                ended = true;
                return result;
            });
            QTest::qWait(20);
        }
        QVERIFY(ended);
    }
    void dropsWhatTheWorkHeldWhenItEnds() {
        Jobs jobs;
        auto secret = std::make_shared<std::string>("password");
        Job* job = started(
            jobs, [secret](JobProgress&, const Cancellation&) -> Result<QString> { return QString(); });
        QTRY_VERIFY(!job->isRunning());
        QTRY_COMPARE(secret.use_count(), 1L);
    }
};
ESCALE_TEST(JobsTest)

#include "jobs_test.moc"
