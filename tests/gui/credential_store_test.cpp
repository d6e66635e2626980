// Against a real Secret Service: gnome-keyring on a bus of its own.
#include "engine/base/file.h"
#include "gui/registry/credential_store.h"
#include "tests/support/session_keyring.h"
#include "tests/support/test_registry.h"

#include <filesystem>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

class CredentialStoreTest : public QObject {
    Q_OBJECT
    std::unique_ptr<SessionKeyring> m_keyring;

    static std::optional<Credentials> loaded(CredentialStore& store, const QString& registry) {
        std::optional<Credentials> found;
        bool answered = false;
        store.load(registry, [&](const Result<std::optional<Credentials>>& credentials) {
            found = credentials.value();
            answered = true;
        });
        if (!QTest::qWaitFor([&] { return answered; }))
            qFatal("the keyring does not answer");
        return found;
    }
    static Keeping saved(CredentialStore& store, const QString& registry, const Credentials& credentials) {
        std::optional<Keeping> keeping;
        store.save(registry, credentials, [&](const Result<Keeping>& how) { keeping = how.value(); });
        if (!QTest::qWaitFor([&] { return keeping.has_value(); }))
            qFatal("the keyring does not answer");
        return *keeping;
    }
    static void removed(CredentialStore& store, const QString& registry) {
        bool answered = false;
        store.remove(registry, [&](const Result<void>& gone) { answered = gone.has_value(); });
        QTRY_VERIFY(answered);
    }
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(SessionKeyring::isInstalled(), "gnome-keyring or dbus-send is not installed");
        auto started = SessionKeyring::start();
        VERIFY_RESULT(started);
        m_keyring = std::move(*started);
    }
    void cleanupTestCase() { m_keyring.reset(); }

    void anAccountOutlivesTheWindow() {
        const Credentials ada{"ada", "pässword with \"quotes\"", {}};
        {
            // Given an account that one window has kept,
            CredentialStore first;
            QCOMPARE(saved(first, QStringLiteral("registry.example:5000"), ada), Keeping::Keyring);
        }
        // then another one finds it, for that registry and no other.
        CredentialStore second;
        QVERIFY(loaded(second, QStringLiteral("registry.example:5000")) == ada);
        QVERIFY(!loaded(second, QStringLiteral("registry.example")));
    }
    void aNewerOneTakesItsPlace() {
        CredentialStore store;
        const QString registry = QStringLiteral("again.example");
        saved(store, registry, {"ada", "old", {}});
        const Credentials token{"ada", {}, "identity-token"};
        saved(store, registry, token);
        QVERIFY(loaded(store, registry) == token);
    }
    void whoLogsOutIsForgotten() {
        CredentialStore store;
        const QString registry = QStringLiteral("gone.example");
        saved(store, registry, {"ada", "secret", {}});
        removed(store, registry);
        QVERIFY(!loaded(store, registry));
        removed(store, registry); // nothing there: no error
    }
    void otherProgramsOfTheSessionFindIt() {
        // Given an account in the keyring,
        CredentialStore store;
        saved(store, QStringLiteral("shared.example"), {"ada", "secret", {}});
        // then the Secret Service knows it under Escale's name, as Seahorse shows it.
        const auto items =
            m_keyring->ask("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.SearchItems",
                           {"dict:string:string:server,Escale,user,registry/shared.example"});
        VERIFY_RESULT(items);
        QVERIFY2(items->find("/collection/login/") != std::string::npos, items->c_str());
    }
    void noFileHoldsItInClear() {
        CredentialStore store;
        saved(store, QStringLiteral("files.example"), {"ada", "find-me-if-you-can", {}});
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_keyring->folder())) {
            if (!entry.is_regular_file())
                continue;
            const auto text = readFile(entry.path().string());
            VERIFY_RESULT(text);
            QVERIFY2(text->find("find-me-if-you-can") == std::string::npos, entry.path().c_str());
        }
    }
};
ESCALE_TEST(CredentialStoreTest)

#include "credential_store_test.moc"
