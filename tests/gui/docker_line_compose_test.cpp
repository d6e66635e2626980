// A pasted line → a Compose file → what the line asks for.
#include "engine/container/container_options.h"
#include "engine/stack/compose/from_containers.h"
#include "engine/stack/compose/make_stack.h"
#include "gui/containers/docker_command.h"
#include "helper/dbus/container_options_map.h"
#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class DockerLineComposeTest : public QObject {
    Q_OBJECT

    static ContainerOptions optionsOf(const RunRequest& request) {
        ContainerOptions options;
        options.memoryBytes = 0; // a line that says nothing of it means no limit
        optionsFromBus(request.options, options);
        for (const QString& word : request.command)
            options.command.push_back(word.toStdString());
        return options;
    }

    static compose::MadeStack stackOf(const std::string& yaml) {
        compose::LoadRequest request;
        request.files = {"/p/compose.yaml"};
        request.read = [&yaml](const std::string& path) -> Result<std::string> {
            if (path == "/p/compose.yaml")
                return yaml;
            return fail(ErrorCode::NotFound, "there is no file " + path);
        };
        const auto loaded = compose::loadProject(request);
        auto made = compose::makeStack(loaded.project, loaded.variables, request.read);
        made.problems.insert(made.problems.begin(), loaded.problems.begin(), loaded.problems.end());
        return made;
    }

    /// What two ways of writing have in common: the order of variables, and the name of a service.
    static std::string normal(ContainerOptions options) {
        std::sort(options.environment.begin(), options.environment.end());
        std::erase(options.networkAliases, "web");
        return optionsToJson(options).dumpPretty();
    }

private Q_SLOTS:
    void sameOptions_data() {
        QTest::addColumn<QString>("line");
        for (const char* line :
             {"docker run hello-world",
              "docker run --name some-postgres -e POSTGRES_PASSWORD=my$ecret -e A=1 -d postgres",
              "docker run --name some-nginx -d -p 8080:80 -p 127.0.0.1:443:443 some-content-nginx",
              "docker run -v /host/nginx.conf:/etc/nginx/nginx.conf:ro -v data:/data nginx nginx-debug -g "
              "'daemon off;'",
              "docker run -d -p 53:53/udp --cap-add=NET_ADMIN --sysctl net.core.somaxconn=1024 --restart "
              "unless-stopped --dns 1.1.1.1 pihole/pihole",
              "docker run --net elastic --network-alias es -it -m 1GB --ulimit nofile=1:2 elastic/es:8",
              "docker run --network host --pid host --privileged --init x sh -c 'echo $HOME'",
              "docker run --entrypoint sh --user 1000:1000 -w /srv --hostname h x -c true",
              "docker run --health-cmd 'curl -f localhost' --health-interval 30s --health-retries 3 x",
              "docker run --mount type=volume,source=data,target=/d,readonly --tmpfs /run:size=1m "
              "--shm-size 128m x",
              "docker run --read-only --cap-drop ALL --security-opt no-new-privileges --security-opt "
              "seccomp=unconfined --device /dev/fuse x",
              "docker run --cpus 1.5 --pids-limit 50 --memory-reservation 100m --oom-score-adj 5 x",
              "docker run --log-driver none --label a=b --stop-signal SIGINT --stop-timeout 3 x"})
            QTest::newRow(line) << QString::fromUtf8(line);
    }
    void sameOptions() {
        QFETCH(const QString, line);
        const auto parsed = parseDockerRun(line);
        VERIFY_RESULT(parsed);
        const ContainerOptions asked = optionsOf(parsed->request);
        const auto text =
            compose::composeOf({{"web", parsed->request.image.toStdString(), asked}}, "shop", true);
        const auto made = stackOf(text.yaml);
        QVERIFY2(!compose::hasErrors(made.problems), text.yaml.c_str());
        QCOMPARE(made.stack.services.size(), std::size_t(1));
        const StackService& web = made.stack.services.front();
        QCOMPARE(web.image, parsed->request.image.toStdString());
        QVERIFY2(normal(web.options) == normal(asked),
                 (normal(web.options) + normal(asked) + text.yaml).c_str());
    }
};
ESCALE_TEST(DockerLineComposeTest)

#include "docker_line_compose_test.moc"
