// Reads what is behind tags a few at a time, those first that were asked for last: the rows of a list that
// are in sight. Docker Hub is asked by its own interface, where looking counts no pull. Answers come on the
// GUI thread; nothing is answered after stop(). It gives up when the registry asks to wait or to log in.
#pragma once

#include "engine/base/cancellation.h"
#include "gui/registry/tag_details.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <memory>
#include <mutex>

namespace escale::gui {

class RegistryAccounts;

class TagFiller : public QObject {
    Q_OBJECT
public:
    static constexpr int kAtOnce = 4;

    /// `accounts` outlives it.
    explicit TagFiller(RegistryAccounts& accounts, QObject* parent = nullptr);
    ~TagFiller() override;

    /// Stops what goes on. An empty name: there is nothing to read.
    void setRepository(const QString& registry, const QString& repository);
    /// Takes the place of what was wanted before and has not begun.
    void want(const QStringList& tags);
    /// Ends what is being read, and forgets why it has given up; want() goes on.
    void stop();
    [[nodiscard]] bool isReading() const { return !m_running.isEmpty() || !m_wanted.isEmpty(); }
    /// Why it has given up.
    [[nodiscard]] const std::optional<Error>& refusal() const { return m_refusal; }

Q_SIGNALS:
    void read(const QString& tag, const escale::gui::TagFacts& facts);
    void failed(const QString& tag, const escale::Error& error);
    void refused(const escale::Error& error);

private:
    // What the threads of one repository share; it lives as long as the last of them.
    struct Shared {
        Cancellation cancellation;
        QString registry;
        std::string repository;
        std::optional<Credentials> credentials;
        std::mutex mutex;
        std::vector<std::unique_ptr<RegistryClient>> idle; // their connections stay open
    };
    static Result<TagFacts> readOne(Shared& shared, const std::string& tag);
    static Result<std::unique_ptr<RegistryClient>> takeClient(Shared& shared);
    void begin();
    void take(const QString& tag, const Result<TagFacts>& facts);

    RegistryAccounts& m_accounts;
    QThreadPool m_pool;
    std::shared_ptr<Shared> m_shared; // null: the account is not known yet, or there is no repository
    QString m_registry, m_repository;
    QStringList m_wanted;
    QSet<QString> m_running;
    bool m_isAsking = false; // for the account
    std::optional<Error> m_refusal;
};

} // namespace escale::gui
