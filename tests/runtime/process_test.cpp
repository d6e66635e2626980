// A process on its own, as `exec --process FILE` gets it (config.md#process).
#include "engine/base/file.h"
#include "engine/runtime/spec/parse_process.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <sched.h>

using namespace escale;

class ProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isReadFromAFileOfItsOwn() {
        const auto process = load(R"({"args": ["id"], "cwd": "/srv", "user": {"uid": 3, "gid": 4}})");
        VERIFY_RESULT(process);
        QCOMPARE(process->args, std::vector<std::string>{"id"});
        QCOMPARE(process->uid, 3U);
        VERIFY_RESULT(spec::validateProcess(*process));
    }

    void aFileThatIsNoProcessIsNamedInTheError_data() {
        QTest::addColumn<QString>("text");
        QTest::addRow("no JSON") << "{";
        QTest::addRow("no object") << "[]";
        QTest::addRow("arguments of another type") << R"({"args": "sh", "cwd": "/"})";
    }
    void aFileThatIsNoProcessIsNamedInTheError() {
        QFETCH(QString, text);
        const auto process = load(text.toStdString());
        QVERIFY(!process);
        QCOMPARE(process.error().code, ErrorCode::InvalidArgument);
        QVERIFY(process.error().message.starts_with(file()));
    }

    void aMissingFileIsNotFound() {
        QCOMPARE(spec::loadProcess("/no/such/file").error().code, ErrorCode::NotFound);
    }

    // The container's mappings are not in the process: its user is checked against the container it joins.
    void itsUserMustBeMappedInTheContainer() {
        spec::Spec container;
        spec::Process process;
        process.uid = 70000;
        VERIFY_RESULT(spec::validateUser(process, container));
        container.namespaces.push_back({CLONE_NEWUSER, "user", ""});
        container.uidMappings = container.gidMappings = {{0, 100000, 65536}};
        QCOMPARE(spec::validateUser(process, container).error().code, ErrorCode::InvalidArgument);
    }

private:
    std::string file() const { return m_folder.path().toStdString() + "/process.json"; }
    Result<spec::Process> load(const std::string& text) const {
        TRY(writeFileAtomically(file(), text));
        return spec::loadProcess(file());
    }
    QTemporaryDir m_folder;
};

ESCALE_TEST(ProcessTest)
#include "process_test.moc"
