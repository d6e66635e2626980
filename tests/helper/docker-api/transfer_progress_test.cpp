// The lines of a pull and of a push, of what a job tells.
#include "helper/docker-api/images/transfer_progress.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

class DockerProgressTest : public QObject {
    Q_OBJECT
    static dbus::JobStep step(const char* phase, quint64 done = 0, quint64 total = 0) {
        return {QStringLiteral("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
                QLatin1String(phase), done, total};
    }
    static QStringList words(const std::vector<Json>& lines) {
        QStringList list;
        for (const Json& line : lines)
            list.append(QString::fromStdString(line.at("status").toString()));
        return list;
    }
private Q_SLOTS:
    void tellsALayersWay() {
        TransferProgress pull(TransferProgress::Kind::Pull);
        QCOMPARE(words(pull.take({step("waiting")})), QStringList{"Pulling fs layer"});
        const auto moving = pull.take({step("downloading", 1'500'000, 3'000'000)});
        QCOMPARE(words(moving), QStringList{"Downloading"});
        QCOMPARE(moving.front().at("id").toString(), std::string("0123456789ab"));
        QCOMPARE(moving.front().at("progressDetail").at("current").toInteger(), std::int64_t(1'500'000));
        QCOMPARE(moving.front().at("progressDetail").at("total").toInteger(), std::int64_t(3'000'000));
        QCOMPARE(words(pull.take({step("done")})), (QStringList{"Download complete", "Pull complete"}));
    }
    void leavesNoWordOutWhenTheJobIsQuicker() {
        TransferProgress pull(TransferProgress::Kind::Pull);
        QCOMPARE(words(pull.take({step("done")})),
                 (QStringList{"Pulling fs layer", "Download complete", "Pull complete"}));
    }
    void saysNothingTwice() {
        TransferProgress pull(TransferProgress::Kind::Pull);
        (void)pull.take({step("downloading", 1, 2)});
        QVERIFY(pull.take({step("downloading", 1, 2)}).empty());
        (void)pull.take({step("done")});
        QVERIFY(pull.take({step("done")}).empty());
    }
    void knowsLayersThatAreThere() {
        TransferProgress pull(TransferProgress::Kind::Pull);
        TransferProgress push(TransferProgress::Kind::Push);
        QCOMPARE(words(pull.take({step("present")})), QStringList{"Already exists"});
        QCOMPARE(words(push.take({step("present")})), QStringList{"Layer already exists"});
        QVERIFY(push.take({step("present")}).empty());
    }
    void showsPushedLayersByTheirContent() {
        TransferProgress push(TransferProgress::Kind::Push, {"sha256:fedcba9876543210"});
        const auto lines = push.take({step("sending", 1, 2)});
        QCOMPARE(words(lines), (QStringList{"Preparing", "Pushing"}));
        QCOMPARE(lines.front().at("id").toString(), std::string("fedcba987654"));
        QCOMPARE(words(push.take({step("done")})), QStringList{"Pushed"});
    }
    void drawsABar() {
        QCOMPARE(progressBar(1'500'000, 3'000'000),
                 std::string("[=========================>                         ]  1.5MB/3MB"));
        QCOMPARE(progressBar(5, 3), "[" + std::string(50, '=') + ">]  3B/3B"); // never beyond its end
        QCOMPARE(progressBar(1234, 0), std::string("1.234kB"));
    }
    void tellsAnErrorTwice() {
        const Json line = errorLine("no");
        QCOMPARE(line.at("error").toString(), std::string("no"));
        QCOMPARE(line.at("errorDetail").at("message").toString(), std::string("no"));
    }
};

ESCALE_TEST(DockerProgressTest)
#include "transfer_progress_test.moc"
