// What COPY and ADD make of a folder, by the real worker: a table of docker/dockerfile:1's rules.
#include "tests/helper/worker/source_fixture.h"

using namespace escale;
using namespace escale::test;

namespace {

struct Case {
    const char* name;
    const char* source; // made by a shell, in the context or in the root that is copied from
    const char* parent; // the same, in what is copied on
    CopyRequest request;
    const char* shown; // or "error: " and a part of the message
};

CopyRequest copies(std::vector<std::string> patterns, const std::string& target) {
    CopyRequest request;
    request.patterns = std::move(patterns);
    request.target = target;
    return request;
}

template <class Change>
CopyRequest with(CopyRequest request, const Change& change) {
    change(request);
    return request;
}

const std::vector<Case>& contextCases() {
    static const std::vector<Case> cases = {
        {"a file under another name", "echo -n x > a", "", copies({"a"}, "/b"), "b 644 x"},
        {"a file into a folder that is said to be one", "echo -n x > a", "", copies({"a"}, "/d/"),
         "d/ 755; d/a 644 x"},
        {"a file into a folder that is there", "echo -n x > a", "mkdir -m 700 d", copies({"a"}, "/d"),
         "d/ 700; d/a 644 x"},
        {"folders above are made", "echo -n x > a", "", copies({"a"}, "/p/q/b"),
         "p/ 755; p/q/ 755; p/q/b 644 x"},
        {"of a folder its content", "mkdir -m 700 s; echo -n x > s/a", "", copies({"s"}, "/d"),
         "d/ 755; d/a 644 x"},
        {"of a folder with a slash its content", "mkdir s; echo -n x > s/a", "", copies({"s/"}, "/d"),
         "d/ 755; d/a 644 x"},
        {"of a folder with a dot its content", "mkdir s; echo -n x > s/a", "", copies({"s/."}, "/d"),
         "d/ 755; d/a 644 x"},
        {"the whole context", "mkdir -m 750 s; echo -n x > s/a; ln -s s l", "", copies({"."}, "/"),
         "l -> s; s/ 750; s/a 644 x"},
        {"a path from the top, and ..", "echo -n x > a", "", copies({"/a", "../a"}, "/d/"),
         "d/ 755; d/a 644 x"},
        {"wildcards in a name", "echo -n x > a.go; echo -n y > b.go; echo -n z > c.c", "",
         copies({"*.go"}, "/d/"), "d/ 755; d/a.go 644 x; d/b.go 644 y"},
        {"wildcards stay in a name", "mkdir s; echo -n x > s/a.go; echo -n y > b.go", "",
         copies({"*.go"}, "/d/"), "d/ 755; d/b.go 644 y"},
        {"a folder that wildcards match gives its content", "mkdir -p s/t; echo -n x > s/t/a", "",
         copies({"s/*"}, "/d/"), "d/ 755; d/a 644 x"},
        {"wildcards in the middle", "mkdir -p s/t/u; echo -n x > s/t/u/a", "", copies({"s/*/u/a"}, "/d/b"),
         "d/ 755; d/b 644 x"},
        {"wildcards that match nothing copy nothing", "echo -n x > a", "", copies({"a", "b*"}, "/d/"),
         "d/ 755; d/a 644 x"},
        {"a path that is not there", "echo -n x > a", "", copies({"b"}, "/d/"),
         "error: the build's files have no \"b\""},
        {"several files need a folder", "touch a b", "", copies({"a", "b"}, "/d"),
         "error: several files cannot be copied"},
        {"several into a folder that is there", "touch a b", "mkdir d", copies({"a", "b"}, "/d"),
         "d/ 755; d/a 644 ; d/b 644 "},
        {"a file in the place of a file", "echo -n x > a", "echo -n old > b", copies({"a"}, "/b"), "b 644 x"},
        {"a file in the place of a link in a folder", "mkdir s; echo -n x > s/a",
         "mkdir d; ln -s nowhere d/a", copies({"s"}, "/d"), "d/ 755; d/a 644 x"},
        {"no file in the place of a folder", "mkdir s; echo -n x > s/a", "mkdir -p d/a", copies({"s"}, "/d"),
         "error: is a folder"},
        {"no folder in the place of a file", "mkdir -p s/a", "mkdir d; touch d/a", copies({"s"}, "/d"),
         "error: is no folder"},
        {"folders are joined", "mkdir -p s/t; echo -n x > s/t/a", "mkdir -p d/t; echo -n y > d/t/b",
         copies({"s"}, "/d"), "d/ 755; d/t/ 755; d/t/a 644 x; d/t/b 644 y"},
        {"the target keeps what it is, a folder in it becomes the source's",
         "mkdir -m 700 s; mkdir -m 711 s/t", "mkdir -m 750 d; own 5:6 d; mkdir -m 777 d/t; own 7:8 d/t",
         copies({"s"}, "/d"), "d/ 750 5:6; d/t/ 711"},
        {"a link to a folder as the target", "echo -n x > a", "mkdir -m 700 real; ln -s real d",
         copies({"a"}, "/d/"), "d -> real; real/ 700; real/a 644 x"},
        {"an absolute link on the way to the target", "echo -n x > a", "mkdir usr; ln -s /usr bin",
         copies({"a"}, "/bin/x/"), "bin -> /usr; usr/ 755; usr/x/ 755; usr/x/a 644 x"},
        {"a link that leads nowhere is followed all the same", "echo -n x > a", "ln -s ../tmp/t d",
         copies({"a"}, "/d/"), "d -> ../tmp/t; tmp/ 755; tmp/t/ 755; tmp/t/a 644 x"},
        {"a link to a file as the target", "echo -n x > a", "echo -n old > f; ln -s f l", copies({"a"}, "/l"),
         "f 644 x; l -> f"},
        {"a source that is a link is followed", "echo -n x > a; ln -s a l", "", copies({"l"}, "/d/"),
         "d/ 755; d/l 644 x"},
        {"links that wildcards match too", "echo -n x > a; ln -s a l1; ln -s l1 l2", "",
         copies({"l*"}, "/d/"), "d/ 755; d/l1 644 x; d/l2 644 x"},
        {"through a link to a folder", "mkdir s; echo -n x > s/a; ln -s s l", "", copies({"l/a"}, "/b"),
         "b 644 x"},
        {"a link to a folder gives its content", "mkdir s; echo -n x > s/a; ln -s s l", "",
         copies({"l"}, "/d"), "d/ 755; d/a 644 x"},
        {"links in a folder stay links", "mkdir s; ln -s /etc/passwd s/l", "", copies({"s"}, "/d"),
         "d/ 755; d/l -> /etc/passwd"},
        {"a link out of the context is refused when followed", "ln -s /etc/passwd l", "", copies({"l"}, "/d"),
         "error: the link l leads out of the folder that is built, to /etc/passwd"},
        {"one by dots as well", "mkdir s; ln -s ../../x s/l", "", copies({"s/l"}, "/d"),
         "error: the link s/l leads out"},
        {"a circle", "ln -s b a; ln -s a b", "", copies({"a"}, "/d"), "error: leads in a circle"},
        {"an owner by numbers", "mkdir s; echo -n x > s/a", "",
         with(copies({"s"}, "/d"), [](auto& r) { r.owner = "5:6"; }), "d/ 755 5:6; d/a 644 x 5:6"},
        {"a number alone is the group's too", "echo -n x > a", "",
         with(copies({"a"}, "/a"), [](auto& r) { r.owner = "5"; }), "a 644 x 5:5"},
        {"an owner by name", "echo -n x > a",
         "mkdir etc; echo 'me:x:5:6::/:' > etc/passwd; echo 'us:x:9:' > etc/group; chmod 644 etc/*",
         with(copies({"a"}, "/a"), [](auto& r) { r.owner = "me"; }),
         "a 644 x 5:6; etc/ 755; etc/group 644 us:x:9:; etc/passwd 644 me:x:5:6::/:"},
        {"nobody of that name", "echo -n x > a", "",
         with(copies({"a"}, "/a"), [](auto& r) { r.owner = "me:us"; }), "error: no user \"me\""},
        {"a mode in octal, of folders too", "mkdir -p s/t; echo -n x > s/t/a", "",
         with(copies({"s"}, "/d"), [](auto& r) { r.mode = "2750"; }), "d/ 755; d/t/ 2750; d/t/a 2750 x"},
        {"a mode in words", "mkdir -p s/t; echo -n x > s/t/a; echo -n y > s/b; chmod 744 s/b", "",
         with(copies({"s"}, "/d"), [](auto& r) { r.mode = "go=,u+rwX"; }),
         "d/ 755; d/b 700 y; d/t/ 700; d/t/a 600 x"},
        {"excluded files", "mkdir -p s/t; touch s/a.c s/b.h s/t/c.h", "",
         with(copies({"s"}, "/d"), [](auto& r) { r.excludes = {"*.h"}; }),
         "d/ 755; d/a.c 644 ; d/t/ 755; d/t/c.h 644 "},
        {"excluded everywhere", "mkdir -p s/t; touch s/a.c s/b.h s/t/c.h", "",
         with(copies({"s"}, "/d"), [](auto& r) { r.excludes = {"**/*.h"}; }), "d/ 755; d/a.c 644 ; d/t/ 755"},
        {"excluded but for one", "mkdir -p s/t; touch s/t/a s/t/b", "",
         with(copies({"s"}, "/d"),
              [](auto& r) {
                  r.excludes = {"t", "!t/b"};
              }),
         "d/ 755; d/t/ 755; d/t/b 644 "},
        {"excluded of what wildcards match", "touch home.txt home.md", "",
         with(copies({"hom*"}, "/d/"), [](auto& r) { r.excludes = {"*.txt"}; }), "d/ 755; d/home.md 644 "},
        {"all excluded: the folder", "mkdir s; touch s/a", "",
         with(copies({"s"}, "/d/"), [](auto& r) { r.excludes = {"*"}; }), "d/ 755"},
        {"with its folders", "mkdir -pm 700 s; mkdir -m 711 s/t; echo -n x > s/t/a; touch s/b", "",
         with(copies({"s/t/a"}, "/d/"), [](auto& r) { r.keepsParents = true; }),
         "d/ 755; d/s/ 700; d/s/t/ 711; d/s/t/a 644 x"},
        {"with its folders from the pivot on", "mkdir -p s/t/u; echo -n x > s/t/u/a", "",
         with(copies({"s/./t/u"}, "/d/"), [](auto& r) { r.keepsParents = true; }),
         "d/ 755; d/t/ 755; d/t/u/ 755; d/t/u/a 644 x"},
        {"with folders by wildcards of any depth", "mkdir -p s/t/u; touch s/t/u/a.c s/b.c s/b.h", "",
         with(copies({"./s/**/*.c"}, "/d/"), [](auto& r) { r.keepsParents = true; }),
         "d/ 755; d/s/ 755; d/s/b.c 644 ; d/s/t/ 755; d/s/t/u/ 755; d/s/t/u/a.c 644 "},
        {"with folders, and it is not there", "mkdir s", "",
         with(copies({"s/t"}, "/d/"), [](auto& r) { r.keepsParents = true; }), "error: have no \"s/t\""},
        {"with folders, and wildcards match nothing", "mkdir s", "",
         with(copies({"s/t*"}, "/d/"), [](auto& r) { r.keepsParents = true; }), "d/ 755"},
        {"an archive in its place",
         "mkdir s; echo -n x > s/a; chmod 600 s/a; tar -czf t.tgz --owner=5 --group=6 -C s a", "",
         with(copies({"t.tgz"}, "/d"), [](auto& r) { r.unpacks = true; }), "d/ 755; d/a 600 x 5:6"},
        {"not by COPY", "mkdir s; tar -cf t.tar s; echo -n x > t.tar", "", copies({"t.tar"}, "/d/"),
         "d/ 755; d/t.tar 644 x"},
        {"what is no archive is a file", "echo -n x | gzip -nc > t.gz; echo -n y > t.tar", "",
         with(copies({"t.tar"}, "/d/"), [](auto& r) { r.unpacks = true; }), "d/ 755; d/t.tar 644 y"},
        {"an archive through the image's links",
         "mkdir -p s/lib/x; echo -n x > s/lib/x/a; tar -cf t.tar -C s lib/x/a",
         "mkdir -p usr/lib/x; echo -n y > usr/lib/x/b; ln -s usr/lib lib",
         with(copies({"t.tar"}, "/"),
              [](auto& r) {
                  r.unpacks = true;
                  r.owner = "0:0";
              }),
         "lib -> usr/lib; usr/ 755; usr/lib/ 755; usr/lib/x/ 755; usr/lib/x/a 644 x; usr/lib/x/b 644 y"},
        {"a file of the Dockerfile", "", "",
         with(copies({}, "/d/"),
              [](auto& r) {
                  r.files = {{"EOF", "text", 0644}};
              }),
         "d/ 755; d/EOF 644 text"},
        {"one under another name", "", "",
         with(copies({}, "/x"),
              [](auto& r) {
                  r.files = {{"EOF", "text", 0644}};
                  r.mode = "755";
                  r.owner = "1:2";
              }),
         "x 755 text 1:2"},
        {"a set-id file", "echo -n x > a; chmod 4755 a", "", copies({"a"}, "/b"), "b 4755 x"},
    };
    return cases;
}

const std::vector<Case>& rootCases() {
    static const std::vector<Case> cases = {
        {"owners are kept", "mkdir s; echo -n x > s/a; own 5:6 s/a; mkdir s/t; own 7:8 s/t; own 9:9 s", "",
         copies({"/s"}, "/d"), "d/ 755; d/a 644 x 5:6; d/t/ 755 7:8"},
        {"owners are given", "mkdir s; echo -n x > s/a; own 5:6 s/a", "",
         with(copies({"/s"}, "/d"), [](auto& r) { r.owner = "1:2"; }), "d/ 755 1:2; d/a 644 x 1:2"},
        {"an absolute link leads to the root's file", "mkdir etc; echo -n x > etc/f; ln -s /etc/f l", "",
         copies({"l"}, "/d"), "d 644 x"},
        {"a link cannot leave the root", "ln -s ../../../../a l; echo -n x > a", "", copies({"l"}, "/d"),
         "d 644 x"},
        {"pipes are copied", "mkdir s; mkfifo s/p", "", copies({"s"}, "/d"), "d/ 755; d/p pipe"},
        {"sockets are not",
         "mkdir s; touch s/a; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"s/p\")'", "",
         copies({"s"}, "/d"), "d/ 755; d/a 644 "},
        {"with folders of a large root", "mkdir -p a/b/c x/y; touch a/b/c/f x/y/f", "",
         with(copies({"a/b/c"}, "/"), [](auto& r) { r.keepsParents = true; }),
         "a/ 755; a/b/ 755; a/b/c/ 755; a/b/c/f 644 "},
    };
    return cases;
}

} // namespace

