#include "engine/image/image_findings.h"

#include "engine/image/secret_signs.h"
#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;
using Content = LayerRecordReader::Content;

class ImageFindingsTest : public QObject {
    Q_OBJECT

    static const Finding* find(const std::vector<Finding>& findings, FindingCode code) {
        const auto found = std::find_if(findings.begin(), findings.end(),
                                        [code](const Finding& each) { return each.code == code; });
        return found == findings.end() ? nullptr : &*found;
    }
    static std::vector<HistoryStep> steps(const std::vector<std::string>& instructions) {
        std::vector<HistoryStep> made;
        for (std::size_t i = 0; i < instructions.size(); ++i)
            made.push_back({instructions[i], {}, {}, 0, i});
        return made;
    }
    static ImageConfig goodConfig() {
        ImageConfig config;
        config.user = "app";
        config.health.command = {"CMD", "true"};
        config.labels = {{"org.opencontainers.image.source", "https://example.org"}};
        config.command = {"/app"};
        config.workingDir = "/app";
        config.environment = {"PATH=/bin", "DB_PASSWORD_FILE=/run/secrets/db", "API_TOKEN="};
        return config;
    }

private Q_SLOTS:
    void aRemovedFileIsStillPaidFor() {
        const auto findings =
            fileFindings(stackOf({LayerList().file("big", 1000).file("d/x", 10).file("d/y", 20),
                                  LayerList().whiteout("big").whiteout("d")}),
                         {});
        const Finding* removed = find(findings, FindingCode::RemovedLater);
        QVERIFY(removed != nullptr);
        QCOMPARE(removed->layer.value(), std::size_t{1});
        QCOMPARE(removed->bytes, std::uint64_t{1030});
        QCOMPARE(removed->count, std::size_t{3});
    }

    void aFileWhoseOwnerAloneChangesIsStoredAgain() {
        // Given the same content at the same path in two layers,
        const LayerList lower = LayerList().file("app", 500, 0644);
        const LayerList upper = LayerList().file("app", 500, 0755);
        const Content one{0, lower.number("app"), {1}}, other{1, upper.number("app"), {1}};
        const auto findings = fileFindings(stackOf({lower, upper}), {one, other});
        // then it is no replacement.
        QVERIFY(find(findings, FindingCode::ReplacedLater) == nullptr);
        QCOMPARE(find(findings, FindingCode::SameFileAgain)->bytes, std::uint64_t{500});
    }

    void otherContentIsAReplacement() {
        const LayerList lower = LayerList().file("app", 500);
        const Content one{0, lower.number("app"), {1}}, other{1, lower.number("app"), {2}};
        const auto findings = fileFindings(stackOf({lower, LayerList().file("app", 500)}), {one, other});
        QVERIFY(find(findings, FindingCode::SameFileAgain) == nullptr);
        QCOMPARE(find(findings, FindingCode::ReplacedLater)->bytes, std::uint64_t{500});
    }

    void theSameContentAtTwoPathsOfTwoLayersIsStoredTwice() {
        const LayerList lower = LayerList().file("a/lib.so", 700);
        const LayerList upper = LayerList().file("b/lib.so", 700);
        const auto findings =
            fileFindings(stackOf({lower, upper}), {Content{0, lower.number("a/lib.so"), {9}},
                                                   Content{1, upper.number("b/lib.so"), {9}}});
        const Finding* twice = find(findings, FindingCode::StoredTwice);
        QVERIFY(twice != nullptr);
        QCOMPARE(twice->bytes, std::uint64_t{700});
        QCOMPARE(twice->paths, std::vector<std::string>{"/b/lib.so"});
    }

    void aKeyIsFoundAlsoWhereALaterLayerRemovesIt() {
        const auto findings =
            fileFindings(stackOf({LayerList().secret("root/.ssh/id_rsa", SecretSign::PrivateKey),
                                  LayerList().whiteout("root/.ssh")}),
                         {});
        QVERIFY(findings.front().code == FindingCode::PrivateKey);
        QVERIFY(findings.front().severity == Severity::Serious);
        QCOMPARE(findings.front().paths.front(), std::string("/root/.ssh/id_rsa"));
    }

