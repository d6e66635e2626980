#include "engine/runtime/plan/program.h"
#include "tests/support/test_registry.h"

using namespace escale;

class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksInEachFolderOfThePath() {
        spec::Process process;
        process.args = {"x"};
        process.env = {"A=b", "PATH=/a:/b"};
        QCOMPARE(programCandidates(process), (std::vector<std::string>{"/a/x", "/b/x"}));
    }

    void takesAPathAsItIs() {
        spec::Process process;
        process.args = {"./x"};
        QCOMPARE(programCandidates(process), (std::vector<std::string>{"./x"}));
    }

    void explainsWhatIsMissing() {
        spec::Process process;
        process.args = {"x"};
        process.env = {"PATH=/a"};
        const auto missing = programNotFound(process, ENOENT);
        QCOMPARE(missing.code, ErrorCode::NotFound);
        QCOMPARE(missing.message,
                 std::string("no program \"x\" in the image: executable file not found in PATH /a"));
        QCOMPARE(programNotFound(process, EACCES).code, ErrorCode::PermissionDenied);
        QCOMPARE(programNotExecuted("x", ENOEXEC).code, ErrorCode::Unsupported);
        QVERIFY(programNotExecuted("x", ENOENT).message.find("interpreter") != std::string::npos);
    }
};

ESCALE_TEST(ProgramTest)
#include "program_test.moc"
