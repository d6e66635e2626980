#include "engine/base/cancellation.h"
#include "tests/support/test_registry.h"

#include <poll.h>
#include <thread>

using namespace escale;

class CancellationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isNotCancelledAtFirst() {
        const Cancellation cancellation;
        QVERIFY(!cancellation.isCancelled());
        VERIFY_RESULT(cancellation.check());
        pollfd ready{cancellation.fd(), POLLIN, 0};
        QCOMPARE(::poll(&ready, 1, 0), 0);
    }
    void wakesAPollFromAnotherThread() {
        Cancellation cancellation;
        const std::jthread other([&] { cancellation.cancel(); });
        pollfd ready{cancellation.fd(), POLLIN, 0};
        QCOMPARE(::poll(&ready, 1, 10000), 1);
        QVERIFY(cancellation.isCancelled());
        QCOMPARE(cancellation.check().error().code, ErrorCode::Cancelled);
    }
    void staysCancelled() {
        Cancellation cancellation;
        cancellation.cancel();
        cancellation.cancel();
        pollfd ready{cancellation.fd(), POLLIN, 0};
        QCOMPARE(::poll(&ready, 1, 0), 1);
        QCOMPARE(::poll(&ready, 1, 0), 1);
    }
};
ESCALE_TEST(CancellationTest)

#include "cancellation_test.moc"
