// What Dockerfiles mean, by builds through the helper: the image that comes of them, and what its containers
// find there.
#include "engine/base/file.h"
#include "tests/helper/service/build_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QTest>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class HelperDockerfilesTest : public HelperTest {
    Q_OBJECT
    std::unique_ptr<BuildClient> m_client;
    QString m_made; // by built()

    BuildClient& client() {
        if (!m_client)
            m_client = std::make_unique<BuildClient>(*m_machine);
        return *m_client;
    }
    std::string from(const std::string& more = "\n") const {
        return "FROM " + m_machine->image().toStdString() + more;
    }
    /// Whether the build ends well; its image is `m_made` then.
    bool built(const std::string& dockerfile, const ContextFolder& context, const QVariantMap& options = {}) {
        const auto finished = client().build(dockerfile, context, options);
        m_made = finished.image();
        if (finished.status.state != QLatin1String("done"))
            m_made.clear();
        return !m_made.isEmpty();
    }
    QString failure(const std::string& dockerfile, const ContextFolder& context) {
        return client().build(dockerfile, context).status.errorMessage;
    }
    Json config() {
        const auto reply = call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Images"),
                                QStringLiteral("OpenDocuments"), {m_made});
        const auto passed = reply.arguments().value(2).value<QDBusUnixFileDescriptor>();
        return Json::parse(readFd(passed.fileDescriptor()).value_or("")).value_or(Json()).at("config");
    }
    bool runs(const char* script) { return client().runs(m_made, script); }

