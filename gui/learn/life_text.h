// The words of the Life page: states, ways between them, events, processes, and how a run ended.
#pragma once

#include "gui/learn/life_story.h"

#include <QString>

namespace escale::gui {

QString lifeStateName(LifeState state);
/// What it is to be in that state, in a sentence or two.
QString lifeStateText(LifeState state);
/// "start", "pause"…: the pill on an arrow.
QString lifeActionName(LifeState from, LifeState to, const QString& action);
QString lifeActionText(LifeState from, LifeState to, const QString& action);

/// What happened: "SIGTERM sent, 10 s to obey".
QString eventWords(const dbus::Event& event);
/// How it came to its end, sentence by sentence; what is not known is left out.
QStringList endSentences(const LifeRun& run);
/// "12 s", "1 min 4 s", "350 ms".
QString durationWords(qint64 milliseconds);

/// A process that has ended while its parent has not asked how.
bool isZombie(const dbus::ContainerProcess& process);
QString zombieText(bool hasInit);
/// What the first process of a container is.
QString firstProcessText(bool hasInit);

} // namespace escale::gui
