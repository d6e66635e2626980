#include "gui/build/build_accounts.h"

#include "engine/image/reference.h"
#include "gui/registry/registry_accounts.h"
#include "helper/dbus/types.h"

#include <memory>

namespace escale::gui {
namespace {

struct Search {
    int waiting = 0;
    dbus::RegistryAccounts accounts;
    QStringList insecure;
    std::function<void(const QVariantMap&)> answer;

    void take(const QString& registry, const Result<QVariantMap>& options) {
        const auto text = [&options](const char* key) {
            return options->value(QLatin1String(key)).toString();
        };
        if (options && (!text("username").isEmpty() || !text("identity-token").isEmpty()))
            accounts.append({registry, text("username"), text("password"), text("identity-token")});
        if (options && options->value(QStringLiteral("insecure")).toBool())
            insecure.append(registry);
        if (--waiting == 0)
            tell();
    }
    void tell() const {
        QVariantMap options;
        if (!accounts.isEmpty())
            options.insert(QStringLiteral("accounts"), QVariant::fromValue(accounts));
        if (!insecure.isEmpty())
            options.insert(QStringLiteral("insecure-registries"), insecure);
        answer(options);
    }
};

} // namespace

QStringList registriesOf(const QList<ShownStage>& stages) {
    QStringList registries;
    for (const ShownStage& stage : stages) {
        const bool isStage = std::any_of(stages.begin(), stages.end(), [&stage](const ShownStage& other) {
            return !other.name.isEmpty() && other.name == stage.base.toLower();
        });
        if (!stage.isNeeded)
            continue;
        QStringList images = stage.images;
        if (!isStage && stage.base != u"scratch")
            images.append(stage.base);
        for (const QString& image : std::as_const(images)) {
            if (const auto reference = Reference::parse(image.toStdString()))
                registries.append(QString::fromStdString(reference->registry));
        }
    }
    registries.removeDuplicates();
    return registries;
}

void findBuildAccounts(RegistryAccounts& accounts, const QStringList& registries, QObject* guard,
                       std::function<void(const QVariantMap& options)> answer) {
    auto search = std::make_shared<Search>();
    search->answer = std::move(answer);
    search->waiting = static_cast<int>(registries.size()) + 1; // an answer may come before the next question
    for (const QString& registry : registries) {
        accounts.find(registry, guard, [search, registry](const Result<RegistryAccount>& account) {
            search->take(registry, account ? RegistryAccounts::pullOptions(registry, *account)
                                           : Result<QVariantMap>(fail(account.error())));
        });
    }
    search->take({}, fail(ErrorCode::NotFound, ""));
}

} // namespace escale::gui
