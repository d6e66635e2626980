#include "engine/build/base_config.h"

#include "engine/base/go_duration.h"
#include "tests/support/test_registry.h"

using namespace escale;

class BaseConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allThatAStageTakesOverIsRead() {
        const auto base = readBaseConfig(
            R"({"os":"linux","architecture":"arm64","variant":"v8","author":"me","config":{"User":"app","Env":["PATH=/bin","A=b=c"],)"
            R"("Entrypoint":["/run"],"Cmd":["x","y"],"Shell":["/bin/bash","-c"],"WorkingDir":"/w","StopSignal":"SIGINT",)"
            R"("ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},"Labels":{"l":"v"},"OnBuild":["RUN make"],)"
            R"("Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":1500000000,"Retries":3}},)"
            R"("history":[{"created":"2024-01-01T00:00:00Z","created_by":"RUN x"},{"created_by":"CMD","empty_layer":true}]})");
        VERIFY_RESULT(base);
        QCOMPARE(base->architecture + base->variant, std::string("arm64v8"));
        const StageConfig& config = base->config;
        QCOMPARE(config.environment.at(1).value, std::string("b=c"));
        QCOMPARE(config.entrypoint->front(), std::string("/run"));
        QCOMPARE(config.command->size(), std::size_t(2));
        QCOMPARE(config.shell.front(), std::string("/bin/bash"));
        QCOMPARE(config.user + config.workingDirectory + config.stopSignal + config.author,
                 std::string("app/wSIGINTme"));
        QVERIFY(config.exposedPorts.contains("80/tcp") && config.volumes.contains("/data"));
        QCOMPARE(config.onBuild.front(), std::string("RUN make"));
        QCOMPARE(config.health->interval, std::string("1.5s"));
        QCOMPARE(config.health->retries, 3U);
        QCOMPARE(base->history.at(0).created, std::int64_t(1'704'067'200'000));
        QVERIFY(base->history.at(1).isEmpty);
    }
    void anImageMaySayNearlyNothing() {
        const auto base = readBaseConfig(R"({"os":"linux","architecture":"amd64"})");
        VERIFY_RESULT(base);
        QVERIFY(!base->config.command && !base->config.health && base->history.empty());
    }
    void whatIsNoConfigurationIsNotTrusted() {
        for (const char* text : {"", "[]", "{}", R"({"os":"linux","architecture":"amd64","config":[]})",
                                 R"({"os":"linux","architecture":"amd64","config":{"Env":["=x"]}})",
                                 R"({"os":"linux","architecture":"amd64","config":{"Env":["A=\u0000"]}})",
                                 R"({"os":"linux","architecture":"amd64","config":{"Cmd":"x"}})",
                                 R"({"os":"linux","architecture":"amd64","history":{}})"}) {
            const auto base = readBaseConfig(text);
            QVERIFY2(!base, text);
            QCOMPARE(base.error().code, ErrorCode::Untrusted);
        }
    }
    void durationsAreGos() {
        QCOMPARE(parseGoDuration("1h2m3.5s").value(), std::int64_t(3'723'500'000'000));
        QCOMPARE(parseGoDuration("300ms").value(), std::int64_t(300'000'000));
        QCOMPARE(parseGoDuration("1.5\xc2\xb5s").value(), std::int64_t(1500));
        QCOMPARE(parseGoDuration("0").value(), std::int64_t(0));
        for (const char* text : {"", "5", "s", "-1s", "1x", "1.2.3s", "99999999999h"})
            QVERIFY2(!parseGoDuration(text), text);
        QCOMPARE(goDurationText(0), std::string("0s"));
        QCOMPARE(goDurationText(90'000'000'000), std::string("1m30s"));
        QCOMPARE(goDurationText(3'600'000'000'000), std::string("1h0m0s"));
        QCOMPARE(goDurationText(1'500'000), std::string("1.5ms"));
    }
};
ESCALE_TEST(BaseConfigTest)
#include "base_config_test.moc"
