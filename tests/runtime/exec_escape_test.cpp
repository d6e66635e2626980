// What a hostile container could do to `exec`, one test for each class of known escapes.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/runtime/traced_runtime.h"
#include "tests/support/test_registry.h"

#include <QRegularExpression>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/keyctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class ExecEscapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    // CVE-2016-9962: a process of the container with CAP_SYS_PTRACE looks at everything of the one that
    // joins, in the first moment that it can be seen in the container's /proc.
    void whoJoinsIsSeenOnlyInItsLastState_data() {
        QTest::addColumn<bool>("userNamespace");
        QTest::addColumn<bool>("mayTrace");
        QTest::addRow("with a user namespace") << true << true;
        QTest::addRow("with the host's ids, by its like") << false << false;
        QTest::addRow("with the host's ids, where CAP_SYS_PTRACE opens everything") << false << true;
    }
    void whoJoinsIsSeenOnlyInItsLastState() {
        QFETCH(bool, userNamespace);
        QFETCH(bool, mayTrace);
        Bundle bundle({"sh", "/look"});
        if (!userNamespace)
            bundle.useHostIds();
        for (const char* set : {"bounding", "effective", "permitted"}) {
            if (mayTrace)
                bundle.append(std::string("process/capabilities/") + set, "CAP_SYS_PTRACE");
        }
        makeObserver(bundle);
        start(bundle);
        ::setenv("ENGINES_SECRET", "5e", 1);
        test::TracedRuntime runtime(bundle, {"exec", bundle.id(), "true"});
        ::unsetenv("ENGINES_SECRET");
        QVERIFY(runtime.runUntilSeenInTheContainer());
        const auto seen = ask(bundle);
        QCOMPARE(runtime.finish(), 0);

        QVERIFY2(seen.find("found one") != std::string::npos, seen.c_str());
        QVERIFY2(seen.find("ENGINES_SECRET") == std::string::npos, seen.c_str());
        if (userNamespace || !mayTrace) {
            QVERIFY2(seen.find("root: ->") == std::string::npos, seen.c_str());
            QVERIFY2(seen.find("fd: ") == std::string::npos, seen.c_str());
            QVERIFY2(seen.find("memory") == std::string::npos, seen.c_str());
            return;
        }
        QVERIFY2(seen.find("root: -> /\n") != std::string::npos, seen.c_str());
        QVERIFY2(seen.find("entries of its root: as mine") != std::string::npos, seen.c_str());
        QVERIFY2(seen.find("capabilities: as mine") != std::string::npos, seen.c_str());
        for (const auto& line : QString::fromStdString(seen).split('\n')) {
            if (line.startsWith("fd: "))
                QVERIFY2(QRegularExpression("^fd: [012] |^fd: 3 -> socket:").match(line).hasMatch(),
                         qPrintable(line));
        }
    }

    // CVE-2024-21626: whatever descriptor of the host were open, no path leads to it.
    void aWorkingDirectoryOutsideIsRefused_data() {
        QTest::addColumn<QString>("cwd");
        for (int fd = 3; fd < 20; fd += 4)
            QTest::addRow("%d", fd) << QString("/proc/self/fd/%1").arg(fd);
        QTest::addRow("by the thread") << "/proc/thread-self/fd/5";
        QTest::addRow("parent") << "/proc/self/fd/7/../..";
        QTest::addRow("through the image's link") << "/link";
    }
    void aWorkingDirectoryOutsideIsRefused() {
        QFETCH(QString, cwd);
        Bundle bundle({"sleep", "1000"});
        std::filesystem::create_symlink("/proc/self/fd/7", bundle.root() + "/link");
        start(bundle);
        const int leak = ::open("/", O_RDONLY | O_DIRECTORY);
        for (int fd = 50; fd < 60; ++fd)
            QVERIFY(::dup2(leak, fd) == fd);
        const auto outcome = exec(bundle, {"--cwd", cwd.toStdString()}, {"ls", "-l", "/proc/self/cwd"});
        for (int fd = 50; fd < 60; ++fd)
            ::close(fd);
        ::close(leak);
        QVERIFY(outcome.code != 0);
        QCOMPARE(outcome.out, std::string());
    }

    void noDescriptorLeaksIntoTheContainer() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const int leak = ::open("/", O_RDONLY | O_DIRECTORY);
        QVERIFY(::dup2(leak, 77) == 77);
        const auto outcome = exec(bundle, {}, {"sh", "-c", "echo /proc/self/fd/*"});
        ::close(leak);
        ::close(77);
        // 3 is the shell's own, reading the folder.
        QCOMPARE(outcome.out,
                 std::string("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n"));
    }

    // CVE-2019-5736: the runtime as the interpreter of the container's script. The container's root, with the
    // host's ids, takes its file when it has become the container's program, and writes once it has ended.
    void theRuntimesFileCannotBeOverwritten() {
        const auto content = readFile(ESCALE_BIN "/escale-runtime").value();
        Bundle bundle({"sh", "/look"});
        const std::string program = bundle.path() + "/runtime";
        VERIFY_RESULT(writeFileAtomically(program, content, 0755));
        bundle.useHostIds();
        std::ofstream(bundle.root() + "/bin/evil") << "#!/proc/self/exe\n";
        ::chmod((bundle.root() + "/bin/evil").c_str(), 0755);
        makeWitness(bundle, R"look(
read x </ask
for p in /proc/[0-9]*; do grep -q /bin/evil $p/cmdline && exec 9<$p/exe; done
[ -e /proc/self/fd/9 ] && echo taken >/seen
echo >/told
read x </ask
echo overwritten >/proc/self/fd/9
echo >/told
sleep 1000)look");
        start(bundle);
        test::TracedRuntime runtime(bundle, {"exec", bundle.id(), "evil"}, program);
        QVERIFY(runtime.runUntilSeenInTheContainer());
        QVERIFY(runtime.runUntilExecuted());
        QCOMPARE(ask(bundle), std::string("taken\n"));
        runtime.finish();
        ask(bundle);
        QVERIFY(readFile(program).value() == content);
    }

    // The caller's session keyring holds the caller's keys: disk passwords, Kerberos tickets.
    void theCallersKeysStayOutside() {
        const auto keyctl = [](auto... arguments) { return ::syscall(SYS_keyctl, arguments...); };
        SKIP_UNLESS(keyctl(KEYCTL_JOIN_SESSION_KEYRING, nullptr) >= 0, "this kernel has no keyrings");
        const auto key =
            ::syscall(SYS_add_key, "user", "escale-test-secret", "x", 1, KEY_SPEC_SESSION_KEYRING);
        QVERIFY(key >= 0);
        // Only who possesses it sees it in /proc/keys, whatever his user.
        QVERIFY(keyctl(KEYCTL_SETPERM, key, 0x3f000000) >= 0);
        QVERIFY(readFile("/proc/keys").value().find("escale-test-secret") != std::string::npos);
        Bundle bundle({"sleep", "1000"});
        bundle.useHostIds();
        bundle.set("linux/maskedPaths", Json(Json::Array{}));
        start(bundle);
        const auto outcome = exec(bundle, {}, {"cat", "/proc/keys"});
        QCOMPARE(outcome.err, std::string());
        QVERIFY2(outcome.out.find("escale-test-secret") == std::string::npos, outcome.out.c_str());
    }

    // HOME is looked up in a file that the container wrote.
    void aHostilePasswdNeitherHangsNorHarms_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("home");
        for (const char* kind :
             {"a FIFO", "a folder", "a link to an endless device", "a link to a magic link", "missing",
              "a line without end", "an overlong home", "a relative home", "no numbers", "a zero byte"})
            QTest::addRow("%s", kind) << kind << "/";
        QTest::addRow("a long line first") << "a long line first"
                                           << "/home/u";
    }
    void aHostilePasswdNeitherHangsNorHarms() {
        QFETCH(QString, kind);
        QFETCH(QString, home);
        Bundle bundle({"sleep", "1000"});
        makePasswd(kind, bundle.root() + "/etc/passwd");
        start(bundle);
        const auto outcome = exec(bundle, {"--user", "1000"}, {"sh", "-c", "echo $HOME"});
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, home.toStdString() + "\n");
    }

