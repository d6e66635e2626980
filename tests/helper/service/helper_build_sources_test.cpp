// What builds take from elsewhere: files of the web, git repositories, keys of an ssh agent.
#include "engine/base/subprocess.h"
#include "tests/helper/service/build_test.h"
#include "tests/helper/worker/image_fixture.h"
#include "tests/support/scripted_http_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

/// A loopback port that nobody listens at.
std::uint16_t freePort() {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.get(), generic, size) != 0 || ::getsockname(socket.get(), generic, &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::string digestOf(const std::string& content) {
    return Digest::ofData(content).toString();
}

/// Answers 304 to whoever knows the tag.
HttpHandler taggedFile(const std::string& content, const std::string& tag) {
    return [content, tag](const HttpRequest& request) {
        if (request.header("if-none-match") == tag)
            return answer(304);
        return answer(200, content, "text/plain").header("ETag", tag);
    };
}

} // namespace

class HelperBuildSourcesTest : public BuildTest {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<Subprocess> m_daemon, m_agent;
    std::uint16_t m_port = 0;

    [[nodiscard]] std::string path(const std::string& name) const {
        return m_folder.path().toStdString() + "/" + name;
    }
    Result<void> git(std::vector<std::string> words) {
        words.insert(words.begin(), {"/usr/bin/git", "-C", path("work"), "-c", "user.name=A", "-c",
                                     "user.email=a@example.org"});
        return runProgram(std::move(words)).map([](const std::string&) {});
    }
    Result<void> commitFile(const std::string& name, const std::string& content) {
        TRY(makeDirectories(std::filesystem::path(path("work/" + name)).parent_path().string()));
        TRY(writeFileAtomically(path("work/" + name), content, 0644));
        TRY(git({"add", "--all"}));
        return git({"commit", "--quiet", "--message", "x"});
    }
    /// main has "file"; "other" has "src/app/code", too.
    Result<void> serveRepository() {
        TRY(makeDirectories(path("work")));
        TRY(git({"init", "--quiet", "--initial-branch=main"}));
        TRY(commitFile("file", "first"));
        TRY(git({"checkout", "--quiet", "-b", "other"}));
        TRY(commitFile("src/app/code", "other"));
        TRY(git({"checkout", "--quiet", "main"}));
        TRY(git({"clone", "--quiet", "--bare", ".", path("x.git")}));
        m_port = freePort();
        TRY_ASSIGN(Subprocess daemon,
                   Subprocess::start(
                       {.arguments = {"/usr/lib/git-core/git-daemon", "--reuseaddr", "--export-all",
                                      "--listen=127.0.0.1", "--port=" + std::to_string(m_port),
                                      "--base-path=" + path(""), path("")},
                        .environment = {"PATH=/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_COUNT=1",
                                        "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"}}));
        m_daemon = std::make_unique<Subprocess>(std::move(daemon));
        return {};
    }
    [[nodiscard]] std::string repository() const {
        return "git://127.0.0.1:" + std::to_string(m_port) + "/x.git";
    }
    static std::vector<std::string> asUser(std::vector<std::string> words) {
        const std::string id = std::to_string(kUser);
        words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"});
        return words;
    }
    /// The user's own agent, with one key.
    Result<void> startAgent() {
        TRY(makeDirectories(path("own"), 0700));
        if (::chown(path("own").c_str(), kUser, kUser) != 0)
            return failErrno("chown");
        TRY_ASSIGN(
            Subprocess agent,
            Subprocess::start({.arguments = asUser({"/usr/bin/ssh-agent", "-D", "-a", path("own/agent")})}));
        m_agent = std::make_unique<Subprocess>(std::move(agent));
        if (!QTest::qWaitFor([&] { return exists(path("own/agent")); }))
            return fail(ErrorCode::Timeout, "no agent");
        TRY(runProgram(asUser({"/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C",
                               "key-of-the-user", "-f", path("own/key")})));
        TRY(runProgram(asUser({"/usr/bin/env", "SSH_AUTH_SOCK=" + path("own/agent"), "/usr/bin/ssh-add", "-q",
                               path("own/key")})));
        return {};
    }
    /// What the steps have printed.
    QByteArray said(const FinishedBuild& built) {
        std::string text = built.status.errorMessage.toStdString();
        for (const BuildEvent& event : client().events(built.id)) {
            if (event.kind == BuildEvent::Kind::Log)
                text += '\n' + event.text;
        }
        return QByteArray::fromStdString(text);
    }
    /// This machine's ssh-add, with the libraries that it needs.
    static Result<void> addProgram(ContextFolder& context) {
        TRY_ASSIGN(const std::string libraries, runProgram({"/usr/bin/ldd", "/usr/bin/ssh-add"}));
        std::vector<std::string> files{"/usr/bin/ssh-add"};
        for (std::size_t begin = libraries.find(" /"); begin != std::string::npos;
             begin = libraries.find(" /", begin + 1))
            files.push_back(libraries.substr(begin + 1, libraries.find(" (", begin) - begin - 1));
        if (const auto loader = libraries.find("\t/lib"); loader != std::string::npos)
            files.push_back(libraries.substr(loader + 1, libraries.find(" (", loader) - loader - 1));
        for (const auto& file : files) {
            TRY_ASSIGN(const std::string content, readFile(file));
            context.write("root" + file, content);
        }
        return {};
    }

private Q_SLOTS:
    void aFileOfTheWebIsAdded() {
        ScriptedHttpServer server;
        server.on("/files/app.txt", taggedFile("content", "\"one\""));
        server.on("/moved", answer(302).header("Location", "/files/app.txt"));
        const std::string file = from() + "ADD http://" + server.host() + "/files/app.txt?x=1 /srv/\n" +
                                 "ADD --chmod=644 --checksum=" + digestOf("content") + " http://" +
                                 server.host() + "/moved /renamed\n";
        const ContextFolder context;
        const auto built = client().build(file, context, tagged("added:1"));
        QVERIFY2(built.status.state == QLatin1String("done"), qPrintable(built.status.errorMessage));
        QCOMPARE(server.count("/files/app.txt"), std::size_t{2}); // by either address once
        QVERIFY(client().runs(
            QStringLiteral("docker.io/library/added:1"),
            "test $(cat /srv/app.txt)$(cat /renamed) = contentcontent && "
            "test $(stat -c %a%u%Y /srv/app.txt) = 60000 && test $(stat -c %a /renamed) = 644"));
        QTRY_COMPARE(leftOvers(), QStringList());
        // When it is built again the server is asked whether it is still the same, and for --checksum nothing
        const auto again = client().build(file, context, tagged("added:1"));
        QCOMPARE(again.result.at("cached").toInteger(), 2);
        QCOMPARE(again.image(), built.image());
        QCOMPARE(server.requests().back().header("if-none-match"), std::string("\"one\""));
        QCOMPARE(server.count("/moved"), std::size_t{1});
        // And when it has changed, it is another step
        server.on("/files/app.txt", taggedFile("changed", "\"two\""));
        const auto changed =
            client().build(from() + "ADD http://" + server.host() + "/files/app.txt?x=1 /srv/\n", context,
                           tagged("added:2"));
        QCOMPARE(changed.result.at("cached").toInteger(), 0);
        QVERIFY(
            client().runs(QStringLiteral("docker.io/library/added:2"), "test $(cat /srv/app.txt) = changed"));
    }
    void whatTheServerStillHasIsFetchedWhenTheStepIsGone() {
        ScriptedHttpServer server;
        server.on("/a", taggedFile("content", "\"one\""));
        const std::string file = from() + "ADD http://" + server.host() + "/a /\n";
        const ContextFolder context;
        QCOMPARE(client().build(file, context, tagged("refetched:1")).status.state, QStringLiteral("done"));
        QCOMPARE(client().ask("PruneCache", {QVariantMap()}).type(), QDBusMessage::ReplyMessage);
        const auto again = client().build(file, context, tagged("refetched:2"));
        QVERIFY2(again.status.state == QLatin1String("done"), qPrintable(again.status.errorMessage));
        QVERIFY(client().runs(QStringLiteral("docker.io/library/refetched:2"), "test $(cat /a) = content"));
    }
    void anotherChecksumFailsTheBuild() {
        ScriptedHttpServer server;
        server.on("/a", answer(200, "content"));
        const ContextFolder context;
        const auto built = client().build(from() + "ADD --checksum=" + digestOf("other") +
                                              " http://user:pass@" + server.host() + "/a /\n",
                                          context);
        QCOMPARE(built.status.state, QStringLiteral("failed"));
        QVERIFY2(built.status.errorMessage.contains(QString::fromStdString(digestOf("content"))),
                 qPrintable(built.status.errorMessage));
        QTRY_COMPARE(leftOvers(), QStringList());
        const auto missing = client().build(from() + "ADD http://" + server.host() + "/b /\n", context);
        QVERIFY2(missing.status.errorMessage.contains(QStringLiteral("/b")),
                 qPrintable(missing.status.errorMessage));
    }
    void anAddedArchiveIsUnpackedWhenAskedTo() {
        TarBuilder tar;
        tar.add({.name = "inside", .content = "unpacked", .mode = 0640, .owner = 3, .group = 4});
        ScriptedHttpServer server;
        server.on("/a.tar.gz", answer(200, gzipLayer(tar.finish()).blob));
        const std::string address = "http://" + server.host() + "/a.tar.gz";
        ContextFolder context;
        context.write("local", "local");
        const auto built = client().build(from() + "ADD --unpack=true " + address + " /out/\nADD local " +
                                              address + " /as-is/\n",
                                          context, tagged("unpacked:1"));
        QVERIFY2(built.status.state == QLatin1String("done"), qPrintable(built.status.errorMessage));
        QCOMPARE(server.count("/a.tar.gz"), std::size_t{1});
        QVERIFY(
            client().runs(QStringLiteral("docker.io/library/unpacked:1"),
                          "test $(cat /out/inside) = unpacked && test $(stat -c %u:%g /out/inside) = 3:4 && "
                          "test -e /as-is/a.tar.gz && test $(cat /as-is/local) = local"));
    }
    void aRepositoryIsAdded() {
        SKIP_UNLESS(exists("/usr/lib/git-core/git-daemon"), "needs git");
        VERIFY_RESULT(serveRepository());
        QTRY_VERIFY(answers(m_port));
        const ContextFolder context;
        const std::string file = from() + "ADD " + repository() +
                                 "#other:src /src/\nADD --keep-git-dir=true " + repository() + " /all\n";
        const auto built = client().build(file, context, tagged("git:1"));
        QVERIFY2(built.status.state == QLatin1String("done"), qPrintable(built.status.errorMessage));
        QVERIFY(client().runs(
            QStringLiteral("docker.io/library/git:1"),
            "test $(cat /src/app/code) = other && test ! -e /src/file && test ! -e /src/.git && "
            "test $(cat /all/file) = first && test -e /all/.git/HEAD && "
            "test $(stat -c %u:%g /src/app/code) = 0:0"));
        QTRY_COMPARE(leftOvers(), QStringList());
        const auto again = client().build(file, context, tagged("git:1"));
        QCOMPARE(again.result.at("cached").toInteger(), 2);
        // A commit of the branch makes its step another one, and that alone
        VERIFY_RESULT(git({"checkout", "--quiet", "other"}));
        VERIFY_RESULT(commitFile("src/app/code", "newer"));
        VERIFY_RESULT(git({"push", "--quiet", path("x.git"), "other"}));
        const auto newer = client().build(file, context, tagged("git:2"));
        QCOMPARE(newer.status.state, QStringLiteral("done"));
        QVERIFY(
            client().runs(QStringLiteral("docker.io/library/git:2"), "test $(cat /src/app/code) = newer"));
        const auto wrong = client().build(from() + "ADD " + repository() + "#nothing /\n", context);
        QVERIFY2(wrong.status.errorMessage.contains(QStringLiteral("nothing")),
                 qPrintable(wrong.status.errorMessage));
    }

