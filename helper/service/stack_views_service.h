// org.escale.Engine1.Stacks: what looks at stacks, and Exec.
#pragma once

#include "helper/dbus/types.h"
#include "helper/service/dispatcher.h"
#include "helper/service/stack_configs.h"
#include "helper/service/stack_members.h"

#include <QThreadPool>

namespace escale {

class StackViewsService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Containers& containers;
        QThreadPool& pool;
        StackConfigs configs;
    };
    StackViewsService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void list(const CallPointer& call);
    void ps(const CallPointer& call);
    void config(const CallPointer& call);
    void logs(const CallPointer& call);
    void exec(const CallPointer& call);
    void top(const CallPointer& call);
    void events(const CallPointer& call);

    Result<dbus::StackSummaries> summaries(uid_t owner);
    Result<QVariantList> openLogs(uid_t owner, const std::string& project,
                                  const std::set<std::string>& services, const std::string& after);
    /// On the pool, for a call whose first argument is a project.
    using Work = std::function<Result<QVariantList>(uid_t owner, const std::string& project)>;
    void answerOf(const CallPointer& call, Work work);

    Parts m_parts;
};

} // namespace escale
