// With a real program that speaks docker-credential-helpers' protocol (tests/data/registry).
#include "engine/registry/credential_helper.h"
#include "tests/registry/registry_fixture.h"

#include <thread>

using namespace escale;
using namespace std::chrono_literals;

class CredentialHelperTest : public QObject {
    Q_OBJECT
    static Result<std::optional<Credentials>> ask(const std::string& server,
                                                  std::chrono::milliseconds longest = 20s,
                                                  const Cancellation& cancellation = {}) {
        return askCredentialHelper("escale-test", server, longest, cancellation);
    }
private Q_SLOTS:
    void initTestCase() { qputenv("PATH", QByteArray(ESCALE_TEST_DATA "/registry:") + qgetenv("PATH")); }
    void tellsAnAccount() {
        const auto found = ask("registry.example:5000");
        VERIFY_RESULT(found);
        QVERIFY(*found == (Credentials{"ada", "from-helper", {}}));
    }
    void tellsAnIdentityToken() {
        const auto found = ask("token.example");
        VERIFY_RESULT(found);
        QVERIFY(*found == (Credentials{"<token>", {}, "refresh-me"}));
    }
    void hasNoAccountOfOthers() {
        const auto found = ask("other.example");
        VERIFY_RESULT(found);
        QVERIFY(!*found);
    }
    void noErrorHoldsWhatItWrote() {
        for (const char* server : {"broken.example", "nonsense.example", "endless.example"}) {
            const auto found = ask(server);
            VERIFY_ERROR(found, ErrorCode::RemoteFailure);
            QVERIFY(found.error().text().find("secret-in-noise") == std::string::npos);
        }
    }
    void doesNotWaitForEver() { VERIFY_ERROR(ask("silent.example", 50ms), ErrorCode::Timeout); }
    void isCancelled() {
        Cancellation cancellation;
        std::jthread canceller([&] { cancellation.cancel(); });
        VERIFY_ERROR(ask("silent.example", 60s, cancellation), ErrorCode::Cancelled);
    }
    void runsNothingOutsideOfPath() {
        const auto missing = askCredentialHelper("no-such", "x", 1s, {});
        VERIFY_ERROR(missing, ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("docker-credential-no-such") != std::string::npos);
        VERIFY_ERROR(askCredentialHelper("x/../../bin/true", "x", 1s, {}), ErrorCode::NotFound);
    }
};
ESCALE_TEST(CredentialHelperTest)

#include "credential_helper_test.moc"
