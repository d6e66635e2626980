// What callers say of networks, checked before the engine gets it.
#pragma once

#include "engine/network/network_plan.h"
#include "engine/network/network_record.h"

#include <QString>
#include <QVariantMap>

namespace escale {

/// A network's id, the beginning of one, or its name.
Result<std::string> checkNetworkId(const QString& text);
/// The options of Create and Check (the gate has seen to names and types), of bounded length.
Result<NetworkOptions> networkOptions(const QString& name, const QVariantMap& options);
/// The options of Connect.
Result<EndpointRequest> endpointRequest(const QVariantMap& options);

} // namespace escale
