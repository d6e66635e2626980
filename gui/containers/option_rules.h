// One small check for each of the little languages inside docker run's options;
// engine/container/option_forms.h has the same on the other side of the bus, and a test compares them. Each
// says what is wrong, or nothing.
#pragma once

#include <QString>

namespace escale::gui::rules {

QString name(const QString& text);
QString hostName(const QString& text);
QString variable(const QString& text);
QString named(const QString& text); // NAME=value
QString absolutePath(const QString& text);
QString tmpfs(const QString& text);
QString restart(const QString& text);
QString signalName(const QString& text);
QString cpuList(const QString& text);
QString deviceNumber(const QString& text); // /dev/sda:10m
QString device(const QString& text);
QString deviceRule(const QString& text);
QString ulimit(const QString& text);
QString capability(const QString& text);
QString publish(const QString& text);
QString address(const QString& text);
QString address4(const QString& text);
QString address6(const QString& text);
QString macAddress(const QString& text);
QString alias(const QString& text);
QString networkChoice(const QString& text); // name=NETWORK,alias=…,ip=…
QString resolverWord(const QString& text);
QString extraHost(const QString& text);
QString network(const QString& text);
QString ipc(const QString& text);
QString pidMode(const QString& text);
QString hostOnly(const QString& text); // uts, userns
QString cgroupNamespace(const QString& text);
QString logDriver(const QString& text);
QString logOption(const QString& text);
QString seccomp(const QString& text);
QString systemPaths(const QString& text);

} // namespace escale::gui::rules
