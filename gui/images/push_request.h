// One push as a person has chosen it, and how it is sent: as the account that is known at the registry.
#pragma once

#include "gui/client/call.h"

#include <QVariantMap>

namespace escale::gui {

class EngineClient;
class Job;
class RegistryAccounts;

struct PushRequest {
    QString source;   // as Images.Push takes it
    QString target;   // as people write it
    QString registry; // of the target
    QVariantMap choices;
};

void sendPush(EngineClient& client, RegistryAccounts& accounts, const PushRequest& request, QObject* guard,
              Answer<Job*> answer);

} // namespace escale::gui
