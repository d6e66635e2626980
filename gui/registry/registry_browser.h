// Asks a registry from the GUI: each question runs on a thread of its own pool with a client of its own, is
// cancelled when a newer one of the same kind takes its place, and answers on the GUI thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/registry/credentials.h"
#include "gui/client/call.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace escale {
class RegistryClient;
}

namespace escale::gui {

struct TagDetails {
    QString digest;
    QString mediaType;
    QStringList platforms;     // of an index; of a single image: nothing
    QList<quint64> layerSizes; // of this machine's image, base first; compressed bytes
    quint64 downloadSize = 0;
};

class RegistryBrowser : public QObject {
    Q_OBJECT
public:
    explicit RegistryBrowser(QObject* parent = nullptr);
    ~RegistryBrowser() override;

    /// All repositories, read page by page up to a limit. Also cancels questions about tags and details.
    void repositories(const QString& registry, Answer<QStringList> answer);
    void tags(const QString& registry, const QString& repository, Answer<QStringList> answer);
    void details(const QString& registry, const QString& repository, const QString& tag,
                 Answer<TagDetails> answer);
    void cancelAll();

    /// For later questions to that registry; kept in memory only.
    void setCredentials(const QString& registry, const Credentials& credentials);
    [[nodiscard]] std::optional<Credentials> credentials(const QString& registry) const;

private:
    enum Kind { Repositories, Tags, Details, KindCount };
    template <class T>
    void ask(Kind kind, const QString& registry,
             std::function<Result<T>(RegistryClient&, const Cancellation&)> question, Answer<T> answer);
    void cancel(Kind kind);

    QThreadPool m_pool;
    std::shared_ptr<Cancellation> m_current[KindCount];
    QHash<QString, Credentials> m_credentials;
};

} // namespace escale::gui
