#include "gui/images/push_request.h"

#include "gui/client/engine_client.h"
#include "gui/registry/registry_accounts.h"

namespace escale::gui {

void sendPush(EngineClient& client, RegistryAccounts& accounts, const PushRequest& request, QObject* guard,
              Answer<Job*> answer) {
    accounts.find(
        request.registry, guard,
        [&client, request, guard, answer = std::move(answer)](const Result<RegistryAccount>& account) {
            // Without an account it may work, too: the registry says so when it does not.
            auto options =
                RegistryAccounts::pullOptions(request.registry, account.value_or(RegistryAccount()));
            if (!options)
                return answer(fail(options.error()));
            options->remove(QStringLiteral("mirrors")); // they are read from only
            options->insert(request.choices);
            client.pushImage(request.source, *options, guard, answer);
        });
}

} // namespace escale::gui
