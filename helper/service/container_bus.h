// The engine's containers as the structures of the bus.
#pragma once

#include "engine/container/containers.h"
#include "helper/dbus/types.h"

#include <QVariantMap>

namespace escale {

QString toQString(std::string_view text);
QStringList toStringList(const std::vector<std::string>& texts);

dbus::Container toBus(const Container& container);
dbus::ContainerProcess toBus(const ContainerProcess& process);
dbus::ContainerStats toBus(const std::string& id, const ContainerStats& stats);
dbus::StatsPoint toBus(const StatsPoint& point);
dbus::HealthProbe toBus(const HealthProbe& probe);
dbus::Event toBus(const Event& event);
/// What Inspect tells of the image.
QVariantMap toBus(const ImageConfig& image);

} // namespace escale
