// Stacks to begin with, of resources/samples/stacks: each a folder with compose.yaml and sample.json, which
// says what it is: {"title": {"en", "fr"}, "text": {"en", "fr"}, "offline": bool, "ports": [number]}.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace escale::gui {

struct StackSample {
    QString name;   // "hello": its folder's
    QString folder; // where its files are
    QString title;  // in the language in force
    QString text;
    bool isOffline = false; // runs with the demo image alone
    QList<int> ports;       // of this machine, that it publishes

    [[nodiscard]] QByteArray compose() const;
    /// Its files, relative to its folder, but for sample.json.
    [[nodiscard]] QStringList files() const;
};

/// Those that run offline first, else by title. `root`: where the folders are.
QList<StackSample> stackSamples(const QString& root = QStringLiteral(":/stacks"));

/// Those of the sample's files that the folder has already.
QStringList existingSampleFiles(const StackSample& sample, const QString& folder);
/// Writes the sample's files into the folder, which is made if it is not there. What is there is replaced
/// when `replaces`, else it stays: AlreadyExists names it, and nothing is written. Answers with the Compose
/// file.
Result<QString> writeSample(const StackSample& sample, const QString& folder, bool replaces);

} // namespace escale::gui
