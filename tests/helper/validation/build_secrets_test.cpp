// Secrets and agents that a build is lent.
#include "helper/validation/build_secrets.h"

#include "engine/base/file.h"
#include "helper/dbus/types.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace escale;

class BuildSecretsTest : public QObject {
    Q_OBJECT

    static UniqueFd fileWith(const std::string& content) {
        UniqueFd file(::memfd_create("secret", MFD_CLOEXEC));
        (void)writeAll(file.get(), content, "the secret");
        (void)::lseek(file.get(), 0, SEEK_SET);
        return file;
    }
    static QVariantMap options(const char* name, const std::vector<std::pair<QString, int>>& descriptors) {
        dbus::NamedDescriptors list;
        for (const auto& [id, fd] : descriptors)
            list.append({id, QDBusUnixFileDescriptor(fd)});
        return {{QString::fromLatin1(name), QVariant::fromValue(list)}};
    }
    static ErrorCode refusal(const QVariantMap& map) {
        const auto passed = lentSecrets(map);
        return passed ? ErrorCode::Internal : passed.error().code;
    }

private Q_SLOTS:
    void theirContentsAreReadByTheirIds() {
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe2(pipe.data(), O_CLOEXEC), 0);
        const UniqueFd readEnd(pipe[0]);
        UniqueFd writeEnd(pipe[1]);
        const UniqueFd file = fileWith("from a file");
        const auto passed =
            lentSecrets(options("secrets", {{"token", file.get()}, {"npmrc", readEnd.get()}}));
        VERIFY_RESULT(passed);
        VERIFY_RESULT(writeAll(writeEnd.get(), "from a pipe", "a pipe"));
        writeEnd.reset();
        const auto secrets = readLentSecrets(1000, *passed);
        VERIFY_RESULT(secrets);
        const std::map<std::string, std::string> expected{{"token", "from a file"}, {"npmrc", "from a pipe"}};
        QVERIFY(*secrets == expected);
    }

    void oneThatIsTooLongIsRefused() {
        const UniqueFd longest = fileWith(std::string(kLargestBuildSecret, 'x'));
        auto passed = lentSecrets(options("secrets", {{"a", longest.get()}}));
        VERIFY_RESULT(passed);
        VERIFY_RESULT(readLentSecrets(1000, *passed));
        const UniqueFd endless(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
        QCOMPARE(refusal(options("secrets", {{"a", endless.get()}})), ErrorCode::InvalidArgument);
        const UniqueFd longer = fileWith(std::string(kLargestBuildSecret + 1, 'x'));
        passed = lentSecrets(options("secrets", {{"a", longer.get()}}));
        VERIFY_RESULT(passed);
        const auto read = readLentSecrets(1000, *passed);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(read.error().text().find("\"a\"") != std::string::npos, read.error().text().c_str());
    }

    void anIdIsTheNameOfAFile() {
        const UniqueFd file = fileWith("x");
        for (const char* id : {"", ".", "..", "a/b", "a b", "a,b", "a\nb"})
            QCOMPARE(refusal(options("secrets", {{QString::fromUtf8(id), file.get()}})),
                     ErrorCode::InvalidArgument);
        QCOMPARE(refusal(options("secrets", {{"a", file.get()}, {"a", file.get()}})),
                 ErrorCode::InvalidArgument);
    }

    void anAgentIsASocket() {
        const QTemporaryDir folder;
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = folder.filePath("agent").toStdString();
        path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
        const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        QCOMPARE(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const UniqueFd socket(::open(path.c_str(), O_PATH | O_CLOEXEC));
        const auto agents = lentAgents(options("ssh", {{"default", socket.get()}}));
        VERIFY_RESULT(agents);
        QCOMPARE(agents->size(), std::size_t{1});
        const UniqueFd folderFd(::open(folder.path().toUtf8().constData(), O_PATH | O_CLOEXEC));
        QVERIFY(!lentAgents(options("ssh", {{"default", folderFd.get()}})));
        QVERIFY(!lentAgents(options("ssh", {{"default", listener.get()}}))); // connected, not named
    }
};

ESCALE_TEST(BuildSecretsTest)
#include "build_secrets_test.moc"
