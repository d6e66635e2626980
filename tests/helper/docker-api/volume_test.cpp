// docker volume …
#include "tests/helper/docker-api/docker_machine.h"

#include "engine/base/json.h"

using namespace escale;
using namespace escale::test;

class DockerVolumesTest : public DockerTest {
    Q_OBJECT

    QString use(const char* volume) {
        return m_machine->run(
            kUser, kSleep,
            {{QStringLiteral("name"), QStringLiteral("user")},
             {QStringLiteral("mounts"),
              QStringList{QStringLiteral("type=volume,source=%1,target=/data").arg(QLatin1String(volume))}}});
    }
    std::string names(std::vector<std::string> filters = {}) {
        std::vector<std::string> words{"volume", "ls", "--quiet"};
        for (const std::string& filter : filters)
            words.insert(words.end(), {"--filter", filter});
        const Ran ran = docker(words);
        return ran.text() + ran.errors;
    }

private Q_SLOTS:
    void init() {
        docker({"rm", "--force", "user"});
        docker({"volume", "prune", "--force"});
    }

    void makesShowsAndRemoves() {
        const Ran made = docker({"volume", "create", "--label", "stage=test", "data"});
        QCOMPARE(made.errors, std::string());
        QCOMPARE(made.text(), std::string("data"));
        const Json data =
            Json::parse(docker({"volume", "inspect", "data"}).output).value_or(Json()).items().at(0);
        QCOMPARE(data.at("Name").toString(), std::string("data"));
        QCOMPARE(data.at("Driver").toString(), std::string("local"));
        QCOMPARE(data.at("Scope").toString(), std::string("local"));
        QCOMPARE(data.at("Mountpoint").toString("?"), std::string());
        QCOMPARE(data.at("Labels").dump(), std::string(R"({"stage":"test"})"));
        // As docker has it, what is there already is fine.
        QCOMPARE(docker({"volume", "create", "data"}).text(), std::string("data"));
        QCOMPARE(docker({"volume", "rm", "data"}).text(), std::string("data"));
        const Ran gone = docker({"volume", "rm", "data"});
        QCOMPARE(gone.code, 1);
        QVERIFY2(gone.errors.find("No such volume: data") != std::string::npos, gone.errors.c_str());
        QCOMPARE(docker({"volume", "rm", "--force", "data"}).code, 0);
        const Ran unknown = docker({"volume", "inspect", "data"});
        QVERIFY2(unknown.errors.find("No such volume: data") != std::string::npos, unknown.errors.c_str());
    }

    void aNameIsChosenWhenNoneIsGiven() {
        const Ran made = docker({"volume", "create"});
        QCOMPARE(made.text().size(), std::size_t(64));
        QCOMPARE(names(), made.text());
    }

    void aBindVolumeTellsItsFolder() {
        const Ran made = docker({"volume", "create", "-o", "type=none", "-o", "o=bind", "-o",
                                 "device=" + folder() + "/home", "home"});
        QCOMPARE(made.errors, std::string());
        QCOMPARE(docker({"volume", "inspect", "--format", "{{.Mountpoint}}", "home"}).text(),
                 folder() + "/home");
        const Ran other = docker({"volume", "create", "-o", "type=tmpfs", "-o", "device=tmpfs", "home"});
        QCOMPARE(other.code, 1); // it has other options
        QVERIFY(!other.errors.empty());
    }

    void oneThatIsUsedStays() {
        docker({"volume", "create", "data"});
        const QString id = use("data");
        QVERIFY(!id.isEmpty());
        const Ran ran = docker({"volume", "rm", "--force", "data"});
        QCOMPARE(ran.code, 1);
        QCOMPARE(ran.errors,
                 "Error response from daemon: remove data: volume is in use - [" + id.toStdString() + "]\n");
        docker({"volume", "prune", "--force"});
        QCOMPARE(names(), std::string("data"));
        QCOMPARE(names({"dangling=true"}), std::string());
        QCOMPARE(names({"dangling=false"}), std::string("data"));
    }

    void filters() {
        docker({"volume", "create", "--label", "stage=test", "data"});
        docker({"volume", "create", "cache"});
        QCOMPARE(names(), std::string("cache\ndata"));
        QCOMPARE(names({"name=^da"}), std::string("data"));
        QCOMPARE(names({"label=stage"}), std::string("data"));
        QCOMPARE(names({"driver=other"}), std::string());
        QVERIFY(names({"speed=9"}).find("invalid filter 'speed'") != std::string::npos);
    }

    void prunes() {
        docker({"volume", "create", "--label", "stage=test", "data"});
        docker({"volume", "create", "cache"});
        const Ran others = docker({"volume", "prune", "--force", "--filter", "label!=stage=test"});
        QVERIFY2(others.output.starts_with("Deleted Volumes:\ncache\n\nTotal reclaimed space: "),
                 others.output.c_str());
        // New clients mean the nameless ones alone, unless they say "all".
        QVERIFY(curl("POST", "/v1.42/volumes/prune").output.find(R"("VolumesDeleted":[])") !=
                std::string::npos);
        QVERIFY(curl("POST", "/v1.42/volumes/prune?filters=%7B%22all%22%3A%5B%22true%22%5D%7D")
                    .output.find(R"("VolumesDeleted":["data"])") != std::string::npos);
    }

    void refusesWhatItHasNot() {
        const Ran driver = docker({"volume", "create", "--driver", "rexray", "far"});
        QCOMPARE(driver.code, 1);
        QVERIFY2(driver.errors.find("there is no volume driver \"rexray\"") != std::string::npos,
                 driver.errors.c_str());
        const Ran name = docker({"volume", "create", "a/b"});
        QCOMPARE(name.code, 1);
        QVERIFY(!name.errors.empty());
        QVERIFY(curl("DELETE", "/volumes/data").output.find("get data: no such volume") != std::string::npos);
        QVERIFY(curl("PUT", "/volumes/data?version=1", "{}").output.starts_with("HTTP/1.1 501"));
        QVERIFY(curl("POST", "/volumes/create", R"({"ClusterVolumeSpec": {}})")
                    .output.starts_with("HTTP/1.1 501"));
        for (const char* body : {"[]", "{", R"({"Name": 7})", R"({"Labels": "a"})"}) {
            const Ran ran = curl("POST", "/volumes/create", body);
            QVERIFY2(ran.output.starts_with("HTTP/1.1 400"), ran.output.c_str());
        }
    }
};

ESCALE_TEST(DockerVolumesTest)
#include "volume_test.moc"
