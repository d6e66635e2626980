// Begins a build: opens what it is lent (its files, secrets, an agent's socket), asks the engine for it, and
// sends the files on a thread while the engine's job goes on. The Dockerfile is the text as it is shown,
// saved or not. GUI thread.
#pragma once

#include "engine/build/context_sender.h"
#include "gui/build/build_settings.h"
#include "gui/client/engine_client.h"
#include "gui/common/transfer.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace escale::gui {

class BuildStart : public QObject {
    Q_OBJECT
public:
    explicit BuildStart(EngineClient& client, QObject* parent = nullptr);
    ~BuildStart() override;
    /// One at a time. `more`: accounts, as Builds.Build takes them.
    void start(const BuildSettings& settings, const QByteArray& text, const QVariantMap& more);
    /// Ends what is not with the engine yet, and the sending; its job is cancelled by whoever follows it.
    void cancel();
    /// Until the files are with the engine.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void begun(const escale::gui::BegunBuild& build);
    void progressed(const escale::ContextProgress& progress);
    /// The engine has all the files it needs.
    void sent();
    /// Nothing has begun, or the files cannot be sent: then the engine's job fails, too, and says less.
    void failed(const escale::Error& error);

private:
    struct Lent;
    struct Shared;
    void open();
    void ask();
    void send();
    void tellProgress();
    void end();

    EngineClient& m_client;
    BuildSettings m_settings;
    QByteArray m_text;
    QVariantMap m_more;
    std::shared_ptr<Lent> m_lent;
    std::shared_ptr<Shared> m_shared;
    QTimer m_tick;
    bool m_isBusy = false;
    bool m_startsNext = false; // once the thread of the build before has ended
    Transfer m_transfer;       // last: its thread ends before the rest
};

/// "Sending the files: 1,200 of 2,000, 12 MB of 40 MB".
QString progressText(const ContextProgress& progress);

} // namespace escale::gui
