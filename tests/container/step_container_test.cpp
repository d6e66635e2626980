// RUN of a Dockerfile: a process on layers and folders, whose changes are what it leaves in its folder.
#include "engine/container/step_container.h"

#include "engine/base/file.h"
#include "engine/base/user_namespace.h"
#include "tests/container/container_machine.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

using Kind = StepContainerMount::Kind;
using Change = std::function<void(StepContainer&)>;

UniqueFd memoryFile() {
    return UniqueFd(::memfd_create("output", MFD_CLOEXEC));
}

std::string contentOf(const UniqueFd& file) {
    return readFile("/proc/self/fd/" + std::to_string(file.get())).value_or("unreadable");
}

// "etc/", "etc/x", "gone (whiteout)", "new/ (opaque)": sorted.
Texts entriesOf(const std::string& folder) {
    Texts found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::string name = std::filesystem::relative(entry.path(), folder).string();
        struct stat info {};
        ::lstat(entry.path().c_str(), &info);
        char opaque = 0;
        if (S_ISDIR(info.st_mode))
            name += "/";
        if (S_ISCHR(info.st_mode) && info.st_rdev == 0)
            name += " (whiteout)";
        if (::lgetxattr(entry.path().c_str(), "user.overlay.opaque", &opaque, 1) == 1 && opaque == 'y')
            name += " (opaque)";
        found.push_back(name);
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

class StepContainerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;
    std::uint32_t m_base = 0; // of Alice's ids
    unsigned m_number = 0;
    MachinePicture m_before;

    Containers& containers() { return *m_machine->containers; }
    Store& store() { return *m_machine->store; }

    std::vector<Layer> layersOf(const std::string& image) {
        auto found = store().findImage(kAlice, image);
        return found ? found->layers : std::vector<Layer>();
    }
    std::string newFolder() {
        const std::string folder = m_machine->stateFolder() + "/build/steps/" + std::to_string(++m_number);
        if (!makeDirectories(folder, 0700))
            qFatal("no folder");
        return folder;
    }
    // A folder of the owner's ids, as a cache is.
    std::string newCache(const std::string& file = {}) {
        const std::string folder = newFolder() + "/cache";
        ::mkdir(folder.c_str(), 0755);
        ::lchown(folder.c_str(), m_base, m_base);
        if (!file.empty()) {
            (void)writeFileAtomically(folder + "/" + file, "kept\n", 0644);
            ::lchown((folder + "/" + file).c_str(), m_base, m_base);
        }
        return folder;
    }
    StepContainer stepOf(Texts words) {
        StepContainer step;
        step.owner = kAlice;
        step.root.layers = layersOf(kImage);
        step.folder = newFolder();
        step.words = std::move(words);
        step.environment = {"PATH=/bin"};
        step.workingDirectory = "/";
        step.network = "none";
        return step;
    }
    struct Ran {
        int code = 0;
        std::string output;
        std::string folder;
        [[nodiscard]] Texts changes() const { return entriesOf(folder + "/upper"); }
    };
    Result<Ran> run(StepContainer step, const Cancellation& cancellation = {}) {
        const UniqueFd output = memoryFile();
        step.output = output.get();
        TRY_ASSIGN(const int code, containers().runStep(step, cancellation));
        return Ran{code, contentOf(output), step.folder};
    }
    Result<Ran> runScript(const std::string& script, const Change& change = {}) {
        StepContainer step = stepOf({"sh", "-c", script});
        if (change)
            change(step);
        return run(std::move(step));
    }
    static StepContainerMount mountAt(Kind kind, const std::string& target, const std::string& source = {}) {
        StepContainerMount mount;
        mount.kind = kind;
        mount.target = target;
        if (!source.empty())
            mount.source = openFile(source, O_PATH).value_or(UniqueFd());
        return mount;
    }
    static StepContainerMount fileAt(const std::string& target, const std::string& content,
                                     std::uint32_t mode = 0400) {
        StepContainerMount mount = mountAt(Kind::File, target);
        mount.content = content;
        mount.mode = mode;
        return mount;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
        const auto base = store().idRangeOf(kAlice);
        VERIFY_RESULT(base);
        m_base = *base;
        // The bridge and the cgroups above come with the first and stay.
        VERIFY_RESULT(runScript("true", [](StepContainer& step) { step.network = "default"; }));
        QVERIFY(eventually([this] {
            // Once its place in the network is left.
            const auto steps = listDirectory(m_machine->runFolder() + "/steps");
            m_before = m_machine->picture();
            return steps && steps->empty() && m_before["peer network namespaces"].empty();
        }));
    }
    // Whatever a test does: nothing of its steps stays.
    void cleanup() {
        if (m_machine && m_machine->containers)
            QCOMPARE(m_machine->differenceSoon(m_before), std::string());
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void answersTheExitCode() {
        const auto good = runScript("exit 0");
        VERIFY_RESULT(good);
        QCOMPARE(good->code, 0);
        const auto bad = runScript("exit 3");
        VERIFY_RESULT(bad);
        QCOMPARE(bad->code, 3);
        const auto ofSignal = runScript("sh -c 'kill -9 $$'; exit $?");
        VERIFY_RESULT(ofSignal);
        QCOMPARE(ofSignal->code, 137);
    }

    void bothStreamsAreTheOutputInTheirOrder() {
        const auto ran = runScript("echo one; echo two >&2; echo three; cat");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->code, 0);
        QCOMPARE(ran->output, std::string("one\ntwo\nthree\n"));
    }

    void theOutputsReaderSeesItsEnd() {
        int ends[2]{};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        UniqueFd writing(ends[1]);
        StepContainer step = stepOf({"sh", "-c", "echo hello; sleep 1000 &"});
        step.output = writing.get();
        const auto code = containers().runStep(step, {});
        VERIFY_RESULT(code);
        writing.reset();
        QCOMPARE(readFd(reading.get()).value_or("unreadable"), std::string("hello\n"));
    }

    void hasItsEnvironmentAndLittleMore() {
        const auto ran = runScript("env", [](StepContainer& step) {
            step.environment = {"PATH=/bin", "A=b c", "EMPTY="};
        });
        VERIFY_RESULT(ran);
        for (const char* line : {"A=b c\n", "EMPTY=\n", "HOME=/root\n", "HOSTNAME=build\n", "PATH=/bin\n"})
            QVERIFY2(ran->output.find(line) != std::string::npos, ran->output.c_str());
        QVERIFY2(ran->output.find("FROM=image") == std::string::npos, ran->output.c_str());
    }

    void findsItsUserByName() {
        const auto ran =
            runScript("id -u; id -g; echo made > /tmp/made", [](StepContainer& step) { step.user = "app"; });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("1000\n1000\n"));
        struct stat info {};
        QCOMPARE(::lstat((ran->folder + "/upper/tmp/made").c_str(), &info), 0);
        QCOMPARE(info.st_uid, m_base + 1000);
    }

    void saysWhatIsMissing() {
        const auto program = run(stepOf({"no-such-program"}));
        QVERIFY(!program);
        QCOMPARE(program.error().code, ErrorCode::NotFound);
        QVERIFY2(program.error().message.find("no-such-program") != std::string::npos,
                 program.error().text().c_str());
        QVERIFY(!program.error().hint.empty());

        const auto user = runScript("true", [](StepContainer& step) { step.user = "nobody-here"; });
        QVERIFY(!user);
        QCOMPARE(user.error().code, ErrorCode::NotFound);
        QVERIFY2(user.error().message.find("nobody-here") != std::string::npos, user.error().text().c_str());
        QVERIFY(!user.error().hint.empty());

        const auto folder =
            runScript("true", [](StepContainer& step) { step.workingDirectory = "/etc/passwd/x"; });
        QVERIFY(!folder);
        QVERIFY2(folder.error().message.find("/etc/passwd/x") != std::string::npos,
                 folder.error().text().c_str());
        QVERIFY(!folder.error().hint.empty());

        const auto network = runScript("true", [](StepContainer& step) { step.network = "no-such-net"; });
        QVERIFY(!network);
        QCOMPARE(network.error().code, ErrorCode::NotFound);
    }

    void beginsInItsFolderWhichIsMade() {
        const auto there = runScript("pwd", [](StepContainer& step) { step.workingDirectory = "/tmp"; });
        VERIFY_RESULT(there);
        QCOMPARE(there->output, std::string("/tmp\n"));
        QCOMPARE(there->changes(), Texts());
        const auto missing =
            runScript("pwd", [](StepContainer& step) { step.workingDirectory = "/srv/app"; });
        VERIFY_RESULT(missing);
        QCOMPARE(missing->output, std::string("/srv/app\n"));
        QCOMPARE(missing->changes(), (Texts{"srv/", "srv/app/"}));
    }

    void withoutANetworkThereIsOnlyTheLoopback() {
        const auto ran = runScript("ls /sys/class/net; ip -o link | wc -l");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("lo\n1\n"));
    }

    void theDefaultNetworkReachesItsGateway() {
        const auto ran = runScript("g=$(ip route | grep default | while read a b gateway rest; do echo "
                                   "$gateway; done); ping -c 1 -w 5 $g > /dev/null && echo pong; grep build "
                                   "/etc/hosts | wc -l; grep other /etc/hosts",
                                   [](StepContainer& step) {
                                       step.network = "default";
                                       step.extraHosts = {"other:192.0.2.1"};
                                   });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("pong\n1\n192.0.2.1\tother\n"));
    }

    void aNetworkOfItsOwnersByName() {
        const auto made = containers().networks().create(kAlice, {.name = "builders"});
        VERIFY_RESULT(made);
        const auto ran = runScript("ip -4 -o addr show eth0 | wc -l; cat /etc/resolv.conf",
                                   [](StepContainer& step) { step.network = "builders"; });
        VERIFY_RESULT(ran);
        QVERIFY2(ran->output.starts_with("1\n"), ran->output.c_str());
        QVERIFY2(ran->output.find("nameserver " + made->network.pools.front().gateway.toString()) !=
                     std::string::npos,
                 ran->output.c_str());
        QVERIFY(eventually([&] { return containers().networks().remove(*made).has_value(); }));
    }

    void ofTheMachinesNetworkItSeesEverything() {
        const auto ran =
            runScript("ls /sys/class/net | wc -l", [](StepContainer& step) { step.network = "host"; });
        VERIFY_RESULT(ran);
        const auto interfaces = listDirectory("/sys/class/net");
        VERIFY_RESULT(interfaces);
        QCOMPARE(static_cast<std::size_t>(std::stoi(ran->output)), interfaces->size());
    }

    void joinsNoContainersNetwork() {
        const auto ran = runScript("true", [](StepContainer& step) { step.network = "container:x"; });
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::InvalidArgument);
    }

    // What is made for the mounts of a container is not the step's.
    void whatChangesNothingLeavesNothing() {
        for (const char* network : {"none", "default", "host"}) {
            const auto ran = runScript("cat /etc/hosts /etc/resolv.conf /etc/hostname > /dev/null; "
                                       "ls /proc/self /sys /dev/shm > /dev/null",
                                       [&](StepContainer& step) { step.network = network; });
            VERIFY_RESULT(ran);
            QCOMPARE(ran->code, 0);
            QCOMPARE(ran->changes(), Texts());
        }
    }

    void theRootStaysAsItWas() {
        const auto root = containers().openStepRoot(kAlice, {layersOf(kImage), {}});
        VERIFY_RESULT(root);
        struct stat before {};
        QCOMPARE(::fstat(root->directory(), &before), 0);
        const auto ran = runScript("true");
        VERIFY_RESULT(ran);
        struct stat after {};
        QCOMPARE(::stat((ran->folder + "/upper").c_str(), &after), 0);
        QCOMPARE(after.st_mode, before.st_mode);
        QCOMPARE(after.st_uid, before.st_uid);
        QCOMPARE(after.st_gid, before.st_gid);
        QCOMPARE(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
        QCOMPARE(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    }

    void whatChangesIsWhatIsThere() {
        const auto ran = runScript("touch /x; rm /etc/group; rm -r /opaque; mkdir /opaque; "
                                   "echo more >> /etc/passwd");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->code, 0);
        QCOMPARE(ran->changes(),
                 (Texts{"etc/", "etc/group (whiteout)", "etc/passwd", "opaque/ (opaque)", "x"}));
        struct stat info {};
        QCOMPARE(::lstat((ran->folder + "/upper/x").c_str(), &info), 0);
        QCOMPARE(info.st_uid, m_base);
    }

    // The folder in which a target was missing is touched by the step itself.
    void aFolderOfATargetKeepsItsAttributes() {
        const auto ran = runScript("busybox chmod 700 /etc; echo x > /etc/mine; chown 5:6 /etc");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->changes(), (Texts{"etc/", "etc/mine"}));
        struct stat info {};
        QCOMPARE(::lstat((ran->folder + "/upper/etc").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 07777, 0700U);
        QCOMPARE(info.st_uid, m_base + 5);
        QCOMPARE(info.st_gid, m_base + 6);
    }

    void foldersLieOverTheLayers() {
        // Given what one step left,
        const auto first = runScript("echo one > /one; rm /etc/group; busybox chmod 711 /");
        VERIFY_RESULT(first);
        // when the next one begins with it,
        const auto second =
            runScript("cat /one; ls /etc/group 2> /dev/null; echo two > /two; rm /one",
                      [&](StepContainer& step) { step.root.folders = {first->folder + "/upper"}; });
        VERIFY_RESULT(second);
        // then it sees that, and changes what it left no more;
        QCOMPARE(second->output, std::string("one\n"));
        QCOMPARE(second->changes(), (Texts{"one (whiteout)", "two"}));
        QCOMPARE(first->changes(), (Texts{"etc/", "etc/group (whiteout)", "one"}));
        struct stat info {};
        QCOMPARE(::stat((second->folder + "/upper").c_str(), &info), 0);
        QCOMPARE(info.st_mode & 07777, 0711U);
        // and who reads both sees both.
        const auto root = containers().openStepRoot(
            kAlice, {layersOf(kImage), {first->folder + "/upper", second->folder + "/upper"}});
        VERIFY_RESULT(root);
        QVERIFY(openBeneath(root->directory(), "two", O_RDONLY));
        QVERIFY(!openBeneath(root->directory(), "one", O_RDONLY));
        QVERIFY(!openBeneath(root->directory(), "etc/group", O_RDONLY));
        QVERIFY(openBeneath(root->directory(), "bin/busybox", O_RDONLY));
    }

    void runsOnAFolderAloneAndOnNothing() {
        const auto nothing = containers().openStepRoot(kAlice, {});
        VERIFY_RESULT(nothing);
        QCOMPARE(listDirectory("/proc/self/fd/" + std::to_string(nothing->directory())).value_or(Texts{"?"}),
                 Texts());
        const auto program = runScript("mkdir /app; cat /bin/busybox > /app/busybox");
        VERIFY_RESULT(program);
        const std::string busybox = readFile("/bin/busybox", 64U << 20U).value_or("");
        StepContainer step = stepOf({"/run/busybox", "ls", "-a", "/"});
        step.root = {};
        const std::string cache = newCache();
        QVERIFY(writeFileAtomically(cache + "/busybox", busybox, 0755));
        step.mounts.push_back(mountAt(Kind::Folder, "/run", cache));
        const auto ran = run(std::move(step));
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string(".\n..\ndev\netc\nproc\nrun\nsys\n"));
        QCOMPARE(ran->changes(), Texts());
    }

    void aRootIsReadOnlyAndHasItsOwnersIds() {
        for (const std::string& image : {kImage, kImageBare}) {
            const auto root = containers().openStepRoot(kAlice, {layersOf(image), {}});
            VERIFY_RESULT(root);
            QVERIFY(root->userNamespace() >= 0);
            struct stat info {};
            QCOMPARE(::fstatat(root->directory(), "etc", &info, 0), 0);
            QCOMPARE(info.st_uid, m_base);
            QVERIFY(!openFileAt(root->directory(), "new", O_WRONLY | O_CREAT, 0600));
            QCOMPARE(errno, EROFS);
        }
    }

    void aFolderKeepsWhatIsWritten() {
        const std::string cache = newCache("old");
        const auto ran = runScript(
            "cat /var/cache/old; echo new > /var/cache/new; id -u > /dev/null",
            [&](StepContainer& step) { step.mounts.push_back(mountAt(Kind::Folder, "/var/cache", cache)); });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("kept\n"));
        QCOMPARE(ran->changes(), Texts());
        QCOMPARE(readFile(cache + "/new").value_or("missing"), std::string("new\n"));
        struct stat info {};
        QCOMPARE(::lstat((cache + "/new").c_str(), &info), 0);
        QCOMPARE(info.st_uid, m_base);
    }

    void aReadOnlyFolderIsNotWritten() {
        const std::string cache = newCache("old");
        const auto ran =
            runScript("cat /src/old; touch /src/new 2> /dev/null || echo refused", [&](StepContainer& step) {
                step.mounts.push_back(mountAt(Kind::Folder, "/src", cache));
                step.mounts.back().readOnly = true;
            });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("kept\nrefused\n"));
        QCOMPARE(ran->changes(), Texts());
        QCOMPARE(entriesOf(cache), Texts{"old"});
    }

    void aFolderCanBeAFile() {
        const std::string cache = newCache("old");
        const auto ran = runScript("cat /app/package.json", [&](StepContainer& step) {
            step.mounts.push_back(mountAt(Kind::Folder, "/app/package.json", cache + "/old"));
            step.mounts.back().readOnly = true;
        });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("kept\n"));
        QCOMPARE(ran->changes(), Texts());
    }

    void inAScratchWhatIsWrittenIsGone() {
        const std::string cache = newCache("old");
        const auto ran = runScript("rm /src/old; echo new > /src/new; ls /src; stat -c %u /src; "
                                   "echo more >> /one; cat /one",
                                   [&](StepContainer& step) {
                                       step.mounts.push_back(mountAt(Kind::Scratch, "/src", cache));
                                       step.mounts.push_back(mountAt(Kind::Scratch, "/one", cache + "/old"));
                                   });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("new\n0\nkept\nmore\n"));
        QCOMPARE(ran->changes(), Texts());
        QCOMPARE(entriesOf(cache), Texts{"old"});
        QCOMPARE(readFile(cache + "/old").value_or("missing"), std::string("kept\n"));
    }

    // --mount=type=bind,from=STAGE,rw
    void aScratchOverAnotherRoot() {
        for (const std::string& image : {kImage, kImageBare}) {
            const auto root = containers().openStepRoot(kAlice, {layersOf(image), {}});
            VERIFY_RESULT(root);
            StepContainer step = stepOf({"sh", "-c",
                                         "ls /from/; echo new > /from/etc/new; rm /part/passwd "
                                         "/part/secret 2> /dev/null; ls /part"});
            step.mounts.push_back(mountAt(Kind::Scratch, "/from"));
            step.mounts.back().source = UniqueFd(::dup(root->directory()));
            step.mounts.push_back(mountAt(Kind::Scratch, "/part"));
            auto part = openFileAt(root->directory(), "etc", O_PATH | O_DIRECTORY);
            VERIFY_RESULT(part);
            step.mounts.back().source = *std::move(part);
            const auto ran = run(std::move(step));
            VERIFY_RESULT(ran);
            QCOMPARE(ran->code, 0);
            QCOMPARE(ran->changes(), Texts());
            QVERIFY2(ran->output.find("etc\n") != std::string::npos, ran->output.c_str());
            QVERIFY2(ran->output.find("passwd") == std::string::npos, ran->output.c_str());
        }
    }

    void aTmpfsHasItsSize() {
        const auto ran = runScript("dd if=/dev/zero of=/big/file bs=1k count=2000 2> /dev/null; stat -c %s "
                                   "/big/file; echo '#!/bin/sh' > /big/run; echo 'echo ran' >> /big/run; "
                                   "sh /big/run",
                                   [](StepContainer& step) {
                                       step.mounts.push_back(mountAt(Kind::Tmpfs, "/big"));
                                       step.mounts.back().size = 1U << 20U;
                                   });
        VERIFY_RESULT(ran);
        QVERIFY2(ran->output.starts_with("1048576\n"), ran->output.c_str());
        QCOMPARE(ran->changes(), Texts());
    }

    void aFileIsSeenAsItIsGiven() {
        const auto ran =
            runScript("cat /run/secrets/word; stat -c '%a %u %g' /run/secrets/word; "
                      "/dev/pipes/EOF; cat /var/run/word; touch /run/secrets/word 2> /dev/null "
                      "|| echo refused",
                      [](StepContainer& step) {
                          step.mounts.push_back(fileAt("/run/secrets/word", "xyzzy\n", 0440));
                          step.mounts.back().user = 7;
                          step.mounts.back().group = 8;
                          step.mounts.push_back(fileAt("/dev/pipes/EOF", "#!/bin/sh\necho script\n", 0755));
                          step.mounts.push_back(fileAt("/var/run/word", "plugh\n"));
                      });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("xyzzy\n440 7 8\nscript\nplugh\nrefused\n"));
        QCOMPARE(ran->changes(), Texts());
    }

    void aSocketReachesWhoListens() {
        const std::string folder = newCache();
        const std::string path = folder + "/agent";
        const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        QVERIFY(path.size() < sizeof address.sun_path);
        std::copy(path.begin(), path.end(), address.sun_path);
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        const auto ran = runScript("stat -c %F /run/agent/socket", [&](StepContainer& step) {
            step.mounts.push_back(mountAt(Kind::Socket, "/run/agent/socket", path));
        });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("socket\n"));
        QCOMPARE(ran->changes(), Texts());
    }

    void whatAStepPutsBesideATargetStays() {
        const auto ran = runScript(
            "echo mine > /run/secrets/mine; mkdir /run/empty; busybox chmod 700 /run",
            [](StepContainer& step) { step.mounts.push_back(fileAt("/run/secrets/word", "xyzzy")); });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->changes(), (Texts{"run/", "run/empty/", "run/secrets/", "run/secrets/mine"}));
    }

    void whatAStepOnlyTouchesOfATargetGoes() {
        const auto ran = runScript(
            "busybox chmod 700 /run/secrets; touch /run/secrets/x; rm /run/secrets/x",
            [](StepContainer& step) { step.mounts.push_back(fileAt("/run/secrets/word", "xyzzy")); });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->changes(), Texts());
    }

    void aTargetThroughALinkIsWhereItLeads() {
        // Given a link to a folder, and one that leads nowhere,
        const auto links = runScript("mkdir /real; busybox ln -s real /link; busybox ln -s /gone/file /lost");
        VERIFY_RESULT(links);
        QCOMPARE(links->code, 0);
        // when something is mounted below the one and on the other,
        const auto ran =
            runScript("cat /real/word /lost; ls -d /gone 2> /dev/null", [&](StepContainer& step) {
                step.root.folders = {links->folder + "/upper"};
                step.mounts.push_back(fileAt("/link/word", "xyzzy\n"));
                step.mounts.push_back(fileAt("/lost", "plugh\n"));
            });
        VERIFY_RESULT(ran);
        // then both are there, and nothing has come of it.
        QCOMPARE(ran->output, std::string("xyzzy\nplugh\n"));
        QCOMPARE(ran->changes(), Texts());
    }

    void aTargetInAMountedFolderGoesAgain() {
        const std::string cache = newCache("old");
        const auto ran = runScript("cat /cache/a/b/word", [&](StepContainer& step) {
            step.mounts.push_back(mountAt(Kind::Folder, "/cache", cache));
            step.mounts.push_back(fileAt("/cache/a/b/word", "xyzzy\n"));
        });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("xyzzy\n"));
        QCOMPARE(entriesOf(cache), Texts{"old"});
    }

    void refusesMountsThatCannotBe() {
        for (const char* target : {"", "/", "relative", "/a/../b", "/a//b", "/a/"}) {
            const auto ran = runScript(
                "true", [&](StepContainer& step) { step.mounts.push_back(mountAt(Kind::Tmpfs, target)); });
            QVERIFY2(!ran && ran.error().code == ErrorCode::InvalidArgument, target);
        }
        const auto twice = runScript("true", [](StepContainer& step) {
            step.mounts.push_back(mountAt(Kind::Tmpfs, "/a"));
            step.mounts.push_back(mountAt(Kind::Tmpfs, "/a"));
        });
        QVERIFY(!twice && twice.error().code == ErrorCode::InvalidArgument);
        const auto device = runScript("true", [](StepContainer& step) {
            step.mounts.push_back(mountAt(Kind::Folder, "/a", "/dev/null"));
        });
        QVERIFY(!device && device.error().code == ErrorCode::InvalidArgument);
    }

    void hasTheOrdinaryProfile() {
        const auto ran = runScript("grep -E 'CapEff|Seccomp:' /proc/self/status; cat /proc/self/uid_map; "
                                   "busybox mount -t tmpfs none /tmp 2> /dev/null || echo refused");
        VERIFY_RESULT(ran);
        QVERIFY2(ran->output.find("CapEff:\t00000000a80425fb") != std::string::npos, ran->output.c_str());
        QVERIFY2(ran->output.find("Seccomp:\t2") != std::string::npos, ran->output.c_str());
        QVERIFY2(ran->output.find(std::to_string(m_base)) != std::string::npos, ran->output.c_str());
        QVERIFY2(ran->output.ends_with("refused\n"), ran->output.c_str());
        const auto privileged = runScript("busybox mount -t tmpfs none /tmp && echo mounted; cat "
                                          "/proc/self/uid_map",
                                          [](StepContainer& step) { step.isPrivileged = true; });
        VERIFY_RESULT(privileged);
        QVERIFY2(privileged->output.starts_with("mounted\n"), privileged->output.c_str());
        QVERIFY2(privileged->output.find(std::to_string(m_base)) != std::string::npos,
                 privileged->output.c_str());
    }

    void memoryThatRunsOutEndsIt() {
        const auto ran = runScript("exec dd if=/dev/zero of=/dev/null bs=200M count=1",
                                   [](StepContainer& step) { step.memory = 16U << 20U; });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->code, 137);
    }

    void cancellingEndsItAtOnce() {
        // Given a step that sleeps, with a child that does, too,
        int ends[2]{};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd reading(ends[0]);
        UniqueFd writing(ends[1]);
        StepContainer step = stepOf({"sh", "-c", "trap '' TERM; sleep 1000 & echo begun; sleep 1000"});
        step.output = writing.get();
        step.network = "default";
        Cancellation cancellation;
        Result<int> code;
        std::thread thread([&] { code = containers().runStep(step, cancellation); });
        char first = 0;
        QCOMPARE(::read(reading.get(), &first, 1), ssize_t(1));
        // when it is cancelled, then it ends, and cleanup() finds nothing of it.
        cancellation.cancel();
        thread.join();
        QVERIFY(!code);
        QCOMPARE(code.error().code, ErrorCode::Cancelled);
    }

    void oneThatIsCancelledBeforeDoesNothing() {
        Cancellation cancellation;
        cancellation.cancel();
        const auto ran = run(stepOf({"true"}), cancellation);
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Cancelled);
    }

    void manyAtOnceDoNotMeet() {
        std::vector<std::thread> threads;
        std::atomic<int> good = 0;
        std::vector<StepContainer> steps;
        for (int i = 0; i < 12; ++i) {
            steps.push_back(stepOf({"sh", "-c", "echo x > /x"}));
            steps.back().network = i % 2 == 0 ? "none" : "default";
        }
        for (auto& step : steps)
            threads.emplace_back([&] {
                const auto code = containers().runStep(step, {});
                if (code && *code == 0 && entriesOf(step.folder + "/upper") == Texts{"x"})
                    ++good;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 12);
    }

    void oneOfAHelperThatWasKilledIsEnded() {
        for (const char* network : {"none", "default"}) {
            // Given a process with the engine, killed in the middle of a step,
            StepContainer step = stepOf({"sh", "-c", "echo begun; sleep 1000"});
            step.network = network;
            step.mounts.push_back(fileAt("/run/secrets/word", "xyzzy"));
            step.mounts.push_back(mountAt(Kind::Scratch, "/src", newCache("old")));
            m_machine->close();
            int ends[2]{};
            QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
            const UniqueFd reading(ends[0]);
            UniqueFd writing(ends[1]);
            const pid_t helper = ::fork();
            if (helper == 0) {
                step.output = writing.get();
                if (m_machine->open())
                    (void)containers().runStep(step, {});
                ::_exit(1);
            }
            writing.reset();
            char first = 0;
            QCOMPARE(::read(reading.get(), &first, 1), ssize_t(1));
            ::kill(helper, SIGKILL);
            int status = 0;
            ::waitpid(helper, &status, 0);
            QVERIFY(WIFSIGNALED(status));
            // when the next one begins, then the step has ended, and nothing of it is left (cleanup()).
            Result<void> opened;
            QVERIFY(eventually([&] { return bool(opened = m_machine->open()); }));
            QCOMPARE(readFd(reading.get()).value_or("unreadable"), std::string("egun\n"));
            QCOMPARE(listDirectory(m_machine->runFolder() + "/steps").value_or(Texts{"?"}), Texts());
            QCOMPARE(m_machine->differenceSoon(m_before), std::string());
        }
    }
};

ESCALE_TEST(StepContainerTest)
#include "step_container_test.moc"
