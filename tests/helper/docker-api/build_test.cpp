// docker build …, by the classic builder.
#include "tests/helper/docker-api/docker_machine.h"
#include "tests/helper/service/build_client.h"

#include "engine/base/file.h"

#include <QDir>

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr auto kReadable = 0755;

// An entry of a tar archive (ustar) with these fields.
std::string tarEntry(const std::string& name, char type, const std::string& content,
                     const std::string& link = {}) {
    std::string header(512, '\0');
    const auto put = [&header](std::size_t at, const std::string& text) {
        header.replace(at, text.size(), text);
    };
    const auto octal = [](std::size_t value, int width) {
        std::array<char, 24> text{};
        std::snprintf(text.data(), text.size(), "%0*zo", width, value);
        return std::string(text.data());
    };
    put(0, name);
    put(100, octal(0644, 7));
    put(108, octal(0, 7));
    put(116, octal(0, 7));
    put(124, octal(content.size(), 11));
    put(136, octal(1'700'000'000, 11));
    put(148, "        ");
    header[156] = type;
    put(157, link);
    put(257, std::string("ustar\00000", 8));
    std::size_t sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + '\0');
    std::string entry = header + content;
    entry.resize((entry.size() + 511) / 512 * 512);
    return entry;
}

const std::string kTarEnd(1024, '\0');

} // namespace

class DockerBuildTest : public DockerTest {
    Q_OBJECT
    using Files = std::map<std::string, std::string>;

    std::unique_ptr<BuildClient> m_client;
    int m_contexts = 0;

    BuildClient& client() {
        if (!m_client)
            m_client = std::make_unique<BuildClient>(*m_machine);
        return *m_client;
    }
    std::string from() const { return "FROM " + image() + "\n"; }
    // A folder with these files.
    std::string context(const Files& files) {
        const std::string path = folder() + "/context" + std::to_string(++m_contexts);
        for (const auto& [name, content] : files) {
            const std::string file = path + "/" + name;
            QDir().mkpath(QString::fromStdString(file.substr(0, file.rfind('/'))));
            (void)writeFileAtomically(file, content, kReadable);
        }
        (void)::chmod(path.c_str(), kReadable);
        return path;
    }
    bool runs(const char* tag, const char* script) { return client().runs(QLatin1String(tag), script); }
    // Folders of builds' files that are still there.
    static QStringList left() {
        return QDir(QStringLiteral("/var/tmp")).entryList({QStringLiteral("escale-build.*")}, QDir::Dirs);
    }
    Ran sendTar(const std::string& tar, const std::string& query = "t=hostile") {
        return curl("POST", "/build?" + query, tar);
    }
    static bool says(const Ran& ran, std::string_view text) {
        return (ran.output + ran.errors).find(text) != std::string::npos;
    }

private Q_SLOTS:
    void init() { QTRY_COMPARE(left(), QStringList()); }

