// What tests of builds have in common: a client, and short ways to ask and to look.
#pragma once

#include "engine/base/file.h"
#include "tests/helper/service/build_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QTest>

namespace escale::test {

inline QVariantMap tagged(const char* tag) {
    return {{QStringLiteral("tags"), QStringList{QLatin1String(tag)}},
            {QStringLiteral("name"), QStringLiteral("app")}};
}

inline QVariantMap with(QVariantMap options, const char* key, const QVariant& value) {
    options.insert(QLatin1String(key), value);
    return options;
}

inline QVariant texts(const QMap<QString, QString>& map) {
    dbus::TextMap result;
    for (auto one = map.begin(); one != map.end(); ++one)
        result.insert(one.key(), one.value());
    return QVariant::fromValue(result);
}

/// Files that hold the text, anywhere below the folder.
inline QByteArray filesWith(const std::string& text, const std::string& folder) {
    QProcess grep;
    grep.start(QStringLiteral("grep"),
               {QStringLiteral("-raFl"), QString::fromStdString(text), QString::fromStdString(folder)});
    return grep.waitForFinished() ? grep.readAllStandardOutput() : QByteArray("grep");
}

class BuildTest : public HelperTest {
protected:
    BuildClient& client() {
        if (!m_client)
            m_client = std::make_unique<BuildClient>(*m_machine);
        return *m_client;
    }
    std::string from() const { return "FROM " + m_machine->image().toStdString() + "\n"; }
    std::string state() const { return m_machine->bus().folder() + "/state"; }
    Json document(const QString& image, uid_t user = kUser) {
        const auto reply = call(m_machine->as(user), QStringLiteral("org.escale.Engine1.Images"),
                                QStringLiteral("OpenDocuments"), {image});
        const auto config = reply.arguments().value(2).value<QDBusUnixFileDescriptor>();
        return Json::parse(readFd(config.fileDescriptor()).value_or("")).value_or(Json());
    }
    /// What stays of a build besides its cache and its image.
    QStringList leftOvers() {
        QStringList found;
        for (const char* folder : {"/state/build/steps", "/state/staging", "/run/agents"}) {
            const auto names = listDirectory(m_machine->bus().folder() + folder);
            for (const auto& name : names.value_or(std::vector<std::string>()))
                found.append(QLatin1String(folder) + QLatin1Char('/') + QString::fromStdString(name));
        }
        return found;
    }

private:
    std::unique_ptr<BuildClient> m_client;
};

} // namespace escale::test
