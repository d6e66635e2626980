// Dockerfiles to begin with, made as one should: pinned images, a stage that builds and one that runs,
// caches, a user without rights, a check of health. The files lie in resources/templates.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace escale::gui {

struct BuildTemplate {
    QString name; // "python": its folder
    QString title;
    QString description;

    [[nodiscard]] QByteArray dockerfile() const;
    [[nodiscard]] QByteArray ignoreFile() const;
};

QList<BuildTemplate> buildTemplates();

/// Names of the template's files that the folder has already.
QStringList existingTemplateFiles(const QString& folder);
/// Writes Dockerfile and .dockerignore into the folder; what is there is replaced when `replaces`, else it
/// stays: AlreadyExists names it, and nothing is written.
Result<void> writeTemplate(const BuildTemplate& model, const QString& folder, bool replaces);

} // namespace escale::gui