    void buildsTagsAndLabels() {
        const std::string path =
            context({{"Dockerfile", from() + "ARG WHO=nobody\nWORKDIR /srv\nCOPY hello .\n"
                                             "RUN echo made for $WHO | tee who\nUSER 7:8\n"},
                     {"hello", "hello"}});
        const Ran ran = docker(
            {"build", "-t", "app:1", "-t", "other/app", "--build-arg", "WHO=you", "--label", "a=b", path});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.code, 0);
        QVERIFY2(says(ran, "Step 1/6 : FROM " + image() + "\n"), ran.output.c_str());
        QVERIFY2(says(ran, "Step 5/6 : RUN echo made for $WHO | tee who\n ---> Running in "),
                 ran.output.c_str());
        QVERIFY2(says(ran, "\nmade for you\n ---> "), ran.output.c_str());
        QVERIFY2(says(ran, "\nSuccessfully built "), ran.output.c_str());
        QVERIFY2(ran.output.ends_with("\nSuccessfully tagged app:1\nSuccessfully tagged other/app:latest\n"),
                 ran.output.c_str());
        for (const char* tag : {"docker.io/library/app:1", "docker.io/other/app:latest"})
            QVERIFY(runs(tag, "test \"$(cat hello)\" = hello && test \"$(cat who)\" = 'made for you' && test "
                              "$(id -u) = 7"));
    }

    void theSecondTimeTheCacheHasIt() {
        const Files files{{"Dockerfile", from() + "COPY a /a\nRUN cp /a /b\n"}, {"a", "1"}};
        const std::string path = context(files);
        const std::string first = docker({"build", "-q", "-t", "again", path}).text();
        QVERIFY2(first.starts_with("sha256:") && first.size() == 71, first.c_str()); // nothing but the id
        const Ran second = docker({"build", "-t", "again", path});
        QVERIFY2(says(second, "COPY a /a\n ---> Using cache\n"), second.output.c_str());
        QVERIFY2(says(second, "RUN cp /a /b\n ---> Using cache\n"), second.output.c_str());
        QVERIFY2(says(second, "Successfully built " + first.substr(7, 12)), second.output.c_str());
        const Ran third = docker({"build", "--no-cache", "-t", "again", path});
        QVERIFY2(says(third, "cp /a /b\n ---> Running in"), third.output.c_str());
    }

    // Archives have whole seconds.
    void aFileThatChangedWithinASecondIsSeen() {
        const std::string path = context({{"Dockerfile", from() + "COPY a /a\n"}, {"a", "1"}});
        const std::array<timespec, 2> times{timespec{1'700'000'000, 0}, timespec{1'700'000'000, 0}};
        const std::string file = path + "/a";
        QVERIFY(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) == 0);
        QCOMPARE(docker({"build", "-t", "change", path}).code, 0);
        VERIFY_RESULT(writeFileAtomically(file, "2", kReadable));
        QVERIFY(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) == 0);
        QCOMPARE(docker({"build", "-t", "change", path}).code, 0);
        QVERIFY(runs("docker.io/library/change:latest", "test $(cat /a) = 2"));
    }

    void stagesAndOtherFiles() {
        const std::string path =
            context({{"sub/other.Dockerfile", from() + "AS base\nRUN echo one > /x\nFROM " + image() +
                                                  " AS last\nCOPY --from=base /x /y\nFROM last\nRUN false\n"},
                     {"Dockerfile", "not this one\n"}});
        const std::string file = path + "/sub/other.Dockerfile";
        VERIFY_RESULT(writeFileAtomically(file,
                                          "FROM " + image() + " AS base\nRUN echo one > /x\nFROM " + image() +
                                              " AS last\nCOPY --from=base /x /y\nFROM last\nRUN false\n",
                                          kReadable));
        const Ran ran = docker({"build", "-t", "stages", "-f", file, "--target", "last", path});
        QCOMPARE(ran.errors, std::string());
        QVERIFY2(says(ran, "Step 4/4 : COPY --from=base /x /y\n"), ran.output.c_str());
        QVERIFY(runs("docker.io/library/stages:latest", "test $(cat /y) = one"));
    }

    void aCommandsFailureIsTheBuilds() {
        const Ran ran = docker({"build", context({{"Dockerfile", from() + "RUN echo so sorry; exit 3\n"}})});
        QCOMPARE(ran.code, 3);
        QVERIFY2(says(ran, "\nso sorry\n"), ran.output.c_str());
        QVERIFY2(says(ran, "The command '/bin/sh -c echo so sorry; exit 3' returned a non-zero code: 3"),
                 ran.errors.c_str());
        // Nothing is told of a quiet one but what failed.
        const Ran quiet =
            docker({"build", "-q", context({{"Dockerfile", from() + "RUN echo so sorry; exit 3\n"}})});
        QCOMPARE(quiet.code, 3);
        QVERIFY2(says(quiet, "so sorry"), quiet.errors.c_str());
    }

    void refusesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("dockerfile");
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no source") << QByteArray("COPY missing /\n") << QByteArrayList{}
                                   << QByteArray("missing");
        QTest::newRow("no instruction") << QByteArray("FETCH x\n") << QByteArrayList{} << QByteArray("FETCH");
        QTest::newRow("no stage") << QByteArray("RUN true\n") << QByteArrayList{"--target", "nowhere"}
                                  << QByteArray("nowhere");
        QTest::newRow("squash") << QByteArray() << QByteArrayList{"--cpuset-cpus", "0"}
                                << QByteArray("--cpu-quota");
        QTest::newRow("network") << QByteArray() << QByteArrayList{"--network", "web"}
                                 << QByteArray("default, none and host");
        QTest::newRow("host's network")
            << QByteArray("RUN true\n") << QByteArrayList{"--network", "host"} << QByteArray("administrator");
    }
    void refusesWhatIsWrong() {
        QFETCH(QByteArray, dockerfile);
        QFETCH(QByteArrayList, words);
        QFETCH(QByteArray, message);
        std::vector<std::string> command{"build",
                                         context({{"Dockerfile", from() + dockerfile.toStdString()}})};
        for (const QByteArray& word : words)
            command.push_back(word.toStdString());
        const Ran ran = docker(command);
        QCOMPARE(ran.code, 1);
        QVERIFY2(QByteArray::fromStdString(ran.errors).contains(message), ran.errors.c_str());
    }

    void leavesOutWhatDockerignoreNames() {
        const std::string path = context({{"Dockerfile", from() + "COPY . /all\n"},
                                          {".dockerignore", "secret\nDockerfile\n.dockerignore\n"},
                                          {"secret", "s"},
                                          {"kept", "k"}});
        QCOMPARE(docker({"build", "-t", "ignore", path}).errors, std::string());
        QVERIFY(runs("docker.io/library/ignore:latest", "test \"$(cd /all && echo * .d*)\" = 'kept .d*'"));
    }

    void takesADockerfileFromItsInput() {
        const Ran alone = docker({"build", "-t", "piped", "-"}, from() + "RUN echo piped > /x\n");
        QCOMPARE(alone.errors, std::string());
        QVERIFY(runs("docker.io/library/piped:latest", "test $(cat /x) = piped"));
        const std::string path = context({{"a", "with files"}});
        const Ran beside = docker({"build", "-t", "piped", "-f", "-", path}, from() + "COPY . /all\n");
        QCOMPARE(beside.errors, std::string());
        QVERIFY(runs("docker.io/library/piped:latest", "test \"$(ls -A /all)\" = a"));
    }

    void anArchiveThatLeadsElsewhereIsRefused_data() {
        QTest::addColumn<QByteArray>("entries");
        const auto row = [](const char* name, const std::string& entries) {
            QTest::newRow(name) << QByteArray::fromStdString(entries);
        };
        row("folder above", tarEntry("../escaped", '0', "x"));
        row("in the middle", tarEntry("a/../../escaped", '0', "x"));
        row("absolute", tarEntry("/var/tmp/escaped", '0', "x"));
        row("through a link", tarEntry("out", '2', "", "/var/tmp") + tarEntry("out/escaped", '0', "x"));
        row("hard link", tarEntry("passwd", '1', "", "/etc/passwd"));
        row("device", tarEntry("null", '3', ""));
    }
    void anArchiveThatLeadsElsewhereIsRefused() {
        QFETCH(QByteArray, entries);
        const Ran ran = sendTar(tarEntry("Dockerfile", '0', from()) + entries.toStdString() + kTarEnd);
        QVERIFY2(ran.output.starts_with("HTTP/1.1 400"), ran.output.c_str());
        QVERIFY2(says(ran, "the build's files: "), ran.output.c_str());
        QVERIFY(!exists("/var/tmp/escaped"));
        QTRY_COMPARE(left(), QStringList());
    }

    // Its lines are read in the folder, and what is taken away is taken away there.
    void linksInTheFolderLeadNowhere() {
        const std::string outside = folder() + "/home/outside";
        VERIFY_RESULT(writeFileAtomically(outside, from(), 0666));
        const std::string home = folder() + "/home";
        const Ran ran = sendTar(tarEntry("out", '2', "", home) +
                                    tarEntry(".dockerignore", '0', "out/outside\n") + kTarEnd,
                                "dockerfile=out%2Foutside");
        QVERIFY2(ran.output.starts_with("HTTP/1.1 400"), ran.output.c_str());
        QVERIFY(says(ran, "Cannot locate specified Dockerfile: out/outside"));
        QVERIFY(exists(outside));
    }

    void badInputIsRefused() {
        QVERIFY(curl("POST", "/build").output.starts_with("HTTP/1.1 400"));
        QVERIFY(sendTar("this is no archive").output.starts_with("HTTP/1.1 400"));
        QVERIFY(says(sendTar(kTarEnd), "Cannot locate specified Dockerfile: Dockerfile"));
        QVERIFY(says(sendTar(tarEntry("Dockerfile", '0', "") + kTarEnd), "cannot be empty"));
        const std::string good = tarEntry("Dockerfile", '0', from()) + kTarEnd;
        const std::string cut = tarEntry("Dockerfile", '0', from() + std::string(3000, '\n'));
        QVERIFY(sendTar(cut.substr(0, 2000)).output.starts_with("HTTP/1.1 400"));
        QVERIFY(sendTar(good, "t=Not%20a%20Tag").output.starts_with("HTTP/1.1 400"));
        QVERIFY(sendTar(good, "memory=5").output.starts_with("HTTP/1.1 400"));
        const Ran account = curl("POST", "/build", good, {"--header", "X-Registry-Config: s3cret!"});
        QVERIFY(account.output.starts_with("HTTP/1.1 400") && !says(account, "s3cret"));
    }

    void endsWhenItsClientGoes() {
        const std::string path = context({{"Dockerfile", from() + "RUN sleep 1000\n"}});
        auto running = begin({dockerProgram(), "build", "--no-cache", path}, {});
        VERIFY_RESULT(running);
        QTRY_VERIFY_WITH_TIMEOUT(
            !client().list().isEmpty() && client().list().first().state == QLatin1String("running"), 30'000);
        VERIFY_RESULT(running->signal(SIGKILL));
        VERIFY_RESULT(running->waitFor(std::chrono::seconds(10)));
        QTRY_COMPARE_WITH_TIMEOUT(client().list().first().state, QStringLiteral("cancelled"), 30'000);
    }

    void removesTheCache() {
        QCOMPARE(docker({"build", context({{"Dockerfile", from() + "RUN echo cached > /x\n"}})}).code, 0);
        QVERIFY(!client().cache().isEmpty());
        const Ran ran = docker({"builder", "prune", "--all", "--force"});
        QCOMPARE(ran.errors, std::string());
        QVERIFY2(says(ran, "Total reclaimed space:"), ran.output.c_str());
        QVERIFY(client().cache().isEmpty());
        QVERIFY(curl("POST", "/build/prune?keep-storage=much").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("POST", "/build/prune?filters=%7B%22speed%22%3A%5B%229%22%5D%7D")
                    .output.starts_with("HTTP/1.1 400"));
    }

    void buildKitIsRefused() {
        for (const char* target : {"/session", "/grpc", "/build?version=2"}) {
            const Ran ran = curl("POST", target, "x");
            QVERIFY2(ran.output.starts_with("HTTP/1.1 501") && says(ran, "DOCKER_BUILDKIT=0"),
                     ran.output.c_str());
        }
        QVERIFY(curl("POST", "/build/cancel?id=x").output.starts_with("HTTP/1.1 404"));
    }
};

ESCALE_TEST(DockerBuildTest)
#include "build_test.moc"
