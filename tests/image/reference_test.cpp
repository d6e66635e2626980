#include "engine/image/reference.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

static const std::string kHex = std::string(64, 'a');
static const QByteArray kDigest = QByteArray("sha256:") + QByteArray(64, 'a');

class ReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Cases of github.com/distribution/reference's own tests, and the corners of its grammar.
    void readsAsDockerDoes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("registry");
        QTest::addColumn<QByteArray>("repository");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<bool>("hasDigest");
        QTest::addColumn<QByteArray>("familiar");
        const auto row = [](const QByteArray& text, const char* registry, const QByteArray& repository,
                            const char* tag, bool hasDigest, const QByteArray& familiar) {
            QTest::newRow(text.left(60).constData())
                << text << QByteArray(registry) << repository << QByteArray(tag) << hasDigest << familiar;
        };
        row("debian", "docker.io", "library/debian", "latest", false, "debian:latest");
        row("debian:12", "docker.io", "library/debian", "12", false, "debian:12");
        row("library/debian", "docker.io", "library/debian", "latest", false, "debian:latest");
        row("docker.io/debian", "docker.io", "library/debian", "latest", false, "debian:latest");
        row("index.docker.io/library/debian", "docker.io", "library/debian", "latest", false,
            "debian:latest");
        row("grafana/grafana:10.0", "docker.io", "grafana/grafana", "10.0", false, "grafana/grafana:10.0");
        row("library/a/b", "docker.io", "library/a/b", "latest", false, "library/a/b:latest");
        row("quay.io/a/b/c:x", "quay.io", "a/b/c", "x", false, "quay.io/a/b/c:x");
        row("localhost/demo", "localhost", "demo", "latest", false, "localhost/demo:latest");
        row("localhost:5000/demo", "localhost:5000", "demo", "latest", false, "localhost:5000/demo:latest");
        row("localhost:5000/demo:1", "localhost:5000", "demo", "1", false, "localhost:5000/demo:1");
        row("localhost:5000", "docker.io", "library/localhost", "5000", false, "localhost:5000");
        row("127.0.0.1:5000/x", "127.0.0.1:5000", "x", "latest", false, "127.0.0.1:5000/x:latest");
        row("[::1]:5000/x:y", "[::1]:5000", "x", "y", false, "[::1]:5000/x:y");
        row("[fe80::1]/x", "[fe80::1]", "x", "latest", false, "[fe80::1]/x:latest");
        row("REGISTRY/x", "REGISTRY", "x", "latest", false, "REGISTRY/x:latest");
        row("Example.COM:80/x", "Example.COM:80", "x", "latest", false, "Example.COM:80/x:latest");
        row("x.y/z", "x.y", "z", "latest", false, "x.y/z:latest");
        row("a-b/z", "docker.io", "a-b/z", "latest", false, "a-b/z:latest");
        row("xn--n3h.com/myimage:tag", "xn--n3h.com", "myimage", "tag", false, "xn--n3h.com/myimage:tag");
        row("docker.io/localhost/x", "docker.io", "localhost/x", "latest", false,
            "docker.io/localhost/x:latest");
        row("debian@" + kDigest, "docker.io", "library/debian", "", true, "debian@" + kDigest);
        row("debian:12@" + kDigest, "docker.io", "library/debian", "12", true, "debian:12@" + kDigest);
        row("localhost:5000/a@" + kDigest, "localhost:5000", "a", "", true, "localhost:5000/a@" + kDigest);
        // A host is only one before a slash, and "localhost" only in small letters.
        row("docker.io", "docker.io", "library/docker.io", "latest", false, "docker.io:latest");
        row("example.com", "docker.io", "library/example.com", "latest", false, "example.com:latest");
        row("example.com:8080", "docker.io", "library/example.com", "8080", false, "example.com:8080");
        row("localhost", "docker.io", "library/localhost", "latest", false, "localhost:latest");
        row("LOCALHOST/x", "LOCALHOST", "x", "latest", false, "LOCALHOST/x:latest");
        row("docker.io/library/debian:12", "docker.io", "library/debian", "12", false, "debian:12");
        row("index.docker.io/debian", "docker.io", "library/debian", "latest", false, "debian:latest");
        row("index.docker.io/a/b", "docker.io", "a/b", "latest", false, "a/b:latest");
        row("registry-1.docker.io/library/x", "registry-1.docker.io", "library/x", "latest", false,
            "registry-1.docker.io/library/x:latest");
        row("localhost:5000/library/x", "localhost:5000", "library/x", "latest", false,
            "localhost:5000/library/x:latest");
        row("ghcr.io/owner/a/b:v1", "ghcr.io", "owner/a/b", "v1", false, "ghcr.io/owner/a/b:v1");
        row("ttl.sh/0f1e:1h", "ttl.sh", "0f1e", "1h", false, "ttl.sh/0f1e:1h");
        row("10.0.0.1/x", "10.0.0.1", "x", "latest", false, "10.0.0.1/x:latest");
        row("[2001:db8::1]:5000/x", "[2001:db8::1]:5000", "x", "latest", false,
            "[2001:db8::1]:5000/x:latest");
        row("a.b/c@" + kDigest, "a.b", "c", "", true, "a.b/c@" + kDigest);
        row(QByteArray(64, 'a') + ":1", "docker.io", "library/" + QByteArray(64, 'a'), "1", false,
            QByteArray(64, 'a') + ":1"); // an id only when it stands alone
        row("x:0", "docker.io", "library/x", "0", false, "x:0");
        row("a__b/c-----d/e.f_g", "docker.io", "a__b/c-----d/e.f_g", "latest", false,
            "a__b/c-----d/e.f_g:latest");
        row("x:_A.b-C", "docker.io", "library/x", "_A.b-C", false, "x:_A.b-C");
        row("x:" + QByteArray(128, 'T'), "docker.io", "library/x", QByteArray(128, 'T').constData(), false,
            "x:" + QByteArray(128, 'T'));
        const QByteArray longest(247, 'a'); // with "library/" 255
        row(longest, "docker.io", "library/" + longest, "latest", false, longest + ":latest");
        row(QByteArray(63, 'a'), "docker.io", "library/" + QByteArray(63, 'a'), "latest", false,
            QByteArray(63, 'a') + ":latest");
    }
    void readsAsDockerDoes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, registry);
        QFETCH(QByteArray, repository);
        QFETCH(QByteArray, tag);
        QFETCH(bool, hasDigest);
        QFETCH(QByteArray, familiar);
        const auto reference = Reference::parse(text.toStdString());
        VERIFY_RESULT(reference);
        QCOMPARE(reference->registry, registry.toStdString());
        QCOMPARE(reference->repository, repository.toStdString());
        QCOMPARE(reference->tag, tag.toStdString());
        QCOMPARE(reference->digest.has_value(), hasDigest);
        QCOMPARE(reference->familiar(), familiar.toStdString());
    }

    void bothFormsReadAsTheSameAgain_data() { readsAsDockerDoes_data(); }
    void bothFormsReadAsTheSameAgain() {
        QFETCH(QByteArray, text);
        const Reference reference = Reference::parse(text.toStdString()).value();
        QCOMPARE(Reference::parse(reference.toString()).value().toString(), reference.toString());
        QCOMPARE(Reference::parse(reference.familiar()).value().toString(), reference.toString());
    }

    void refusesWhatDockerRefuses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("why"); // a part of the message
        const auto row = [](const QByteArray& text, const char* why) {
            QTest::newRow(text.left(60).constData()) << text << QByteArray(why);
        };
        row("", "empty");
        row(QByteArray(64, 'a'), "id, not a name");
        row("Debian", "lower case");
        row("docker.io/Debian", "lower case");
        row("a/B", "lower case");
        row(":tag", "missing");
        row("@" + kDigest, "missing");
        row("debian:", "tag");
        row("debian:.x", "tag");
        row("debian:-x", "tag");
        row("debian:a:b", "tag");
        row("debian:a/b", "host"); // "debian:a" stands before a slash
        row("debian:caf\xc3\xa9", "tag");
        row("debian:12@", "sha256");
        row("debian@" + kDigest + ":12", "sha256");
        row("debian@" + kDigest + "@" + kDigest, "sha256");
        row(" debian", "repository");
        row("debian\n", "repository");
        row(":5000/x", "host");
        row("docker.io/", "missing");
        row("[::1]", "tag");
        row("[::1%25lo]/x", "host");
        row("x:" + QByteArray(129, 'T'), "tag");
        row("debian@", "sha256");
        row("debian@sha256:abc", "sha256");
        row("debian@sha256:" + QByteArray(64, 'A'), "sha256");
        row("debian@sha512:" + QByteArray(128, 'a'), "sha512");
        row("a//b", "repository");
        row("/a", "repository");
        row("a/", "repository");
        row("a..b", "repository");
        row("a___b", "repository");
        row("a._b", "repository");
        row("-a", "repository");
        row("a-", "repository");
        row("a b", "repository");
        row("a/../b", "repository");
        row("../etc/passwd", "host");
        row("a\nb", "repository");
        row(QByteArray("a\0b", 3), "repository");
        row("caf\xc3\xa9", "repository");
        row(QByteArray(248, 'a'), "255");
        row("https://docker.io/x", "scheme");
        row("-x.com/y", "host");
        row("x.com:/y", "host");
        row("x.com:0/y", "host");
        row("x.com:70000/y", "host");
        row("x.com:5000x/y", "host");
        row("user@x.com/y", "host");
        row("[::1/y", "host");
        row("[]:80/y", "host");
        row("[::1]x/y", "host");
        row("x.com?a=b/y", "host");
        row(QByteArray(2000, 'a'), "too long");
    }
    void refusesWhatDockerRefuses() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, why);
        const auto reference = Reference::parse(text.toStdString());
        QVERIFY(!reference);
        QVERIFY2(reference.error().message.find(why.toStdString()) != std::string::npos,
                 reference.error().message.c_str());
    }

    void theDigestDecidesWhatIsAskedFor() {
        QCOMPARE(Reference::parse("debian:12@sha256:" + kHex).value().manifestReference(), "sha256:" + kHex);
        QCOMPARE(Reference::parse("debian:12").value().manifestReference(), std::string("12"));
    }
};
ESCALE_TEST(ReferenceTest)

#include "reference_test.moc"
