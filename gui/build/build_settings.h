// What a person asks of a build, as the form shows it: what goes to the engine, what an earlier build had,
// and what is wrong with it. Pure, but for what says that it looks at files.
#pragma once

#include "helper/dbus/types.h"

#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace escale::gui {

struct BuildSecret {
    QString id, file;
    bool operator==(const BuildSecret&) const = default;
};

/// What becomes of the image beside being in the store.
enum class BuildOutput { Store, Archive, Folder, Push };

struct BuildSettings {
    QString folder;     // the context, absolute; empty: a build without files
    QString dockerfile; // absolute
    QStringList tags;
    QString target; // a stage; empty: the last one
    dbus::TextMap arguments, labels;
    bool noCache = false, pull = false, usesAgent = false;
    QString platform, network; // empty: this machine's, the default
    QVariantMap limits;        // of each RUN: those of buildLimits() that are set, as Builds.Build has them
    QStringList allowed;       // what RUN may ask for: "network.host", "security.insecure"
    QList<BuildSecret> secrets;
    BuildOutput output = BuildOutput::Store;
    QString outputPath; // of Archive and Folder

    bool operator==(const BuildSettings&) const = default;
};

/// "memory", "cpus", "shm-size", "extra-hosts": options of Builds.Build that docker run has, too.
const QStringList& buildLimits();
/// "Dockerfile" or "docker/Dockerfile" below the context, else the whole path.
QString shownDockerfile(const BuildSettings& settings);
/// Those of Builds.Build that are texts, numbers and lists; descriptors and accounts are whoever starts it's.
QVariantMap buildOptions(const BuildSettings& settings);
/// Of what Builds.Inspect answers. Secrets have their ids alone; where the image went beside is not kept.
BuildSettings settingsOf(const QVariantMap& options);

/// What is wrong with a tag; empty: nothing.
QString tagProblem(const QString& tag);
/// "a, b c" → a, b, c.
QStringList splitTags(const QString& text);
/// Letters, digits, "_", "." and "-".
bool isSecretId(const QString& id);
/// What keeps the build from being started; empty: nothing. Looks at files.
QString settingsProblem(const BuildSettings& settings);
/// What the images are listed by: the name with its registry and tag, or for an image without one where the
/// engine keeps it.
QString builtImageId(const QString& name, const QString& digest);
/// "shop:latest" for a folder that is called Shop.
QString proposedTag(const QString& folder);

/// The Dockerfiles in a folder, the likeliest first, by their names there. Looks at files.
QStringList dockerfilesIn(const QString& folder);
/// A folder, or the Dockerfile of one, as somebody has dropped it: folder and Dockerfile. Both are empty for
/// what is neither. Looks at files.
BuildSettings settingsForPath(const QString& path);

} // namespace escale::gui
