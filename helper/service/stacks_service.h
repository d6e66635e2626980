// org.escale.Engine1.Stacks: what changes stacks. Each is one job; what looks at them is
// stack_views_service.h.
#pragma once

#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/stack_configs.h"
#include "helper/service/stack_images.h"
#include "helper/service/stack_session.h"

#include <QHash>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

namespace escale {

class StacksService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        BuildParts build;
        BuildsService& builds;
        ContainerPlaces& places;
        Jobs& jobs;
        QThreadPool& pool;
        StackConfigs configs;
        /// From any thread: a project has come, changed or gone.
        std::function<void(uid_t, const std::string&)> changed;
    };
    StacksService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);
    ~StacksService() override;

private:
    /// A stack that a caller has sent, with its descriptors.
    struct Sent {
        uid_t owner = 0;
        StackOrder order;
        StackSources sources;
        std::shared_ptr<StackEvents> events;
    };
    using SentPointer = std::shared_ptr<Sent>;
    /// On the job's thread; answers with the job's result.
    using SentWork = std::function<Result<Json>(Sent& sent, const Cancellation& cancellation)>;
    using Work = std::function<Result<Json>(StackEvents& events, const Cancellation& cancellation)>;

    void up(const CallPointer& call);
    void plan(const CallPointer& call);
    void scale(const CallPointer& call);
    void run(const CallPointer& call);
    void build(const CallPointer& call);
    void pull(const CallPointer& call);
    void push(const CallPointer& call);
    void down(const CallPointer& call);
    void verb(const CallPointer& call, const char* kind, StackVerb verb);
    void remove(const CallPointer& call);
    void kill(const CallPointer& call);
    /// Of those containers that are in one of these states.
    void each(const CallPointer& call, const char* kind, const std::set<ContainerState>& states,
              const std::function<Result<void>(uid_t owner, const std::string& id)>& action);

    /// A method whose second argument is the socket of the stack's files: waits for them, then begins.
    void receiveThenBegin(const CallPointer& call, const char* kind, SentWork work);
    /// A method that needs none of them.
    void beginWithoutFiles(const CallPointer& call, const char* kind, SentWork work);
    void begin(const CallPointer& call, const char* kind, const SentPointer& sent, const SentWork& work);
    /// For a call whose first argument is a project.
    using ProjectWork = std::function<Result<Json>(StackSession& session, StackEvents& events, uid_t owner,
                                                   const std::string& project)>;
    void beginOfProject(const CallPointer& call, const char* kind, bool alone, ProjectWork work);
    void startJob(const CallPointer& call, const char* kind, const std::string& title,
                  const std::shared_ptr<StackEvents>& events, Work work);
    Result<Json> upNow(Sent& sent, const StackUpOrder& order, const Cancellation& cancellation);
    Result<Json> runNow(Sent& sent, const StackUpOrder& order, OneOff oneOff, bool serviceHasPorts,
                        const Cancellation& cancellation);
    StackUp stackUp(Sent& sent, const StackUpOrder& order, ObtainedImages& kept, bool savesConfig,
                    const Cancellation& cancellation);
    void removeImages(uid_t owner, const std::set<std::string>& images, StackListener& listener);

    /// One at a time changes a project. InUse.
    class Alone;
    Parts m_parts;
    StackParts m_session;
    Cancellation m_ending;
    QHash<uid_t, int> m_receiving; // stacks on their way, by user
    std::mutex m_mutex;            // guards what follows
    std::set<std::pair<uid_t, std::string>> m_busy;
    QThreadPool m_receivers; // ends before all of the above
};

} // namespace escale
