#include "helper/worker/files_worker.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>

using namespace escale;

class FilesWorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileSystemThatNeverAnswersIsGivenUp() {
        const QTemporaryDir folder;
        // In the place of a worker that waits for a server.
        const std::string program = folder.path().toStdString() + "/waits";
        VERIFY_RESULT(writeFileAtomically(program, "#!/bin/sh\nexec cat <&3 >/dev/null\n", 0755));
        const auto root = openFile(folder.path().toStdString(), O_RDONLY | O_DIRECTORY);
        VERIFY_RESULT(root);
        const FilesWorker worker(program, std::chrono::milliseconds(300));
        const FilesRoot place{root->get(), -1};
        QCOMPARE(worker.list(place, "/").error().code, ErrorCode::Timeout);
        QCOMPARE(worker.stat(place, "/", false).error().code, ErrorCode::Timeout);
        QCOMPARE(worker.makeFolder(place, "/new").error().code, ErrorCode::Timeout);
    }
};

ESCALE_TEST(FilesWorkerTest)
#include "files_worker_test.moc"
