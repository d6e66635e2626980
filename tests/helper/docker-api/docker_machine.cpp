#include "tests/helper/docker-api/docker_machine.h"

#include "engine/base/file.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::test {
namespace {

constexpr std::chrono::seconds kLongest{120};

UniqueFd memoryFile(const std::string& content) {
    UniqueFd file(::memfd_create("input", MFD_CLOEXEC));
    (void)writeAll(file.get(), content, "the input");
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

std::string contentOf(const UniqueFd& file) {
    ::lseek(file.get(), 0, SEEK_SET);
    return readFd(file.get(), 1u << 30).value_or("");
}

std::vector<std::string> asUser(std::vector<std::string> words, uid_t user,
                                const std::vector<std::string>& capabilities = {}) {
    words.insert(words.begin(), "--");
    words.insert(words.begin(), capabilities.begin(), capabilities.end());
    words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid", std::to_string(user), "--regid",
                                 std::to_string(user), "--clear-groups"});
    return words;
}

// Clients lie in the build folder, which may be in a home that nobody else can look into.
const std::vector<std::string> kReachesTheBuildFolder{"--inh-caps=+dac_read_search",
                                                      "--ambient-caps=+dac_read_search"};

} // namespace

std::string Ran::text() const {
    std::string result = output;
    while (result.ends_with('\n') || result.ends_with('\r'))
        result.pop_back();
    return result;
}

std::string DockerTest::dockerProgram() {
    return std::string(ESCALE_BIN) + "/../peers/usr/bin/docker";
}

void DockerTest::startDocker() {
    SKIP_UNLESS(exists(dockerProgram()),
                "needs the docker command line of the package docker.io, which could not be had");
    startMachine();
    if (!m_machine)
        return;
    QVERIFY(m_folder.isValid());
    QVERIFY(::chmod(folder().c_str(), 0755) == 0);
    for (const char* name : {"escale", "home"}) {
        const std::string path = folder() + "/" + name;
        QVERIFY(QDir().mkpath(QString::fromStdString(path)));
        QVERIFY(::chown(path.c_str(), kUser, kUser) == 0 && ::chmod(path.c_str(), 0700) == 0);
    }
    VERIFY_RESULT(startApi());
    QTRY_VERIFY_WITH_TIMEOUT(exists(socket()), 10'000);
}

Result<void> DockerTest::startApi() {
    // A copy, as the user may not be able to reach the build folder, and this program shall have no right
    // beyond a user's.
    const std::string program = folder() + "/escale-docker-api";
    if (!QFile::copy(QStringLiteral(ESCALE_BIN "/escale-docker-api"), QString::fromStdString(program)))
        return fail(ErrorCode::Internal, "cannot copy escale-docker-api to " + program);
    TRY_ASSIGN(m_api, Subprocess::start({.arguments = asUser({program, "--socket", socket()}, kUser),
                                         .environment = environment(),
                                         .workingDirectory = folder() + "/home"}));
    return {};
}

void DockerTest::cleanupTestCase() {
    if (m_api) {
        (void)m_api->signal(SIGTERM);
        (void)m_api->waitFor(std::chrono::seconds(10));
        m_api.reset();
    }
    m_machine.reset();
}

std::vector<std::string> DockerTest::environment() const {
    return {"DOCKER_HOST=unix://" + socket(),
            "HOME=" + folder() + "/home",
            "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG=C.UTF-8",
            "TERM=xterm",
            "DOCKER_BUILDKIT=0",
            "DBUS_SYSTEM_BUS_ADDRESS=" + m_machine->bus().address().toStdString()};
}

Result<Subprocess> DockerTest::begin(std::vector<std::string> words, std::vector<std::pair<int, int>> fds,
                                     const std::vector<std::string>& more) {
    std::vector<std::string> variables = environment();
    variables.insert(variables.end(), more.begin(), more.end());
    return Subprocess::start({.arguments = asUser(std::move(words), kUser, kReachesTheBuildFolder),
                              .environment = std::move(variables),
                              .fds = std::move(fds),
                              .workingDirectory = folder() + "/home"});
}

Ran DockerTest::run(std::vector<std::string> words, const std::string& input,
                    const std::vector<std::string>& more) {
    const UniqueFd in = memoryFile(input);
    const UniqueFd out(::memfd_create("output", MFD_CLOEXEC));
    const UniqueFd errors(::memfd_create("errors", MFD_CLOEXEC));
    auto program = begin(std::move(words), {{in.get(), 0}, {out.get(), 1}, {errors.get(), 2}}, more);
    if (!program)
        return {-1, {}, program.error().text()};
    const auto status = program->waitFor(kLongest);
    return {status ? status->code : -1, contentOf(out),
            contentOf(errors) + (status ? "" : status.error().text())};
}

Ran DockerTest::docker(std::vector<std::string> words, const std::string& input) {
    words.insert(words.begin(), dockerProgram());
    return run(std::move(words), input);
}

Ran DockerTest::curl(const std::string& method, const std::string& target, const std::string& body,
                     const std::vector<std::string>& options) {
    std::vector<std::string> words{"/usr/bin/curl", "--silent", "--show-error",  "--include",
                                   "--max-time",    "60",       "--unix-socket", socket(),
                                   "--request",     method};
    words.insert(words.end(), options.begin(), options.end());
    if (!body.empty())
        words.insert(words.end(), {"--header", "Content-Type: application/json", "--data-binary", "@-"});
    words.push_back("http://localhost" + target);
    return run(std::move(words), body);
}

} // namespace escale::test