    void leftoversAreFoundWhereTheyAre() {
        const auto findings = fileFindings(stackOf({LayerList()
                                                        .file("var/lib/apt/lists/deb.debian.org_dists", 900)
                                                        .file("home/ann/.cache/pip/wheel", 90)
                                                        .file("tmp/build.log", 5)
                                                        .file("srv/.git/HEAD", 3)
                                                        .file("app/.env", 30)
                                                        .file("app/.env.example", 30)
                                                        .file("bin/su", 9, 04755)}),
                                           {});
        QCOMPARE(find(findings, FindingCode::PackageCache)->bytes, std::uint64_t{990});
        QCOMPARE(find(findings, FindingCode::TemporaryFiles)->bytes, std::uint64_t{5});
        QCOMPARE(find(findings, FindingCode::VersionControl)->paths.front(), std::string("/srv/.git"));
        QCOMPARE(find(findings, FindingCode::SecretFile)->paths, std::vector<std::string>{"/app/.env"});
        QCOMPARE(find(findings, FindingCode::SetUserId)->paths, std::vector<std::string>{"/bin/su"});
    }

    void aCacheThatIsCleanedUpLaterIsToldAsRemoved() {
        const auto findings = fileFindings(stackOf({LayerList().file("var/cache/apt/archives/x.deb", 900),
                                                    LayerList().whiteout("var/cache/apt/archives")}),
                                           {});
        QVERIFY(find(findings, FindingCode::PackageCache) == nullptr);
        QCOMPARE(find(findings, FindingCode::RemovedLater)->bytes, std::uint64_t{900});
    }

    void aCleanImageHasNoFindings() {
        QVERIFY(fileFindings(stackOf({LayerList().file("usr/bin/app", 10, 0755)}), {}).empty());
        QVERIFY(
            configFindings(goodConfig(), steps({"COPY app /app", "ENTRYPOINT [\"/app\"]"}), "1.2").empty());
    }

    void secretsAreKnownByTheirContent_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("sign");
        const std::tuple<const char*, const char*, SecretSign> rows[] = {
            {"pem", "x\n-----BEGIN RSA PRIVATE KEY-----\nMII", SecretSign::PrivateKey},
            {"openssh", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3", SecretSign::PrivateKey},
            {"certificate", "-----BEGIN CERTIFICATE-----\nMII", SecretSign::None},
            {"public", "-----BEGIN PUBLIC KEY-----\nMII", SecretSign::None},
            {"aws", "key = AKIAABCDEFGHIJKLMNOP\n", SecretSign::Token},
            {"github", "token=ghp_0123456789abcdefghijABCDEFGHIJ012345", SecretSign::Token},
            {"too short", "token=ghp_0123", SecretSign::None},
            {"in a word", "xxAKIAABCDEFGHIJKLMNOP", SecretSign::None},
        };
        for (const auto& [name, text, sign] : rows)
            QTest::newRow(name) << QString::fromLatin1(text) << static_cast<int>(sign);
    }
    void secretsAreKnownByTheirContent() {
        QFETCH(QString, text);
        QFETCH(int, sign);
        QCOMPARE(static_cast<int>(secretIn(text.toStdString())), sign);
    }

    void onlyFewFilesAreLookedInto() {
        QVERIFY(isWorthReading(".ssh", "id_ed25519", S_IFREG | 0644, 400));
        QVERIFY(isWorthReading("etc", "server.pem", S_IFREG | 0644, 4000));
        QVERIFY(isWorthReading("etc", "hidden", S_IFREG | 0600, 4000));
        QVERIFY(!isWorthReading("etc", "passwd", S_IFREG | 0644, 4000));
        QVERIFY(!isWorthReading("etc", "hidden", S_IFREG | 0600, 4'000'000));
        QVERIFY(!isWorthReading("dev", "id_rsa", S_IFCHR | 0600, 4000));
    }