private:
    // The container's own program, a script that waits for ask() and answers.
    static void makeWitness(const Bundle& bundle, const char* script) {
        std::ofstream(bundle.root() + "/look") << script;
        for (const char* fifo : {"/ask", "/told"})
            QCOMPARE(::mkfifo((bundle.root() + fifo).c_str(), 0600), 0);
        std::ofstream(bundle.root() + "/seen");
        struct stat owner {};
        ::stat((bundle.root() + "/bin").c_str(), &owner);
        for (const char* file : {"/ask", "/told", "/seen", "/look"})
            QCOMPARE(::chown((bundle.root() + file).c_str(), owner.st_uid, owner.st_gid), 0);
    }
    static std::string ask(const Bundle& bundle) {
        std::ofstream(bundle.root() + "/ask") << "\n";
        std::string line;
        std::ifstream told(bundle.root() + "/told");
        std::getline(told, line);
        return readFile(bundle.root() + "/seen").value_or("");
    }
    // Tells what it can see of a process whose program is not the image's.
    static void makeObserver(const Bundle& bundle) {
        makeWitness(bundle, R"look(
while read x </ask; do
  for p in /proc/[0-9]*; do
    grep -q escale-runtime $p/cmdline || continue
    echo found one
    [ -n "$(readlink $p/root)" ] && echo "root: -> $(readlink $p/root)"
    [ "$(ls $p/root/ 2>/dev/null)" = "$(ls /)" ] && echo entries of its root: as mine
    for f in $p/fd/*; do [ -n "$(readlink $f)" ] && echo "fd: ${f##*/} -> $(readlink $f)"; done
    [ "$(grep CapEff $p/status)" = "$(grep CapEff /proc/self/status)" ] && echo capabilities: as mine
    cat $p/environ
    head -c 1 $p/maps && echo memory
  done >/seen 2>/dev/null
  echo >/told
done)look");
    }

    static void makePasswd(const QString& kind, const std::string& path) {
        if (kind == "a FIFO")
            QCOMPARE(::mkfifo(path.c_str(), 0666), 0);
        else if (kind == "a folder")
            std::filesystem::create_directory(path);
        else if (kind == "a link to an endless device")
            std::filesystem::create_symlink("/dev/zero", path);
        else if (kind == "a link to a magic link")
            std::filesystem::create_symlink("/proc/1/fd/0", path);
        else if (kind == "a line without end")
            std::ofstream(path) << std::string(4 << 20, 'x') << "\nu:x:1000:1000::/behind/the/limit:\n";
        else if (kind == "an overlong home")
            std::ofstream(path) << "u:x:1000:1000::/" << std::string(5000, 'h') << ":/bin/sh\n";
        else if (kind == "a relative home")
            std::ofstream(path) << "u:x:1000:1000::home:/bin/sh\n";
        else if (kind == "no numbers")
            std::ofstream(path)
                << "u:x::::\n:\nu:x:0x3e8:1000::/a:\nu:x:99999999999999999999:1000::/b:\nu:x\n";
        else if (kind == "a zero byte")
            std::ofstream(path) << std::string("u:x:1000\0:1000::/a:\n", 20);
        else if (kind == "a long line first")
            std::ofstream(path) << std::string(20000, 'y')
                                << ":x:1000:1000::/wrong:\nu:x:1000:1000::/home/u:\n";
    }
};

ESCALE_TEST(ExecEscapeTest)
#include "exec_escape_test.moc"
