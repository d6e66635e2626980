// The file of a stack's events, as its reader sees it.
#include "helper/service/stack_events.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

using namespace escale;

class StackEventsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoeverWatchesItIsToldOfWhatIsWritten() {
        // Given: a reader who watches its descriptor
        const auto events = StackEvents::make();
        VERIFY_RESULT(events);
        const auto reader = (*events)->reader();
        VERIFY_RESULT(reader);
        const UniqueFd watch(::inotify_init1(IN_CLOEXEC));
        const std::string path = "/proc/self/fd/" + std::to_string(reader->get());
        QVERIFY(::inotify_add_watch(watch.get(), path.c_str(), IN_MODIFY) >= 0);
        // When
        (*events)->warning("something is different");
        // Then
        struct pollfd told {
            watch.get(), POLLIN, 0
        };
        QCOMPARE(::poll(&told, 1, 5000), 1);
        char line[4096] = {};
        QVERIFY(::read(reader->get(), line, sizeof line - 1) > 0);
        QVERIFY(std::string_view(line).find("something is different") != std::string_view::npos);
    }
    void itsReaderCannotWriteToIt() {
        const auto events = StackEvents::make();
        VERIFY_RESULT(events);
        const auto reader = (*events)->reader();
        VERIFY_RESULT(reader);
        QVERIFY(::write(reader->get(), "x", 1) < 0);
    }
};

ESCALE_TEST(StackEventsTest)
#include "stack_events_test.moc"
