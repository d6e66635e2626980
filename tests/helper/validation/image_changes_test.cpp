#include "helper/validation/image_changes.h"

#include "helper/validation/commit_options.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

namespace {

using Texts = std::vector<std::string>;

Result<ImageConfig> changed(const QStringList& changes, ImageConfig settings = {}) {
    TRY(applyCommitOptions({{QStringLiteral("changes"), changes}}, settings));
    return settings;
}

} // namespace

class ImageChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachInstructionIsReadAsInADockerfile() {
        const auto settings =
            changed({QStringLiteral("CMD [\"echo\", \"a b\"]"), QStringLiteral("ENTRYPOINT exec top -b"),
                     QStringLiteral("ENV A=1 B=\"two words\" C=x\\ y"),
                     QStringLiteral("ENV D the rest = of it"), QStringLiteral("expose 80 53/udp"),
                     QStringLiteral("LABEL org.example=1 'other'='it is'"), QStringLiteral("USER 5:6"),
                     QStringLiteral("WORKDIR /srv/my files"), QStringLiteral("STOPSIGNAL SIGINT")});
        VERIFY_RESULT(settings);
        QCOMPARE(settings->command, (Texts{"echo", "a b"}));
        QCOMPARE(settings->entrypoint, (Texts{"/bin/sh", "-c", "exec top -b"}));
        QCOMPARE(settings->environment, (Texts{"A=1", "B=two words", "C=x y", "D=the rest = of it"}));
        QCOMPARE(settings->exposedPorts, (Texts{"80/tcp", "53/udp"}));
        const std::vector<std::pair<std::string, std::string>> labels{{"org.example", "1"},
                                                                      {"other", "it is"}};
        QCOMPARE(settings->labels, labels);
        QCOMPARE(settings->user, std::string("5:6"));
        QCOMPARE(settings->workingDir, std::string("/srv/my files"));
        QCOMPARE(settings->stopSignal, std::string("SIGINT"));
    }
    void laterChangesAddToThoseBefore() {
        ImageConfig before;
        before.environment = {"PATH=/bin", "A=0"};
        const auto settings = changed(
            {QStringLiteral("ENV A=1"), QStringLiteral("ENV A=2"), QStringLiteral("ENV B=3")}, before);
        VERIFY_RESULT(settings);
        QCOMPARE(settings->environment, (Texts{"PATH=/bin", "A=2", "B=3"}));
    }
    void whatIsMalformedIsRefused_data() {
        QTest::addColumn<QString>("change");
        for (const char* change :
             {"", "CMD", "RUN make", "VOLUME /data", "CMD [\"a\"", "CMD [1]", "ENV A=1 B", "ENV =x",
              "LABEL 'a=1", "EXPOSE 0", "EXPOSE 80/x", "WORKDIR here", "STOPSIGNAL SIGNONE"})
            QTest::newRow(*change == '\0' ? "empty" : change) << QString::fromLatin1(change);
    }
    void whatIsMalformedIsRefused() {
        QFETCH(QString, change);
        const auto settings = changed({change});
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::InvalidArgument);
    }
    void anOptionOfItsOwnCountsOverAChange() {
        ImageConfig settings;
        VERIFY_RESULT(applyCommitOptions({{QStringLiteral("changes"), QStringList{QStringLiteral("USER a")}},
                                          {QStringLiteral("user"), QStringLiteral("b")}},
                                         settings));
        QCOMPARE(settings.user, std::string("b"));
    }
};
ESCALE_TEST(ImageChangesTest)

#include "image_changes_test.moc"