private Q_SLOTS:
    void stagesAreNamedByNameAndNumber() {
        const ContextFolder context;
        QVERIFY(built(from(" AS Base\n") + "RUN echo base > /f\n" +
                          "FROM base AS second\nRUN echo two >> /f\n" + from() +
                          "COPY --from=0 /f /zero\nCOPY --from=BASE /f /name\nCOPY --from=second /f /two\n"
                          "COPY --from=" +
                          m_machine->image().toStdString() +
                          " /bin/busybox /copy\n"
                          "RUN --mount=type=bind,from=1,target=/m cp /m/f /mounted\n",
                      context));
        QVERIFY(runs(
            "cmp /zero /name && test $(cat /zero) = base && test \"$(cat /two | tr '\\n' ,)\" = base,two, "
            "&& cmp /two /mounted && cmp /copy /bin/busybox"));
    }
    void argumentsHaveTheirScopes() {
        const ContextFolder context;
        QVERIFY(built(
            "ARG TAG=" + m_machine->image().toStdString() +
                "\nARG V=global\nFROM ${TAG}\n"
                "RUN test -z \"$V\"\nARG V\nRUN test $V = global\nARG V=own\nRUN test $V = own\nENV V=env\n"
                "ARG V=again\nRUN test $V = again\nENV A=1 B=$A C=\"${V:+set}\"\n"
                "RUN test -z \"$B\" && test $C = set\nENV A=2\nENV P=$A:${A}x:${N:-d}\n"
                "RUN test $P = 2:2x:d\nFROM " +
                m_machine->image().toStdString() + "\nRUN test -z \"$V\"\n",
            context));
    }
    void entrypointTakesTheCommandOfTheBaseAway() {
        const ContextFolder context;
        QVERIFY(built(from() + "CMD [\"base\"]\n", context,
                      {{QStringLiteral("tags"), QStringList{QStringLiteral("cmd:1")}}}));
        QVERIFY(built("FROM cmd:1\nENTRYPOINT [\"e\"]\n", context));
        QVERIFY(config().at("Cmd").isNull());
        QVERIFY(built("FROM cmd:1\nCMD [\"own\"]\nENTRYPOINT [\"e\"]\n", context));
        QCOMPARE(config().at("Cmd").items().size(), std::size_t{1});
        QVERIFY(built("FROM cmd:1\nSHELL [\"/bin/sh\", \"-ec\"]\nCMD run me\n", context));
        QCOMPARE(config().at("Cmd").items()[1].toString(), std::string("-ec"));
    }
    void hereDocumentsAreScriptsAndFiles() {
        const ContextFolder context;
        QVERIFY(built(from() + "ARG N=5\nRUN <<EOF\nset -e\nmkdir /h\necho $((N+1)) > /h/n\nEOF\n"
                               "RUN <<EOF\n#!/bin/busybox sh\nif true; then echo script > /h/s; fi\nEOF\n"
                               "RUN cat <<A > /h/a && cat <<B > /h/b\none $N\nA\ntwo\nB\n"
                               "COPY <<-X <<\"Y\" /h/\n\tx $N\nX\ny $N\nY\n"
                               "COPY --chmod=755 <<EOF /h/run\n#!/bin/sh\nexit 0\nEOF\n",
                      context));
        QVERIFY(runs(
            "test $(cat /h/n) = 6 && test $(cat /h/s) = script && test \"$(cat /h/a)\" = 'one 5' && test "
            "$(cat /h/b) = two && test \"$(cat /h/X)\" = 'x 5' && test \"$(cat /h/Y)\" = 'y $N' && /h/run"));
    }
    void triggersRunInTheNextBuild() {
        ContextFolder context;
        context.write("f", "1");
        QVERIFY(built(from() + "WORKDIR /on\nONBUILD COPY f .\nONBUILD RUN cp f g\n", context,
                      {{QStringLiteral("tags"), QStringList{QStringLiteral("onbuild:1")}}}));
        QVERIFY(built("FROM onbuild:1\nRUN test -e /on/g\n", context));
        QVERIFY(config().at("OnBuild").isNull());
    }
    void copiesGoWhereDockersGo() {
        ContextFolder context;
        context.write("d/x", "x")
            .write("d/e/y", "y")
            .write("a1", "1")
            .write("a2", "2")
            .write("sp ace", "s")
            .write("ü/ß", "u");
        QVERIFY(built(
            from() + "RUN mkdir -p /real && ln -s real /link && ln -s /real/new /file && mkdir /t && echo "
                     "old > /t/e\n"
                     "COPY d /d1\nCOPY d /d2/\nCOPY a1 /f/\nCOPY a1 /g\nCOPY a* /star/\nCOPY a? d /mix/\n"
                     "COPY a1 /link/\nCOPY a2 /file\nCOPY [\"sp ace\", \"/with space/\"]\nCOPY ü /ü\n"
                     "COPY --parents d/e/y a1 /par/\nCOPY --exclude=e d /ex/\nWORKDIR /w/v\nCOPY a1 "
                     "../up\nCOPY a1 .\n",
            context));
        QVERIFY(runs(
            "cd / && test -e d1/x -a -e d1/e/y -a -e d2/e/y -a -f f/a1 -a -f g -a -f star/a1 -a -f star/a2 "
            "&& test -f mix/a1 -a -f mix/x -a ! -e mix/d"));
        QVERIFY(runs("cd / && test -L link -a -f real/a1 && test -f 'with space/sp ace' && test -f ü/ß"));
        QVERIFY(
            runs("cd / && test -f par/d/e/y -a -f par/a1 -a ! -e ex/e -a -f ex/x -a -f w/up -a -f w/v/a1"));
        QVERIFY(runs("cd / && test -L file && test $(cat real/new) = 2"));
        QVERIFY(!failure(from() + "COPY none /\n", context).isEmpty());
        QVERIFY(!failure(from() + "COPY a1 a2 /x\n", context).isEmpty());
        QVERIFY(!failure(from() + "RUN mkdir /t && echo > /t/e\nCOPY d /t/\n", context).isEmpty());
        QVERIFY(!failure(from() + "COPY ../etc/passwd /x\n", context).isEmpty() || runs("test ! -e /x"));
        // A wildcard may match nothing
        QVERIFY(built(from() + "COPY z* /z/\n", context));
    }
    void ownersAreNamesOfTheImage() {
        ContextFolder context;
        context.write("f", "1").write("s", "1");
        QVERIFY(built(
            from() +
                "RUN mkdir -p /etc; echo app:x:1234:77::/: >> /etc/passwd; echo grp:x:88: >> /etc/group\n"
                "COPY --chown=app f /a\nCOPY --chown=app:grp f /b\nCOPY --chown=7 f /c\nCOPY --chmod=4750 f "
                "/m\n"
                "COPY --chown=:grp f /e\nUSER app\nWORKDIR /home/x\nRUN id -u > /tmp/u 2>/dev/null || id -u "
                "> /dev/null\n",
            context));
        QVERIFY(runs("test $(stat -c %u:%g /a) = 1234:77"));
        QVERIFY(runs("test $(stat -c %u:%g /b) = 1234:88"));
        QVERIFY(runs("test $(stat -c %u:%g /c) = 7:7 && test $(stat -c %a /m) = 4750"));
        QVERIFY(runs("test $(stat -c %u:%g /e) = 0:88"));
        QVERIFY(runs("test $(stat -c %u:%g /home/x) = 1234:77 && test $(id -u) = 1234"));
    }
    void archivesAreUnpacked() {
        ContextFolder context;
        context.write("in/l/f", "tar");
        QCOMPARE(::symlink("f", (context.path() + "/in/l/s").c_str()), 0);
        QCOMPARE(::link((context.path() + "/in/l/f").c_str(), (context.path() + "/in/l/h").c_str()), 0);
        QProcess tar;
        tar.start(QStringLiteral("tar"),
                  {QStringLiteral("-C"), QString::fromStdString(context.path() + "/in"),
                   QStringLiteral("-czf"), QString::fromStdString(context.path() + "/a.tgz"),
                   QStringLiteral("l")});
        QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
        QVERIFY(built(from() + "RUN mkdir -p /o/real && ln -s real /o/l\nADD a.tgz /n/\nADD a.tgz /o\nCOPY "
                               "a.tgz /c\nADD a.tgz in/l/f /two/\n",
                      context));
        QVERIFY(runs("cd /n/l && test $(cat s) = tar && test $(stat -c %h f) = 2 && test -f /c && test -f "
                     "/two/l/f -a -f /two/f"));
        QVERIFY(runs("test -f /o/l/f"));
    }
    void filesOfARunAreKeptAsTheyAre() {
        const ContextFolder context;
        const std::string longName(250, 'n');
        QVERIFY(built(from() +
                          "RUN mkdir /x && cd /x && echo 1 > a && ln a b && ln -s a l && mkfifo p && "
                          "truncate -s 100M sparse && echo end >> sparse && echo u > ü && echo l > " +
                          longName +
                          " && touch \"$(printf 'bad\\377')\" && mkdir -m 1777 sticky && touch -d "
                          "'2001-02-03 04:05:06' a\n"
                          "RUN rm /x/b && echo 2 >> /x/a && chmod 6755 /x/a && mv /x/sticky /x/moved && "
                          "chown 5:6 /x/moved\n"
                          "VOLUME /x/v\nRUN mkdir -p /x/v && echo kept > /x/v/f\n",
                      context));
        QVERIFY(runs("cd /x && test ! -e b && test -p p && test -L l && test $(stat -c %a a) = 6755"));
        QVERIFY(runs("cd /x && test $(stat -c %s sparse) = 104857604"));
        QVERIFY(runs(("cd /x && test -f ü -a -f " + longName + " && test $(ls | grep -c bad) = 1").c_str()));
        QVERIFY(runs("cd /x && test ! -e sticky && test $(stat -c %a:%u:%g moved) = 1777:5:6 && test $(cat "
                     "v/f) = kept"));
    }
    void holesTakeNoRoom() {
        const ContextFolder context;
        const auto taken = [this] {
            QProcess du;
            du.start(
                QStringLiteral("du"),
                {QStringLiteral("-sm"), QString::fromStdString(m_machine->bus().folder() + "/state/layers")});
            return du.waitForFinished() ? du.readAllStandardOutput().split('\t').first().toInt() : -1;
        };
        const int before = taken();
        QVERIFY(built(from() + "RUN truncate -s 1000M /sparse && echo end >> /sparse\n", context));
        QVERIFY2(before >= 0 && taken() - before < 20, qPrintable(QString::number(taken() - before)));
    }
    void whatTheEngineWritesIsNotInTheLayer() {
        const ContextFolder context;
        QVERIFY(built(from() + "RUN echo 1.2.3.4 me >> /etc/hosts; true\n", context));
        QVERIFY(runs("! grep 1.2.3.4 /etc/hosts"));
        // Files under the same names of the image's own stay
        QVERIFY(
            built(from() + "RUN (sleep 1000 &) ; (sleep 1000 > /dev/null 2>&1 &) ; touch /done\n", context));
    }
    void manyStepsAreBuilt() {
        const ContextFolder context;
        std::string file = from();
        for (int i = 0; i < 110; ++i)
            file += "RUN echo " + std::to_string(i) + " > /f" + std::to_string(i) + "\n";
        QVERIFY(built(file, context));
        QVERIFY(runs("test -e /f0 -a -e /f109"));
        const QString many = failure(
            file + "COPY <<A /a\nA\n" +
                [] {
                    std::string more;
                    for (int i = 0; i < 30; ++i)
                        more += "RUN echo " + std::to_string(i) + " > /g" + std::to_string(i) + "\n";
                    return more;
                }(),
            context);
        QVERIFY2(many.contains(QStringLiteral("layers")), qPrintable(many));
    }
    void muchOutputIsClipped() {
        const ContextFolder context;
        const auto finished = client().build(from() + "RUN yes '' | head -c 8000000; touch /x\n", context);
        QCOMPARE(finished.status.state, QStringLiteral("done"));
        const auto reply = client().ask("OpenEvents", {finished.id});
        const auto passed = reply.arguments().value(0).value<QDBusUnixFileDescriptor>();
        struct stat info {};
        QCOMPARE(::fstat(passed.fileDescriptor(), &info), 0);
        qInfo("events: %lld bytes", static_cast<long long>(info.st_size));
        QVERIFY(info.st_size < 8'000'000);
    }
    void variablesThatGrowWithoutEndFail() {
        const ContextFolder context;
        std::string file = "FROM scratch\nENV A=xxxxxxxxxxxxxxxx\n";
        for (int i = 0; i < 40; ++i)
            file += "ENV A=$A$A\n";
        const QString why = failure(file, context);
        QVERIFY2(why.contains(QStringLiteral("A")), qPrintable(why));
        qInfo("%s", qPrintable(why));
    }
    void aCacheOfTwoPlacesIsOne() {
        const ContextFolder context;
        QVERIFY(built(from() +
                          "RUN --mount=type=cache,id=both,sharing=locked,target=/a "
                          "--mount=type=cache,id=both,sharing=locked,target=/b touch /a/f && test -e /b/f\n",
                      context));
    }
    void cachesInAnyOrderDoNotWaitForEachOther() {
        const ContextFolder context;
        const auto stage = [&](const char* first, const char* second) {
            return from() + "RUN --mount=type=cache,sharing=locked,target=/" + first +
                   " --mount=type=cache,sharing=locked,target=/" + second + " sleep 0.1; touch /done\n";
        };
        std::string file;
        for (int i = 0; i < 6; ++i)
            file += i % 2 == 0 ? stage("m1", "m2") : stage("m2", "m1");
        file += "FROM scratch\n";
        for (int i = 0; i < 6; ++i)
            file += "COPY --from=" + std::to_string(i) + " /done /" + std::to_string(i) + "\n";
        QVERIFY(built(file, context, {{QStringLiteral("no-cache"), true}}));
    }
    void aPrivilegedStepChangesNothingThatIsMountedForReading() {
        ContextFolder context;
        context.write("f", "1");
        const std::string image = m_machine->image().toStdString();
        const auto finished = client().build(
            from() + "RUN --security=insecure --mount=type=bind,target=/ctx --mount=type=bind,from=" + image +
                ",target=/b mount -o remount,bind,rw /ctx; echo 2 > /ctx/f; mount -o remount,bind,rw /b; "
                "touch "
                "/b/bin/x; touch /done\n"
                "RUN --mount=type=bind,target=/ctx --mount=type=bind,from=" +
                image +
                ",target=/b test $(cat /ctx/f) = 1 && test ! -e /b/bin/x\nCOPY f /f\nRUN test $(cat /f) = "
                "1\n",
            context, {{QStringLiteral("allow"), QStringList{QStringLiteral("security.insecure")}}}, 0);
        QCOMPARE(finished.status.state, QStringLiteral("done"));
    }
    void twoUsersBuildTheSame() {
        ContextFolder context;
        context.write("f", "1");
        const std::string file = from() + "COPY f /f\nRUN cp /f /g && chmod 600 /g\n";
        const auto roots = client().build(file, context, {}, 0);
        QCOMPARE(roots.status.state, QStringLiteral("done"));
        QVERIFY(built(file, context));
        // Nobody takes another's word for what a step makes, and what one removes is still the other's
        const auto mine = client().build(file, context);
        QCOMPARE(mine.result.at("cached").toInteger(), 2);
        QVERIFY(client().ask("PruneCache", {QVariantMap()}, 0).arguments().value(0).toUInt() >= 2);
        QVERIFY(runs("test $(cat /f) = 1 && test $(cat /g) = 1"));
    }
    void aCacheIsWritableAfterAFailedFirstFilling() {
        const ContextFolder context;
        // Then the mount's source is no folder: the step fails before it has begun
        QVERIFY(!failure(from() + "RUN --mount=type=cache,id=seed,target=/c,from=" +
                             m_machine->image().toStdString() + ",source=/bin/busybox true\n",
                         context)
                     .isEmpty());
        QVERIFY(built(from() + "RUN --mount=type=cache,id=seed,target=/c touch /c/x\n", context));
    }
};

ESCALE_TEST(HelperDockerfilesTest)
#include "helper_dockerfiles_test.moc"