class SourceCopyTest : public QObject {
    Q_OBJECT

    static void addRows(const std::vector<Case>& cases) {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << i;
    }
    static void check(SourceFixture& fixture, SourceWorker& worker, const Case& each) {
        const auto copied = fixture.copy(worker, each.request);
        const std::string expected = each.shown;
        if (expected.starts_with("error: ")) {
            QVERIFY2(!copied, "it was copied");
            QVERIFY2(copied.error().message.find(expected.substr(7)) != std::string::npos,
                     copied.error().message.c_str());
            return;
        }
        VERIFY_RESULT(copied);
        QCOMPARE(fixture.shown(), expected);
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        SKIP_UNLESS(makeUserNamespace(kBase).has_value(), "needs user namespaces");
    }

    void ofAContext_data() { addRows(contextCases()); }
    void ofAContext() {
        QFETCH(std::size_t, number);
        const Case& each = contextCases()[number];
        SourceFixture fixture;
        QCOMPARE(fixture.shell("sent", each.source), std::string());
        QCOMPARE(fixture.shell("parent", each.parent), std::string());
        const auto worker = fixture.context();
        VERIFY_RESULT(fixture.sync(*worker));
        check(fixture, *worker, each);
    }

    void ofARoot_data() { addRows(rootCases()); }
    void ofARoot() {
        QFETCH(std::size_t, number);
        const Case& each = rootCases()[number];
        SourceFixture fixture;
        QCOMPARE(fixture.shell("other", each.source), std::string());
        QCOMPARE(fixture.shell("parent", each.parent), std::string());
        const auto worker = fixture.root("other");
        check(fixture, *worker, each);
    }
};

ESCALE_TEST(SourceCopyTest)
#include "source_copy_test.moc"
