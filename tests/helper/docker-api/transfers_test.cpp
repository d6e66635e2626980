// Images that come and go: pull, push, login, and what a registry is asked, with Debian's docker-registry.
#include "engine/base/json.h"
#include "tests/helper/docker-api/docker_machine.h"
#include "tests/helper/worker/image_fixture.h"

#include <csignal>

using namespace escale;
using namespace escale::test;

class DockerTransfersTest : public DockerTest {
    Q_OBJECT
    std::unique_ptr<DockerRegistry> m_guarded; // wants an account

    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    std::string done(std::vector<std::string> words, const std::string& input = {}) {
        const Ran ran = docker(std::move(words), input);
        return ran.code == 0 ? ran.text() : "failed: " + ran.errors;
    }
    std::string host() const { return m_machine->registry().host(); }
    /// A small image of one file, pushed; its reference.
    Result<std::string> publish(const std::string& name, const std::string& content,
                                const std::string& tag = "1") {
        TarBuilder tar;
        tar.add({.name = "content", .content = content});
        TRY(TestImage({gzipLayer(tar.finish())}).push(m_machine->registry(), name, tag));
        return host() + "/" + name + ":" + tag;
    }
    QStringList jobs() {
        const auto reply =
            call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1"), QStringLiteral("ListJobs"), {});
        QStringList running;
        for (const auto& job : qdbus_cast<dbus::JobSummaries>(reply.arguments().value(0))) {
            if (job.state == QLatin1String("running"))
                running.append(job.kind);
        }
        return running;
    }

private Q_SLOTS:
    void init() {
        if (!m_machine || m_guarded)
            return;
        auto guarded = DockerRegistry::start(true);
        VERIFY_RESULT(guarded);
        m_guarded = std::move(*guarded);
    }