    void aStepIsLentAnAgent() {
        SKIP_UNLESS(exists("/usr/bin/ssh-agent") && exists("/usr/bin/setpriv"), "needs openssh-client");
        QCOMPARE(::chmod(m_folder.path().toUtf8().constData(), 0711), 0);
        VERIFY_RESULT(startAgent());
        ContextFolder context;
        VERIFY_RESULT(addProgram(context));
        const std::string file = from() + "COPY --chmod=755 root /\n"
                                          "RUN --mount=type=ssh /usr/bin/ssh-add -l > /keys\n"
                                          "RUN test -z \"$SSH_AUTH_SOCK\"\n"
                                          "USER 5\nRUN --mount=type=ssh,id=default,uid=5,target=/tmp/agent "
                                          "test $SSH_AUTH_SOCK = /tmp/agent && /usr/bin/ssh-add -l\n";
        const UniqueFd agent(::open(path("own/agent").c_str(), O_PATH | O_CLOEXEC));
        QVERIFY(agent.valid());
        const dbus::NamedDescriptors lent{{QStringLiteral("default"), QDBusUnixFileDescriptor(agent.get())}};
        const auto built =
            client().build(file, context, with(tagged("ssh:1"), "ssh", QVariant::fromValue(lent)));
        QVERIFY2(built.status.state == QLatin1String("done"), said(built).constData());
        QVERIFY(client().runs(
            QStringLiteral("docker.io/library/ssh:1"),
            "grep -q key-of-the-user /keys && test ! -e /run/buildkit && test ! -e /tmp/agent"));
        QTRY_COMPARE(leftOvers(), QStringList());
        const auto asked = qdbus_cast<QVariantMap>(client().ask("Inspect", {built.id}).arguments().value(0));
        QCOMPARE(asked.value(QStringLiteral("ssh")).toStringList(), QStringList{QStringLiteral("default")});
        // Without it the steps are the same ones; what needs it says so
        QCOMPARE(client().build(file, context, tagged("ssh:2")).image(), built.image());
        const auto needs = client().build(from() + "RUN --mount=type=ssh,required=true touch /x\n", context,
                                          tagged("ssh:3"));
        QCOMPARE(needs.status.state, QStringLiteral("failed"));
        QVERIFY2(needs.status.errorMessage.contains(QStringLiteral("ssh agent default: not found")),
                 qPrintable(needs.status.errorMessage));
    }
    void anAgentThatHasGoneFailsItsStep() {
        const std::string dead = path("dead");
        {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            dead.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
            const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
            QCOMPARE(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
            QCOMPARE(::chown(dead.c_str(), kUser, kUser), 0);
        }
        const UniqueFd agent(::open(dead.c_str(), O_PATH | O_CLOEXEC));
        const dbus::NamedDescriptors lent{{QStringLiteral("gone"), QDBusUnixFileDescriptor(agent.get())}};
        const ContextFolder context;
        const auto built = client().build(from() + "RUN --mount=type=ssh,id=gone touch /x\n", context,
                                          with(tagged("ssh:4"), "ssh", QVariant::fromValue(lent)));
        QVERIFY2(built.status.errorMessage.contains(QStringLiteral("cannot lend the ssh agent gone")),
                 qPrintable(built.status.errorMessage));
        QTRY_COMPARE(leftOvers(), QStringList());
    }
};

ESCALE_TEST(HelperBuildSourcesTest)
#include "helper_build_sources_test.moc"