    void configurationsAreWarnedOf() {
        ImageConfig config = goodConfig();
        config.user = "0:0";
        config.health.command = {"NONE"};
        config.labels.clear();
        config.entrypoint = {"/bin/sh", "-c", "java -jar app.jar"};
        config.exposedPorts = {"80/tcp", "22/tcp"};
        config.workingDir = "app";
        config.environment.push_back("db_password=hunter2");
        const auto findings = configFindings(config, {}, "latest");
        for (const FindingCode code :
             {FindingCode::RunsAsRoot, FindingCode::NoHealthCheck, FindingCode::NoLabels,
              FindingCode::ShellCommand, FindingCode::SshPort, FindingCode::RelativeWorkdir,
              FindingCode::LatestTag, FindingCode::SecretInEnvironment})
            QVERIFY2(find(findings, code) != nullptr, QByteArray::number(static_cast<int>(code)).constData());
        // The name is told, never the value.
        QCOMPARE(find(findings, FindingCode::SecretInEnvironment)->paths,
                 std::vector<std::string>{"db_password"});
    }

    void instructionsAreWarnedOf() {
        const auto findings = configFindings(
            goodConfig(),
            steps({"RUN apt-get update", "RUN apt-get update && apt-get install -y curl",
                   "ADD https://example.org/x /x", "RUN curl -fsSL https://example.org/i.sh | sh",
                   "RUN chmod -R 777 /app", "ARG NPM_TOKEN=abc", "ARG VERSION=1"}),
            "1");
        QCOMPARE(find(findings, FindingCode::UpdateAlone)->layer.value(), std::size_t{0});
        QCOMPARE(find(findings, FindingCode::AddFromNetwork)->layer.value(), std::size_t{2});
        QCOMPARE(find(findings, FindingCode::PipeToShell)->layer.value(), std::size_t{3});
        QCOMPARE(find(findings, FindingCode::OpenPermissions)->layer.value(), std::size_t{4});
        QCOMPARE(find(findings, FindingCode::SecretInHistory)->paths,
                 std::vector<std::string>{"ARG NPM_TOKEN"});
        QCOMPARE(findings.size(), std::size_t{5});
    }

    void instructionsAreWrittenAsInADockerfile_data() {
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("instruction");
        const std::pair<const char*, const char*> rows[] = {
            {"/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]"},
            {"/bin/sh -c #(nop) ADD file:abc in / ", "ADD file:abc in /"},
            {"/bin/sh -c apt-get update", "RUN apt-get update"},
            {"|1 VERSION=3 /bin/sh -c make", "RUN make"},
            {"RUN /bin/sh -c make # buildkit", "RUN make"},
            {"RUN |1 VERSION=3 /bin/sh -c make # buildkit", "RUN make"},
            {"COPY . /app # buildkit", "COPY . /app"},
            {"ENV A=b", "ENV A=b"},
            {"", ""},
        };
        for (const auto& [told, instruction] : rows)
            QTest::newRow(told) << QString::fromLatin1(told) << QString::fromLatin1(instruction);
    }
    void instructionsAreWrittenAsInADockerfile() {
        QFETCH(QString, told);
        QTEST(QString::fromStdString(instructionOf(told.toStdString())), "instruction");
    }

    void stepsOfTheHistoryKnowTheirLayers() {
        const auto history =
            imageHistory("{\"history\":[{\"created_by\":\"ADD x\",\"created\":\"2024-01-02T03:04:05Z\"},"
                         "{\"created_by\":\"CMD y\",\"empty_layer\":true},"
                         "{\"created_by\":\"COPY z\"},{\"created_by\":\"too many\"}]}",
                         2);
        VERIFY_RESULT(history);
        QCOMPARE(history->size(), std::size_t{4});
        QCOMPARE(history->at(0).created, std::int64_t{1'704'164'645'000});
        QCOMPARE(history->at(0).layer.value(), std::size_t{0});
        QVERIFY(!history->at(1).layer);
        QCOMPARE(history->at(2).layer.value(), std::size_t{1});
        QVERIFY(!history->at(3).layer);
        QVERIFY(!imageHistory("[]", 1));
    }
};

ESCALE_TEST(ImageFindingsTest)
#include "image_findings_test.moc"
