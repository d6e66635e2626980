// The course's cheat sheet: a case for each of its commands, which compares output, exit status and effect;
// each with the docker command lines of Debian 12 (20.10) and of Debian 13 (26.1).
#pragma once

#include "tests/helper/docker-api/client_script.h"

#include "engine/base/file.h"

namespace escale::test {

class CheatSheet : public DockerTest {
protected:
    using Words = std::vector<std::string>;

    static void addClients() {
        QTest::addColumn<QString>("client");
        QTest::newRow("docker 20.10") << QStringLiteral("/../peers/usr/bin/docker");
        QTest::newRow("docker 26.1") << QStringLiteral("/../builders/usr/bin/docker");
    }
    void startWithClients() {
        SKIP_UNLESS(exists(ESCALE_BIN "/../builders/complete"),
                    "needs docker of Debian 13, which could not be had");
        startDocker();
    }
    /// The command line of this run.
    static std::string client() {
        QFETCH_GLOBAL(QString, client);
        return ESCALE_BIN + client.toStdString();
    }
    Ran docker(Words words, const std::string& input = {}) {
        words.insert(words.begin(), client());
        return run(std::move(words), input);
    }
    /// What it printed, without the last newline; fails unless it ended well and silently.
    std::string said(Words words, const std::string& input = {}) {
        const Ran ran = docker(std::move(words), input);
        if (ran.code != 0 || !ran.errors.empty())
            QTest::qFail((std::to_string(ran.code) + ": " + ran.output + ran.errors).c_str(), __FILE__,
                         __LINE__);
        return ran.text();
    }
    std::string state(const std::string& container, const std::string& format = "{{.State.Status}}") {
        return docker({"inspect", "--format", format, container}).text();
    }

    /// A container while a test lasts: docker run --detach with these words.
    struct Running {
        Running(CheatSheet& test, const std::string& name, const Words& words)
            : of(test)
            , name(name) {
            Words all{"run", "--detach", "--name", name};
            all.insert(all.end(), words.begin(), words.end());
            id = of.said(std::move(all));
        }
        ~Running() { (void)of.docker({"rm", "--force", "--volumes", name}); }
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;
        CheatSheet& of;
        std::string name, id;
    };
    [[nodiscard]] Words sleeper() const { return {image(), "/bin/sleep", "1000"}; }
    [[nodiscard]] Words shell(const std::string& script) const { return {image(), "/bin/sh", "-c", script}; }
};

#define VERIFY_CONTAINS(text, part)                                                                          \
    do {                                                                                                     \
        if (const std::string contained_ = (text); contained_.find(part) == std::string::npos)               \
            QFAIL(contained_.c_str());                                                                       \
    } while (false)

} // namespace escale::test
