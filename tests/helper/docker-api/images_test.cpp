// Images that are here: the docker command line against the engine's list, names, archives.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/helper/docker-api/docker_machine.h"

using namespace escale;
using namespace escale::test;

class DockerImagesTest : public DockerTest {
    Q_OBJECT
    std::string id() { return docker({"inspect", "--format", "{{.Id}}", image()}).text(); }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    /// The text of a docker command that must succeed.
    std::string done(std::vector<std::string> words, const std::string& input = {}) {
        const Ran ran = docker(std::move(words), input);
        if (ran.code != 0)
            qWarning("%s", ran.errors.c_str());
        return ran.code == 0 ? ran.text() : "failed: " + ran.errors;
    }

private Q_SLOTS:
    void init() { // what the test before has left
        if (m_machine)
            (void)docker({"rmi", "--force", "mine:1", "mine:2", "imported:1"});
    }

    void listsImages() {
        const std::string row = done({"images", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"});
        QCOMPARE(row, image() + " " + id().substr(7, 12));
        QCOMPARE(done({"images", "-q", "--no-trunc"}), id());
    }
    void listsDigests() { QCOMPARE(done({"images", "--digests", "--format", "{{.Digest}}"}), id()); }
    void filtersTheList() {
        QCOMPARE(done({"tag", image(), "mine:1"}), std::string());
        QCOMPARE(done({"images", "--format", "{{.Repository}}", "mine"}), std::string("mine"));
        QCOMPARE(done({"images", "-q", "--filter", "reference=m*:1"}), id().substr(7, 12));
        QCOMPARE(done({"images", "-q", "--filter", "label=a=b", "mine"}), id().substr(7, 12));
        QCOMPARE(done({"images", "-q", "--filter", "label=a=c"}), std::string());
        QCOMPARE(done({"images", "-q", "--filter", "dangling=true"}), std::string());
        QVERIFY(has(docker({"images", "--filter", "nonsense=1"}).errors, "invalid filter 'nonsense'"));
    }
    void inspectsAnImage() {
        const auto json = Json::parse(done({"inspect", "--type", "image", image()}));
        VERIFY_RESULT(json);
        const Json& one = json->items().front();
        QCOMPARE(one.at("RepoTags").items().front().toString(), image());
        QCOMPARE(one.at("Os").toString(), std::string("linux"));
        QCOMPARE(one.at("Config").at("Labels").at("a").toString(), std::string("b"));
        QCOMPARE(one.at("Config").at("Cmd").items().front().toString(), std::string("/bin/sh"));
        QCOMPARE(one.at("Config").at("StopSignal").toString(), std::string("SIGINT"));
        QCOMPARE(one.at("RootFS").at("Layers").items().size(), std::size_t(1));
        QVERIFY(one.at("Size").toInteger() > 100'000);
        QVERIFY(has(one.at("Metadata").at("LastTagTime").toString(), "20"));
    }
    void doesNotKnowAnImage() {
        const Ran ran = docker({"inspect", "--type", "image", "nobody:1"});
        QCOMPARE(ran.code, 1);
        QVERIFY(has(ran.errors, "No such image: nobody:1"));
        QVERIFY(curl("GET", "/images/nobody:1/json").output.starts_with("HTTP/1.1 404"));
    }
    void givesAndTakesNames() {
        QCOMPARE(done({"tag", id().substr(7, 12), "mine:1"}), std::string());
        QCOMPARE(done({"images", "-q", "mine:1"}), id().substr(7, 12));
        const std::string removed = done({"rmi", "mine:1"});
        QVERIFY(has(removed, "Untagged: mine:1"));
        QVERIFY(!has(removed, "Deleted:")); // it has another name
        QVERIFY(has(docker({"rmi", "mine:1"}).errors, "No such image: mine:1"));
    }
    void refusesAnIdWithTwoNames() {
        (void)done({"tag", image(), "mine:1"});
        const Ran ran = docker({"rmi", id().substr(7, 12)});
        QCOMPARE(ran.code, 1);
        QVERIFY(has(ran.errors, "must be forced) - image is referenced in multiple repositories"));
    }
    void refusesABadName() {
        const Ran ran = curl("POST", "/images/" + id() + "/tag?repo=Bad%20Name");
        QVERIFY(ran.output.starts_with("HTTP/1.1 400"));
        QVERIFY(has(ran.output, "invalid reference format"));
    }
    void refusesToRemoveWhatAContainerUses() {
        const QString container = m_machine->run(kUser, kSleep);
        QVERIFY(!container.isEmpty());
        const Ran ran = docker({"rmi", image()});
        m_machine->remove(kUser, container);
        QCOMPARE(ran.code, 1);
        QVERIFY(has(ran.errors, "conflict: unable to remove repository reference"));
        QVERIFY(has(ran.errors, container.left(12).toStdString()));
    }
    void importsARootFileSystem() {
        const std::string tar = done({"save", image()}); // any tar has files
        const std::string made = done(
            {"import", "--change", "CMD [\"/bin/true\"]", "--message", "by hand", "-", "imported:1"}, tar);
        QVERIFY(has(made, "sha256:"));
        QCOMPARE(done({"inspect", "--format", "{{.Config.Cmd}} {{.Comment}}", "imported:1"}),
                 std::string("[/bin/true] by hand"));
        const std::string history =
            done({"history", "--no-trunc", "--format", "{{.ID}} {{.Comment}}", "imported:1"});
        QCOMPARE(history, made + " by hand");
    }
    void prunesWhatHasNoName() {
        const std::string tar = done({"save", image()});
        const std::string made = done({"import", "-"}, tar);
        QVERIFY(has(done({"images", "-q", "--no-trunc", "--filter", "dangling=true"}), made));
        QVERIFY(has(done({"images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}"}),
                    "<none>:<none> " + made));
        const std::string pruned = done({"image", "prune", "--force"});
        QVERIFY2(has(pruned, "deleted: " + made), pruned.c_str());
        QVERIFY(has(pruned, "Total reclaimed space:"));
        QCOMPARE(done({"images", "-q", "--filter", "dangling=true"}), std::string());
    }
    void savesAndLoads() {
        (void)done({"tag", image(), "mine:1"});
        (void)done({"tag", image(), "mine:2"});
        const std::string archive = folder() + "/home/images.tar";
        QCOMPARE(done({"save", "--output", archive, "mine"}), std::string());
        (void)done({"rmi", "mine:1", "mine:2"});
        QCOMPARE(done({"load", "--input", archive}),
                 std::string("Loaded image: mine:1\nLoaded image: mine:2"));
        // The archive has the layers as plain tars, and so another manifest: it is the same image.
        QCOMPARE(done({"images", "-q", "--no-trunc", "mine:1"}), id());
    }
    void loadsACompressedArchive() {
        (void)done({"tag", image(), "mine:1"});
        const std::string archive = folder() + "/home/images.tar";
        (void)done({"save", "--output", archive, "mine:1"});
        QCOMPARE(run({"/bin/gzip", "--fast", "--force", archive}).code, 0);
        (void)done({"rmi", "mine:1"});
        QCOMPARE(done({"load", "--quiet", "--input", archive + ".gz"}), std::string("Loaded image: mine:1"));
    }
    void loadsAnArchiveOfSkopeo() {
        SKIP_UNLESS(exists("/usr/bin/skopeo"), "needs skopeo");
        const std::string archive = folder() + "/home/oci.tar";
        const Ran copied =
            run({"/usr/bin/skopeo", "--insecure-policy", "copy", "--quiet", "--src-tls-verify=false",
                 "docker:" + std::string("//") + image(), "oci-archive:" + archive + ":mine:1"});
        QCOMPARE(copied.errors, std::string());
        QVERIFY(has(done({"load", "--input", archive}), "Loaded image: mine:1"));
        QCOMPARE(done({"images", "-q", "--no-trunc", "mine:1"}), id());
    }
    void refusesWhatIsNoArchive() {
        const Ran ran = docker({"load"}, "this is no archive");
        QVERIFY(ran.code != 0);
        QVERIFY(has(ran.errors, "archive"));
    }
    void refusesToSaveAnUnknownImage() {
        const Ran ran = docker({"save", "nobody:1"});
        QVERIFY(ran.code != 0);
        QVERIFY(has(ran.errors, "No such image: nobody:1"));
    }
    void refusesToImportAnAddress() {
        const Ran ran = docker({"import", "http:" + std::string("//127.0.0.1/root.tar")});
        QVERIFY(ran.code != 0);
        QVERIFY(has(ran.errors, "Fetch it yourself"));
    }
};

ESCALE_TEST(DockerImagesTest)
#include "images_test.moc"
