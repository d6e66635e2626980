// Where the passwords of registries are: in the desktop's keyring (Secret Service or KWallet, through
// QtKeychain), and nowhere else. Where there is none, or the person does not unlock it, they are kept in
// memory until Escale is closed, and that is said. Answers come on the GUI's thread, never before the call
// returns, and never after the store is gone.
#pragma once

#include "engine/registry/credentials.h"
#include "gui/client/call.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace escale::gui {

enum class Keeping { Keyring, UntilClosed };

class CredentialStore : public QObject {
    Q_OBJECT
public:
    explicit CredentialStore(QObject* parent = nullptr);

    void save(const QString& registry, const Credentials& credentials, Answer<Keeping> answer);
    /// Nothing when there are none, or when nobody unlocks the keyring.
    void load(const QString& registry, Answer<std::optional<Credentials>> answer);
    /// No error when there was nothing.
    void remove(const QString& registry, Answer<> answer);

private:
    QHash<QString, Credentials> m_untilClosed;
};

} // namespace escale::gui
