// Instructions of Dockerfiles that need more than a file and a shell: networks, here-documents, shared
// caches, other images. Each ends in the image as Docker would have it.
#include "tests/helper/service/build_test.h"

#include <algorithm>
#include <array>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class HelperBuildStepsTest : public BuildTest {
    Q_OBJECT

    FinishedBuild built(const std::string& instructions, const char* tag, const QVariantMap& more = {},
                        uid_t user = kUser) {
        const ContextFolder context;
        QVariantMap options = tagged(tag);
        options.insert(more);
        auto result = client().build(from() + instructions, context, options, user);
        if (result.status.state != QLatin1String("done"))
            qWarning("%s", qPrintable(result.status.errorMessage));
        return result;
    }
    static QString image(const char* tag) {
        return QStringLiteral("docker.io/library/") + QLatin1String(tag);
    }
    /// Of this test's network, as a program sees it.
    static std::string ownNetwork() {
        std::array<char, 64> link{};
        const ssize_t size = ::readlink("/proc/self/ns/net", link.data(), link.size());
        return {link.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }

private Q_SLOTS:
    void aStepWithoutANetworkHasTheLoopbackAlone() {
        QCOMPARE(built("RUN --network=none test $(cat /proc/net/dev | wc -l) = 3\n", "none:1").status.state,
                 QStringLiteral("done"));
    }
    void theMachinesNetworkIsForThoseWhoAreAllowedIt() {
        const std::string step =
            "RUN --network=host test \"$(readlink /proc/self/ns/net)\" = '" + ownNetwork() + "'\n";
        const auto refused = built(step, "host:1");
        QCOMPARE(refused.status.state, QStringLiteral("failed"));
        QVERIFY2(refused.status.errorMessage.contains(QStringLiteral("machine's own network")),
                 qPrintable(refused.status.errorMessage));
        const QVariantMap allow{{QStringLiteral("allow"), QStringList{QStringLiteral("network.host")}}};
        QCOMPARE(built(step, "host:2", allow, 0).status.state, QStringLiteral("done"));
        // And the other way round
        QCOMPARE(built("RUN test \"$(readlink /proc/self/ns/net)\" != '" + ownNetwork() + "'\n", "host:3")
                     .status.state,
                 QStringLiteral("done"));
    }
    void aSecretMayBeAVariableAlone() {
        const UniqueFd file = memoryFile("swordfish");
        const dbus::NamedDescriptors lent{{QStringLiteral("pass"), QDBusUnixFileDescriptor(file.get())}};
        const auto result = built("RUN --mount=type=secret,id=pass,env=PASS test $PASS = swordfish && "
                                  "test ! -e /run/secrets/pass && touch /good\nRUN test -z \"$PASS\"\n",
                                  "secret:2", {{QStringLiteral("secrets"), QVariant::fromValue(lent)}});
        QCOMPARE(result.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(image("secret:2"), "test -e /good && test -z \"$PASS\""));
        QCOMPARE(built("RUN --mount=type=secret,id=pass,required=true true\n", "secret:3").status.state,
                 QStringLiteral("failed"));
    }
    void aCacheIsSharedByBuildsThatNameIt() {
        const std::string cache = "RUN --mount=type=cache,id=shared,target=/";
        QCOMPARE(built(cache + "a echo kept > /a/file\n", "cache:1").status.state, QStringLiteral("done"));
        QCOMPARE(built(cache + "b cat /b/file > /file\n", "cache:2").status.state, QStringLiteral("done"));
        QVERIFY(client().runs(image("cache:2"), "test $(cat /file) = kept && test ! -e /b/file"));
        // But it is nobody else's
        QCOMPARE(built(cache + "b test ! -e /b/file\n", "cache:3", {}, 0).status.state,
                 QStringLiteral("done"));
    }
    void aLockedCacheIsOneStepsAtATime() {
        const ContextFolder context;
        std::vector<BuildClient::Running> running;
        for (const char* number : {"1", "2", "3"})
            running.push_back(client().start(from() +
                                                 "RUN --mount=type=cache,id=locked,sharing=locked,target=/c "
                                                 "mkdir /c/one && sleep 1 && rmdir /c/one"
                                                 " && touch /" +
                                                 number + "\n",
                                             context));
        for (const auto& build : running)
            QCOMPARE(m_machine->ended(kUser, build.job()).state, QStringLiteral("done"));
    }
    void filesMayStandInTheDockerfile() {
        const auto result = built("ARG WHO=you\nCOPY --chmod=600 <<one <<\"two\" /files/\nhello $WHO\none\n"
                                  "hello $WHO\ntwo\n",
                                  "documents:1");
        QCOMPARE(result.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(
            image("documents:1"),
            "test \"$(cat /files/one)\" = 'hello you' && test \"$(cat /files/two)\" = 'hello $WHO' "
            "&& test $(stat -c %a /files/one) = 600"));
    }
    void scriptsMayStandInTheDockerfile() {
        const auto result = built("RUN <<EOF\nX=of-one-shell\necho $X > /plain\nEOF\n"
                                  "RUN <<EOF\n#!/bin/busybox ash\necho $0 > /script\nEOF\n"
                                  "RUN cat <<EOF > /input\nfrom-input\nEOF\n",
                                  "scripts:1");
        QCOMPARE(result.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(
            image("scripts:1"),
            "test $(cat /plain)$(cat /script)$(cat /input) = of-one-shell/dev/pipes/EOFfrom-input && "
            "test ! -e /dev/pipes"));
    }
    void filesComeFromAnotherImage() {
        QCOMPARE(built("RUN echo other > /other\n", "other:1").status.state, QStringLiteral("done"));
        QCOMPARE(built("COPY --from=docker.io/library/other:1 /other /copied\n", "fromimage:1").status.state,
                 QStringLiteral("done"));
        QVERIFY(client().runs(image("fromimage:1"), "test $(cat /copied) = other && test ! -e /other"));
    }
    void triggersRunInTheNextBuild() {
        const auto base = built("ONBUILD RUN echo triggered > /trigger\nONBUILD ENV A=b\n", "base:1");
        QCOMPARE(base.status.state, QStringLiteral("done"));
        QCOMPARE(document(image("base:1")).at("config").at("OnBuild").items().size(), std::size_t{2});
        QVERIFY(client().runs(image("base:1"), "test ! -e /trigger"));
        const ContextFolder context;
        const auto next = client().build("FROM docker.io/library/base:1\n", context, tagged("next:1"));
        QCOMPARE(next.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(image("next:1"), "test $(cat /trigger) = triggered && test $A = b"));
        QVERIFY(document(image("next:1")).at("config").at("OnBuild").items().empty());
    }
    void anImageIsBuiltForAnotherPlatform() {
        const ContextFolder context;
        const auto result =
            client().build("FROM scratch\nARG TARGETARCH\nLABEL for=$TARGETARCH\n", context,
                           with(tagged("platform:1"), "platform", QStringLiteral("linux/arm64")));
        QCOMPARE(result.status.state, QStringLiteral("done"));
        const Json made = document(image("platform:1"));
        QCOMPARE(made.at("architecture").toString(), std::string("arm64"));
        QCOMPARE(made.at("config").at("Labels").at("for").toString(), std::string("arm64"));
        // FROM may say another one than the build
        const auto own =
            client().build("FROM --platform=$BUILDPLATFORM " + from().substr(5) + "RUN touch /x\n", context,
                           with(tagged("platform:2"), "platform", QStringLiteral("linux/arm64")));
        QVERIFY2(own.status.state == QLatin1String("done"), qPrintable(own.status.errorMessage));
    }
    void aHealthCheckIsInTheImage() {
        QCOMPARE(
            built("HEALTHCHECK --interval=5s --timeout=1m30s --retries=4 CMD test -e /healthy\n", "health:1")
                .status.state,
            QStringLiteral("done"));
        const Json health = document(image("health:1")).at("config").at("Healthcheck");
        QCOMPARE(health.at("Test").dump(), std::string(R"(["CMD-SHELL","test -e /healthy"])"));
        QCOMPARE(health.at("Interval").toInteger(), 5'000'000'000);
        QCOMPARE(health.at("Timeout").toInteger(), 90'000'000'000);
        QCOMPARE(health.at("Retries").toInteger(), 4);
    }
    void aWorkingFolderIsItsUsers() {
        const auto result =
            built("COPY <<passwd /etc/\nme:x:7:8::/:/bin/sh\npasswd\nUSER me\nWORKDIR /home/me\n"
                  "RUN touch file\nUSER 0\nWORKDIR /root/of\n",
                  "workdir:1");
        QCOMPARE(result.status.state, QStringLiteral("done"));
        QVERIFY(client().runs(
            image("workdir:1"),
            "test \"$(stat -c %u:%g:%a /home /home/me /home/me/file /root/of | tr '\\n' ' ')\" = "
            "'7:8:755 7:8:755 7:8:644 0:0:755 '"));
    }
};

ESCALE_TEST(HelperBuildStepsTest)
#include "helper_build_steps_test.moc"
