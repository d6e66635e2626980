// Where a built image goes beside the store: an archive, a folder, a registry. GUI thread.
#pragma once

#include "gui/build/build_settings.h"
#include "gui/client/call.h"

#include <QObject>
#include <QPointer>

namespace escale::gui {

class EngineClient;
class Job;
class RegistryAccounts;
class TransferBar;

class BuildDelivery : public QObject {
    Q_OBJECT
public:
    /// `bar` shows what is written into a folder.
    BuildDelivery(EngineClient& client, RegistryAccounts& accounts, TransferBar& bar, QObject* parent);
    /// `image`: its digest. Nothing to do for an image that stays in the store.
    void deliver(const BuildSettings& settings, const QString& image);

Q_SIGNALS:
    void begun(escale::gui::Job* job);
    void delivered(const QString& words);
    void failed(const escale::Error& error, const QString& what);

private:
    void save(const BuildSettings& settings, const QString& image);
    void extract(const QString& image, const QString& folder);
    void push(QStringList tags, const QString& image);

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    TransferBar& m_bar;
};

} // namespace escale::gui
