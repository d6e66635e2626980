#include "gui/containers/containers_feed.h"

#include "gui/client/engine_client.h"
#include "gui/containers/containers_model.h"

namespace escale::gui {

// When more have changed than this, one call for all is cheaper.
static constexpr qsizetype kSingly = 8;

ContainersFeed::ContainersFeed(EngineClient& client, ContainersModel& model, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_model(model)
    , m_reader(
          this,
          [this](QObject* guard, Answer<dbus::ContainerList> answer) {
              ++m_lists;
              m_client.listContainers(guard, std::move(answer));
          },
          [this](const Result<dbus::ContainerList>& list) {
              if (!list)
                  return Q_EMIT failed(list.error());
              m_model.setContainers(*list);
              Q_EMIT taken();
          }) {
    connect(&m_client, &EngineClient::containersChanged, this, &ContainersFeed::takeChanges);
}

void ContainersFeed::refresh() {
    m_reader.refresh();
}

// While the list is on its way it may be older than the change: then it is read once more, as a whole.
void ContainersFeed::takeChanges(const QStringList& ids) {
    if (ids.isEmpty() || ids.size() > kSingly || m_reader.isReading())
        return refresh();
    for (const QString& id : ids)
        readOne(id);
}

void ContainersFeed::readOne(const QString& id) {
    if (const auto asked = m_asked.find(id); asked != m_asked.end()) {
        *asked = true;
        return;
    }
    m_asked.insert(id, false);
    m_client.inspect(id, this, [this, id, lists = m_lists](const Result<ContainerDetails>& told) {
        const bool again = m_asked.take(id);
        // A whole list that was asked for since is newer, but perhaps older than the change that came last.
        if (lists == m_lists) {
            if (told)
                m_model.update(told->container);
            else if (told.error().code == ErrorCode::NotFound)
                m_model.remove(id);
            else
                return refresh();
            Q_EMIT taken();
        }
        if (again)
            readOne(id);
    });
}

} // namespace escale::gui
