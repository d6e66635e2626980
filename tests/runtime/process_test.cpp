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

    void whatTheFileLeavesOutIsTheContainers() {
        spec::Process container;
        container.uid = 5;
        container.env = {"PATH=/bin"};
        container.capabilities.bounding = 1;
        container.noNewPrivileges = true;
        const auto process = load(R"({"args": ["id"], "cwd": "/"})", container);
        VERIFY_RESULT(process);
        QCOMPARE(process->uid, 5U);
        QCOMPARE(process->env, container.env);
        QCOMPARE(process->capabilities.bounding, std::uint64_t(1));
        QVERIFY(!process->noNewPrivileges); // the file says all of what is not an identity
    }

    void optionsChangeTheContainersProcess() {
        spec::Process container;
        container.args = {"server"};
        container.env = {"PATH=/bin", "HOME=/root"};
        container.cwd = "/srv";
        container.additionalGids = {7};
        spec::ProcessChanges changes;
        changes.args = {"id", "-u"};
        changes.env = {"HOME=/tmp", "A=b=c"};
        changes.uid = 3;
        changes.capabilities = {"CAP_KILL"};
        changes.additionalGids = {8};
        const auto process = spec::changed(container, changes);
        VERIFY_RESULT(process);
        QCOMPARE(process->args, changes.args);
        QCOMPARE(process->env, (std::vector<std::string>{"PATH=/bin", "HOME=/tmp", "A=b=c"}));
        QCOMPARE(process->cwd, container.cwd);
        QCOMPARE(process->uid, 3U);
        QCOMPARE(process->capabilities.effective, std::uint64_t(0x20));
        QCOMPARE(process->capabilities.inheritable, std::uint64_t(0));
        QCOMPARE(process->additionalGids, (std::vector<std::uint32_t>{7, 8}));
    }

    void aCapabilityThatThereIsNotIsRefused() {
        spec::ProcessChanges changes;
        changes.args = {"id"};
        changes.capabilities = {"CAP_EVERYTHING"};
        QCOMPARE(spec::changed({}, changes).error().code, ErrorCode::InvalidArgument);
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
        QCOMPARE(spec::loadProcess("/no/such/file", {}).error().code, ErrorCode::NotFound);
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
    Result<spec::Process> load(const std::string& text, const spec::Process& container = {}) const {
        TRY(writeFileAtomically(file(), text));
        return spec::loadProcess(file(), container);
    }
    QTemporaryDir m_folder;
};

ESCALE_TEST(ProcessTest)
#include "process_test.moc"
