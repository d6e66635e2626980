// org.escale.Engine1.Builds.
#pragma once

#include "helper/jobs/jobs.h"
#include "helper/service/build_places.h"
#include "helper/service/build_session.h"
#include "helper/service/dispatcher.h"

#include <QHash>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace escale {

class BuildsService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        BuildParts build;
        Jobs& jobs;
        QThreadPool& pool;
        /// From any thread: one of the owner's builds has begun, ended or gone.
        std::function<void(uid_t, const std::string&)> changed;
    };
    /// Tells the ends of builds that the last helper has left.
    BuildsService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);
    ~BuildsService() override;

    /// A build that is part of another job; waits for a place among its owner's. Any thread. `begun`: from
    /// here on its events can be read. The result is that of Build's job.
    Result<std::string> buildWithin(const std::shared_ptr<BuildStart>& start,
                                    const std::function<void()>& begun, const Cancellation& cancellation);

private:
    void build(const CallPointer& call);
    void begin(const CallPointer& call, const std::shared_ptr<BuildStart>& start);
    void ended(const std::shared_ptr<BuildStart>& start);
    void list(const CallPointer& call);
    void inspect(const CallPointer& call);
    void openEvents(const CallPointer& call);
    void remove(const CallPointer& call);
    void openFailed(const CallPointer& call);
    void readStep(const CallPointer& call);
    void listCache(const CallPointer& call);
    void pruneCache(const CallPointer& call);
    void keepWithinShare(uid_t owner);
    Result<std::string> run(BuildStart& start, JobProgress& progress, const Cancellation& cancellation);
    Result<Layer> findLayer(uid_t owner, const Digest& diffId);
    /// For a call whose first argument is a build's id.
    void answerOf(const CallPointer& call,
                  const std::function<Result<QVariantList>(const BuildRecord& record)>& work);

    Parts m_parts;
    QHash<QString, QString> m_jobs; // of builds that run, by id
    BuildPlaces m_places;
};

} // namespace escale
