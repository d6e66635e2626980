#include "tests/helper/docker-api/cheat_sheet.h"

using namespace escale;
using namespace escale::test;

class CheatSheetImagesTest : public CheatSheet {
    Q_OBJECT
    std::string registry() { return m_machine->registry().host(); }
    std::string id(const std::string& name) {
        return docker({"inspect", "--format", "{{.Id}}", name}).text();
    }

private Q_SLOTS:
    void initTestCase_data() { addClients(); }
    void initTestCase() { startWithClients(); }

    void images() {
        QCOMPARE(said({"images", "--format", "{{.Repository}}:{{.Tag}}", image()}), image());
        QCOMPARE(said({"images", "--quiet", "--no-trunc", image()}), id(image()));
        QCOMPARE(said({"images", "--quiet", "no/such"}), std::string());
    }
    void pull() {
        const std::string name = registry() + "/pulled:1";
        (void)said({"tag", image(), name});
        QCOMPARE(docker({"push", name}).code, 0);
        QCOMPARE(docker({"rmi", name}).code, 0);
        const std::string text = said({"pull", name});
        VERIFY_CONTAINS(text, "1: Pulling from pulled\n");
        VERIFY_CONTAINS(text, "Digest: sha256:");
        VERIFY_CONTAINS(text, "Status: Downloaded newer image for " + name + "\n" + name);
        VERIFY_CONTAINS(said({"pull", name}), "Status: Image is up to date for " + name);
        QCOMPARE(said({"pull", "--quiet", name}), name);
        QCOMPARE(docker({"rmi", name}).code, 0);
        const Ran none = docker({"pull", registry() + "/none:1"});
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.errors, "none");
    }
    void push() {
        const std::string name = registry() + "/pushed:1";
        (void)said({"tag", image(), name});
        const std::string text = said({"push", name});
        VERIFY_CONTAINS(text, "The push refers to repository [" + registry() + "/pushed]");
        VERIFY_CONTAINS(text, "1: digest: sha256:");
        QCOMPARE(docker({"rmi", name}).code, 0);
        const Ran none = docker({"push", registry() + "/not/here:1"});
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.output + none.errors, "does not exist locally");
    }
    void tag() {
        QCOMPARE(said({"tag", image(), "course/tagged:2"}), std::string());
        QCOMPARE(id("course/tagged:2"), id(image()));
        QCOMPARE(docker({"rmi", "course/tagged:2"}).code, 0);
        const Ran none = docker({"tag", "no/such:1", "course/tagged"});
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.errors, "No such image: no/such:1");
    }
    void buildAndHistory() {
        const std::string dockerfile =
            "FROM " + image() + "\nARG WHO=nobody\nCOPY letter /letter\nRUN echo for $WHO >>/letter\n" +
            "CMD [\"/bin/cat\", \"/letter\"]\n";
        const Ran made = run(
            {"/bin/sh", "-c", "mkdir -p context && cat >context/Dockerfile.own && echo dear >context/letter"},
            dockerfile);
        QCOMPARE(made.code, 0);
        const Ran ran = docker({"build", "--tag", "course/built:1", "--build-arg", "WHO=you", "--file",
                                folder() + "/home/context/Dockerfile.own", folder() + "/home/context"});
        QVERIFY2(ran.code == 0, (ran.output + ran.errors).c_str());
        VERIFY_CONTAINS(ran.output, "Step 3/5 : COPY letter /letter");
        VERIFY_CONTAINS(ran.output, "Successfully built ");
        VERIFY_CONTAINS(ran.output, "Successfully tagged course/built:1");
        QCOMPARE(said({"run", "--rm", "course/built:1"}), std::string("dear\nfor you"));
        VERIFY_CONTAINS(said({"history", "--no-trunc", "--format", "{{.CreatedBy}}", "course/built:1"}),
                        "/letter");
        QCOMPARE(docker({"rmi", "course/built:1"}).code, 0);
    }
    void buildThatFails() {
        const Ran ran = docker({"build", "-"}, "FROM " + image() + "\nRUN echo before; exit 7\n");
        QVERIFY(ran.code != 0);
        VERIFY_CONTAINS(ran.output, "before");
        VERIFY_CONTAINS(ran.errors, "7");
    }
    void rmi() {
        (void)said({"tag", image(), "course/one:1"});
        VERIFY_CONTAINS(said({"rmi", "course/one:1"}), "Untagged: course/one:1");
        const Ran gone = docker({"rmi", "course/one:1"});
        QCOMPARE(gone.code, 1);
        VERIFY_CONTAINS(gone.errors, "No such image: course/one:1");
    }
    void rmiOfWhatIsInUse() {
        const Running container(*this, "user", sleeper());
        const Ran ran = docker({"rmi", image()});
        QCOMPARE(ran.code, 1);
        VERIFY_CONTAINS(ran.errors,
                        "container " + container.id.substr(0, 12) + " is using its referenced image");
        QCOMPARE(docker({"run", "--rm", image(), "/bin/true"}).code, 0);
    }
    void saveAndLoad() {
        (void)said({"tag", image(), "course/saved:1"});
        const std::string before = id("course/saved:1"), archive = folder() + "/home/saved.tar";
        QCOMPARE(said({"save", "--output", archive, "course/saved:1"}), std::string());
        QCOMPARE(docker({"rmi", "course/saved:1"}).code, 0);
        QCOMPARE(said({"load", "--input", archive}), std::string("Loaded image: course/saved:1"));
        QCOMPARE(said({"run", "--rm", "course/saved:1", "/bin/sh", "-c", "echo whole"}),
                 std::string("whole"));
        QCOMPARE(docker({"rmi", "course/saved:1"}).code, 0);
    }
    void loadOfWhatIsNoImage() {
        const Ran ran = docker({"load"}, "this is no archive");
        QCOMPARE(ran.code, 1);
        QVERIFY(!ran.errors.empty());
    }
    void inspect() {
        QCOMPARE(docker({"image", "inspect", "--format", "{{.Os}} {{.Config.Labels.a}} {{index .RepoTags 0}}",
                         image()})
                     .text(),
                 "linux b " + image());
    }
    void prune() {
        (void)docker({"build", "-"}, "FROM " + image() + "\nLABEL unnamed=yes\n");
        VERIFY_CONTAINS(said({"image", "prune", "--force", "--filter", "label=unnamed=yes"}),
                        "Total reclaimed space:");
        QCOMPARE(said({"images", "--quiet", "--filter", "label=unnamed=yes"}), std::string());
        QCOMPARE(docker({"run", "--rm", image(), "/bin/true"}).code, 0);
    }
    void loginAndLogout() {
        const auto closed = DockerRegistry::start(true);
        VERIFY_RESULT(closed);
        const std::string& host = (*closed)->host();
        (void)said({"tag", image(), host + "/kept:1"});
        QVERIFY(docker({"push", host + "/kept:1"}).code != 0);
        const Ran wrong =
            docker({"login", "--username", DockerRegistry::kUser, "--password-stdin", host}, "guessed");
        QCOMPARE(wrong.code, 1);
        const Ran right = docker({"login", "--username", DockerRegistry::kUser, "--password-stdin", host},
                                 DockerRegistry::kPassword);
        QVERIFY2(right.code == 0, right.errors.c_str());
        VERIFY_CONTAINS(right.output, "Login Succeeded");
        VERIFY_CONTAINS(said({"push", host + "/kept:1"}), "digest: sha256:");
        QCOMPARE(docker({"rmi", host + "/kept:1"}).code, 0);
        QCOMPARE(said({"pull", "--quiet", host + "/kept:1"}), host + "/kept:1");
        QCOMPARE(said({"logout", host}), "Removing login credentials for " + host);
        QCOMPARE(docker({"rmi", host + "/kept:1"}).code, 0);
        QVERIFY(docker({"pull", host + "/kept:1"}).code != 0);
    }
};

ESCALE_TEST(CheatSheetImagesTest)
#include "cheat_sheet_images_test.moc"
