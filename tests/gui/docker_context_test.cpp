// Settings' entry for the docker command line: files as docker writes them, and nothing of anybody else's
// changed.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/subprocess.h"
#include "gui/app/docker_context.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using escale::gui::DockerContext;

class DockerContextTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    const std::string kSocket = "/run/user/1000/escale/docker.sock";

    [[nodiscard]] std::string folder() const { return m_folder->path().toStdString() + "/docker"; }
    [[nodiscard]] std::string config() const { return folder() + "/config.json"; }
    [[nodiscard]] DockerContext context() const { return DockerContext(folder()); }
    void writeConfig(const std::string& text, mode_t mode = 0600) const {
        QVERIFY(makeDirectories(folder(), 0700));
        QVERIFY(writeFileAtomically(config(), text, mode));
    }
    [[nodiscard]] std::string configText() const {
        const auto json = Json::parse(readFile(config()).value_or(""));
        return json ? json->dump() : "(none)";
    }
    // What the real command line says with these files; the reason in place of it, where there is none.
    [[nodiscard]] std::string docker(std::vector<std::string> words) const {
        words.insert(words.begin(), {"/usr/bin/env", "DOCKER_CONFIG=" + folder(),
                                     std::string(ESCALE_BIN) + "/../peers/usr/bin/docker"});
        const auto output = runProgram(std::move(words));
        return output ? output->substr(0, output->find_last_not_of('\n') + 1) : output.error().text();
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void knowsNothingAtFirst() {
        const auto state = context().state();
        QVERIFY(state && !state->exists && !state->isCurrent);
        QVERIFY(!exists(folder())); // looking makes nothing
    }
    void isAnEntryOfDockersOwn() {
        if (!exists(std::string(ESCALE_BIN) + "/../peers/usr/bin/docker"))
            QSKIP("needs the docker command line of the package docker.io, which could not be had");
        // When the entry is made, and made the current one,
        QVERIFY(context().add(kSocket));
        QVERIFY(context().setCurrent(true));
        // then the real command line has it, and uses it.
        QCOMPARE(docker({"context", "inspect", "--format", "{{.Name}} {{.Endpoints.docker.Host}}", "escale"}),
                 "escale unix://" + kSocket);
        QCOMPARE(docker({"context", "ls", "--format", "{{if .Current}}{{.Name}} {{.Description}}{{end}}"})
                         .find("escale Escale") != std::string::npos,
                 true);
        // And when it is taken away, docker is as before.
        QVERIFY(context().remove());
        QVERIFY(docker({"context", "inspect", "escale"}).find("escale") !=
                std::string::npos); // its error names it
        QCOMPARE(docker({"context", "ls", "--format", "{{if .Current}}{{.Name}}{{end}}"}),
                 std::string("default"));
    }
    void replacesItsOwnEntry() {
        QVERIFY(context().add("/tmp/old.sock"));
        QVERIFY(context().add(kSocket));
        const auto state = context().state();
        QVERIFY(state && state->exists && !state->isCurrent);
    }
    void keepsEverythingElseOfTheConfiguration() {
        // Given a configuration with members in an order of their own, a number that no double holds, and a
        // mode,
        writeConfig("{\"z\":{\"b\":1,\"a\":[true,null]},\"currentContext\":\"other\",\"auths\":{},\"n\":"
                    "9007199254740993}",
                    0640);
        // when another context becomes the current one,
        QVERIFY(context().add(kSocket));
        QVERIFY(context().setCurrent(true));
        // then that is the one change.
        QCOMPARE(configText(), std::string("{\"z\":{\"b\":1,\"a\":[true,null]},\"currentContext\":\"escale\","
                                           "\"auths\":{},\"n\":9007199254740993}"));
        struct stat status {};
        QVERIFY(::stat(config().c_str(), &status) == 0);
        QCOMPARE(status.st_mode & 07777U, 0640u);
        QVERIFY(context().remove());
        QCOMPARE(configText(),
                 std::string("{\"z\":{\"b\":1,\"a\":[true,null]},\"auths\":{},\"n\":9007199254740993}"));
    }
    void aConfigurationThatIsALinkStaysOne() {
        const std::string elsewhere = m_folder->path().toStdString() + "/dotfiles.json";
        QVERIFY(makeDirectories(folder(), 0700));
        QVERIFY(writeFileAtomically(elsewhere, "{\"a\":1}", 0600));
        QVERIFY(::symlink(elsewhere.c_str(), config().c_str()) == 0);
        QVERIFY(context().add(kSocket));
        QVERIFY(context().setCurrent(true));
        struct stat status {};
        QVERIFY(::lstat(config().c_str(), &status) == 0 && S_ISLNK(status.st_mode));
        QCOMPARE(configText(), std::string("{\"a\":1,\"currentContext\":\"escale\"}"));
    }
    void anotherCurrentContextIsNotOurs() {
        writeConfig("{\"currentContext\":\"other\"}");
        QVERIFY(context().add(kSocket));
        QVERIFY(context().setCurrent(false));
        QVERIFY(context().remove());
        QCOMPARE(configText(), std::string("{\"currentContext\":\"other\"}"));
    }
    void aCurrentContextWithoutItsEntryIsNone() {
        writeConfig("{\"currentContext\":\"escale\"}");
        const auto state = context().state();
        QVERIFY(state && !state->isCurrent);
    }
    void anEmptyConfigurationIsOne() {
        writeConfig("\n");
        QVERIFY(context().state());
        QVERIFY(context().setCurrent(true));
        QCOMPARE(configText(), std::string("{\"currentContext\":\"escale\"}"));
    }
    void aConfigurationThatIsNoneIsLeftAlone() {
        for (const std::string text : {"{", "[]", "{\"a\":1,\"a\":2}"}) {
            writeConfig(text);
            QVERIFY(!context().state());
            QVERIFY(!context().setCurrent(true));
            QVERIFY(!context().remove());
            QCOMPARE(readFile(config()).value_or(""), text);
        }
    }
    void needsASocket() {
        const auto outcome = context().add("");
        QVERIFY(!outcome && outcome.error().code == ErrorCode::InvalidArgument);
        QVERIFY(!exists(folder()));
    }
    void itsFolderIsWhereDockerLooks() {
        qputenv("DOCKER_CONFIG", "/somewhere");
        QCOMPARE(DockerContext::folder(), std::string("/somewhere"));
        qunsetenv("DOCKER_CONFIG");
        QCOMPARE(DockerContext::folder(), qgetenv("HOME").toStdString() + "/.docker");
    }
};
ESCALE_TEST(DockerContextTest)

#include "docker_context_test.moc"