    void pullsAnImage() {
        const auto name = publish("fresh", "one");
        VERIFY_RESULT(name);
        const std::string output = done({"pull", *name});
        QVERIFY2(output.starts_with("1: Pulling from fresh\n"), output.c_str());
        QVERIFY(has(output, ": Pulling fs layer\n"));
        QVERIFY(has(output, ": Pull complete\n"));
        QVERIFY(has(output, "\nDigest: sha256:"));
        QVERIFY(has(output, "\nStatus: Downloaded newer image for " + *name + "\n" + *name));
        const std::string again = done({"pull", *name});
        QVERIFY2(has(again, "Status: Image is up to date for " + *name), again.c_str());
    }
    void pullsQuietly() {
        const auto name = publish("quiet", "two");
        QCOMPARE(done({"pull", "--quiet", *name}), *name);
    }
    void pullsByDigest() {
        const auto name = publish("bydigest", "three");
        const std::string digest = done({"pull", *name}) + "\n";
        const std::string wanted = digest.substr(digest.find("sha256:"), 71);
        QCOMPARE(done({"rmi", *name}).substr(0, 8), std::string("Untagged"));
        const std::string byDigest = host() + "/bydigest@" + wanted;
        QVERIFY(has(done({"pull", byDigest}), "Status: Downloaded newer image for " + byDigest));
        QCOMPARE(done({"inspect", "--format", "{{.Id}} {{.RepoDigests}} {{.RepoTags}}", byDigest}),
                 wanted + " [" + byDigest + "] []");
        QCOMPARE(done({"images", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}",
                       host() + "/bydigest"}),
                 host() + "/bydigest <none> " + wanted);
    }
    void pullsAllTags() {
        (void)publish("several", "a", "1");
        (void)publish("several", "b", "2");
        const std::string output = done({"pull", "--all-tags", host() + "/several"});
        QVERIFY2(has(output, "1: Pulling from several") && has(output, "2: Pulling from several"),
                 output.c_str());
        QCOMPARE(done({"images", "-q", host() + "/several"}).size(), std::size_t(25));
    }
    void refusesAnotherPlatform() {
        const auto name = publish("platform", "x");
        const Ran ran = docker({"pull", "--platform", "linux/s390x", *name});
        QVERIFY(ran.code != 0);
        QVERIFY2(has(ran.errors, "s390x"), ran.errors.c_str());
    }
    void doesNotKnowATag() {
        (void)publish("known", "x");
        const Ran ran = docker({"pull", host() + "/known:9"});
        QVERIFY(ran.code != 0);
        QVERIFY2(has(ran.errors, "manifest for " + host() + "/known:9 not found: manifest unknown"),
                 ran.errors.c_str());
        QVERIFY(curl("POST", "/images/create?fromImage=" + host() + "/known&tag=9")
                    .output.starts_with("HTTP/1.1 404"));
    }
    void refusesABadHeader() {
        const Ran ran =
            curl("POST", "/images/create?fromImage=demo&tag=1", {}, {"--header", "X-Registry-Auth: !"});
        QVERIFY(ran.output.starts_with("HTTP/1.1 400"));
        QVERIFY(has(ran.output, "invalid X-Registry-Auth header"));
    }
    void pushesAnImage() {
        const std::string target = host() + "/pushed:1";
        QCOMPARE(done({"tag", image(), target}), std::string());
        const std::string output = done({"push", target});
        QVERIFY2(output.starts_with("The push refers to repository [" + host() + "/pushed]"), output.c_str());
        const std::size_t last = output.rfind('\n');
        QVERIFY2(output.substr(last + 1).starts_with("1: digest: sha256:"), output.c_str());
        QVERIFY(has(output, " size: "));
        QVERIFY(has(done({"push", target}), ": Layer already exists"));
        QVERIFY(has(done({"pull", target}), "Status: Image is up to date for " + target));
    }
    void tellsThatThereIsNothingToPush() {
        const Ran ran = docker({"push", host() + "/nothing:1"});
        QVERIFY(ran.code != 0);
        QVERIFY2(has(ran.errors, "An image does not exist locally with the tag: " + host() + "/nothing"),
                 ran.errors.c_str());
    }
    void needsAnAccount() {
        const std::string target = m_guarded->host() + "/secret:1";
        QCOMPARE(done({"tag", image(), target}), std::string());
        const Ran refused = docker({"push", target});
        QVERIFY(refused.code != 0);
        QVERIFY2(has(refused.errors, "authentication required"), refused.errors.c_str());
        const Ran pulled = docker({"pull", m_guarded->host() + "/secret:2"});
        QVERIFY2(has(pulled.errors, "pull access denied for " + m_guarded->host() + "/secret"),
                 pulled.errors.c_str());

        const std::string login =
            done({"login", "--username", DockerRegistry::kUser, "--password-stdin", m_guarded->host()},
                 DockerRegistry::kPassword);
        QVERIFY2(has(login, "Login Succeeded"), login.c_str());
        QVERIFY(has(done({"push", target}), "digest: sha256:"));
        QVERIFY(has(done({"pull", target}), "\nStatus: "));
        QVERIFY(has(done({"logout", m_guarded->host()}), "Removing login credentials"));
        QVERIFY(docker({"pull", target}).code != 0);
    }
    void refusesAWrongPassword() {
        const Ran ran = docker(
            {"login", "--username", DockerRegistry::kUser, "--password-stdin", m_guarded->host()}, "guessed");
        QVERIFY(ran.code != 0);
        QVERIFY2(has(ran.errors, "unauthorized"), ran.errors.c_str());
        QVERIFY(!has(ran.errors, "guessed"));
        const std::string body = Json()
                                     .set("username", DockerRegistry::kUser)
                                     .set("password", "guessed")
                                     .set("serveraddress", m_guarded->host())
                                     .dump();
        QVERIFY(curl("POST", "/auth", body).output.starts_with("HTTP/1.1 401"));
    }
    void tellsWhatIsBehindAName() {
        const auto name = publish("behind", "x");
        const Ran ran = curl("GET", "/distribution/" + *name + "/json");
        QVERIFY2(ran.output.starts_with("HTTP/1.1 200"), ran.output.c_str());
        const auto json = Json::parse(ran.output.substr(ran.output.find("\r\n\r\n") + 4));
        VERIFY_RESULT(json);
        QCOMPARE(json->at("Descriptor").at("mediaType").toString(), kManifestType);
        QVERIFY(json->at("Descriptor").at("digest").toString().starts_with("sha256:"));
        QCOMPARE(json->at("Platforms").items().front().at("os").toString(), std::string("linux"));
        QVERIFY(
            curl("GET", "/distribution/" + host() + "/nothing:1/json").output.starts_with("HTTP/1.1 404"));
    }
    void cannotSearchWithoutANetwork() {
        const Ran ran = docker({"search", "debian"});
        QVERIFY(ran.code != 0);
        QVERIFY2(has(ran.errors, "hub.docker.com"), ran.errors.c_str());
    }
    void refusesToSearchElsewhere() {
        const Ran ran = docker({"search", "localhost:5000/debian"});
        QVERIFY(has(ran.errors, "only Docker Hub can be searched"));
    }
    /// The registry holds the layer back: the client is ended in the middle of it.
    void stopsAPullWhoseClientGoes() {
        ScriptedHttpServer server;
        TarBuilder tar;
        tar.add({.name = "content", .content = std::string(1 << 20, 'x')});
        const TestImage held({gzipLayer(tar.finish())});
        held.serve(server, "held", "1");
        server.on("/v2/held/blobs/" + Digest::ofData(held.layers.front().blob).toString(), neverAnswers());
        auto client = begin({dockerProgram(), "pull", server.host() + "/held:1"}, {});
        VERIFY_RESULT(client);
        QTRY_COMPARE_WITH_TIMEOUT(jobs(), QStringList{"pull"}, 30'000);
        (void)client->signal(SIGINT);
        (void)client->waitFor(std::chrono::seconds(30));
        QTRY_COMPARE_WITH_TIMEOUT(jobs(), QStringList(), 30'000);
    }
};

ESCALE_TEST(DockerTransfersTest)
#include "transfers_test.moc"
