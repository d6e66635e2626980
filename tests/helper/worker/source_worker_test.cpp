// The build's files on their way to the engine and what is kept of them, by the real worker; and what its
// digests tell apart.
#include "engine/base/byte_stream.h"
#include "engine/build/context_stream.h"
#include "tests/helper/worker/source_fixture.h"

#include <chrono>

using namespace escale;
using namespace escale::test;

namespace {

CopyRequest copies(std::vector<std::string> patterns, const std::string& target) {
    CopyRequest request;
    request.patterns = std::move(patterns);
    request.target = target;
    return request;
}

struct stat statOf(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        info.st_ino = 0;
    return info;
}

/// A sender that says whatever it likes.
class Speaker {
public:
    Speaker() {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) {
            ours.reset(ends[0]);
            theirs.reset(ends[1]);
        }
    }
    void say(ContextFrame kind, std::string_view bytes = {}) {
        FrameWriter writer(ours.get(), never);
        (void)(writer.send(kind, bytes) ? writer.flush() : Result<void>());
    }
    void hello() {
        std::string version;
        ByteWriter(version).number(kContextVersion);
        say(ContextFrame::Hello, version);
    }
    void list(const std::vector<ContextEntry>& entries) {
        std::string bytes;
        for (const ContextEntry& entry : entries)
            appendContextEntry(bytes, entry);
        say(ContextFrame::Entries, bytes);
        say(ContextFrame::EntriesEnd);
    }
    void content(std::uint32_t number, std::string_view text) {
        std::string bytes;
        ByteWriter(bytes).number(number);
        say(ContextFrame::Content, bytes.append(text));
    }
    /// Until the other end has asked for all it needs.
    void hearNeeded() {
        FrameReader reader(ours.get(), never);
        for (auto frame = reader.next(); frame && frame->kind != ContextFrame::NeededEnd;)
            frame = reader.next();
    }
    /// Says it all on a thread of its own while the worker receives.
    template <class Say>
    Result<ContextTotals> talk(SourceWorker& worker, const Cancellation& cancellation, const Say& words) {
        std::thread speaking(words);
        auto received = worker.receive(theirs.get(), {}, cancellation);
        theirs.reset();
        speaking.join();
        return received;
    }
    UniqueFd ours, theirs;
    Cancellation never;
};

ContextEntry file(const std::string& path, std::uint64_t size) {
    return {path, S_IFREG | 0644, size, 1'000'000'000, {}};
}

} // namespace

class SourceWorkerTest : public QObject {
    Q_OBJECT

    static std::string digestOf(SourceFixture& fixture, SourceWorker& worker, const CopyRequest& request) {
        const auto digest = worker.digest(request, fixture.never);
        return digest ? *digest : digest.error().message;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(makeUserNamespace(kBase).has_value(), "needs user namespaces");
    }

