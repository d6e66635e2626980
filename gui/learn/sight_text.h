// What one process may see of another, in words.
#pragma once

#include "engine/inspect/sight.h"

#include <QString>
#include <QStringList>

namespace escale::gui {

/// "Sees it"; what stands before yes or no.
QString questionText(Question question);
/// "May nginx of web see postgres of db?"
QString questionSentence(Question question, const QString& from, const QString& to);
/// What decides it, in general; one or two sentences.
QString questionRule(Question question);
QStringList questionManPages(Question question);
/// "yes, as process 12", "no".
QString answerText(const Sight& sight);
/// One clause: "they are in different pid namespaces, neither inside the other".
QString whyText(const Sight& sight);

} // namespace escale::gui