    void keepsWhatWasSentAsTheOwnersRoot() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent",
                               "mkdir -m 750 a; echo -n x > a/f; chmod 4711 a/f; ln -s f a/l; "
                               "touch -d @1500000000.123456789 a/f a; head -c 3000000 /dev/zero > big"),
                 std::string());
        const auto worker = fixture.context();

        const auto received = fixture.sync(*worker);

        VERIFY_RESULT(received);
        VERIFY_RESULT(fixture.sent);
        QCOMPARE(received->entries, 4U);
        QCOMPARE(received->files, 2U);
        QCOMPARE(received->bytes, 3'000'001U);
        QCOMPARE(fixture.sent->bytes, 3'000'001U);
        QCOMPARE(fixture.shown("context/files").substr(0, 38),
                 std::string("a/ 750; a/f 4711 x; a/l -> f; big 644 "));
        const struct stat info = statOf(fixture.path + "/context/files/a/f");
        QCOMPARE(info.st_uid, kBase);
        QCOMPARE(info.st_mtim.tv_nsec, 123'456'789);
        QCOMPARE(statOf(fixture.path + "/context/files/a").st_mtim.tv_sec, 1'500'000'000);
    }

    void asksOnlyForWhatIsNew() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "mkdir a b; echo x > a/f; echo y > a/g; echo z > b/h"), std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        const struct stat kept = statOf(fixture.path + "/context/files/a/f");
        const struct stat old = statOf(fixture.path + "/context/files/a/g");
        const auto held = openFile(fixture.path + "/context/files/a/g", O_PATH); // nobody gets its number
        VERIFY_RESULT(held);

        QCOMPARE(fixture.shell("sent", "echo new > a/g; rm -r b; touch b; chmod 600 a"), std::string());
        const auto received = fixture.sync(*fixture.context());

        VERIFY_RESULT(received);
        QCOMPARE(received->files, 2U);
        QCOMPARE(fixture.shown("context/files"), std::string("a/ 600; a/f 644 x; a/g 644 new; b 644 "));
        QCOMPARE(statOf(fixture.path + "/context/files/a/f").st_ino, kept.st_ino);
        // Layers may share it: a file that changes is another one.
        QVERIFY(statOf(fixture.path + "/context/files/a/g").st_ino != old.st_ino);

        const auto again = fixture.sync(*fixture.context());
        VERIFY_RESULT(again);
        QCOMPARE(again->files, 0U);
    }

    void whatIsIgnoredGoes() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "mkdir a; echo x > a/f; echo y > g"), std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        VERIFY_RESULT(fixture.sync(*fixture.context(), "a"));
        QCOMPARE(fixture.shown("context/files"), std::string("g 644 y"));
    }

    void aSyncThatWasCutKeepsWhatWasWhole() {
        SourceFixture fixture;
        const auto worker = fixture.context();
        Speaker speaker;
        const auto cut = speaker.talk(*worker, fixture.never, [&] {
            speaker.hello();
            speaker.list({file("a", 3), file("b", 3), file("c", 3)});
            speaker.hearNeeded();
            speaker.content(0, "one");
            speaker.content(1, "t");
            speaker.ours.reset();
        });
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, ErrorCode::Unreachable);
        QCOMPARE(fixture.shown("context/files"), std::string("a 644 one"));

        // Then it needs the others alone.
        Speaker other;
        other.hello();
        other.list({file("a", 3), file("b", 3), file("c", 3)});
        other.content(1, "two");
        other.content(2, "???");
        other.say(ContextFrame::End);
        const auto received = worker->receive(other.theirs.get(), {}, fixture.never);
        VERIFY_RESULT(received);
        QCOMPARE(received->files, 2U);
        QCOMPARE(fixture.shown("context/files"), std::string("a 644 one; b 644 two; c 644 ???"));
    }

    void aCutInAFolderThatWasThereKeepsItsFiles() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "mkdir a; echo -n x > a/f; touch -d @1 a/f a"), std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        Speaker speaker;
        const ContextEntry kept{"a/f", S_IFREG | 0644, 1, 1'000'000'000, {}};
        const auto cut = speaker.talk(*fixture.context(), fixture.never, [&] {
            speaker.hello();
            speaker.list({file("0", 3), {"a", S_IFDIR | 0700, 0, 5, {}}, kept, file("b", 3)});
            speaker.hearNeeded();
            speaker.ours.reset();
        });
        QVERIFY(!cut);
        QCOMPARE(fixture.shown("context/files"), std::string("a/ 755; a/f 644 x"));
        const auto again = fixture.sync(*fixture.context());
        VERIFY_RESULT(again);
        QCOMPARE(again->files, 0U);
    }

    void aWorkerThatWasKilledLeavesNothingThatIsBelieved() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "echo -n old > a; echo -n kept > k; mkdir d; touch d/x"),
                 std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        {
            const auto worker = fixture.context();
            Speaker speaker;
            Cancellation soon;
            const auto killed = speaker.talk(*worker, soon, [&] {
                speaker.hello();
                speaker.list({file("a", 8u << 20), file("n", 3)});
                speaker.hearNeeded();
                speaker.content(0, std::string(1u << 19, 'x'));
                // Once its first bytes are there it is in the middle of the work.
                while (statOf(fixture.path + "/context/files/a").st_size < (1 << 19))
                    std::this_thread::yield();
                soon.cancel();
            });
            QCOMPARE(killed.error().code, ErrorCode::Cancelled);
        }
        QVERIFY(exists(fixture.path + "/context/changing"));
        const auto received = fixture.sync(*fixture.context());
        VERIFY_RESULT(received);
        QVERIFY(!exists(fixture.path + "/context/changing"));
        QCOMPARE(received->files, 3U); // also what was to go
        QCOMPARE(fixture.shown("context/files"), std::string("a 644 old; d/ 755; d/x 644 ; k 644 kept"));
    }

    void aDamagedIndexBeginsAnew() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "echo -n x > a"), std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        QCOMPARE(fixture.shell("context", "echo rubbish > index; echo y > files/stray; echo y > files/a"),
                 std::string());
        const auto received = fixture.sync(*fixture.context());
        VERIFY_RESULT(received);
        QCOMPARE(received->files, 1U);
        QCOMPARE(fixture.shown("context/files"), std::string("a 644 x"));
    }

    void afterAnotherStartOfTheMachineFilesAreReadAgain() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "mkdir d; echo -n x > d/a; echo -n y > b; ln -s b l"), std::string());
        VERIFY_RESULT(fixture.sync(*fixture.context()));
        // Of the same size and time, as a disk that has lost its last writes has it; and the boot that
        // is told is another one.
        QCOMPARE(fixture.shell("context",
                               "touch -r files/d/a t; echo -n z > files/d/a; touch -r t files/d/a; rm t; "
                               "b=$(cat /proc/sys/kernel/random/boot_id); sed -i \"s/$b/$(echo $b | tr "
                               "0-9a-f 1-9a-f0)/\" index"),
                 std::string());
        const auto received = fixture.sync(*fixture.context());
        VERIFY_RESULT(received);
        QCOMPARE(received->files, 1U);
        QCOMPARE(fixture.shown("context/files"), std::string("b 644 y; d/ 755; d/a 644 x; l -> b"));
    }

    void hostileLists_data() {
        QTest::addColumn<QString>("how");
        for (const char* how :
             {"dots", "absolute", "absolute at the top", "empty name", "through a link", "no folder", "twice",
              "out of order", "device", "long", "cut", "huge count", "no hello"})
            QTest::newRow(how) << how;
    }
    void hostileLists() {
        QFETCH(QString, how);
        SourceFixture fixture;
        Speaker speaker;
        if (how != "no hello")
            speaker.hello();
        const ContextEntry folder{"d", S_IFDIR | 0755, 0, 0, {}};
        std::string raw;
        std::vector<ContextEntry> list;
        if (how == "dots")
            list = {folder, file("d/..", 1)};
        else if (how == "absolute")
            list = {file("/etc/passwd", 1)};
        else if (how == "absolute at the top")
            list = {file("/passwd", 1)};
        else if (how == "empty name")
            list = {folder, file("d/", 1)};
        else if (how == "through a link")
            list = {{"d", S_IFLNK | 0777, 0, 0, "/etc"}, file("d/passwd", 1)};
        else if (how == "no folder")
            list = {file("x/y", 1)};
        else if (how == "twice")
            list = {file("a", 1), file("a", 1)};
        else if (how == "out of order")
            list = {file("b", 1), file("a", 1)};
        else if (how == "device")
            list = {{"a", S_IFCHR | 0644, 0, 0, {}}};
        else if (how == "long")
            list = {file(std::string(300, 'x'), 1)};
        for (const ContextEntry& entry : list)
            appendContextEntry(raw, entry);
        if (how == "cut")
            raw.assign(13, 'x');
        if (how == "huge count") {
            ByteWriter(raw)
                .number(std::uint32_t(S_IFREG | 0644))
                .number(std::uint64_t(1))
                .number(std::int64_t(0));
            ByteWriter(raw).number(std::uint32_t(0xffffffff));
        }
        speaker.say(ContextFrame::Entries, raw);
        speaker.say(ContextFrame::EntriesEnd);
        const auto received = fixture.context()->receive(speaker.theirs.get(), {}, fixture.never);
        QVERIFY(!received);
        QCOMPARE(received.error().code, ErrorCode::Untrusted);
        QCOMPARE(fixture.shown("context/files"), std::string());
        // The sender hears why.
        FrameReader reader(speaker.ours.get(), speaker.never);
        const auto heard = reader.next();
        QVERIFY(!heard);
        QCOMPARE(heard.error().code, ErrorCode::Untrusted);
    }

    void hostileContents_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"too long", "too short", "another file", "unasked", "long frame"})
            QTest::newRow(how) << how;
    }
    void hostileContents() {
        QFETCH(QString, how);
        SourceFixture fixture;
        Speaker speaker;
        speaker.hello();
        speaker.list({file("a", 3), file("b", 3)}); // few enough for the socket
        if (how == "too long")
            speaker.content(0, "four");
        if (how == "too short") {
            speaker.content(0, "x");
            speaker.content(1, "two");
        }
        if (how == "another file")
            speaker.content(1, "two");
        if (how == "unasked") {
            speaker.content(0, "one");
            speaker.content(1, "two");
            speaker.content(1, "two");
        }
        if (how == "long frame") {
            const std::array<std::uint32_t, 2> head{6, 0x7fffffff};
            QCOMPARE(::write(speaker.ours.get(), head.data(), sizeof head), ssize_t(sizeof head));
        }
        const auto received = fixture.context()->receive(speaker.theirs.get(), {}, fixture.never);
        QVERIFY(!received);
        QCOMPARE(received.error().code, ErrorCode::Untrusted);
    }

    void theSendersFailureIsTheErrorOfBoth() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "echo x > a"), std::string());
        Speaker speaker;
        speaker.hello();
        speaker.list({file("a", 3)});
        FrameWriter writer(speaker.ours.get(), speaker.never);
        VERIFY_RESULT(
            writer.sendFailure({ErrorCode::PermissionDenied, "the file a cannot be read", "Try.", {}}));
        const auto received = fixture.context()->receive(speaker.theirs.get(), {}, fixture.never);
        QVERIFY(!received);
        QCOMPARE(received.error().code, ErrorCode::PermissionDenied);
        QCOMPARE(received.error().hint, std::string("Try."));
    }

    void aContextsFilesAreSharedWithTheLayer() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "echo -n x > a; echo -n y > b; chmod 600 b"), std::string());
        const auto worker = fixture.context();
        VERIFY_RESULT(fixture.sync(*worker));
        CopyRequest request = copies({"a", "a*", "b"}, "/d/");
        VERIFY_RESULT(fixture.copy(*worker, request));
        const std::string files = fixture.path + "/context/files/", upper = fixture.path + "/upper/d/";
        QCOMPARE(statOf(upper + "a").st_nlink, nlink_t(1)); // its second copy took its place
        QCOMPARE(statOf(upper + "b").st_ino, statOf(files + "b").st_ino);

        // A time that may not be is no time of the shared one.
        request = copies({"b"}, "/e");
        request.latestTime = 1'000'000'000;
        VERIFY_RESULT(fixture.copy(*worker, request));
        const struct stat made = statOf(fixture.path + "/upper/e");
        QCOMPARE(made.st_mtim.tv_sec, 1'000'000'000);
        QVERIFY(made.st_ino != statOf(files + "b").st_ino);
    }

    void holesHardLinksAndCapabilitiesOfARoot() {
        SourceFixture fixture;
        QCOMPARE(
            fixture.shell("other",
                          "mkdir s; truncate -s 8M s/sparse; echo x >> s/sparse; echo y > s/a; ln s/a s/b; "
                          "setfattr -n user.note -v kept s/a"),
            std::string());
        const auto worker = fixture.root("other");
        VERIFY_RESULT(fixture.copy(*worker, copies({"s"}, "/d")));
        const std::string upper = fixture.path + "/upper/d/";
        QCOMPARE(statOf(upper + "sparse").st_size, off_t((8 << 20) + 2));
        QVERIFY(statOf(upper + "sparse").st_blocks * 512 < (1 << 20));
        QCOMPARE(statOf(upper + "a").st_ino, statOf(upper + "b").st_ino);
        QCOMPARE(fixture.shell("upper", "getfattr --only-values -n user.note d/a"), std::string("kept"));
    }

    void foldersOfTheImageComeUpAsTheyAre() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("parent", "mkdir -m 2751 v v/w; own 5:6 v; setfattr -n user.note -v kept v; "
                                         "touch -d @1000000000 v/w v"),
                 std::string());
        QCOMPARE(fixture.shell("sent", "echo x > a"), std::string());
        const auto worker = fixture.context();
        VERIFY_RESULT(fixture.sync(*worker));
        VERIFY_RESULT(fixture.copy(*worker, copies({"a"}, "/v/w/")));
        const struct stat v = statOf(fixture.path + "/upper/v"), w = statOf(fixture.path + "/upper/v/w");
        QCOMPARE(v.st_mode & 07777, 02751U);
        QCOMPARE(v.st_uid, kBase + 5);
        QCOMPARE(v.st_mtim.tv_sec, 1'000'000'000); // nothing in itself has changed
        QVERIFY(w.st_mtim.tv_sec > 1'000'000'000);
        QCOMPARE(fixture.shell("upper", "getfattr --only-values -n user.note v"), std::string("kept"));
        QCOMPARE(statOf(fixture.path + "/upper/v/w/a").st_gid, kBase);
    }

    void whatWasFetched() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("other",
                               "mkdir -p git/.git git/s; echo x > git/.git/HEAD; echo -n y > git/s/a; "
                               "echo -n z > file; own 77:77 git/s/a"),
                 std::string());
        const UniqueFd git = fixture.open("other/git");
        const UniqueFd download(::open((fixture.path + "/other/file").c_str(), O_RDONLY | O_CLOEXEC));
        CopyRequest request;
        request.target = "/d/";
        request.addresses = {"https://host/x.tgz", "https://host/repository.git"};
        const auto worker = fixture.context();
        VERIFY_RESULT(fixture.copy(*worker, request, {{"x.tgz", download.get()}, {"repository", git.get()}}));
        QCOMPARE(fixture.shown(), std::string("d/ 755; d/s/ 755; d/s/a 644 y; d/x.tgz 600 z"));
    }

    void makesWorkingFolders() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("parent", "mkdir -m 700 home; ln -s home h"), std::string());
        const auto worker = fixture.context();
        const auto make = [&](const char* path, const char* owner = "") {
            const UniqueFd parent = fixture.open("parent"), upper = fixture.open("upper");
            return worker->makeFolder({path, owner, {}}, {parent.get(), upper.get()}, fixture.never);
        };
        QCOMPARE(make("/h").value(), false);
        QCOMPARE(fixture.shown("upper"), std::string());
        QCOMPARE(make("/h/a/b").value(), true);
        QCOMPARE(fixture.shown(), std::string("h -> home; home/ 700; home/a/ 755; home/a/b/ 755"));
        // And what is made is its user's
        QCOMPARE(make("/w/x", "7:8").value(), true);
        QCOMPARE(statOf(fixture.path + "/upper/w").st_uid, kBase + 7);
        QCOMPARE(statOf(fixture.path + "/upper/w/x").st_gid, kBase + 8);
        QCOMPARE(make("/v", "nobody-knows").error().code, ErrorCode::NotFound);
    }

    void scratchNeedsNoParent() {
        SourceFixture fixture;
        const auto worker = fixture.context();
        const UniqueFd upper = fixture.open("upper");
        CopyRequest request;
        request.target = "/etc/f";
        request.files = {{"F", "text", 0644}};
        VERIFY_RESULT(worker->copy(request, {-1, upper.get()}, {}, fixture.never));
        QCOMPARE(fixture.shown("upper"), std::string("etc/ 755; etc/f 644 text"));
    }

    void theDigestTellsContentsFromTimes() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", "mkdir s; echo x > s/a; echo y > b"), std::string());
        const auto worker = fixture.context();
        VERIFY_RESULT(fixture.sync(*worker));
        const std::string first = digestOf(fixture, *worker, copies({"s"}, "/d"));
        QVERIFY(first.starts_with("sha256:"));
        const auto changed = [&](const std::string& script) {
            if (fixture.shell("sent", script) != std::string() || !fixture.sync(*worker))
                return std::string("failed");
            return digestOf(fixture, *worker, copies({"s"}, "/d"));
        };
        QCOMPARE(changed("touch -d @1 s/a s; echo z > b"), first);
        QVERIFY(changed("echo z > s/a") != first);
        QCOMPARE(changed("echo x > s/a"), first);
        QVERIFY(changed("chmod 600 s/a") != first);
        QCOMPARE(changed("chmod 644 s/a; chmod 700 s"), first); // only its content is copied
        QVERIFY(changed("mv s/a s/b") != first);
        QVERIFY(changed("mv s/b s/a; ln -s a s/l") != first);
        QCOMPARE(changed("rm s/l"), first);
        QVERIFY(changed("mkdir s/e") != first);

        const auto other = [&](const auto& change) {
            CopyRequest request = copies({"s"}, "/d");
            change(request);
            return digestOf(fixture, *worker, request);
        };
        const std::string now = digestOf(fixture, *worker, copies({"s"}, "/d"));
        QCOMPARE(other([](CopyRequest& r) { r.latestTime = 5; }), now);
        QVERIFY(other([](CopyRequest& r) { r.owner = "1"; }) != now);
        QVERIFY(other([](CopyRequest& r) { r.mode = "755"; }) != now);
        QVERIFY(other([](CopyRequest& r) { r.unpacks = true; }) != now);
        QVERIFY(other([](CopyRequest& r) { r.files = {{"F", "x", 0644}}; }) != now);
        QCOMPARE(other([](CopyRequest& r) { r.patterns = {"none"}; }),
                 std::string("the build's files have no \"none\""));
        // A failure ends nothing.
        QCOMPARE(digestOf(fixture, *worker, copies({"s"}, "/d")), now);
    }

    void theDigestOfARoot() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("other", "mkdir s; echo x > s/a; echo y > b"), std::string());
        const auto digest = [&](const std::string& script) {
            return fixture.shell("other", script) == std::string()
                       ? digestOf(fixture, *fixture.root("other"), copies({"s"}, "/d"))
                       : std::string("failed");
        };
        const std::string first = digest("true");
        QVERIFY(first.starts_with("sha256:"));
        QCOMPARE(digest("touch -d @1 s/a; echo z > b"), first);
        QVERIFY(digest("own 5:5 s/a") != first);
        QCOMPARE(digest("own 0:0 s/a"), first);
        QVERIFY(digest("setfattr -n user.note -v x s/a") != first);
        QVERIFY(digest("setfattr -x user.note s/a; echo z > s/a") != first);
    }

    void digestsOutliveTheThreadThatAskedFirst() {
        SourceFixture fixture;
        QCOMPARE(fixture.shell("other", "echo x > a"), std::string());
        const auto worker = fixture.root("other");
        std::string first;
        std::thread([&] { first = digestOf(fixture, *worker, copies({"a"}, "/d")); }).join();
        QVERIFY(first.starts_with("sha256:"));
        QCOMPARE(digestOf(fixture, *worker, copies({"a"}, "/d")), first);
    }

    void itReachesNothingButItsFolders() {
        SourceFixture fixture;
        // A link in the image that leads to the machine's files ends in the image.
        QCOMPARE(fixture.shell("other", "ln -s /etc/hostname l; ln -s ../../../../../../etc/hostname m"),
                 std::string());
        const auto worker = fixture.root("other");
        for (const char* name : {"l", "m"})
            QCOMPARE(fixture.copy(*worker, copies({name}, "/x")).error().code, ErrorCode::NotFound);
    }
};

ESCALE_TEST(SourceWorkerTest)
#include "source_worker_test.moc"
